"""Finds times: the words, before anything is resolved."""

from dateline.codebook import Codebook
from dateline.records import Analysis, FoundTime


def find_times(a: Analysis, codebook: Codebook) -> tuple[FoundTime, ...]:
    """Every mention, in order of the text."""
    return ()
