"""Who did it and to whom: the noun phrases around a trigger, each with the way that leads to it, and the choice among them.

A candidate's `slot` says how the trigger reaches it: `subj`, `by`, `obj`, `prep:against`, `obj.poss`, `clause.subj` (of the verb that a
noun trigger hangs on), with `~` and the construction when it was inherited (`subj~xcomp`). Called by find/events.py; reads the parse only.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from dateline.codebook.roles import Look, Nobody, Roles
from dateline.records import Analysis
from dateline.syntax import OBJECTS, SUBJECTS, divided

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
OF_OTHER_ACT = re.compile(r"^subj~|\.subj~|(?<!obj)\.acl\.obj|\.relcl\.|advcl\.subj")
REMOTE = re.compile(r"^clause:subj(?:pass|\.prep:(?!with\b))|^[cx]comp\.obj\.mod$")  # past a phrase that is itself a step away
BEYOND = re.compile(r"prep:[^.]+\.prep:(?!(?:of|with|against|on|to)\b)|^advcl\.obj\.")  # behind a second preposition
ASKED_FOR = re.compile(  # into what is asked for, but for whose it is and of whom: "sought a ban on", "called for", "asked to let Roe go"
    r"(?:obj|prep:for)\.(?!poss$|prep:(?:from|on|to|upon)$)|prep:for$|[ax][a-z]+\.(?!subj$)|noun\.prep:for\b|noun\.prep:[^.]+\."
)
OF_HIS = re.compile(r"noun\.prep:(?:into|of|on|against)\.poss$")  # whose a thing is that a noun tells of: "an inquiry into his emails"
OUTCOME = re.compile(r"\.(?:acl|relcl)\.obj$")
OWNERS = frozenset({"noun.poss", "noun.prep:of", "noun.mod"})
BEARERS = frozenset({"subj", "light.subj"})  # of what is suffered
UNDERGOERS = OWNERS - {"noun.mod"}
CONTROLLERS = frozenset({"obj", "dative"})
ASKED = CONTROLLERS | {"prep:on", "prep:upon", "prep:to", "prep:with"}
REACHING = frozenset({"prep", "prt", "acomp", "advmod"})
COMPLEMENTS = {"xcomp": "xcomp", "ccomp": "ccomp", "advcl": "advcl", "prep": "advcl"}  # and how what stands inside them is called
BEFORE_NOUN = frozenset({"compound", "amod", "nmod"})
NAMED = frozenset({"PROPN", "PRON", "NUM"})
PASSIVE = frozenset({"auxpass", "nsubjpass", "csubjpass", "agent"})
PEOPLE = frozenset({"name", "place", "person"})
DESCRIBED = frozenset({"name", "person"})
GIVEN = frozenset({"noun.prep:from", "light.prep:from", "clause:obj.prep:from"})
RECEIVERS = frozenset({"noun.poss", "light.subj", "clause:obj.subj", "light.subj~conj", "clause:means.subj"})
BLAME = frozenset({"ACCUSE", "REJECT"})
HYPHENS = frozenset({"-", "–", "‑"})
PREPOSITION = re.compile(r"prep:([^.]+)")
NOBODY = frozenset({"no", "nobody", "none", "neither", "nothing"})
Way = tuple[int, str]  # the head of a noun phrase, and its slot
MANY = 2  # candidates who are somebody: more count as so many
LEAST = -9.0  # odds of a phrase that a happening without a type concerns
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
    mode: str | None = None


class Parties(NamedTuple):
    """The heads of the actors and of the recipients of one act, conjuncts included."""

    actor: tuple[int, ...]
    recipient: tuple[int, ...]


def choose_parties(a: Analysis, act: Act, roles: Roles, kinds: dict[int, str]) -> Parties:
    """The actor and the recipient of an act; neither, where no phrase around it is likely enough. `kinds` says what a phrase's head is."""
    if act.type in roles.held and (pair := pair_before(a, act.core, kinds)):
        return Parties(*pair)
    found = [c for c in candidates(a, act, roles, kinds) if not divided(a, act.head, c.head)]
    actor = actor_among(a, act, found, roles, kinds)
    rivals = open_to_receive(a, act, found, actor, roles, kinds)
    recipient = bearer_among(a, act, found, actor, roles, kinds)
    if recipient is None:
        recipient = likely_recipient(a, act, rivals, kinds, roles, by_somebody=actor is not None)
    recipient = whole_of(a, recipient, kinds) if recipient is not None else None
    return Parties(
        actor=conjuncts(a, actor) if actor is not None else (),
        recipient=conjuncts(a, recipient) if recipient is not None else (),
    )


