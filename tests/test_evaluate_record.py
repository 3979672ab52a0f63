"""The record task gives the shared scorer's own figures, on made-up records and on ours."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

from dateline.errors import ArgumentError
from dateline.evaluate import record
from dateline.evaluate.base import Line, write_rows
from dateline.evaluate.tasks import TASKS, run_task


def shared_scorer(scorer: Path, labelled: Path, rows: Path) -> dict[str, object]:
    """What the scorer beside the gold prints."""
    out = subprocess.run([sys.executable, str(scorer), str(labelled), str(rows), "--json"], capture_output=True, text=True, check=False)
    found: dict[str, object] = json.loads(out.stdout)
    return found


def test_the_same_figures_as_the_shared_scorer(line: Line, gold: Path, seed: Path, tmp_path: Path) -> None:
    for labelled in (seed / "record.json", gold / "record" / "dev.jsonl"):
        rows = [json.loads(json.dumps(row)) for row in record.predict(labelled, line)]
        write_rows(tmp_path / "rows.jsonl", rows)
        theirs, ours = shared_scorer(gold / "record" / "score.py", labelled, tmp_path / "rows.jsonl"), record.score(labelled, rows)
        assert ours["sections"] == theirs["sections"]
        assert ours["total"] == theirs["total"]
        assert {k: v for k, v in ours["parts"].items() if v} == {k: v for k, v in theirs["parts"].items() if v}  # type: ignore[union-attr]


def test_nothing_predicted_meets_nothing(seed: Path) -> None:
    result = record.score(seed / "record.json", [])
    assert result["records missing"] == 1
    assert result["sections"]["statements.must"][0] == 0


def test_every_task_has_a_module_with_both_functions() -> None:
    for name in TASKS.values():
        assert importlib.util.find_spec(name), name


def test_an_unknown_task_is_answered_with_the_tasks(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="the tasks are record, events, attribution"):
        run_task("quotes", tmp_path)
    with pytest.raises(ArgumentError, match="no such file"):
        run_task("record", tmp_path / "missing.jsonl")
