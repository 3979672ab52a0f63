"""Who acts in the news, as data: states, organisations, armed groups, offices and occupations with their PLOVER sectors, titles,
pronouns. The folder `data/actors`; a user's own list of persons with dates is its file `people.yml`."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal, NamedTuple

from dateline.codebook.loader import Loader, Words
from dateline.records import ActorType, Base

Gender = Literal["male", "female", "thing", "plural", "relative", "either"]
FormKind = Literal["name", "people", "capital", "short"]

SECTORS = frozenset((
    "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS", "CRM", "CVL", "EDU", "ELI", "JRN",
    "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC",
))  # fmt: skip
SUPRANATIONAL = frozenset(("IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"))


class Country(Base, frozen=True, kw_only=True):
    """A state: `short` names count only beside a full one; `years` are the first and last in which it
    existed; with `beside`, the report must hold one of these words."""

    name: str
    also: list[str] = []
    short: list[str] = []
    people: list[str] = []
    capital: list[str] = []
    years: tuple[int | None, int | None] = (None, None)
    beside: list[str] = []


class Organisation(Base, frozen=True, kw_only=True):
    """A body with a name of its own; `country` is a state's code or one of PLOVER's supra-national ones."""

    name: str
    also: list[str] = []
    country: str | None = None
    sector: str | None = None


class Term(Base, frozen=True, kw_only=True):
    """An office held by a listed person, with first and last day; an open end is None."""

    office: str
    country: str | None = None
    sector: str | None = None
    since: date | None = None
    until: date | None = None


class Person(Base, frozen=True, kw_only=True):
    """A person of a user's list, with the offices held and when."""

    name: str
    also: list[str] = []
    terms: list[Term] = []


class SectorNouns(Base, frozen=True, kw_only=True):
    """Nouns of one sector: for a person, and for a body or group."""

    persons: list[str] = []
    groups: list[str] = []


class Roles(Base, frozen=True, kw_only=True):
    """The form of roles.yml."""

    sectors: dict[str, SectorNouns]
    open: list[str]
    modifiers: dict[str, list[str]]
    name_words: dict[str, list[str]]
    alike: list[list[str]]
    former: Words
    states: Words
    offices: Words
    state_offices: Words
    collective: Words
    deputies: Words
    yielding: Words
    epithets: Words
    body_epithets: dict[str, Words]
    one_of_many: Words


class NameWords(Base, frozen=True, kw_only=True):
    """What words.yml and the codebook share."""

    suffixes: Words
    particles: Words
    kin: Words
    place_verbs: Words
    actor_verbs: Words
    speech_verbs: Words
    not_actors: Words
    house_words: Words
    place_words: Words
    determined: Words
    indefinite: Words
    belonging: Words
    partner_prepositions: Words
    lands: Words
    reflexives: Words
    impersonal: Words
    alias_words: Words


class Written(NameWords, frozen=True, kw_only=True):
    """The form of words.yml."""

    pronouns: dict[Gender, Words]
    titles: dict[Gender, Words]
    gender_words: dict[Gender, Words]
    first_names: dict[Gender, Words]
    title_sectors: dict[str, Words]


class Known(Base, frozen=True, kw_only=True):
    """An actor of the codebook: a state (its key is its code), an organisation or a listed person (its name)."""

    key: str
    name: str
    type: ActorType
    country: str | None = None
    sector: str | None = None
    years: tuple[int | None, int | None] = (None, None)
    terms: tuple[Term, ...] = ()
    beside: frozenset[str] = frozenset()


class Form(NamedTuple):
    """One way in which a known actor is written."""

    text: str
    key: str
    kind: FormKind


class Role(NamedTuple):
    """What a noun says of who bears it. `open`: the noun alone does not tell the sector."""

    sector: str
    person: bool
    open: bool


class Actors(NameWords, frozen=True, kw_only=True):
    """This part of the codebook, ready to be asked: `forms` by the first word of a name, longest first; the rest by lower-case word."""

    known: dict[str, Known]
    forms: dict[str, tuple[Form, ...]]
    roles: dict[str, Role]
    role_heads: frozenset[str]
    modifiers: dict[str, str]
    name_words: dict[str, str]
    name_words_folded: dict[str, str]
    former: Words
    states: Words
    offices: Words
    state_offices: Words
    collective: Words
    alike: dict[str, str]
    deputies: Words
    yielding: Words
    epithets: Words
    body_epithets: dict[str, Words]
    one_of_many: Words
    pronouns: dict[str, Gender]
    titles: dict[str, Gender]
    suffixes_folded: frozenset[str]
    gender_words: dict[str, Gender]
    first_names: dict[str, Gender]
    title_sectors: dict[str, str]
    adjectives: dict[str, str] = {}  # country code → its adjective: PRK → North Korean


