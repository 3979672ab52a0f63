"""Days of other calendars → days of the Gregorian one. Pure arithmetic, beside the stamp reader."""

from datetime import date, timedelta

BUDDHIST_YEARS = range(2400, 2700)
JALALI_YEARS = range(1250, 1421)  # 1421 and more would be the Islamic lunar calendar, not the solar one
ETHIOPIC_EPOCH = date(8, 8, 27)  # the day before 1 Meskerem 1 is counted from here: 29 August 8 by the Julian calendar


def gregorian(year: int, month: int, day: int) -> date | None:
    """The day, or None when there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def from_jalali(year: int, month: int, day: int) -> date | None:
    """The day of a date of the Iranian solar calendar, None when there is no such day."""
    if not (1 <= month <= 12 and 1 <= day <= (31 if month <= 6 else 30)):
        return None
    found = jalali_new_year(year) + timedelta(days=(month - 1) * 31 - max(0, month - 7) + day - 1)
    return found if found < jalali_new_year(year + 1) else None


def jalali_new_year(year: int) -> date:
    """1 Farvardin of a year, 1250 to 1500: by the 33-year rule of leap years, exact over these years."""
    leaps = sum(1 for y in range(JALALI_YEARS.start, year) if y % 33 in (1, 5, 9, 13, 17, 22, 26, 30))
    return date(1871, 3, 21) + timedelta(days=(year - JALALI_YEARS.start) * 365 + leaps)


def from_ethiopic(year: int, month: int, day: int) -> date | None:
    """The day of a date of the Ethiopic calendar: twelve months of 30 days and a short one; None when there is no such day."""
    last = 30 if month <= 12 else 6 if year % 4 == 3 else 5
    if not (1 <= month <= 13 and 1 <= day <= last):
        return None
    return ETHIOPIC_EPOCH + timedelta(days=(year - 1) * 365 + year // 4 + (month - 1) * 30 + day - 1)


def in_summer(day: date, rule: str) -> bool:
    """Whether summer time runs on a day: us (since 2007: second Sunday of March to first of November) or eu (last of March to last of October)."""
    if rule == "us":
        return nth_sunday(day.year, 3, 2) <= day < nth_sunday(day.year, 11, 1)
    return last_sunday(day.year, 3) <= day < last_sunday(day.year, 10)


def nth_sunday(year: int, month: int, n: int) -> date:
    """The n-th Sunday of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (n - 1))


def last_sunday(year: int, month: int) -> date:
    """The last Sunday of a month of 31 days."""
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)
