"""Finds events: trigger, parties and type of what happened to whom."""

from dateline.codebook import Codebook
from dateline.records import Analysis, FoundActor, FoundEvent, FoundStatement


def find_events(
    a: Analysis, codebook: Codebook, *, statements: tuple[FoundStatement, ...], actors: tuple[FoundActor, ...]
) -> tuple[FoundEvent, ...]:
    """Every event, in order of its trigger. It is given the statements and actor mentions; it does not fetch them."""
    return ()
