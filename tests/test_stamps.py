"""Stamps of pages: a table in 70 languages, laws over every day and language, and the gold."""

import json
import subprocess
import sys
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from dateline.codebook.load import SHIPPED
from dateline.codebook.loader import Loader
from dateline.codebook.stamps import Stamps
from dateline.codebook.stamps import read_stamps as read_part
from dateline.evaluate import stamps as task
from dateline.ingest.calendars import from_ethiopic, from_jalali, in_summer
from dateline.ingest.stamps import Hints, page_hints, read_stamp, read_stamps

TABLE = Path(__file__).parent / "stamps.tsv"
LATEST = date(2030, 1, 1)
# Languages whose long dates every day is read from.
READ_WHOLE = [
    "en",
    "tr",
    "de",
    "fr",
    "es",
    "pt",
    "it",
    "ca",
    "ro",
    "nl",
    "da",
    "nb",
    "sv",
    "fi",
    "et",
    "lv",
    "lt",
    "is",
    "pl",
    "hr",
    "cs",
    "sk",
    "sl",
    "sr",
    "bg",
    "mk",
    "ru",
    "uk",
    "be",
    "el",
    "hu",
    "he",
    "ar",
    "fa",
    "hi",
    "bn",
    "th",
    "vi",
    "id",
    "ms",
    "sw",
    "zh",
    "ja",
    "ko",
]


@cache
def book() -> Stamps:
    """This part of the codebook, without the others."""
    loader = Loader(SHIPPED)
    part = read_part(loader)
    assert not loader.faults
    assert part is not None
    return part


