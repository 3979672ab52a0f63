"""Times: the words that say when, and what they resolve to (TIMEX3; EDTF for a range kept whole)."""

from typing import Literal

from dateline.records.base import Base, Interval, Span

TimeType = Literal["DATE", "TIME", "DURATION", "SET", "INTERVAL"]
Precision = Literal[
    "minute", "hour", "night", "day", "week", "month", "quarter", "season", "year", "decade", "century", "open", "bounded", "unknown"
]
WhenBasis = Literal["stated", "relative", "inherited", "bounded", "dateline", "unknown"]


class Time(Base, frozen=True, kw_only=True):
    """One time expression. `start` and `end` are ISO days (or instants); None where open, unknown or a plain duration."""

    span: Span
    type: TimeType
    value: str
    start: str | None = None
    end: str | None = None
    mod: str | None = None  # TIMEX3 modifier: APPROX, BEFORE, AFTER, MORE_THAN, START, MID, END, …
    base: str | None = None  # of an anniversary: the day or year it looks back on
    by: str = ""


class FoundTime(Base, frozen=True, kw_only=True):
    """The words of one time expression, with what they mean before an anchor is known."""

    span: Span
    type: TimeType
    rule: str
    parts: dict[str, str | int | float] = {}
    reading: str = ""  # how the parts become a value: a function of resolve/readings.py


class When(Base, frozen=True, kw_only=True):
    """When something happened: first and last day, how exactly, on what basis, and the words that say so."""

    start: str | None = None
    end: str | None = None
    precision: Precision = "unknown"
    basis: WhenBasis = "unknown"
    spans: tuple[Span, ...] = ()


__all__ = ["Interval", "Precision", "Time", "TimeType", "When", "WhenBasis"]
