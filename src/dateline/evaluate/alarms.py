"""Acts by the police in whole stories, many of them in lower case: how many are found, and how often a quiet sentence raises an alarm."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from dateline.codebook import Codebook
from dateline.evaluate.base import Line, Row, read_rows
from dateline.ingest.report import make_report
from dateline.ingest.text import fields_of_text
from dateline.pipeline import read_record
from dateline.records import Event, Report

POLICE = "COP"
TYPES = frozenset({"ASSAULT", "COERCE"})
ACTS = frozenset({"KILL", "ARREST", "FORCE"})
DONE = frozenset({"actual", "alleged"})
# Modes that are the police's work when no actor is named: arrests and uses of force.
POLICE_MODES = frozenset({"arrest", "crowd-control", "beat", "firearms"})


def predict(gold: Path, line: Line) -> Iterator[Row]:
    """One row a story: the types of police acts in each of its sentences."""
    for row in read_rows(gold):
        record = read_record(story_report(row["text"], str(row["doc_id"]), line.codebook), line.codebook, line.analyser)
        starts = sentence_starts(row["text"], [s["text"] for s in row["sents"]])
        found: list[list[str]] = [[] for _ in starts]
        for e in record.events:
            if starts and is_police_act(e):
                for span in e.evidence or (e.trigger,):
                    found[max(0, bisect_right(starts, span.start) - 1)].append(str(e.type))
        yield {"doc_id": row["doc_id"], "sents": [sorted(set(types)) for types in found]}


def story_report(text: str, identity: str, codebook: Codebook) -> Report:
    """A story as a report in English."""
    fields = replace(fields_of_text(text, codebook), language="en")
    return make_report(raw=text.encode(), text=text, fields=fields, read_from=identity, identity=identity)


def is_police_act(e: Event) -> bool:
    """An assault or coercion that was done, by the police; or by nobody named, an arrest or a use of force."""
    if e.type not in TYPES or e.status not in DONE:
        return False
    if e.actor:
        return any(p.sector == POLICE for p in e.actor)
    return e.mode in POLICE_MODES


def sentence_starts(text: str, sentences: list[str]) -> list[int]:
    """Where each sentence begins in the text; they come in order."""
    starts, at = [], 0
    for sentence in sentences:
        found = text.find(sentence, at)
        at = found if found >= 0 else at
        starts.append(at)
        at += len(sentence) if found >= 0 else 0
    return starts


def score(gold: Path, rows: list[Row]) -> dict[str, Any]:
    """Recall on sentences labelled KILL, ARREST or FORCE; the share of sentences without any label that have an event."""
    predicted = {r["doc_id"]: r.get("sents") or [] for r in rows}
    n: Counter[str] = Counter()
    for story in read_rows(gold):
        mine = predicted.get(story["doc_id"], [])
        for i, sentence in enumerate(story["sents"]):
            alarm = bool(TYPES & set(mine[i] if i < len(mine) else []))
            labels = set(sentence["labels"])
            kind = "quiet" if not labels else "act" if labels & ACTS else "other"
            n[kind] += 1
            n[f"{kind} with an event"] += alarm
    return {
        "quiet_sentences": n["quiet"],
        "alarm_rate": round(100 * n["quiet with an event"] / max(1, n["quiet"]), 2),
        "act_sentences": n["act"],
        "recall": round(100 * n["act with an event"] / max(1, n["act"]), 2),
    }