def rows() -> list[tuple[str, ...]]:
    """The table: language, stamp, value, label, weekday."""
    lines = TABLE.read_text(encoding="utf8").splitlines()
    return [tuple([*line.split("\t"), "", ""][:5]) for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(("language", "printed", "value", "label", "weekday"), rows())
def test_table(language: str, printed: str, value: str, label: str, weekday: str) -> None:
    stamp = read_stamp(printed, book())
    if value == "-":
        assert stamp is None
    else:
        assert stamp is not None
        assert (stamp.value, stamp.label or "", stamp.weekday or "") == (value, label, weekday)


def test_table_is_wide() -> None:
    assert len(rows()) > 150
    assert len({r[0] for r in rows()}) > 60


@given(day=st.dates(date(1990, 1, 1), date(2029, 12, 31)), language=st.sampled_from(READ_WHOLE), form=st.sampled_from(["long", "full"]))
def test_every_day_of_every_language(day: date, language: str, form: str) -> None:
    stamp = read_stamp(format_date(day, form, locale=language), book(), Hints(latest=LATEST))
    assert stamp is not None
    assert stamp.day == day.isoformat()


@given(day=st.dates(date(1990, 1, 1), date(2029, 12, 31)), language=st.sampled_from(READ_WHOLE), form=st.sampled_from(["short", "medium"]))
def test_unknown_rather_than_wrong(day: date, language: str, form: str) -> None:
    stamp = read_stamp(format_date(day, form, locale=language), book(), Hints(latest=LATEST))
    assert stamp is None or stamp.day in (day.isoformat(), None)


@given(st.text(alphabet="0123456789 :/.-,apmJulyU年月日٣٤๓ อΑя\u200f", max_size=60))
def test_anything_may_stand_in_a_line(line: str) -> None:
    for stamp in read_stamps(line, book()):
        assert 0 <= stamp.span.start < stamp.span.end <= len(line)


@given(hour=st.integers(0, 23), minute=st.integers(0, 59), day=st.dates(date(1990, 1, 1), date(2029, 12, 31)))
def test_glued_time_and_date(hour: int, minute: int, day: date) -> None:
    value = f"{day.isoformat()}T{hour:02}:{minute:02}"
    for line in (
        f"{hour:02}:{minute:02}{day:%Y-%m-%d}",
        f"{day:%Y-%m-%d}{hour:02}:{minute:02}",
        f"{hour:02}:{minute:02}{day.day} {day:%B} {day.year}",
    ):
        stamp = read_stamp(line, book())
        assert stamp is not None
        assert stamp.value == value
        assert line[stamp.span.start : stamp.span.end] == line


class TestTwoDates:
    def test_labels_go_with_their_dates(self) -> None:
        first, second = read_stamps("Published 9 May 2017 10:00 | Updated 11 May 2017 12:30", book())
        assert (first.value, first.label) == ("2017-05-09T10:00", "published")
        assert (second.value, second.label) == ("2017-05-11T12:30", "updated")

    def test_the_update_is_not_the_day_of_publication(self) -> None:
        stamp = read_stamp("Mis à jour le 11/05/2017 à 12h30, publié le 09/05/2017", book())
        assert stamp is not None
        assert stamp.day == "2017-05-09"

    def test_a_label_may_stand_behind(self) -> None:
        stamp = read_stamp("11.05.2017 12:30 tarihinde güncellendi", book())
        assert stamp is not None
        assert stamp.label == "updated"


class TestOrder:
    """03/08/2020 is two days; something else on the page must decide."""

    def test_alone_it_is_unknown(self) -> None:
        assert read_stamp("03/08/2020", book()) is None

    def test_the_weekday_decides(self) -> None:
        stamp = read_stamp("03/08/2020, Sunday", book())
        assert stamp is not None
        assert stamp.day == "2020-03-08"

    def test_another_date_of_the_page_decides(self) -> None:
        hints = page_hints(["03/08/2020", "31/07/2020"], book(), Hints())
        stamp = read_stamp("03/08/2020", book(), hints)
        assert stamp is not None
        assert stamp.day == "2020-08-03"

    def test_a_foreign_label_of_the_page_decides(self) -> None:
        assert page_hints(["03/08/2020", "Güncelleme: 03/08/2020"], book(), Hints()).month_first is False

    def test_an_american_zone_decides(self) -> None:
        stamp = read_stamp("03/08/2020 9:00 EST", book())
        assert stamp is not None
        assert stamp.value == "2020-03-08T09:00-05:00"

    def test_the_last_day_decides(self) -> None:
        stamp = read_stamp("03/08/2020", book(), Hints(latest=date(2020, 5, 1)))
        assert stamp is not None
        assert stamp.day == "2020-03-08"


def test_a_day_after_the_last_one_is_unknown() -> None:
    assert read_stamp("5 May 2099", book(), Hints(latest=date(2026, 1, 1))) is None


def test_a_weekday_that_contradicts_is_kept_as_printed() -> None:
    stamp = read_stamp("Friday, 4 October 2018", book())  # a Thursday
    assert stamp is not None
    assert (stamp.day, stamp.weekday) == ("2018-10-04", "Friday")


@pytest.mark.parametrize("agency", ["dpa", "PA", "ANSA"])
def test_an_agency_is_no_weekday(agency: str) -> None:
    stamp = read_stamp(f"Frankfurt, 11 March 2025 ({agency})", book())  # "pa" is Friday in Czech
    assert stamp is not None
    assert (stamp.value, stamp.weekday) == ("2025-03-11", None)


def test_ambiguous_zones_are_left_out() -> None:
    stamp = read_stamp("5 October 2018 16:02 IST", book())
    assert stamp is not None
    assert stamp.value == "2018-10-05T16:02"


@given(st.integers(1300, 1420))
def test_iranian_years_follow_each_other(year: int) -> None:
    first, following = from_jalali(year, 1, 1), from_jalali(year + 1, 1, 1)
    assert first is not None
    assert following is not None
    assert following - first in (timedelta(days=365), timedelta(days=366))
    assert first.month == 3
    assert first.day in (20, 21, 22)


def test_calendars() -> None:
    assert from_jalali(1403, 12, 30) == date(2025, 3, 20)  # 1403 is a leap year
    assert from_jalali(1402, 12, 30) is None
    assert from_ethiopic(2016, 1, 1) == date(2023, 9, 12)  # the year after a leap year starts a day later
    assert from_ethiopic(2016, 13, 6) is None
    assert in_summer(date(2024, 3, 10), "us")
    assert not in_summer(date(2024, 11, 3), "us")
    assert not in_summer(date(2024, 10, 27), "eu")


def test_score_counts_right_wrong_and_unknown(tmp_path: Path) -> None:
    gold = tmp_path / "gold.json"
    gold.write_text(json.dumps([["a", "2020-01-01"], ["b", "2020-01-02"], ["c", "2020-01-03"]]), encoding="utf8")
    figures = task.score(gold, [{"line": "a", "day": "2020-01-01"}, {"line": "b", "day": "2020-02-01"}, {"line": "c", "day": None}])
    assert figures == {"lines": 3, "right": 1, "wrong": 1, "unknown": 1, "wrong_lines": [["b", "2020-01-02", "2020-02-01"]]}


def test_floor_on_gold_and_same_figures_as_the_shared_scorer(gold: Path, tmp_path: Path) -> None:
    lines = gold / "time" / "news_date_lines.json"
    rows = [{"line": printed, "day": (s := read_stamp(printed, book())) and s.day} for printed, _ in task.stamps_of(lines)]
    figures = task.score(lines, rows)
    assert figures["right"] >= 45
    assert figures["wrong"] == 0
    predictions = tmp_path / "rows.jsonl"
    predictions.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf8")
    shared = subprocess.run(
        [sys.executable, gold / "time" / "score_stamps.py", lines, predictions], capture_output=True, text=True, check=True
    )
    assert json.loads(shared.stdout) == figures
