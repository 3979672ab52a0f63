"""Who did what to whom, nothing given: sentences with one labelled pair each. `predict` writes what the line finds, `score` counts it."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dateline.codebook import Codebook
from dateline.evaluate.base import Line, Row, read_rows
from dateline.ingest.report import make_report
from dateline.pipeline import read_record
from dateline.records import Event, Fields, Paragraph, Party, Report, Span

WORD = re.compile(r"\w+(?:['’]\w+)*")
QUAD = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1, "COOPERATE": 2, "AID": 2, "RETREAT": 2, "YIELD": 2, "REQUEST": 3, "DEMAND": 3,
    "ACCUSE": 3, "DISAPPROVE": 3, "INVESTIGATE": 3, "REJECT": 3, "THREATEN": 3, "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4,
    "ASSAULT": 4, "FIGHT": 4,
}  # fmt: skip
FOLD = {"CONCEDE": "YIELD", "RETREAT": "YIELD", "DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
Counts = Counter[str]


def predict(gold: Path, line: Line, *, every: bool = False) -> Iterator[Row]:
    """One row a sentence: its main event, or with `every` all of them, under the convention of sentence-pair sets."""
    for row in read_rows(gold):
        record = read_record(sentence_report(row["text"], str(row["id"])), line.codebook, line.analyser)
        events = [e for e in record.events if counts(e, line.codebook)]
        chosen = events if every else main_event(events)
        yield {"id": row["id"], "events": [_written(e, line.codebook) for e in chosen]}


def sentence_report(text: str, identity: str) -> Report:
    """A report whose body is one sentence."""
    fields = Fields(language="en", body=(Paragraph(span=Span(0, len(text))),))
    return make_report(raw=text.encode(), text=text, fields=fields, read_from=identity, identity=identity)


def counts(e: Event, codebook: Codebook) -> bool:
    """Whether these sets count it as an event: a typed act with a party, and no mere appeal (CAMEO 02)."""
    return convention_root(e, codebook) is not None and bool(e.actor or e.recipient)


def convention_root(e: Event, codebook: Codebook) -> str | None:
    """The root under which sentence-pair sets file an event: a future act by its announcement, a denied one by its refusal."""
    convention = codebook.events.conventions["plv"]
    if e.type is None:
        return None
    if root := convention.modes.get(f"{e.type}/{e.mode}"):
        return root
    if e.status in ("planned", "threatened", "hypothetical"):
        return convention.planned.get(e.type, e.type)
    return convention.negated.get(e.type, e.type) if e.status == "negated" else e.type


def main_event(events: list[Event]) -> list[Event]:
    """The event that a sentence is about: with both parties, before the others, surest; none of none."""
    ranked = sorted(events, key=lambda e: (not (e.actor and e.recipient), -round(e.confidence, 1), e.trigger.start))
    return ranked[:1]


def _written(e: Event, codebook: Codebook) -> Row:
    return {"root": convention_root(e, codebook), "source": _spans(e.actor), "target": _spans(e.recipient)}


def _spans(parties: tuple[Party, ...]) -> list[dict[str, int]] | None:
    spans = [{"start": p.span.start, "end": p.span.end} for p in parties if p.span]
    return spans or None


def score(gold: Path, rows: list[Row]) -> dict[str, Any]:
    """Span, quad and root F1 over the labelled pairs, and the share of sentences without a label that got an event."""
    events = {r["id"]: r.get("events") or [] for r in rows}
    n: Counts = Counter()
    for row in read_rows(gold):
        quad = row.get("quad", row.get("penta"))
        unlabelled = not row.get("source_spans") and not row.get("target_spans")
        if quad == 0:
            n["empty"] += unlabelled
            n["alarmed"] += unlabelled and bool(events.get(row["id"]))
        elif not unlabelled:
            _count(n, row, quad, events.get(row["id"], []))
    return _figures(n)


def _count(n: Counts, row: Row, quad: int, events: list[Row]) -> None:
    source, target = tokens(row["text"], row.get("source_spans")), tokens(row["text"], row.get("target_spans"))
    hits = [
        e
        for e in events
        if fits(tokens(row["text"], e.get("source")), source, target) and fits(tokens(row["text"], e.get("target")), target, source)
    ]
    roots = [fold(e.get("root")) for e in hits]
    n["gold"] += 1
    n["predicted"] += len(events)
    n["spans"] += bool(hits)
    n["quad"] += any(QUAD.get(r or "") == quad for r in roots)
    if row.get("root"):
        n["with root"] += 1
        n["root"] += fold(row["root"]) in roots


def _figures(n: Counts) -> dict[str, Any]:
    out: dict[str, Any] = {
        "gold": n["gold"],
        "predicted": n["predicted"],
        "spans": precision_recall(n["spans"], n["predicted"], n["gold"]),
        "tuple_quad": precision_recall(n["quad"], n["predicted"], n["gold"]),
    }
    if n["with root"]:
        out["tuple_root"] = precision_recall(n["root"], n["predicted"], n["with root"])
    if n["empty"]:
        out["false_alarm_rate"] = round(100 * n["alarmed"] / n["empty"], 2)
        out["rows_without_event"] = n["empty"]
    return out


def fold(root: str | None) -> str | None:
    """A root under the name that the gold uses."""
    return FOLD.get(root or "", root)


def fits(mine: set[int], own: set[int], other: set[int]) -> bool:
    """Whether a predicted phrase is the gold's: it shares a token, touches none of the other role's, and is not much longer."""
    return not own or (bool(mine & own) and not mine & (other - own) and len(mine) <= 3 * len(own) + 3)


def tokens(text: str, spans: Any) -> set[int]:
    """The offsets of the words that spans hold; a span is a pair, or an object with start and end, alone or in a list."""
    if not spans:
        return set()
    if isinstance(spans, dict) or isinstance(spans[0], int):
        spans = [spans]
    pairs = [(s["start"], s["end"]) if isinstance(s, dict) else (s[-2], s[-1]) for s in spans]
    return {m.start() + start for start, end in pairs for m in WORD.finditer(text[start:end])}


def precision_recall(right: int, predicted: int, gold: int) -> dict[str, float]:
    """Precision, recall and F1 in per cent."""
    p, r = right / predicted if predicted else 0.0, right / gold if gold else 0.0
    return {"p": round(100 * p, 2), "r": round(100 * r, 2), "f1": round(200 * p * r / (p + r), 2) if p + r else 0.0}