def pair_before(a: Analysis, noun: int, kinds: dict[int, str]) -> tuple[tuple[int], tuple[int]] | None:
    """Two parties that a hyphen joins before the noun of what they do together: "the Oslo-Bern talks"."""
    first = noun - 3
    if first < 0 or a.word[noun - 2] not in HYPHENS or noun - 1 not in kinds or a.dep[noun - 1] not in BEFORE_NOUN:
        return None
    return ((first,), (noun - 1,)) if first in kinds or a.entity[first] >= 0 else None


def actor_among(a: Analysis, act: Act, found: list[Candidate], roles: Roles, kinds: dict[int, str]) -> int | None:
    """The head of the likeliest actor of the phrases found; nobody who undergoes the act."""
    if (giver := giver_among(a, act, found, roles, kinds)) is not None:
        return giver
    undergone, suffered = a.lemma[act.core] in roles.undergone, is_suffered(a, act, roles)
    doers = [
        c for c in found if not ((undergone and c.slot in OWNERS) or (suffered and c.slot in BEARERS)) and may_act(a, act, c, kinds, roles)
    ]
    return likely_actor(a, doers, kinds, roles, mutual=act.type in roles.mutual)


def giver_among(a: Analysis, act: Act, found: list[Candidate], roles: Roles, kinds: dict[int, str]) -> int | None:
    """Who gives what a noun names, behind it: "endorsements from two unions", "with the support of two unions"."""
    if act.type not in roles.given or a.pos[act.core] in VERBS:
        return None
    borne = (a.lemma[act.head] in roles.winning) if act.head != act.core else a.lower[a.head[act.core]] == "with"
    of = borne and a.lemma[act.core] in roles.given_of
    return next((c.head for c in found if (c.slot in GIVEN or (of and c.slot == "noun.prep:of")) and c.head in kinds), None)


def bearer_among(a: Analysis, act: Act, found: list[Candidate], actor: int | None, roles: Roles, kinds: dict[int, str]) -> int | None:
    """Whom the grammar of an act's word makes its recipient: "his arrest", "came under fire", "won endorsements from two unions"."""
    undergone, suffered = a.lemma[act.core] in roles.undergone, is_suffered(a, act, roles)
    given = actor is not None and actor == giver_among(a, act, found, roles, kinds)
    theirs = joined_with(a, actor) if actor is not None else ()
    pointed = pointed_at(a, act, roles)
    for c in found:
        if pointed == c.head or (act.type in BLAME and _tells_of(a, act, c, roles, kinds) and c.head not in theirs):
            return c.head
        own = (undergone and c.slot in UNDERGOERS) or (suffered and c.slot in BEARERS and may_receive(act, c, kinds.get(c.head), roles))
        own = own or (c.slot == "subjpass" and act.type in roles.borne and (c.head in kinds or a.pos[c.head] in NAMED))
        if c.head not in theirs and (own or (given and c.slot in RECEIVERS and c.head in kinds)):
            return c.head
    return None


def pointed_at(a: Analysis, act: Act, roles: Roles) -> int | None:
    """Whom another word makes the one a noun's act is against: "was the target of attacks", "exposed him to attacks"."""
    at, of = act.core, a.head[act.core]
    if act.type not in roles.turned or a.pos[at] in VERBS or a.dep[at] != "pobj":
        return None
    above = a.head[of]
    if a.lower[of] == "of" and a.lemma[above] in roles.targets and a.dep[above] == "attr":
        return next((c for c in a.children[a.head[above]] if a.dep[c] == "nsubj"), None)
    if a.lower[of] == "to" and a.lemma[above] in roles.exposing:
        return next((c for c in a.children[above] if a.dep[c] == "dobj"), None)
    return None


