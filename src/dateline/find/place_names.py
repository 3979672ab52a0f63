"""The words that may name a place: known names, names with the word that says what they are, and what the language model sees."""

from collections.abc import Sequence
from typing import NamedTuple

from dateline.codebook.gazetteer import Entry, fold
from dateline.codebook.places import Places
from dateline.records import Analysis

POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
HYPHENS = frozenset("-–")
LONGEST_NAME = 7  # tokens


class Candidate(NamedTuple):
    """Tokens [first, last) that may name a place, and how they were found."""

    first: int
    last: int
    source: str  # gazetteer, people, short, compound, road, entity
    entries: Sequence[Entry]


def candidates(a: Analysis, places: Places) -> list[Candidate]:
    """The longest name at each capitalised word, without overlaps, in order of the text."""
    found, i, n = [], 0, len(a.word)
    while i < n:
        c = candidate_at(a, i, places) if a.word[i][0].isupper() else None
        if c is None:
            i += 1
        else:
            found.append(c)
            i = c.last
    return found


def candidate_at(a: Analysis, i: int, places: Places) -> Candidate | None:
    stop = run_end(a, i, places)
    known = known_name(a, i, stop, places)
    compound = compound_name(a, i, stop, places, known)
    if compound and (known is None or compound.last > known.last):
        return compound
    return known or unknown_entity(a, i, places) or said_to_be(a, i, stop, places)


def known_name(a: Analysis, i: int, stop: int, places: Places, *, whole: bool = False) -> Candidate | None:
    """The longest name that the gazetteer holds from i on; with `whole` only the one that ends at `stop`."""
    for last in range(stop, stop - 1 if whole else i, -1):
        text = a.text[a.start[i] : a.end[last - 1]]
        if not a.word[last - 1][0].isupper():
            # "the Korean peninsula": a common noun belongs to the name only where places.yml has the whole.
            region = tuple(e for e in places.look_up(text) if e.row < 0) if a.lower[last - 1] in places.kind_after else ()
            if region:
                return Candidate(i, last, "gazetteer", region)
            continue
        if last > i + 1 and generic(a, i, last, places):
            continue
        short = abbreviation(a, i, last, text, places)
        if short:
            return short
        people = places.people(text)
        if people:
            return Candidate(i, last, "people", people)
        entries = places.look_up(text)
        if entries and fold(text) not in places.words.never and not before_its_office(a, last, entries, places):
            return Candidate(i, last, "gazetteer", entries)
    return None


def abbreviation(a: Analysis, i: int, last: int, text: str, places: Places) -> Candidate | None:
    """A state's abbreviation after a town's comma, or where the language model sees a place: "Athens, Ga.", "Ky. lawmakers"."""
    if last > i + 1 and text not in places.short:
        return None
    if last < len(a.word) and a.word[last] == "." and a.start[last] == a.end[last - 1] and text + "." in places.short:
        text, last = text + ".", last + 1
    e = a.entity[i]
    seen = e >= 0 and a.entities[e].label == "GPE" and a.entities[e].first == i and text.endswith(".")
    if text not in places.short or not (seen or (i and a.word[i - 1] == ",")):
        return None
    return Candidate(i, last, "short", tuple(places.entry(row) for row in places.short[text]))


def generic(a: Analysis, i: int, last: int, places: Places) -> bool:
    """Whether a name of several words only says what another is: "City of Oslo", "The Philippines"."""
    return a.lower[i] in places.words.articles or (a.lower[i + 1] in places.words.of_words and a.lower[i] in places.words.kinds_asked)


def before_its_office(a: Analysis, last: int, entries: Sequence[Entry], places: Places) -> bool:
    """Whether "City" belongs to what follows: "Bergen City Council", not "Kansas City Chiefs"."""
    office = a.lower[last - 1] in places.words.kinds_asked and last < len(a.word) and a.word[last][0].isupper()
    return office and all(e.rank for e in entries)


