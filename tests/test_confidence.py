"""Confidence: what is told plainly is surer than what is not, a value below which events are left out, and judgements that hold no text."""

import json
from pathlib import Path
from typing import get_args

import pytest
from msgspec.structs import replace
from typer.testing import CliRunner

from dateline.cli import app
from dateline.codebook import Codebook
from dateline.evaluate.base import Line
from dateline.ingest.report import make_report
from dateline.pipeline import read_record
from dateline.records import Event, Fields, Novelty, Paragraph, Record, Span, Status
from dateline.rows import surer

JUDGED = Path(__file__).parent.parent / "training" / "judged.jsonl"
PLAIN = "Norwegian police arrested four protesters in Oslo on Monday."
MARKS = ["act", "status", "age", "actor", "recipient"]

# surer, less sure, why
ORDERED = [
    (PLAIN, "Norwegian police want to arrest four protesters in Oslo on Monday.", "what is wanted"),
    (
        "The president condemned the prime minister on Monday.",
        "I keep warning the president about it, he said.",
        "a clause of one's own words",
    ),
    ("The senator accused the president of fraud on Tuesday.", "Critics of the senator attack him to support the president.", "a purpose"),
]


@pytest.mark.parametrize(("sure", "doubtful", "why"), ORDERED)
def test_what_is_told_plainly_is_surer(line: Line, sure: str, doubtful: str, why: str) -> None:
    found = events_of(sure, line, everything(line.codebook)), events_of(doubtful, line, everything(line.codebook))
    assert all(found), why
    assert max(e.confidence for e in found[0]) > max(e.confidence for e in found[1]), why


def test_by_holds_what_each_model_says(line: Line) -> None:
    event = events_of(PLAIN, line, line.codebook)[0]
    entries, _, told = event.by.partition("; ")
    shares = dict(zip(told.split()[::2], map(float, told.split()[1::2]), strict=True))
    assert entries.startswith("COERCE#")
    assert list(shares) == MARKS
    product = 1.0
    for share in shares.values():
        product *= share
    assert event.confidence == pytest.approx(product, abs=0.03)


@pytest.mark.parametrize("floor", ["least_told", "least"])
def test_events_below_the_codebooks_floors_are_left_out(line: Line, floor: str) -> None:
    none = replace(line.codebook, confidence=replace(line.codebook.confidence, **{floor: 1.0}))
    assert events_of(PLAIN, line, line.codebook)
    assert not events_of(PLAIN, line, none)


def test_a_surer_record_lets_go_of_events_and_frees_their_figures(line: Line) -> None:
    record = record_of(f"{PLAIN} The president could visit them.", line, everything(line.codebook))
    assert [q.of for q in record.quantities] == ["e1"]
    least = max(e.confidence for e in record.events)
    kept = surer(record, least)
    assert kept.events == tuple(e for e in record.events if e.confidence == least), "ids stay as they were"
    assert [q.of for q in surer(record, 1.0).quantities] == [None]
    assert surer(record, 0.0) is record


def test_commands_abstain_below_a_value(tmp_path: Path) -> None:
    report, db, out = tmp_path / "report.txt", tmp_path / "news.db", tmp_path / "out.jsonl"
    report.write_text(f"Arrests in Oslo\n\n{PLAIN}\n", encoding="utf8")
    assert dateline("code", report, "-o", out, "--db", db, "--least-confidence", 1) == 0
    assert json.loads(out.read_text(encoding="utf8"))["events"] == []
    counted = []
    for least in (0, 1):
        assert dateline("export", "--db", db, "-o", out, "--least-confidence", least) == 0
        counted.append(len(json.loads(out.read_text(encoding="utf8"))["events"]))
    assert counted[0] > counted[1] == 0, "the store keeps what is left out of a file"
    assert dateline("code", report, "--least-confidence", 2) == 2


def test_judgements_hold_no_text() -> None:
    for row in map(json.loads, JUDGED.read_text(encoding="utf8").splitlines()):
        assert row.keys() - {"actor_is", "recipient_is", "status_is", "age_is", "known"} == {
            "report",
            "trigger",
            "type",
            "status",
            "age",
            "actor",
            "recipient",
            "right",
        }
        assert list(row["right"]) == MARKS
        assert row.get("status_is", row["status"]) in get_args(Status)
        assert row.get("age_is", row["age"]) in get_args(Novelty)
        assert all(len(sign) == 8 for sign in (*row["actor"], *row["recipient"]))
        assert all(isinstance(n, int) for key in ("actor_is", "recipient_is") for span in row.get(key, ()) for n in span)
        assert all(isinstance(n, int) for numbers in row.get("known", {}).values() for n in numbers)


def everything(codebook: Codebook) -> Codebook:
    return replace(codebook, confidence=replace(codebook.confidence, least=0.0, least_told=0.0))


def events_of(text: str, line: Line, codebook: Codebook) -> tuple[Event, ...]:
    return record_of(text, line, codebook).events


def record_of(text: str, line: Line, codebook: Codebook) -> Record:
    fields = Fields(language="en", body=(Paragraph(span=Span(0, len(text))),))
    return read_record(make_report(raw=text.encode(), text=text, fields=fields, read_from="test", identity="test"), codebook, line.analyser)


def dateline(*arguments: object) -> int:
    return CliRunner().invoke(app, [str(a) for a in arguments]).exit_code
