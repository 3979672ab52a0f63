"""Described actors ("the North Korean leader", "police in Cairo"): whom each means, and the country and sector that descriptions give."""

import math
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from dateline.codebook.actors import SUPRANATIONAL, Actors, Role, Term
from dateline.mentions import role_key
from dateline.records import Analysis
from dateline.resolve.names import Group, Mention
from dateline.resolve.pronouns import quoted_tokens

LINKS = frozenset({"compound", "nmod", "appos", "amod"})


class Named(NamedTuple):
    """Token → country and sector of the named actor there; every token of a name has a sector, if only None."""

    country: dict[int, str]
    sector: dict[int, str | None]


class Description:
    """What one nominal says: role, country, sector."""

    __slots__ = ("after", "count", "country", "definite", "former", "lemma", "mention", "role", "sector", "singular", "words")

    def __init__(self, m: Mention, a: Analysis, book: Actors, named: Named) -> None:
        i = m.token
        first = bisect_left(a.start, m.found.span.start)
        last = bisect_left(a.start, m.found.span.end, first)
        self.mention = m
        self.after = last
        key = role_key(a, i, book.roles) or a.lower[i]
        self.role: Role = book.roles[key]
        self.lemma = key.rsplit(" ", 1)[-1]
        self.singular = a.tag[i] not in ("NNS", "NNPS") and a.lower[i] not in book.collective
        front = range(first, i)
        plain = [j for j in front if a.pos[j] not in ("DET", "NUM", "PART") and a.lower[j] != "'s"]
        self.words = _joined(plain, a)
        self.count = tuple(a.lower[j] for j in front if a.pos[j] == "NUM")
        self.former = not book.former.isdisjoint(self.words)
        self.definite = not book.determined.isdisjoint(a.lower[first:i]) or "POS" in a.tag[first:i]
        if self.definite and any(a.lower[j] in book.indefinite for j in front if a.head[j] == i):
            self.definite = False
        house = _institution(i, a, book) or [j for c in a.children[i] if a.dep[c] == "conj" for j in _institution(c, a, book)]
        near = [*reversed(front), *house]
        self.country = next((named.country[j] for j in near if j in named.country), None)
        self.sector = self._sector([j for j in plain if j not in named.sector], near, house, a, book, named)

    def _sector(self, plain: list[int], near: list[int], house: list[int], a: Analysis, book: Actors, named: Named) -> str | None:
        """Former holders are elites; a modifier decides before an open noun; then the body or the state that one belongs to."""
        if self.former and self.lemma in book.offices:
            return "ELI"
        words = _joined(plain, a)
        if f"{words[-1] if words else ''} {self.lemma}" in book.roles:
            return self.role.sector
        near_words = (
            words if self.role.open or self.role.sector != "CVL" else words[-1:]
        )  # "presidential debate audiences" are no officials
        modified = _modified(near_words, book)
        armed = self.role.sector in ("MIL", "COP") and modified == "GOV"  # "federal troops" are troops
        if modified and not armed and (self.role.open or self.role.sector in book.yielding or modified == "OPP"):
            return modified
        if not self.role.open:
            return self.role.sector
        belongs = next((named.sector[j] for j in near if named.sector.get(j)), None)
        belongs = belongs or next((book.roles[a.lemma[j]].sector for j in house if a.lemma[j] in book.roles), None)
        if belongs:
            return belongs
        return "GOV" if self.country and self.lemma in book.state_offices else None


def _joined(tokens: Sequence[int], a: Analysis) -> tuple[str, ...]:
    """The lower-case words at these tokens; what hyphens join is one word."""
    words: list[str] = []
    for j in tokens:
        glued = j > 0 and a.start[j] == a.end[j - 1] and words and (a.word[j] == "-" or a.word[j - 1] == "-")
        if glued:
            words[-1] += a.lower[j]
        elif a.pos[j] not in ("PUNCT", "ADV"):
            words.append(a.lower[j])
    return tuple(words)


def _modified(words: tuple[str, ...], book: Actors) -> str | None:
    """The sector that the words before a noun give, the nearest first, two together before one."""
    for n in range(len(words), 0, -1):
        sector = (book.modifiers.get(" ".join(words[n - 2 : n])) if n > 1 else None) or book.modifiers.get(words[n - 1])
        if sector:
            return sector
    return None


