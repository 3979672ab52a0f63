"""The task `stamps`: the day that a stamp of a news page states. Gold is a list of [line, ISO day]; a wrong day is worse than none."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from dateline.evaluate.base import Line, Row
from dateline.ingest.stamps import read_stamp


def predict(gold: Path, line: Line) -> Iterator[Row]:
    """One row a stamp: {"line", "day": ISO day or null}."""
    for printed, _ in stamps_of(gold):
        stamp = read_stamp(printed, line.codebook.stamps)
        yield {"line": printed, "day": stamp.day if stamp else None}


def score(gold: Path, rows: Iterable[Row]) -> dict[str, Any]:
    """How many days are right, wrong and unknown, and the wrong ones as [line, day, read]."""
    read = {row["line"]: (row.get("day") or "")[:10] for row in rows}
    pairs = stamps_of(gold)
    wrong = [[printed, day, read[printed]] for printed, day in pairs if read.get(printed) and read[printed] != day]
    right = sum(read.get(printed) == day for printed, day in pairs)
    return {"lines": len(pairs), "right": right, "wrong": len(wrong), "unknown": len(pairs) - right - len(wrong), "wrong_lines": wrong}


def stamps_of(gold: Path) -> list[tuple[str, str]]:
    """The stamps of a gold file with their days."""
    return [(printed, day) for printed, day in json.loads(gold.read_text(encoding="utf8"))]
