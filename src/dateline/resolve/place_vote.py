"""The vote of a report's names: a reading gains when other names lie in its county, its state, its country, or beside it."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from dateline.codebook.gazetteer import Entry
from dateline.resolve.place_readings import Reading, Readings, ordered, shares

ROUNDS = 3
COUNTRY, STATE, COUNTY = 1.2, 1.4, 1.1  # what a vote for a reading's country, state or county is worth (times its logarithm)
LOCAL = frozenset({"PPL", "PPLC", "ADM2"})
AREAS = frozenset({"PCLI", "ADM1", "ADM2"})
AROUND = tuple((dy, dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1))
MOST_IN_A_CELL = 50
NEAR_KM = 80.0
NEIGHBOURLY = 20.0  # how much likelier two names of one report lie side by side than two names drawn by chance
MOST_FOR_NEIGHBOURS = 5.5
UNLIKELY = 0.005  # a reading less likely than that has no vote

Votes = Mapping[int, float]
Key = tuple[str, bool]  # a folded name, and whether it is a demonym
Near = tuple[Key, Entry, float]  # a reading of a name with its probability
Cell = tuple[int, int]
Cells = Mapping[Cell, Sequence[Near]]


class Name(NamedTuple):
    """One name of a report: its readings with their scores, the best first, and how often it stands there."""

    readings: Readings
    mentions: int


def settle(names: Mapping[Key, Name], outside: Votes) -> dict[Key, Name]:
    """Each name's readings after the vote; `outside` are votes that do not come from a name of the text."""
    settled, asked = dict(names), {c for n in names.values() if len(n.readings) > 1 for _, e in n.readings if (c := cell_of(e))}
    for _ in range(ROUNDS if any(len(n.readings) > 1 for n in names.values()) else 0):
        own = {key: votes_of(name) for key, name in settled.items()}
        total: dict[int, float] = defaultdict(float)
        for votes in (outside, *own.values()):
            for row, weight in votes.items():
                total[row] += weight
        cells = cells_of(settled, asked)
        settled = {key: voted(key, name, total, own[key], cells) if len(name.readings) > 1 else name for key, name in names.items()}
    return settled


def votes_of(name: Name) -> Votes:
    votes: dict[int, float] = defaultdict(float)
    add_votes(votes, name.readings, 1.0 + 0.5 * math.log(name.mentions))
    return votes


def add_votes(votes: dict[int, float], readings: Sequence[Reading], weight: float) -> None:
    """Each reading votes for its own row and those around it, as far as it is likely. The best reading stands first."""
    for share, e in shares(readings):
        if share < UNLIKELY:
            return
        votes[e.row] += weight * share
        for row in e.parents:
            votes[row] += weight * share


def cell_of(e: Entry) -> Cell | None:
    """The square degree of a town or a county; None for what is larger or has no point."""
    return (int(e.lat), int(e.lon)) if e.kind in LOCAL and e.lat is not None and e.lon is not None else None


def cells_of(names: Mapping[Key, Name], asked: Set[Cell]) -> Cells:
    """Each square degree that is asked for → the likely readings in it and in the eight around it, with their probabilities."""
    cells: dict[Cell, list[Near]] = defaultdict(list)
    for key, name in names.items():
        for share, e in shares(name.readings):
            if share < UNLIKELY:
                break
            if own := cell_of(e):
                item = (key, e, share)
                for dy, dx in AROUND:
                    if (cell := (own[0] + dy, own[1] + dx)) in asked:
                        cells[cell].append(item)
    return {cell: items if len(items) <= MOST_IN_A_CELL else likeliest(items) for cell, items in cells.items()}


def likeliest(items: Sequence[Near]) -> list[Near]:
    """The likeliest of many readings in one place: a report that lists a thousand towns must not take the square of them."""
    return sorted(items, key=lambda item: (-item[2], item[0], item[1].row))[:MOST_IN_A_CELL]


def voted(key: Key, name: Name, total: Votes, own: Votes, cells: Cells) -> Name:
    """A name's readings with what the other names add: its own votes do not count for it."""
    readings = ((score + areas(e, total, own) + nearness(key, e, cells), e) for score, e in name.readings)
    return name._replace(readings=tuple(ordered(readings)))


def areas(e: Entry, total: Votes, own: Votes) -> float:
    """What a reading gains by the names that lie in its country, state and county, or are these."""
    rows = (e.row, *e.parents) if e.kind in AREAS else e.parents
    gain = 0.0
    for row, worth in zip(reversed(rows), (COUNTRY, STATE, COUNTY), strict=False):
        votes = total.get(row, 0.0) - own.get(row, 0.0)
        if votes > 0.0:
            gain += worth * math.log1p(votes)
    return gain


def nearness(key: Key, e: Entry, cells: Cells) -> float:
    """What a reading gains by the other names that have a reading near it, each as far as that reading is likely."""
    own = cell_of(e)
    near = cells.get(own) if own else None
    if near is None:
        return 0.0
    beside: dict[Key, float] = defaultdict(float)
    for other, f, share in near:
        if other != key and (km := distance(e, f)) < NEAR_KM and not same_stem(other, key):
            beside[other] += share * NEIGHBOURLY * (1.0 - km / NEAR_KM)
    return min(MOST_FOR_NEIGHBOURS, sum(math.log1p(b) for b in beside.values()))


def same_stem(a: Key, b: Key) -> bool:
    """ "Lee" and "Lee County" lie near each other in every state."""
    return a[0].split(" ", 1)[0] == b[0].split(" ", 1)[0]


def distance(a: Entry, b: Entry) -> float:
    """Kilometres between two places that are near each other."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    return 111.2 * math.hypot(a.lat - b.lat, (a.lon - b.lon) * math.cos(math.radians(a.lat)))
