"""Place names → gazetteer entries: one sense a document, rivals kept; a capital as its government is an actor.

Each reading of a name starts from what kind of place it is and how many live there. Then the names of a report vote: a reading gains when
other names lie in its county, its state, its country. A few rounds settle it. "Athens, Ga." is decided where it stands.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from dateline.codebook import Codebook
from dateline.codebook.gazetteer import Entry, fold
from dateline.codebook.places import Places
from dateline.records import Analysis, Fields, FoundPlace, Place, Rival
from dateline.resolve.place_roles import role_of
from dateline.syntax import tokens_in

ROUNDS = 3
KEPT_READINGS = 40  # of one name, the likeliest before the vote; "Washington" has over a hundred
KEPT_RIVALS = 4
KIND_PRIOR = {"PCLI": 8.0, "PCLH": 8.0}
DIVISION_BONUS, DIVISION_MOST = 1.5, 7.5
REGION_PRIOR = 7.0
DIVISIONS = frozenset({"ADM1", "ADM2"})
LARGE_TOWN = 100_000
SMALLEST_SEAT = 5_000
SEAT_SHARE = 0.15  # of a division's people, for its name to mean the town: Kandahar, not Quebec
SEAT_PRIOR = 6.5
AFTER_ITS_TOWN = 0.5
CAPITAL_BONUS = 0.7
RANK_PENALTY = (0.0, 1.5, 2.0)  # by its name, by an alternate, without the generic word
PER_TENFOLD = 0.9  # what ten times as many people are worth
LOCAL = frozenset({"PPL", "PPLC", "ADM2"})
COMPARED_READINGS = 25
OF_A_DOMAIN = 12.0
LEVEL_WEIGHT = {"PCLI": 1.2, "ADM1": 1.4, "ADM2": 1.1}
CERTAIN = 12.0  # what "Athens, Ga." is worth: more than any prior
LIKELY = 2.0  # what "Paris city" or "Sumter and Lee counties" is worth
NEAR_KM = 80.0
NEIGHBOURLY = 20.0  # how much likelier two names of one report lie side by side than two names drawn by chance
MOST_FOR_NEIGHBOURS = 5.5
UNLIKELY = 0.002
OF_THE_OUTLET = 3.0  # for a name that the outlet bears: it is a town of the English-speaking press
SHORTEST_IN_HOST = 5  # letters: a shorter name inside a host name is chance

Votes = Mapping[int, float]
Key = tuple[str, bool]  # a folded name, and whether it is a demonym
Readings = tuple[tuple[float, Entry], ...]
Grid = Mapping[tuple[int, int], list[tuple[Key, Entry, float]]]
OUTLET: Key = ("", False)


class Mention(NamedTuple):
    """One mention with what its own words say: rows of the places that follow it after a comma, and the kinds its neighbours ask for."""

    found: FoundPlace
    first: int
    last: int
    inside: frozenset[int]
    kinds: frozenset[str]


class Name(NamedTuple):
    """One name of a report, its readings with their scores, the best first, and how often it stands there."""

    readings: Readings
    mentions: int


def resolve_places(found: tuple[FoundPlace, ...], a: Analysis, fields: Fields, codebook: Codebook) -> tuple[Place, ...]:
    """One Place for each mention found, in order of the text; without a point where the gazetteer does not know the name."""
    places = codebook.places
    mentions = [mention_of(f, a, places) for f in found]
    names = settle(mentions, outside_of(fields, places), places)
    return tuple(placed(m, names[key_of(m)], a, places) for m in mentions)


def mention_of(f: FoundPlace, a: Analysis, places: Places) -> Mention:
    tokens = tokens_in(a, f.span)
    first, last = (tokens[0], tokens[-1] + 1) if tokens else (0, 0)
    return Mention(f, first, last, rows_after(a, last, places), kinds_asked(a, first, last, places))


def key_of(m: Mention) -> Key:
    return fold(m.found.name), m.found.demonym


def readings_of(f: FoundPlace, places: Places) -> tuple[Entry, ...]:
    """The entries a mention may mean; for a name the gazetteer lacks, those of the name without its compass word or its township."""
    if f.demonym:
        return places.people(f.name)
    if f.name in places.short:
        return tuple(places.entry(row) for row in places.short[f.name])
    entries = places.look_up(f.name)
    if entries:
        return entries
    words = f.name.split()
    if len(words) > 1 and words[0].lower() in places.words.compass:
        return places.look_up(" ".join(words[1:]))
    if len(words) > 1 and words[-1].lower() in places.division_words:
        return places.look_up(" ".join(words[:-1]))
    return ()


# What stands around one mention


def rows_after(a: Analysis, last: int, places: Places) -> frozenset[int]:
    """Rows of the states, counties and countries that follow after a comma: "Athens, Ga.", "Pandi, Bulacan"."""
    if last + 1 >= len(a.word) or a.word[last] != "," or not a.word[last + 1][0].isupper():
        return frozenset()
    rows: set[int] = set(places.short.get(a.word[last + 1], ()))
    for end in range(min(last + 5, len(a.word)), last + 1, -1):
        entries = [e for e in places.look_up(a.text[a.start[last + 1] : a.end[end - 1]]) if e.kind in LEVEL_WEIGHT and e.row >= 0]
        if entries:
            rows.update(e.row for e in entries)
            break
    return frozenset(rows)


def kinds_asked(a: Analysis, first: int, last: int, places: Places) -> frozenset[str]:
    """Kinds that the next word asks for: "Washington state", "Lee and Sumter counties", "the city of Lagos"."""
    after = last
    while after + 1 < len(a.word) and (a.lower[after] in places.words.joining or a.word[after][0].isupper()):
        after += 1
    asked = places.words.kinds_asked.get(a.lower[after] if after < len(a.word) else "")
    if asked is None and first >= 2 and a.lower[first - 1] == "of":
        asked = places.words.kinds_asked.get(a.lower[first - 2])
    return asked or frozenset()


# What stands outside the text


class Outside(NamedTuple):
    """What the report's dateline and address say: votes for rows, and the name of a place that the outlet bears."""

    votes: Votes
    name: str | None


