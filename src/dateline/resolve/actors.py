"""Which mentions are one actor: name variants, titles, roles, pronouns; its country and sector."""

import re
from bisect import bisect_left

from msgspec.structs import replace

from dateline.codebook import Codebook
from dateline.codebook.actors import Actors
from dateline.records import Actor, Analysis, Fields, FoundActor, Place, Span
from dateline.resolve.names import Group, Mention, folded, fullest_name, group_names
from dateline.resolve.nominals import describe, group_nominals
from dateline.resolve.pronouns import Antecedents


def resolve_actors(found: tuple[FoundActor, ...], a: Analysis, fields: Fields, codebook: Codebook) -> tuple[Actor, ...]:
    """The actors of the report, in order of their first mention."""
    book = codebook.actors
    mentions = [_mention(m, a) for m in found]
    names = [m for m in mentions if m.found.kind == "name"]
    nominals = [m for m in mentions if m.found.kind == "nominal"]
    groups = group_names(names, a, book)
    groups = group_nominals(nominals, groups, a, book)
    groups = _follow(groups, [m for m in mentions if m.found.kind == "pronoun"], a, book)
    printed = _outside(groups, fields, a)
    day = fields.reference.value[:10] if fields.reference else None
    actors = [_actor(g, printed.get(id(g), ()), a, book, day) for g in groups]
    actors += _of_fields(fields, actors, book)
    actors.sort(key=lambda actor: actor.mentions)
    return tuple(_numbered(actor, n) for n, actor in enumerate(actors, 1))


def countries_of_places(actors: tuple[Actor, ...], places: tuple[Place, ...]) -> tuple[Actor, ...]:
    """The actors with the country of a place where their own words name one: the place itself, "the Benghazi hospital", "Dagestan's leader"."""
    known = sorted((p.span.start, p.span.end, p.country) for p in places if p.country)
    starts = [start for start, _, _ in known]
    return tuple(actor if actor.country or actor.type == "OTHER" else _located(actor, known, starts) for actor in actors)


def _located(actor: Actor, known: list[tuple[int, int, str]], starts: list[int]) -> Actor:
    for mention in actor.mentions:
        at = bisect_left(starts, mention.start)
        while at < len(known) and known[at][0] < mention.end:
            start, end, country = known[at]
            whole = (start, end) == (mention.start, mention.end)
            if whole == (actor.type == "GPE") and end <= mention.end:
                return replace(actor, country=country)
            at += 1
    return actor


def _mention(m: FoundActor, a: Analysis) -> Mention:
    token = bisect_left(a.start, m.head.start)
    words = folded(a.text[m.span.start : m.span.end]) if m.kind == "name" else ()
    return Mention(m, token, a.sentence[token], words or (a.lower[token],))


def _follow(groups: list[Group], pronouns: list[Mention], a: Analysis, book: Actors) -> list[Group]:
    """Give each pronoun and each epithet to its antecedent, from the start of the text on, so that chains hold together."""
    epithets = {id(g.mentions[0]): g for g in groups if g.epithet and len(g.mentions) == 1}
    called = {id(g) for g in epithets.values()}
    seen = Antecedents(a, book)
    for m, group in sorted(
        ((m, g) for g in groups if id(g) not in called for m in g.mentions), key=lambda pair: (pair[0].token, pair[0].start)
    ):
        seen.add(m, group)
    for m in sorted([*pronouns, *(g.mentions[0] for g in epithets.values())], key=lambda m: m.token):
        own = epithets.get(id(m))
        meant = _epithet_of(own, m, seen, book) if own else _pronoun_of(m, seen, a, book)
        if meant is None:
            continue
        seen.add(m, meant)
        if own is None:
            meant.mentions.append(m)
    return [g for g in groups if g.mentions]


def _pronoun_of(m: Mention, seen: Antecedents, a: Analysis, book: Actors) -> Group | None:
    """Whom a pronoun means; a person whose gender was not known takes the pronoun's."""
    gender = book.pronouns[a.lower[m.token]]
    meant = seen.relative(m) if gender == "relative" else seen.ahead(m, gender) or seen.choose(m, gender)
    if meant is not None and gender in ("male", "female") and meant.gender is None:
        meant.gender = gender
    return meant


def _epithet_of(own: Group, m: Mention, seen: Antecedents, book: Actors) -> Group:
    """Whom "the tycoon" means: someone named before, who takes its mention and role over, or an actor of its own."""
    named = seen.called(m, str(own.epithet), lambda group: describe(group, book)[1])
    if named is None:
        return own
    named.mentions.append(m)
    named.roles += own.roles
    named.sectors += own.sectors
    own.mentions.remove(m)
    return named


def _outside(groups: list[Group], fields: Fields, a: Analysis) -> dict[int, tuple[Span, ...]]:
    """Names of known actors in the words that are not parsed: repeated captions and tags."""
    spans = [tag.span for tag in fields.tags if tag.span] + [again for c in fields.captions for again in c.duplicates]
    found: dict[int, tuple[Span, ...]] = {}
    if not spans:
        return found
    owner: dict[str, Group] = {}
    for group in groups:
        for m in group.mentions:
            if m.found.kind == "name":
                owner.setdefault(_loose(a.text[m.found.span.start : m.found.span.end]), group)
    pattern = re.compile("|".join(rf"\b{_spaced(n)}\b" for n in sorted(owner, key=lambda n: (-len(n), n)) if n), re.IGNORECASE)
    for span in sorted(spans):
        for hit in pattern.finditer(a.text, span.start, span.end):
            named = owner.get(_loose(hit.group()))
            if named is not None and hit.group()[0].isupper():
                found[id(named)] = (*found.get(id(named), ()), Span(*hit.span()))
    return found


def _loose(name: str) -> str:
    return re.sub(r"[\s\-–]+", " ", name).casefold()


def _spaced(name: str) -> str:
    return re.escape(name).replace(r"\ ", r"[\s\-–]+")


def _actor(group: Group, outside: tuple[Span, ...], a: Analysis, book: Actors, day: str | None) -> Actor:
    country, sector, roles = describe(group, book, day)
    return Actor(
        id="",
        name=fullest_name(group, a.text, book),
        type=group.type,
        country=country,
        sector=sector,
        roles=roles,
        mentions=tuple(sorted({m.found.span for m in group.mentions} | set(outside))),
        by=f"actors.{group.by}",
    )


def _of_fields(fields: Fields, actors: list[Actor], book: Actors) -> list[Actor]:
    """The agency and a house byline ("News Desk"), where a span of the report names them and no actor has it yet."""
    taken = {span for actor in actors for span in actor.mentions}
    found = []
    for value in (fields.agency, fields.byline, fields.section):
        if value is None or value.span is None or value.span in taken:
            continue
        if value is fields.agency or not book.house_words.isdisjoint(value.value.casefold().split()):
            taken.add(value.span)
            known = book.known.get(value.value)
            country = known.country if known else None
            found.append(
                Actor(id="", name=value.value, type="ORG", country=country, sector="JRN", mentions=(value.span,), by="actors.field")
            )
    return found


def _numbered(actor: Actor, number: int) -> Actor:
    return replace(actor, id=f"a{number}")