def _tells_of(a: Analysis, act: Act, c: Candidate, roles: Roles, kinds: dict[int, str]) -> bool:
    """Whether a noun of blame is about a thing of somebody: "an inquiry into his emails", but not "into his death"."""
    if not OF_HIS.match(c.slot) or a.pos[act.core] in VERBS or kinds.get(c.head) == "place":
        return False
    thing_of = a.head[c.head]
    return c.head in kinds and thing_of not in kinds and a.lemma[thing_of] not in roles.undergone | roles.befalling


def may_act(a: Analysis, act: Act, c: Candidate, kinds: dict[int, str], roles: Roles) -> bool:
    """Whether a phrase may be the actor: not whom a noun of harm or blame is "of", nor the place that it is called by ("the Cairo attack")."""
    if act.type not in roles.turned:
        return True
    called = c.slot == "noun.mod" and kinds.get(c.head) == "place" and a.pos[c.head] != "ADJ" and a.lower[c.head] not in roles.adjectival
    return c.slot != "noun.prep:of" and not called


def open_to_receive(
    a: Analysis, act: Act, found: list[Candidate], actor: int | None, roles: Roles, kinds: dict[int, str]
) -> list[Candidate]:
    """The phrases that may be the recipient, beside that actor."""
    theirs = joined_with(a, actor) if actor is not None else ()
    people = {c.slot: c.head for c in reversed(found) if kinds.get(c.head) in DESCRIBED}
    return [
        c for c in found
        if c.head not in theirs and may_receive(act, c, kinds.get(c.head), roles) and not is_aside(c.slot, roles.aside)
        and not _describes(a, c, people) and not _is_office(a, c, kinds)
    ]  # fmt: skip


def _describes(a: Analysis, c: Candidate, people: dict[str, int]) -> bool:
    """Whether a phrase stands beside somebody to say who that is: "workers in Oslo", "a senator from Ohio", "San" before "Remo"."""
    way, _, last = c.slot.rpartition(".")
    if last == "mod":
        return a.entity[c.head] >= 0 and a.entity[c.head] == a.entity[a.head[c.head]]
    return last.startswith("prep:") and way in people and a.head[a.head[c.head]] == people[way]


def _is_office(a: Analysis, c: Candidate, kinds: dict[int, str]) -> bool:
    """Whether a bare noun behind a verb names an office and nobody who holds it: "elected president", "ran for mayor"."""
    bare = a.tag[c.head] == "NN" and not any(x < c.head for x in a.children[c.head])
    return bare and kinds.get(c.head) == "person" and c.slot.rpartition(".")[2] in ("prep:for", "attr", "acl.attr")


def is_suffered(a: Analysis, act: Act, roles: Roles) -> bool:
    """Whether the subject of the verb that carries an act undergoes it: "came under fire", "faces charges", "died", "is in prison"."""
    if a.lemma[act.head] in (roles.suffering if act.head != act.core else roles.dying):
        return True
    if any(a.lemma[i] in roles.confined and a.dep[i] == "pobj" and a.head[a.head[i]] == act.head for i in act.words):
        return not any(a.dep[c] in OBJECTS for c in a.children[act.head])
    return any(a.dep[i] == "pobj" and a.lower[a.head[i]] in roles.under and a.head[a.head[i]] == act.head for i in act.words)


def may_receive(act: Act, c: Candidate, kind: str | None, roles: Roles) -> bool:
    """Whether a phrase may be the recipient at all: not where the act was held, nor who has a part in another act told in passing."""
    if c.slot.startswith(FAR):
        return False
    if (
        act.type not in roles.told_in_passing
        and OF_OTHER_ACT.search(c.slot)
        and not (act.type in roles.told_by_outcome and OUTCOME.search(c.slot))
    ):
        return False
    if kind != "place" or act.type not in roles.held or act.mode in roles.held_nowhere:
        return True
    return c.slot != "noun.mod" and c.slot.rpartition("prep:")[2] not in roles.locative  # "the Hanoi summit", "met in Hanoi"


