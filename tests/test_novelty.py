"""New, background or ongoing: the sentence with its event marked. Made-up reports, printed on Wednesday 10 March 2021."""

import re

import pytest
from msgspec.structs import replace

from dateline.evaluate.base import Line
from dateline.ingest.report import make_report
from dateline.pipeline import read_record
from dateline.records import Event, Fields, Paragraph, Span, Value

PRINTED = Value(value="2021-03-10", source="column:published", by="test")

CASES = [
    ("this week is news", "Israeli jets {bombed} Gaza on Monday.", "new"),
    ("another year is background", "Israeli jets {bombed} Gaza in 2014.", "background"),
    ("what had been done is background", "Israeli jets had {bombed} Gaza.", "background"),
    ("what an anniversary marks is background", "Poland marked the anniversary of Germany's {invasion}.", "background"),
    ("what goes on is ongoing", "Israeli jets are {bombing} Gaza.", "ongoing"),
    ("what continues is ongoing", "Israeli jets continue to {bomb} Gaza.", "ongoing"),
    ("what is done again and again goes on", "The fee was raised. Norway has repeatedly {accused} Iran of piracy.", "ongoing"),
    ("what somebody stands for goes on", "The fee was raised. The mayor, who {supports} the union, was absent.", "ongoing"),
    ("what a group is for goes on", "The fee was raised. He paid a group {backing} the mayor of Oslo.", "ongoing"),
    ("what the present tells of lasts", "The fee was raised. The FBI's {investigation} of Norway covers two banks.", "ongoing"),
    ("long before is background", "Norway {condemned} Iran seven months before the port was closed.", "background"),
    ("what is to stop goes on", "Norway demanded an end to Israel's {airstrikes} on Gaza.", "ongoing"),
    ("a plan is news", "Israel will {release} the prisoners.", "new"),
    ("a claim is background", "He was accused of {bombing} Gaza.", "background"),
]
FAR_DOWN = "The harvest was good.\n\n" * 6


@pytest.mark.parametrize(("marked", "novelty"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_novelty(line: Line, marked: str, novelty: str) -> None:
    assert event_of(line, marked).reported_as == novelty


def test_a_perfect_far_below_the_lead_is_background(line: Line) -> None:
    assert event_of(line, "Israel has {bombed} Gaza.").reported_as == "new"
    assert event_of(line, FAR_DOWN + "Israel has {bombed} Gaza.").reported_as == "background"


def test_what_comes_before_is_background_below_the_lead(line: Line) -> None:
    marked = FAR_DOWN + "The vote came after Israeli jets {bombed} Gaza."
    assert event_of(line, marked).reported_as == "background"


def test_a_day_to_come_makes_a_plan(line: Line) -> None:
    event = event_of(line, "Iran {frees} the prisoners on April 2, 2021.")
    assert (event.status, event.reported_as) == ("planned", "new")


def test_the_words_that_decide_are_kept(line: Line) -> None:
    marked = "Israeli jets continue to {bomb} Gaza."
    text = marked.replace("{", "").replace("}", "")
    assert [text[s.start : s.end] for s in event_of(line, marked).reported_as_by] == ["continue"]


NEWS = "The army shelled the port of Orsk on Tuesday, killing four people, the mayor said.\n\n"
LATER = "Soldiers closed the road to the airport on Tuesday night.\n\n"

WEIGHED = [
    ("what is said to have been done is news", NEWS + LATER + "The mayor said that troops had also {arrested} a teacher.", "new"),
    ("so is what is told without a day", NEWS + LATER * 2 + "The opposition {accused} the army of murder.", "new"),
    ("a background that is told on", NEWS + "The town rose in 2009. The army {arrested} its mayor.", "background"),
]


@pytest.mark.parametrize(("marked", "novelty"), [case[1:] for case in WEIGHED], ids=[case[0] for case in WEIGHED])
def test_what_is_told_around_is_weighed(line: Line, marked: str, novelty: str) -> None:
    assert event_of(line, marked).reported_as == novelty


def event_of(line: Line, marked: str) -> Event:
    text, start = marked.replace("{", "").replace("}", ""), marked.index("{")
    body = tuple(Paragraph(span=Span(m.start(), m.end())) for m in re.finditer(r"[^\n]+", text))
    report = make_report(
        raw=text.encode(), text=text, fields=Fields(language="en", body=body, published=PRINTED), read_from="x", identity="x"
    )
    sure = replace(line.codebook.confidence, least_told=0.0)  # age is judged of every event, however sure
    record = read_record(report, replace(line.codebook, confidence=sure), line.analyser)
    return next(e for e in record.events if any(s.start <= start < s.end for s in (e.trigger, *e.evidence)))
