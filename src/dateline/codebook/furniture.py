"""Page furniture of scraped reports: words that mark bylines, sections, captions, tags: the form of this part of the codebook."""

from dateline.codebook.loader import Loader
from dateline.records import Base


class Furniture(Base, frozen=True, kw_only=True):
    """Page furniture of scraped reports: words that mark bylines, sections, captions, tags."""


def read_furniture(loader: Loader) -> Furniture | None:
    """This part, or None with its faults kept in the loader."""
    return Furniture()
