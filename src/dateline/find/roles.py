"""Who did it and to whom: the noun phrases around a trigger, each with the way that leads to it, and the choice among them.

A candidate's `slot` says how the trigger reaches it: `subj`, `by`, `obj`, `prep:against`, `obj.poss`, `clause.subj` (of the verb that a
noun trigger hangs on), with `~` and the construction when it was inherited (`subj~xcomp`). Called by find/events.py; reads the parse only.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from dateline.codebook.roles import Roles
from dateline.records import Analysis
from dateline.syntax import OBJECTS, SUBJECTS

VERBS = frozenset({"VERB", "AUX"})
NOUNS = frozenset({"NOUN", "PROPN"})
PHRASES = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET"})
NOT_PARTIES = frozenset({"DATE", "TIME", "PERCENT", "ORDINAL", "MONEY"})
RELATIVE = frozenset({"WDT", "WP", "WP$"})
ANY = re.compile(r"prep:[^.]+")
FAR = (
    "clause:prep",
    "clause:means",
    "clause:obj",
    "clause:attr",
    "clause:root",
)  # in the clause that an event noun stands in: no party of the noun
OWNERS = frozenset({"noun.poss", "noun.prep:of", "noun.mod"})
PEOPLE = frozenset({"name", "place", "person"})
NOBODY = frozenset({"no", "nobody", "none", "neither", "nothing"})
DEEPEST = 2  # how many noun phrases below a clause's own arguments are looked into


class Candidate(NamedTuple):
    """A noun phrase by its head token, and the way from the trigger to it."""

    head: int
    slot: str


class Act(NamedTuple):
    """What names an act: `head`, to which its parties attach; `core`, which says what it is (the noun of "held talks"); all its words."""

    head: int
    core: int
    words: frozenset[int]
    type: str


class Parties(NamedTuple):
    """The heads of the actors and of the recipients of one act, conjuncts included."""

    actor: tuple[int, ...]
    recipient: tuple[int, ...]


def choose_parties(a: Analysis, act: Act, roles: Roles, kinds: dict[int, str]) -> Parties:
    """The actor and the recipient of an act; neither, where no phrase around it is likely enough. `kinds` says what a phrase's head is."""
    found = candidates(a, act, roles, kinds)
    doers = [c for c in found if not (a.lemma[act.core] in roles.undergone and c.slot in OWNERS)]
    actor = likely_actor(a, doers, kinds, roles, mutual=act.type in roles.mutual)
    meeting = bool(act.type) and act.type in roles.mutual
    rivals = [
        c
        for c in found
        if not (c.slot.startswith(FAR) or (meeting and c.slot == "noun.mod" and kinds.get(c.head) == "place"))
        and (actor is None or not _same_phrase(a, c.head, actor))
    ]
    owner = next((c.head for c in rivals if a.lemma[act.core] in roles.undergone and c.slot in OWNERS - {"noun.mod"}), None)
    recipient = owner if owner is not None else likely_recipient(rivals, describe_candidates(a, act, rivals, kinds), roles)
    recipient = whole_of(a, recipient, kinds) if recipient is not None else None
    return Parties(
        actor=conjuncts(a, actor) if actor is not None else (),
        recipient=conjuncts(a, recipient) if recipient is not None else (),
    )


def whole_of(a: Analysis, i: int, kinds: dict[int, str]) -> int:
    """The people whom an adjective or a name before a noun describes ("Iraqi" → "Iraqi forces"); any other head itself."""
    whole = a.head[i]
    return whole if a.dep[i] in ("amod", "compound", "nmod") and kinds.get(whole) in ("name", "person") else i


def likely_actor(a: Analysis, found: list[Candidate], kinds: dict[int, str], roles: Roles, *, mutual: bool = False) -> int | None:
    """The head of the candidate whose way, and what it is, weigh most; the nearest of equals.

    Who speaks of a mutual act in its clause took part in it: "Oslo said after talks with Bern".
    """
    best, most = None, roles.least
    for c in found:
        if mutual and c.slot == "noun.mod" and kinds.get(c.head) == "place":
            continue  # "the Hanoi summit" was held there
        way = roles.actor.get(c.slot) or (roles.mutual_actor.get(c.slot) if mutual else None)
        if way:
            weight = way + roles.actor_kind[kinds.get(c.head) or thing(a, c.head)]
            if weight > most or (best is None and weight == most):
                best, most = c.head, weight
    return best


