"""Page furniture of scraped reports: words that mark bylines, sections, captions, tags: the form of this part of the codebook."""

import re
from functools import cached_property

from dateline.codebook.loader import Loader
from dateline.codebook.stamps import alternatives, fold_name
from dateline.records import Base

FILE = "furniture.yml"


class FurnitureFile(Base, frozen=True, kw_only=True):
    """furniture.yml: what each list is for is said there."""

    byline_intro: tuple[str, ...]
    house_bylines: tuple[str, ...]
    byline_roles: tuple[str, ...]
    name_joiners: tuple[str, ...]
    name_particles: tuple[str, ...]
    sections: tuple[str, ...]
    section_intro: tuple[str, ...]
    section_before: tuple[str, ...]
    desk_intro: tuple[str, ...]
    headline_intro: tuple[str, ...]
    url_intro: tuple[str, ...]
    source_intro: tuple[str, ...]
    caption_intro: tuple[str, ...]
    caption_marks: tuple[str, ...]
    tag_intro: tuple[str, ...]
    lines: tuple[str, ...]
    line_starts: tuple[str, ...]
    share_words: tuple[str, ...]
    copyright: tuple[str, ...]
    deck_verbs: tuple[str, ...]
    sentence_words: tuple[str, ...]
    articles: tuple[str, ...]


class Furniture(FurnitureFile, frozen=True, kw_only=True, dict=True):
    """The lists, ready to look up: folded (no case, no accents)."""

    @cached_property
    def byline_start(self) -> re.Pattern[str]:
        """Matches the words that open a byline."""
        return start_of(self.byline_intro)

    @cached_property
    def section_start(self) -> re.Pattern[str]:
        """Matches the words that open a section line; they want a colon."""
        return start_of(self.section_intro, colon=True)

    @cached_property
    def desk_start(self) -> re.Pattern[str]:
        """Matches the words that open the name of an editor or translator; they want a colon."""
        return start_of(self.desk_intro, colon=True)

    @cached_property
    def headline_start(self) -> re.Pattern[str]:
        """Matches the words that open a headline; they want a colon."""
        return start_of(self.headline_intro, colon=True)

    @cached_property
    def url_start(self) -> re.Pattern[str]:
        """Matches the words that open an address; they want a colon."""
        return start_of(self.url_intro, colon=True)

    @cached_property
    def source_start(self) -> re.Pattern[str]:
        """Matches the words that open a line of source; they want a colon."""
        return start_of(self.source_intro, colon=True)

    @cached_property
    def caption_start(self) -> re.Pattern[str]:
        """Matches the words that open a caption; they want a colon or a bar."""
        return start_of(self.caption_intro, colon=True)

    @cached_property
    def tag_start(self) -> re.Pattern[str]:
        """Matches the words that open a list of tags; they want a colon."""
        return start_of(self.tag_intro, colon=True)

    @cached_property
    def junk_start(self) -> re.Pattern[str]:
        """Matches what opens a line that is not the report's own."""
        return re.compile(rf"(?:{alternatives(self.line_starts)})", re.I)

    @cached_property
    def caption_mark(self) -> re.Pattern[str]:
        """Finds a mark that only captions carry."""
        return re.compile(rf"(?<!\w)(?:{alternatives(self.caption_marks)})(?:(?<=\W)|(?!\w))", re.I)

    @cached_property
    def copyright_start(self) -> re.Pattern[str]:
        """Matches what opens a line of copyright."""
        return re.compile(rf"(?:{alternatives(self.copyright)})\s*", re.I)

    @cached_property
    def folded(self) -> dict[str, frozenset[str]]:
        """Each list that is looked up word by word or line by line, folded."""
        names = (
            "house_bylines",
            "byline_roles",
            "sections",
            "section_before",
            "lines",
            "share_words",
            "deck_verbs",
            "sentence_words",
            "articles",
            "tag_intro",
            "name_joiners",
            "name_particles",
        )
        return {name: frozenset(map(fold_name, getattr(self, name))) for name in names}


def start_of(words: tuple[str, ...], *, colon: bool = False) -> re.Pattern[str]:
    """A pattern for one of `words` at the start of a line, upper or lower case, with a colon behind it if asked."""
    return re.compile(rf"(?:{alternatives(words)})(?:{r'\s*[:：|]' if colon else r'(?:\s*[:：]|(?=\s))'})\s*", re.I)


def read_furniture(loader: Loader) -> Furniture | None:
    """This part, or None with its faults kept in the loader."""
    read = loader.read(FILE, FurnitureFile)
    return None if read is None else Furniture(**{name: getattr(read, name) for name in FurnitureFile.__struct_fields__})
