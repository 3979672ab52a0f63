"""Found attributions → statements: full speakers, source chains, nesting, occasion, fidelity."""

from dateline.codebook import Codebook
from dateline.records import Actor, Analysis, Fields, FoundStatement, Place, Speaker, Statement, Time


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
    return tuple(
        Statement(
            id=f"s{k}",
            kind=f.kind,
            type=f.type,
            speaker=Speaker(name=a.text[f.source[0].start : f.source[0].end], span=f.source[0]) if f.source else None,
            cue=f.cue[0] if f.cue else None,
            content=f.content,
            quoted=f.quoted,
            confidence=f.score,
            by=f.by,
        )
        for k, f in enumerate(found, 1)
    )
