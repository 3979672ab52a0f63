"""What every task needs: the codebook and the language model loaded once, gold rows, and gold texts as reports."""

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

import msgspec

from dateline.codebook import Codebook, load_codebook
from dateline.errors import ArgumentError
from dateline.language import Analyser, load_analyser

Row = dict[str, Any]


class Line:
    """The codebook and the language model, loaded once for a run."""

    def __init__(self, *, codebook: Codebook | None = None, analyser: Analyser | None = None) -> None:
        self.codebook = codebook or load_codebook()
        self.analyser = analyser or load_analyser()


class Task(Protocol):
    """A task's module: rows in the form that the shared scorer reads, and the same figures as that scorer."""

    predict: Callable[..., Iterator[Row]]  # (gold, line), and by name the switches that change what is predicted
    score: Callable[..., dict[str, Any]]


def read_rows(path: Path) -> list[Row]:
    """The rows of a JSONL file. Raises ArgumentError with the line that is no JSON."""
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf8", errors="replace").split("\n"), 1):  # a text may hold other line ends
        if line.strip():
            try:
                rows.append(json.loads(line))
            except json.JSONDecodeError as fault:
                raise ArgumentError(f"{path}, line {number}: {fault.msg}; accepted is one JSON object a line") from None
    return rows


def write_rows(path: Path, rows: Iterable[Row]) -> None:
    """Write rows as a JSONL file."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf8")


def examples_of[T](codebook: Codebook, part: str, form: type[T]) -> T:
    """The examples that stand beside a codebook. Raises OSError where there are none, msgspec.ValidationError when one is not in form."""
    return msgspec.yaml.decode((codebook.events.folder / "examples" / f"{part}.yml").read_bytes(), type=form)
