"""The readings of the rules of time: parts → TIMEX3 value; None when the words are no time after all.

A rule of the codebook names its reading; no word of any language stands here.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from dateline.codebook.times import Part
from dateline.resolve import calendar
from dateline.resolve.calendar import day_of, make_day, step, value_at
from dateline.resolve.flow import Flow

Parts = dict[str, Part]
Reading = Callable[[Parts, Flow], str | None]
CLOCK = re.compile(r"(\d{1,2})[:.](\d\d)")


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
    if "spoken_century" in p:
        return spoken_year(p)
    if "year2" in p:
        return full_year(int(p["year2"]), flow.day)
    if "nearness" in p and "weekday" not in p and "month" in p and flow.day:
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
    if "year" in p or "spoken_century" in p:
        return f"{year_of(p, flow):04}-{season}"
    base = flow.text_day if flow.historical or "textual" in p else flow.day
    if base is None:
        return f"XXXX-{season}"
    if "of_year" in p:
        return f"{(base.year if 'nearness' in p else flow.base.year) + int(p.get('nearness', p.get('textual', 0))):04}-{season}"  # type: ignore[union-attr]
    month = calendar.SEASONS[season][0]
    near = p.get("nearness", p.get("textual"))
    if near is not None:
        passed = month <= base.month - (2 if near == 1 else 0)
        back = (near == -1 and month >= base.month) or (near == 0 and flow.way < 0 and base.month + 6 <= month < 12)
        return f"{base.year + (int(near) if near > 0 and passed else 0) - back:04}-{season}"  # type: ignore[operator]
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
    return f"{spoken_year(p):04}"


def spoken_year(p: Parts) -> int:
    """nineteen ninety-four"""
    return int(p["spoken_century"]) + int(p["spoken_years"]) + int(p.get("spoken_one", 0))


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
        said = calendar.feasts(feast, [int(p["year"])])
        return said[0].isoformat() if len(said) == 1 else f"{int(p['year']):04}"
    base = flow.text_day if flow.historical else flow.day
    if base is None:
        return None
    days = calendar.feasts(feast, range(base.year - 1, base.year + 2))
    if not any(d.year == base.year for d in days):
        return None  # no table of the moon reaches that year
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