def likely_recipient(found: list[Candidate], described: list[list[str]], roles: Roles) -> int | None:
    """The head of the candidate with the highest learned odds; the nearest of equals."""
    weights = roles.recipient.weights
    best, most = None, roles.recipient.least
    for c, features in zip(found, described, strict=True):
        odds = roles.recipient.intercept + sum(weights.get(f, 0.0) for f in features)
        if odds > most:
            best, most = c.head, odds
    return best


def thing(a: Analysis, i: int) -> str:
    """What a phrase is that no actor mention heads: a thing of some nation or body ("Egyptian cotton"), or just a thing."""
    return "owned" if any(a.entity[c] >= 0 and a.dep[c] in ("amod", "compound", "poss", "nmod") for c in a.children[i]) else "other"


def describe_candidates(a: Analysis, act: Act, found: list[Candidate], kinds: dict[int, str]) -> list[list[str]]:
    """What is said of each candidate, as plain names: the way to it, what it is, which type of act, what rivals it has.

    The training script reads the same names (training/roles.py).
    """
    sort = "carried" if act.head != act.core else "verb" if a.pos[act.core] in VERBS else "noun"
    voice = "passive" if a.pos[act.head] in VERBS and is_passive(a, act.head) else "active"
    what = [kinds.get(c.head) or thing(a, c.head) for c in found]
    people = sum(kind in PEOPLE for kind in what)
    described, seen = [], set[tuple[str, str]]()
    for c, kind in zip(found, what, strict=True):
        way = ANY.sub("prep:*", c.slot) if "prep:" in c.slot else c.slot
        rivals = "rival" if people - (kind in PEOPLE) else "alone"
        side = "before" if c.head < act.core else "after"
        rank = "later" if (way, kind) in seen else "first"
        seen.add((way, kind))
        described.append([
            f"slot={c.slot}", f"slot={c.slot}|{act.type}", f"way={way}", f"way={way}|{voice}", f"way={way}|{act.type}", f"way={way}|{kind}",
            f"way={way}|{kind}|{rivals}", f"way={way}|{rank}", f"kind={kind}", f"kind={kind}|{act.type}", f"kind={kind}|{rivals}",
            f"sort={sort}|{side}", f"sort={sort}|{side}|{kind}",
        ])  # fmt: skip
    return described


def _same_phrase(a: Analysis, x: int, y: int) -> bool:
    return x in conjuncts(a, y) or y in conjuncts(a, x)


def is_passive(a: Analysis, v: int) -> bool:
    """Whether a verb's subject undergoes it: "was arrested", "the forces backed by …", "arrested on Monday, he …"."""
    deps = {a.dep[c] for c in a.children[v]}
    if deps & {"auxpass", "nsubjpass", "csubjpass", "agent"}:
        return True
    if a.tag[v] != "VBN" or "aux" in deps:
        return False
    if a.dep[v] == "conj" and a.pos[a.head[v]] in VERBS and not deps & SUBJECTS:
        return is_passive(a, a.head[v]) and not deps & OBJECTS
    if a.dep[v] == "acl" and any(a.dep[c] == "dobj" for c in a.children[v]):
        return False  # a main clause misread: "the flood killed two"
    return a.dep[v] in ("acl", "amod", "advcl", "relcl") or (a.dep[v] in ("conj", "ROOT") and not deps & (SUBJECTS | OBJECTS))


def clause_verb(a: Analysis, i: int) -> tuple[int, str] | None:
    """The verb whose clause a noun stands in, and the noun's place there (`obj`, `subj`, `prep:in`, …); None without one."""
    place = ""
    while a.head[i] != i:
        dep, head = a.dep[i], a.head[i]
        if dep in SUBJECTS:
            place = place or ("subjpass" if dep.endswith("pass") else "subj")
        elif dep in OBJECTS:
            place = place or "obj"
        elif dep in ("pobj", "pcomp"):
            place = place or f"prep:{a.lower[head]}"
        elif dep in ("attr", "oprd", "npadvmod"):
            place = place or "attr"
        elif dep not in ("conj", "prep", "agent", "compound", "nmod", "appos", "poss"):
            return (head, place or dep) if a.pos[head] in VERBS else None
        if a.pos[head] in VERBS:
            return head, place or dep
        i = head
    return (i, place or "root") if a.pos[i] in VERBS else None