def joined_with(a: Analysis, i: int) -> tuple[int, ...]:
    """All heads that are one compound phrase with i, whichever of them comes first."""
    found = conjuncts(a, i)
    while a.dep[i] == "conj" and a.pos[i] in PHRASES:
        i = a.head[i]
        found += (i,)
    return found


def whole_of(a: Analysis, i: int, kinds: dict[int, str]) -> int:
    """The people whom an adjective or a name before a noun describes ("Iraqi" → "Iraqi forces"); any other head itself."""
    whole = a.head[i]
    return whole if a.dep[i] in BEFORE_NOUN and kinds.get(whole) in ("name", "person") else i


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


def likely_recipient(
    a: Analysis, act: Act, found: list[Candidate], kinds: dict[int, str], roles: Roles, *, by_somebody: bool
) -> int | None:
    """The head of the candidate with the highest learned odds, the nearest of equals; None where nobody is likelier."""
    looks, nobody = look_at(a, act, found, kinds, by_somebody=by_somebody)
    # whom a happening without a type concerns, if only as its place, tells that it is one of public life
    best, most = None, roles.recipient.odds(nobody) + roles.recipient.margin if act.type else LEAST
    for c, look in zip(found, looks, strict=True):
        odds = roles.recipient.odds(look)
        if odds > most and not _stands_apart(a, act, c, roles):
            best, most = c.head, odds
    return best


def _stands_apart(a: Analysis, act: Act, c: Candidate, roles: Roles) -> bool:
    """Whether a phrase only tells where or what something was that the act was about."""
    if act.type in roles.asked and is_asked_for(c.slot):
        return a.lemma[a.head[a.head[c.head]]] not in roles.leaving
    places = frozenset[str]() if act.type in roles.held else roles.locative  # "struck at the Ostra mine"
    return is_remote(c.slot, places, far=act.type in roles.far)


def thing(a: Analysis, i: int) -> str:
    """What a phrase is that no actor mention heads: a thing of some nation or body ("Egyptian cotton"), or just a thing."""
    return "owned" if any(a.entity[c] >= 0 and a.dep[c] in ("amod", "compound", "poss", "nmod") for c in a.children[i]) else "other"


def look_at(a: Analysis, act: Act, found: list[Candidate], kinds: dict[int, str], *, by_somebody: bool) -> tuple[list[Look], Nobody]:
    """What the learned weights look at, for each candidate and for nobody. The training script asks the same (training/roles.py)."""
    sort = "carried" if act.head != act.core else "verb" if a.pos[act.core] in VERBS else "noun"
    voice = "passive" if a.pos[act.head] in VERBS and is_passive(a, act.head) else "active"
    what = [kinds.get(c.head) or thing(a, c.head) for c in found]
    people = sum(kind in PEOPLE for kind in what)
    looks, seen = list[Look](), set[tuple[str, str]]()
    for c, kind in zip(found, what, strict=True):
        way = any_preposition(c.slot)
        rivals = "rival" if people - (kind in PEOPLE) else "alone"
        side = "before" if c.head < act.core else "after"
        rank = "later" if (way, kind) in seen else "first"
        seen.add((way, kind))
        looks.append(Look(c.slot, way, act.type, voice, kind, rivals, rank, sort, side, a.lemma[act.core]))
    return looks, Nobody(act.type, voice, sort, str(min(people, MANY)), "by" if by_somebody else "by nobody", a.lemma[act.core])


@lru_cache(maxsize=1 << 14)
def is_aside(slot: str, aside: frozenset[str]) -> bool:
    """Whether a preposition on the way leads to nobody an act is done to; a verb's own "by" may ("stood by Oslo")."""
    return slot != "prep:by" and not aside.isdisjoint(PREPOSITION.findall(slot))