def read_actors(loader: Loader) -> Actors | None:
    """This part, or None with its faults kept in the loader."""
    countries = loader.read("actors/countries.yml", dict[str, Country])
    organisations = loader.read("actors/organisations.yml", list[Organisation])
    people = loader.read("actors/people.yml", list[Person])
    roles = loader.read("actors/roles.yml", Roles)
    words = loader.read("actors/words.yml", Written)
    if countries is None or organisations is None or people is None or roles is None or words is None:
        return None
    _check(loader, countries, organisations, people, roles)
    nouns = _roles(roles)
    known, forms = _known(countries, organisations, people)
    shared = {name: getattr(words, name) for name in NameWords.__struct_fields__}
    return Actors(
        known=known,
        forms=_by_first_word(forms),
        roles=nouns,
        role_heads=frozenset(re.split("[ -]", noun)[-1] for noun in nouns),
        modifiers=_turned(roles.modifiers),
        name_words=_turned(roles.name_words),
        name_words_folded={_folded(word): sector for word, sector in _turned(roles.name_words).items()},
        former=roles.former,
        states=roles.states,
        offices=roles.offices,
        state_offices=roles.state_offices,
        collective=roles.collective,
        alike={noun: listed[0] for listed in roles.alike for noun in listed},
        deputies=roles.deputies,
        yielding=roles.yielding,
        epithets=roles.epithets,
        body_epithets=roles.body_epithets,
        one_of_many=roles.one_of_many,
        pronouns=_turned(words.pronouns),
        titles=_turned(words.titles),
        suffixes_folded=frozenset(map(_folded, words.suffixes)),
        gender_words=_turned(words.gender_words),
        first_names=_turned(words.first_names),
        title_sectors=_turned(words.title_sectors),
        adjectives={code: country.people[0] for code, country in countries.items() if country.people},
        **shared,
    )


def _check(loader: Loader, countries: dict[str, Country], organisations: list[Organisation], people: list[Person], roles: Roles) -> None:
    for code in countries:
        loader.check("actors/countries.yml", code, re.fullmatch("[A-Z]{3}", code), "a code is three capital letters")
    codes = countries.keys() | SUPRANATIONAL
    for body in organisations:
        loader.check("actors/organisations.yml", body.name, body.country is None or body.country in codes, f"no country {body.country!r}")
        loader.check("actors/organisations.yml", body.name, body.sector is None or body.sector in SECTORS, f"no sector {body.sector!r}")
    for person in people:
        for term in person.terms:
            loader.check("actors/people.yml", person.name, term.country is None or term.country in codes, f"no country {term.country!r}")
            loader.check("actors/people.yml", person.name, term.sector is None or term.sector in SECTORS, f"no sector {term.sector!r}")
    listed = Counter(noun for nouns in roles.sectors.values() for noun in (*nouns.persons, *nouns.groups))
    for noun in sorted(noun for noun, times in listed.items() if times > 1):
        loader.check("actors/roles.yml", noun, False, "stands in two places under sectors")
    for noun in roles.open:
        loader.check("actors/roles.yml", f"open: {noun}", noun in listed, "no sector lists it")
    theirs = {sector for listed_sectors in roles.body_epithets.values() for sector in listed_sectors}
    for table in (roles.sectors, roles.modifiers, roles.name_words, dict.fromkeys(sorted(theirs))):
        for sector in table:
            loader.check("actors/roles.yml", sector, sector in SECTORS, f"no sector {sector!r}: one of {' '.join(sorted(SECTORS))}")


def _turned[K](table: Mapping[K, Iterable[str]]) -> dict[str, K]:
    """Word → what lists it."""
    return {word: key for key, words in table.items() for word in words}


def _folded(word: str) -> str:
    return word.casefold().rstrip(".")


def _roles(roles: Roles) -> dict[str, Role]:
    """The first sector that lists a noun keeps it, persons before groups."""
    found: dict[str, Role] = {}
    for persons in (True, False):
        for sector, nouns in roles.sectors.items():
            for noun in nouns.persons if persons else nouns.groups:
                found.setdefault(noun, Role(sector, persons, noun in roles.open))
    return found


def _known(countries: dict[str, Country], organisations: list[Organisation], people: list[Person]) -> tuple[dict[str, Known], list[Form]]:
    known: dict[str, Known] = {}
    forms: list[Form] = []
    for code, c in countries.items():
        known[code] = Known(key=code, name=c.name, type="GPE", country=code, years=c.years, beside=frozenset(c.beside))
        forms += [Form(text, code, "name") for text in (c.name, *c.also)]
        forms += [Form(text, code, "short") for text in c.short]
        forms += [Form(text, code, "people") for one in c.people for text in (one, one + "s")]
        forms += [Form(text, code, "capital") for text in c.capital if text != c.name]
    for body in organisations:
        known[body.name] = Known(key=body.name, name=body.name, type="ORG", country=body.country, sector=body.sector)
        forms += [Form(text, body.name, "name") for text in (body.name, *body.also)]
    for person in people:
        known[person.name] = Known(key=person.name, name=person.name, type="PERSON", terms=tuple(person.terms))
        forms += [Form(text, person.name, "name") for text in (person.name, *person.also)]
    return known, forms


def _by_first_word(forms: list[Form]) -> dict[str, tuple[Form, ...]]:
    """Forms under each first word that a tokeniser may see: up to the first space, hyphen or apostrophe."""
    table: dict[str, list[Form]] = {}
    for form in sorted(set(forms), key=lambda f: (-len(f.text), f)):
        firsts = {form.text.split(" ", 1)[0], re.split(r"[ \-'’,]", form.text, maxsplit=1)[0]}
        for first in sorted(firsts):
            table.setdefault(first, []).append(form)
    return {first: tuple(listed) for first, listed in table.items()}