def _institution(i: int, a: Analysis, book: Actors) -> list[int]:
    """The nouns of the body or place behind a noun: "of", "for", "at", "in", "from", "with"."""
    found = []
    for of in a.children[i]:
        if a.dep[of] == "prep" and a.lower[of] in book.belonging and of - i <= 2:
            for noun in a.children[of]:
                if a.dep[noun] == "pobj":
                    found += [noun, *(c for c in a.children[noun] if a.dep[c] in ("compound", "amod", "poss", "nmod"))]
    return found


def group_nominals(nominals: list[Mention], groups: list[Group], a: Analysis, book: Actors) -> list[Group]:
    """The groups with their nominals added, and a group for each described actor that no name stands for."""
    by_token = {m.token: (m, g) for g in groups for m in g.mentions}
    named = _named(groups, a, book)
    quoted = quoted_tokens(a)
    main = max((g for g in groups if g.type == "GPE" and g.by == "codebook"), key=lambda g: (len(g.mentions), -g.first), default=None)
    free: list[Description] = []
    for m in nominals:
        said = Description(m, a, book, named)
        group = _bearer(said, by_token, a, book)
        if group is None:
            free.append(said)
        else:
            _describe_as(group, said)
            if said.country is None:
                group.countries += _country_behind(group, a, book, named)
    for group in groups:
        if group.type == "ORG" and (
            group.key is None or (group.countries and len(group.countries[0]) == 3 and group.countries[0] not in SUPRANATIONAL)
        ):
            group.countries = _country_of_body(group, a, named, book) or group.countries
    left = [said for said in free if not _refer(said, groups, a, book, quoted, main)]
    return sorted([*groups, *_described(left, a, book)], key=lambda g: g.first)


def _named(groups: list[Group], a: Analysis, book: Actors) -> Named:
    """What the names of the report say of the words that stand in them."""
    country: dict[int, str] = {}
    sector: dict[int, str | None] = {}
    for group in groups:
        known = book.known.get(group.key or "")
        theirs = known.sector if known else name_sector(group, book) if group.type in ("ORG", "OTHER") else None
        for m in group.mentions:
            if known and known.country:
                country[m.token] = known.country
            for j in range(bisect_left(a.start, m.start), m.token + 1):
                sector.setdefault(j, theirs)
    return Named(country, sector)


def _country_behind(group: Group, a: Analysis, book: Actors, named: Named) -> list[str]:
    """The state behind a titled name: "Chancellor Anna Berg of Austria"."""
    tokens = [j for m in group.mentions if m.found.kind == "name" for j in _institution(m.token, a, book)]
    return [named.country[j] for j in tokens if j in named.country][:1]


def _country_of_body(group: Group, a: Analysis, named: Named, book: Actors) -> list[str]:
    """The state that possesses a body or qualifies its name ("Ghana's Supreme Court", "Serbian Orthodox Church")."""
    for m in group.mentions:
        first = bisect_left(a.start, m.start)
        before = [c for c in a.children[m.token] if c < first and a.dep[c] in ("poss", "compound", "amod", "nmod")]
        found = [named.country[c] for c in before if c in named.country]
        inside = [
            f.key
            for j in range(first, m.token)
            for f in book.forms.get(a.word[j], ())
            if f.text == a.word[j] and f.kind in ("people", "name")
        ]
        found += [key for key in inside if book.known[key].type == "GPE" and key != group.key]
        if found:
            return found[:1]
    return []


def name_sector(group: Group, book: Actors) -> str | None:
    """The sector that a word of a body's own name gives: what stands before "of" first, then the last word first."""
    words = group.words
    if "of" in words:
        words = (*words[words.index("of") :], *words[: words.index("of")])
    return next((book.name_words_folded[w] for w in reversed(words) if w in book.name_words_folded), None)


