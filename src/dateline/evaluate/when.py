"""`evaluate when`: days of events whose mention is given. Rows {"id", "events": [{"start", "end", "when": {"start", "end"}}]}."""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dateline.evaluate.base import Line, Row, read_rows
from dateline.evaluate.times import times_of
from dateline.records import Span
from dateline.resolve.when import Dating

DAY = re.compile(r"\d{4}-\d\d-\d\d")


def predict(gold: Path, line: Line) -> Iterator[Row]:
    """The interval of every mention of a gold file."""
    for row in read_rows(gold):
        dating = dating_of(row, line)
        yield {"id": row["id"], "events": [dated(event, dating) for event in row["events"]]}


def dating_of(row: Row, line: Line) -> Dating:
    """What dates the words of one gold row."""
    analysis, fields, times = times_of(row, line)
    return Dating(analysis, fields, line.codebook, times)


def dated(event: Row, dating: Dating) -> Row:
    when = dating.of(Span(event["start"], event["end"]))
    return {"start": event["start"], "end": event["end"], "when": {"start": when.start, "end": when.end, "basis": when.basis}}


def score(gold: Path, rows: list[Row]) -> dict[str, Any]:
    """Exact days, months and years, days invented for undated events; and before, on or after the day of publication."""
    mine = {row["id"]: {(e["start"], e["end"]): e.get("when") or {} for e in row["events"]} for row in rows}
    n: Counter[str] = Counter()
    for row in read_rows(gold):
        day = (row.get("dct") or "")[:10]
        for event in row["events"]:
            when = mine.get(row["id"], {}).get((event["start"], event["end"]), {})
            first, last = (when.get("start") or "")[:10] or None, (when.get("end") or "")[:10] or None
            count_day(n, event, day, first, last)
            count_relation(n, event, day, first, last)
    return {
        "days": n["day"], "exact_day": percent(n["day ok"], n["day"]), "published_day": percent(n["published ok"], n["day"]),
        "in_month": percent(n["month ok"], n["month"]), "invented": percent(n["undated day"], n["undated"]),
        "relations": n["relation"], "relation": percent(n["relation ok"], n["relation"]),
    }  # fmt: skip


def gold_day(event: Row) -> str | None:
    """The one full day that the gold gives, if it gives one."""
    day = event.get("date") or ((event.get("begin") or {}).get("on") if event.get("kind") == "SingleDay" else None)
    return day if day and DAY.fullmatch(day) else None


def count_day(n: Counter[str], event: Row, published: str, first: str | None, last: str | None) -> None:
    day = gold_day(event)
    if day:
        n["day"] += 1
        n["day ok"] += first == last == day
        n["published ok"] += published == day
    elif "date" in event:
        whole = month_or_year(event["date"])
        if whole:
            n["month"] += 1
            n["month ok"] += bool(first and last and whole[0] <= first and last <= whole[1])
        else:
            n["undated"] += 1
            n["undated day"] += bool(first and first == last)


def count_relation(n: Counter[str], event: Row, published: str, first: str | None, last: str | None) -> None:
    if event.get("dct_rel") in ("beforeDCT", "DCT", "afterDCT"):
        n["relation"] += 1
        got = "beforeDCT" if last and last < published else "afterDCT" if first and first > published else "DCT" if first or last else None
        n["relation ok"] += got == event["dct_rel"]


def month_or_year(written: str) -> tuple[str, str] | None:
    """First and last day of a gold value such as 2007-06-XX or 2007; None when not even the year is known."""
    year, month = written[:4], written[5:7]
    if not year.isdigit():
        return None
    if month.isdigit() and month != "00":
        return f"{year}-{month}-01", f"{year}-{month}-{monthrange(int(year), int(month))[1]:02}"
    return f"{year}-01-01", f"{year}-12-31"


def percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 2) if whole else None
