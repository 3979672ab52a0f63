"""Stamps of news pages: a line → the days and instants it states. Unknown rather than wrong. Called by the text and the HTML reader.

The line is folded to plain digits first; then the clock times are found and blanked out, so that a time glued to a date
("14:4428/07/2020") sets it free; then dates, weekdays and labels are found and joined.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from dateline.codebook.stamps import Stamps, fold_line
from dateline.ingest.calendars import in_summer
from dateline.ingest.stamp_dates import YEAR_LAST, Day, Page, find_days, impossible
from dateline.ingest.stamp_names import NamedDay, find_weekdays
from dateline.ingest.stamp_times import Clock, find_clocks
from dateline.records import Base, Span, Value

Label = Literal["published", "updated"]
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LONGEST = 400  # characters of a line worth reading as a stamp


class Stamp(Base, frozen=True, kw_only=True):
    """One date of a line: its ISO value (day, month or year, with the time and the zone where stated) and how it was read.

    `span` runs over date, time, zone and weekday, without the label; offsets count from the start of the line.
    """

    value: str
    precision: str  # minute, day, month, year
    span: Span
    label: Label | None = None
    weekday: str | None = None  # in English, as printed: it may contradict the date
    by: str

    @property
    def day(self) -> str | None:
        """The ISO day, or None when the line states only a month or a year."""
        return self.value[:10] if len(self.value) >= 10 else None


class Hints(NamedTuple):
    """What the page tells about its dates: the order of its other dates, its language, and the last day a date can name."""

    month_first: bool | None = None
    language: str | None = None
    latest: date | None = None


NO_HINTS = Hints()
DIGIT = re.compile(r"\d")
JOINERS = "\u200c\u200d"  # they stand inside words of Persian and Indian scripts


def read_stamps(line: str, stamps: Stamps, hints: Hints = NO_HINTS) -> tuple[Stamp, ...]:
    """Every date that a line states, in order; none when it states none or none that can be told for certain."""
    if len(line) > LONGEST or not DIGIT.search(line):
        return ()
    plain = plain_digits(line)
    clocks, rest = find_clocks(plain, stamps)
    labels = find_labels(rest, stamps)
    weekdays = [w for w in find_weekdays(rest, stamps) if all(w.end <= x.start or x.end <= w.start for x in labels)]
    days = find_days(rest, page_of(line, labels, weekdays, stamps, hints))
    return tuple(
        stamp_of(day, clock, label, line=plain, stamps=stamps)
        for day, clock, label in zip(days, clocks_of(days, clocks), labels_of(days, labels, rest), strict=True)
    )


def read_stamp(line: str, stamps: Stamps, hints: Hints = NO_HINTS) -> Stamp | None:
    """The stamp of publication: the first that is not labelled as an update, or else the first; None when no day can be told."""
    found = read_stamps(line, stamps, hints)
    return next((s for s in found if s.label != "updated"), found[0] if found else None)


def refused(line: str, stamps: Stamps, hints: Hints) -> str | None:
    """Why the date that a line states is not believed: it lies after the last day, or no calendar has it. None when it states none."""
    if any(s.day for s in read_stamps(line, stamps, hints._replace(latest=None))):
        return f"the date in {line!r} lies in the future; accepted are days up to {hints.latest}" if hints.latest else None
    _, rest = find_clocks(plain_digits(line), stamps)
    page = page_of(line, [], find_weekdays(rest, stamps), stamps, hints)
    if find_days(rest, page._replace(month_first=False, latest=None)):
        return None  # a day in one of the two orders: unknown, not impossible
    return f"the date in {line!r} is no day of the calendar" if impossible(rest, page) else None


def value_of(stamp: Stamp, *, start: int = 0, end: int | None = None, by: str = "text.stamp") -> Value:
    """A field of the report from a stamp, its span moved to the line's place in the text."""
    span = Span(start + stamp.span.start, start + stamp.span.end) if end is None else Span(start, end)
    return Value(value=stamp.value, span=span, by=f"{by}/{stamp.by}", weekday=stamp.weekday, precision=stamp.precision)


def page_hints(lines: Iterable[str], stamps: Stamps, hints: Hints) -> Hints:
    """The hints with the order of numbers that the stamps of one page share: its unmistakable dates tell, or its foreign labels and weekdays."""
    if hints.month_first is not None:
        return hints
    orders, languages = set[bool](), set[str]()
    for line in lines:
        plain = plain_digits(line)
        for m in YEAR_LAST.finditer(plain):
            if (int(m["a"]) > 12) != (int(m["b"]) > 12):
                orders.add(int(m["b"]) > 12)
            languages.update(words_speak(plain, stamps))
    if len(orders) == 1:
        return hints._replace(month_first=orders.pop())
    return hints._replace(month_first=False) if not orders and languages and "en" not in languages else hints


def words_speak(line: str, stamps: Stamps) -> set[str]:
    """Languages of a line's labels and weekdays."""
    labels = {x.language for x in find_labels(line, stamps) if x.language}
    return labels | weekday_languages(find_weekdays(line, stamps))


