"""Reckoning with days: TIMEX3 values ↔ first and last day, steps of weeks, months and years, feasts. No text is looked at here."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from dateline.codebook.times import Holiday
from dateline.records import Precision

Bounds = tuple[str | None, str | None, Precision]
UNKNOWN: Bounds = (None, None, "unknown")
VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?:W(?P<week>\d\d)(?P<weekend>-WE)?|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<season>SP|SU|FA|WI)"
    r"|(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T(?P<clock>.+))?)?))?"
)
# First month and number of months of a season, as the northern half of the earth counts them; a winter lies across the new year.
SEASONS = {"SP": (3, 4), "SU": (6, 4), "FA": (9, 4), "WI": (12, 4)}
UNIT_MONTHS = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200, "L": 12000}
UNIT_DAYS = {"D": 1, "W": 7, "F": 14, "WE": 7}


def day_of(iso: str | None) -> date | None:
    """The day that an ISO day or instant begins with; None when there is none such (29 February of a common year, say)."""
    try:
        return date.fromisoformat(iso[:10]) if iso else None
    except ValueError:
        return None


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def make_day(year: int, month: int, day: int) -> date | None:
    """That day, or None when the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def add_months(day: date, months: int) -> date | None:
    """The same day of the month so many months on; the last of the month where it has fewer. None outside years 1 to 9999."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def step(day: date, unit: str, count: int) -> date | None:
    """`count` units from a day; None for a unit shorter than a day, or outside years 1 to 9999."""
    try:
        if unit in UNIT_DAYS:
            return day + timedelta(days=UNIT_DAYS[unit] * count)
        return add_months(day, UNIT_MONTHS[unit] * count) if unit in UNIT_MONTHS else None
    except OverflowError:
        return None


def shift(day: date | None, length: str, way: int) -> date | None:
    """A day moved by a TIMEX3 length (P3D, P2W, P1M, P1Y); None for lengths of hours, uncounted ones, or without a day."""
    match = re.fullmatch(r"P(\d+)([DWMY])", length)
    return step(day, match[2], way * int(match[1])) if day and match else None


def value_at(day: date, unit: str) -> str:
    """The TIMEX3 value of the unit that a day lies in: its week, month, quarter, year, decade …"""
    if unit in ("W", "F"):
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}"
    if unit == "WE":
        return value_at(day, "W") + "-WE"
    if unit == "Q":
        return f"{day.year:04}-Q{(day.month + 2) // 3}"
    iso = day.isoformat()
    return iso[: {"M": 7, "Y": 4, "E": 3, "C": 2, "L": 1}.get(unit, 10)]


@lru_cache(maxsize=4096)
def bounds(value: str) -> Bounds:
    """First and last ISO day of a TIMEX3 value, with its precision. A value that names no stretch of the calendar is unknown."""
    if re.fullmatch(r"\d{3}X?", value):
        return f"{value[:3]}0-01-01", f"{value[:3]}9-12-31", "decade"
    if re.fullmatch(r"\d{2}(?:XX)?", value):
        return f"{value[:2]}00-01-01", f"{value[:2]}99-12-31", "century"
    match = VALUE.fullmatch(re.sub(r"(?:-XX)+$", "", value))  # 1998-10-XX: some day of that month
    if not match:
        return UNKNOWN
    year = int(match["year"])
    if match["day"]:
        day = make_day(year, int(match["month"]), int(match["day"]))
        return UNKNOWN if day is None else (day.isoformat(), day.isoformat(), precision_of_clock(match["clock"]))
    if match["week"]:
        return week_bounds(year, int(match["week"]), weekend=bool(match["weekend"]))
    if match["month"]:
        return month_bounds(year, int(match["month"]), 1, "month")
    if match["quarter"]:
        return month_bounds(year, 3 * int(match["quarter"]) - 2, 3, "quarter")
    if match["half"]:
        return month_bounds(year, 6 * int(match["half"]) - 5, 6, "quarter")
    if match["season"]:
        return season_bounds(year, match["season"])
    return f"{year:04}-01-01", f"{year:04}-12-31", "year"


def precision_of_clock(clock: str | None) -> Precision:
    if not clock:
        return "day"
    if clock[:1].isdigit():
        return "minute" if ":" in clock else "hour"
    return "night" if clock in ("NI", "EV") else "day"


def week_bounds(year: int, week: int, *, weekend: bool) -> Bounds:
    """Monday to Sunday of an ISO week, or its Saturday and Sunday."""
    try:
        first, last = date.fromisocalendar(year, week, 6 if weekend else 1), date.fromisocalendar(year, week, 7)
    except (ValueError, OverflowError):
        return UNKNOWN
    return first.isoformat(), last.isoformat(), "week"


def month_bounds(year: int, month: int, count: int, precision: Precision) -> Bounds:
    """First and last day of `count` months."""
    first = make_day(year, month, 1)
    last = first and add_months(first, count - 1)
    if not first or not last:
        return UNKNOWN
    return first.isoformat(), last.replace(day=monthrange(last.year, last.month)[1]).isoformat(), precision


def season_bounds(year: int, season: str) -> Bounds:
    """A season has no agreed days: four months that hold it; "the winter of 1990" may be either side of the new year."""
    month, count = SEASONS[season]
    if season != "WI":
        return month_bounds(year, month, count, "season")
    last = month_bounds(year, 12, count, "season")[1]
    return (f"{year - 1:04}-12-01", last, "season") if year > 1 and last else UNKNOWN


def feasts(holiday: Holiday, years: Sequence[int]) -> list[date]:
    """The days of a holiday in these years: one that follows the moon may fall twice in one, and is known only where its table reaches."""
    if holiday.moon:
        return [day for day in map(date.fromisoformat, holiday.days) if day.year in years]
    return [day for year in years if (day := feast(holiday, year))]


def feast(holiday: Holiday, year: int) -> date | None:
    """The day of a holiday in a year."""
    if holiday.easter is not None:
        return easter(year) + timedelta(days=holiday.easter) if 1583 <= year <= 4099 else None
    if holiday.month and holiday.day:
        return make_day(year, holiday.month, holiday.day)
    if holiday.month and holiday.weekday and holiday.nth:
        return nth_weekday(year, holiday.month, holiday.weekday, holiday.nth)
    return None


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth Monday (1) … Sunday (7) of a month; nth −1 is the last."""
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    last = date(year, month, monthrange(year, month)[1])
    return last - timedelta(days=(last.isoweekday() - weekday) % 7)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Gauss's rule, as Lichtenberg mended it)."""
    century = year // 100
    moon = 15 + (3 * century + 3) // 4 - (8 * century + 13) // 25
    sun = 2 - (3 * century + 3) // 4
    golden = year % 19
    seed = (19 * golden + moon) % 30
    correction = (seed + golden // 11) // 29
    full_moon = 21 + seed - correction
    sunday = 7 - (year + year // 4 + sun) % 7
    return date(year, 3, 1) + timedelta(days=full_moon + 7 - (full_moon - sunday) % 7 - 1)
