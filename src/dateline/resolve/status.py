"""How real an act is: negated, planned, threatened, hypothetical or alleged, by the scope it stands in, with the words that decided it.

From the act's word upwards: its own auxiliaries and adverbs, then each verb, noun or preposition that governs it, as long as what
governs says nothing about whether the act took place.
"""

from collections.abc import Iterator
from typing import NamedTuple

from dateline.codebook.status import Governors, StatusWords
from dateline.records import Analysis, Status
from dateline.syntax import SUBJECTS, ancestors, divided

VERBS = frozenset({"VERB", "AUX"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
CLAUSES = frozenset({"xcomp", "ccomp", "pcomp", "acl", "advcl", "relcl", "csubj", "csubjpass"})
NOMINAL = frozenset({"dobj", "obj", "nsubjpass", "prep:to", "prep:of"})
# What decides when several words speak of one act: what did not happen outranks what may, what may outranks what is meant to.
RANK: tuple[Status, ...] = ("negated", "threatened", "alleged", "hypothetical", "planned")


class Reading(NamedTuple):
    """One word's say on an act."""

    status: Status
    token: int


def status_of(a: Analysis, act: int, words: StatusWords, *, refusal: bool = False) -> tuple[Status, tuple[int, ...]]:
    """The status of the act at token `act`, and the tokens that decided it, in order; ("actual", ()) when nothing speaks against it.

    A `refusal` is a type read from a negation: "will not release them" is one, and is a fact; "did not release them" is none.
    """
    found = list(_readings(a, act, words))
    negated = [(level, r.token) for level, r in found if r.status == "negated"]
    readings = [r for _, r in found]
    if len({level for level, _ in negated}) == 2 == len({token for _, token in negated}):
        readings = [r for r in readings if r.status != "negated"]  # "did not fail to strike"
    if any(level == act * 2 and _leaves_open(a, act, r.token, words) for level, r in found):
        readings = [r for r in readings if r.status != "negated"]  # "if they do not attack", "they should not attack"
    would = words.governors["hypothetical"].modals
    statuses: set[Status] = {"hypothetical" if refusal and a.lower[r.token] in would else r.status for r in readings}
    if refusal and statuses == {"negated", "planned"}:
        return "actual", ()
    if refusal and "hypothetical" in statuses:
        return "hypothetical", tuple(sorted({r.token for r in readings}))
    for status in RANK:
        tokens = sorted({r.token for r in readings if r.status == status})
        if tokens:
            return status, tuple(tokens)
    return "actual", ()


def _leaves_open(a: Analysis, act: int, token: int, words: StatusWords) -> bool:
    """Whether by this word an act is only thought of, be it denied or not: "unless", "it is not clear whether", "should"."""
    if a.dep[token] == "mark":
        return a.lower[token] in words.open_marks
    supposed = a.lower[token] in words.governors["hypothetical"].modals and _has_condition(a, act, words.conditional)
    return a.dep[token] == "aux" and (a.lower[token] in words.duties or supposed)


def _readings(a: Analysis, act: int, words: StatusWords) -> Iterator[tuple[int, Reading]]:
    """What each word in the act's scope says of it, with a number for where it stands: "did not fail" speaks twice."""
    at, own, doubt_only = act, True, False
    while True:
        verb = a.pos[at] in VERBS
        if not doubt_only:
            yield from ((at * 2, r) for r in (_beside(a, at, words) if verb else _before_noun(a, at, words)))
        if not verb and any(a.dep[c] == "acl" and a.tag[c] == "VBN" and a.lemma[c] in words.transparent for c in a.children[at]):
            return  # "the deal reached on Friday" was, whatever becomes of it
        step = _governor(a, at)
        if step is None:
            yield from () if doubt_only else ((at * 2, r) for r in _at_top(a, at))
            return
        above, link = step
        governed = [] if link == "conj" else list(_governs(a, at, above, link, words))
        yield from ((above * 2 + 1, r) for r in governed if r.status == "alleged" or not doubt_only)
        if verb and own and not governed:
            yield from ((at * 2, r) for r in _purpose(a, at, words))
        if not verb and link in NOMINAL and a.lemma[above] in words.presupposing:
            return  # "stop the shelling": there is shelling to stop
        if link.startswith("prep:") and a.lemma[above] in words.marks_of_fact:
            return
        if link == "acl" and a.tag[at] == "VBN" and _infinitive(a, at) is None:
            doubts = _before_noun(a, above, words)  # "urged them to free the men jailed in May": jailed they are
            yield from ((above * 2, r) for r in doubts if r.status in ("negated", "alleged"))
            return
        if not _passes(a, at, above, link, words):
            if a.pos[above] not in VERBS or link not in ("dobj", "obj", "nsubjpass"):
                return
            doubt_only = True  # "believed that they had planned the raid": the belief holds for the raid too
        at, own = above, own and link == "conj"


def _governor(a: Analysis, at: int) -> tuple[int, str] | None:
    """The word above, prepositions skipped, and how it governs; None at the top and where what stands above says nothing on the act."""
    dep, head = a.dep[at], a.head[at]
    if head == at:
        return None
    if dep == "conj" and a.tag[at] == "VBN" and a.tag[head] == "VBG" and a.dep[head] == "pcomp":
        return a.head[a.head[head]], "conj"  # "convicted of theft and jailed"
    if dep == "conj":
        return (head, "conj")
    if dep in ("pobj", "pcomp") and a.dep[head] in ("prep", "agent", "dative", "mark", "advmod", "ROOT"):
        outer = head
        while a.dep[outer] == "prep" and a.dep[a.head[outer]] == "prep":
            outer = a.head[outer]
        return (a.head[outer], f"prep:{a.lower[outer]}") if a.head[outer] != outer else None
    if dep in CLAUSES and divided(a, at, head):
        return None
    if dep in ("dobj", "obj", "attr", "oprd", "nsubjpass", "compound", "nmod", "dative") or dep in CLAUSES:
        return head, dep
    if dep == "acomp":
        return head, dep  # "is not ready to strike"
    if dep == "nsubj":
        return head, "nsubj"
    return None


def _beside(a: Analysis, v: int, words: StatusWords) -> Iterator[Reading]:
    """What the verb's own auxiliaries, negations, adverbs, subject and conjunction say."""
    shared = _shared_auxiliaries(a, v)
    if v > 1 and f"{a.lower[v - 2]} {a.lower[v - 1]}" in words.instead:
        yield Reading("negated", v - 2)
    conditional = _has_condition(a, v, words.conditional)
    if a.dep[v] == "conj":
        none = words.governors["negated"].determiners
        yield from (Reading("negated", c) for c in a.children[a.head[v]] if a.dep[c] == "cc" and a.lower[c] in none and c < v)  # "nor"
    for c in (*shared, *a.children[v]):
        dep, lower = a.dep[c], a.lower[c]
        if dep == "neg" or (dep == "advmod" and _adverb(a, c) in words.governors["negated"].adverbs):
            if not any(a.lower[n] in words.not_only for n in range(c + 1, min(v + 2, len(a.word)))):
                yield Reading("negated", c)
        elif dep == "aux":
            yield from _modal(a, v, c, words, conditional)
        elif dep in ("preconj", "cc") and c < v and lower in words.governors["negated"].determiners:
            yield Reading("negated", c)
        elif dep in ("mark", "advmod"):
            yield from _mark(a, v, c, words)
        elif dep in SUBJECTS:
            yield from _negative_subject(a, c, words.governors["negated"])


def _mark(a: Analysis, v: int, c: int, words: StatusWords) -> Iterator[Reading]:
    """What a conjunction or an adverb of the clause says; "they stayed until they were driven away": driven away they were."""
    above = a.head[v]
    if a.dep[c] == "mark" and a.lower[c] in words.governors["planned"].marks and _finite(a, v) in ("VBZ", "VBP"):
        yield Reading("planned", c)  # "before voters decide"
    if a.lower[c] in words.up_to and _finite(a, v) == "VBD" == _finite(a, above) and not any(a.dep[n] == "neg" for n in a.children[above]):
        return
    for status in ("hypothetical", "alleged"):
        group = words.governors[status]
        if a.lower[c] in (group.marks if a.dep[c] == "mark" else group.adverbs):
            yield Reading(status, c)


def _finite(a: Analysis, v: int) -> str:
    """The tag of the finite verb of a verb group."""
    return next((a.tag[c] for c in a.children[v] if a.dep[c] in ("aux", "auxpass") and a.tag[c] in FINITE), a.tag[v])


def _adverb(a: Analysis, i: int) -> str:
    """An adverb with the word that it is always said with: "no longer"."""
    return f"{a.lower[i - 1]} {a.lower[i]}" if i and a.head[i - 1] == i else a.lower[i]


def _modal(a: Analysis, v: int, aux: int, words: StatusWords, conditional: bool) -> Iterator[Reading]:
    lower = a.lower[aux]
    if lower in words.governors["planned"].modals:
        yield Reading("hypothetical" if conditional else "planned", aux)
    elif lower in words.governors["hypothetical"].modals and a.tag[aux] == "MD":
        later = a.lemma[aux] in ("would", "'d") or lower == "would"
        said = later and not conditional and _said_before(a, v, words)
        perfect = any(a.lower[c] == "have" for c in a.children[v])
        if perfect and lower in words.doubtful:
            yield Reading("alleged", aux)  # "may have struck"
        else:
            yield Reading("planned" if said and not perfect else "hypothetical", aux)


def _said_before(a: Analysis, v: int, words: StatusWords) -> bool:
    """Whether a past verb of speech or thought governs the clause: its "would" is a plan of that time."""
    for above in ancestors(a, v):
        if a.pos[above] in VERBS and a.dep[v] in ("ccomp", "relcl", "conj", "advcl"):
            return a.tag[above] in ("VBD", "VBN") and a.lemma[above] in words.reporting
    return False


def _has_condition(a: Analysis, v: int, conditional: frozenset[str]) -> bool:
    return any(a.dep[c] == "advcl" and any(a.dep[m] == "mark" and a.lower[m] in conditional for m in a.children[c]) for c in a.children[v])


def _negative_subject(a: Analysis, subject: int, group: Governors) -> Iterator[Reading]:
    if a.lower[subject] in group.subjects:
        yield Reading("negated", subject)
    for c in a.children[subject]:
        if (a.dep[c] in ("det", "preconj", "cc") and a.lower[c] in group.determiners) or (a.dep[c] == "neg" and c < subject):
            yield Reading("negated", c)  # "no shot was fired", "not a shot was fired"


def _shared_auxiliaries(a: Analysis, v: int) -> tuple[int, ...]:
    """Auxiliaries and negation of the first verb of a series that this one goes on with: "will meet and sign"."""
    if a.dep[v] != "conj" or a.tag[v] not in ("VB", "VBN", "VBG") or any(a.dep[c] in ("aux", "auxpass", *SUBJECTS) for c in a.children[v]):
        return ()
    first = a.head[v]
    if a.pos[first] not in VERBS or (a.tag[first] != a.tag[v] and a.tag[v] != "VB"):
        return ()
    return (*_shared_auxiliaries(a, first), *(c for c in a.children[first] if a.dep[c] in ("aux", "neg") and c < v))


def _before_noun(a: Analysis, n: int, words: StatusWords) -> Iterator[Reading]:
    """What a noun's own determiner, adjectives and preposition say: "no attack", "the planned visit", "without an agreement"."""
    for c in a.children[n]:
        dep, lower = a.dep[c], a.lower[c]
        if (dep == "det" and lower in words.governors["negated"].determiners) or (dep == "neg" and c < n):
            yield Reading("negated", c)
        elif dep in ("amod", "compound", "advmod"):
            for status in RANK:
                if lower in words.governors[status].adjectives and lower not in words.not_before_nouns:
                    yield Reading(status, c)
        elif dep == "relcl" or dep == "acl":
            yield from (Reading("planned", x) for x in (c,) if a.lemma[c] in words.governors["planned"].verbs and a.tag[c] == "VBN")
    if a.dep[n] == "pobj":
        yield from _preposition(a, a.head[n], words)


def _preposition(a: Analysis, p: int, words: StatusWords) -> Iterator[Reading]:
    for status in RANK:
        if a.lower[p] in words.governors[status].prepositions:
            yield Reading(status, p)
    # "ahead of a summit" is parsed as an adverb with a preposition below
    outer = a.head[p]
    if a.lower[p] == "of" and a.lower[outer] in words.governors["planned"].prepositions:
        yield Reading("planned", outer)


def _at_top(a: Analysis, v: int) -> Iterator[Reading]:
    """A bare verb at the top without a subject is what somebody asks for, "Chad to send troops" a plan, "Do we strike?" a question."""
    if a.dep[v] != "ROOT" or a.pos[v] not in VERBS:
        return
    subject = any(a.dep[c] in SUBJECTS for c in a.children[v])
    to = _infinitive(a, v)
    if to is not None:
        yield Reading("planned" if subject else "hypothetical", to)
    elif a.tag[v] == "VB" and not subject and not any(a.dep[c] == "aux" for c in a.children[v]):
        yield Reading("hypothetical", v)
    mark = a.sentences[a.sentence[v]][1] - 1
    if a.word[mark] == "?" and not any(a.tag[c] in ("WRB", "WP", "WDT") for c in a.children[v]):
        yield Reading("hypothetical", mark)


def _purpose(a: Analysis, v: int, words: StatusWords) -> Iterator[Reading]:
    """ "to strike the port" beside another clause, or a bare infinitive with no clause above: meant, not done; "to mark the day" was."""
    to, above = _infinitive(a, v), a.head[v]
    if to is None or a.dep[v] not in ("advcl", "acl", "relcl", "csubj", "ROOT"):
        return
    if a.dep[v] == "acl" and a.dep[above] == "ROOT" and a.pos[above] == "PROPN":
        yield Reading("planned", to)  # a headline: "EU to impose sanctions"
    elif a.lemma[v] not in words.occasions and a.lemma[above] not in words.by_means and not _in_order(a, above, words):
        yield Reading("hypothetical", to)
    if a.dep[v] == "advcl":
        yield from (Reading("negated", c) for c in a.children[above] if a.dep[c] == "neg")


def _in_order(a: Analysis, n: int, words: StatusWords) -> bool:
    """ "the fourth to be killed", "the first envoy to visit": who stands in such an order has done it."""
    return any(a.lower[i] in words.ordinals for i in (n, *a.children[n]))


def _infinitive(a: Analysis, v: int) -> int | None:
    """The "to" of an infinitive, active or passive."""
    return next((c for c in a.children[v] if a.dep[c] == "aux" and a.tag[c] == "TO"), None)


def _governs(a: Analysis, at: int, above: int, link: str, words: StatusWords) -> Iterator[Reading]:
    """What the word above says of the act that it governs."""
    if link.startswith("prep:"):
        yield from _pcomp_preposition(a, above, link, words)
    if a.lemma[above] in words.implying and link in ("nsubj", "dobj", "xcomp", "ccomp") and not _definite(a, at, words):
        yield Reading("hypothetical", above)  # "a refusal would mean …", "means freezing …"
    if a.tag[at] == "VBG" and (link in ("csubj", "nsubj") or (link in ("xcomp", "dobj") and a.lemma[above] in words.weighing)):
        yield Reading("hypothetical", above)  # "attacking a port is a crime", "the plan includes deporting them"
        return
    if link in ("nsubj", "compound", "relcl", "csubj", "nmod") or (link == "nsubjpass" and a.pos[above] not in VERBS):
        if link == "nsubj" and a.lemma[above] == "be":
            yield from _predicate(a, above, words)
        return
    if link == "ccomp" and a.lemma[above] == "be":
        yield from _predicate(a, above, words)  # "it is unlikely that …"
    if link == "xcomp" and a.lemma[above] == "be":
        yield Reading("planned", above)  # "is to be sworn in"
        return
    kind = "verbs" if a.pos[above] in VERBS else "nouns" if a.pos[above] in ("NOUN", "PROPN") else "adjectives"
    if link == "advcl" and kind == "verbs" and not _infinitive(a, at):
        return
    lemma = _with_particle(a, above)
    if lemma in words.transparent and not (link == "xcomp" and any(a.lower[c] in words.not_yet for c in a.children[above])):
        return  # "went on to win"
    if a.lemma[at] in words.spoken_to and a.lemma[above] in words.offering and link == "dobj":
        return  # "offered condolences"
    if a.lemma[at] in words.asked and link in ("dobj", "obj", "nsubjpass") and lemma in words.governors["negated"].verbs:
        return  # "declined a request": it was made
    if a.lemma[at] in words.occasions and a.lemma[above] in words.telephoning and _has_object(a, above):
        return  # "called him to thank him"
    if link == "xcomp" and (yet := next((c for c in a.children[above] if a.lower[c] in words.not_yet), None)) is not None:
        yield Reading("negated", yet)  # "has yet to comply"
        return
    if lemma not in words.governing and a.lemma[above] not in words.governing:
        return
    for status in RANK:
        group: frozenset[str] = getattr(words.governors[status], kind)
        passive = link == "xcomp" and _is_passive(a, above) and a.lemma[above] in words.governors[status].participles
        seen_as = link == "prep:as" and a.lemma[above] in words.governors[status].as_verbs
        if seen_as or ((passive or lemma in group or a.lemma[above] in group) and _fits(a, at, above, link, status, kind, words)):
            yield Reading(status, above)
            return


def _is_passive(a: Analysis, v: int) -> bool:
    return a.tag[v] == "VBN" and not any(a.dep[c] == "aux" and a.lemma[c] == "have" and c + 1 == v for c in a.children[v])


def _has_object(a: Analysis, v: int) -> bool:
    return any(a.dep[c] == "dobj" for c in a.children[v]) and not any(a.dep[c] == "prep" for c in a.children[v])


def _definite(a: Analysis, i: int, words: StatusWords) -> bool:
    return any(a.dep[c] == "poss" or a.lower[c] in words.definite for c in a.children[i])


def _fits(a: Analysis, at: int, above: int, link: str, status: Status, kind: str, words: StatusWords) -> bool:
    """Whether this word governs the act in the way that makes it less than real: "agreed a deal" did, "agreed to meet" will."""
    over_noun = link in ("dobj", "obj", "nsubjpass", "attr")
    if kind == "verbs" and link.startswith("prep:") and a.pos[at] in VERBS:
        return link == "prep:with" or _links(link, words.links)  # "accused of killing", "committed to withdrawing"
    if kind == "verbs" and (over_noun or link.startswith("prep:")):
        return _fits_noun(a.lemma[above], link, status, words)
    if kind == "verbs" and link == "ccomp" and status in ("planned", "hypothetical"):
        return a.lemma[above] not in words.asserting
    if kind == "nouns" and link.startswith("prep:"):
        return _links(link, words.links_of_plans if status == "planned" else words.links)
    return kind != "nouns" or link in ("acl", "ccomp", "xcomp", "pcomp")


def _fits_noun(lemma: str, link: str, status: Status, words: StatusWords) -> bool:
    """Whether a verb says how real the event is that the noun in its object, or behind its preposition, names."""
    group = words.governors[status]
    match status:
        case "planned":
            return lemma in group.over_nouns
        case "hypothetical":
            return lemma in group.over_nouns or link == "prep:for"
        case "alleged":
            return not _links(link, words.links_in_time) and lemma not in group.only_clauses
        case "threatened":
            return link in ("dobj", "obj", "prep:with", "prep:of")
        case _:
            return link in ("dobj", "obj", "nsubjpass", "prep:from", "prep:out")


def _links(link: str, prepositions: frozenset[str]) -> bool:
    return link.startswith("prep:") and link[5:] in prepositions


def _predicate(a: Analysis, be: int, words: StatusWords) -> Iterator[Reading]:
    for c in a.children[be]:
        if a.dep[c] in ("acomp", "attr"):
            for status in RANK:
                if a.lower[c] in words.governors[status].adjectives:
                    yield Reading(status, c)


def _pcomp_preposition(a: Analysis, above: int, link: str, words: StatusWords) -> Iterator[Reading]:
    lower = link[5:]
    for c in a.children[above]:
        if a.dep[c] == "prep" and a.lower[c] == lower:
            for status in RANK:
                if lower in words.governors[status].prepositions:
                    yield Reading(status, c)
            return


def _with_particle(a: Analysis, v: int) -> str:
    particle = next((c for c in a.children[v] if a.dep[c] == "prt"), None)
    return a.lemma[v] if particle is None else f"{a.lemma[v]} {a.lower[particle]}"


def _passes(a: Analysis, at: int, above: int, link: str, words: StatusWords) -> bool:
    """Whether the judgement on the word above is one on the act too."""
    if link == "conj":
        return a.dep[above] in CLAUSES | {"conj", "dobj", "pobj", "nsubjpass", "attr"} or a.tag[at] == "VB"
    if a.pos[above] in VERBS:
        if link == "acomp":
            return any(a.dep[c] == "neg" for c in a.children[above])
        if _links(link, words.instruments) and a.pos[at] not in VERBS and not _definite(a, at, words):
            return not any(a.dep[c] == "neg" for c in a.children[above])
        if link in ("xcomp", "pcomp", "dobj", "obj", "nsubjpass", "attr", "nsubj", "oprd") or link.startswith("prep:"):
            return a.lemma[above] in words.transparent or link == "xcomp"
        if link == "advcl" and (a.lemma[at] in words.occasions or a.lemma[above] in words.by_means):
            return _infinitive(a, at) is not None  # "will meet to discuss the plan"
        return link == "ccomp" and a.dep[above] == "ROOT" and a.lemma[above] in words.transparent
    return link in ("acl", "prep:of", "prep:for", "prep:to", "xcomp", "compound") and a.pos[above] in ("NOUN", "ADJ")
