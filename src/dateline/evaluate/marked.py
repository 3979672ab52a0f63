"""The events task: reports in which a person marked every event, against what Dateline finds in them.

GOLD is a YAML list of reports: `id`, `published` (a day), `text`, and `events`, each with

    at: "Troops {shelled} the town"    words that stand once in the text, the trigger in braces
    also: ["the {shelling}"]           other mentions of the same happening, in the same form
    type: ASSAULT                      a type of the codebook; null for a public happening without one
    actor: ["Troops"]                  the phrase as it stands beside the trigger; "she = Vera Holm" adds whom it means
    recipient: ["the town"]            [] where the text says nobody
    status: actual                     actual, negated, planned, threatened, hypothetical, alleged
    age: new                           new, background, ongoing
    day: 2019-06-17                    or first/last, or null where the text does not tell

What is only asked for or supposed need not be marked, so an event told as hypothetical counts only where it is.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from dateline.codebook import Codebook
from dateline.errors import ArgumentError
from dateline.evaluate.base import Line, Row
from dateline.evaluate.record import lies_inside, names_agree
from dateline.ingest.report import make_report
from dateline.ingest.text import fields_of_text
from dateline.pipeline import read_record, with_language
from dateline.records import Base, Novelty, Report, Status, Value

MARKED = re.compile(r"(.*?)\{(.+?)\}(.*)", re.DOTALL)
MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})
MARKS = ("type", "status", "age", "actor", "recipient")


class MarkedEvent(Base, frozen=True, kw_only=True):
    """One event as a person marked it."""

    at: str
    type: str | None
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    status: Status
    age: Novelty
    day: Any = None  # YAML reads a lone day as a date, a stretch as text
    also: tuple[str, ...] = ()


class MarkedReport(Base, frozen=True, kw_only=True):
    """One report with all of its events."""

    id: str
    published: date
    text: str
    kind: str = ""
    events: tuple[MarkedEvent, ...] = ()


class Phrase(NamedTuple):
    """A party as marked: its characters beside the trigger, where it stands there, and its name."""

    start: int  # -1 where it has no words of its own
    end: int
    names: tuple[str, ...]


def predict(gold: Path, line: Line) -> Iterator[Row]:
    """A record of each report, coded as `dateline code` would code a corpus with a `published` column."""
    for report in read_marked(gold):
        yield msgspec.to_builtins(read_record(report_of(report, line.codebook), line.codebook, line.analyser))


def report_of(marked: MarkedReport, codebook: Codebook) -> Report:
    """The report without its marks, printed on its day."""
    fields = fields_of_text(marked.text, codebook)
    if fields.published is None:
        fields = replace(fields, published=Value(value=str(marked.published), source="column:published", by="column"))
    return with_language(make_report(raw=marked.text.encode(), text=marked.text, fields=fields, read_from=marked.id, identity=marked.id))


def score(gold: Path, rows: list[Row], **_: str) -> dict[str, Any]:
    """Events marked, told, found, and right in each of their marks; the same by type of what was marked, and of what Dateline says."""
    records = {r["read_from"]: r for r in rows}
    total, faults = Counter[str](), list[str]()
    of_marked: defaultdict[str, Counter[str]] = defaultdict(Counter)
    of_told: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for report in read_marked(gold):
        told = records.get(report.id, {}).get("events", [])
        pairs = match(report, told)
        meant = {j: report.events[n] for n, j in pairs.items()}
        for n, marked in enumerate(report.events):
            of_marked[str(marked.type)].update({"marked": 1, "found": n in pairs})
            faults += [] if n in pairs else [f"{report.id} missed: {marked.at} ({marked.type}, {marked.status}, {marked.age})"]
        for j, e in enumerate(told):
            if j not in meant and e["status"] == "hypothetical":
                continue
            marks = judge(report, meant[j], e) if j in meant else {}
            wrong = [mark for mark in MARKS if not marks.get(mark)]
            of_told[str(e["type"])].update({"told": 1, "found": j in meant, "right": not wrong})
            total.update(marks)
            if wrong:
                faults.append(f"{report.id} {f'wrong {wrong}' if marks else 'not marked'}: {show(report.text, e)} {meant.get(j, '')}")
    for name, table in (("marked", of_marked), ("found", of_marked), ("told", of_told), ("right", of_told)):
        total[name] = sum(its[name] for its in table.values())
    return {
        **total, "precision": share(total["right"], total["told"]), "recall": share(total["right"], total["marked"]),
        "by type marked": dict(sorted(of_marked.items())), "by type told": dict(sorted(of_told.items())), "faults": faults,
    }  # fmt: skip


def share(part: int, whole: int) -> float:
    """A percentage to one place."""
    return round(100 * part / whole, 1) if whole else 0.0


def match(report: MarkedReport, said: list[Row]) -> dict[int, int]:
    """Marked event → the record's event whose trigger touches one of its mentions; those right in most marks first, each once."""
    found = []
    for n, marked in enumerate(report.events):
        places = [place(report, at) for at in (marked.at, *marked.also)]
        for j, e in enumerate(said):
            if any(e["trigger"]["start"] < end and start < e["trigger"]["end"] for start, end in places):
                marks = judge(report, marked, e)
                found.append((sum(marks.values()) + marks["type"], -n, -j))
    pairs: dict[int, int] = {}
    for _, n, j in sorted(found, reverse=True):
        if -n not in pairs and -j not in pairs.values():
            pairs[-n] = -j
    return pairs


