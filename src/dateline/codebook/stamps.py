"""Stamps of news pages: labels, month and weekday names beside CLDR's, calendars: the form of this part of the codebook."""

from dateline.codebook.loader import Loader
from dateline.records import Base


class Stamps(Base, frozen=True, kw_only=True):
    """Stamps of news pages: labels, month and weekday names beside CLDR's, calendars."""


def read_stamps(loader: Loader) -> Stamps | None:
    """This part, or None with its faults kept in the loader."""
    return Stamps()
