"""The small time axis of a report: days against the day of printing, on a scale that holds a week and a century."""

from datetime import date
from math import log10

from dateline.records import Base, Event, Record

WIDTH, ROW, TOP = 720, 13, 30
LEAST, STUB = 7.0, 26.0  # pixels: the narrowest bar, and how far an open end is drawn
MOST_ROWS = 12
TICKS = ((0, "printed"), (7, "week"), (30, "month"), (365, "year"), (3652, "10 years"), (36525, "century"))
LANES = ("new", "ongoing", "background")


class Bar(Base, frozen=True, kw_only=True):
    """One event on the axis, in pixels of `WIDTH`; an end that is `open` is drawn as a stub."""

    key: str
    x: float
    width: float
    y: int
    tone: str
    open: bool
    label: str


class Axis(Base, frozen=True, kw_only=True):
    """What is drawn: bars, ticks (x, label), lanes (y, name), height; `undated` counts the events without a day."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]
    lanes: tuple[tuple[int, str], ...]
    height: int
    undated: int


def axis_of(record: Record) -> Axis | None:
    """The axis of a record; None when it has no day of printing or no dated event."""
    printed = _day(record.report.reference.value if record.report.reference else None)
    dated = [e for e in record.events if _day(e.when.start) or _day(e.when.end)]
    if printed is None or not dated:
        return None
    bars: list[Bar] = []
    lanes, y = [], TOP
    for lane in LANES:
        here = sorted(((_extent(e, printed), e) for e in dated if e.reported_as == lane), key=lambda pair: pair[0])
        lanes.append((y, lane))
        ends: list[float] = []
        for (x, right), event in here:
            row = next((i for i, end in enumerate(ends) if end + 2 <= x), len(ends) if len(ends) < MOST_ROWS else MOST_ROWS - 1)
            ends[row : row + 1] = [right]
            bars.append(_bar(event, x, right, y + row * ROW))
        y += ROW * max(1, len(ends)) + 8
    ticks = [(_x(-days), label) for days, label in TICKS]
    if any(b.x > _x(0) + 1 for b in bars):
        ticks += [(_x(days), f"+{label}") for days, label in (TICKS[2], TICKS[4])]  # the years between would stand on each other
    return Axis(bars=tuple(bars), ticks=tuple(ticks), lanes=tuple(lanes), height=y, undated=len(record.events) - len(dated))


def _extent(event: Event, printed: date) -> tuple[float, float]:
    """Left and right edge of an event's bar."""
    first, last = _day(event.when.start), _day(event.when.end)
    left = _x((first - printed).days) if first else None
    right = _x((last - printed).days) if last else None
    if left is None or right is None:
        known = left if left is not None else right or 0.0
        return (known, known + STUB) if left is not None else (known - STUB, known)
    return left, max(right, left + LEAST)


def _bar(event: Event, left: float, right: float, y: int) -> Bar:
    label = f"{event.type or 'state'} {event.when.start or '…'} – {event.when.end or '…'}"
    is_open = event.when.start is None or event.when.end is None
    return Bar(key=event.id, x=round(left, 1), width=round(right - left, 1), y=y, tone=event.reported_as, open=is_open, label=label)


def _x(days: int) -> float:
    side = log10(1 + abs(days)) / log10(1 + 36525)
    return round(WIDTH * 0.8 * (1 - min(1.0, side)), 1) if days <= 0 else round(WIDTH * (0.8 + 0.2 * min(1.0, side)), 1)


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None