@lru_cache(maxsize=1 << 14)
def is_remote(slot: str, locative: frozenset[str], *, far: bool) -> bool:
    """Whether a way leads past another phrase to one that only tells of it: "over American soil", "on the vote in Oslo", "violence at Roe's rally"."""
    if REMOTE.search(slot) or (not far and BEYOND.search(slot)):
        return True
    way, _, last = slot.rpartition(".")
    place = way.rpartition("prep:")[2] in locative
    return place and (last == "mod" or (last == "poss" and way.startswith("noun.")))


@lru_cache(maxsize=1 << 14)
def is_asked_for(slot: str) -> bool:
    """Whether a way leads to what is asked for or proposed, and not to who is asked: "called for a ban on imports"."""
    return ASKED_FOR.match(slot) is not None


@lru_cache(maxsize=1 << 14)
def any_preposition(slot: str) -> str:
    """The same way, whatever its prepositions."""
    return ANY.sub("prep:*", slot)


def is_passive(a: Analysis, v: int) -> bool:
    """Whether a verb's subject undergoes it: "was arrested", "the forces backed by …", "arrested on Monday, he …"."""
    deps = [a.dep[c] for c in a.children[v]]
    if not PASSIVE.isdisjoint(deps):
        return True
    if a.tag[v] in ("VBD", "VBN") and a.lower[v] == "accused" and "aux" not in deps and OBJECTS.isdisjoint(deps):
        return any(a.lower[c] == "of" for c in a.children[v])  # "Minister Accused of Fraud"
    if a.tag[v] != "VBN" or "aux" in deps:
        return False
    if a.dep[v] == "conj" and a.pos[a.head[v]] in VERBS and SUBJECTS.isdisjoint(deps):
        return is_passive(a, a.head[v]) and OBJECTS.isdisjoint(deps)
    if a.dep[v] == "acl" and any(a.dep[c] == "dobj" for c in a.children[v]):
        return False  # a main clause misread: "the flood killed two"
    return a.dep[v] in ("acl", "amod", "advcl", "relcl") or (
        a.dep[v] in ("conj", "ROOT") and SUBJECTS.isdisjoint(deps) and OBJECTS.isdisjoint(deps)
    )


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
    head, core, words, containers = act.head, act.core, act.words, roles.containers
    tag, lower, lemma = a.tag, a.lower, a.lemma
    for phrase, slot in _ways(a, head, core, roles):
        if tag[phrase] in RELATIVE or lower[phrase] == "that":
            phrase = antecedent(a, phrase)
        if lemma[phrase] in containers:
            phrase = contained(a, phrase)
        # the words of the act are no party of it, unless they are somebody: "clashed with police"
        if phrase in found or phrase in (head, core) or (phrase in words and phrase not in kinds):
            continue
        if _may_be_party(a, phrase, slot) and not _in_name(a, phrase, core):
            found[phrase] = slot
    return [Candidate(phrase, slot) for phrase, slot in found.items()]


def _in_name(a: Analysis, i: int, core: int) -> bool:
    """Whether a word is part of the name of the act itself: "Korean" in "the Korean War"."""
    return a.entity[i] >= 0 and a.entity[i] == a.entity[core] and a.pos[core] == "PROPN"


def _ways(a: Analysis, head: int, core: int, roles: Roles) -> list[Way]:
    if a.pos[core] in VERBS:
        gerund = a.tag[core] in ("VBG", "VBZ") and a.dep[core] in ("pobj", "dobj", "nsubj", "nsubjpass", "attr")
        return [*(_inside_phrase(a, core, "noun") if gerund else ()), *_around_verb(a, core, roles)]
    if head == core:
        return _around_noun(a, core, roles)
    whole = a.head[core] if a.dep[core] in ("compound", "amod", "nmod") else core
    inside = [way for noun in (core, whole) for way in _inside_phrase(a, noun, "noun")]
    return inside + [(i, f"light.{slot}") for i, slot in _around_verb(a, head, roles)]


