"""Time expressions → TIMEX3 values, against the publication day, the tense and the flow of the text."""

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from msgspec.structs import replace

from dateline.codebook import Codebook
from dateline.codebook.times import Part, TimeRules
from dateline.records import Analysis, Fields, FoundTime, Span, Time, Value
from dateline.resolve import calendar
from dateline.resolve.calendar import day_of, make_day, step, value_at
from dateline.resolve.tense import way_of
from dateline.syntax import tokens_in

Parts = dict[str, Part]
Reading = Callable[[Parts, "Flow"], str | None]
CLOCK = re.compile(r"(\d{1,2})[:.](\d\d)")
STAMP_PIECES = re.compile(
    r"(?P<date>\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{4})|(?P<clock>(?<!\d)\d{1,2}:\d\d)|(?P<word>[^\W\d_]{2,})"
)
DEICTIC = frozenset({"near_day", "relative", "ago", "weekend"})  # readings that count from the report
SEVERAL = 7
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


def resolve_times(
    found: tuple[FoundTime, ...], a: Analysis, fields: Fields, codebook: Codebook, *, language: str = "en"
) -> tuple[Time, ...]:
    """One Time for each expression that can be read, in order of the text, the stamps of the report included."""
    rules = codebook.times.languages[language]
    stamps = [time for value in (fields.published, fields.updated) if value and value.span for time in stamp_times(value, a.text)]
    covered = [value.span for value in (fields.published, fields.updated) if value and value.span]
    found = share_years(tuple(f for f in found if not any(f.span.start < s.end and s.start < f.span.end for s in covered)))
    flow = Flow(rules, fields.published.value if fields.published else None, found)
    times: list[Time] = []
    for one in found:
        if one.reading != "range":
            flow.way = way_at(a, one.span, rules)
            time = read_time(one, flow)
            if time:
                flow.note(time, one.reading)
                times.append(time)
    times += read_ranges(found, times)
    return tuple(sorted(stamps + times, key=lambda t: (t.span.start, -t.span.end)))


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
    return first.isoformat() if first else None, last.isoformat() if last else None


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


# What the whole report tells before its expressions are read


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


# Readings: parts → TIMEX3 value; None when the words are no time after all


def read_date(p: Parts, flow: Flow) -> str | None:
    """A month, a day of a month, or a year with an era; a missing year is found by tense and flow."""
    if p.get("era") == "BC":
        return f"BC{int(p['year']):04}" + (f"-{int(p['month']):02}" if "month" in p else "")
    year = year_of(p, flow)
    if "month" not in p:
        return None if year is None else f"{year:04}"
    month = int(p["month"])
    if year is None:
        year = missing_year(month, int(p["day"]) if "day" in p else None, p.get("weekday"), flow)
    written = "XXXX" if year is None else f"{year:04}"
    if "day" not in p:
        return f"{written}-{month:02}"
    day = int(p["day"])
    if year is not None and make_day(year, month, day) is None:
        written = "XXXX"  # 29 February of a common year: the text contradicts itself
    return f"{written}-{month:02}-{day:02}" + clock_part(p)


def year_of(p: Parts, flow: Flow) -> int | None:
    """The year that the words themselves give."""
    if "year" in p:
        return int(p["year"])
    if "year2" in p:
        return full_year(int(p["year2"]), flow.day)
    if "nearness" in p and "weekday" not in p and "month" in p and ("day" not in p or "of_year" in p) and flow.day:
        return near_month_year(int(p["month"]), int(p["nearness"]), p, flow.day)
    if "textual" in p and flow.base and "month" in p:
        return flow.base.year + int(p["textual"])
    return None


def near_month_year(month: int, nearness: int, p: Parts, day: date) -> int:
    """ "June last year" names the year; "last June" the nearest June before the report."""
    if p.get("of_year"):
        return day.year + nearness
    if nearness < 0:
        return day.year - (month >= day.month)
    if nearness > 0:
        return day.year + (month <= day.month)
    return day.year


def full_year(two_digits: int, day: date | None) -> int | None:
    """'99 → 1999 or 2099: the latest that is not far ahead of the report; None without a report's day."""
    if day is None:
        return None
    year = day.year // 100 * 100 + two_digits
    return year - 100 if year > day.year + 10 else year


