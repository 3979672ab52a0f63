"""Found attributions → statements: full speakers, source chains, nesting, occasion, fidelity."""

from collections.abc import Sequence

from dateline.codebook import Codebook
from dateline.mentions import ActorIndex
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
    index = ActorIndex(actors, a)
    heard = hear(found, a, index, codebook)
    occasions = occasions_of(heard, a, index, codebook)
    chains = chains_of(heard, a, fields, index, codebook)
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
            said_when=said_when(h, heard, occasions, a, times),
            said_where=said_where(h, heard, occasions, a, places),
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


def said_when(h: Heard, heard: Sequence[Heard], occasions: Sequence[Occasion], a: Analysis, times: tuple[Time, ...]) -> Interval | None:
    """The days that the text ties to the speaking itself: beside the cue, else those of the occasion it belongs to."""
    for where in places_of_telling(h, heard, occasions, a):
        for time in times:
            if time.start and time.type in ("DATE", "TIME", "INTERVAL") and any(s.start <= time.span.start < s.end for s in where):
                return Interval(start=time.start[:10], end=(time.end or time.start)[:10])
    return None


def said_where(h: Heard, heard: Sequence[Heard], occasions: Sequence[Occasion], a: Analysis, places: tuple[Place, ...]) -> Named | None:
    """The place that the text ties to the speaking, in the same way; a place that stands for a government is none."""
    for where in places_of_telling(h, heard, occasions, a):
        for place in places:
            if place.role != "actor" and any(s.start <= place.span.start < s.end for s in where):
                before = a.text[max(0, place.span.start - 12) : place.span.start].split()
                if before and before[-1].islower():
                    return Named(name=place.name, span=place.span)
    return None


def places_of_telling(h: Heard, heard: Sequence[Heard], occasions: Sequence[Occasion], a: Analysis) -> list[list[Span]]:
    """Stretches that speak of the speaking: what hangs on the cue outside its content, then the occasion's own account."""
    stretches = [beside_cue(h, a)] if h.cue is not None else []
    if h.speaker:
        for occasion in occasions:
            teller = heard[occasion.at]
            if occasion.speaker == h.speaker.name and teller is not h:
                told = teller.speaker is not None and teller.speaker.name != h.speaker.name
                stretches.append(list(teller.found.content) if told else beside_cue(teller, a) if teller.cue is not None else [])
    return stretches


def beside_cue(h: Heard, a: Analysis) -> list[Span]:
    """The adverbs and prepositional phrases of the cue that lie outside content and source."""
    taken = [*h.found.content, *h.found.source]
    spans = []
    for c in a.children[h.cue] if h.cue is not None else ():
        if a.dep[c] in ("prep", "npadvmod", "advmod", "tmod") and (tokens := range(a.left[c], a.right[c] + 1)):
            span = Span(a.start[tokens[0]], a.end[tokens[-1]])
            if not any(t.start < span.end and span.start < t.end for t in taken):
                spans.append(span)
    return spans