def antecedent(a: Analysis, i: int) -> int:
    """What a relative pronoun stands for; any other token itself."""
    if a.tag[i] not in RELATIVE and not (a.lower[i] == "that" and a.dep[i] in SUBJECTS | OBJECTS):
        return i
    at = i
    while a.head[at] != at:
        if a.dep[at] == "relcl":
            return said_of(a, a.head[at])
        at = a.head[at]
    return _relative_again(a, i)


def _relative_again(a: Analysis, i: int) -> int:
    """For a "who" that the parse leaves without its noun, the one whom a clause before it tells of: "Roe, whom Oslo chose, and who is …"."""
    top = a.head[a.head[i]]
    told = [c for c in a.children[top] if c < i and a.dep[c] in SUBJECTS and any(a.dep[r] == "relcl" for r in a.children[c])]
    return told[0] if told and a.lower[i] == "who" and a.lower[i - 1] == "and" else i


def said_of(a: Analysis, i: int) -> int:
    """The subject that a noun is said of ("the mayor is a man who keeps his word" → mayor); any other noun itself."""
    top = i
    while a.dep[top] == "conj":
        top = a.head[top]
    verb = a.head[top]
    if a.dep[top] != "attr" or a.pos[i] != "NOUN" or a.lemma[verb] != "be":
        return i
    return next((c for c in a.children[verb] if a.dep[c] in SUBJECTS and (a.pos[c] in NOUNS or a.lower[c] in ("he", "she", "they"))), i)


def contained(a: Analysis, i: int) -> int:
    """What a container holds ("a series of raids" → raids); without an "of" behind it, the container."""
    of = next((c for c in a.children[i] if a.dep[c] == "prep" and a.tag[c] == "IN" and a.right[c] > c), None)
    return next((c for c in a.children[of] if a.dep[c] == "pobj"), i) if of is not None else i


def _may_be_party(a: Analysis, i: int, slot: str) -> bool:
    pos, tag, e = a.pos[i], a.tag[i], a.entity[i]
    owning = tag == "PRP$" and not slot.startswith(("noun.poss", "subj~")) and not OF_HIS.match(slot)
    if pos not in PHRASES or tag in RELATIVE or tag == "EX" or owning:
        return False
    if slot == "ccomp.subj":
        # "insisted that it …" speaks of the speaker, as does "denied that his men …"
        return pos != "PRON" and not any(a.tag[c] == "PRP$" for c in a.children[i]) and (e < 0 or a.entities[e].label not in NOT_PARTIES)
    return (pos != "PRON" or slot != "obj~ccomp") and (e < 0 or a.entities[e].label not in NOT_PARTIES)


def _around_verb(a: Analysis, v: int, roles: Roles) -> list[Way]:
    """The arguments of a verb; those it shares with other verbs; those inside its complements."""
    dep, pos, children = a.dep, a.pos, a.children[v]
    own = _arguments(a, v)
    found = list(own)
    slots = {slot for _, slot in own}
    if "subj" not in slots and "subjpass" not in slots:
        found += _inherited_subject(a, v, roles)
    if "obj" not in slots:
        joined = [w for w in children if dep[w] == "conj" and pos[w] in VERBS]
        if joined and not is_passive(a, v):
            found += [(i, "obj~conj") for w in joined for i, slot in _arguments(a, w) if slot == "obj"]
    for i, slot in own:
        if slot not in ("subj", "by"):
            found += _inside_phrase(a, i, slot)
    for w in children:
        if dep[w] in COMPLEMENTS and (verb := _complement(a, w)) is not None:
            found += _of_complement(a, verb, COMPLEMENTS[dep[w]])
    return found


def _complement(a: Analysis, w: int) -> int | None:
    if a.dep[w] != "prep":
        return w if a.pos[w] in VERBS else None
    return next((c for c in a.children[w] if a.dep[c] == "pcomp" and a.pos[c] in VERBS), None)


def _of_complement(a: Analysis, w: int, name: str) -> list[Way]:
    found: list[Way] = []
    for i, slot in _arguments(a, w):
        found.append((i, f"{name}.{slot}"))
        if slot == "obj":
            found += _inside_phrase(a, i, f"{name}.obj")
    return found


