"""Found attributions → statements: full speakers, source chains, nesting, occasion, fidelity."""

from dateline.codebook import Codebook
from dateline.records import Actor, Analysis, Fields, FoundStatement, Place, Statement, Time


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
    return ()