def _bearer(said: Description, by_token: dict[int, tuple[Mention, Group]], a: Analysis, book: Actors) -> Group | None:
    """The named actor that a nominal is a title, an apposition or a predicate of."""
    i = said.mention.token
    hits = [i + 1] if i + 1 < len(a.word) else []
    if said.singular and said.role.person and said.after < len(a.word) - 1 and a.word[said.after] == ",":
        hits.append(said.after + 1)
    if a.dep[i] in LINKS:
        hits.insert(0, a.head[i])
    hits += [c for c in a.children[i] if a.dep[c] == "appos"]
    if a.dep[i] == "attr" and a.lemma[a.head[i]] == "be" and said.singular:
        hits += [c for c in a.children[a.head[i]] if a.dep[c] == "nsubj"]
    for token in hits:
        pair = by_token.get(token) or _name_beginning(token, i, by_token, a)
        if pair and _may_bear(said, pair[1], book) and (token != said.after + 1 or pair[1].type == "PERSON"):
            return pair[1]
    return None


def _name_beginning(token: int, i: int, by_token: dict[int, tuple[Mention, Group]], a: Analysis) -> tuple[Mention, Group] | None:
    """The name that begins right after the noun, whatever the parse says of it."""
    start = a.start[token]
    if token <= i:
        return None
    return next((by_token[j] for j in range(token, min(token + 5, len(a.word))) if j in by_token and by_token[j][0].start == start), None)


def _may_bear(said: Description, group: Group, book: Actors) -> bool:
    """Whether a description can be of this actor: a person's noun also of a name wrongly marked as a body's, unless the name tells a body."""
    if not said.role.person:
        if group.type == "GPE" and said.lemma not in book.states | book.lands:
            return False  # "Louisiana, a newspaper said"
        return (group.type in ("ORG", "GPE", "OTHER") and group.key is None) or group.type == "ORG"
    if group.type == "PERSON":
        return True
    return said.singular and group.type in ("OTHER", "ORG") and not group.key and len(group.words) < 4 and name_sector(group, book) is None


def _describe_as(group: Group, said: Description) -> None:
    group.mentions.append(said.mention)
    if said.role.person and group.type != "PERSON" and said.singular:
        group.type = "PERSON"
    group.roles.append(" ".join((*said.words, said.lemma)))
    if said.country:
        group.countries.append(said.country)
    if said.sector:
        group.sectors.append(said.sector)


def _refer(said: Description, groups: list[Group], a: Analysis, book: Actors, quoted: bytearray, main: Group | None) -> bool:
    """Give a definite description to the one it fits: a person of that office, a state for "the country"."""
    at = said.mention.token
    if said.lemma in book.states and said.singular and not said.role.person and said.country is None:
        state = _state_before(said.mention, groups, a) if said.lemma in book.lands else None
        if quoted[at] or any(a.tag[j] == "PRP$" for j in a.children[at]):
            return True  # "our country", and "this country" in a quotation, are the speaker's, whoever speaks
        if state is None or any(a.lower[j] in book.indefinite for j in a.children[at]):
            return False
        state.mentions.append(said.mention)
        return True
    if not (said.role.person and said.singular and (said.definite or said.country) and said.lemma in book.offices):
        return False
    fitting = [g for g in groups if g.type == "PERSON" and _holds(g, said, book, main)]
    if not fitting:
        return False
    before = [g for g in fitting if g.first < said.mention.start]
    group = max(before or fitting, key=lambda g: (len(g.mentions), -g.first))
    _describe_as(group, said)
    return True


def _holds(group: Group, said: Description, book: Actors, main: Group | None) -> bool:
    """Whether a person is described elsewhere by the same office, and not of another country; one without a country is of the main one."""
    countries = group.countries or ([main.key] if main and main.key else [])
    if said.country and said.country not in countries:
        return False
    return any(_same_office(role.split(), (*said.words, said.lemma), book) for role in group.roles)


def _same_office(one: Sequence[str], other: Sequence[str], book: Actors) -> bool:
    """ "the minister" may be the foreign minister, but not the prime minister the foreign one, nor a president the vice president."""
    if book.alike.get(one[-1], one[-1]) != book.alike.get(other[-1], other[-1]):
        return False
    if {w for w in one if w in book.deputies} != {w for w in other if w in book.deputies}:
        return False
    first, second = ({w for w in words[:-1] if w in book.modifiers} for words in (one, other))
    return first <= second or second <= first


