"""Every span of every record slices to what it claims: over hostile text, over the examples, and over a fixed sample of the gold."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.evaluate.base import Line, read_rows
from dateline.evaluate.spans import faults_of, predict, score
from dateline.ingest.report import make_report
from dateline.ingest.text import fields_of_text
from dateline.pipeline import read_record, with_language
from dateline.records import Record

SAMPLES = {
    "quotes/polnear_dev.jsonl": 4,
    "time/aquaint_dev.jsonl": 4,
    "place/geovirus_dev.jsonl": 5,
    "events/india_police_dev.jsonl": 4,
    "record/dev.jsonl": 4,
}
PIECES = [
    "“We will not bow,” Minister Ana Silva said on Monday, according to Reuters.",
    "LIMA, March 3 (AP) — Police killed at least 12 people near Cusco on 2 May 2019.",
    "'It's over,' he said. \"Nobody", "U: 28/07/2020, Salı", "AA", "#peace", "Photo: Reuters", "…", "—", "He told her that they had said so.",
    "extending the union''s support in the harbour, the mayor said.",
    "The 1990–95 war, the 30th anniversary of which falls on Tuesday, killed hundreds of thousands.", "14:4428/07/2020",
]  # fmt: skip


def record_of(text: str, line: Line) -> Record:
    report = make_report(raw=text.encode(), text=text, fields=fields_of_text(text, line.codebook), read_from="t", identity="t")
    return read_record(with_language(report), line.codebook, line.analyser)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=40), max_size=8), st.sampled_from(["\n", "\n\n", " "]))
def test_no_record_points_beside_its_text(line: Line, pieces: list[str], glue: str) -> None:
    text = glue.join(pieces)
    record = record_of(text, line)
    assert faults_of(record, text) == []
    assert record == record_of(text, line)


def test_the_example_points_at_what_it_says(line: Line) -> None:
    text = (Path(__file__).parent.parent / "examples" / "report.txt").read_text(encoding="utf8")
    assert faults_of(record_of(text, line), text) == []


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_sample_of_the_gold_points_at_what_it_says(name: str, line: Line, gold: Path, tmp_path: Path) -> None:
    rows = (gold / name).read_text(encoding="utf8").splitlines()
    sample = tmp_path / "sample.jsonl"
    sample.write_text("\n".join(rows[:: max(1, len(rows) // SAMPLES[name])][: SAMPLES[name]]), encoding="utf8")
    result = score(sample, list(predict(sample, line)))
    assert result["list"] == []
    assert result["spans"] > 20 * len(read_rows(sample)) / 2