def candidates(a: Analysis, act: Act, roles: Roles, kinds: dict[int, str]) -> list[Candidate]:
    """Every noun phrase that may be a party of an act, the nearest ways first, each phrase once."""
    found: dict[int, str] = {}
    for phrase, slot in _ways(a, act.head, act.core, roles):
        phrase = contained(a, antecedent(a, phrase), roles)
        # the words of the act are no party of it, unless they are somebody: "clashed with police"
        if phrase in found or phrase in (act.head, act.core) or (phrase in act.words and phrase not in kinds):
            continue
        if _may_be_party(a, phrase, slot) and not _in_name(a, phrase, act.core):
            found[phrase] = slot
    return [Candidate(phrase, slot) for phrase, slot in found.items()]


def _in_name(a: Analysis, i: int, core: int) -> bool:
    """Whether a word is part of the name of the act itself: "Korean" in "the Korean War"."""
    return a.pos[core] == "PROPN" and a.entity[i] >= 0 and a.entity[i] == a.entity[core]


def _ways(a: Analysis, head: int, core: int, roles: Roles) -> Iterator[Candidate]:
    if a.pos[core] in VERBS:
        if a.tag[core] in ("VBG", "VBZ") and a.dep[core] in ("pobj", "dobj", "nsubj", "nsubjpass", "attr"):
            yield from (Candidate(c.head, f"noun.{c.slot}") for c in _strip(_inside_phrase(a, core, "")))
        yield from _around_verb(a, core, roles)
    elif head == core:
        yield from _around_noun(a, core, roles)
    else:
        whole = a.head[core] if a.dep[core] in ("compound", "amod", "nmod") else core
        for noun in (core, whole):
            yield from (Candidate(c.head, f"noun.{c.slot}") for c in _strip(_inside_phrase(a, noun, "")))
        yield from (Candidate(c.head, f"light.{c.slot}") for c in _around_verb(a, head, roles))


def antecedent(a: Analysis, i: int) -> int:
    """What a relative pronoun stands for; any other token itself."""
    if a.tag[i] not in RELATIVE and not (a.lower[i] == "that" and a.dep[i] in SUBJECTS | OBJECTS):
        return i
    at = i
    while a.head[at] != at:
        if a.dep[at] == "relcl":
            return a.head[at]
        at = a.head[at]
    return i


def contained(a: Analysis, i: int, roles: Roles) -> int:
    """What a container holds ("a series of raids" → raids); any other head itself."""
    if a.lemma[i] not in roles.containers:
        return i
    of = next((c for c in a.children[i] if a.dep[c] == "prep" and a.tag[c] == "IN" and a.right[c] > c), None)
    return next((c for c in a.children[of] if a.dep[c] == "pobj"), i) if of is not None else i


def _may_be_party(a: Analysis, i: int, slot: str) -> bool:
    if a.pos[i] == "PRON" and slot in ("ccomp.subj", "obj~ccomp"):
        return False  # "insisted that it …" speaks of the speaker
    if slot == "ccomp.subj" and any(a.tag[c] == "PRP$" for c in a.children[i]):
        return False  # as does "denied that his men …"
    if a.pos[i] not in PHRASES or a.tag[i] in RELATIVE or a.tag[i] == "EX" or (a.tag[i] == "PRP$" and slot != "noun.poss"):
        return False
    e = a.entity[i]
    return e < 0 or a.entities[e].label not in NOT_PARTIES


def _around_verb(a: Analysis, v: int, roles: Roles) -> Iterator[Candidate]:
    """The arguments of a verb; those it shares with other verbs; those inside its complements."""
    own = list(_arguments(a, v))
    yield from own
    slots = {c.slot for c in own}
    if not slots & {"subj", "subjpass"}:
        yield from _inherited_subject(a, v, roles)
    if not is_passive(a, v) and "obj" not in slots:
        yield from (Candidate(c.head, "obj~conj") for w in a.children[v] if a.dep[w] == "conj" and a.pos[w] in VERBS
                    for c in _arguments(a, w) if c.slot == "obj")  # fmt: skip
    for c in own:
        if c.slot not in ("subj", "by"):
            yield from _inside_phrase(a, c.head, c.slot)
    for w in a.children[v]:
        if a.dep[w] in ("xcomp", "ccomp", "advcl", "prep") and (verb := _complement(a, w)) is not None:
            yield from _of_complement(a, verb, "xcomp" if a.dep[w] == "xcomp" else "ccomp" if a.dep[w] == "ccomp" else "advcl")