def missing_year(month: int, day: int | None, weekday: Part | None, flow: Flow) -> int | None:
    """The year of a bare month or day: by weekday if one stands with it, by the story's flow in a history, else by tense."""
    if flow.historical:
        return flowing_year(month, flow.text_day)
    if flow.day is None:
        return None
    years = [y for y in range(flow.day.year - 1, flow.day.year + 2) if make_day(y, month, day or 1)]
    if weekday and day:
        fitting = [y for y in years if date(y, month, day).isoweekday() == weekday]
        years = fitting or years
    if not years:  # 29 February: the leap year on the side that the tense points to
        span = range(flow.day.year - 8, flow.day.year + 9)
        years = [y for y in span if make_day(y, month, day or 1)]
    return min(years, key=lambda y: year_cost(date(y, month, day or 1), day is None, flow))


def year_cost(candidate: date, whole_month: bool, flow: Flow) -> float:
    """How ill a candidate fits: on the wrong side of the report for the verb's tense, then far from it."""
    assert flow.day
    ahead = (
        (candidate - flow.day).days if not whole_month else (candidate.year - flow.day.year) * 365 + (candidate.month - flow.day.month) * 30
    )
    wrong = (flow.way < 0 and ahead > 0) or (flow.way > 0 and ahead < 0)
    # Without a tense to go by, news looks back more often than ahead; a tense is strong, yet a day next week beats one a year ago.
    return abs(ahead) * (6.0 if wrong else 1.5 if ahead > 0 and flow.way == 0 else 1.0)


def flowing_year(month: int, text_day: date | None) -> int | None:
    """In a story the next month named is this year's, or the next year's when it would go back by half a year and more."""
    if text_day is None:
        return None
    return text_day.year + (month + 6 <= text_day.month)


def clock_part(p: Parts) -> str:
    """ "T14:30", "TNI" or nothing."""
    if "noon" in p:
        return f"T{p['noon']}"
    if "hm" in p or "hour" in p:
        hour, minute = CLOCK.match(str(p["hm"])).groups() if "hm" in p else (p["hour"], 0)  # type: ignore[union-attr]
        hour = int(hour)
        if p.get("ampm") == "PM" or p.get("part") in ("AF", "EV"):
            hour = hour % 12 + 12
        elif p.get("ampm") == "AM" and hour == 12:
            hour = 0
        return f"T{hour:02}:{int(minute):02}"
    return f"T{p['part']}" if "part" in p else ""


def read_digits(p: Parts, flow: Flow) -> str | None:
    """Dates in figures: year first, or day and month in the order that this report shows; else only the year is known."""
    if "iso" in p:
        return str(p["iso"]) if day_of(str(p["iso"])) else None
    one, two, year = (int(x) for x in re.findall(r"\d+", str(p.get("slash") or p.get("dots"))))
    full = full_year(year, flow.day) if year < 100 else year
    written = "XXXX" if full is None else f"{full:04}"
    month_leads = False if "dots" in p else flow.month_first
    if one != two and max(one, two) <= 12 and month_leads is None:
        return f"{written}-XX-XX"
    month, day = (one, two) if month_leads or two > 12 else (two, one)
    return f"{written}-{month:02}-{day:02}" if full and make_day(full, month, day) else None


def read_instant(p: Parts, flow: Flow) -> str | None:
    return str(p["instant"]).upper() if day_of(str(p["instant"])) else None


def read_weekday(p: Parts, flow: Flow) -> str | None:
    """The weekday on the side of the report that "last", "next" or the tense points to; the report's own day counts as near."""
    weekday = int(p["weekday"])
    base = flow.text_day if flow.day and ("textual" in p or flow.historical) else flow.day
    if base is None:
        return f"XXXX-WXX-{weekday}" + clock_part(p)
    back, ahead = (base.isoweekday() - weekday) % 7, (weekday - base.isoweekday()) % 7
    near = p.get("nearness", p.get("textual"))
    if near == -1:
        days = -(back or 7)
    elif near == 1:
        days = ahead or 7
    elif near == 0 and "textual" not in p:
        days = -back if flow.way < 0 else ahead
    else:
        days = ahead if flow.way > 0 else -back
    return (base + timedelta(days=days)).isoformat() + clock_part(p)


def read_weekday_of_week(p: Parts, flow: Flow) -> str | None:
    if flow.day is None:
        return f"XXXX-WXX-{p['weekday']}"
    monday = flow.day - timedelta(days=flow.day.weekday()) + timedelta(weeks=int(p["nearness"]))
    return (monday + timedelta(days=int(p["weekday"]) - 1)).isoformat()


