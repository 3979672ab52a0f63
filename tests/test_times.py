"""Time expressions: what is found in a sentence, what it means against the report's day, and that dates are right or unknown."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dateline.codebook.loader import Loader
from dateline.codebook.times import Holiday, TimesForm, any_of, compile_rules
from dateline.evaluate import times as task
from dateline.evaluate.base import Line, read_rows, write_rows
from dateline.evaluate.codebook_times import check_times, marked, plain, times_in
from dateline.find import find_times
from dateline.ingest.text import fields_of_text
from dateline.records import Fields, Paragraph, Span, Time, Value
from dateline.resolve import resolve_times
from dateline.resolve.calendar import add_months, bounds, easter, feast, feasts, nth_weekday, shift, step, value_at

WEDNESDAY = "2021-03-10"


def read(text: str, line: Line, report: str = WEDNESDAY, language: str = "en") -> dict[str, Time]:
    """Words → time, one paragraph."""
    return {text[t.span.start : t.span.end]: t for t in times_in(text, report, language, line.codebook, line)}


# Each mark is [words = value]; the report is of Wednesday 10 March 2021. Why the case is here stands first.
SENTENCES = [
    ("a past tense looks back", "The dam broke on [Friday = 2021-03-05]."),
    ("a future tense looks ahead", "The dam will open on [Friday = 2021-03-12]."),
    ("the report's own weekday is the report's day", "The dam broke on [Wednesday = 2021-03-10]."),
    ("what was planned lies ahead of the planning", "Engineers planned a test for [Friday = 2021-03-12]."),
    ("a noun's day does not take the future of the infinitive above it", "They sought to undo [Monday = 2021-03-08]'s ruling."),
    ("a bare month in the past is the last one", "The dam broke in [October = 2020-10]."),
    ("a day next week beats one a year ago", "Shares of the dam are paid [March 19 = 2021-03-19]."),
    ("a weekday settles the year", "He was hurt on [Saturday, Feb. 29 = 2020-02-29]."),
    ("29 February of a common year is no day", "The paper bears [29 February 1900 = XXXX-02-29]."),
    ("before 1900", "The mine opened in [1789 = 1789] and closed on [2 May 1802 = 1802-05-02]."),
    ("after 2100", "The waste is safe until [May 2150 = 2150-05]."),
    ("figures that can be read two ways leave day and month open", "The form was signed on [05/06/2020 = 2020-XX-XX]."),
    ("another date of the report shows the order", "Signed on [05/06/2020 = 2020-06-05], stamped on [28/06/2020 = 2020-06-28]."),
    ("American order, shown the same way", "Signed on [05/06/2020 = 2020-05-06], stamped on [06/28/2020 = 2020-06-28]."),
    ("a clock takes the day last spoken of", "He left on [Monday = 2021-03-08]. At [9:40 p.m. = 2021-03-08T21:40] he landed."),
    ("noon and midnight", "Gates will open at [noon Friday = 2021-03-12T12:00] and will close at [midnight Friday = 2021-03-12T24:00]."),
    ("this autumn, told as past in March, is the last one", "The dam broke [this autumn = 2020-FA]."),
    ("may is a verb", "They may leave in [May = 2021-05]."),
    ("march is a verb", "They march [every May = XXXX-05]."),
    ("fuzzy", "Rents rose in [recent weeks = PXW]; they fell [a few days later = FUTURE_REF]."),
    ("sets", "The court sits [every Monday = XXXX-WXX-1] and at times on others."),
    ("the words of a range are times too", "He was jailed from [2018 = 2018] to [2019 = 2019]."),
]


@pytest.mark.parametrize(("why", "sentence"), SENTENCES, ids=[why for why, _ in SENTENCES])
def test_values(why: str, sentence: str, line: Line) -> None:
    text = plain(sentence)
    found = {(t.span.start, t.span.end): t.value for t in times_in(text, WEDNESDAY, "en", line.codebook, line)}
    wanted = marked(sentence)
    assert {span: found.get(span) for span in wanted} == wanted, why


def test_ranges_are_kept_whole(line: Line) -> None:
    found = read("He ruled from 1950 to 1953, and the 1961-1964 war and the drought of 1987-89 came later.", line)
    assert found["from 1950 to 1953"].value == "1950/1953"
    assert (found["1961-1964"].type, found["1961-1964"].start, found["1961-1964"].end) == ("INTERVAL", "1961-01-01", "1964-12-31")
    assert found["1987-89"].value == "1987/1989"


def test_the_first_end_of_a_range_takes_the_year_of_the_last(line: Line) -> None:
    found = read("It rained from November to February 2016.", line)
    assert found["November"].value == "2015-11"


def test_an_anniversary_is_proved_by_the_day_it_looks_back_on(line: Line) -> None:
    found = read("They marked the 40th anniversary of the coup. The coup of February 23, 1981 failed.", line)
    assert (found["the 40th anniversary"].value, found["the 40th anniversary"].base) == ("2021-02-23", "1981-02-23")
    alone = read("They marked the 40th anniversary of the coup.", line)
    assert (alone["the 40th anniversary"].value, alone["the 40th anniversary"].base) == ("2021", "1981")


def test_without_a_day_of_report_nothing_near_is_dated(line: Line) -> None:
    text = "The dam broke on Friday, yesterday and last month; it was built in 1931."
    fields = Fields(body=(Paragraph(span=Span(0, len(text))),), language="en")
    analysis = line.analyser.analyse(text, fields)
    found = resolve_times(find_times(analysis, line.codebook), analysis, fields, line.codebook)
    assert {text[t.span.start : t.span.end]: t.start for t in found} == {
        "Friday": None,
        "yesterday": None,
        "last month": None,
        "1931": "1931-01-01",
    }


def test_a_zone_is_kept_with_the_instant(line: Line) -> None:
    found = read("Doors open at 5 p.m. EDT on March 14.", line)
    assert found["5 p.m. EDT on March 14"].start == "2021-03-14T17:00-04:00"


def test_stamps_give_their_times_word_by_word(line: Line) -> None:
    text = "14:4409/03/2021, Salı\nThe dam broke on Monday."
    fields = Fields(
        published=Value(value="2021-03-09T14:44", span=Span(0, 21), by="stamp", weekday="Tuesday"),
        body=(Paragraph(span=Span(22, len(text))),),
        language="en",
    )
    analysis = line.analyser.analyse(text, fields)
    found = resolve_times(find_times(analysis, line.codebook), analysis, fields, line.codebook)
    assert [(text[t.span.start : t.span.end], t.value) for t in found] == [
        ("14:44", "2021-03-09T14:44"), ("09/03/2021", "2021-03-09"), ("Salı", "2021-03-09"), ("Monday", "2021-03-08"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "report", "first", "last"),
    [
        ("The lake froze this winter.", "2025-03-20", "2024-12-01", "2025-03-31"),
        ("The lake froze this winter.", "2025-04-20", "2024-12-01", "2025-03-31"),
        ("The lake will freeze this winter.", "2025-04-20", "2025-12-01", "2026-03-31"),
        ("The lake froze last winter.", "2025-12-20", "2024-12-01", "2025-03-31"),
        ("The lake will freeze next winter.", "2025-03-20", "2025-12-01", "2026-03-31"),
        ("The lake froze in the winter of 1990.", "2025-03-20", "1989-12-01", "1991-03-31"),
    ],
)
def test_a_winter_told_from_the_report_is_one_winter(sentence: str, report: str, first: str, last: str, line: Line) -> None:
    (found,) = read(sentence, line, report).values()
    assert (found.start, found.end) == (first, last)


def test_where_only_an_update_is_given_its_day_is_counted_from(line: Line) -> None:
    text = "The dam broke on Friday; the first crack was seen in October. It was built in 1931."
    body = (Paragraph(span=Span(0, len(text))),)
    fields = Fields(updated=Value(value="2021-03-10T09:00", span=None, by="stamp"), body=body, language="en")
    analysis = line.analyser.analyse(text, fields)
    found = resolve_times(find_times(analysis, line.codebook), analysis, fields, line.codebook)
    assert [(t.value, t.by) for t in found] == [
        ("2021-03-05", "en: weekday, from the update"), ("2020-10", "en: month, from the update"), ("1931", "en: year"),
    ]  # fmt: skip


def test_today_is_the_day_of_the_dateline(line: Line) -> None:
    text = "OSLO, Norway, March 9 (NTB) - The ferry sank in the fjord today, and divers will search it on Friday."
    fields = replace(fields_of_text(text, line.codebook), published=Value(value=WEDNESDAY, source="column:published", by="test"))
    analysis = line.analyser.analyse(text, fields)
    times = resolve_times(find_times(analysis, line.codebook), analysis, fields, line.codebook)
    assert [t.value for t in times] == ["2021-03-09", "2021-03-09", "2021-03-12"]


def test_dates_outside_the_paragraphs_are_read(line: Line) -> None:
    text = "The dam broke.\n#1961-1964 war\n#May"
    fields = Fields(body=(Paragraph(span=Span(0, 14)),), language="en")
    analysis = line.analyser.analyse(text, fields)
    found = resolve_times(find_times(analysis, line.codebook), analysis, fields, line.codebook)
    assert [t.value for t in found] == ["1961/1964", "1961", "1964"]


def test_the_codebook_tests_itself(line: Line) -> None:
    assert check_times(line.codebook, line) == []


def test_a_second_language_needs_its_file_only(line: Line) -> None:
    found = read("Am 3. Oktober 1990 und gestern Abend, vor zwei Wochen.", line, language="de")
    assert [t.value for t in found.values()] == ["1990-10-03", "2021-03-09TEV", "2021-W08"]


def test_faults_of_a_rule_are_told_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "times").mkdir()
    (tmp_path / "times" / "xx.yml").write_text(
        "language: xx\nanchors: [month, moon]\nwords: {month: {may: 5}}\nshapes: {}\nrules: [{name: bad, pattern: '<moon>', reading: date}]\n"
    )
    loader = Loader(tmp_path)
    form = loader.read("times/xx.yml", TimesForm)
    assert form is not None
    assert compile_rules(form, loader, "times/xx.yml") is None
    assert loader.faults == [
        "times/xx.yml: anchors.moon: names no class of words or shapes", "times/xx.yml: rules.bad: names no class or phrase: 'moon'",
    ]  # fmt: skip


# Laws of the calendar

DAYS = st.dates(min_value=date(2, 1, 1), max_value=date(9990, 1, 1))


@given(DAYS, st.sampled_from(["D", "W", "M", "Q", "Y"]))
def test_a_day_lies_within_the_unit_that_holds_it(day: date, unit: str) -> None:
    first, last, _ = bounds(value_at(day, unit))
    assert first is not None
    assert last is not None
    assert first <= day.isoformat() <= last


@given(DAYS, st.integers(min_value=-40, max_value=40))
def test_months_on_and_back_stay_within_the_month(day: date, months: int) -> None:
    there = add_months(day, months)
    if there is not None:
        assert there.day <= day.day
        assert (there.year * 12 + there.month) - (day.year * 12 + day.month) == months


@given(DAYS, st.integers(min_value=0, max_value=500))
def test_days_on_and_back_meet(day: date, count: int) -> None:
    there = step(day, "D", -count)
    assert there is None or step(there, "D", count) == day


@given(st.integers(min_value=1583, max_value=4099))
def test_easter_is_a_sunday_of_spring(year: int) -> None:
    assert easter(year).isoweekday() == 7
    assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)


@given(
    st.integers(min_value=1, max_value=9999),
    st.integers(min_value=1, max_value=12),
    st.integers(min_value=1, max_value=7),
    st.sampled_from([1, 2, 3, 4, -1]),
)
def test_nth_weekday_is_that_weekday_of_that_month(year: int, month: int, weekday: int, nth: int) -> None:
    day = nth_weekday(year, month, weekday, nth)
    assert (day.month, day.isoweekday()) == (month, weekday)


@given(st.text(max_size=12))
def test_bounds_of_anything_are_ordered_or_unknown(value: str) -> None:
    first, last, precision = bounds(value)
    assert (first is None) == (last is None) == (precision == "unknown")
    assert first is None or last is None or first <= last


@given(st.lists(st.text(alphabet="abc '", min_size=1, max_size=6), min_size=1, max_size=8))
def test_any_of_matches_each_word_whole(words: list[str]) -> None:
    assert all(re.fullmatch(any_of(words), word) for word in words)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("2019-02", ("2019-02-01", "2019-02-28", "month")),
        ("2019-02-29", (None, None, "unknown")),
        ("2020-W53-WE", ("2021-01-02", "2021-01-03", "week")),
        ("196", ("1960-01-01", "1969-12-31", "decade")),
        ("19", ("1900-01-01", "1999-12-31", "century")),
        ("1998-10-XX", ("1998-10-01", "1998-10-31", "month")),
        ("2020-07-27TNI", ("2020-07-27", "2020-07-27", "night")),
        ("BC0490", (None, None, "unknown")),
        ("P3D", (None, None, "unknown")),
    ],
)
def test_bounds(value: str, wanted: tuple[str | None, str | None, str]) -> None:
    assert bounds(value) == wanted


def test_feasts() -> None:
    assert feast(Holiday(easter=-2), 2019) == date(2019, 4, 19)
    assert feast(Holiday(month=11, weekday=4, nth=4), 1999) == date(1999, 11, 25)
    assert feast(Holiday(month=2, day=29), 2019) is None


def test_feasts_of_the_moon(line: Line) -> None:
    named = line.codebook.times.languages["en"].holidays
    assert feasts(named["passover"], [2021]) == [date(2021, 3, 28)]
    assert feasts(named["eid_al_fitr"], [2000]) == [date(2000, 1, 8), date(2000, 12, 27)]
    assert feasts(named["lunar_new_year"], [2020]) == [date(2020, 1, 25)]
    assert feasts(named["diwali"], [1950]) == []  # no table reaches it


def test_a_feast_that_the_moon_is_watched_for_may_be_a_day_off(line: Line) -> None:
    _, _, times = task.times_of({"text": "Crowds prayed on Eid al-Fitr.\nThey fasted during Ramadan.", "dct": "2021-06-10"}, line)
    assert [(t.start, t.end) for t in times] == [("2021-05-12", "2021-05-14"), ("2021-04-12", "2021-05-13")]


def test_lengths_move_a_day() -> None:
    assert shift(date(2021, 3, 10), "P1Y", -1) == date(2020, 3, 10)
    assert shift(date(2021, 3, 10), "PXD", -1) is None
    assert shift(None, "P1D", 1) is None
    assert step(date(1, 1, 1), "D", -1) is None
    assert date(2021, 3, 10) - timedelta(days=1) == shift(date(2021, 3, 10), "P1D", -1)


# The task


def test_score_pairs_equal_spans_first(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    write_rows(
        gold,
        [
            {
                "id": "a",
                "text": "",
                "timexes": [{"start": 0, "end": 5, "type": "DATE", "value": "2020"}, {"start": 8, "end": 9, "type": "TIME", "value": "x"}],
            }
        ],
    )
    rows = [
        {
            "id": "a",
            "timexes": [{"start": 0, "end": 3, "type": "DATE", "value": "1"}, {"start": 0, "end": 5, "type": "DATE", "value": "2020"}],
        }
    ]
    figures = task.score(gold, rows)
    assert figures["strict"] == (50.0, 50.0, 50.0)
    assert figures["value_acc_on_matched"] == 100.0


def test_score_is_the_shared_scorer(gold: Path, line: Line, tmp_path: Path, shared_scorer: Callable[..., Any]) -> None:
    """Equal figures on a few rows, so that the default run stays quick; docs/accuracy/when.md has the whole."""
    few = tmp_path / "few.jsonl"
    write_rows(few, read_rows(gold / "time" / "aquaint_dev.jsonl")[:8])
    rows = list(task.predict(few, line))
    theirs, _ = shared_scorer(gold / "time" / "score.py").score({r["id"]: r for r in read_rows(few)}, {r["id"]: r for r in rows})
    assert task.score(few, rows) == theirs
    assert task.score(few, rows)["value"][2] > 55


@pytest.mark.parametrize("report", ["0001-01-01", "9999-12-31", "2021", "no day", ""])
def test_reports_at_the_edge_of_the_calendar(report: str, line: Line) -> None:
    for time in times_in(
        "It fell on Friday, last winter, a century ago, next month and tomorrow night.", report, "en", line.codebook, line
    ):
        assert time.start is None or time.end is None or time.start <= time.end
