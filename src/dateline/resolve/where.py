"""Where each event happened: from its own clause first, else from the happening it belongs to, else from the report's dateline.

A place counts for a clause when it stands in a phrase that says where ("in Hanoi", "the Hanoi summit"); a capital used as its government
never does. What no phrase places stays without a place.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from msgspec.structs import replace

from dateline.codebook import Codebook
from dateline.codebook.places import Places, PlacesFile
from dateline.records import Analysis, Event, Fields, Place, Where
from dateline.resolve.place_roles import head_of
from dateline.syntax import OBJECTS, SUBJECTS, subject_of, tokens_in

Precision = Literal["point", "city", "division", "country", "region", "unknown"]
PRECISION: dict[str, Precision] = {
    "PCLI": "country", "PCLH": "country", "ADM1": "division", "ADM2": "division", "PPL": "city", "PPLC": "city", "PPLX": "city",
}  # fmt: skip
WIDE = frozenset({"CONT", "RGN", "SEA", "OCN", "GULF", "PEN", "MTS", "DSRT", "LKS", "ISLS", "STM"})
FINEST_FIRST: tuple[Precision, ...] = ("point", "city", "division", "country", "region", "unknown")
MODIFIERS = frozenset({"compound", "nmod", "poss", "amod"})
SAME_LETTERS = 5
PLACED_BEFORE, PLACED_AFTER = 40, 10  # how many placed events back and ahead a happening may be
VERBS = frozenset({"VERB", "AUX"})
STATES = frozenset({"PCLI", "PCLH"})  # "a US strike" is the state's, not in it
PARTS = SUBJECTS | OBJECTS | {"attr"}
PLACE_NAMES = frozenset({"GPE", "LOC", "FAC", "PERSON"})  # an unknown village is often taken for a person
CLAUSES = frozenset({"ROOT", "ccomp", "relcl", "parataxis", "csubj", "pcomp"})


class Scene(NamedTuple):
    """A place that says where: the words it hangs on, the nearest first, and the verbs whose scene it is."""

    place: Place
    first: int
    governors: tuple[int, ...]
    verbs: tuple[int, ...]  # its own first


def place_events(
    events: tuple[Event, ...], a: Analysis, fields: Fields, codebook: Codebook, *, places: tuple[Place, ...]
) -> tuple[Event, ...]:
    """The events with `where`; None where the report does not say."""
    scenes: dict[int, list[Scene]] = defaultdict(list)
    for scene in scenes_of(places, a, codebook.places):
        scenes[a.sentence[scene.first]].append(scene)
    placed = [replace(e, where=stated(e, a, scenes)) if e.where is None else e for e in events]
    placed = list(inherited(placed, a, codebook.places.words))
    return tuple(from_dateline(placed, a, fields, places, codebook.places.words))


# The event's own clause


def scenes_of(places: Sequence[Place], a: Analysis, book: Places) -> Iterator[Scene]:
    """The places that say where something happens."""
    for place in places:
        tokens = tokens_in(a, place.span)
        if place.role == "actor" or not tokens or place.lat is None or book.people(a.text[place.span.start : place.span.end]):
            continue
        head = head_of(a, tokens[0], tokens[-1] + 1)
        if place.role == "event":
            above = tuple(governors(head, a, book))
            verb = next((g for g in above if a.pos[g] in VERBS and a.dep[g] != "acl"), None)
            yield Scene(place, tokens[0], above, () if verb is None else tuple(told_with(verb, a)))
        elif a.dep[head] in MODIFIERS and a.pos[a.head[head]] in ("NOUN", "PROPN") and place.kind not in STATES:
            yield Scene(place, tokens[0], (a.head[head],), ())


def told_with(verb: int, a: Analysis) -> Iterator[int]:
    """A verb and those above it that tell of the same scene: "marched and clashed in Cairo", "exploded, killing nine in Quetta"."""
    yield verb
    while a.head[verb] != verb and not heads_clause(verb, a) and (a.dep[verb] == "conj" or (a.dep[verb], a.tag[verb]) == ("advcl", "VBG")):
        verb = a.head[verb]
        yield verb


def governors(i: int, a: Analysis, book: Places) -> Iterator[int]:
    """What a locative phrase hangs on, and what that hangs on in turn: "came ← at an event ← in Pyongyang", "a rally ← held ← in Leeds", "visited Rome"."""
    if a.dep[i] == "dobj":
        yield a.head[i]
        return
    while a.head[i] != i and a.dep[i] in ("pobj", "acl"):
        above = a.head[i]
        if a.dep[i] == "pobj":
            if a.lower[above] not in book.words.scene_words and a.lower[above] not in book.words.to_words:
                return
            above = a.head[above]
        i = above
        yield i


def verbs_above(i: int, a: Analysis) -> Iterator[int]:
    """The verbs of the clause that a word stands in, from the word up to the one with a subject of its own."""
    while True:
        if a.pos[i] in VERBS:
            yield i
        if a.head[i] == i or heads_clause(i, a):
            return
        i = a.head[i]


def heads_clause(i: int, a: Analysis) -> bool:
    if a.pos[i] not in VERBS:
        return False
    return a.dep[i] in CLAUSES or any(a.dep[c] in SUBJECTS for c in a.children[i])


def stated(event: Event, a: Analysis, scenes: Mapping[int, Sequence[Scene]]) -> Where | None:
    """The place that the event's own clause says."""
    tokens = tokens_in(a, event.trigger)
    if not tokens:
        return None
    own = frozenset(tokens)
    near = scenes.get(a.sentence[tokens[0]], ())
    verbs = clause_verbs(next((t for t in tokens if a.head[t] not in own), tokens[0]), a)
    on_trigger = [s for s in near if own.intersection(s.governors)]
    in_clause = [s for s in near if s.verbs and verbs and (verbs[0] in s.verbs or s.verbs[0] in verbs)]
    best = min(on_trigger or in_clause, key=lambda s: (FINEST_FIRST.index(precision_of(s.place)), s.first), default=None)
    return where_of(best.place, "stated") if best else None


