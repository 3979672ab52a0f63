"""Countries, sectors, offices, organisations, metonyms, titles: the form of this part of the codebook."""

from dateline.codebook.loader import Loader
from dateline.records import Base


class Actors(Base, frozen=True, kw_only=True):
    """Countries, sectors, offices, organisations, metonyms, titles."""


def read_actors(loader: Loader) -> Actors | None:
    """This part, or None with its faults kept in the loader."""
    return Actors()
