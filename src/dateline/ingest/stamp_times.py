"""Clock times of a stamp: 14:44, 2:44 p.m., 14h44, 14時44分, with the zone where one is stated."""

import re
from typing import NamedTuple

from dateline.codebook.stamps import Stamps

# A time may be glued to a date in front of it (…202014:44) or behind it (14:4428/07…).
COLON = re.compile(
    r"(?:(?<!\d)|(?<=(?:19|20|25)\d\d)|(?<=(?:19|20)\d\d[-/.]\d\d[-/.]\d\d))(?P<h>\d{1,2}):(?P<min>\d{2})(?::[0-5]\d(?:[.,]\d{1,9}(?!\d))?)?"
)
COMPACT = re.compile(r"(?<=\d{8}t)(?P<h>\d{2})(?P<min>\d{2})(?:\d{2})?(?!\d)")
AFTER_DATE = re.compile(r"(?<=\d{4})(?:,|\s-)?\s(?:at\s)?(?P<h>\d{1,2})[.](?P<min>\d{2})(?!\d|[.]\d)")
OFFSET = re.compile(r"\s?\(?(?:(?:gmt|utc|tsi)\s?)?(?P<sign>[+\-−])(?P<h>\d{1,2}):?(?P<min>[0-5]\d)?(?![\d/.])\)?")
SPACE = re.compile(r"[\s,]*\(?")
NO_ZONE = "\0"


class Clock(NamedTuple):
    """A time of day: characters [start, end), hour and minute, and the zone: an ISO offset or a name of the codebook."""

    start: int
    end: int
    hour: int
    minute: int
    zone: str | None


def find_clocks(line: str, stamps: Stamps) -> tuple[list[Clock], str]:
    """The times of a folded line in order, and the line with their characters blanked."""
    found: list[Clock] = []
    for pattern in (COLON, COMPACT, *stamps.clock_patterns, AFTER_DATE):
        for m in pattern.finditer(line):
            clock = clock_of(m, line, stamps)
            if clock:
                found.append(clock)
                line = blanked(line, clock.start, clock.end)
    return sorted(found), line


def clock_of(m: re.Match[str], line: str, stamps: Stamps) -> Clock | None:
    """The time of a match, with a half of the day and a zone beside it; None when there is no such time."""
    hour, minute = int(m.group("h")), int(m.group("min") or 0)
    start, end = m.start("h"), m.end()
    half, start, end = half_of_day(line, start, end, stamps)
    if hour > 23 or minute > 59:
        return None
    if half == "pm" and hour < 12:
        hour += 12
    elif half == "am" and hour == 12:
        hour = 0
    zone, end = zone_at(line, end, stamps)
    return Clock(start, end, hour, minute, zone)


def half_of_day(line: str, start: int, end: int, stamps: Stamps) -> tuple[str | None, int, int]:
    """am or pm as said beside a time, and the time's characters with it."""
    space = SPACE.match(line, end)
    after = stamps.half_pattern.match(line, space.end() if space else end)
    if after:
        return side(after), start, after.end()
    for before in stamps.half_pattern.finditer(line, max(0, start - 12), start):
        if not line[before.end() : start].strip():
            return side(before), before.start(), end
    return None, start, end


def side(m: re.Match[str]) -> str:
    """Before or after noon."""
    return "am" if m.group("am") or m.group("am2") else "pm"


def zone_at(line: str, at: int, stamps: Stamps) -> tuple[str | None, int]:
    """The zone stated right behind a time, and where it ends."""
    offset = OFFSET.match(line, at)
    if offset and int(offset["h"]) <= 14 and (offset["min"] or "gmt" in offset.group() or "utc" in offset.group() or len(offset["h"]) == 2):
        return iso_offset(offset), offset.end()
    space = SPACE.match(line, at)
    begin = space.end() if space else at
    named = stamps.zone_names.match(line, begin)
    if not named:
        return None, at
    more = OFFSET.match(line, named.end()) if named.group() in ("gmt", "utc") else None
    if more and int(more["h"]) <= 14:
        return iso_offset(more), more.end()
    return stamps.zone_of[named.group()], named.end()


def iso_offset(m: re.Match[str]) -> str:
    """+03:00 from +3, +0300, GMT+3."""
    sign = "+" if m["sign"] == "+" else "-"
    return f"{sign}{int(m['h']):02}:{m['min'] or '00'}"


def blanked(line: str, start: int, end: int) -> str:
    """The line with characters [start, end) made a mark that no date reads over."""
    return line[:start] + "|" * (end - start) + line[end:]
