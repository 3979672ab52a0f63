"""One report as a person reads it: a page that needs no network, and the same in a terminal."""

from dateline.show.page import page
from dateline.show.terminal import terminal

__all__ = ["page", "terminal"]
