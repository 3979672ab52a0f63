"""When each event happened: an interval, its precision, its basis and the words that prove it."""

from dateline.codebook import Codebook
from dateline.records import Analysis, Event, Fields, Statement, Time


def date_events(
    events: tuple[Event, ...],
    a: Analysis,
    fields: Fields,
    codebook: Codebook,
    *,
    times: tuple[Time, ...],
    statements: tuple[Statement, ...],
) -> tuple[Event, ...]:
    """The events with `when`. Nothing defaults to the day of printing without saying so (basis dateline)."""
    return events
