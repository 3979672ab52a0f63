"""Stamps of news pages: labels, month and weekday names, calendars, zones: the form of this part of the codebook.

`data/stamps/names.json` is built from CLDR by training/build_stamp_names.py; `data/stamps/stamps.yml` holds what a researcher edits.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property, lru_cache

import msgspec

from dateline.codebook.loader import Loader
from dateline.records import Base

NAMES_FILE, WORDS_FILE = "stamps/names.json", "stamps/stamps.yml"
# Letters that Unicode does not decompose, and variants of one letter that pages mix.
SAME_LETTER = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "أ": "ا", "إ": "ا", "آ": "ا", "ك": "ک", "ي": "ی", "ى": "ی"})
DROPPED = ".'’ʼʻ׳\u200c\u200d\u0640"
STRIPPED_MARKS = range(0x300, 0x370)  # Latin, Greek and Cyrillic accents; vowel signs of other scripts stay
TASHKEEL = range(0x64B, 0x660)

Names = dict[str, dict[int, frozenset[str]]]  # folded name → month (or weekday) number → languages


@lru_cache(maxsize=20_000)
def fold_name(name: str) -> str:
    """A name without case, accents, abbreviation points and letter variants: the key it is looked up by."""
    return " ".join(bare(name).split())


def fold_line(line: str) -> tuple[str, list[int]]:
    """A line folded as names are, and for each character that is left where it stood (and, last, the line's length)."""
    folded = list(map(bare_character, line))
    places = [place for place, left in enumerate(folded) for _ in left]
    return "".join(folded), [*places, len(line)]


@lru_cache(maxsize=5_000)
def bare_character(c: str) -> str:
    """One character folded: mostly one, none for a mark."""
    return bare(c)


def bare(words: str) -> str:
    """Words without case, accents, points and letter variants; their spaces stay."""
    marked = unicodedata.normalize("NFKD", words.casefold())
    kept = "".join(c for c in marked if not (ord(c) in STRIPPED_MARKS or ord(c) in TASHKEEL or c in DROPPED))
    return unicodedata.normalize("NFC", kept).translate(SAME_LETTER)


class NameTable(Base, frozen=True, kw_only=True):
    """Names from CLDR: folded name → number → languages, separated by spaces."""

    months: dict[str, dict[int, str]]
    weekdays: dict[str, dict[int, str]]  # Monday is 0


class Zone(Base, frozen=True, kw_only=True):
    """An abbreviation that names one offset: of standard time, and in a summer by whose rule."""

    offset: str
    summer: str | None = None  # offset in summer time, for names that mean both (ET)
    rule: str | None = None  # us or eu: when summer time runs


class Era(Base, frozen=True, kw_only=True):
    """An era's name and what to add to its year: 令和 2 is 2020."""

    name: str
    add: int


class StampWords(Base, frozen=True, kw_only=True):
    """What a researcher edits: see data/stamps/stamps.yml."""

    published: dict[str, tuple[str, ...]]
    updated: dict[str, tuple[str, ...]]
    published_with_colon: tuple[str, ...]
    updated_with_colon: tuple[str, ...]
    months: dict[str, dict[int, tuple[str, ...]]]
    weekdays: dict[str, dict[int, tuple[str, ...]]]
    bracketed_weekdays: dict[str, int]
    month_prefixes: tuple[str, ...]
    fillers: tuple[str, ...]
    dotted_day: tuple[str, ...]  # languages that write a point after the day
    year_first: tuple[str, ...]  # languages that write the year first, of two digits too
    month_first_zones: tuple[str, ...]
    jalali_months: dict[int, tuple[str, ...]]
    ethiopic_months: dict[int, tuple[str, ...]]
    other_calendar_months: tuple[str, ...]
    buddhist_marks: tuple[str, ...]
    eras: tuple[Era, ...]
    patterns: tuple[str, ...]  # regular expressions with groups y, m, d
    time_patterns: tuple[str, ...]  # regular expressions with groups h and min
    am: tuple[str, ...]
    pm: tuple[str, ...]
    zones: dict[str, Zone]
    around: tuple[str, ...]  # words that stand in a stamp's line and are neither label nor name


class Stamps(Base, frozen=True, kw_only=True, dict=True):
    """Stamps of news pages, ready to look up."""

    words: StampWords
    months: Names
    weekdays: Names
    jalali: Names
    ethiopic: Names
    am: frozenset[str]
    pm: frozenset[str]
    label_of: dict[str, tuple[str, str]]  # folded label → (published or updated, language)

    @cached_property
    def label_pattern(self) -> re.Pattern[str]:
        """Finds a label in folded text; one-letter labels want their colon."""
        return re.compile(rf"(?<!\w)(?:{spaced(self.label_of)})(?!\w)|(?<!\w)(?P<short>{alternatives(self.short_labels)})\s?:")

    @cached_property
    def short_labels(self) -> dict[str, str]:
        """Folded one-letter label → published or updated."""
        words = self.words
        return {fold_name(x): "published" for x in words.published_with_colon} | {fold_name(x): "updated" for x in words.updated_with_colon}

    @cached_property
    def date_patterns(self) -> tuple[re.Pattern[str], ...]:
        """Patterns with groups y, m, d (and era)."""
        eras = "|".join(re.escape(e.name) for e in self.words.eras)
        return tuple(re.compile(p.replace("{era}", f"(?P<era>{eras})")) for p in self.words.patterns)

    @cached_property
    def clock_patterns(self) -> tuple[re.Pattern[str], ...]:
        """Patterns with groups h and min."""
        return tuple(re.compile(p) for p in self.words.time_patterns)

    @cached_property
    def half_pattern(self) -> re.Pattern[str]:
        """Finds a half of the day (am, pm and the like) in lower-case text."""
        spaced = [alternatives(x for x in half if x[0] < "\u2e80") for half in (self.am, self.pm)]
        unspaced = [alternatives(x for x in half if x[0] >= "\u2e80") for half in (self.am, self.pm)]
        edge = r"(?<![^\W\d_])"
        return re.compile(rf"{edge}(?:(?P<am>{spaced[0]})|(?P<pm>{spaced[1]}))(?!\w)|(?P<am2>{unspaced[0]})|(?P<pm2>{unspaced[1]})")

    @cached_property
    def zone_of(self) -> dict[str, str]:
        """Lower-case zone name → its name in the codebook."""
        return {name.lower(): name for name in self.words.zones}

    @cached_property
    def zone_names(self) -> re.Pattern[str]:
        """Matches a zone's name in lower-case text."""
        return re.compile(rf"(?:{alternatives(self.zone_of)})(?![a-z])")

    @cached_property
    def zone_pattern(self) -> re.Pattern[str]:
        """Finds a zone by its name; names are upper-case as printed."""
        return re.compile(rf"\b(?:{alternatives(self.words.zones)})\b")

    @cached_property
    def openers(self) -> frozenset[str]:
        """First words of the names that have several."""
        return frozenset(n.split()[0] for names in (self.months, self.weekdays, self.jalali, self.ethiopic) for n in names if " " in n)

    @cached_property
    def fillers(self) -> frozenset[str]:
        """Folded words that may stand between the parts of a date."""
        return frozenset(map(fold_name, self.words.fillers))

    @cached_property
    def around(self) -> frozenset[str]:
        """Folded words that may stand in a stamp's line."""
        return frozenset(map(fold_name, self.words.around)) | self.fillers

    @cached_property
    def unspaced(self) -> re.Pattern[str]:
        """Finds month and weekday names inside runs of scripts that put no space between words."""
        names = [
            n
            for n in (*self.months, *self.weekdays)
            if len(n) > 1 and any(0xE00 <= ord(c) < 0x1100 or 0x1780 <= ord(c) < 0x1800 or ord(c) > 0x2E80 for c in n)
        ]
        return re.compile(alternatives(names))


def alternatives(words: Iterable[str]) -> str:
    """A regular expression that matches any of `words`, the longest first."""
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w))) or r"(?!)"


