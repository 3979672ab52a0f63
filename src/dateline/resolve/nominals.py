"""Described actors ("the North Korean leader", "police in Cairo"): whom each means, and the country and sector that descriptions give."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from dateline.codebook.actors import Actors, Role
from dateline.records import Analysis
from dateline.resolve.names import Group, Mention

DETERMINED = frozenset({"the", "this", "that", "his", "her", "its", "their", "our", "these", "those"})
INDEFINITE = frozenset({"a", "an", "another", "no", "any", "some", "every", "each"})
LINKS = frozenset({"compound", "nmod", "appos", "amod"})


class Description:
    """What one nominal says: role, country, sector."""

    __slots__ = ("after", "country", "definite", "former", "lemma", "mention", "role", "sector", "singular", "words")

    def __init__(self, m: Mention, a: Analysis, book: Actors, countries: dict[int, str]) -> None:
        i = m.token
        first = bisect_left(a.start, m.found.span.start)
        last = bisect_left(a.start, m.found.span.end, first)
        self.mention = m
        self.after = last
        self.lemma = a.lemma[i].lower() if a.lemma[i].lower() in book.roles else a.lower[i]
        self.role: Role = book.roles.get(self.lemma) or book.roles[a.lower[i]]
        self.singular = a.tag[i] not in ("NNS", "NNPS") and a.lower[i] not in book.collective
        front = range(first, i)
        self.words = tuple(a.lower[j] for j in front if a.pos[j] not in ("DET", "NUM", "PUNCT", "PART", "ADV") and a.lower[j] != "'s")
        self.former = any(w in book.former for w in self.words)
        self.definite = any(a.lower[j] in DETERMINED or a.tag[j] == "POS" for j in range(first, i))
        if any(a.lower[j] in INDEFINITE for j in front if a.head[j] == i):
            self.definite = False
        self.country = next((countries[j] for j in [*reversed(front), *range(i + 1, last)] if j in countries), None)
        self.sector = self._sector(book)

    def _sector(self, book: Actors) -> str | None:
        """Former holders are elites; a modifier decides before the noun; a leader or official of a state is its government."""
        if self.former and self.lemma in book.offices:
            return "ELI"
        words = self.words
        for n in range(len(words), 0, -1):
            sector = book.modifiers.get(" ".join(words[n - 2 : n])) if n > 1 else None
            sector = sector or book.modifiers.get(words[n - 1])
            if sector:
                return sector
        two = book.roles.get(f"{words[-1]} {self.lemma}") if words else None
        if two:
            return two.sector
        if not self.role.open:
            return self.role.sector
        return "GOV" if self.country and self.lemma in book.state_offices else None


def group_nominals(nominals: list[Mention], groups: list[Group], a: Analysis, book: Actors) -> list[Group]:
    """The groups with their nominals added, and a group for each described actor that no name stands for."""
    by_token = {m.token: (m, g) for g in groups for m in g.mentions}
    countries = _countries(groups, a, book)
    free: list[Description] = []
    for m in nominals:
        said = Description(m, a, book, countries)
        group = _bearer(said, by_token, a)
        if group is None:
            free.append(said)
        else:
            _describe_as(group, said)
    left = [said for said in free if not _refer(said, groups, a, book)]
    return sorted([*groups, *_described(left, a)], key=lambda g: g.first)


def _countries(groups: list[Group], a: Analysis, book: Actors) -> dict[int, str]:
    """Token → country, for the names of states, peoples, capitals and bodies."""
    found: dict[int, str] = {}
    for group in groups:
        if group.key and (country := book.known[group.key].country):
            for m in group.mentions:
                found[m.token] = country
    return found


def _bearer(said: Description, by_token: dict[int, tuple[Mention, Group]], a: Analysis) -> Group | None:
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
        if pair and _may_bear(said, pair[1]) and (token != said.after + 1 or pair[1].type == "PERSON"):
            return pair[1]
    return None


def _name_beginning(token: int, i: int, by_token: dict[int, tuple[Mention, Group]], a: Analysis) -> tuple[Mention, Group] | None:
    """The name that begins right after the noun, whatever the parse says of it."""
    start = a.start[token]
    if token <= i:
        return None
    return next((by_token[j] for j in range(token, min(token + 5, len(a.word))) if j in by_token and by_token[j][0].start == start), None)


def _may_bear(said: Description, group: Group) -> bool:
    if said.role.person:
        return (said.singular and group.type in ("PERSON", "OTHER", "ORG") and not group.key) or group.type == "PERSON"
    return (group.type in ("ORG", "GPE", "OTHER") and group.key is None) or group.type == "ORG"


def _describe_as(group: Group, said: Description) -> None:
    group.mentions.append(said.mention)
    if said.role.person and group.type != "PERSON" and said.singular:
        group.type = "PERSON"
    group.roles.append(" ".join((*said.words, said.lemma)))
    if said.country:
        group.countries.append(said.country)
    if said.sector:
        group.sectors.append(said.sector)


def _refer(said: Description, groups: list[Group], a: Analysis, book: Actors) -> bool:
    """Give a definite description to the one it fits: a person of that office, a state for "the country"."""
    at = said.mention.token
    if said.lemma in book.states and not said.role.person and said.country is None:
        state = _state_before(at, groups) if said.lemma in ("country", "nation", "republic", "kingdom") else None
        if any(a.tag[j] == "PRP$" and a.lower[j] not in ("its", "his", "her", "their") for j in a.children[at]):
            return True  # "our country" is the speaker's, whoever speaks
        if state is None or any(a.lower[j] in INDEFINITE or a.lower[j] in ("other", "neighboring") for j in a.children[at]):
            return False
        state.mentions.append(said.mention)
        return True
    if not (said.role.person and said.singular and (said.definite or said.country) and said.lemma in book.offices):
        return False
    fitting = [g for g in groups if g.type == "PERSON" and _holds(g, said, book)]
    if not fitting:
        return False
    before = [g for g in fitting if g.first < said.mention.start]
    group = max(before or fitting, key=lambda g: (len(g.mentions), -g.first))
    _describe_as(group, said)
    return True


def _holds(group: Group, said: Description, book: Actors) -> bool:
    """Whether a person is described elsewhere by the same office, and not of another country."""
    if said.country and group.countries and said.country not in group.countries:
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


def _state_before(at: int, groups: list[Group]) -> Group | None:
    """The state named last before a token; the one named most when none is named before it."""
    states = [g for g in groups if g.type == "GPE" and g.by == "codebook"]
    last = {id(g): max((m.token for m in g.mentions if m.token < at), default=-1) for g in states}
    return max(states, key=lambda g: (last[id(g)], len(g.mentions)), default=None)


def _described(free: list[Description], a: Analysis) -> list[Group]:
    """One group for each description: the same noun with the same words before it and the same country."""
    groups: dict[tuple[str, ...], Group] = {}
    for said in free:
        key = (*said.words, said.lemma, str(said.singular), said.country or "")
        if not said.definite and said.singular and said.role.person:
            key = (*key, str(said.mention.start))
        group = groups.get(key)
        if group is None:
            group = groups[key] = Group(words=key[:-2], type=said.mention.found.type, plural=not said.singular, by="nominal")
            group.gender = None
        group.mentions.append(said.mention)
        group.roles.append(" ".join((*said.words, said.lemma)))
        group.countries += [said.country] if said.country else []
        group.sectors += [said.sector] if said.sector else []
    return list(groups.values())


def describe(group: Group, book: Actors) -> tuple[str | None, str | None, tuple[str, ...]]:
    """(country, sector, roles) of an actor: what the report says first, then what the codebook knows."""
    country = _commonest(group.countries)
    sector = _commonest(group.sectors)
    if group.key and group.key in book.known:
        known = book.known[group.key]
        country, sector = country or known.country, sector or known.sector
    if sector is None and group.type in ("ORG", "OTHER") and group.by == "name":
        sector = next((book.name_words_folded[w] for w in reversed(group.words) if w in book.name_words_folded), None)
    return country, sector, tuple(dict.fromkeys(group.roles))


def _commonest(values: list[str]) -> str | None:
    return Counter(values).most_common(1)[0][0] if values else None
