"""The tense of a verb as the parse shows it, and whether words speak of what is behind the report or before it."""

from typing import Literal

from dateline.records import Analysis
from dateline.syntax import ancestors

Tense = Literal["past", "pluperfect", "perfect", "present", "progressive", "future", "modal", "infinitive", "gerund", "participle", "none"]
Words = dict[str, frozenset[str]]
FINITE = {"VBD": "past", "VBZ": "present", "VBP": "present"}
BARE = {"VBG": "gerund", "VBN": "participle", "VB": "infinitive"}
VERBAL = frozenset({"VERB", "AUX"})
WAY: dict[str, int] = {"past": -1, "pluperfect": -1, "perfect": -1, "future": 1, "infinitive": 1}


def tense_of(a: Analysis, verb: int, words: Words) -> Tense:
    """The tense of the verb group around a token; "none" for what is no verb. A conjoined verb takes what it lacks from the first."""
    if a.pos[verb] not in VERBAL:
        return "none"
    auxiliaries = [c for c in a.children[verb] if a.dep[c] in ("aux", "auxpass")]
    own = tense_of_group(a, verb, auxiliaries, words)
    if own in ("infinitive", "participle", "gerund") and not auxiliaries and a.dep[verb] == "conj" and a.head[verb] != verb:
        return tense_of(a, a.head[verb], words)
    return own


def tense_of_group(a: Analysis, verb: int, auxiliaries: list[int], words: Words) -> Tense:
    spoken = {a.lower[x] for x in auxiliaries}
    if spoken & words["will"]:
        return "future"
    if spoken & words["modal"]:
        return "modal"
    if any(a.lemma[x] == words_have(words) for x in auxiliaries):
        return "pluperfect" if spoken & words["had"] else "perfect"
    if "to" in spoken and a.tag[verb] == "VB":
        above = a.head[verb]
        return "future" if a.dep[verb] == "xcomp" and a.lower[above] in words["going"] else "infinitive"
    finite = next((FINITE[a.tag[x]] for x in auxiliaries if a.tag[x] in FINITE), FINITE.get(a.tag[verb]))
    if finite == "present" and a.tag[verb] == "VBG":
        return "progressive"
    return finite or BARE.get(a.tag[verb], "none")  # type: ignore[return-value]


def words_have(words: Words) -> str:
    return next(iter(words["have"]))


def governing_verb(a: Analysis, token: int) -> int | None:
    """The nearest verb above a token, or itself; None in a phrase without one."""
    if a.pos[token] in VERBAL:
        return token
    return next((i for i in ancestors(a, token) if a.pos[i] in VERBAL), None)


def way_of(a: Analysis, token: int, words: Words) -> int:
    """−1 where the words around speak of the past, 1 of what is to come, 0 where they do not tell."""
    verb = governing_verb(a, token)
    while verb is not None:
        tense = tense_of(a, verb, words)
        if tense in WAY:
            return WAY[tense] if tense != "infinitive" else way_of_infinitive(a, verb, words)
        if tense in ("present", "progressive", "modal", "none") or a.head[verb] == verb:
            return 0
        verb = governing_verb(a, a.head[verb])
    return 0


def way_of_infinitive(a: Analysis, verb: int, words: Words) -> int:
    """What is planned lies ahead; what someone managed, helped or began to do lies where that verb lies."""
    above = governing_verb(a, a.head[verb]) if a.head[verb] != verb else None
    if above is not None and a.lemma[above] in words["came_about"]:
        return way_of(a, above, words)
    return 1
