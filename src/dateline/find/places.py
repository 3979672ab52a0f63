"""Finds places: the words, before anything is resolved. Names of the gazetteer and of the language model, judged by what stands around.

A candidate is sure, possible or no place by its own surroundings; a possible one counts when the same name is sure elsewhere in the report.
"""

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from dateline.codebook import Codebook
from dateline.codebook.gazetteer import Entry
from dateline.codebook.places import Places
from dateline.find.place_names import HYPHENS, POSSESSIVES, Candidate, bare_entity, candidates, known_name, name_of, run_end
from dateline.records import Analysis, FoundPlace
from dateline.syntax import span_of

DASHES = frozenset({"—", "–", "--"})
LARGE = 100_000  # people: a name of that many is a place before it is a company
NAMED_PLACES = frozenset({"GPE", "LOC"})
NOT_PLACES = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY", "LANGUAGE", "LAW", "WORK_OF_ART"})


class Sure(IntEnum):
    """How sure a candidate is by its own surroundings."""

    NO = 0
    POSSIBLE = 1
    YES = 2


class Around(NamedTuple):
    """What stands around a candidate: the entity it is in and how, the word before (articles skipped), and after."""

    label: str
    place_in_entity: str  # "whole", "start", "end", "middle", "" for none
    before: str
    after: str
    capital_before: bool


def find_places(a: Analysis, codebook: Codebook) -> tuple[FoundPlace, ...]:
    """Every mention, in order of the text."""
    places = codebook.places
    persons = person_words(a, places)
    found = candidates(a, places)
    verdicts = listed_together(a, found, [judge(a, c, places, persons) for c in found], places)
    sure = {name_of(a, c) for c, verdict in zip(found, verdicts, strict=True) if verdict is Sure.YES}
    return tuple(
        found_place(a, c)
        for c, verdict in zip(found, verdicts, strict=True)
        if verdict is Sure.YES or (verdict is Sure.POSSIBLE and name_of(a, c) in sure)
    )


def listed_together(a: Analysis, found: Sequence[Candidate], verdicts: list[Sure], places: Places) -> list[Sure]:
    """A possible place in one list with a sure one is sure: "in Linn, Benton and Lane"."""
    verdicts = list(verdicts)
    pairs = [(n, n + 1) for n in range(len(found) - 1) if joined(a, found[n], found[n + 1], places)]
    for one, other in (*pairs, *((y, x) for x, y in reversed(pairs))):
        if verdicts[one] is Sure.YES and verdicts[other] is Sure.POSSIBLE and found[one].source == "gazetteer":
            verdicts[other] = Sure.YES
    return verdicts


def joined(a: Analysis, one: Candidate, other: Candidate, places: Places) -> bool:
    """Whether nothing but commas and conjunctions stands between two candidates, or they are the ends of a way: "from Lyon to Dijon"."""
    gap = range(one.last, other.first)
    if len(gap) == 1 and one.first and (a.lower[one.first - 1], a.lower[gap[0]]) in places.words.ways:
        return True
    return 0 < len(gap) <= 2 and all(a.word[j] == "," or a.pos[j] == "CCONJ" for j in gap)


def found_place(a: Analysis, c: Candidate) -> FoundPlace:
    return FoundPlace(span=span_of(a, c.first, c.last), name=name_of(a, c), demonym=c.source == "people")


def person_words(a: Analysis, places: Places) -> frozenset[str]:
    """Words that are part of some person's name in this report: of two words and more, or after a title."""
    found = set()
    for e in a.entities:
        if e.label == "PERSON" and (e.last - e.first > 1 or (e.first and a.lower[e.first - 1] in places.words.titles)):
            found.update(a.word[e.first : e.last])
    return frozenset(found)


