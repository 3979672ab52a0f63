"""Found events → events: actors, codes, status by scope, the statements they rest on, one event across mentions."""

from dateline.codebook import Codebook
from dateline.records import Actor, Analysis, Event, Fields, FoundEvent, Statement, Time


def resolve_events(
    found: tuple[FoundEvent, ...],
    a: Analysis,
    fields: Fields,
    codebook: Codebook,
    *,
    actors: tuple[Actor, ...],
    statements: tuple[Statement, ...],
    times: tuple[Time, ...],
) -> tuple[Event, ...]:
    """The events of the report; `when`, `where` and `reported_as` are judged by the functions that follow."""
    return ()