def outside_of(fields: Fields, places: Places) -> Outside:
    """Votes from the report's dateline, and from its address where that names a country or a place."""
    votes: dict[int, float] = defaultdict(float)
    name = None
    if fields.dateline_place:
        add_votes(votes, scored(places.look_up(fields.dateline_place.value)), 2.0)
    if fields.url:
        host = (urlsplit(fields.url.value).hostname or "").split(".")
        country = places.gazetteer.row_of_code.get(places.words.country_of_domain.get(host[-1], host[-1]).upper())
        if country is not None and len(host[-1]) == 2:
            votes[country] += OF_A_DOMAIN
        name = next(filter(None, (longest_inside(label, places) for label in host[:-1])), None)
    if name is None and fields.outlet:
        name = next((w for w in fields.outlet.value.split() if len(w) >= SHORTEST_IN_HOST and places.look_up(w)), None)
    return Outside(votes, name)


def longest_inside(label: str, places: Places) -> str | None:
    """The longest name of a place that a label of the host name holds ("thisisoxfordshire")."""
    label = label.replace("-", "")
    for size in range(len(label), SHORTEST_IN_HOST - 1, -1):
        for at in range(len(label) - size + 1):
            part = label[at : at + size]
            if part not in places.words.doubtful and any(e.rank != 1 for e in places.look_up(part)):
                return part
    return None


# The vote


def settle(mentions: Sequence[Mention], outside: Outside, places: Places) -> dict[Key, Name]:
    """Each name's readings after the vote."""
    grouped: dict[Key, list[Mention]] = defaultdict(list)
    for m in mentions:
        grouped[key_of(m)].append(m)
    names = {key: first_scores(group, outside, places) for key, group in grouped.items()}
    if outside.name:
        names[OUTLET] = Name(of_the_outlet(scored(places.look_up(outside.name)), places), 1)
    base = names
    for _ in range(ROUNDS):
        own = {key: votes_of(name) for key, name in names.items()}
        total: dict[int, float] = defaultdict(float)
        for votes in (outside.votes, *own.values()):
            for row, weight in votes.items():
                total[row] += weight
        grid = grid_of(names)
        names = {key: voted(key, name, total, own[key], grid) for key, name in base.items()}
    return names


def first_scores(group: Sequence[Mention], outside: Outside, places: Places) -> Name:
    found = group[0].found
    inside = frozenset[int]().union(*(m.inside for m in group))
    kinds = frozenset[str]().union(*(m.kinds for m in group))
    readings = [(score + own_words(e, inside, kinds), e) for score, e in scored(readings_of(found, places))]
    if outside.name and fold(found.name) == fold(outside.name):
        return Name(of_the_outlet(readings, places), len(group))
    return Name(tuple(ordered(readings)[:KEPT_READINGS]), len(group))


def of_the_outlet(readings: Iterable[tuple[float, Entry]], places: Places) -> Readings:
    """Readings of a name that the outlet bears: it prints in English, so its town is where the press is English."""
    local = places.words.english_press
    return tuple(ordered((score + OF_THE_OUTLET * (e.country in local), e) for score, e in readings)[:KEPT_READINGS])