def clause_verbs(i: int, a: Analysis) -> list[int]:
    """The verbs whose scene is the word's own, the nearest first: for a verb, a subject or an object; for a noun deeper down, none."""
    verbs = list(verbs_above(i, a))
    is_part = bool(verbs) and (verbs[0] == i or (a.head[i] == verbs[0] and a.dep[i] in PARTS))
    return verbs if is_part else []


def where_of(place: Place, basis: Literal["stated", "inherited", "dateline"]) -> Where:
    return Where(
        name=place.name,
        span=place.span,
        lat=place.lat,
        lon=place.lon,
        geonames_id=place.geonames_id,
        country=place.country,
        precision=precision_of(place),
        basis=basis,
    )


def precision_of(place: Place) -> Precision:
    """How exactly a place says where: a landmark is a point, a sea a region."""
    if place.kind is None or place.lat is None:
        return "unknown"
    return "region" if place.kind in WIDE else PRECISION.get(place.kind, "point")


# The happening it belongs to


def inherited(events: Sequence[Event], a: Analysis, words: PlacesFile) -> Iterator[Event]:
    """Events without a place take that of the happening they belong to, where one is placed."""
    placed = sorted((e for e in events if e.where is not None), key=lambda e: e.trigger)
    starts = [e.trigger for e in placed]
    for e in events:
        if e.where is None:
            at = bisect_left(starts, e.trigger)
            e = replace(e, where=belongs_to(e, placed[max(0, at - PLACED_BEFORE) : at + PLACED_AFTER], a, words))
        yield e


def belongs_to(event: Event, placed: Sequence[Event], a: Analysis, words: PlacesFile) -> Where | None:
    """The place of the same happening: it is what the event is said of, is taken up by "the", or has the same actor on the same proven day."""
    whole = [e for e in placed if said_of(event, e, a) or same_noun(event, e, a, words) or same_occasion(event, e)]
    if not whole:
        return None
    nearest = min(whole, key=lambda e: (e.trigger.start > event.trigger.start, abs(e.trigger.start - event.trigger.start)))
    return replace(nearest.where, basis="inherited") if nearest.where else None


