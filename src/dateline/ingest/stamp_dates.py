"""Dates of a stamp: numbers in any order, month names in any language, other calendars; the weekday decides where the order is open."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from dateline.codebook.stamps import Stamps
from dateline.ingest.calendars import BUDDHIST_YEARS, JALALI_YEARS, from_ethiopic, from_jalali, gregorian
from dateline.ingest.stamp_names import NamedDay, Word, find_named, words_of

EARLIEST = 1600
YEAR_FIRST = re.compile(r"(?<![\d.])(?P<y>\d{4})\s?(?P<s>[-/.‐–])\s?(?P<m>\d{1,2})\s?(?P=s)\s?(?P<d>\d{1,2})(?!\d)")
YEAR_LAST = re.compile(r"(?<!\d)(?P<a>\d{1,2})\s?(?P<s>[-/.‐–])\s?(?P<b>\d{1,2})\s?(?P=s)\s?(?P<y>\d{4}|\d{2})(?!\d)")
COMPACT = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d{2})(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)(?!\d)")
MOST_BETWEEN = 16  # characters between the parts of one date
WEEKDAY_REACH = 16  # characters between a weekday and its date


class Page(NamedTuple):
    """What a line and its page tell about the order and the language of a date."""

    stamps: Stamps
    weekdays: list[NamedDay]
    languages: frozenset[str]  # of the labels and weekdays of the line, and of the page
    month_first: bool | None
    latest: date | None


class Day(NamedTuple):
    """A date read: characters [start, end), its ISO form, its precision, the weekday beside it, and the rule."""

    start: int
    end: int
    iso: str
    precision: str
    weekday: int | None
    weekday_span: tuple[int, int] | None
    by: str


class Option(NamedTuple):
    """One day that some characters may mean, and what speaks for it."""

    day: date
    order: str  # dmy, mdy, ymd
    languages: frozenset[str]


class Reading(NamedTuple):
    """Characters [start, end) that state a date, the days they may mean, and the rule."""

    start: int
    end: int
    options: list[Option]
    by: str
    precision: str = "day"
    month_word: tuple[int, int] | None = None
    dotted: bool = False  # a point behind the day's number
    separator: str = ""


def find_days(line: str, page: Page) -> list[Day]:
    """The dates of a folded line, in order. A date that may be two days is left out unless something decides between them."""
    readings: list[Reading] = []
    for find in READERS:
        for reading in find(line, page):
            if all(reading.end <= r.start or r.end <= reading.start for r in readings):
                readings.append(reading)
    days = (day_of(r, page) for r in sorted(readings, key=lambda r: r.start))
    return [d for d in days if d is not None]


def day_of(reading: Reading, page: Page) -> Day | None:
    """The day of a reading, when one alone is left."""
    weekday = weekday_beside(reading, page.weekdays)
    options = reading.options
    for decide in (in_time, in_separator, on_weekday, in_order, in_language):
        if len({o.day for o in options}) <= 1:
            break
        options = decide(options, reading, weekday, page)
    if len({o.day for o in options}) != 1 or not in_time(options, reading, weekday, page):
        return None
    found = options[0].day
    iso = found.isoformat()[: {"day": 10, "month": 7, "year": 4}[reading.precision]]
    number = printed_weekday(weekday, found)
    span = (weekday.start, weekday.end) if weekday and number is not None else None
    return Day(reading.start, reading.end, iso, reading.precision, number, span, reading.by)


# ── what decides between two days ───────────────────────────────────────────────────────────────────────────────────


def in_time(options: list[Option], reading: Reading, weekday: NamedDay | None, page: Page) -> list[Option]:
    """Days that are not after the last one a date can name."""
    return [o for o in options if page.latest is None or o.day <= page.latest]


def on_weekday(options: list[Option], reading: Reading, weekday: NamedDay | None, page: Page) -> list[Option]:
    """Days that fall on the weekday printed beside them; all when none does."""
    return [o for o in options if weekday and o.day.weekday() in weekday.numbers] or options


def in_order(options: list[Option], reading: Reading, weekday: NamedDay | None, page: Page) -> list[Option]:
    """Days in the order that the page, the zone, the separator or a foreign word asks for; all when nothing asks."""
    first = page.month_first
    if first is None and page.languages and "en" not in page.languages:
        first = False
    return options if first is None else [o for o in options if (o.order == "mdy") == first] or options


def in_separator(options: list[Option], reading: Reading, weekday: NamedDay | None, page: Page) -> list[Option]:
    """Days that the sign between the numbers allows: points put no month first, and a year of two digits first only in few languages."""
    if reading.separator == ".":
        options = [o for o in options if o.order != "mdy"] or options
    if page.languages:
        early = page.languages <= frozenset(page.stamps.words.year_first)
        options = [o for o in options if (o.order == "ymd") == early] or options
    return options


def in_language(options: list[Option], reading: Reading, weekday: NamedDay | None, page: Page) -> list[Option]:
    """Days whose month is so named in the page's language; else in one that puts (or does not put) a point behind the day."""
    spoken = [o for o in options if o.languages & page.languages]
    if spoken:
        return spoken
    dotted = frozenset(page.stamps.words.dotted_day)
    return [o for o in options if (o.languages & dotted if reading.dotted else o.languages - dotted)] or options