def read_near_day(p: Parts, flow: Flow) -> str | None:
    if flow.day is None:
        return "XXXX-XX-XX" + clock_part(p)
    return (flow.day + timedelta(days=int(p["deictic"]))).isoformat() + clock_part(p)


def read_by_night(p: Parts, flow: Flow) -> str | None:
    """tonight, overnight: the night of the report's day."""
    return read_near_day({**p, "deictic": 0}, flow)


def read_relative(p: Parts, flow: Flow) -> str | None:
    """last week, this month, next year: the unit of the calendar beside the report's; in a history "this" is the story's."""
    if flow.historical and p["nearness"] == 0:
        return read_textual({**p, "textual": 0}, flow)
    if flow.day is None:
        return "XXXX"
    unit = str(p["unit"])
    day = step(flow.day, unit, int(p["nearness"]))
    if unit == "Q" and p["nearness"] == 0 and "edge" not in p:
        return value_at(flow.day, "Q")
    return value_at(day, unit) if day else None


def read_textual(p: Parts, flow: Flow) -> str | None:
    """that year, the next day, the previous month: counted from the day that the text last spoke of."""
    base, unit = flow.base, str(p["unit"])
    if unit == "D" and base and flow.text_unit in ("M", "Y"):
        return base.isoformat()[: 7 if flow.text_unit == "M" else 4] + ("-XX" if flow.text_unit == "M" else "-XX-XX")
    day = base and step(base, unit, int(p["textual"]))
    return value_at(day, unit) if day else None


def read_ago(p: Parts, flow: Flow) -> str | None:
    return counted(p, flow, flow.day, int(p.get("way", -1)))


def read_from_text(p: Parts, flow: Flow) -> str | None:
    return counted(p, flow, flow.base, int(p["way"]))


def counted(p: Parts, flow: Flow, base: date | None, way: int) -> str | None:
    """So many units from a day, as exact as the unit; an uncounted number leaves the past or the future."""
    number, unit = p.get("number", 1), str(p["unit"])
    if unit in ("TS", "TM", "TH"):
        return read_duration(p, flow)
    if not isinstance(number, int | float):
        return "PAST_REF" if way < 0 else "FUTURE_REF"
    if unit == "Y" and number == 1 and way < 0 and flow.quarter:
        return f"{int(flow.quarter[:4]) - 1:04}{flow.quarter[4:]}"  # a figure of this quarter is set beside that of a year ago
    if base is None:
        return "XXXX"
    if number != int(number):
        number, unit = round(number * calendar.UNIT_MONTHS.get(unit, 1)), "M" if unit in calendar.UNIT_MONTHS else "D"
    day = step(base, unit, way * int(number))
    return value_at(day, {"E": "Y", "C": "Y", "Q": "M"}.get(unit, unit)) if day else None


def read_duration(p: Parts, flow: Flow) -> str | None:
    """TIMEX3 lengths: P3D, PT2H, PXM; decades and centuries in years where they are counted."""
    number, unit = p.get("number", 1), str(p["unit"])
    if not isinstance(number, int | float):
        return f"PTX{unit[1]}" if unit[0] == "T" else f"PX{unit[:1]}"
    number += 0.5 if "half" in p else 0
    number, unit = scaled(number, unit)
    whole = int(number)
    if unit == "TH" and number != whole:
        return f"PT{whole}H{round((number - whole) * 60)}M" if whole else f"PT{round(number * 60)}M"
    written = f"{whole}" if number == whole else f"{number:g}"
    return f"PT{written}{unit[1]}" if unit[0] == "T" else f"P{written}{unit}"


def scaled(number: float, unit: str) -> tuple[float, str]:
    larger = {"E": (10, "Y"), "C": (100, "Y"), "L": (1000, "Y"), "Q": (3, "M"), "F": (2, "W"), "WE": (2, "D")}
    times, unit = larger.get(unit, (1, unit))
    return number * times, unit


def read_one(p: Parts, flow: Flow) -> str | None:
    return read_duration({"number": 1, **p}, flow)


def read_every(p: Parts, flow: Flow) -> str | None:
    return read_duration({"number": 1, **p}, flow)


def read_every_weekday(p: Parts, flow: Flow) -> str | None:
    weekday = p.get("weekday", p.get("weekdays"))
    part = p.get("part", p.get("parts"))
    return f"XXXX-WXX-{weekday}" + (f"T{part}" if part else "")


