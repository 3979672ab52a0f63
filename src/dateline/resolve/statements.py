"""Found attributions → statements: full speakers, source chains, nesting, occasion, fidelity."""

from bisect import bisect_left
from collections.abc import Callable, Sequence

from dateline.codebook import Codebook
from dateline.mentions import actor_index
from dateline.records import Actor, Analysis, Fields, FoundStatement, Interval, Named, Place, Span, Statement, Time
from dateline.resolve.chains import Heard, Occasion, chains_of, hear, occasions_of
from dateline.resolve.fidelity import compare_quotations
from dateline.syntax import text_of


def resolve_statements(
    found: tuple[FoundStatement, ...],
    a: Analysis,
    fields: Fields,
    codebook: Codebook,
    *,
    actors: tuple[Actor, ...],
    times: tuple[Time, ...],
    places: tuple[Place, ...],
) -> tuple[Statement, ...]:
    """One Statement for each attribution found, in order of the text."""
    index = actor_index(actors, a)
    heard = hear(found, a, index, codebook)
    occasions = occasions_of(heard, a, index, codebook)
    chains = chains_of(heard, a, fields, index, codebook)
    days = told_of(heard, occasions, a, days_of_telling(times))
    where = told_of(heard, occasions, a, places_of_telling(places, a))
    statements = tuple(
        Statement(
            id=f"s{k + 1}",
            kind=h.found.kind,
            type=h.found.type,
            speaker=h.speaker,
            cue=h.found.cue[0] if h.found.cue else None,
            content=h.found.content,
            quoted=h.found.quoted,
            addressee=named(h.found.addressee, a),
            medium=named(h.found.medium, a),
            nested_in=None if h.nested_in is None else f"s{h.nested_in + 1}",
            said_when=days[k],
            said_where=where[k],
            chain=chains[k],
            confidence=h.found.score,
            by=h.found.by,
        )
        for k, h in enumerate(heard)
    )
    return compare_quotations(statements, a)


def named(span: Span | None, a: Analysis) -> Named | None:
    """A name with the words that give it."""
    return Named(name=text_of(a, span).strip(' “”"'), span=span) if span else None


def told_of[T](
    heard: Sequence[Heard], occasions: Sequence[Occasion], a: Analysis, find: Callable[[list[Span]], T | None]
) -> list[T | None]:
    """What the text ties to the speaking of each statement: what `find` sees beside its cue, else in the account of an occasion it belongs to."""
    beside = [find(beside_cue(h, a)) for h in heard]
    of_occasions: dict[str, list[tuple[int, T]]] = {}
    for occasion in occasions:
        teller = heard[occasion.at]
        by_another = teller.speaker is not None and teller.speaker.name != occasion.speaker
        seen = find(list(teller.found.content)) if by_another else beside[occasion.at]
        if seen is not None:
            of_occasions.setdefault(occasion.speaker, []).append((occasion.at, seen))

    def occasion_of(k: int) -> T | None:
        speaker = heard[k].speaker
        known = of_occasions.get(speaker.name, []) if speaker else []
        return next((seen for at, seen in known if at != k), None)

    return [own if own is not None else occasion_of(k) for k, own in enumerate(beside)]


def days_of_telling(times: Sequence[Time]) -> Callable[[list[Span]], Interval | None]:
    """Finds the first day in stretches that speak of the speaking."""
    dated = [t for t in times if t.start and t.type in ("DATE", "TIME", "INTERVAL")]
    starts = [t.span.start for t in dated]

    def find(where: list[Span]) -> Interval | None:
        time = next((dated[n] for n in starting_in(where, starts)), None)
        return Interval(start=str(time.start)[:10], end=(time.end or str(time.start))[:10]) if time else None

    return find


def places_of_telling(places: Sequence[Place], a: Analysis) -> Callable[[list[Span]], Named | None]:
    """Finds the first place in such stretches, behind a word of its own clause; a place that stands for a government is none."""
    starts = [p.span.start for p in places]

    def find(where: list[Span]) -> Named | None:
        for n in starting_in(where, starts):
            place = places[n]
            before = a.text[max(0, place.span.start - 12) : place.span.start].split()
            if place.role != "actor" and before and before[-1].islower():
                return Named(name=place.name, span=place.span)
        return None

    return find


def starting_in(where: list[Span], starts: Sequence[int]) -> list[int]:
    """The numbers of what starts inside one of the stretches, in order; `starts` is sorted."""
    return sorted({n for s in where for n in range(bisect_left(starts, s.start), bisect_left(starts, s.end))})


def beside_cue(h: Heard, a: Analysis) -> list[Span]:
    """The adverbs and prepositional phrases of the cue that lie outside content and source; none without a cue."""
    taken = [*h.found.content, *h.found.source]
    spans = []
    for c in a.children[h.cue] if h.cue is not None else ():
        if a.dep[c] in ("prep", "npadvmod", "advmod", "tmod") and (tokens := range(a.left[c], a.right[c] + 1)):
            span = Span(a.start[tokens[0]], a.end[tokens[-1]])
            if not any(t.start < span.end and span.start < t.end for t in taken):
                spans.append(span)
    return spans
