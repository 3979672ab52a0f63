"""The gazetteer and what goes with it: names of countries, regions, waters and past states, and the words around a place name.

`Places.look_up` answers for all of them at once, so that neither finder nor resolver knows where a name is kept.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

import msgspec

from dateline.codebook.gazetteer import Entry, Gazetteer, fold
from dateline.codebook.loader import Loader
from dateline.records import Base

LETTERS = 3
KEPT_NAMES = 40_000  # that were looked up: most runs of capitals name no place, and do not come again
FILE, GAZETTEER = "places.yml", "gazetteer.bin"


class Area(Base, frozen=True, kw_only=True):
    """What English says of a country or a division that the gazetteer holds."""

    point: tuple[float, float] | None = None
    names: tuple[str, ...] = ()
    short: tuple[str, ...] = ()  # abbreviations that name it only after a town: "Ga."
    people: tuple[str, ...] = ()


class Region(Base, frozen=True, kw_only=True):
    """A place that the gazetteer lacks: a continent, a sea, a landmark."""

    name: str
    kind: str  # GeoNames feature code
    point: tuple[float, float]
    within: str | None = msgspec.field(default=None, name="in")
    names: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


class PastState(Base, frozen=True, kw_only=True):
    """A state that is no more, with its first and last year."""

    name: str
    code: str
    years: tuple[int, int]
    point: tuple[float, float]
    names: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


class PlacesFile(Base, frozen=True, kw_only=True):
    """The form of places.yml; what each list is for stands there."""

    no_plural: tuple[str, ...]
    countries: dict[str, Area]
    divisions: dict[str, Area]
    towns: dict[int, tuple[str, ...]]
    regions: tuple[Region, ...]
    states_of_the_past: tuple[PastState, ...]
    people_of_towns: dict[str, str]
    compass: frozenset[str]
    divisions_after: dict[str, frozenset[str]]
    natural_after: dict[str, frozenset[str]]
    natural_before: dict[str, frozenset[str]]
    roads: frozenset[str]
    numbered_roads: frozenset[str]
    plain_roads: frozenset[str]
    locals: frozenset[str]
    parties: frozenset[str]
    illnesses: frozenset[str]
    saints: frozenset[str]
    in_words: frozenset[str]
    at_words: frozenset[str]
    in_states: frozenset[str]
    happens_at_object: frozenset[str]
    to_words: frozenset[str]
    goes: frozenset[str]
    scene_words: frozenset[str]
    small_words: frozenset[str]
    titles: frozenset[str]
    acting: frozenset[str]
    acted_on: frozenset[str]
    between_words: frozenset[str]
    government_words: frozenset[str]
    namesakes: frozenset[str]
    offices: frozenset[str]
    kinds_asked: dict[str, frozenset[str]]
    joining: frozenset[str]
    country_of_domain: dict[str, str]
    faint_domains: dict[str, str]
    ways: frozenset[tuple[str, str]]
    press_words: frozenset[str]
    english_press: frozenset[str]
    doubtful: frozenset[str]
    names: frozenset[str]
    articles: frozenset[str]
    takes_up: frozenset[str]
    of_words: frozenset[str]
    origin_words: frozenset[str]
    never: frozenset[str]


class Places:
    """Every name of a place, and the words around one. Loaded once; looking up is cached and changes nothing."""

    def __init__(self, words: PlacesFile, gazetteer: Gazetteer) -> None:
        self.words, self.gazetteer = words, gazetteer
        self._points = self._own_points()
        self._names: dict[str, list[Entry]] = defaultdict(list)
        self._cased: dict[str, list[Entry]] = defaultdict(list)
        self._people: dict[str, Entry | str] = {}
        self.short: dict[str, list[int]] = defaultdict(list)  # "Ga." → rows of divisions
        self.years: dict[str, tuple[int, int]] = {s.name: s.years for s in words.states_of_the_past}
        self.kind_after = {w: k for group in (words.divisions_after, words.natural_after) for k, ws in group.items() for w in sorted(ws)}
        self.kind_before = {w: k for k, ws in words.natural_before.items() for w in sorted(ws)}
        self.division_words = frozenset[str]().union(*words.divisions_after.values())
        self._fill()
        self._seen: dict[str, tuple[Entry, ...]] = {}

    def look_up(self, name: str) -> tuple[Entry, ...]:
        """Every place that this name may mean; none when no place has it."""
        found = self._seen.get(name)
        if found is None:
            if len(self._seen) > KEPT_NAMES:
                self._seen.clear()
            found = self._seen[name] = self._look_up(name)
        return found

    def _look_up(self, name: str) -> tuple[Entry, ...]:
        if name in self._cased:
            return tuple(self._cased[name])
        if name.isupper() and len(name) <= LETTERS:
            return ()  # "UN", "SEC": letters, not the towns of Un and Sec
        folded = fold(name)
        own = self._names.get(folded, ())
        rows = {e.row for e in own}
        return (*own, *(self._pointed(e) for e in self.gazetteer.look_up(name) if e.row not in rows))

    def entry(self, row: int) -> Entry:
        """The place in a row of the gazetteer, at the point that places.yml gives it."""
        return self._pointed(self.gazetteer.entry(row))

    def people(self, word: str) -> tuple[Entry, ...]:
        """The places whose people, or whose adjective, this word is ("Turkish", "Londoners")."""
        found = self._people.get(word)
        if found is None:
            return ()
        return self.look_up(found) if isinstance(found, str) else (found,)

    def _pointed(self, e: Entry) -> Entry:
        point = self._points.get(e.row)
        return e._replace(lat=point[0], lon=point[1]) if point else e

    @cached_property
    def row_of_country(self) -> dict[str, int]:
        """ISO 3166-1 alpha-3 → row of the gazetteer."""
        rows = self.gazetteer.row_of_code
        return {three: rows[two] for two, three in self.gazetteer.iso3.items() if two in rows}

    def _areas(self) -> Iterator[tuple[int, Area]]:
        for code, area in self.words.countries.items():
            yield self.row_of_country[code], area
        for code, area in self.words.divisions.items():
            yield self.gazetteer.row_of_code[code], area

    def _own_points(self) -> dict[int, tuple[float, float]]:
        return {row: area.point for row, area in self._areas() if area.point}

    def _fill(self) -> None:
        for row, area in self._areas():
            entry = self.entry(row)
            self._name(entry, area.names)
            self._name_people(entry, area.people)
            for short in area.short:
                self.short[short].append(row)
        rows = self.gazetteer.rows_of_ids(self.words.towns)
        for number, names in self.words.towns.items():
            self._name(self.entry(rows[number]), names)
        for n, region in enumerate(self.words.regions):
            inside = (self.row_of_country[region.within],) if region.within else ()
            self._own(-1 - n, region, region.kind, region.within, inside)
        for n, state in enumerate(self.words.states_of_the_past):
            self._own(-10_000 - n, state, "PCLH", state.code, ())
        for word, town in self.words.people_of_towns.items():
            for form in self._forms(word):
                self._people[form] = town

    def _own(self, row: int, place: Region | PastState, kind: str, country: str | None, inside: tuple[int, ...]) -> None:
        name = place.name.removeprefix("the ")
        entry = Entry(row, 0, name, kind, *place.point, None, 0, inside, country)
        self._name(entry, (place.name, *place.names))
        self._name_people(entry, place.people)

    def _name(self, entry: Entry, names: Iterable[str]) -> None:
        for name in dict.fromkeys(n.removeprefix("the ") for n in names):
            if name.isupper():
                self._cased[name].append(entry)
            else:
                self._names[fold(name)].append(entry)

    def _name_people(self, entry: Entry, people: Iterable[str]) -> None:
        for word in people:
            for form in self._forms(word):
                if not any(e.kind == "PCLI" for e in self.gazetteer.look_up(form)):  # "Laos" is no plural of "Lao"
                    self._people[form] = entry

    def _forms(self, word: str) -> tuple[str, ...]:
        return (word,) if word.endswith(self.words.no_plural) else (word, word + "s")


def read_places(loader: Loader) -> Places | None:
    """This part, or None with its faults kept in the loader."""
    words = loader.read(FILE, PlacesFile)
    path = loader.folder / GAZETTEER
    loader.check(GAZETTEER, "file", path.is_file(), "missing")
    if words is None or not path.is_file():
        return None
    gazetteer = Gazetteer(path)
    countries, codes = set(gazetteer.iso3.values()), gazetteer.row_of_code
    before = len(loader.faults)
    for code in words.countries:
        loader.check(FILE, f"countries.{code}", code in countries, "no such ISO 3166-1 alpha-3 code in the gazetteer")
    for code in words.divisions:
        loader.check(FILE, f"divisions.{code}", code in codes, "no such first-order division in the gazetteer")
    for number in words.towns.keys() - gazetteer.rows_of_ids(words.towns).keys():
        loader.check(FILE, f"towns.{number}", False, "no such GeoNames id in the gazetteer")
    for region in words.regions:
        loader.check(FILE, f"regions.{region.name}.in", region.within in (None, *countries), f"no country {region.within}")
    return Places(words, gazetteer) if len(loader.faults) == before else None
