"""New, background or ongoing: from tense, time, position, anniversaries and "since" language, with the words that decided it."""

from dateline.codebook import Codebook
from dateline.records import Analysis, Event, Fields, Statement, Time


def judge_novelty(
    events: tuple[Event, ...],
    a: Analysis,
    fields: Fields,
    codebook: Codebook,
    *,
    times: tuple[Time, ...],
    statements: tuple[Statement, ...],
) -> tuple[Event, ...]:
    """The events with `reported_as` and the words that decided it."""
    return events
