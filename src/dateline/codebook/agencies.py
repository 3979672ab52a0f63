"""Agencies, how they sign, and outlets: the form of this part of the codebook."""

from dateline.codebook.loader import Loader
from dateline.records import Base


class Agencies(Base, frozen=True, kw_only=True):
    """Agencies, how they sign, and outlets."""


def read_agencies(loader: Loader) -> Agencies | None:
    """This part, or None with its faults kept in the loader."""
    return Agencies()
