"""The small time axis of a report: days against the day of printing, on a scale that holds a week and a century."""

from datetime import date
from math import log10

from dateline.records import Base, Record

WIDTH, LANE, TOP = 720, 26, 34
TICKS = ((0, "printed"), (7, "week"), (30, "month"), (365, "year"), (3652, "10 years"), (36525, "century"))
LANES = ("new", "ongoing", "background")


class Bar(Base, frozen=True, kw_only=True):
    """One event on the axis: left edge and width in pixels of `WIDTH`, and its lane."""

    key: str
    x: float
    width: float
    y: int
    tone: str
    label: str


class Axis(Base, frozen=True, kw_only=True):
    """What is drawn: bars, ticks (x, label), height; `undated` counts the events without a day."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]
    height: int
    undated: int
    lanes: tuple[tuple[int, str], ...]


def axis_of(record: Record) -> Axis | None:
    """The axis of a record; None when it has no day of printing or no dated event."""
    printed = _day(record.report.published.value if record.report.published else None)
    dated = [(e, a, b) for e in record.events if (a := _day(e.when.start)) or _day(e.when.end) for b in [_day(e.when.end)]]
    if printed is None or not dated:
        return None
    bars = []
    for event, first, last in dated:
        x0 = _x((first - printed).days if first else -36525)
        x1 = _x((last - printed).days if last else 0)
        label = f"{event.type or 'state'} {event.when.start or '…'} – {event.when.end or '…'}"
        y = TOP + LANES.index(event.reported_as) * LANE
        bars.append(Bar(key=event.id, x=min(x0, x1), width=max(7.0, abs(x1 - x0)), y=y, tone=event.reported_as, label=label))
    ticks = [(_x(-days), label) for days, label in TICKS]
    if any(b.x > _x(0) + 1 for b in bars):
        ticks += [(_x(days), f"+{label}") for days, label in TICKS[1:4]]
    lanes = tuple((TOP + i * LANE, name) for i, name in enumerate(LANES))
    undated = len(record.events) - len(dated)
    return Axis(bars=tuple(bars), ticks=tuple(ticks), height=TOP + LANE * len(LANES) + 4, undated=undated, lanes=lanes)


def _x(days: int) -> float:
    reach = log10(1 + 36525)
    side = log10(1 + abs(days)) / reach
    return round(WIDTH * 0.8 * (1 - side), 1) if days <= 0 else round(WIDTH * (0.8 + 0.2 * min(1.0, side)), 1)


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None
