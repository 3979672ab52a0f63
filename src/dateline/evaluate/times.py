"""`evaluate times`: TIMEX3 expressions and values. Rows {"id", "timexes": [{"start", "end", "type", "value"}]}; a range goes out as its parts."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dateline.evaluate.base import Line, Row, read_rows
from dateline.find import find_times
from dateline.records import Analysis, Fields, Paragraph, Span, Time, Value
from dateline.resolve import resolve_times

Pairs = list[tuple[int, int, bool]]


def predict(gold: Path, line: Line) -> Iterator[Row]:
    """The times of each row of a TIMEX3 gold file; its "dct" is the publication instant, every line of its text a paragraph."""
    for row in read_rows(gold):
        _, _, times = times_of(row, line)
        yield {"id": row["id"], "timexes": [timex(t) for t in times if t.type != "INTERVAL"]}


def times_of(row: Row, line: Line) -> tuple[Analysis, Fields, tuple[Time, ...]]:
    """The analysis, fields and times of a gold row that has "text" and "dct"."""
    fields = fields_of_row(row)
    analysis = line.analyser.analyse(row["text"], fields)
    return analysis, fields, resolve_times(find_times(analysis, line.codebook), analysis, fields, line.codebook)


def fields_of_row(row: Row) -> Fields:
    """A gold text is pure body: each of its lines is a paragraph."""
    published = Value(value=row["dct"], source="column:dct", by="gold") if row.get("dct") else None
    body = tuple(Paragraph(span=Span(*m.span())) for m in re.finditer(r"\S[^\n]*", row["text"]))
    return Fields(published=published, body=body, language="en")


def timex(time: Time) -> Row:
    return {"start": time.span.start, "end": time.span.end, "type": time.type, "value": time.value}


def score(gold: Path, rows: list[Row]) -> dict[str, Any]:
    """TempEval-3 measures as (precision, recall, F1): a gold time is paired with at most one found time, the same span first."""
    mine = {row["id"]: row["timexes"] for row in rows}
    golden = {row["id"]: row["timexes"] for row in read_rows(gold)}
    hits = dict.fromkeys(("strict", "relaxed", "type", "value", "strict+value"), 0)
    for key, wanted in golden.items():
        found = mine.get(key, [])
        for i, j, same in pair(wanted, found):
            value = str(wanted[i].get("value")).upper() == str(found[j].get("value")).upper()
            hits["strict"] += same
            hits["relaxed"] += 1
            hits["type"] += wanted[i].get("type") == found[j].get("type")
            hits["value"] += value
            hits["strict+value"] += value and same
    wanted_all, found_all = sum(map(len, golden.values())), sum(len(mine.get(key, [])) for key in golden)
    share = round(100 * hits["value"] / hits["relaxed"], 2) if hits["relaxed"] else 0
    figures = {name: measures(hit, wanted_all, found_all) for name, hit in hits.items()}
    return {"gold": wanted_all, "sys": found_all, **figures, "value_acc_on_matched": share}


def measures(hit: int, wanted: int, found: int) -> tuple[float, float, float]:
    """Precision, recall and F1 in percent, rounded to two places."""
    p, r = (hit / found if found else 0.0), (hit / wanted if wanted else 0.0)
    return round(100 * p, 2), round(100 * r, 2), round(200 * p * r / (p + r), 2) if p + r else 0.0


def pair(wanted: list[Row], found: list[Row]) -> Pairs:
    """Pairs (gold, found, same span): equal spans first, then by overlap; of equal overlaps the first of the text."""
    out: Pairs = []
    free = set(range(len(found)))
    for i, one in enumerate(wanted):
        same = next((j for j in sorted(free) if (found[j]["start"], found[j]["end"]) == (one["start"], one["end"])), None)
        if same is not None:
            free.discard(same)
            out.append((i, same, True))
    done = {i for i, _, _ in out}
    touching = [
        (min(one["end"], found[j]["end"]) - max(one["start"], found[j]["start"]), -i, -j)
        for i, one in enumerate(wanted)
        if i not in done
        for j in sorted(free)
    ]
    for overlap, i, j in sorted(touching, reverse=True):
        if overlap > 0 and -i not in done and -j in free:
            done.add(-i)
            free.discard(-j)
            out.append((-i, -j, False))
    return out
