"""Cues, their types and frames, hedges: the form of this part of the codebook."""

from dateline.codebook.loader import Loader
from dateline.records import Base


class Statements(Base, frozen=True, kw_only=True):
    """Cues, their types and frames, hedges."""


def read_statements(loader: Loader) -> Statements | None:
    """This part, or None with its faults kept in the loader."""
    return Statements()