def read_every_month(p: Parts, flow: Flow) -> str | None:
    return f"XXXX-{int(p['month']):02}"


def read_every_part(p: Parts, flow: Flow) -> str | None:
    return f"XXXX-XX-XXT{p['part']}"


def read_every_adverb(p: Parts, flow: Flow) -> str | None:
    return str(p["adverb_set"])


def read_reference(p: Parts, flow: Flow) -> str | None:
    return str(p["reference"])


def read_quarter(p: Parts, flow: Flow) -> str | None:
    """Quarters of the report's year or the one before; "the year-earlier quarter" is the one last spoken of, a year before."""
    if flow.day is None and "year" not in p:
        return "XXXX-QX"
    ended = value_at(step(flow.day, "Q", -1) or flow.day, "Q") if flow.day else ""
    number = p.get("ordinal", p.get("q"))
    if number is None:
        spoken = flow.quarter or ended
        year = int(p["year"]) if "year" in p else int(spoken[:4]) + int(p.get("nearness", 0))
        return f"{year:04}{spoken[4:]}"
    if not 1 <= int(number) <= 4:
        return None
    if "year" in p:
        return f"{int(p['year']):04}-Q{int(number)}"
    assert flow.day
    year = flow.day.year + int(p.get("nearness", 0))
    if "nearness" not in p and 3 * int(number) - 2 > flow.day.month and flow.way < 0:
        year -= 1
    return f"{year:04}-Q{int(number)}"


def read_half(p: Parts, flow: Flow) -> str | None:
    number = int(p.get("ordinal", 2))
    year = int(p["year"]) if "year" in p else flow.day.year if flow.day else None
    return f"{year:04}-H{number}" if year and number in (1, 2) else None


def read_season(p: Parts, flow: Flow) -> str | None:
    """A season's year by its own words, else the nearest on the side that "last", "next" or the tense points to."""
    season = str(p["season"])
    if "year" in p:
        return f"{int(p['year']):04}-{season}"
    base = flow.text_day if flow.historical or "textual" in p else flow.day
    if base is None:
        return f"XXXX-{season}"
    if "of_year" in p:
        return f"{(base.year if 'nearness' in p else flow.base.year) + int(p.get('nearness', p.get('textual', 0))):04}-{season}"  # type: ignore[union-attr]
    month = calendar.SEASONS[season][0]
    near = p.get("nearness", p.get("textual"))
    if near is not None:
        passed = month <= base.month - (2 if near == 1 else 0)
        return f"{base.year + (int(near) if near > 0 and passed else 0) - (near == -1 and month >= base.month):04}-{season}"  # type: ignore[operator]
    if flow.historical:
        return f"{base.year:04}-{season}"
    return f"{base.year - (month > base.month and flow.way < 0):04}-{season}"


def read_weekend(p: Parts, flow: Flow) -> str | None:
    """ "the weekend" of a Monday's report is the one before it; otherwise the side that the tense points to."""
    base = flow.text_day if "textual" in p else flow.day
    if base is None:
        return "XXXX-WXX-WE"
    near = p.get("nearness", p.get("textual"))
    weeks = int(near) if near is not None else (-1 if base.isoweekday() <= 4 and flow.way <= 0 else 0)
    if near == 0 and base.isoweekday() <= 2 and flow.way < 0:
        weeks = -1
    return value_at(base + timedelta(weeks=weeks), "WE")


def read_week_of(p: Parts, flow: Flow) -> str | None:
    value = read_date(p, flow)
    day = day_of(value)
    return value_at(day, "W") if day else None


def read_decade(p: Parts, flow: Flow) -> str | None:
    if "decade" not in p:
        century = int(p.get("spoken_century", 0)) or century_of(int(p["decade_word"]), flow.day)
        return None if century is None else f"{(century + int(p['decade_word'])) // 10:03}"
    decade = int(p["decade"])
    if decade < 100:
        century = century_of(decade, flow.day)
        return None if century is None else f"{(century + decade) // 10:03}"
    return ("BC" if p.get("era") == "BC" else "") + f"{decade // 10:03}"


def century_of(decade: int, day: date | None) -> int | None:
    """The century of "the '80s": the latest in which that decade has begun."""
    if day is None:
        return None
    century = day.year // 100 * 100
    return century if century + decade <= day.year else century - 100


def read_century(p: Parts, flow: Flow) -> str | None:
    number = int(p["ordinal"]) - 1
    return f"BC{number:02}" if p.get("era") == "BC" else f"{number:02}"


