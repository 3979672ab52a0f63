"""Who acts in the news, as data: states, organisations, armed groups, offices and occupations with their PLOVER sectors, titles,
pronouns. The folder `data/actors`; a user's own list of persons with dates is its file `people.yml`."""

import re
from collections import Counter
from datetime import date
from typing import Literal, NamedTuple

from dateline.codebook.loader import Loader
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
    former: list[str]
    states: list[str]
    offices: list[str]
    state_offices: list[str]
    collective: list[str]
    alike: list[list[str]]
    deputies: list[str]
    yielding: list[str]
    epithets: list[str]
    body_epithets: dict[str, list[str]]
    one_of_many: list[str]


class Words(Base, frozen=True, kw_only=True):
    """The form of words.yml."""

    pronouns: dict[Gender, list[str]]
    titles: dict[Gender, list[str]]
    suffixes: list[str]
    particles: list[str]
    gender_words: dict[Gender, list[str]]
    kin: list[str]
    first_names: dict[Gender, list[str]]
    place_verbs: list[str]
    actor_verbs: list[str]
    speech_verbs: list[str]
    not_actors: list[str]
    house_words: list[str]
    place_words: list[str]
    determined: list[str]
    indefinite: list[str]
    belonging: list[str]
    partner_prepositions: list[str]
    lands: list[str]
    reflexives: list[str]
    impersonal: list[str]
    alias_words: list[str]
    title_sectors: dict[str, list[str]]


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


class Actors(Base, frozen=True, kw_only=True):
    """This part of the codebook, ready to be asked: `forms` by the first word of a name, longest first; the rest by lower-case word."""

    known: dict[str, Known]
    forms: dict[str, tuple[Form, ...]]
    roles: dict[str, Role]
    role_heads: frozenset[str]
    modifiers: dict[str, str]
    name_words: dict[str, str]
    name_words_folded: dict[str, str]
    former: frozenset[str]
    states: frozenset[str]
    offices: frozenset[str]
    state_offices: frozenset[str]
    collective: frozenset[str]
    alike: dict[str, str]
    deputies: frozenset[str]
    yielding: frozenset[str]
    epithets: frozenset[str]
    body_epithets: dict[str, frozenset[str]]
    one_of_many: frozenset[str]
    pronouns: dict[str, Gender]
    titles: dict[str, Gender]
    suffixes: frozenset[str]
    suffixes_folded: frozenset[str]
    particles: frozenset[str]
    gender_words: dict[str, Gender]
    kin: frozenset[str]
    first_names: dict[str, Gender]
    place_verbs: frozenset[str]
    actor_verbs: frozenset[str]
    speech_verbs: frozenset[str]
    not_actors: frozenset[str]
    house_words: frozenset[str]
    place_words: frozenset[str]
    determined: frozenset[str]
    indefinite: frozenset[str]
    belonging: frozenset[str]
    partner_prepositions: frozenset[str]
    lands: frozenset[str]
    reflexives: frozenset[str]
    impersonal: frozenset[str]
    alias_words: frozenset[str]
    title_sectors: dict[str, str]
    adjectives: dict[str, str] = {}  # country code → its adjective: PRK → North Korean


def read_actors(loader: Loader) -> Actors | None:
    """This part, or None with its faults kept in the loader."""
    countries = loader.read("actors/countries.yml", dict[str, Country])
    organisations = loader.read("actors/organisations.yml", list[Organisation])
    people = loader.read("actors/people.yml", list[Person])
    roles = loader.read("actors/roles.yml", Roles)
    words = loader.read("actors/words.yml", Words)
    if countries is None or organisations is None or people is None or roles is None or words is None:
        return None
    _check(loader, countries, organisations, people, roles)
    nouns = _roles(roles)
    known, forms = _known(countries, organisations, people)
    return Actors(
        known=known,
        forms=_by_first_word(forms),
        roles=nouns,
        role_heads=frozenset(re.split("[ -]", noun)[-1] for noun in nouns),
        modifiers={word: sector for sector, listed in roles.modifiers.items() for word in listed},
        name_words={word: sector for sector, listed in roles.name_words.items() for word in listed},
        name_words_folded={word.casefold().rstrip("."): sector for sector, listed in roles.name_words.items() for word in listed},
        former=frozenset(roles.former),
        states=frozenset(roles.states),
        offices=frozenset(roles.offices),
        state_offices=frozenset(roles.state_offices),
        collective=frozenset(roles.collective),
        alike={noun: listed[0] for listed in roles.alike for noun in listed},
        deputies=frozenset(roles.deputies),
        yielding=frozenset(roles.yielding),
        epithets=frozenset(roles.epithets),
        body_epithets={noun: frozenset(listed) for noun, listed in roles.body_epithets.items()},
        one_of_many=frozenset(roles.one_of_many),
        pronouns=_flat(words.pronouns),
        titles=_flat(words.titles),
        suffixes=frozenset(words.suffixes),
        suffixes_folded=frozenset(word.casefold().rstrip(".") for word in words.suffixes),
        particles=frozenset(words.particles),
        gender_words=_flat(words.gender_words),
        kin=frozenset(words.kin),
        first_names=_flat(words.first_names),
        place_verbs=frozenset(words.place_verbs),
        actor_verbs=frozenset(words.actor_verbs),
        speech_verbs=frozenset(words.speech_verbs),
        not_actors=frozenset(words.not_actors),
        house_words=frozenset(words.house_words),
        place_words=frozenset(words.place_words),
        determined=frozenset(words.determined),
        indefinite=frozenset(words.indefinite),
        belonging=frozenset(words.belonging),
        partner_prepositions=frozenset(words.partner_prepositions),
        lands=frozenset(words.lands),
        reflexives=frozenset(words.reflexives),
        impersonal=frozenset(words.impersonal),
        alias_words=frozenset(words.alias_words),
        title_sectors={title: sector for sector, listed in words.title_sectors.items() for title in listed},
        adjectives={code: country.people[0] for code, country in countries.items() if country.people},
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


def _flat(table: dict[Gender, list[str]]) -> dict[str, Gender]:
    return {word: gender for gender, words in table.items() for word in words}


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
