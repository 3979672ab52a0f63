"""Time expressions → TIMEX3 values, against the publication day, the tense and the flow of the text."""

import re
from datetime import date

from msgspec.structs import replace

from dateline.codebook import Codebook
from dateline.codebook.times import Holiday, TimeRules
from dateline.records import Analysis, Fields, FoundTime, Span, Time, Value
from dateline.resolve import calendar
from dateline.resolve.calendar import day_of, iso, make_day, step
from dateline.resolve.flow import Flow
from dateline.resolve.readings import READINGS, anniversary_base
from dateline.resolve.tense import way_of
from dateline.syntax import tokens_in

STAMP_PIECES = re.compile(
    r"(?P<date>\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{4})|(?P<clock>(?<!\d)\d{1,2}:\d\d)|(?P<word>[^\W\d_]{2,})"
)
FROM_UPDATE = ", from the update"  # what the rule's name adds where the report gives no other day to count from
DAYS_TO_PRINT = 3  # from the dateline's day to that of printing, at most
SEVERAL = 7  # the most that "a few" units are taken to be


def resolve_times(
    found: tuple[FoundTime, ...], a: Analysis, fields: Fields, codebook: Codebook, *, language: str = "en"
) -> tuple[Time, ...]:
    """One Time for each expression that can be read, in order of the text, the stamps of the report included."""
    rules = codebook.times.languages[language]
    stamps = [time for value in (fields.published, fields.updated) if value and value.span for time in stamp_times(value, a.text)]
    covered = [value.span for value in (fields.published, fields.updated) if value and value.span]
    found = share_years(tuple(f for f in found if not any(f.span.start < s.end and s.start < f.span.end for s in covered)))
    flow = Flow(rules, fields.reference.value if fields.reference else None, found)
    flow.day = written_on(found, a, flow.day) or flow.day
    times: list[Time] = []
    for one in found:
        if one.reading != "range":
            flow.way = way_at(a, one.span, rules)
            time = read_time(one, flow)
            if time:
                if not fields.published and flow.day and time.value[:4] not in a.text[one.span.start : one.span.end]:
                    time = replace(time, by=f"{time.by}{FROM_UPDATE}")
                flow.note(time, one.reading)
                times.append(time)
    times += read_ranges(found, times)
    return tuple(sorted(stamps + times, key=lambda t: (t.span.start, -t.span.end)))


def written_on(found: tuple[FoundTime, ...], a: Analysis, printed: date | None) -> date | None:
    """The day of a dateline that lies shortly before that of printing: "PATNA, Nov. 1 -" in the paper of the 2nd, where "today" is the 1st."""
    body = next((b.start for b in a.blocks if b.kind == "body"), 0)
    lines = [b for b in a.blocks if b.kind in ("dateline", "caption") and b.start < body]
    for f in found:
        month, day = f.parts.get("month"), f.parts.get("day")
        if f.reading == "date" and isinstance(month, int) and isinstance(day, int) and printed:
            written = make_day(int(f.parts.get("year", printed.year - (month > printed.month))), month, day)
            opens = any(b.start <= f.span.start < b.end for b in lines)
            if opens and written and 0 < (printed - written).days <= DAYS_TO_PRINT:
                return written
    return None


def way_at(a: Analysis, span: Span, rules: TimeRules) -> int:
    """Whether the words around an expression look back or ahead; 0 outside the parsed paragraphs, or in a language without tenses."""
    if not rules.when["will"]:
        return 0
    tokens = tokens_in(a, span)
    top = next((t for t in tokens if a.head[t] not in tokens or a.head[t] == t), None)
    return 0 if top is None else way_of(a, top, rules.when)


def read_time(one: FoundTime, flow: Flow) -> Time | None:
    """The expression with its value; None where its words turn out to be no time."""
    try:
        value = READINGS[one.reading](one.parts, flow)
    except (OverflowError, ValueError):
        return None  # a day outside the calendar's years 1 to 9999
    if value is None:
        return None
    start, end = bounds_of(value)
    if value == "PAST_REF" and one.reading == "ago":
        start, end = some_time_ago(str(one.parts["unit"]), flow.day)
    elif one.reading == "ago" and flow.day and one.parts.get("about") in ("LESS_THAN", "MORE_THAN"):
        start, end = more_or_less_ago(one, start, end, flow.day)
    elif one.reading == "season" and value.endswith("-WI") and not {"year", "spoken_century", "of_year", "textual"} & one.parts.keys():
        start, end = near_winter(one, flow) or (start, end)
    elif one.reading == "holiday":
        start, end = kept_on(flow.rules.holidays[str(one.parts["holiday"])], value, start, end)
    kind = one.type
    if kind == "DATE" and re.match(r"P[\dXT]", value):
        kind = "DURATION"
    if kind == "DATE" and re.match(r"\d{4}-\d\d-\d\dT", value):
        kind = "TIME"
    if start and kind == "TIME" and re.search(r"T\d", value):
        start = end = value + str(one.parts.get("zone") or "")
    mod = one.parts.get("edge") or one.parts.get("about")
    return Time(
        span=one.span, type=kind, value=value, start=start, end=end, mod=str(mod) if mod else None, by=one.rule, base=base_of(one, flow)
    )


