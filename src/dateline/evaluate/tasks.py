"""The table of tasks: name → module. A task's module has `predict(gold, line)` and `score(gold, rows, **switches)`; see base.py."""

import importlib
import inspect
from pathlib import Path
from typing import Any, cast

from dateline.errors import ArgumentError
from dateline.evaluate.base import Line, Row, Task, read_rows, write_rows

TASKS: dict[str, str] = {
    "record": "dateline.evaluate.record",
    "events": "dateline.evaluate.marked",
    "attribution": "dateline.evaluate.attribution",
    "pairs": "dateline.evaluate.pairs",
    "tuples": "dateline.evaluate.tuples",
    "alarms": "dateline.evaluate.alarms",
    "times": "dateline.evaluate.times",
    "stamps": "dateline.evaluate.stamps",
    "places": "dateline.evaluate.places",
    "pages": "dateline.evaluate.pages",
    "when": "dateline.evaluate.when",
    "spans": "dateline.evaluate.spans",
}


def run_task(
    name: str, gold: Path, *, predictions: Path | None = None, given: Path | None = None, switches: dict[str, str] | None = None
) -> dict[str, Any]:
    """The figures of one task. Predictions are made by the line, or read from `given`, and kept in `predictions`. Raises ArgumentError."""
    if name not in TASKS:
        raise ArgumentError(f"no task named {name!r}; the tasks are {', '.join(TASKS)}")
    for path in (gold, *([given] if given else [])):
        if not path.is_file():
            raise ArgumentError(f"{path}: {'is a folder; accepted is a file' if path.is_dir() else 'no such file'}")
    task = cast(Task, importlib.import_module(TASKS[name]))
    own = {k: v for k, v in (switches or {}).items() if k in inspect.signature(task.predict).parameters}
    rows = read_rows(given) if given else list(task.predict(gold, Line(), **own))
    if predictions:
        write_rows(predictions, rows)
    return task.score(gold, rows, **(switches or {}))


__all__ = ["TASKS", "Line", "Row", "read_rows", "run_task"]
