"""Writes codebook/data/times/moon.json: the days of feasts that follow the moon, by the calendars that keep them.

    python training/build_moon_feasts.py

Needs hijridate, pyluach and holidays (all MIT); none is needed to run Dateline. Muslim feasts are those of the Umm al-Qura calendar,
which other countries may keep a day earlier or later.
"""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

from hijridate import Hijri
from holidays.calendars.chinese import _ChineseLunisolar
from holidays.calendars.hindu import _HinduLunisolar
from pyluach.dates import HebrewDate

OUT = Path(__file__).parent.parent / "src/dateline/codebook/data/times/moon.json"
HIJRI, HEBREW, COMMON = range(1343, 1501), range(5660, 5861), range(1901, 2101)


def days(of: Callable[[int], date], years: range) -> list[str]:
    return [of(year).isoformat() for year in years]


def main() -> None:
    table = {
        "ramadan": days(lambda y: Hijri(y, 9, 1).to_gregorian(), HIJRI),
        "eid_al_fitr": days(lambda y: Hijri(y, 10, 1).to_gregorian(), HIJRI),
        "eid_al_adha": days(lambda y: Hijri(y, 12, 10).to_gregorian(), HIJRI),
        "passover": days(lambda y: HebrewDate(y, 1, 15).to_pydate(), HEBREW),
        "rosh_hashanah": days(lambda y: HebrewDate(y, 7, 1).to_pydate(), HEBREW),
        "yom_kippur": days(lambda y: HebrewDate(y, 7, 10).to_pydate(), HEBREW),
        "hanukkah": days(lambda y: HebrewDate(y, 9, 25).to_pydate(), HEBREW),
        "lunar_new_year": days(lambda y: date(y, *_ChineseLunisolar.LUNAR_NEW_YEAR_DATES[y]), COMMON),
        "diwali": days(lambda y: date(y, *_HinduLunisolar.DIWALI_INDIA_DATES[y]), range(2001, 2036)),
    }
    lines = ",\n".join(f' "{name}": {json.dumps(table[name])}' for name in sorted(table))
    OUT.write_text('{"feasts": {\n' + lines + "\n}}\n", encoding="utf8")


if __name__ == "__main__":
    main()
