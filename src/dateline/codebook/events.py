"""PLOVER event types with modes, triggers and patterns: the form of this part of the codebook."""

from dateline.codebook.loader import Loader
from dateline.records import Base


class Events(Base, frozen=True, kw_only=True):
    """PLOVER event types with modes, triggers and patterns."""


def read_events(loader: Loader) -> Events | None:
    """This part, or None with its faults kept in the loader."""
    return Events()
