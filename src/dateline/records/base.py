"""The base of every record, and the span that every value points with."""

import msgspec


class Base(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Frozen, keyword-only, typed; a mistyped key is refused."""


class Span(msgspec.Struct, frozen=True, order=True, forbid_unknown_fields=True):
    """Characters `[start, end)` of the report's canonical text, in Unicode code points."""

    start: int
    end: int


class Interval(Base, frozen=True, kw_only=True):
    """ISO days, both included; None is an open or unknown end."""

    start: str | None = None
    end: str | None = None


class Value(Base, frozen=True, kw_only=True):
    """A field of the report: its value, the characters that say it, or where in the page's data it stands.

    Every value has a span or a `from` (`json-ld:/datePublished`, `meta:og:title`, `column:published`, …).
    """

    value: str
    span: Span | None = None
    source: str | None = msgspec.field(default=None, name="from")
    by: str
    weekday: str | None = None  # English name, when a stamp prints one
    precision: str | None = None  # of a stamp: minute, day, month, year