def weekday_beside(reading: Reading, weekdays: list[NamedDay]) -> NamedDay | None:
    """The weekday named nearest to a date; a short word only right beside it."""
    near = []
    for w in weekdays:
        if reading.month_word and w.start < reading.month_word[1] and reading.month_word[0] < w.end:
            continue
        distance = max(reading.start - w.end, w.start - reading.end, 0)
        if distance <= (4 if w.end - w.start <= 3 else WEEKDAY_REACH):
            near.append((distance, w.start, w))
    return min(near)[2] if near else None


def printed_weekday(weekday: NamedDay | None, day: date) -> int | None:
    """Which weekday the word means: the date's own when it can, else its only meaning; None when it has several others, or may be another word."""
    if weekday is None:
        return None
    if day.weekday() in weekday.numbers:
        return day.weekday()
    return next(iter(weekday.numbers)) if weekday.sure and len(weekday.numbers) == 1 else None


# ── dates of numbers ────────────────────────────────────────────────────────────────────────────────────────────────


def marked(line: str, page: Page) -> Iterator[Reading]:
    """Numbers with words between them: 2020年7月28日, ngày 28 tháng 7 năm 2020, and years of an era."""
    adds = {e.name: e.add for e in page.stamps.words.eras}
    for pattern in page.stamps.date_patterns:
        for m in pattern.finditer(line):
            era = m.groupdict().get("era")
            year = (1 if m["y"] == "元" else int(m["y"])) + adds.get(era or "", 0)
            if era is None and len(m["y"]) != 4:
                continue
            day = civil(year, int(m["m"]), int(m["d"]))
            if day:
                yield Reading(m.start(), m.end(), [Option(day, "ymd", frozenset())], "era" if era else "marked")


def year_first(line: str, page: Page) -> Iterator[Reading]:
    """2020-07-28, 2020/7/28, 2020. 7. 28, 1399/05/07."""
    for pattern, by in ((YEAR_FIRST, "year_first"), (COMPACT, "compact")):
        for m in pattern.finditer(line):
            day = civil(int(m["y"]), int(m["m"]), int(m["d"]))
            if day:
                yield Reading(m.start(), m.end(), [Option(day, "ymd", frozenset())], by)


def year_last(line: str, page: Page) -> Iterator[Reading]:
    """28/07/2020, 07/28/2020, 28.7.20: both orders, and the year first when it has two digits."""
    for m in YEAR_LAST.finditer(line):
        a, b, y = int(m["a"]), int(m["b"]), int(m["y"])
        year = y if len(m["y"]) == 4 else full_year(y, page.latest)
        orders = [("dmy", civil(year, b, a))]
        if year not in BUDDHIST_YEARS and year not in JALALI_YEARS:
            orders.append(("mdy", civil(year, a, b)))
        if len(m["y"]) == 2:
            orders.append(("ymd", civil(full_year(a, page.latest), b, y)))
        options = [Option(day, order, frozenset()) for order, day in orders if day]
        if options:
            yield Reading(m.start(), m.end(), options, "year_last", separator=m["s"])


def full_year(two_digits: int, latest: date | None) -> int:
    """A year of two digits: of this century unless that is still to come."""
    return 2000 + two_digits if two_digits <= (latest.year - 2000 if latest else 68) else 1900 + two_digits


def civil(year: int, month: int, day: int) -> date | None:
    """The day that three numbers name: by their year Gregorian, Buddhist or Iranian. None when there is no such day."""
    if year in BUDDHIST_YEARS:
        return gregorian(year - 543, month, day)
    if year in JALALI_YEARS:
        return from_jalali(year, month, day)
    return gregorian(year, month, day) if year >= EARLIEST else None


# ── dates with a month's name ───────────────────────────────────────────────────────────────────────────────────────


class Parts(NamedTuple):
    """The numbers that go with a month's name: the words of day and year (day None: a month alone)."""

    day: Word | None
    year: Word
    order: str