def around(a: Analysis, c: Candidate, places: Places) -> Around:
    before = c.first - 1
    if before >= 0 and a.lower[before] in places.words.articles:
        before -= 1
    inside = before >= 0 and a.sentence[before] == a.sentence[c.first]
    label, where = "", ""
    e = a.entity[c.first]
    if e >= 0:
        label, (first, last) = a.entities[e].label, bare_entity(a, e, places)
        where = "whole" if (first, last) == (c.first, c.last) else "start" if first >= c.first else "end" if last <= c.last else "middle"
    return Around(
        label,
        where,
        a.lower[before] if inside else "",
        a.lower[c.last] if c.last < len(a.lower) else "",
        c.first > a.sentences[a.sentence[c.first]][0] + 1 and a.word[c.first - 1][0].isupper(),
    )


def judge(a: Analysis, c: Candidate, places: Places, persons: frozenset[str]) -> Sure:
    near, words = around(a, c, places), places.words
    single = c.last == c.first + 1
    word = a.word[c.first]
    if (single and len(word) < 2) or near.before == "$":
        return Sure.NO
    if near.after in words.illnesses or (near.after in POSSESSIVES and a.lower[c.first] in words.saints and not is_strong(c.entries)):
        return Sure.NO
    if c.source == "short":
        return Sure.YES
    if c.source == "people":
        return judge_people(near)
    if c.source in ("compound", "road"):
        return judge_compound(a, c, near, places)
    if c.source == "entity":
        return judge_unknown(a, c, near, places)
    if before_its_state(a, c, places) or (not single and a.lower[c.last - 1] in places.division_words):
        return Sure.YES
    if near.label in NOT_PLACES or (near.before in words.titles and single):
        return Sure.NO
    if told_by_neighbours(a, c, near, places):
        return Sure.YES
    if near.label == "PERSON":
        return judge_in_person(a, c, near, places, persons)
    if near.label == "EVENT" or (near.label == "LOC" and near.place_in_entity in ("start", "middle")):
        return Sure.NO
    if near.label in NAMED_PLACES:
        return Sure.YES if not (single and word in persons) or near.before in words.in_words else Sure.POSSIBLE
    doubtful = single and (a.lower[c.first] in words.doubtful or a.lower[c.first] in words.names or word in persons)
    if near.label == "ORG" and near.place_in_entity != "whole":
        return judge_in_organisation(a, c, near, places, doubtful=doubtful)
    if is_strong(c.entries) and not doubtful:
        return Sure.YES
    if near.before in words.at_words and not near.capital_before and not doubtful:
        return Sure.YES
    return Sure.POSSIBLE


def judge_people(near: Around) -> Sure:
    inside = near.label == "ORG" and near.place_in_entity in ("middle", "end")
    return Sure.NO if inside or near.label in ("LANGUAGE", "PERSON") else Sure.YES


def judge_compound(a: Analysis, c: Candidate, near: Around, places: Places) -> Sure:
    if near.label in ("PERSON", "DATE") or near.before in places.words.titles:
        return Sure.NO
    if any(a.lower[j] in places.words.titles for j in range(c.first, c.last - 1)):
        return Sure.NO
    return Sure.YES


def judge_unknown(a: Analysis, c: Candidate, near: Around, places: Places) -> Sure:
    if near.before in places.words.titles or near.capital_before:
        return Sure.NO
    if near.before in places.words.at_words or before_its_state(a, c, places) or of_what(a, c, places):
        return Sure.YES
    part = a.lower[c.first] in places.words.compass and known_name(a, c.first + 1, c.last, places, whole=True)
    return Sure.YES if part else Sure.POSSIBLE


def judge_in_person(a: Analysis, c: Candidate, near: Around, places: Places, persons: frozenset[str]) -> Sure:
    """The model takes many towns for persons: one standing alone, after "in", whose word is in no other person's name, is a town."""
    if near.place_in_entity != "whole":
        return Sure.NO
    known_person = any(a.word[j] in persons for j in range(c.first, c.last)) and c.last == c.first + 1
    if known_person or near.before in places.words.titles:
        return Sure.NO
    if near.before in places.words.at_words:
        return Sure.YES
    return Sure.YES if is_strong(c.entries) and not doubtful_word(a, c, places) else Sure.POSSIBLE


