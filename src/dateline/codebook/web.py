"""Web pages: the names of their parts, the lines that are not the report's words, credits: the form of this part of the codebook."""

from dateline.codebook.loader import Loader
from dateline.records import Base


class FurnitureNames(Base, frozen=True, kw_only=True):
    """Words of class and id attributes that mark what is not the report: of any page, inside reports, of captions."""

    page: frozenset[str] = frozenset()
    report: frozenset[str] = frozenset()
    caption: frozenset[str] = frozenset()


class FurnitureLines(Base, frozen=True, kw_only=True):
    """Lines of pages that are not the report's words; `begins` and `holds` count for lines of at most `short` characters."""

    whole: frozenset[str] = frozenset()
    begins: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    short: int = 300


class Web(Base, frozen=True, kw_only=True):
    """How the parts of web pages are named, and what is printed between the words of reports."""

    furniture_names: FurnitureNames = FurnitureNames()
    not_a_name: frozenset[str] = frozenset()
    deck_names: frozenset[str] = frozenset()
    lines: FurnitureLines = FurnitureLines()


def read_web(loader: Loader) -> Web | None:
    """This part, or None with its faults kept in the loader."""
    web = loader.read("web.yml", Web)
    if web is None:
        return None
    for key, words in (("furniture_names", web.furniture_names.page | web.furniture_names.report), ("deck_names", web.deck_names), ("lines.whole", web.lines.whole)):
        for word in sorted(words):
            loader.check("web.yml", f"{key}: {word}", word == word.casefold().strip(), "must be lower case without space around it")
    return web
