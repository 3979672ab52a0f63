"""Time expressions as rules: the form of this part of the codebook."""

from dateline.codebook.loader import Loader
from dateline.records import Base


class Times(Base, frozen=True, kw_only=True):
    """Time expressions as rules."""


def read_times(loader: Loader) -> Times | None:
    """This part, or None with its faults kept in the loader."""
    return Times()