def bounds_of(value: str) -> tuple[str | None, str | None]:
    """First and last day of a value, or of the range "first/last"."""
    first, _, last = value.partition("/")
    return calendar.bounds(first)[0], calendar.bounds(last or first)[1]


def base_of(one: FoundTime, flow: Flow) -> str | None:
    """The day that an anniversary looks back on, where the report states it; else its year."""
    if one.reading != "anniversary":
        return None
    day = anniversary_base(one.parts, flow)
    return day.isoformat() if day else (f"{flow.day.year - int(one.parts['ordinal']):04}" if flow.day else None)


def some_time_ago(unit: str, day: date | None) -> tuple[str | None, str | None]:
    """ "a few days ago", "several years ago": from seven to one of these units before the report."""
    first, last = (day and step(day, unit, -count) for count in (SEVERAL, 1))
    return iso(first), iso(last)


def more_or_less_ago(one: FoundTime, start: str | None, end: str | None, day: date) -> tuple[str | None, str | None]:
    """ "less than two weeks ago": since two weeks ago, yet not within the last; "more than two weeks ago": before then."""
    if one.parts["about"] == "MORE_THAN":
        return None, end
    count = one.parts.get("number", 1)
    last = step(day, str(one.parts["unit"]), 1 - int(count)) if isinstance(count, int | float) and count > 1 else step(day, "D", -1)
    return start, iso(last)


def near_winter(one: FoundTime, flow: Flow) -> tuple[str | None, str | None] | None:
    """ "this winter" is the one that the report lies in, else the one on the side of the words; None where the report's day is unknown."""
    day = flow.day
    if day is None or flow.historical:
        return None
    begun = day.year - (day.month < calendar.SEASONS["WI"][0])  # the year in which the last one began
    running = day.month in (12, 1, 2, 3)
    near = one.parts.get("nearness")
    ahead = near == 1 or (near != -1 and not running and flow.way >= 0)
    year = begun + ahead - (near == -1 and running)
    return calendar.bounds(f"{year:04}-12")[0], calendar.bounds(f"{year + 1:04}-03")[1]


def kept_on(holiday: Holiday, value: str, start: str | None, end: str | None) -> tuple[str | None, str | None]:
    """First and last day of a feast that lasts, or that may be kept a day earlier or later."""
    day = day_of(value)
    if day is None or len(value) < len("2020-05-24"):
        return start, end
    around = int(holiday.sighted)
    first, last = step(day, "D", -around), step(day, "D", holiday.lasts - 1 + around)
    return iso(first), iso(last)


# Stamps


def stamp_times(value: Value, text: str) -> list[Time]:
    """The clock, the day and the weekday that a stamp of the page prints, each with its own words."""
    assert value.span
    out, day = [], value.value[:10]
    printed = text[value.span.start : value.span.end]
    pieces = list(STAMP_PIECES.finditer(printed))
    for m in pieces:
        span = Span(value.span.start + m.start(), value.span.start + m.end())
        if m["date"]:
            out.append(Time(span=span, type="DATE", value=day, start=day, end=day, by="stamp"))
        elif m["clock"] and len(value.value) >= 16 and value.value[11:16].lstrip("0") == m["clock"].lstrip("0"):
            out.append(Time(span=span, type="TIME", value=value.value[:16], start=value.value, end=value.value, by="stamp"))
        elif m["word"] and value.weekday and any(p["date"] for p in pieces):
            out.append(Time(span=span, type="DATE", value=day, start=day, end=day, by="stamp"))
    if not any(p["date"] for p in pieces) and len(day) == 10:
        out.append(Time(span=value.span, type="DATE", value=day, start=day, end=day, by="stamp"))
    return out


# Ranges


def share_years(found: tuple[FoundTime, ...]) -> tuple[FoundTime, ...]:
    """ "from May to July 1999": the first end of a range takes the year of the last."""
    at = {f.span.start: f for f in found if f.reading != "range"}
    for f in found:
        if f.reading == "range":
            one, other = at[int(f.parts["first"])], at[int(f.parts["last"])]
            year = other.parts.get("year")
            if one.reading == other.reading == "date" and isinstance(year, int) and not {"year", "nearness", "textual"} & one.parts.keys():
                later = int(one.parts["month"]) > int(other.parts.get("month", 12))
                at[one.span.start] = replace(one, parts={**one.parts, "year": year - later})
    return tuple(f if f.reading == "range" else at[f.span.start] for f in found)


def read_ranges(found: tuple[FoundTime, ...], times: list[Time]) -> list[Time]:
    """The ranges whose two ends were read and stand in order: EDTF "first/last"."""
    at = {t.span.start: t for t in times if t.type in ("DATE", "TIME")}
    out = []
    for f in found:
        if f.reading == "range":
            one, other = at.get(int(f.parts["first"])), at.get(int(f.parts["last"]))
            if one and other and one.start and other.end and one.start <= other.end:
                out.append(
                    Time(span=f.span, type="INTERVAL", value=f"{one.value}/{other.value}", start=one.start, end=other.end, by=f.rule)
                )
    return out
