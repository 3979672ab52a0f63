"""Web pages: the names of their parts, the lines that are not the report's words, credits: the form of this part of the codebook."""

import re
from functools import cached_property

import msgspec

from dateline.codebook.loader import Loader
from dateline.records import Base


class FurnitureNames(Base, frozen=True, kw_only=True, dict=True):
    """Words of class and id attributes that mark what is not the report: of any page, other stories, tools, captions."""

    page: frozenset[str] = frozenset()
    stories: frozenset[str] = frozenset()
    tools: frozenset[str] = frozenset()
    caption: frozenset[str] = frozenset()
    inside: tuple[str, ...] = ()

    @cached_property
    def all(self) -> frozenset[str]:
        """Every one of them."""
        return self.page | self.stories | self.tools | self.caption


class FurnitureLines(Base, frozen=True, kw_only=True, dict=True):
    """Lines of pages that are not the report's words; `begins` and `holds` count for lines of at most `short` characters."""

    whole: frozenset[str] = frozenset()
    begins: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    short: int = 300

    @cached_property
    def beginning(self) -> re.Pattern[str]:
        """Any of `begins` at the start of a folded line, as whole words."""
        return re.compile("|".join(re.escape(b) + (r"(?!\w)" if b[-1].islower() else "") for b in self.begins) or r"(?!)")


class Web(Base, frozen=True, kw_only=True, dict=True):
    """How the parts of web pages are named, and what is printed between the words of reports."""

    furniture_names: FurnitureNames = FurnitureNames()
    not_a_name: frozenset[str] = frozenset()
    deck_names: frozenset[str] = frozenset()
    lines: FurnitureLines = FurnitureLines()
    by: tuple[str, ...] = ()
    and_words: tuple[str, ...] = msgspec.field(default=(), name="and")

    behind_names: tuple[str, ...] = ()
    author_names: frozenset[str] = frozenset()
    topic_names: frozenset[str] = frozenset()

    credit_words: tuple[str, ...] = ()

    @cached_property
    def credit(self) -> re.Pattern[str]:
        """The end of a line that credits a picture: "(Photo: Ann Bell)", "[Image credit: …]", "© Ann Bell"."""
        picture = words(self.credit_words)
        return re.compile(
            rf"[(\[](?:{picture})\s?(?:credit|by|via)?\s?[:/][^()\[\]]{{2,80}}[)\]]\s*$|(?:^|\s)©\s?[^.!?]{{2,60}}$|\s(?:{picture})\s?:\s[^.!?:]{{2,60}}$",
            re.I,
        )

    @cached_property
    def byline_start(self) -> re.Pattern[str]:
        """What stands before the names of a byline."""
        return re.compile(rf"^\s*(?:{words(self.by)})(?:\s*:\s*|\s+)", re.I)

    @cached_property
    def name_end(self) -> re.Pattern[str]:
        """What stands behind a name and is no part of it, to the end."""
        return re.compile(rf"\s+(?:{words(self.behind_names)})\s.*$")

    @cached_property
    def name_joint(self) -> re.Pattern[str]:
        """What stands between the names of a byline."""
        return re.compile(rf"\s*[,;|/、・]\s*|\s+(?:{words(self.and_words)})\s+|\s+[–—]\s+", re.I)


def words(choices: tuple[str, ...]) -> str:
    """An alternation of literal words, the longest first."""
    return "|".join(re.escape(w) for w in sorted(choices, key=lambda w: (-len(w), w)))


def read_web(loader: Loader) -> Web | None:
    """This part, or None with its faults kept in the loader."""
    web = loader.read("web.yml", Web)
    if web is None:
        return None
    for key, words in (
        ("furniture_names", web.furniture_names.all),
        ("deck_names", web.deck_names),
        ("lines.whole", web.lines.whole),
    ):
        for word in sorted(words):
            loader.check("web.yml", f"{key}: {word}", word == word.casefold().strip(), "must be lower case without space around it")
    return web