def spaced(words: Iterable[str]) -> str:
    """As `alternatives`, with any space between their words."""
    return alternatives(words).replace(r"\ ", r"\s+")


def read_stamps(loader: Loader) -> Stamps | None:
    """This part, or None with its faults kept in the loader."""
    words, table = loader.read(WORDS_FILE, StampWords), read_names(loader)
    if words is None or table is None:
        return None
    for pattern in (*words.patterns, *words.time_patterns):
        loader.check(WORDS_FILE, pattern, is_pattern(pattern), "not a regular expression")
    labels = [("published", words.published), ("updated", words.updated)]
    return Stamps(
        words=words,
        months=with_names(table.months, words.months),
        weekdays=with_names(table.weekdays, words.weekdays),
        jalali=with_names({}, {"fa": words.jalali_months}),
        ethiopic=with_names({}, {"am": words.ethiopic_months}),
        am=frozenset(x.casefold() for x in words.am),
        pm=frozenset(x.casefold() for x in words.pm),
        label_of={fold_name(x): (kind, language) for kind, by in labels for language, all_ in by.items() for x in all_},
    )


def read_names(loader: Loader) -> NameTable | None:
    """The names from CLDR; None, and a fault, when the file is not as it should be."""
    try:
        return msgspec.json.decode((loader.folder / NAMES_FILE).read_bytes(), type=NameTable)
    except (OSError, msgspec.MsgspecError) as fault:
        loader.faults.append(f"{NAMES_FILE}: {fault}")
        return None


def with_names(built: dict[str, dict[int, str]], added: dict[str, dict[int, tuple[str, ...]]]) -> Names:
    """CLDR's names and the codebook's own."""
    names: dict[str, dict[int, set[str]]] = {n: {k: set(langs.split()) for k, langs in by.items()} for n, by in built.items()}
    for language, by_number in added.items():
        for number, words in by_number.items():
            for word in words:
                names.setdefault(fold_name(word), {}).setdefault(number, set()).add(language)
    return {name: {k: frozenset(langs) for k, langs in by.items()} for name, by in names.items()}


def is_pattern(text: str) -> bool:
    """Whether `text`, its {era} filled, compiles."""
    try:
        re.compile(text.replace("{era}", "(?P<era>x)"))
    except re.error:
        return False
    return True
