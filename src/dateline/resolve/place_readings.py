"""What a place name may mean before anything is known of the report: readings with their scores, by kind of place and people living there."""

import math
from collections.abc import Iterable, Iterator, Sequence

from dateline.codebook.gazetteer import Entry

# Scores are natural logarithms of odds, up to a constant that is the same for one name.
KIND_PRIOR = {"PCLI": 8.0, "PCLH": 8.0}
DIVISION_BONUS, DIVISION_MOST = 1.5, 7.5
REGION_PRIOR = 7.0
CAPITAL_BONUS = 0.7
PER_TENFOLD = 0.9  # what ten times as many people are worth
RANK_PENALTY = (0.0, 1.5, 2.0)  # by its name, by an alternate, without the generic word
DIVISIONS = frozenset({"ADM1", "ADM2"})
LARGE_TOWN = 100_000
SMALLEST_SEAT = 5_000
SEAT_SHARE = 0.15  # of a division's people, for its name to mean the town: Kandahar, not Quebec
SEAT_PRIOR = 6.5
AFTER_ITS_TOWN = 0.5

Reading = tuple[float, Entry]
Readings = tuple[Reading, ...]


def scored(entries: Iterable[Entry]) -> list[Reading]:
    """Readings of one name with their scores before the vote; a division named after its chief town comes after the town."""
    readings = [(prior(e), e) for e in entries]
    seats = [(score, e) for score, e in readings if e.kind in ("PPL", "PPLC") and e.rank < 2]
    if not seats:
        return readings
    town_score, town = max(seats, key=lambda r: (r[1].kind == "PPLC", r[0]))
    named_after = [e for _, e in readings if e.kind in DIVISIONS and is_seat(town, e)]
    if not named_after:
        return readings
    raised = max(town_score, SEAT_PRIOR) if any(e.kind == "ADM1" and e.row in town.parents for e in named_after) else town_score
    return [(raised if e is town else min(score, raised - AFTER_ITS_TOWN) if e in named_after else score, e) for score, e in readings]


def is_seat(town: Entry, division: Entry) -> bool:
    """Whether a division's name means its town first: the town is a capital, or holds a good part of its people."""
    inside = division.row in town.parents and town.population >= division.population * SEAT_SHARE and town.population >= SMALLEST_SEAT
    return inside or town.kind == "PPLC" or (division.kind == "ADM2" and town.population >= LARGE_TOWN)


def prior(e: Entry) -> float:
    """How likely a reading is before anything is known of the report."""
    if e.row < 0 and e.kind not in KIND_PRIOR:
        return REGION_PRIOR
    score = KIND_PRIOR.get(e.kind) or PER_TENFOLD * math.log10(e.population + 10)
    if e.kind == "ADM1":
        score = min(DIVISION_MOST, score + DIVISION_BONUS)
    return score + (CAPITAL_BONUS if e.kind == "PPLC" else 0.0) - RANK_PENALTY[e.rank]


def ordered(readings: Iterable[Reading]) -> list[Reading]:
    """The best reading first; equal ones in order of the gazetteer."""
    return sorted(readings, key=lambda r: (-r[0], r[1].row))


def shares(readings: Sequence[Reading]) -> Iterator[tuple[float, Entry]]:
    """Each reading with its probability."""
    if readings:
        weights = [math.exp(score - readings[0][0]) for score, _ in readings]
        total = sum(weights)
        yield from ((w / total, e) for w, (_, e) in zip(weights, readings, strict=True))