def _complement(a: Analysis, w: int) -> int | None:
    if a.dep[w] != "prep":
        return w if a.pos[w] in VERBS else None
    return next((c for c in a.children[w] if a.dep[c] == "pcomp" and a.pos[c] in VERBS), None)


def _of_complement(a: Analysis, w: int, name: str) -> Iterator[Candidate]:
    for c in _arguments(a, w):
        yield Candidate(c.head, f"{name}.{c.slot}")
        if c.slot == "obj":
            yield from _inside_phrase(a, c.head, f"{name}.obj")


def _arguments(a: Analysis, v: int) -> Iterator[Candidate]:
    """A verb's own subject, agent, objects and prepositional objects."""
    passive = is_passive(a, v)
    for c in a.children[v]:
        dep = a.dep[c]
        if dep in ("nsubj", "nsubjpass"):
            yield Candidate(c, "subjpass" if passive else "subj")
        elif dep == "agent":
            yield from (Candidate(p, "by") for p in a.children[c] if a.dep[p] == "pobj")
        elif dep in ("dobj", "obj"):
            yield Candidate(c, "obj")
        elif dep in ("dative", "iobj"):
            deeper = [p for p in a.children[c] if a.dep[p] == "pobj"]
            yield Candidate(deeper[0] if deeper else c, "dative")
        elif dep in ("attr", "oprd"):
            yield Candidate(c, "attr")
        elif dep in ("prep", "prt", "acomp", "advmod"):
            yield from _prepositional(a, c, "")
        elif dep in ("xcomp", "ccomp") and a.pos[c] in NOUNS:
            yield Candidate(c, "attr")
        elif dep == "ccomp" and not any(a.dep[x] == "mark" for x in a.children[c]):
            yield from (Candidate(s, "obj~ccomp") for s in a.children[c] if a.dep[s] == "nsubj")


def _prepositional(a: Analysis, p: int, prefix: str) -> Iterator[Candidate]:
    """Objects of a preposition and of the preposition inside it ("out of", "on behalf of")."""
    for c in a.children[p]:
        if a.dep[c] == "pobj":
            yield Candidate(c, f"{prefix}prep:{a.lower[p]}")
        elif a.dep[c] == "prep":
            yield from _prepositional(a, c, prefix)


def _inherited_subject(a: Analysis, v: int, roles: Roles) -> Iterator[Candidate]:
    """The subject that a verb without its own takes over: from the clause above, its antecedent, or the one who controls it."""
    own = "subjpass" if is_passive(a, v) else "subj"
    dep, head = a.dep[v], a.head[v]
    if dep in ("acl", "relcl", "amod") and a.pos[head] in PHRASES:
        taken = any(a.dep[c] in SUBJECTS and a.tag[c] not in RELATIVE for c in a.children[v])
        yield Candidate(head, "obj~relcl" if taken else f"{own}~{'acl' if dep == 'acl' and a.tag[v] == 'VB' else dep}")
        if a.tag[v] == "VB" and (above := clause_verb(a, head)):
            yield from (Candidate(c.head, f"{own}~above") for c in _subjects(a, above[0], roles))
        return
    if head == v:
        return
    if (speech := told_alongside(a, v)) is not None:
        head = speech
    if dep == "pcomp":
        head, dep = _governor(a, v), "pcomp"
    if a.pos[head] in NOUNS:
        yield from (Candidate(c, f"{own}~{dep}") for c in a.children[head] if a.dep[c] == "poss")
        if above := clause_verb(a, head):
            head = above[0]
    if a.pos[head] not in VERBS:
        return
    if dep in ("xcomp", "ccomp", "pcomp", "advcl") and a.lemma[head] not in roles.subject_control and (dep != "advcl" or a.tag[v] == "VB"):
        yield from (Candidate(c.head, f"{own}~control") for c in _arguments(a, head) if c.slot in ("obj", "dative"))
    yield from (Candidate(c.head, f"{own}~{dep}") for c in _subjects(a, head, roles))