def _state_before(said: Mention, groups: list[Group], a: Analysis) -> Group | None:
    """The state that "the country" means: named often and not far before; one called by its capital, or named as a goal, less likely."""
    states = [g for g in groups if g.type == "GPE" and g.by == "codebook"]
    return max(states, key=lambda g: (_nearness(said, g, a), -g.first), default=None)


def _nearness(said: Mention, state: Group, a: Analysis) -> float:
    near = [
        2.0 * (m.token < said.token) - 0.5 * abs(said.sentence - m.sentence)
        + 0.5 * (a.dep[m.token] in ("nsubj", "poss")) - 1.0 * (m.found.form == "capital")
        for m in state.mentions
    ]  # fmt: skip
    return max(near) + min(3.0, math.sqrt(len(state.mentions)))


def _described(free: list[Description], a: Analysis, book: Actors) -> list[Group]:
    """One group for each description: the same noun with the same words before it, or a definite one that says no more than an earlier."""
    groups: list[Group] = []
    by_key: dict[tuple[str, ...], Group] = {}
    for said in free:
        lone = said.singular and said.role.person
        key = (*said.count, *said.words, said.lemma, str(said.singular), said.country or "")
        group = _earlier(said, groups, book) if said.definite else None
        if group is None and not lone:
            group = by_key.get(key)
        if group is None:
            group = Group(words=(*said.words, said.lemma), type=said.mention.found.type, plural=not said.singular, by="nominal")
            group.gender = book.gender_words.get(said.lemma) if said.singular else None
            group.epithet = _epithet(said, a, book)
            groups.append(group)
            by_key[key] = group
        else:
            group.epithet = None
        group.mentions.append(said.mention)
        group.roles.append(" ".join((*said.words, said.lemma)))
        group.countries += [said.country] if said.country else []
        group.sectors += [said.sector] if said.sector else []
    return groups


def _earlier(said: Description, groups: list[Group], book: Actors) -> Group | None:
    """The last described group that a definite description may mean again."""
    lemma, words = book.alike.get(said.lemma, said.lemma), set(said.words)
    for group in reversed(groups):
        if book.alike.get(group.words[-1], group.words[-1]) != lemma or not words <= set(group.words[:-1]):
            continue
        if said.country and group.countries and said.country not in group.countries:
            continue
        if group.plural == (not said.singular) or (said.singular and said.lemma in book.one_of_many):
            return group
    return None


def _epithet(said: Description, a: Analysis, book: Actors) -> str | None:
    """The noun of a bare "the …" that may call someone named before; None for what a phrase or clause behind it makes a new one."""
    i = said.mention.token
    if said.lemma not in book.epithets and said.lemma not in book.body_epithets:
        return None
    if not said.singular or not any(a.lower[j] == "the" for j in a.children[i]) or any(j > i for j in a.children[i]):
        return None
    return said.lemma


def describe(group: Group, book: Actors, day: str | None = None) -> tuple[str | None, str | None, tuple[str, ...]]:
    """(country, sector, roles) of an actor: what the report says first, then what the codebook knows (of a listed person, on that ISO day)."""
    country = _commonest(group.countries)
    sector = _commonest(group.sectors)
    roles = list(dict.fromkeys(group.roles))
    known = book.known.get(group.key or "")
    if known:
        country, sector = country or known.country, sector or known.sector
        term = next((t for t in known.terms if day and _begun(t, day) and not _over(t, day)), None)
        if term and not group.roles:
            country, sector, roles = country or term.country, sector or term.sector, [term.office]
    if sector is None and group.type == "GPE" and group.by == "codebook" and any(m.found.form == "capital" for m in group.mentions):
        sector = "GOV"  # a state called by its capital is its government
    if sector is None and group.type == "PERSON":
        sector = next((book.title_sectors[t] for t in group.titles if t in book.title_sectors), None)
    if sector is None and group.type in ("ORG", "OTHER") and group.by == "name":
        sector = name_sector(group, book)
    return country, sector, tuple(roles)


def _begun(term: Term, day: str) -> bool:
    return term.since is None or term.since.isoformat() <= day


def _over(term: Term, day: str) -> bool:
    return term.until is not None and term.until.isoformat() < day


def _commonest(values: list[str]) -> str | None:
    return max(dict.fromkeys(values), key=values.count) if len(values) > 1 else values[0] if values else None
