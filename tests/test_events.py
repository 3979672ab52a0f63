"""Events found and resolved: sentences with `[actor] {trigger} <recipient>` marked, one event a happening, scores equal to the shared ones."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dateline.evaluate import alarms, tuples
from dateline.evaluate.base import Line
from dateline.language.case import restore_case
from dateline.pipeline import read_record
from dateline.records import Event, Fields, Paragraph, Record, Report, Span

# A sentence, the type and the status of its marked event. No [actor]: the record must name none.
CASES = [
    ("an act with both sides", "[Turkish jets] {bombed} <a village> near Afrin.", "ASSAULT", "actual"),
    ("a passive with its agent", "<Two editors> were {arrested} by [police] in Minsk.", "COERCE", "actual"),
    ("a passive without one", "<Two editors> were {arrested} in Minsk.", "COERCE", "actual"),
    ("a light verb and its noun", "[Norway] {imposed sanctions} on <Belarus>.", "SANCTION", "actual"),
    ("the owner acts", "[Russia]'s {invasion} of <Georgia> lasted five days.", "ASSAULT", "actual"),
    ("the owner undergoes", "<The editor>'s {arrest} by [Belarusian police] drew protests.", "COERCE", "actual"),
    ("the noun with its preposition", "The {killing} of <three farmers> by [soldiers] was condemned.", "ASSAULT", "actual"),
    ("a passive subject, not the name of an airport", "<Roe>, 58, was {arrested} at Kennedy airport on Monday.", "COERCE", "actual"),
    ("a relative, not who stands behind him", "<Roe's brother> was {detained} at one of them by [the police].", "COERCE", "actual"),
    ("the recipient behind the object", "[Japan] {lifted} sanctions on <Myanmar>.", "CONCEDE", "actual"),
    ("what is given is not to whom", "[Germany] {sent aid} to <Sudan>.", "AID", "actual"),
    ("a subject shared by two verbs", "[Turkey] closed the border and {expelled} <Syrian refugees>.", "COERCE", "actual"),
    ("a subject that another clause has", "[Police] opened the gates before {arresting} <the mayor>.", "COERCE", "actual"),
    ("the antecedent of a relative clause", "[The rebels] who {shelled} <the port> fled.", "ASSAULT", "actual"),
    ("an act and its announcement are one", "[Kenya] {agreed to release} <the prisoners>.", "CONCEDE", "planned"),
    ("a threat is the act, threatened", "[Iran] {threatened to attack} <the tankers>.", "ASSAULT", "threatened"),
    ("a demand by must", "[Oslo] said <Belarus> {must} release the men.", "REQUEST", "actual"),
    ("the raid that killed", "A [French] {raid} killed <nine rebels> in Mali.", "ASSAULT", "actual"),
    ("the series of raids", "A series of [French] {raids} killed <nine rebels> in Mali.", "ASSAULT", "actual"),
    ("a noun that the parse takes for a verb", "Two boys died in [police] {firing} in the town on Monday.", "ASSAULT", "actual"),
    ("a document signed, nobody says by whom", "The war ended in a {ceasefire signed} on May 2, 1978.", "AGREE", "actual"),
    ("parties told of before", "[The two sides] {held} three rounds of talks in Lima.", "CONSULT", "actual"),
    ("what a process came to", "The vote comes a year after the {collapse} of talks with [Ecuador].", None, "actual"),
    ("a rally that is spoken to", "[The candidate] told a {rally} in Ohio that he would win.", None, "actual"),
    ("a body that votes", "[The senate] {voted} on the budget on Tuesday.", None, "actual"),
    ("an oath", "[The president] was {sworn in} on Monday.", None, "actual"),
    ("a particle makes the verb", "[Seoul] {turned down} <Pyongyang>'s offer.", "REJECT", "actual"),
    ("a dismissal", "[The president] {dismissed} <the army commander>.", "SANCTION", "actual"),
    ("a sentence", "[The court] {sentenced} <the former minister> to nine years in jail.", "COERCE", "actual"),
    ("who warns", "[The minister] said no ship can pass the strait, {warning} that any that does will be sunk.", "THREATEN", "actual"),
    (
        "what one comes under",
        "<The Peruvian senator> {came under heavy criticism} when it was learnt that she had kept the papers.",
        "ACCUSE",
        "actual",
    ),
    ("what one faces", "<Norway> {faces sanctions} from [the European Union].", "SANCTION", "actual"),
    ("who gives what a noun names", "<The senator> {has the endorsement} of [two unions].", "SUPPORT", "actual"),
    ("behind from too", "<The governor> {received} sharp {criticism} from [the opposition].", "ACCUSE", "actual"),
    ("whose decision it is", "Two mayors left over [the general]'s decision to {arrest} <the rebels>.", "COERCE", "planned"),
    ("who is called on", "The prince called on [Norway] to {arrest} <the general>.", "COERCE", "hypothetical"),
    ("a topic is not addressed", "[The opposition] {criticised} the plan to close the mine in Wales.", "ACCUSE", "actual"),
    ("who is described by a place", "[The governor] {endorsed} <Mary Lund> of Iowa in Boston.", "SUPPORT", "actual"),
    (
        "an object is not its own subject",
        "[Secretary Berg] met Foreign Minister Lahti of Finland and {urged} <him> to wait.",
        "REQUEST",
        "actual",
    ),
    ("those whom an apposition names", "[Norway] {expelled} the envoys Jan Roe and <Ann Doe>.", "SANCTION", "actual"),
    ("who dies", "<Two farmers> {died} in the raid, police said.", "ASSAULT", "actual"),
    ("where one is held", "<Mr. Holm> {was in custody} on Monday.", "COERCE", "actual"),
    ("whose departure is sought", "[The opposition] {sought} the resignation of <the interior minister>.", "REQUEST", "actual"),
    ("whom one meets after", "[Mr. Brown] was persuaded to back the senator after {meeting} <Governor Ann Doe>.", "CONSULT", "actual"),
    ("the target of attacks", "<The mayor> was the target of {attacks} by [the governor].", "ACCUSE", "actual"),
    ("an oath has no type", "[The new president] {took office} on Monday.", None, "actual"),
]


@pytest.mark.parametrize(("marked", "kind", "status"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_parties(line: Line, marked: str, kind: str | None, status: str) -> None:
    text, spans = unmark(marked)
    event = at(record_of(line, text), spans["{"])
    assert (event.type, event.status) == (kind, status)
    for parties, mark in ((event.actor, "["), (event.recipient, "<")):
        if mark in spans:
            assert any(p.span and overlap(p.span, spans[mark]) for p in parties), (mark, parties)
        elif mark == "[":
            assert not parties


# Nobody is told to undergo these: what stands around the act is its topic, its place, its time, or has a part in another act.
@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The opposition criticised the plan to close the mine.", "criticised"),
        ("The foreign ministers met in Lisbon on Friday to discuss the debt of poorer states.", "met"),
        ("The minister resigned over the deaths at the mine, the second to go since the vote in Peru.", "resigned"),
        ("The police arrested nobody, and the opposition condemned the killings during a visit to Graz.", "condemned"),
        ("The European Union pledged 200 million euros for the repair of power lines before winter.", "pledged"),
        ("The two presidents signed a pact on fishing in the presence of a bishop from Chile.", "signed"),
    ],
)
def test_no_recipient(line: Line, text: str, trigger: str) -> None:
    start = text.index(trigger)
    assert not [p for e in record_of(line, text).events if e.trigger.start <= start < e.trigger.end for p in e.recipient]


def test_an_object_is_not_the_subject_it_shares(line: Line) -> None:
    text = "Secretary Berg met Foreign Minister Lahti of Finland and urged him to wait."
    assert [p.name for p in at(record_of(line, text), Span(text.index("urged"), text.index(" him"))).recipient] == ["Lahti"]


@pytest.mark.parametrize(
    "text",
    [
        "The Trade Minister praised the weather.",
        "He is in charge of the harvest.",
        "The officials, who asked not to be named, spoke in the evening.",
        "The senator requested anonymity.",
        "Ms. Roe beat her rival in the primary.",
        "They tried to sleep.",
        "Clashes are frequent there.",
        "She told reporters about her garden.",
        "It is going to rain in Oslo.",
        "Hikers fought the wind.",
    ],
)
def test_words_that_name_no_act(line: Line, text: str) -> None:
    assert not record_of(line, text).events


def test_compound_actors_stay_one_list(line: Line) -> None:
    event = record_of(line, "France, Britain and Germany condemned Iran.").events[0]
    assert [p.name for p in event.actor] == ["France", "Britain", "Germany"]
    assert [p.country for p in event.recipient] == ["IRN"]


def test_one_event_across_its_mentions(line: Line) -> None:
    """The headline's strike and the body's are one, told by the body; a second strike is another."""
    text = "Israel bombs Gaza\n\nIsrael bombed Gaza on Monday. The bombing of Gaza by Israel lasted an hour."
    fields = Fields(language="en", body=tuple(Paragraph(span=Span(m.start(), m.end())) for m in re.finditer(r"[^\n]+", text)))
    record = read_record(make(text, fields), line.codebook, line.analyser)
    bombings = [e for e in record.events if e.type == "ASSAULT"]
    assert len(bombings) == 1
    assert len(bombings[0].evidence) == 3


def test_captions_hold_no_event(line: Line) -> None:
    from dateline.records import Caption

    text = "Turkish jets bombed a village."
    fields = Fields(language="en", captions=(Caption(value=text, span=Span(0, len(text))),))
    assert not read_record(make(text, fields), line.codebook, line.analyser).events


def test_we_means_the_speaker(line: Line) -> None:
    every = Line(codebook=replace(line.codebook, confidence=replace(line.codebook.confidence, least_told=0.0)), analyser=line.analyser)
    record = record_of(every, "“We will never release the prisoners,” President Erdogan said.")
    named = {p.name for e in record.events for p in e.actor}
    assert any("Erdogan" in name for name in named)


def test_abstaining_below_a_value(line: Line) -> None:
    from dateline.find.actors import find_actors
    from dateline.find.events import find_events

    text = "Turkish jets bombed a village near Afrin."
    a = line.analyser.analyse(text, Fields(language="en", body=(Paragraph(span=Span(0, len(text))),)))
    actors = find_actors(a, line.codebook)
    assert find_events(a, line.codebook, statements=(), actors=actors)
    assert not find_events(a, line.codebook, statements=(), actors=actors, least=1.01)


@pytest.mark.parametrize(
    ("lower", "restored"),
    [
        (
            "the army left delhi on monday, he said. they went home in march 2002.",
            "The army left Delhi on Monday, he said. They went home in March 2002.",
        ),
        (
            "the march in new delhi was led by mr sharma of the congress party.",
            "The march in New Delhi was led by Mr Sharma of the congress party.",
        ),
        ("Any capital at all and the paragraph is left as it is, on monday.", None),
    ],
)
def test_case_is_restored_where_it_is_sure(line: Line, lower: str, restored: str | None) -> None:
    assert restore_case(lower, line.codebook.case) == (restored or lower)


@given(st.text(alphabet="abcdeß .!\n\"i'march2monday", max_size=200))
def test_restored_text_keeps_its_length_and_letters(line: Line, text: str) -> None:
    restored = restore_case(text, line.codebook.case)
    assert len(restored) == len(text)
    assert restored.casefold() == text.casefold()


ROWS = [
    {"id": 1, "text": "Norway bombed Chad.", "penta": 4, "source_spans": [[0, 6]], "target_spans": [[14, 18]]},
    {"id": 2, "text": "Nothing happened.", "penta": 0, "source_spans": [], "target_spans": []},
    {"id": 3, "text": "Peru thanked Cuba.", "penta": 1, "source_spans": [[0, 4]], "target_spans": []},
]
PREDICTED = [
    {
        "id": 1,
        "events": [
            {"root": "ASSAULT", "source": {"start": 0, "end": 6}, "target": [{"start": 14, "end": 18}]},
            {"root": "AID", "source": None, "target": None},
        ],
    },
    {"id": 2, "events": [{"root": "REQUEST", "source": None, "target": None}]},
    {"id": 3, "events": [{"root": "REJECT", "source": [[0, 4]], "target": None}]},
]
STORIES = [{"doc_id": 7, "sents": [{"text": "a", "labels": ["KILL"]}, {"text": "b", "labels": []}, {"text": "c", "labels": ["FAIL"]}]}]
ALARMS = [{"doc_id": 7, "sents": [["ASSAULT"], ["COERCE"], ["AID"]]}]


def test_scores_equal_the_shared_scorer(tmp_path: Path, gold: Path, shared_scorer: Callable[[Path], ModuleType]) -> None:
    shared = shared_scorer(gold / "events" / "score.py")
    for rows, predicted, mine, theirs in ((ROWS, PREDICTED, tuples, shared.tuples), (STORIES, ALARMS, alarms, shared.alarms)):
        path = tmp_path / "gold.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
        assert mine.score(path, predicted) == theirs(rows, predicted)


def test_sentences_are_found_in_their_story() -> None:
    assert alarms.sentence_starts("One. Two. One.", ["One.", "Two.", "One."]) == [0, 5, 10]


def unmark(marked: str) -> tuple[str, dict[str, Span]]:
    """The sentence without its marks, and the span of each."""
    text, opened, spans = "", dict[str, int](), dict[str, Span]()
    closing = {"]": "[", "}": "{", ">": "<"}
    for c in marked:
        if c in closing.values():
            opened[c] = len(text)
        elif c in closing:
            spans[closing[c]] = Span(opened[closing[c]], len(text))
        else:
            text += c
    return text, spans


def overlap(x: Span, y: Span) -> bool:
    return x.start < y.end and y.start < x.end


def at(record: Record, span: Span) -> Event:
    return next(e for e in record.events if overlap(e.trigger, span))


def make(text: str, fields: Fields) -> Report:
    from dateline.ingest.report import make_report

    return make_report(raw=text.encode(), text=text, fields=fields, read_from="made-up", identity="made-up")


def record_of(line: Line, text: str) -> Record:
    return read_record(make(text, Fields(language="en", body=(Paragraph(span=Span(0, len(text))),))), line.codebook, line.analyser)
