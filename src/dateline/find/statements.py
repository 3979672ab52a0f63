"""Finds statements: source, cue, content, quoted words, addressee and medium of every attribution."""

from dateline.codebook import Codebook
from dateline.records import Analysis, FoundStatement


def find_statements(a: Analysis, codebook: Codebook) -> tuple[FoundStatement, ...]:
    """Every attribution, in order of the text."""
    return ()
