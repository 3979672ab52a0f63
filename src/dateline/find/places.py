"""Finds places: the words, before anything is resolved."""

from dateline.codebook import Codebook
from dateline.records import Analysis, FoundPlace


def find_places(a: Analysis, codebook: Codebook) -> tuple[FoundPlace, ...]:
    """Every mention, in order of the text."""
    return ()
