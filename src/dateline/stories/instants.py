"""Instants that compare: zones respected, days as days, the unknown last and never guessed."""

from datetime import UTC, datetime


def instant_key(published: str | None) -> tuple[int, str]:
    """A key to sort by: instants in UTC; a stamp without a zone as printed; unknown ones after all others."""
    if not published:
        return 1, ""
    try:
        instant = datetime.fromisoformat(published)
    except ValueError:
        return 0, published
    if instant.tzinfo is not None:
        instant = instant.astimezone(UTC)
    return 0, instant.replace(tzinfo=None).isoformat() if len(published) > 10 else published


def earlier(a: str | None, b: str | None) -> bool | None:
    """Whether a is surely before b; None where one is unknown, or where days or missing zones leave it open."""
    if not a or not b:
        return None
    if a[:10] != b[:10] and abs((_day(a) - _day(b)).days) > 1:
        return a[:10] < b[:10]
    try:
        x, y = datetime.fromisoformat(a), datetime.fromisoformat(b)
    except ValueError:
        return None
    if len(a) <= 10 or len(b) <= 10 or (x.tzinfo is None) != (y.tzinfo is None):
        return None
    return x < y


def _day(value: str) -> datetime:
    return datetime.fromisoformat(value[:10])