def compound_name(a: Analysis, i: int, stop: int, places: Places, known: Candidate | None) -> Candidate | None:
    """A name with the word that says what it is: a river, a county, a street ("Savannah River", "Lake Victoria", "Pelham Road")."""
    words = places.words
    if a.lower[i] in words.small_words or a.lower[i] in words.in_words or a.pos[i] == "NUM" or places.people(a.word[i]):
        return None
    if a.lower[i] in words.numbered_roads and i + 1 < len(a.word) and a.word[i + 1][0].isdigit():
        return Candidate(i, i + 2, "road", ())
    best = None
    for last in range(i + 2, stop + 1):
        word = a.lower[last - 1]
        if a.word[last - 1] in HYPHENS and known is None:
            continue
        if not a.word[last - 1][0].isupper():
            break
        if word in places.kind_after and not named_by_less(a, i, last, known, places):
            best = Candidate(i, last, "compound", ())
        elif word in words.roads:
            best = road(a, i, last, places) or best
    if best is None and a.lower[i] in places.kind_before and stop > i + 1 and a.word[i + 1][0].isupper():
        return Candidate(i, i + 2, "compound", ())
    return best


def named_by_less(a: Analysis, i: int, last: int, known: Candidate | None, places: Places) -> bool:
    """Whether fewer words are the name: "Lane County" in "Former Lane County", "Dorset" in "Dorset County Council"."""
    before_office = known is not None and known.last < last < len(a.word) and a.word[last][0].isupper()
    return before_office or any(known_name(a, j, last, places, whole=True) for j in range(i + 1, last - 1))


def road(a: Analysis, i: int, last: int, places: Places) -> Candidate | None:
    """A street or a numbered road; not "Highway" in "Highway Patrol", nor "County Road" without its number."""
    after = a.word[last] if last < len(a.word) else ""
    if after[:1].isdigit():
        return Candidate(i, last + 1, "road", ())
    if after[:1].isupper() or all(a.lower[j] in places.words.plain_roads for j in range(i, last - 1)):
        return None
    return Candidate(i, last, "road", ())


def unknown_entity(a: Analysis, i: int, places: Places) -> Candidate | None:
    """A place by the language model alone, without the common words at its end ("Hebei province")."""
    e = a.entity[i]
    if e < 0 or a.entities[e].label not in ("GPE", "LOC", "FAC"):
        return None
    first, last = bare_entity(a, e, places)
    while last > i and not a.word[last - 1][0].isupper():
        last -= 1
    return Candidate(i, last, "entity", ()) if first == i < last else None


def said_to_be(a: Analysis, i: int, stop: int, places: Places) -> Candidate | None:
    """A name that no list knows where the text says what it is: "the village of Cellar Hill"."""
    said = i >= 2 and a.lower[i - 1] in places.words.of_words and a.lower[i - 2] in places.words.kinds_asked and a.pos[i] == "PROPN"
    return Candidate(i, stop, "entity", ()) if said else None


def run_end(a: Analysis, i: int, places: Places) -> int:
    """The token after the last one that a name starting at i may hold."""
    limit = min(a.sentences[a.sentence[i]][1], i + LONGEST_NAME)
    small = places.words.small_words
    j = last = i + 1
    while j < limit:
        if a.word[j][0].isupper():
            last = j + 1
        elif a.lower[j] not in small:
            break
        j += 1
    return last + 1 if last < limit and a.lower[last] in places.kind_after else last


def bare_entity(a: Analysis, e: int, places: Places) -> tuple[int, int]:
    """An entity's tokens without article and possessive."""
    first, last = a.entities[e].first, a.entities[e].last
    while first < last - 1 and a.lower[first] in places.words.articles:
        first += 1
    while last > first + 1 and a.word[last - 1] in POSSESSIVES:
        last -= 1
    return first, last


def name_of(a: Analysis, c: Candidate) -> str:
    return a.text[a.start[c.first] : a.end[c.last - 1]]