def judge_in_organisation(a: Analysis, c: Candidate, near: Around, places: Places, *, doubtful: bool) -> Sure:
    """A place in the name of an office or a firm: "Fresno Fire Station" tells of Fresno, "Boston Globe" does not of Boston."""
    first, last = bare_entity(a, a.entity[c.first], places)
    words, rest = places.words, [a.lower[j] for j in range(c.last, last)]
    is_office = c.first == first and not words.offices.isdisjoint(rest) and a.lower[c.first] not in words.doubtful
    if is_office or (c.last > c.first + 1 and a.lower[c.last - 1] in places.kind_after):
        return Sure.YES
    if doubtful or words.namesakes.intersection(rest):
        return Sure.NO
    named_of = near.before in words.of_words and a.word[c.first - 1] == near.before
    starts = near.place_in_entity == "start" or (c.first == first + 1 and a.lower[first] in words.compass)
    if starts or named_of:
        return Sure.YES if is_strong(c.entries) or c.last > c.first + 1 else Sure.POSSIBLE
    return Sure.YES if near.place_in_entity == "end" and near.before in words.at_words else Sure.NO


def told_by_neighbours(a: Analysis, c: Candidate, near: Around, places: Places) -> bool:
    """Whether the words beside it leave no doubt: "the Fresno police", "Lee, 24, of Boise", "north of Tampa", "SALEM —", "R-Boise"."""
    words, before = places.words, c.first - 1
    if near.label == "PERSON" and near.place_in_entity != "whole":
        return False
    if near.after in words.locals and not near.capital_before and a.lower[c.first] not in words.doubtful:
        return True
    if before_a_dash(a, c, near):
        return True
    if before < 1:
        return False
    if a.word[before] in words.of_words and a.lower[before - 1] in words.compass:
        return True
    if a.lower[before] in words.origin_words and (a.word[before - 1] == "," or in_person(a, before - 1)):
        return True
    if of_what(a, c, places):
        return True
    return a.word[before] in HYPHENS and a.word[before - 1] in words.parties and a.end[before] == a.start[c.first]


def before_a_dash(a: Analysis, c: Candidate, near: Around) -> bool:
    """Whether it stands as a dateline does: capitals, then a dash, or first of its paragraph, then an agency in brackets."""
    opens = a.blocks[a.sentence_block[a.sentence[c.first]]].first == c.first and near.after == "("
    dash = opens or near.after in DASHES or (near.after == "-" and a.start[c.last] > a.end[c.last - 1])
    return dash and a.word[c.first].isupper() and len(a.word[c.first]) > 3


def in_person(a: Analysis, i: int) -> bool:
    return a.entity[i] >= 0 and a.entities[a.entity[i]].label == "PERSON"


def doubtful_word(a: Analysis, c: Candidate, places: Places) -> bool:
    """Whether the name is a common word, or a name of persons."""
    return a.lower[c.first] in places.words.doubtful or a.lower[c.first] in places.words.names


def of_what(a: Analysis, c: Candidate, places: Places) -> bool:
    """Whether the text says what the name is: "the town of Beit Bridge"."""
    return c.first >= 2 and a.lower[c.first - 1] in places.words.of_words and a.lower[c.first - 2] in places.words.kinds_asked


def before_its_state(a: Analysis, c: Candidate, places: Places) -> bool:
    """Whether a comma and the state, county or country follow: "Athens, Ga."."""
    if c.last + 1 >= len(a.word) or a.word[c.last] != ",":
        return False
    following = a.word[c.last + 1]
    if following in places.short:
        return True
    if not following[0].isupper():
        return False
    after = known_name(a, c.last + 1, run_end(a, c.last + 1, places), places)
    return after is not None and after.source == "gazetteer" and any(e.kind in ("PCLI", "ADM1") for e in after.entries)


def is_strong(entries: Sequence[Entry]) -> bool:
    """Whether the name is first of all a place: a country, a state, a sea, a large town by its own name."""
    return any(e.rank == 0 and (e.row < 0 or e.kind in ("PCLI", "PPLC") or (e.population >= LARGE and e.kind != "ADM2")) for e in entries)
