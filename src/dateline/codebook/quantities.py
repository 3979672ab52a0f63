"""Number words, operators and units: the form of this part of the codebook."""

from dateline.codebook.loader import Loader
from dateline.records import Base


class Quantities(Base, frozen=True, kw_only=True):
    """Number words, operators and units."""


def read_quantities(loader: Loader) -> Quantities | None:
    """This part, or None with its faults kept in the loader."""
    return Quantities()
