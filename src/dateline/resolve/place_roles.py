"""What a place does in its sentence: the scene of something, a mere mention, or a government called by its capital or country."""

from typing import Literal

from dateline.codebook.gazetteer import Entry
from dateline.codebook.places import Places
from dateline.records import Analysis
from dateline.syntax import SUBJECTS

Role = Literal["event", "mention", "actor"]
STATES = frozenset({"PCLI", "PCLH"})
GOVERNS = frozenset({"PCLI", "PCLH", "PPLC"})


def role_of(first: int, last: int, entry: Entry, a: Analysis, places: Places, *, demonym: bool) -> Role:
    """The role of the place named by tokens [first, last)."""
    if demonym or first >= last:
        return "mention"
    head = head_of(a, first, last)
    if entry.kind in GOVERNS and acts(head, a, places):
        return "actor"
    return "event" if is_scene(head, a, places, state=entry.kind in STATES) else "mention"


def head_of(a: Analysis, first: int, last: int) -> int:
    """The token of the name that the rest of the name hangs on; from a conjunct or an apposition up to what it stands for."""
    i = next((j for j in range(last - 1, first - 1, -1) if not first <= a.head[j] < last), last - 1)
    while a.dep[i] in ("conj", "appos") and a.head[i] != i:
        i = a.head[i]
    return i


def acts(i: int, a: Analysis, places: Places) -> bool:
    """Whether the name is used for a government: it speaks, is spoken to, or has what governments have."""
    words, dep, above = places.words, a.dep[i], a.head[i]
    if dep in SUBJECTS or dep == "agent":
        return a.lemma[above] in words.acting or any(a.lower[c] in words.government_words for c in a.children[above] if a.dep[c] == "dobj")
    if dep in ("dobj", "dative"):
        return a.lemma[above] in words.acted_on
    if dep in ("poss", "compound", "nmod"):
        return a.lower[above] in words.government_words
    if dep == "pobj" and a.lower[above] in words.between_words:
        return a.lower[a.head[above]] in words.government_words or a.lemma[a.head[above]] in words.acting
    return False


def is_scene(i: int, a: Analysis, places: Places, *, state: bool) -> bool:
    """Whether the name stands in a phrase that says where something happens: "in Hanoi", "at a camp near Goma"; not "called on Iran".

    So does what someone visits, enters or bombs, and where a trip goes.
    """
    if a.dep[i] == "dobj":
        return a.lemma[a.head[i]] in places.words.happens_at_object
    while a.dep[i] == "pobj" and a.head[i] != i:
        preposition = a.head[i]
        if a.lower[preposition] in (places.words.in_states if state else places.words.at_words):
            return True
        if a.lower[preposition] in places.words.to_words:
            return a.lemma[a.head[preposition]] in places.words.goes
        if a.lower[preposition] not in places.words.of_words:
            return False
        i = a.head[preposition]
    return False
