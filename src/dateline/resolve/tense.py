"""The tense of a verb as the parse shows it, and whether words speak of what is behind the report or before it."""

from typing import Literal

from dateline.records import Analysis
from dateline.syntax import ancestors

Tense = Literal["past", "pluperfect", "perfect", "present", "progressive", "future", "modal", "infinitive", "gerund", "participle", "none"]
Words = dict[str, frozenset[str]]
FINITE = {"VBD": "past", "VBZ": "present", "VBP": "present"}
BARE = {"VBG": "gerund", "VBN": "participle", "VB": "infinitive"}
VERBAL = frozenset({"VERB", "AUX"})
WAY: dict[str, int] = {"past": -1, "pluperfect": -1, "perfect": -1, "future": 1, "modal": 1, "infinitive": 1}


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
    if any(a.lemma[x] in words["have"] for x in auxiliaries):
        return "pluperfect" if spoken & words["had"] else "perfect"
    if "to" in spoken and a.tag[verb] == "VB":
        above = a.head[verb]
        return "future" if a.dep[verb] == "xcomp" and a.lower[above] in words["going"] else "infinitive"
    finite = next((FINITE[a.tag[x]] for x in auxiliaries if a.tag[x] in FINITE), FINITE.get(a.tag[verb]))
    if finite == "present" and a.tag[verb] == "VBG":
        return "progressive"
    return finite or BARE.get(a.tag[verb], "none")  # type: ignore[return-value]


def governing_verb(a: Analysis, token: int) -> int | None:
    """The nearest verb above a token, or itself; None in a phrase without one."""
    if a.pos[token] in VERBAL:
        return token
    return next((i for i in ancestors(a, token) if a.pos[i] in VERBAL), None)


def way_of(a: Analysis, token: int, words: Words) -> int:
    """−1 where the words around a time speak of the past, 1 of what is to come, 0 where they do not tell.

    Only the verb that governs the time itself counts: a time that belongs to a noun ("Friday's ruling") says nothing of its side,
    unless the noun does ("the Friday deadline") or the whole clause lies ahead.
    """
    for above in ancestors(a, token):
        if a.lower[above] in words["ahead_until"]:
            verb = governing_verb(a, above)
            return -1 if verb is not None and tense_of(a, verb, words) == "pluperfect" else 1
        if a.pos[above] == "ADJ" and a.lemma[above] in words["ahead_nouns"]:
            return 1
        if a.pos[above] in ("NOUN", "PROPN"):
            verb = governing_verb(a, above)
            ahead = a.lemma[above] in words["ahead_nouns"] or (verb is not None and tense_of(a, verb, words) in ("future", "modal"))
            return 1 if ahead or is_for(a, token, words) else 0
        if a.pos[above] in VERBAL:
            return 1 if is_for(a, token, words) or is_timetable(a, token, above, words) else way_of_verb(a, above, words)
    return 0


def is_timetable(a: Analysis, token: int, verb: int, words: Words) -> bool:
    """ "flies to Caracas Sunday", "resumes on the 4th": the present with a day beside it looks ahead, but not in a headline."""
    told = a.lemma[verb] in words["reporting"] or a.lemma[verb] in words["states"]
    body = a.blocks[a.sentence_block[a.sentence[verb]]].kind == "body"
    beside = a.head[token] == verb or (a.dep[token] == "pobj" and a.head[a.head[token]] == verb and a.lower[a.head[token]] == "on")
    past = any(a.tag[i] in ("VBD", "VBN") for i in range(a.sentences[a.sentence[verb]][0], verb))
    return body and beside and not told and not past and a.pos[verb] == "VERB" and tense_of(a, verb, words) == "present"


def is_for(a: Analysis, token: int, words: Words) -> bool:
    """ "called a strike for Friday" """
    verb = governing_verb(a, token)
    called = verb is not None and a.lemma[verb] in words["ahead_heads"] | words["ahead_verbs"]
    return called and a.dep[token] == "pobj" and a.lower[a.head[token]] == "for"


def way_of_verb(a: Analysis, verb: int, words: Words) -> int:
    """Which side a verb's own doing lies on; what was planned, then, lies ahead of the planning."""
    if a.lemma[verb] in words["ahead_verbs"]:
        return 1
    tense = tense_of(a, verb, words)
    if tense == "modal" and any(a.lower[c] in words["could"] for c in a.children[verb]):
        return 0
    if tense == "infinitive":
        above = governing_verb(a, a.head[verb]) if a.head[verb] != verb else None
        if above is not None and tense_of(a, above, words) == "pluperfect":
            return -1  # "had been due to expire on Friday"
        together = above is not None and a.dep[verb] in ("xcomp", "ccomp", "conj") and a.lemma[above] not in words["ahead_heads"]
        return way_of_verb(a, above, words) if above is not None and together else 1
    if tense == "participle" and any(a.lower[c] == "to" for c in a.children[verb] if a.dep[c] == "aux"):
        return 1  # "is to be chosen in November"
    if tense in ("participle", "gerund"):
        above = governing_verb(a, a.head[verb]) if a.head[verb] != verb else None
        return way_of_verb(a, above, words) if above is not None and tense == "gerund" else -1
    return WAY.get(tense, 0)
