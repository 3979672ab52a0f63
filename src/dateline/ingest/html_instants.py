"""The instants in a page's data: the many ways in which pages write them → ISO, with the zone where it is stated."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from dateline.records import Base

EARLIEST_YEAR, LATEST_YEAR = 1990, 2100
ISO = re.compile(
    r"\s*(?P<y>\d{4})-?(?P<m>\d{2})-?(?P<d>\d{2})(?:(?:\s*[Tt]\s*|\s+)(?P<h>\d{1,2}):?(?P<min>\d{2})(?::?(?P<s>\d{2})(?:[.,:](?P<f>\d{1,9}))?)?"
    r"\s*(?P<z>[Zz]|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?\s*"
)
MILLISECONDS, SECONDS = re.compile(r"1\d{12}"), re.compile(r"1\d{9}")


class Instant(Base, frozen=True, kw_only=True):
    """A moment, or a day, as the page states it: ISO, with the zone where stated."""

    value: str
    precision: str  # minute or day

    @property
    def moment(self) -> datetime:
        """For comparing: without a zone it is taken as UTC."""
        moment = datetime.fromisoformat(self.value)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    @property
    def has_zone(self) -> bool:
        """Does the page state the zone?"""
        return self.precision == "minute" and datetime.fromisoformat(self.value).tzinfo is not None


def read_instant(written: object) -> Instant | None:
    """The instant that a datum states, or None when it states none, or an impossible one."""
    text = str(written).strip() if isinstance(written, str | int) else ""
    if not text or len(text) > 60:
        return None
    if match := ISO.fullmatch(text):
        return _from_iso(match)
    if MILLISECONDS.fullmatch(text) or SECONDS.fullmatch(text):
        return _instant(datetime.fromtimestamp(int(text[:10]), UTC))
    try:
        return _instant(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _from_iso(match: re.Match[str]) -> Instant | None:
    part = match.groupdict()
    day = f"{part['y']}-{part['m']}-{part['d']}"
    clock = "" if part["h"] is None else f"T{int(part['h']):02}:{part['min']}:{part['s'] or '00'}"
    zone = part["z"] or ""
    zone = "+00:00" if zone.upper() in ("Z", "UTC", "GMT") else zone if len(zone) != 3 else zone + ":00"
    try:
        moment = datetime.fromisoformat(day + clock + zone)
    except ValueError:
        return None
    if clock:
        return _instant(moment)
    return Instant(value=day, precision="day") if EARLIEST_YEAR <= moment.year <= LATEST_YEAR else None


def _instant(moment: datetime) -> Instant | None:
    if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
        return None
    return Instant(value=moment.replace(microsecond=0).isoformat(), precision="minute")