def _arguments(a: Analysis, v: int) -> list[Way]:
    """A verb's own subject, agent, objects and prepositional objects."""
    dep, children = a.dep, a.children
    found: list[Way] = []
    for c in children[v]:
        label = dep[c]
        if label in REACHING:
            _prepositional(a, c, "", found)
        elif label == "nsubj" or label == "nsubjpass":
            found.append((c, "subjpass" if is_passive(a, v) else "subj"))
        elif label == "dobj" or label == "obj":
            found.append((c, "obj"))
        elif label == "agent":
            found += [(p, "by") for p in children[c] if dep[p] == "pobj"]
        elif label == "dative" or label == "iobj":
            found.append((next((p for p in children[c] if dep[p] == "pobj"), c), "dative"))
        elif label in ("attr", "oprd") or (label in ("xcomp", "ccomp") and a.pos[c] in NOUNS):
            found.append((c, "attr"))
        elif label == "ccomp" and not any(dep[x] == "mark" for x in children[c]):
            found += [(s, "obj~ccomp") for s in children[c] if dep[s] == "nsubj"]
        elif label == "npadvmod" and c > v and a.entity[c] >= 0 and a.entities[a.entity[c]].label == "DATE":
            found += [(x, "obj") for x in children[c] if a.pos[x] == "PROPN" and a.entity[x] != a.entity[c]]  # "met Roe Friday"
    return found


def _prepositional(a: Analysis, p: int, prefix: str, found: list[Way]) -> None:
    """Adds objects of a preposition and of the preposition inside it ("out of", "on behalf of")."""
    dep = a.dep
    for c in a.children[p]:
        if dep[c] == "pobj":
            found.append((c, f"{prefix}prep:{a.lower[p]}"))
        elif dep[c] == "prep":
            _prepositional(a, c, prefix, found)


def _inherited_subject(a: Analysis, v: int, roles: Roles) -> list[Way]:
    """The subject that a verb without its own takes over: from the clause above, its antecedent, or the one who controls it."""
    own = "subjpass" if is_passive(a, v) else "subj"
    dep, head = a.dep[v], a.head[v]
    found: list[Way] = []
    if dep in ("acl", "relcl", "amod") and a.pos[head] in PHRASES:
        taken = any(a.dep[c] in SUBJECTS and a.tag[c] not in RELATIVE for c in a.children[v])
        if a.tag[v] == "VB":  # "her vow to fight"
            found += [(c, f"{own}~acl") for c in a.children[head] if a.dep[c] == "poss"]
        found.append((head, "obj~relcl" if taken else f"{own}~{'acl' if dep == 'acl' and a.tag[v] == 'VB' else dep}"))
        if a.tag[v] == "VB" and (above := clause_verb(a, head)):
            found += [(i, f"{own}~above") for i, _ in _subjects(a, above[0], roles)]
        return found
    if head == v:
        return found
    if (speech := told_alongside(a, v)) is not None:
        head = speech
    if dep == "pcomp":
        head = _governor(a, v)
    if a.pos[head] in NOUNS:
        found += [(c, f"{own}~{dep}") for c in a.children[head] if a.dep[c] == "poss"]
        if above := clause_verb(a, head):
            head = above[0]
    if a.pos[head] not in VERBS:
        return found
    own_doing = a.lemma[head] in roles.subject_control or (dep == "pcomp" and a.lower[a.head[v]] in roles.own_doing)
    if dep in ("xcomp", "ccomp", "pcomp", "advcl") and (dep != "advcl" or a.tag[v] == "VB") and not own_doing:
        asked = ASKED if a.lemma[head] in roles.asking else CONTROLLERS
        found += [(i, f"{own}~control") for i, slot in _arguments(a, head) if slot in asked]
    return found + [(i, f"{own}~{dep}") for i, _ in _subjects(a, head, roles)]


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


