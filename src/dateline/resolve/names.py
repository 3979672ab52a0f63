"""Groups the names of a report: which are the same person, body or state. Spelling, surnames, initials, acronyms; no outside list but
the codebook's."""

import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from dateline.codebook.actors import Actors, Gender
from dateline.records import ActorType, Analysis, FoundActor

TWO, CLEARLY = 2, 3  # persons of one surname, and how much oftener one is named than the other to be meant by it
ALIAS_REACH = 6  # tokens between a name and its other name


@dataclass(slots=True)
class Mention:
    """A found mention with the token that governs it."""

    found: FoundActor
    token: int
    sentence: int
    words: tuple[str, ...] = ()

    @property
    def start(self) -> int:
        """First character."""
        return self.found.span.start


@dataclass(slots=True, eq=False)
class Group:
    """Mentions of one actor while a report is being resolved. `epithet` is the noun of a lone
    description with "the" that may stand for someone named before."""

    words: tuple[str, ...]
    key: str | None = None
    type: ActorType = "OTHER"
    gender: Gender | None = None
    plural: bool = False
    mentions: list[Mention] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    sectors: list[str] = field(default_factory=list)
    by: str = "name"
    epithet: str | None = None
    titles: list[str] = field(default_factory=list)

    @property
    def first(self) -> int:
        """The character at which the report first speaks of it."""
        return min(m.start for m in self.mentions)


@lru_cache(maxsize=1 << 14)
def folded(text: str) -> tuple[str, ...]:
    """The words of a name without case, accents, dots, hyphens and possessive endings."""
    plain = text.replace("’", "'").removesuffix("'s").removesuffix("'").casefold()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c)).replace("–", " ")
    return tuple(plain.replace("-", " ").replace(".", " " if " " in plain else "").replace("'", "").split())


def group_names(mentions: list[Mention], a: Analysis, book: Actors) -> list[Group]:
    """One group for each named actor, in order of first mention."""
    groups: list[Group] = []
    labels: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for m in mentions:
        labels[m.words].append(m.found.type)
    titled = {m.words for m in mentions if not m.found.key and _is_titled(m, a, book)}
    persons: list[Mention] = []
    others: list[Mention] = []
    known: list[Mention] = []
    for m in mentions:
        if m.found.key and not _borne_out(m.found.key, a, book):
            others.append(m)
        elif m.found.key and book.known[m.found.key].type != "PERSON":
            known.append(m)
        else:
            (persons if m.found.key or m.words in titled or _is_person(labels[m.words], len(m.words)) else others).append(m)
    groups += _known_groups(known, a, book)
    people = _full_persons([m for m in persons if len(m.words) > 1], a, book)
    _short_persons([m for m in persons if len(m.words) == 1], people, a, book)
    groups += people
    groups += _bodies(others, people, groups, a)
    return sorted(_with_aliases(groups, mentions, a, book), key=lambda g: g.first)


def _borne_out(key: str, a: Analysis, book: Actors) -> bool:
    """Whether the report holds a word that a doubtful name asks for ("Georgia" the state of the Caucasus, not of America)."""
    beside = book.known[key].beside
    return not beside or not beside.isdisjoint(a.word)


def _with_aliases(groups: list[Group], mentions: list[Mention], a: Analysis, book: Actors) -> list[Group]:
    """Joins what the text itself calls another name: "the Free Brigade, also known as Sela"."""
    owner = {id(m): g for g in groups for m in g.mentions}
    ordered = sorted((m for m in mentions if id(m) in owner), key=lambda m: m.token)
    for one, other in pairwise(ordered):
        group, second = owner[id(one)], owner[id(other)]
        if group is second or one.sentence != other.sentence:
            continue
        between = a.lower[one.token + 1 : bisect_left(a.start, other.start)]
        if len(between) > ALIAS_REACH or book.alias_words.isdisjoint(between):
            continue
        mixed = group.type != second.type
        if (group.key and second.key) or (mixed and (group.key or second.key or "PERSON" in (group.type, second.type))):
            continue
        group.mentions += second.mentions
        group.key = group.key or second.key
        owner.update((id(m), group) for m in second.mentions)
        second.mentions = []
    return [g for g in groups if g.mentions]