def grid_of(names: Mapping[Key, Name]) -> Grid:
    """Every likely reading of every name by its square degree, with its probability."""
    grid: dict[tuple[int, int], list[tuple[Key, Entry, float]]] = defaultdict(list)
    for key, name in names.items():
        for share, e in shares(name.readings[:COMPARED_READINGS]):
            if share > UNLIKELY and e.kind in LOCAL and e.lat is not None and e.lon is not None:
                grid[int(e.lat), int(e.lon)].append((key, e, share))
    return grid


def nearness(key: Key, e: Entry, grid: Grid) -> float:
    """What a reading gains by the other names that have a reading near it, each as far as that reading is likely."""
    if e.kind not in LOCAL or e.lat is None or e.lon is None:
        return 0.0
    beside: dict[Key, float] = defaultdict(float)
    lat, lon = int(e.lat), int(e.lon)
    for y in (lat - 1, lat, lat + 1):
        for x in (lon - 1, lon, lon + 1):
            for other, f, share in grid.get((y, x), ()):
                if other != key and not same_stem(other, key) and (km := distance(e, f)) < NEAR_KM:
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


def scored(entries: Iterable[Entry]) -> list[tuple[float, Entry]]:
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


def own_words(e: Entry, inside: frozenset[int], kinds: frozenset[str]) -> float:
    """What the words beside a name add to one reading."""
    return CERTAIN * bool(inside.intersection(e.parents)) + LIKELY * (e.kind in kinds)


def ordered(readings: Iterable[tuple[float, Entry]]) -> list[tuple[float, Entry]]:
    return sorted(readings, key=lambda r: (-r[0], r[1].row))


def shares(readings: Sequence[tuple[float, Entry]]) -> Iterator[tuple[float, Entry]]:
    """Each reading with its probability."""
    if readings:
        weights = [math.exp(score - readings[0][0]) for score, _ in readings]
        total = sum(weights)
        yield from ((w / total, e) for w, (_, e) in zip(weights, readings, strict=True))


def add_votes(votes: dict[int, float], readings: Sequence[tuple[float, Entry]], weight: float) -> None:
    for share, e in shares(ordered(readings)[:KEPT_READINGS]):
        for row in (e.row, *e.parents):
            votes[row] += weight * share


def votes_of(name: Name) -> Votes:
    votes: dict[int, float] = defaultdict(float)
    add_votes(votes, name.readings, 1.0 + 0.5 * math.log(name.mentions))
    return votes


def voted(key: Key, name: Name, total: Votes, own: Votes, grid: Grid) -> Name:
    """A name's readings with what the other names add: its own votes do not count for it."""

    def gain(e: Entry) -> float:
        rows = (e.row, *e.parents) if e.kind in LEVEL_WEIGHT else e.parents
        levels = ("ADM2", "ADM1", "PCLI")[-len(rows) :] if rows else ()
        votes = (max(0.0, total.get(row, 0.0) - own.get(row, 0.0)) for row in rows)
        return sum(LEVEL_WEIGHT[level] * math.log1p(v) for level, v in zip(levels, votes, strict=False)) + nearness(key, e, grid)

    return name._replace(readings=tuple(ordered((score + gain(e), e) for score, e in name.readings)))


# The result


def shown_name(f: FoundPlace, e: Entry) -> str:
    """A country by its usual name, any other place as the report spells it; an abbreviation or a demonym by the place's own name."""
    if f.demonym or e.kind == "PCLI" or f.name.endswith("."):
        return e.name
    if f.name.isupper():
        return f.name.title() if fold(f.name) == fold(e.name) else e.name
    return f.name


def placed(m: Mention, name: Name, a: Analysis, places: Places) -> Place:
    """The mention at the best reading of its name, or at the one that its own words decide."""
    readings = name.readings
    if m.inside:
        mine = [r for r in readings if m.inside.intersection(r[1].parents)]
        readings = (*mine, *(r for r in readings if r not in mine)) if mine else readings
    if not readings:
        return Place(span=m.found.span, name=m.found.name, by="places: not in the gazetteer")
    best = readings[0][1]
    return Place(
        span=m.found.span,
        name=shown_name(m.found, best),
        lat=best.lat,
        lon=best.lon,
        geonames_id=best.geonames_id,
        country=best.country,
        role=role_of(m.first, m.last, best, a, places, demonym=m.found.demonym),
        rivals=tuple(
            Rival(geonames_id=e.geonames_id, name=e.name, country=e.country, score=round(score, 2))
            for score, e in readings[1 : KEPT_RIVALS + 1]
        ),
        kind=best.kind,
        by="places.yml" if best.row < 0 or m.found.demonym else "gazetteer",
    )
