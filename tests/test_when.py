"""When events happened: the sentence with its event marked, the interval and the basis. Made-up reports of Wednesday 10 March 2021."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.codebook.times import NewsDay
from dateline.evaluate import when as task
from dateline.evaluate.base import Line, read_rows, write_rows
from dateline.evaluate.times import fields_of_row, times_of
from dateline.records import Event, Interval, Span, Statement
from dateline.resolve.newsday import probability
from dateline.resolve.when import Dating, date_events, date_statements

REPORT = "2021-03-10"

# {event}: first day, last day, basis.
CASES = [
    ("its own time", "The dam {broke} on Friday.", "2021-03-05", "2021-03-05", "relative"),
    ("a stated year", "The dam {broke} in 1931.", "1931-01-01", "1931-12-31", "stated"),
    ("a noun has a time of its own", "They spoke of the {summit} of May 2019.", "2019-05-01", "2019-05-31", "stated"),
    ("the verb takes the time that follows its object", "She {made} her first visit to the port on Monday.", "2021-03-08", "2021-03-08", "relative"),
    ("conjoined verbs share a day", "Troops entered the town on Monday and {shelled} the market.", "2021-03-08", "2021-03-08", "inherited"),
    ("a gerund goes with its clause", "He left the talks on Monday, {calling} the plan a trap.", "2021-03-08", "2021-03-08", "inherited"),
    ("since leaves the end open", "The border has been {closed} since June 2020.", "2020-06-01", None, "stated"),
    ("until leaves the start open", "Prisoners were {held} until Friday.", None, "2021-03-12", "relative"),
    ("by leaves the start open", "The army will {leave} the port by 2028.", None, "2028-12-31", "stated"),
    ("an occasion with a day", "In a Sunday interview the mayor {denied} the charge.", "2021-03-07", "2021-03-07", "inherited"),
    ("when they met, they agreed", "When ministers met on Monday, they {agreed} to a truce.", "2021-03-08", "2021-03-08", "inherited"),
    ("a time's own clause", "The truce holds until Friday, when the vote is {held}.", "2021-03-12", "2021-03-12", "relative"),
    ("trying and doing are one", "A man {tried} to storm the stage on Monday.", "2021-03-08", "2021-03-08", "inherited"),
    ("so long before", "The speech on Monday came two days after the {collapse} of the talks.", "2021-03-06", "2021-03-06", "relative"),
    ("more than leaves the start open", "The speech on Monday came more than a year after the {collapse} of the talks.", None, "2020-03-08", "relative"),
    ("what an anniversary looks back on", "On Monday they marked the 30th anniversary of the {treaty}.", "1991-01-01", "1991-12-31", "relative"),
    ("brought about by a dated happening", "The war ended with a treaty signed on May 3, 1961, which has {left} the valley divided.", "1961-05-03", None, "inherited"),
    ("the future is bounded", "The court will {rule} on the appeal.", "2021-03-11", None, "bounded"),
    ("the pluperfect is bounded", "The court had {ruled} on the appeal.", None, "2021-03-09", "bounded"),
    ("a state holds", "The minister denied it amid rising {tension}.", None, "2021-03-10", "bounded"),
    ("what a charge is about lies back", "He faces charges that he {hid} the money.", None, "2021-03-09", "bounded"),
    ("what is asked why lies back", "Nobody spoke on why the dam {broke}.", None, "2021-03-09", "bounded"),
    ("what is regretted lies back", "She regretted {calling} the vote.", None, "2021-03-09", "bounded"),
    ("what is considered lies ahead", "The premier is considering {closing} the port.", "2021-03-11", None, "bounded"),
    ("what is judged has happened", "Farmers said the {flood} was a warning.", None, "2021-03-09", "bounded"),
    ("what the text counts from is over", "It is the worst harvest since the {war}.", None, "2021-03-09", "bounded"),
    ("a participle of a state holds on", "The premier spoke of the men {trapped} in the mine.", None, "2021-03-10", "bounded"),
    ("the same speaker goes on", "On Tuesday the minister announced a levy.\nShe {said} it was fair.", "2021-03-09", "2021-03-09", "inherited"),
    ("an attempt is under way", "The premier spoke of attempts to {calm} the market.", "2021-03-10", "2021-03-10", "inherited"),
    ("an aim of what goes on", "Soldiers are there to {guard} the bridge.", "2021-03-10", "2021-03-10", "dateline"),
    ("an aim reached long ago", "The wall was pulled down in 2011 to {make} room for a road.", None, "2021-03-09", "bounded"),
    ("what will go on goes on", "The siege will {continue}, officers said.", None, "2021-03-10", "bounded"),
    ("what may be is now", "The box may {contain} gold.", "2021-03-10", "2021-03-10", "dateline"),
    ("an adverb puts a verb back", "The firm previously {ran} the ferries.", None, "2021-03-09", "bounded"),
    ("who tells of himself tells on", "She said she saw smoke in 2019.\nThen she {ran} to the gate.", None, "2021-03-09", "bounded"),
    ("a relative clause of what was going on", "On Monday police freed a man who was {waiting} for a bus.", "2021-03-08", "2021-03-08", "inherited"),
    ("the deal is what was agreed", "The firms signed a contract on March 3.\nThe {deal} pleased investors.", "2021-03-03", "2021-03-03", "inherited"),
    ("agreed to buy", "On Monday the airline agreed to {buy} six jets.", "2021-03-08", "2021-03-08", "inherited"),
    ("a launch by its verb", "The firm launched the ferry on May 3, 2019.\nSince its {launch} it has lost money.", "2019-05-03", "2019-05-03", "inherited"),
    ("a date heads a chronicle", "January 2019. Harbour fire. A tanker {burns} for days.", "2019-01-01", "2019-01-31", "inherited"),
    ("what was ordered lasts from then on", "On Monday the council ordered an {embargo}.", "2021-03-08", None, "inherited"),
    ("what the finite past tells lies not ahead", "He will speak next week because the crowd {left}.", "2021-03-10", "2021-03-10", "inherited"),
    ("a plan that goes on from one with a day", "The ferry will sail on March 20.\nIt will then {cross} the strait.", "2021-03-20", "2021-03-20", "inherited"),
    ("banned since a day is banned on it", "The paper had been {banned} since May 3, 2019.", "2019-05-03", "2019-05-03", "stated"),
    ("held since a day is a state", "The two had been {held} since May 3, 2019.", "2019-05-03", None, "stated"),
    ("named again as what was done", "The paper had been suspended since May 3, 2019.\nReaders complained of the {suspension}.", "2019-05-03", "2019-05-03", "inherited"),
    ("the same noun, pointed back to", "The guild sued the firm in a complaint on March 3.\nThe court upheld the {complaint}.", "2021-03-03", "2021-03-03", "inherited"),
    ("at the time of another", "The ship was {renamed} at the time the deal was signed on March 3.", "2021-03-03", "2021-03-03", "inherited"),
    ("this week is what of it lies behind", "The envoy {met} the rebels this week.", "2021-03-08", "2021-03-09", "relative"),
    ("has met this month: up to today", "The envoy has {met} the rebels twice this month.", "2021-03-01", "2021-03-10", "relative"),
    ("must vote this year: from tomorrow", "The council must {vote} on it this year.", "2021-03-11", "2021-12-31", "relative"),
    ("before dawn on a day", "Officers {seized} the palace before dawn Monday.", "2021-03-08", "2021-03-08", "relative"),
    ("since a year, when", "He is the third mayor to fall since last year, when the banker was {jailed}.", "2020-01-01", "2020-12-31", "relative"),
    ("a month behind the doer", "The chief was {cleared} by a jury in January.", "2021-01-01", "2021-01-31", "relative"),
    ("a year behind a place", "The private was {shot} in Flanders in 1917.", "1917-01-01", "1917-12-31", "stated"),
    ("at dawn of some day of a year", "The private was {shot} at dawn in Flanders in 1917.", "1917-01-01", "1917-12-31", "stated"),
    ("what was done in a dated happening", "She pardoned farmers {jailed} in the riots of 1996.", "1996-01-01", "1996-12-31", "inherited"),
    ("a strike called for a day lies ahead", "The union has called a {strike} for Tuesday.", "2021-03-16", "2021-03-16", "inherited"),
    ("the present with a day lies ahead", "The envoy {travels} Sunday to Oslo.", "2021-03-14", "2021-03-14", "relative"),
    ("is to be chosen in a month", "The president is to be {chosen} in November.", "2021-11-01", "2021-11-30", "relative"),
    ("less than three weeks ago", "The firm {opened} the mine less than three weeks ago.", "2021-02-15", "2021-02-24", "relative"),
    ("more than two years ago", "The firm {opened} the mine more than two years ago.", None, "2019-12-31", "relative"),
    ("later than planned is no time", "On Monday the envoys {met} three days later than planned.", "2021-03-08", "2021-03-08", "relative"),
    ("what could not be done was not done", "On Monday the crew could not {reach} the port.", "2021-03-08", "2021-03-08", "relative"),
    ("it failed with the clause above", "On Monday it was clear that they could not {land}.", "2021-03-08", "2021-03-08", "inherited"),
    ("a war that began", "The {war} that began in 2019 has split the province.", "2019-01-01", None, "inherited"),
    ("its beginning has its own year", "The war that {began} in 2019 has split the province.", "2019-01-01", "2019-12-31", "stated"),
    ("who speaks on is named again", "The mayor announced on Monday a curfew.\nShe said it would help.\nThe mayor also {said} buses would run.", "2021-03-08", "2021-03-08", "inherited"),
    ("after another happening", "The army moved in on Monday after rebels {shelled} the town.", None, "2021-03-08", "bounded"),
]  # fmt: skip


def dating(text: str, line: Line, report: str | None = REPORT) -> Dating:
    row = {"text": text, "dct": report}
    analysis, fields, times = times_of(row, line)
    return Dating(analysis, fields, line.codebook, times)


def marked(sentence: str) -> tuple[str, Span]:
    found = re.search(r"\{(.+?)\}", sentence)
    assert found
    return sentence.replace("{", "").replace("}", ""), Span(found.start(), found.end() - 2)


@pytest.mark.parametrize(("why", "sentence", "first", "last", "basis"), CASES, ids=[case[0] for case in CASES])
def test_when(why: str, sentence: str, first: str | None, last: str | None, basis: str, line: Line) -> None:
    text, span = marked(sentence)
    # The lead keeps the story on the report's day; the case stands in the body.
    lead = "The premier resigned on Wednesday.\nA crowd cheered.\nShops closed.\n"
    when = dating(lead + text, line).of(Span(span.start + len(lead), span.end + len(lead)))
    assert (when.start, when.end, when.basis) == (first, last, basis), why


def test_the_news_takes_the_day_that_the_lead_states(line: Line) -> None:
    text = "The premier resigned on Monday night.\n“It is time,” she said."
    when = dating(text, line).of(Span(text.index("said"), text.index("said") + 4))
    assert (when.start, when.basis, when.precision) == ("2021-03-08", "inherited", "night")
    assert [text[s.start : s.end] for s in when.spans] == ["Monday night"]


def test_a_first_line_without_a_full_stop_is_a_headline(line: Line) -> None:
    text = "Premier opens new port\nThe premier opened the port on Monday.\nCrowds came."
    when = dating(text, line).of(Span(text.index("opens"), text.index("opens") + 5))
    assert (when.start, when.basis) == ("2021-03-08", "inherited")


def test_a_headline_of_a_plan_has_the_day_that_the_lead_tells(line: Line) -> None:
    text = "Ferry line to buy six ships\nOn Monday the ferry line signed a contract to buy six ships, it said.\nCrowds came."
    when = dating(text, line).of(Span(text.index("buy"), text.index("buy") + 3))
    assert (when.start, when.end) == ("2021-03-08", "2021-03-08")


def test_earlier_in_the_day_is_the_day_told_of(line: Line) -> None:
    text = "The premier resigned on Monday.\nCrowds came.\nEarlier in the day, she met her party."
    when = dating(text, line).of(Span(text.index("met"), text.index("met") + 3))
    assert (when.start, when.end) == ("2021-03-08", "2021-03-08")


def test_an_adjective_holds_when_it_is_spoken_of(line: Line) -> None:
    text = "The premier wants to be clear."
    assert dating(text, line).of(Span(text.index("clear"), text.index("clear") + 5)).end == REPORT


def test_an_anniversary_proves_the_day_too(line: Line) -> None:
    text = "The premier spoke on Monday to mark the 60th anniversary of the treaty.\nThe treaty was signed on March 8, 1961."
    when = dating(text, line).of(Span(text.index("spoke"), text.index("spoke") + 5))
    assert (when.start, [text[s.start : s.end] for s in when.spans]) == ("2021-03-08", ["Monday", "the 60th anniversary"])


def test_the_day_of_printing_is_never_taken_silently(line: Line) -> None:
    text = "The premier said the dam is safe."
    when = dating(text, line).of(Span(text.index("said"), text.index("said") + 4))
    assert (when.start, when.basis, when.spans) == (REPORT, "dateline", ())


def test_without_a_day_of_report_nothing_is_guessed(line: Line) -> None:
    text = "The premier resigned on Monday. The war began in 1961."
    of = dating(text, line, None).of
    assert of(Span(12, 20)).start is None
    assert of(Span(text.index("began"), text.index("began") + 5)).start == "1961-01-01"


def test_a_second_mention_takes_the_day_of_the_first(line: Line) -> None:
    text = "Rebels signed the pact on May 3, 2019.\nMinisters doubted the news.\nThe army had signed nothing."
    when = dating(text, line).of(Span(text.rindex("signed"), text.rindex("signed") + 6))
    assert (when.start, when.basis) == ("2019-05-03", "inherited")


def test_events_and_statements_of_a_record(line: Line) -> None:
    text = "The premier resigned on Monday. “It is time,” she said on Tuesday."
    analysis, fields, times = times_of({"text": text, "dct": REPORT}, line)
    event = Event(id="e1", trigger=Span(12, 20), type=None)
    (dated,) = date_events((event,), analysis, fields, line.codebook, times=times, statements=())
    assert (dated.when.start, dated.when.end) == ("2021-03-08", "2021-03-08")
    said = Span(text.index("said"), text.index("said") + 4)
    statement = Statement(id="s1", kind="direct", type="said", content=(Span(33, 43),), cue=said)
    (spoken,) = date_statements((statement,), analysis, fields, line.codebook, times=times)
    assert spoken.said_when == Interval(start="2021-03-09", end="2021-03-09")


@given(st.lists(st.sampled_from(["a", "b", "unknown"]), max_size=6))
def test_a_probability_lies_between_none_and_all(features: list[str]) -> None:
    model = NewsDay(threshold=0.5, weights={"a": 2.0, "b": -3.5})
    assert 0 < probability(tuple(features), model) < 1


def test_score_counts_days_months_and_inventions(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    events = [
        {"start": 0, "end": 1, "date": "2020-05-04"}, {"start": 2, "end": 3, "date": "2020-05-XX"}, {"start": 4, "end": 5, "date": "XXXX-XX-XX"},
        {"start": 6, "end": 7, "kind": "SingleDay", "begin": {"on": "2020-05-05"}, "dct_rel": "DCT"}, {"start": 8, "end": 9, "dct_rel": "afterDCT"},
    ]  # fmt: skip
    write_rows(gold, [{"id": "a", "dct": "2020-05-05", "text": "", "events": events}])
    day = {"start": "2020-05-04", "end": "2020-05-04"}
    mine = [day, day, day, {"start": None, "end": "2020-05-05"}, {"start": None, "end": None}]
    rows = [{"id": "a", "events": [{"start": e["start"], "end": e["end"], "when": w} for e, w in zip(events, mine, strict=True)]}]
    figures = task.score(gold, rows)
    assert (figures["exact_day"], figures["in_month"], figures["invented"], figures["relation"]) == (50.0, 100.0, 100.0, 50.0)


def test_score_is_the_shared_scorer(gold: Path, line: Line, tmp_path: Path, shared_scorer: Callable[..., Any]) -> None:
    few = tmp_path / "few.jsonl"
    write_rows(few, read_rows(gold / "time" / "timeline_corpus1.jsonl")[:4] + read_rows(gold / "time" / "eventtime_dev.jsonl")[:2])
    rows = list(task.predict(few, line))
    assert task.score(few, rows) == shared_scorer(gold / "time" / "score_when.py").score(read_rows(few), rows)


def test_fields_of_a_gold_row_are_pure_body() -> None:
    fields = fields_of_row({"text": "One.\n\nTwo.", "dct": None})
    assert [p.span for p in fields.body] == [Span(0, 4), Span(6, 10)]
    assert fields.published is None


def test_what_is_done_by_speaking_is_done_when_the_speech_is_made(line: Line) -> None:
    text = "The premier spoke of the dam, warning that the river would rise."
    analysis, fields, times = times_of({"text": text, "dct": REPORT}, line)
    cue = Span(text.index("warning"), text.index("warning") + 7)
    spoken = Interval(start="2021-03-08", end="2021-03-08")
    statement = Statement(id="s1", kind="indirect", type="said", cue=cue, content=(Span(38, 63),), said_when=spoken)
    event = Event(id="e1", trigger=cue, type=None)
    (found,) = date_events((event,), analysis, fields, line.codebook, times=times, statements=(statement,))
    assert (found.when.start, found.when.end, found.when.basis) == ("2021-03-08", "2021-03-08", "inherited")
