"""Time expressions → TIMEX3 values, against the publication day, the tense and the flow of the text."""

from dateline.codebook import Codebook
from dateline.records import Analysis, Fields, FoundTime, Time


def resolve_times(found: tuple[FoundTime, ...], a: Analysis, fields: Fields, codebook: Codebook) -> tuple[Time, ...]:
    """One Time for each expression found, in order of the text."""
    return ()
