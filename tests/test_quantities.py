"""Figures: sentences of our own with the figure marked, its operator, value, bounds and unit; and what is no figure."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.evaluate.base import Line
from dateline.find import find_quantities
from dateline.records import Event, Fields, Paragraph, Quantity, Span, Statement
from dateline.resolve import resolve_quantities


def read(line: Line, text: str) -> tuple[Quantity, ...]:
    fields = Fields(language="en", body=(Paragraph(span=Span(0, len(text))),))
    return find_quantities(line.analyser.analyse(text, fields), line.codebook)


# The figure in brackets, operator, value, low, high, unit.
FOUND = [
    ("The flood killed [at least 17 people].", ">=", 17, 17, None, "deaths"),
    ("[Twelve miners] died underground.", "=", 12, 12, 12, "deaths"),
    ("The war cost [over forty thousand lives].", ">", 40000, 40000, None, "deaths"),
    ("[Up to 300 soldiers] crossed the river.", "<=", 300, None, 300, "soldiers"),
    ("Police arrested [dozens of students].", ">=", 24, 24, 99, "arrests"),
    ("[Hundreds of thousands of pilgrims] came.", ">=", 200000, 200000, 999999, "pilgrims"),
    ("[About a dozen houses] burned.", "~", 12, None, None, "houses"),
    ("Between [5 and 7 ships] left." , ">=", 5, 5, 7, "ships"),
    ("[Nearly 1.5 million voters] stayed home.", "~", 1500000, None, None, "voters"),
    ("The port needs [$2.5 billion].", "=", 2500000000, 2500000000, 2500000000, "USD"),
    ("Donors gave [460 million euros].", "=", 460000000, 460000000, 460000000, "EUR"),
    ("The union asked for [8 percent].", "=", 8, 8, 8, "percent"),
    ("[Two-thirds of the deputies] agreed.", "=", 0.667, 0.667, 0.667, "share"),
    ("They held [more than one meeting].", ">", 1, 1, None, "meeting"),
    ("Delegates marked the [40th anniversary].", "ordinal", 40, None, None, "anniversary"),
    ("It was his [third visit].", "ordinal", 3, None, None, "visit"),
    ("The siege lasted [more than a year].", ">", 1, 1, None, "year"),
    ("He ended a [three-day] trip.", "=", 3, 3, 3, "day"),
    ("[Fewer than 20 tents] remain.", "<", 20, None, 20, "tents"),
    ("The tax rose [fivefold] in [200 or more towns].", ">=", 200, 200, None, "towns"),
    ("Troops came [within 7.5 kilometers] of the dam.", "<=", 7.5, None, 7.5, "kilometers"),
    ("The gang took [twenty-five hostages].", "=", 25, 25, 25, "abducted"),
    ("Marksmen fatally shot [two brothers].", "=", 2, 2, 2, "deaths"),
    ("The raid left [six guards] and a clerk dead.", "=", 6, 6, 6, "deaths"),
    ("Half the town needs [half a million litres] a day.", "=", 500000, 500000, 500000, "litres"),
    ("The death toll rose to [at least 31].", ">=", 31, 31, None, "deaths"),
    ("The number of injured stands at [40].", "=", 40, 40, 40, "injured"),
    ("The toll has climbed to [112].", "=", 112, 112, 112, "deaths"),
    ("Shelling wounded [several hundred people].", "~", 300, None, None, "injured"),
    ("The fund lost [$2 million to $3 million].", ">=", 2000000, 2000000, 3000000, "USD"),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "op", "value", "low", "high", "unit"), FOUND, ids=[case[0] for case in FOUND])
def test_figures(line: Line, marked: str, op: str, value: float, low: float | None, high: float | None, unit: str) -> None:
    words = marked.rsplit("[", 1)[1].split("]")[0]
    text = marked.replace("[", "").replace("]", "")
    found = next((q for q in read(line, text) if words in text[q.span.start : q.span.end]), None)
    assert found is not None
    assert (found.op, found.value, found.low, found.high, found.unit) == (op, value, low, high, unit)


NONE = [
    ("She was born in 1987.", "a year"),
    ("The 54-year-old fisherman left.", "an age"),
    ("Ivo Maric, 61, agreed.", "an age behind a name"),
    ("The law of 14 March was repealed.", "a date"),
    ("The bus left at 10:45.", "a clock time"),
    ("Section 12 forbids it.", "a label"),
    ("Flight 714 landed.", "a label"),
    ("Rovers won 3-1 at home.", "a score"),
    ("The Second World War ended.", "part of a name"),
    ("No one came.", "one as a pronoun"),
    ("It is one of the reasons.", "one of"),
    ("They want a two-state solution.", "part of a term"),
    ("Call 555-0142 for help.", "a telephone number"),
    ("She left two weeks ago.", "a time"),
]


@pytest.mark.parametrize(("text", "why"), NONE, ids=[why + ": " + text for text, why in NONE])
def test_no_figure(line: Line, text: str, why: str) -> None:
    assert [text[q.span.start : q.span.end] for q in read(line, text)] == []


def test_a_figure_belongs_to_the_event_that_governs_it(line: Line) -> None:
    text = "Gunmen killed 9 farmers on Friday. Officials said 4 were dead, while police detained 30 suspects."
    fields = Fields(language="en", body=(Paragraph(span=Span(0, len(text))),))
    analysis = line.analyser.analyse(text, fields)
    killed, detained = (Span(text.index(w), text.index(w) + len(w)) for w in ("killed", "detained"))
    events = (Event(id="e1", trigger=killed, type="ASSAULT"), Event(id="e2", trigger=detained, type="COERCE"))
    said = Statement(id="s1", kind="indirect", type="said", content=(Span(text.index("4 were"), text.index(", while")),))
    found = find_quantities(analysis, line.codebook)
    figures, tied = resolve_quantities(found, events, analysis, line.codebook, statements=(said,))
    assert [(q.value, q.of) for q in figures] == [(9, "e1"), (4, "e1"), (30, "e2")]
    assert [q.reported_by for q in figures] == [(), ("s1",), ()]
    assert [e.quantities for e in tied] == [("q1", "q2"), ("q3",)]


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 10**9), st.sampled_from(["", "at least ", "more than ", "about ", "fewer than "]))
def test_any_number_keeps_its_value(line: Line, number: int, operator: str) -> None:
    text = f"The storm destroyed {operator}{number:,} houses."
    values = [q.value for q in read(line, text)]
    assert values == [number]


WORDS = st.lists(
    st.sampled_from(
        [
            "at",
            "least",
            "two",
            "hundred",
            "and",
            "fifty",
            "-",
            "1,300",
            "3.5",
            "million",
            "dozens",
            "of",
            "people",
            "killed",
            ",",
            "$",
            "7",
            "%",
            "to",
            "or",
            "more",
            "a",
            "year",
            "old",
        ]
    ),
    max_size=20,
)


@settings(max_examples=60, deadline=None)
@given(WORDS.map(" ".join))
def test_laws(line: Line, text: str) -> None:
    """Figures lie in the text in order without overlap, bounds hold the value, and two runs agree."""
    found = read(line, text)
    assert all(0 <= q.span.start < q.span.end <= len(text) for q in found)
    assert all(q.low is None or q.high is None or q.low <= q.high for q in found)
    assert read(line, text) == found


def test_the_seed(line: Line, seed: Path) -> None:
    """The figures that the worked report marks as a must are all found."""
    gold = json.loads((seed / "record.json").read_text(encoding="utf8"))["quantities"]
    text = (seed / "report.txt").read_text(encoding="utf8")
    found = read(line, text)
    for figure in gold:
        if figure["tier"] == "must":
            span = figure["span"]
            near = [q for q in found if q.span.start < span["end"] and span["start"] < q.span.end]
            assert (figure["op"], figure["value"]) in [(q.op, q.value) for q in near]
