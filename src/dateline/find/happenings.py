"""Finds happenings without a type of the ontology: speeches, elections, oaths, stalled talks; and demands put as "X must".

Called by find/events.py for the words that no event type claims; reads the parse and one part of the codebook.
"""

from typing import NamedTuple

from dateline.codebook.happenings import Happenings
from dateline.records import Analysis
from dateline.syntax import SUBJECTS

VERBS = frozenset({"VERB", "AUX"})
OWNERS = frozenset({"poss", "prep", "agent"})
NEAR = frozenset({"dobj", "prt", "attr", "nsubjpass", "pobj", "oprd", "advmod"})


class Happening(NamedTuple):
    """What names a happening: the word its parties attach to, the word that says which it is, all its words, and the rule."""

    head: int
    core: int
    tokens: tuple[int, ...]
    rule: str


def happening_at(a: Analysis, i: int, words: Happenings) -> Happening | None:
    """The happening that token i names, or None."""
    if a.pos[i] == "NOUN":
        return _named(a, i, words)
    if a.pos[i] == "VERB":
        return _told(a, i, words)
    if a.dep[i] == "prep":
        return _state_phrase(a, i, words)
    return None


def _named(a: Analysis, i: int, words: Happenings) -> Happening | None:
    lemma = a.lemma[i]
    if a.dep[i] in ("compound", "nmod", "amod"):
        return None
    if lemma in words.nouns or (f"{a.lemma[i - 1]} {lemma}" in words.nouns and i > 0):
        return Happening(i, i, (i,), "happening")
    if lemma in words.place_nouns and (
        (a.dep[i] == "pobj" and a.lower[a.head[i]] == "at") or any(a.dep[c] in ("acl", "relcl") and a.tag[c] == "VB" for c in a.children[i])
    ):
        return Happening(i, i, (i,), "happening")
    owned = lemma in words.owned_nouns or a.lower[i] in words.owned_nouns
    if owned and any(a.dep[c] == "poss" or (a.dep[c] in ("prep", "agent") and a.lower[c] == "by") for c in a.children[i]):
        return Happening(i, i, (i,), "owned happening")
    if lemma in words.state_nouns and any(a.lemma[p] in words.subjects for c in a.children[i] if a.lower[c] == "of" for p in a.children[c]):
        return Happening(i, i, (i,), "state")
    return None


def is_audience(a: Analysis, i: int, words: Happenings) -> bool:
    """Whether a gathering is one that somebody speaks to ("told a rally"), or is called after its candidate ("a Roe rally"): no protest."""
    if a.lemma[i] not in words.audiences:
        return False
    above = a.head[i]
    through = a.head[above] if a.dep[i] == "pobj" else above
    spoken_to = a.dep[i] in ("dobj", "dative", "pobj") and a.lemma[through] in words.addressing
    owned = any(
        a.dep[c] in ("compound", "poss", "nmod") and (a.lemma[c] in words.audience_kinds or _is_person(a, c)) for c in a.children[i]
    )
    return spoken_to or owned


def _is_person(a: Analysis, i: int) -> bool:
    return a.entity[i] >= 0 and a.entities[a.entity[i]].label == "PERSON"


def _told(a: Analysis, v: int, words: Happenings) -> Happening | None:
    lemma = a.lemma[v]
    if lemma in words.verbs and a.dep[v] != "amod":
        return Happening(v, v, (v,), "happening")
    needed = words.verb_phrases.get(lemma)
    if needed:
        for c in _governed(a, v):
            if a.lemma[c] in needed or a.lower[c] in needed:
                return Happening(v, v, (v, c), "happening")
    if lemma in words.verbs_of and any(a.lemma[s].lower() in words.verbs_of[lemma] for s in _subjects(a, v)):
        return Happening(v, v, (v,), "happening")
    if lemma in words.states and any(a.lemma[s] in words.subjects for s in _subjects(a, v)):
        return Happening(v, v, (v,), "state")
    return None


def _governed(a: Analysis, v: int) -> list[int]:
    near = [c for c in a.children[v] if a.dep[c] in NEAR]
    near += [a.head[v]] if a.dep[v] == "acl" and a.tag[v] == "VBN" else []  # "leaflets handed out by the party"
    behind = [c for c in a.children[v] if a.dep[c] == "prep"]
    return near + behind + [p for c in behind for p in a.children[c] if a.dep[p] == "pobj"]


def _subjects(a: Analysis, v: int) -> list[int]:
    own = [c for c in a.children[v] if a.dep[c] in SUBJECTS]
    return own or ([a.head[v]] if a.dep[v] in ("acl", "relcl") else [])


def _state_phrase(a: Analysis, p: int, words: Happenings) -> Happening | None:
    for phrase in words.state_word_rows:
        if a.lower[p] == phrase[0] and tuple(a.lower[p : p + len(phrase)]) == phrase:
            core = p + len(phrase) - 1
            first = p - 1 if p and a.dep[p - 1] == "advmod" and a.head[p - 1] in (p, core) else p
            return Happening(a.head[p], core, tuple(range(first, core + 1)), "state")
    return None


def demand_at(a: Analysis, i: int, words: Happenings) -> tuple[int, int, int] | None:
    """For "Oslo said Bern must withdraw", at "must": the verb of speech, and the heads of the speaker and of the one asked."""
    if a.lower[i] not in words.demands or a.dep[i] != "aux":
        return None
    verb = a.head[i]
    speech = a.head[verb]
    if a.dep[verb] != "ccomp" or a.lemma[speech] not in words.speech:
        return None
    asked = next((c for c in a.children[verb] if a.dep[c] in SUBJECTS), None)
    speaker = next((c for c in a.children[speech] if a.dep[c] == "nsubj"), None)
    if asked is None or speaker is None or a.pos[asked] == "PRON":
        return None
    return speech, speaker, asked
