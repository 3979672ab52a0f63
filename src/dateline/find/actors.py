"""Finds actors: the words, before anything is resolved."""

from dateline.codebook import Codebook
from dateline.records import Analysis, FoundActor


def find_actors(a: Analysis, codebook: Codebook) -> tuple[FoundActor, ...]:
    """Every mention, in order of the text."""
    return ()