def judge(report: MarkedReport, marked: MarkedEvent, e: Row) -> dict[str, bool]:
    """Which marks the record's event has right; all parties of a mutual act may stand on either side."""
    start, _ = place(report, marked.at)
    actors, others = ([phrase(report.text, p, start) for p in side] for side in (marked.actor, marked.recipient))
    mine, theirs = e.get("actor") or [], e.get("recipient") or []
    if marked.type in MUTUAL:
        actors, others, mine, theirs = [*actors, *others], [], [*mine, *theirs], []
    first, _, last = ("" if marked.day is None else str(marked.day)).partition("/")
    return {
        "type": e["type"] == marked.type,
        "status": e["status"] == marked.status,
        "age": e["reported_as"] == marked.age,
        "actor": same_parties(actors, mine),
        "recipient": same_parties(others, theirs),
        "day": lies_inside(e.get("when"), {"start": first or None, "end": last or first or None}),
    }


def same_parties(wanted: list[Phrase], found: list[Row]) -> bool:
    """Whether every party that was marked is there, and nobody else."""
    return all(any(is_party(w, f) for f in found) for w in wanted) and all(any(is_party(w, f) for w in wanted) for f in found)


def is_party(wanted: Phrase, found: Row) -> bool:
    """Whether a party of the record is one that was marked: it stands there, or its name agrees."""
    span = found.get("span") or {"start": -1, "end": -1}
    there = span["start"] < wanted.end and wanted.start < span["end"]
    return there or any(names_agree(found.get("name"), name) for name in wanted.names)


def phrase(text: str, marked: str, near: int) -> Phrase:
    """A party of the form "phrase", "phrase = name" or "= name"."""
    own, _, name = (part.strip() for part in marked.partition("="))
    at = min((m.start() for m in re.finditer(re.escape(own), text) if own), key=lambda i: abs(i - near), default=-1)
    return Phrase(at, at + len(own) if own else -1, tuple(n for n in (own, name) if n))


def place(report: MarkedReport, at: str) -> tuple[int, int]:
    """Where a trigger stands. Raises ArgumentError where its words stand in the text not at all, or more than once."""
    found = MARKED.fullmatch(at)
    if found is None or report.text.count("".join(found.groups())) != 1:
        raise ArgumentError(f"{report.id}: {at!r}: accepted are words that stand once in the text, the trigger in {{braces}}")
    start = report.text.index("".join(found.groups())) + len(found[1])
    return start, start + len(found[2])


def show(text: str, e: Row) -> str:
    """An event with its words in braces, for a person."""
    s = e["trigger"]
    sides = " → ".join(", ".join(p["name"] or "?" for p in e.get(k) or []) or "-" for k in ("actor", "recipient"))
    around = f"{text[max(0, s['start'] - 60) : s['start']]}{{{text[s['start'] : s['end']]}}}{text[s['end'] : s['end'] + 60]}".replace(
        "\n", " "
    )
    return f"{around} | {e['type']} {e['status']} {e['reported_as']} {sides} ({e['confidence']})"


def read_marked(gold: Path) -> list[MarkedReport]:
    """The reports of a file. Raises ArgumentError where one is not in form."""
    try:
        return msgspec.yaml.decode(gold.read_bytes(), type=list[MarkedReport], strict=False)
    except msgspec.ValidationError as fault:
        raise ArgumentError(f"{gold}: {fault}; see `dateline.evaluate.marked` for the form") from None
