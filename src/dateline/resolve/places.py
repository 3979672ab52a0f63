"""Place names → gazetteer entries: one sense a document, rivals kept; a capital as its government is an actor.

Each reading of a name starts from what kind of place it is and how many live there. Then the names of a report vote: a reading gains when
other names lie in its county, its state, its country. A few rounds settle it. "Athens, Ga." is decided where it stands.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from dateline.codebook import Codebook
from dateline.codebook.gazetteer import Entry, fold
from dateline.codebook.places import Places
from dateline.records import Analysis, Fields, FoundPlace, Place, Rival
from dateline.resolve.place_readings import Reading, Readings, ordered, scored
from dateline.resolve.place_roles import role_of
from dateline.resolve.place_vote import Key, Name, Votes, add_votes, settle
from dateline.syntax import tokens_in

KEPT_READINGS = 30  # of one name, the likeliest before the vote; "Washington" has over a hundred
KEPT_RIVALS = 4
AREA_KINDS = frozenset({"PCLI", "ADM1", "ADM2"})
CERTAIN = 12.0  # what "Athens, Ga." is worth: more than any prior
LIKELY = 2.0  # what "Paris city" or "Sumter and Lee counties" is worth
OF_A_DOMAIN = 12.0  # votes of a country's domain for the country
OF_A_FAINT_DOMAIN = 1.0
OF_A_DATELINE = 2.0
OF_THE_OUTLET = 3.0  # for a name that the outlet bears: it is a town of the English-speaking press
SMALLEST_WITH_PRESS = 2_000  # people
LONGEST_LABEL = 40
SHORTEST_IN_HOST = 5  # letters: a shorter name inside a host name is chance
OUTLET: Key = ("", False)


class Mention(NamedTuple):
    """One mention with what its own words say: rows of the places that follow it after a comma, and the kinds its neighbours ask for."""

    found: FoundPlace
    first: int
    last: int
    inside: frozenset[int]
    kinds: frozenset[str]


def resolve_places(found: tuple[FoundPlace, ...], a: Analysis, fields: Fields, codebook: Codebook) -> tuple[Place, ...]:
    """One Place for each mention found, in order of the text; without a point where the gazetteer does not know the name."""
    places = codebook.places
    mentions = [mention_of(f, a, places) for f in found]
    outside = outside_of(fields, places)
    names = settle(names_of(mentions, outside, places), outside.votes)
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
        entries = [e for e in places.look_up(a.text[a.start[last + 1] : a.end[end - 1]]) if e.kind in AREA_KINDS and e.row >= 0]
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
    if asked is None and first >= 2 and a.lower[first - 1] in places.words.of_words:
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
        add_votes(votes, ordered(scored(places.look_up(fields.dateline_place.value))), OF_A_DATELINE)
    if fields.url:
        host = host_of(fields.url.value)
        country, weight = country_of(host[-1], places)
        if country is not None:
            votes[country] += weight
        name = next(filter(None, (place_in_label(label, places) for label in host[:-1])), None)
    if name is None and fields.outlet:
        name = next((w for w in fields.outlet.value.split() if len(w) >= SHORTEST_IN_HOST and places.look_up(w)), None)
    return Outside(votes, name)


def host_of(url: str) -> list[str]:
    """The labels of an address's host name; one empty label where it has none."""
    try:
        return (urlsplit(url).hostname or "").split(".")
    except ValueError:  # brackets that hold no IPv6 address
        return [""]


def country_of(domain: str, places: Places) -> tuple[int | None, float]:
    """The country that the last label of a host name speaks for, and how loudly: "uk" for certain, "com" a little."""
    code = places.words.country_of_domain.get(domain, domain if len(domain) == 2 else "")
    faint = places.words.faint_domains.get(domain, "")
    row = places.gazetteer.row_of_code.get((code or faint).upper())
    return row, OF_A_DOMAIN if code else OF_A_FAINT_DOMAIN


def place_in_label(label: str, places: Places) -> str | None:
    """The place that a label of a host name bears: what is left without the words of a newspaper ("parisherald"), else the longest name in it."""
    label = label.replace("-", "")[:LONGEST_LABEL]
    bare = without_press_words(label, places.words.press_words)
    if bears(bare, places):
        return bare
    parts = ((size, at) for size in range(len(label), SHORTEST_IN_HOST - 1, -1) for at in range(len(label) - size + 1))
    return next((label[at : at + size] for size, at in parts if bears(label[at : at + size], places)), None)


def without_press_words(label: str, words: frozenset[str]) -> str:
    while True:
        ends = (label[len(w) :] if label.startswith(w) else label[: -len(w)] for w in words if label.startswith(w) or label.endswith(w))
        shorter = min(ends, key=lambda end: (len(end), end), default="")
        if len(shorter) < SHORTEST_IN_HOST:
            return label
        label = shorter


def bears(part: str, places: Places) -> bool:
    """Whether this is a town or division that a newspaper may be named after."""
    long = len(part) >= SHORTEST_IN_HOST and part not in places.words.doubtful
    return long and any(e.rank != 1 and e.population >= SMALLEST_WITH_PRESS for e in places.look_up(part))


# Names before the vote


def names_of(mentions: Sequence[Mention], outside: Outside, places: Places) -> dict[Key, Name]:
    """Each name of the report with its likeliest readings; and the outlet's own name, for it votes too."""
    grouped: dict[Key, list[Mention]] = defaultdict(list)
    for m in mentions:
        grouped[key_of(m)].append(m)
    names = {key: first_scores(group, outside, places) for key, group in grouped.items()}
    if outside.name:
        names[OUTLET] = Name(of_the_outlet(scored(places.look_up(outside.name)), places), 1)
    return names


def first_scores(group: Sequence[Mention], outside: Outside, places: Places) -> Name:
    found = group[0].found
    inside = frozenset[int]().union(*(m.inside for m in group))
    kinds = frozenset[str]().union(*(m.kinds for m in group))
    readings = [(score + own_words(e, inside, kinds), e) for score, e in scored(readings_of(found, places))]
    if outside.name and fold(found.name) == fold(outside.name):
        return Name(of_the_outlet(readings, places), len(group))
    return Name(tuple(ordered(readings)[:KEPT_READINGS]), len(group))


def of_the_outlet(readings: Iterable[Reading], places: Places) -> Readings:
    """Readings of a name that the outlet bears: it prints in English, so its town is where the press is English."""
    local = places.words.english_press
    return tuple(ordered((score + OF_THE_OUTLET * (e.country in local), e) for score, e in readings)[:KEPT_READINGS])


def own_words(e: Entry, inside: frozenset[int], kinds: frozenset[str]) -> float:
    """What the words beside a name add to one reading."""
    return CERTAIN * bool(inside.intersection(e.parents)) + LIKELY * (e.kind in kinds)


# The result


def shown_name(f: FoundPlace, e: Entry) -> str:
    """A country by its usual name, any other place as the report spells it; an abbreviation or a demonym by the place's own name."""
    if f.demonym or e.kind == "PCLI" or f.name.endswith("."):
        return e.name
    if f.name.isupper():
        return f.name.title() if fold(f.name) == fold(e.name) else e.name
    return f.name


def source_of(e: Entry, f: FoundPlace, places: Places) -> str:
    """Where the reading comes from; for a state of the past with the years it stood."""
    years = places.years.get(e.name)
    if e.kind == "PCLH" and years:
        return f"places.yml: {years[0]} to {years[1]}"
    return "places.yml" if e.row < 0 or f.demonym else "gazetteer"


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
        by=source_of(best, m.found, places),
    )
