"""Words that the checks need: the form of this part of the codebook."""

from dateline.codebook.loader import Loader
from dateline.records import Base


class Checks(Base, frozen=True, kw_only=True):
    """Words that the checks need."""


def read_checks(loader: Loader) -> Checks | None:
    """This part, or None with its faults kept in the loader."""
    return Checks()