def _is_person(labels: list[str], words: int) -> bool:
    """What most mentions of a name say it is; one word that is also marked as a place is no person."""
    persons, places = labels.count("PERSON"), labels.count("GPE") + (labels.count("NORP") if words == 1 else 0)
    return persons > places and persons >= labels.count("ORG")


def _is_titled(m: Mention, a: Analysis, book: Actors) -> bool:
    """Whether a person's office or trade stands right before a name and belongs to it: "Chancellor Olaf Scholz", whatever the name is marked as."""
    before = bisect_left(a.start, m.start) - 1
    if before < 0 or a.head[before] != m.token or a.dep[before] not in ("compound", "nmod"):
        return False
    role = book.roles.get(a.lower[before])
    return role is not None and role.person and a.pos[m.token] == "PROPN" and a.lower[m.token] not in book.roles


def _known_groups(mentions: list[Mention], a: Analysis, book: Actors) -> list[Group]:
    """States and bodies of the codebook; a capital is a place of its own unless it stands for its government."""
    groups: dict[str, Group] = {}
    full = {m.found.key for m in mentions if m.found.form in ("name", "people")}
    for m in mentions:
        key = str(m.found.key)
        known = book.known[key]
        if m.found.form == "short" and (key not in full or not _short_stands(m, a)):
            continue
        kind: ActorType = known.type
        if m.found.form == "capital" and not stands_for_government(m.token, a, book):
            slot = f"{key} {' '.join(m.words)}"
        elif m.found.form == "people" and a.tag[m.token] in ("NNS", "NNPS"):
            slot, kind = f"{key} people", "NORP"
        else:
            slot = key
        group = groups.get(slot)
        if group is None:
            by = "place" if slot != key and kind != "NORP" else "codebook"
            group = groups[slot] = Group(words=m.words, key=key, type=kind, plural=kind == "NORP", by=by)
            group.countries = [known.country] if known.country else []
            group.sectors = [known.sector] if known.sector else []
        group.mentions.append(m)
    return list(groups.values())


def _short_stands(m: Mention, a: Analysis) -> bool:
    """ "the North", or the "North" of "North and South Korea", but not "North Caucasus"."""
    i = m.token
    after = a.word[i + 1] if i + 1 < len(a.word) else ""
    return (i > 0 and a.lower[i - 1] == "the" and a.pos[min(i + 1, len(a.pos) - 1)] != "PROPN") or after == "and"


def stands_for_government(i: int, a: Analysis, book: Actors) -> bool:
    """Whether the capital at token i is named as a government ("Moscow accused"), not as a place ("in Moscow")."""
    dep, head = a.dep[i], a.head[i]
    if dep in ("nsubj", "dative", "poss"):
        return a.lemma[head] not in book.place_verbs and a.lemma[head] != "be" and (dep != "poss" or a.pos[head] == "NOUN")
    if dep in ("dobj", "nsubjpass"):
        return a.lemma[head] in book.actor_verbs
    return dep == "pobj" and a.lower[head] in book.partner_prepositions


def _full_persons(mentions: list[Mention], a: Analysis, book: Actors) -> list[Group]:
    groups: list[Group] = []
    for m in sorted(mentions, key=lambda m: (-len(m.words), m.start)):
        words = tuple(w for w in m.words if w not in book.suffixes_folded) or m.words
        group = next((g for g in groups if same_person(g.words, words)), None)
        if group is None:
            groups.append(group := Group(words=words, type="PERSON", gender=book.first_names.get(a.text[m.start :].split(" ", 1)[0])))
        group.mentions.append(m)
        group.key = group.key or m.found.key
        titles = titles_before(m, a, book)
        group.titles += titles
        group.gender = gender_of(titles, book) or group.gender
    return groups