def named(line: str, page: Page) -> Iterator[Reading]:
    """A month's name with day and year beside it, in any order."""
    words = words_of(line)
    used: set[int] = set()
    for table, calendar in ((page.stamps.months, "gregorian"), (page.stamps.jalali, "jalali"), (page.stamps.ethiopic, "ethiopic")):
        for i, j, months in find_named(line, words, table, page.stamps):
            parts = parts_beside(line, words, i, j, used, page)
            if parts is None:
                continue
            options = [
                Option(day, parts.order, languages)
                for month, languages in sorted(months.items())
                if (day := named_day(parts, month, languages, calendar, page.latest))
            ]
            if options:
                spans = [(words[i].start, words[j - 1].end), *((w.start, w.end) for w in (parts.day, parts.year) if w)]
                used.update(a for a, _ in spans)
                yield Reading(
                    min(a for a, _ in spans),
                    max(b for _, b in spans),
                    options,
                    "named" if calendar == "gregorian" else calendar,
                    precision="day" if parts.day else "month",
                    month_word=spans[0],
                    dotted=parts.day is not None and line[parts.day.end : parts.day.end + 1] == ".",
                )


def parts_beside(line: str, words: Sequence[Word], i: int, j: int, used: set[int], page: Page) -> Parts | None:
    """Day and year beside the month's words [i, j): day-month-year first, then month-day-year, year-month-day, year-day-month."""
    left = numbers_from(line, words, i, -1, used, page)
    right = numbers_from(line, words, j - 1, 1, used, page)
    l1, l2, r1, r2 = *[*left, None, None][:2], *[*right, None, None][:2]
    if is_day(l1) and is_year(r1):
        return Parts(l1, r1, "dmy")  # type: ignore[arg-type]
    if is_day(r1) and is_year(r2):
        return Parts(r1, r2, "mdy")  # type: ignore[arg-type]
    if is_year(l1) and is_day(r1):
        return Parts(r1, l1, "ymd")  # type: ignore[arg-type]
    if is_day(l1) and is_year(l2):
        return Parts(l1, l2, "ydm")  # type: ignore[arg-type]
    if is_day(l1) and r1 is not None and len(r1.text) == 2 and tight(line, words[j - 1].end, r1.start):
        return Parts(l1, r1, "dmy")
    if (is_year(r1) or is_year(l1)) and not any(w is not None and len(w.text) < 4 for w in (l1, r1)):
        return Parts(None, r1 if is_year(r1) else l1, "my")  # type: ignore[arg-type]
    return None


def tight(line: str, start: int, end: int) -> bool:
    """Whether a two-digit year stands right behind its month: 28-Jul-20, 28 Jul '20."""
    return line[start:end] in ("-", " ", " '", "-'", " ’", "/", ". ", ".")


def numbers_from(line: str, words: Sequence[Word], at: int, step: int, used: set[int], page: Page) -> list[Word | None]:
    """Up to two numbers in one direction, over fillers and weekdays only."""
    found: list[Word | None] = []
    edge = words[at]
    weekday_words = {a for w in page.weekdays for a in range(w.start, w.end)}
    k = at + step
    while 0 <= k < len(words) and len(found) < 2:
        word = words[k]
        gap = line[edge.end : word.start] if step > 0 else line[word.end : edge.start]
        if len(gap.replace("|", "")) > 4 or len(gap) > MOST_BETWEEN or word.start in used:
            break
        if word.number:
            found.append(word)
        elif word.text not in page.stamps.fillers and word.start not in weekday_words:
            break
        edge, k = word, k + step
    return found


def is_day(word: Word | None) -> bool:
    """Whether a number can be a day of the month."""
    return word is not None and len(word.text) <= 2 and 1 <= int(word.text) <= 31


def is_year(word: Word | None) -> bool:
    """Whether a number can be a year."""
    return word is not None and len(word.text) == 4


def named_day(parts: Parts, month: int, languages: frozenset[str], calendar: str, latest: date | None) -> date | None:
    """The day of a month's name by its calendar; the first of the month when no day is stated."""
    year, day = int(parts.year.text), int(parts.day.text) if parts.day else 1
    short = len(parts.year.text) == 2
    if calendar == "jalali":
        return from_jalali(year + (1300 if year >= 50 else 1400) if short else year, month, day)
    if calendar == "ethiopic":
        return from_ethiopic(year, month, day) if year > 1800 else None
    if short:
        return gregorian(2500 + year - 543, month, day) if languages & {"th", "lo"} else gregorian(full_year(year, latest), month, day)
    if year in BUDDHIST_YEARS:
        return gregorian(year - 543, month, day)
    return gregorian(year, month, day) if year >= EARLIEST else None


def impossible(line: str, page: Page) -> bool:
    """Whether the line states numbers in the form of a date that no calendar has: 31/02/2020, February 30, 2018."""
    for m in (*YEAR_FIRST.finditer(line), *YEAR_LAST.finditer(line)):
        if len(m["y"]) == 4 and EARLIEST <= int(m["y"]) < 2700:
            return True
    words = words_of(line)
    found = find_named(line, words, page.stamps.months, page.stamps)
    return any(parts.day is not None for i, j, _ in found if (parts := parts_beside(line, words, i, j, set(), page)))


READERS: tuple[Callable[[str, Page], Iterator[Reading]], ...] = (marked, year_first, year_last, named)