def told_alongside(a: Analysis, v: int) -> int | None:
    """For "She said that none can enter, warning that …", at "warning": the verb of speech; None where the participle's clause is told.

    The parse hangs such a participle on the words said. They are no doing of anybody where they are denied or only possible.
    """
    inner = a.head[v]
    if a.dep[v] != "advcl" or a.tag[v] != "VBG" or a.dep[inner] != "ccomp" or not any(a.dep[c] == "ccomp" for c in a.children[v]):
        return None
    negative = any(a.lower[d] in NOBODY for c in a.children[inner] if a.dep[c] in SUBJECTS for d in (c, *a.children[c]))
    possible = any(a.tag[c] == "MD" or a.dep[c] in ("neg", "acomp", "attr") for c in a.children[inner])
    return a.head[inner] if negative or possible else None


def _governor(a: Analysis, v: int) -> int:
    """The verb or noun above a chain of prepositions."""
    at = a.head[v]
    while a.dep[at] in ("prep", "agent") and a.head[at] != at:
        at = a.head[at]
    return at


def _subjects(a: Analysis, v: int, roles: Roles) -> Iterator[Candidate]:
    own = [c for c in _arguments(a, v) if c.slot in ("subj", "subjpass")]
    yield from own or _inherited_subject(a, v, roles)


def _inside_phrase(a: Analysis, i: int, slot: str, depth: int = 1) -> Iterator[Candidate]:
    """Noun phrases inside a noun phrase: possessor, compound or adjective of a nation, prepositional objects."""
    for c in a.children[i]:
        dep = a.dep[c]
        if dep == "poss":
            yield Candidate(c, f"{slot}.poss")
        elif dep in ("compound", "amod", "nmod") and a.pos[c] in ("PROPN", "ADJ", "NOUN"):
            if a.pos[c] != "ADJ" or a.entity[c] >= 0:
                yield Candidate(c, f"{slot}.mod")
        elif dep in ("acl", "relcl") and depth == 1 and a.pos[c] in VERBS:
            yield from (Candidate(x.head, f"{slot}.{dep}.{x.slot}") for x in _arguments(a, c) if x.slot in ("by", "obj", "subj"))
        elif dep in ("prep", "agent"):
            for below in _prepositional(a, c, f"{slot}."):
                yield below
                if depth < DEEPEST:
                    yield from _inside_phrase(a, below.head, below.slot, depth + 1)


def _around_noun(a: Analysis, n: int, roles: Roles) -> Iterator[Candidate]:
    """What stands around a noun that names an event: its own possessor, modifiers and prepositions, then the clause it stands in."""
    yield from (Candidate(c.head, f"noun.{c.slot}") for c in _strip(_inside_phrase(a, n, "")))
    for c in a.children[n]:
        if a.dep[c] in ("acl", "relcl") and a.pos[c] in VERBS:
            yield from (Candidate(x.head, f"{a.dep[c]}.{x.slot}") for x in _arguments(a, c))
    if a.dep[n] in ("compound", "amod", "nmod") and a.pos[a.head[n]] in NOUNS:
        yield from _inside_phrase(a, a.head[n], "whole")
        yield Candidate(a.head[n], "whole")
    clause = clause_verb(a, n)
    if clause is None:
        return
    verb, place = clause
    light = a.lemma[verb] in roles.light_verbs and place in ("obj", "subjpass", "attr")
    name = "light" if light else f"clause:{_kind_of(place)}"
    for found in _around_verb(a, verb, roles):
        yield Candidate(found.head, f"{name}.{found.slot}")


def _kind_of(place: str) -> str:
    return place if not place.startswith("prep:") else "means" if place == "prep:with" else "prep"


def _strip(found: Iterator[Candidate]) -> Iterator[Candidate]:
    yield from (Candidate(c.head, c.slot.lstrip(".")) for c in found)


def conjuncts(a: Analysis, i: int) -> tuple[int, ...]:
    """A phrase's head and the heads joined to it: compound actors stay one list."""
    found, queue = [i], [i]
    while queue:
        at = queue.pop()
        more = [c for c in a.children[at] if a.dep[c] == "conj" and a.pos[c] in PHRASES]
        found += more
        queue += more
    return tuple(sorted(found))
