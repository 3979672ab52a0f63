"""What the readings of times look at: the report's day, the days that the text has spoken of so far, and the tense around."""

import re
from collections.abc import Iterable
from datetime import date

from dateline.codebook.times import TimeRules
from dateline.records import FoundTime, Time
from dateline.resolve import calendar
from dateline.resolve.calendar import day_of, make_day

DEICTIC = frozenset({"near_day", "relative", "ago", "weekend"})  # readings that count from the report
LONG_AGO = 3  # years between report and story from which a report's bare months follow the story, not the report


class Flow:
    """What the readings look at: the day of the report, the days that the text has spoken of so far, and the verb's tense."""

    def __init__(self, rules: TimeRules, published: str | None, found: Iterable[FoundTime]) -> None:
        self.rules = rules
        self.day = day_of(published)  # of the report
        self.text_day: date | None = None  # last spoken of, the first day of a month or year
        self.text_unit = "D"
        self.quarter: str | None = None
        self.way = 0
        found = tuple(found)
        self.stated = stated_days(found)
        self.month_first = month_first(found)
        self.historical = is_historical(found, self.day)

    @property
    def base(self) -> date | None:
        """The day to count from where the text counts from itself."""
        return self.text_day or self.day

    def note(self, time: Time, reading: str) -> None:
        """Remember the day of a time just read; a history's "now" is that of its writer."""
        if self.historical and reading in DEICTIC:
            return
        start = day_of(time.start)
        if time.type in ("DATE", "TIME") and start and time.value[:1].isdigit():
            self.text_day = start
            self.text_unit = {"month": "M", "year": "Y", "week": "W", "quarter": "Q"}.get(calendar.bounds(time.value)[2], "D")
        if "-Q" in time.value and not (self.day and int(time.value[:4]) < self.day.year and self.quarter):
            self.quarter = time.value


def stated_days(found: tuple[FoundTime, ...]) -> tuple[date, ...]:
    """Full dates that the report gives with their year, sorted."""
    days = set()
    for f in found:
        p = f.parts
        if all(isinstance(p.get(k), int) for k in ("year", "month", "day")) and "era" not in p:
            day = make_day(int(p["year"]), int(p["month"]), int(p["day"]))
            days |= {day} if day else set()
    return tuple(sorted(days))


def month_first(found: tuple[FoundTime, ...]) -> bool | None:
    """Whether the report's dates in figures put the month first, from one that can be read only so; None when none tells."""
    orders = set()
    for f in found:
        numbers = [int(x) for x in re.findall(r"\d+", str(f.parts.get("slash") or f.parts.get("dots") or ""))]
        if len(numbers) == 3 and max(numbers[:2]) > 12 >= min(numbers[:2]):
            orders.add(numbers[1] > 12)
    return orders.pop() if len(orders) == 1 else None


def is_historical(found: tuple[FoundTime, ...], day: date | None) -> bool:
    """A text of many years, hardly one weekday, tells a history: its bare months belong to the year told of last."""
    if day is None:
        return True
    years = [int(f.parts["year"]) for f in found if isinstance(f.parts.get("year"), int)]
    near = sum(f.reading in ("weekday", "near_day") for f in found)
    return len(years) > max(4, 8 * near) and sum(abs(y - day.year) >= LONG_AGO for y in years) > 0.6 * len(years)
