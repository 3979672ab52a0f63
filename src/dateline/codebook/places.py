"""The gazetteer and what goes with it: the form of this part of the codebook."""

from dateline.codebook.loader import Loader
from dateline.records import Base


class Places(Base, frozen=True, kw_only=True):
    """The gazetteer and what goes with it."""


def read_places(loader: Loader) -> Places | None:
    """This part, or None with its faults kept in the loader."""
    return Places()