def read_spoken_year(p: Parts, flow: Flow) -> str | None:
    return f"{int(p['spoken_century']) + int(p['spoken_years']) + int(p.get('spoken_one', 0)):04}"


def read_year(p: Parts, flow: Flow) -> str | None:
    return f"{int(p['year']):04}"


def read_year_range(p: Parts, flow: Flow) -> str | None:
    """1987-89: the last year takes the first one's century."""
    first = int(p["first"])
    last = first // 100 * 100 + int(p["last"])
    return f"{first:04}/{last:04}" if first < last else None


def read_day_range(p: Parts, flow: Flow) -> str | None:
    first = read_date({**p, "day": p["first"]}, flow)
    last = read_date({**p, "day": p["last"]}, flow)
    return f"{first}/{last}" if first and last and first < last else None


def read_holiday(p: Parts, flow: Flow) -> str | None:
    """A feast of the year said with it, else the nearest one on the side that the tense points to."""
    feast = flow.rules.holidays[str(p["holiday"])]
    if "year" in p:
        day = calendar.feast(feast, int(p["year"]))
        return day.isoformat() if day else None
    base = flow.text_day if flow.historical else flow.day
    if base is None:
        return None
    days = [d for d in (calendar.feast(feast, base.year + k) for k in (-1, 0, 1)) if d]
    near = p.get("nearness")
    side = [d for d in days if (near == -1 and d < base) or (near == 1 and d > base)] or days
    best = min(side, key=lambda d: year_cost(d, False, flow) if not flow.historical else abs((d - base).days), default=None)
    return best.isoformat() if best else None


def read_anniversary(p: Parts, flow: Flow) -> str | None:
    """The nth return of a day that the report states; without such a day only the year is known: the report's own."""
    day = anniversary_base(p, flow)
    again = day and flow.day and make_day(flow.day.year, day.month, day.day)
    return again.isoformat() if again else (f"{flow.day.year:04}" if flow.day else None)


def anniversary_base(p: Parts, flow: Flow) -> date | None:
    """The one stated day so many years before the report's year; None when there is none, or more than one."""
    if flow.day is None:
        return None
    days = [d for d in flow.stated if flow.day.year - d.year == int(p["ordinal"])]
    return days[0] if len(days) == 1 else None


def read_clock(p: Parts, flow: Flow) -> str | None:
    """A clock without a day belongs to the day last spoken of, else to the report's."""
    if "hm" in p and "." in str(p["hm"]) and not p.get("ampm"):
        return None  # 7.50 is a figure unless something says that it is a clock
    base = flow.base if flow.text_unit == "D" else flow.day
    return (base.isoformat() if base else "XXXX-XX-XX") + clock_part(p)


def read_part_of_text_day(p: Parts, flow: Flow) -> str | None:
    base = flow.base if flow.text_unit == "D" else flow.day
    shift = timedelta(days=1 if p.get("textual") == 1 else 0)
    return ((base + shift).isoformat() if base else "XXXX-XX-XX") + clock_part(p)


def read_unit_of_text(p: Parts, flow: Flow) -> str | None:
    if flow.quarter or flow.day is None:
        return flow.quarter
    return value_at(step(flow.day, "Q", -1) or flow.day, "Q")


READINGS: dict[str, Reading] = {
    "ago": read_ago,
    "anniversary": read_anniversary,
    "by_night": read_by_night,
    "century": read_century,
    "clock": read_clock,
    "date": read_date,
    "day_range": read_day_range,
    "decade": read_decade,
    "digits": read_digits,
    "duration": read_duration,
    "every": read_every,
    "every_adverb": read_every_adverb,
    "every_month": read_every_month,
    "every_part": read_every_part,
    "every_weekday": read_every_weekday,
    "from_text": read_from_text,
    "half": read_half,
    "holiday": read_holiday,
    "instant": read_instant,
    "near_day": read_near_day,
    "none": read_unit_of_text,
    "one": read_one,
    "part_of_text_day": read_part_of_text_day,
    "quarter": read_quarter,
    "reference": read_reference,
    "relative": read_relative,
    "season": read_season,
    "spoken_year": read_spoken_year,
    "textual": read_textual,
    "week_of": read_week_of,
    "weekday": read_weekday,
    "weekday_of_week": read_weekday_of_week,
    "weekend": read_weekend,
    "year": read_year,
    "year_range": read_year_range,
}