def same_person(full: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names of several words may be one person: the same words, an initial or a middle name left out."""
    if full == other or "".join(full) == "".join(other):
        return True
    if full[-1] != other[-1]:
        return len(full) - len(other) == 1 and full[:-1] == other  # two more are somebody else: "Ann Roe-Jo Doe"
    if 1 < len(other) < len(full) and full[-len(other) :] == other:
        return True  # a surname of two words
    return full[0] == other[0] or (full[0][0] == other[0][0] and 1 in (len(full[0]), len(other[0])))


def _short_persons(mentions: list[Mention], people: list[Group], a: Analysis, book: Actors) -> None:
    """A surname alone goes to the person of that surname who bears its title, else to whom the report introduced first: later ones of a
    family are told apart by their first names each time. A first name likewise, after surnames.

    Where it is unclear which of two is meant, it stays alone: "Mr. Khan", beside two of that name.
    """
    weight = Counter({id(g): len(g.mentions) for g in people})
    order = {id(g): _introduced(g, a) for g in people}
    bearers: dict[str, list[Group]] = defaultdict(list)
    for g in people:
        for word in set(g.words) if len(g.words) > 1 else ():
            bearers[word].append(g)
    alone: dict[tuple[str, Gender | None], Group] = {}
    for m in mentions:
        word = m.words[0]
        titled = titles_before(m, a, book)
        titles, gender = set(titled), gender_of(titled, book)
        fits = [g for g in bearers.get(word, ()) if not (gender and g.gender and gender != g.gender)]
        ranked = sorted(fits, key=lambda g: (*_likeness(g, word, gender, titles), *order[id(g)], weight[id(g)]), reverse=True)
        if ranked and not _unclear(ranked, word, gender, titles, weight):
            group = ranked[0]
        else:
            group = alone.setdefault((word, gender if ranked else None), Group(words=m.words, type="PERSON"))
            if not group.mentions:
                people.append(group)
        group.mentions.append(m)
        group.titles += titled
        group.gender = group.gender or gender


def _introduced(g: Group, a: Analysis) -> tuple[bool, int]:
    """How early the body of a report names a person in full; what one headline joins ("Clinton Sanders") counts least."""
    body = [m.start for m in g.mentions if a.blocks[a.sentence_block[m.sentence]].kind == "body"]
    return bool(body) and (g.gender is not None or len(g.mentions) > 1), -min(body, default=0)


def _likeness(g: Group, word: str, gender: Gender | None, titles: set[str]) -> tuple[bool, bool, bool, bool]:
    """How well a person bears a single name: as surname, as first name, by the gender that its title tells, by the title itself."""
    return g.words[-1] == word, g.words[0] == word, gender is not None and g.gender == gender, not titles.isdisjoint(g.titles)


def _unclear(ranked: list[Group], word: str, gender: Gender | None, titles: set[str], weight: Counter[int]) -> bool:
    """Whether "Mr. Khan" may be either of two persons who are named about as often, and nothing tells of what gender they are."""
    if gender is None or len(ranked) < TWO or ranked[0].gender == gender:
        return False
    first, second = ranked[:TWO]
    alike = _likeness(first, word, gender, titles) == _likeness(second, word, gender, titles)
    return alike and weight[id(first)] < CLEARLY * weight[id(second)]


def titles_before(m: Mention, a: Analysis, book: Actors) -> list[str]:
    """The titles right before a name, the nearest first ("Lt", "Col" in "Col. Lt. Roe")."""
    found: list[str] = []
    i = bisect_left(a.start, m.start) - 1
    while i >= 0 and a.sentence[i] == m.sentence and a.word[i] in book.titles and len(found) < 3:
        found.append(a.word[i])
        i -= 1
    return found


def gender_of(titles: list[str], book: Actors) -> Gender | None:
    """What titles say ("Mrs"); None when there is none or they tell nothing."""
    return next((g for t in titles if (g := book.titles[t]) in ("male", "female")), None)


def _bodies(mentions: list[Mention], people: list[Group], known: list[Group], a: Analysis) -> list[Group]:
    """Other names: the same words, an acronym, or the first word of a longer name; a person's surname wrongly marked."""
    groups: list[Group] = []
    by_words: dict[tuple[str, ...], Group] = {}
    surnames = {g.words[k]: g for k in (0, -1) for g in reversed(people) if len(g.words) > 1}
    whole = {g.words: g for g in people}
    double = {g.words[-2:]: g for g in reversed(people) if len(g.words) > 2}
    for m in sorted(mentions, key=lambda m: (-len(m.words), m.start)):
        words = m.words
        group = by_words.get(words) or whole.get(words)
        if group is None and "-" in a.text[m.start : m.found.span.end]:
            group = double.get(words)
        if group is None and len(words) == 1:
            group = surnames.get(words[0]) or _longer(m, groups, a)
        if group is None:
            groups.append(group := Group(words=words, type=m.found.type, by="name"))
            by_words[words] = group
        group.mentions.append(m)
    groups = [g for g in groups if not all(m.found.type == "NORP" and a.tag[m.token] == "JJ" for m in g.mentions)]
    for group in groups:
        types = [m.found.type for m in group.mentions]
        group.type = max(sorted(set(types)), key=lambda t: (t != "OTHER", types.count(t)))
    return groups


def _longer(m: Mention, groups: list[Group], a: Analysis) -> Group | None:
    """The longer name that a single word shortens: its acronym, its first word, or the place of a demonym."""
    word, surface = m.words[0], a.text[m.found.span.start : m.found.span.end]
    for g in groups:
        if len(g.words) > 1 and surface.isupper() and len(surface) > 1 and initials(g, a) == surface.replace(".", ""):
            return g
        if g.type == "ORG" and len(g.words) > 1 and g.words[0] == word and len(word) > 3 and m.found.type in ("ORG", "OTHER"):
            return g
        if len(g.words) == 1 and min(len(word), len(g.words[0])) > 4 and {m.found.type, g.type} == {"GPE", "NORP"}:
            stem = min(len(word), len(g.words[0])) - 1
            if word[:stem] == g.words[0][:stem] and abs(len(word) - len(g.words[0])) <= 3:
                return g
    return None


def initials(group: Group, a: Analysis) -> str:
    """The capitals that begin the words of a group's longest name."""
    span = group.mentions[0].found.span
    return "".join(w[0] for w in a.text[span.start : span.end].replace("-", " ").split() if w[0].isupper())


def fullest_name(group: Group, text: str, book: Actors) -> str:
    """The longest name that the report prints, the commonest of equals; the codebook's where the report has only an acronym or adjective."""
    if len(group.mentions) == 1 and group.key is None:
        return text[group.mentions[0].found.span.start : group.mentions[0].found.span.end]
    named = [m for m in group.mentions if m.found.kind == "name" and m.found.form not in ("people", "short", "capital")]
    alike = [m for m in named if m.found.type == group.type] or named
    printed = [text[m.found.span.start : m.found.span.end] for m in alike]
    if group.key and group.key in book.known and not any(" " in p or not _abbreviation(p) for p in printed):
        return _own_name(group, text, book)
    if not printed:
        first = next((m for m in group.mentions if m.found.kind == "name"), group.mentions[0])
        return text[first.found.span.start : first.found.span.end]
    if len(set(printed)) == 1:
        return printed[0]
    return max(dict.fromkeys(printed), key=lambda p: (len(w := folded(p)), not p.isupper(), sum(map(len, w)), printed.count(p)))


def _own_name(group: Group, text: str, book: Actors) -> str:
    """The codebook's name; for a people or a capital as a place, the words of the report."""
    span = group.mentions[0].found.span
    if group.type == "NORP" or group.by == "place":
        return text[span.start : span.end]
    return book.known[str(group.key)].name


def _abbreviation(name: str) -> bool:
    return name.replace(".", "").isupper() or (name[:2].rstrip(".").isupper() and "." in name[:3])
