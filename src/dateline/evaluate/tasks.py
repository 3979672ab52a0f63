"""The table of tasks: name → how to predict for a gold file, and how to score the predictions.

`predict(gold, line)` yields rows in the form that the shared scorer of the task reads; `score(gold, rows, **switches)` gives the
same figures as that scorer. `line` holds what the pipeline needs, loaded once.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from dateline.codebook import Codebook, load_codebook
from dateline.language import Analyser, load_analyser
from dateline.records import Base

Row = dict[str, Any]


class Line:
    """The codebook and the language model, loaded once for a run."""

    def __init__(self, *, codebook: Codebook | None = None, analyser: Analyser | None = None) -> None:
        self.codebook = codebook or load_codebook()
        self.analyser = analyser or load_analyser()


class Task(Base, frozen=True, kw_only=True):
    """One task of `dateline evaluate`."""

    predict: Callable[[Path, Line], Iterator[Row]]
    score: Callable[..., dict[str, Any]]
    help: str


TASKS: dict[str, Task] = {}


def read_rows(path: Path) -> list[Row]:
    """The rows of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf8").splitlines() if line.strip()]