def said_of(event: Event, other: Event, a: Analysis) -> bool:
    """ "the Hanoi summit ended without an agreement": what a happening did, it did where it happened."""
    verbs = [i for i in tokens_in(a, event.trigger) if a.pos[i] == "VERB"]
    subjects = {subject_of(a, i) for i in verbs} | {a.head[i] for i in verbs if a.dep[i] in ("acl", "relcl")}
    return not subjects.isdisjoint(tokens_in(a, other.trigger))


def same_noun(event: Event, other: Event, a: Analysis, words: PlacesFile) -> bool:
    """ "the attack" after "an attack in Goma": the same noun, taken up with an article and nothing that tells it apart."""
    mine, its = tokens_in(a, event.trigger), tokens_in(a, other.trigger)
    if len(mine) != 1 or not its or other.trigger.start > event.trigger.start:
        return False
    i = mine[0]
    taken_up = [c for c in a.children[i] if a.dep[c] == "det" and a.lower[c] in words.takes_up]
    return (
        bool(taken_up)
        and a.pos[i] == "NOUN"
        and len(a.children[i]) == len(taken_up)
        and any(same_root(a.lemma[i], a.lemma[j]) for j in its)
    )


def same_root(noun: str, other: str) -> bool:
    """ "clash" and "clashed", "explosion" and "explode": alike in their first letters."""
    return noun[:SAME_LETTERS] == other[:SAME_LETTERS]


def same_occasion(event: Event, other: Event) -> bool:
    """Whether two events share an actor and a day that the text proves."""
    if event.when.start is None or event.when.end is None or event.when.basis not in ("stated", "relative", "inherited"):
        return False
    actors = {p.actor or p.name for p in event.actor}
    day = (event.when.start, event.when.end) == (other.when.start, other.when.end) and event.when.start[:10] == event.when.end[:10]
    return day and not actors.isdisjoint(p.actor or p.name for p in other.actor)


# The dateline


def from_dateline(events: Sequence[Event], a: Analysis, fields: Fields, places: Sequence[Place], words: PlacesFile) -> Iterator[Event]:
    """The main event of a lead that names no place, known or unknown, happened where the report was filed."""
    place = dateline_place(fields, places)
    lead = next((a.sentences[k] for k, b in enumerate(a.sentence_block) if a.blocks[b].kind == "body"), None)
    taken = place is None or lead is None or any(e.where and lead_holds(e, a, lead) for e in events)
    for e in events:
        if (
            not taken
            and place
            and lead
            and e.where is None
            and e.status == "actual"
            and is_main(e, a, lead)
            and not placed_by_a_name(a, lead, words)
        ):
            e, taken = replace(e, where=where_of(place, "dateline")), True
        yield e


def dateline_place(fields: Fields, places: Sequence[Place]) -> Place | None:
    span = fields.dateline_place.span if fields.dateline_place else None
    return next((p for p in places if span and span.start <= p.span.start < span.end and p.lat is not None), None)


def lead_holds(event: Event, a: Analysis, lead: tuple[int, int]) -> bool:
    return a.start[lead[0]] <= event.trigger.start < a.end[lead[1] - 1]


def is_main(event: Event, a: Analysis, lead: tuple[int, int]) -> bool:
    """Whether the event's trigger is the root of the lead sentence."""
    return any(lead[0] <= t < lead[1] and a.head[t] == t for t in tokens_in(a, event.trigger))


def placed_by_a_name(a: Analysis, lead: tuple[int, int], words: PlacesFile) -> bool:
    """Whether the main clause says "in" or "near" some name: a place, though the gazetteer may not know it."""
    for i in range(*lead):
        above = a.head[i]
        named = a.pos[i] == "PROPN" and a.entity[i] >= 0 and a.entities[a.entity[i]].label in PLACE_NAMES
        if named and a.dep[i] == "pobj" and a.lower[above] in words.scene_words and a.head[a.head[above]] == a.head[above]:
            return True
    return False