def weekday_languages(weekdays: list[NamedDay]) -> set[str]:
    """Languages of weekdays written out; short forms are words of too many."""
    return {code for w in weekdays if w.end - w.start > 3 for by in w.numbers.values() for code in by}


def plain_digits(line: str) -> str:
    """The line in lower case with plain digits and spaces, one character for one, so that offsets stay."""
    return line.lower() if line.isascii() else "".join(map(plain_character, line))


@lru_cache(maxsize=5_000)
def plain_character(c: str) -> str:
    """A character of plain_digits."""
    if c < "\x80":
        return c.lower()
    digit = unicodedata.decimal(c, None)
    if digit is not None:
        return str(digit)
    if unicodedata.category(c) in ("Zs", "Cf") and c not in JOINERS:
        return " "
    wide = unicodedata.normalize("NFKC", c) if "\uff00" <= c <= "\uffef" else c
    lower = wide.lower()
    return lower if len(lower) == 1 else wide if len(wide) == 1 else c


# ── labels ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class FoundLabel(NamedTuple):
    """A label: what it says and where it stands."""

    start: int
    end: int
    label: Label
    language: str | None


def find_labels(line: str, stamps: Stamps) -> list[FoundLabel]:
    """Labels of publication and update, in order."""
    folded, places = fold_line(line)
    found = []
    for m in stamps.label_pattern.finditer(folded):
        short = m.group("short")
        label, language = (stamps.short_labels[short], None) if short else stamps.label_of[" ".join(m.group().split())]
        found.append(FoundLabel(places[m.start()], places[m.end() - 1] + 1, label, language))  # type: ignore[arg-type]
    return found


def labels_of(days: list[Day], labels: list[FoundLabel], line: str) -> list[Label | None]:
    """For each day the label nearest before it since the last day, or for the last day one behind it."""
    found: list[Label | None] = []
    last = 0
    for i, day in enumerate(days):
        mine = [x for x in labels if last <= x.start and x.end <= day.start]
        if not mine and i == len(days) - 1:
            mine = [x for x in labels if x.start >= day.end and not any(c.isalnum() for c in line[x.end :])]
        found.append(mine[-1].label if mine else None)
        last = day.end
    return found


# ── joining ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def clocks_of(days: list[Day], clocks: list[Clock]) -> list[Clock | None]:
    """For each day the clock time nearest to it; a time belongs to one day."""
    pairs = sorted((gap(day, clock), i, j) for i, day in enumerate(days) for j, clock in enumerate(clocks))
    of: dict[int, int] = {}
    for _, i, j in pairs:
        if i not in of and j not in of.values():
            of[i] = j
    return [clocks[of[i]] if i in of and days[i].precision == "day" else None for i in range(len(days))]


def gap(day: Day, clock: Clock) -> int:
    """Characters between a date and a time; a time in front is a little farther than one behind."""
    return clock.start - day.end if clock.start >= day.end else 2 * (day.start - clock.end) + 1


def stamp_of(day: Day, clock: Clock | None, label: Label | None, *, line: str, stamps: Stamps) -> Stamp:
    """One stamp from its parts."""
    parts = [(day.start, day.end)]
    if day.weekday_span:
        parts.append(day.weekday_span)
    if clock:
        parts.append((clock.start, clock.end))
    value = day.iso if clock is None else f"{day.iso}T{clock.hour:02}:{clock.minute:02}{offset_on(clock.zone, day.iso, stamps)}"
    glued = any(a[1] == b[0] and line[b[0]].isdigit() for a, b in pairwise(sorted(parts)))
    return Stamp(
        value=value,
        precision="minute" if clock else day.precision,
        span=Span(min(a for a, _ in parts), max(b for _, b in parts)),
        label=label,
        weekday=None if day.weekday is None else WEEKDAYS[day.weekday],
        by=day.by + (".glued" if glued else "") + (f".{label}" if label else ""),
    )


def offset_on(zone: str | None, day: str, stamps: Stamps) -> str:
    """What a zone adds to an ISO instant on a day: an offset as stated, or a name's."""
    if zone is None or zone not in stamps.words.zones:
        return zone or ""
    named = stamps.words.zones[zone]
    if named.summer and named.rule and in_summer(date.fromisoformat(day), named.rule):
        return named.summer
    return named.offset


def page_of(line: str, labels: list[FoundLabel], weekdays: list[NamedDay], stamps: Stamps, hints: Hints) -> Page:
    """What decides about an open order: the page's other dates, a zone of the United States, the languages of the line's words."""
    languages = {x.language for x in labels if x.language} | weekday_languages(weekdays)
    month_first = True if hints.month_first is None and month_first_zone(line, stamps) else hints.month_first
    return Page(stamps, weekdays, frozenset(languages or {hints.language} - {None}), month_first, hints.latest)  # type: ignore[arg-type]


def month_first_zone(line: str, stamps: Stamps) -> bool:
    """Whether the line names a zone of the United States, whose papers put the month first."""
    return any(m.group() in stamps.words.month_first_zones for m in stamps.zone_pattern.finditer(line))