def _subjects(a: Analysis, v: int, roles: Roles) -> list[Way]:
    own = [way for way in _arguments(a, v) if way[1] in ("subj", "subjpass")]
    return own or _inherited_subject(a, v, roles)


def _inside_phrase(a: Analysis, i: int, slot: str, depth: int = 1) -> list[Way]:
    """Noun phrases inside a noun phrase: possessor, compound or adjective of a nation, prepositional objects."""
    found: list[Way] = []
    dep, pos = a.dep, a.pos
    for c in a.children[i]:
        label = dep[c]
        if label == "poss":
            found.append((c, f"{slot}.poss"))
        elif label == "prep" or label == "agent":
            below: list[Way] = []
            _prepositional(a, c, f"{slot}.", below)
            for way in below:
                found.append(way)
                if depth < DEEPEST:
                    found += _inside_phrase(a, way[0], way[1], depth + 1)
        elif label in BEFORE_NOUN:
            if pos[c] in NOUNS or (pos[c] == "ADJ" and a.entity[c] >= 0):
                found.append((c, f"{slot}.mod"))
        elif depth == 1 and (label == "acl" or label == "relcl") and pos[c] in VERBS:
            found += [(x, f"{slot}.{label}.{way}") for x, way in _arguments(a, c) if way in ("by", "obj", "subj")]
    return found


def _around_noun(a: Analysis, n: int, roles: Roles) -> list[Way]:
    """What stands around a noun that names an event: its own possessor, modifiers and prepositions, then the clause it stands in."""
    found = _inside_phrase(a, n, "noun")
    if n + 1 < len(a.dep) and a.dep[n + 1] in ("prep", "agent") and a.head[n + 1] != n and a.lower[n + 1] in roles.adjoining:
        _prepositional(a, n + 1, "noun.", found)  # "follows an inquiry by the council": the parse hangs it on the verb
    for c in a.children[n]:
        if a.dep[c] in ("acl", "relcl") and a.pos[c] in VERBS:
            found += [(x, f"{a.dep[c]}.{way}") for x, way in _arguments(a, c)]
    if a.dep[n] in ("compound", "amod", "nmod") and a.pos[a.head[n]] in NOUNS:
        found += _inside_phrase(a, a.head[n], "whole")
        found.append((a.head[n], "whole"))
    clause = clause_verb(a, n)
    if clause is None:
        return found
    verb, place = clause
    light = a.lemma[verb] in roles.light_verbs and place in ("obj", "subjpass", "attr")
    name = "light" if light else f"clause:{_kind_of(place)}"
    return found + [(i, f"{name}.{slot}") for i, slot in _around_verb(a, verb, roles)]


def _kind_of(place: str) -> str:
    return place if not place.startswith("prep:") else "means" if place == "prep:with" else "prep"


def conjuncts(a: Analysis, i: int) -> tuple[int, ...]:
    """A phrase's head and the heads joined to it: compound actors stay one list; "the rivals Roe and Doe" are those two."""
    i = next((c for c in a.children[i] if a.dep[c] == "appos" and _begins_list(a, c) and a.tag[i] == "NNS"), i)
    found, queue = [i], [i]
    while queue:
        at = queue.pop()
        more = [c for c in a.children[at] if a.pos[c] in PHRASES and (a.dep[c] == "conj" or (a.dep[c] == "nmod" and _is_joined(a, c)))]
        found += more
        queue += [c for c in more if a.dep[c] == "conj"]
    return tuple(sorted(found))


def _begins_list(a: Analysis, i: int) -> bool:
    """Whether a name has another one joined to it."""
    return a.pos[i] == "PROPN" and any(a.dep[c] == "conj" and a.pos[c] == "PROPN" for c in a.children[i])


def _is_joined(a: Analysis, i: int) -> bool:
    """Whether a person's name is joined to the one that the parse hangs it on: "Minister Jan Roe and President Ann Doe"."""
    person = a.entity[i] >= 0 and a.entities[a.entity[i]].label == "PERSON"
    return person and {"cc", "compound"} <= {a.dep[c] for c in a.children[i]}
