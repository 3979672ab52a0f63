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
from dateline.records import Analysis, Event, Fields, Paragraph, Party, Record, Report, Span
from dateline.syntax import ancestors, root_of

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
        report = sentence_report(row["text"], str(row["id"]))
        record = read_record(report, line.codebook, line.analyser)
        analysis = line.analyser.analyse(report.text, report.fields)
        told = list(record.events) if every else main_event(list(record.events), analysis)
        chosen = [e for e in told if counts(e, analysis, line.codebook)]
        yield {"id": row["id"], "events": [written(e, record, analysis, line.codebook) for e in chosen]}


def sentence_report(text: str, identity: str) -> Report:
    """A report whose body is one sentence."""
    fields = Fields(language="en", body=(Paragraph(span=Span(0, len(text))),))
    return make_report(raw=text.encode(), text=text, fields=fields, read_from=identity, identity=identity)


def counts(e: Event, a: Analysis, codebook: Codebook) -> bool:
    """Whether these sets count it as an event: a typed act by somebody, not merely possible, and no mere statement, denial or appeal."""
    convention = codebook.events.conventions["plv"]
    if convention_root(e, codebook) is None or not e.actor or e.status in ("hypothetical", "alleged"):
        return False
    head = root_of(a, e.trigger)
    if head is not None and a.lemma[head] in convention.left_out.get(e.type or "", ()):
        return False
    objects = {a.lemma[c] for c in a.children[head] if a.dep[c] == "dobj"} if head is not None else set()
    return not objects & convention.left_out_objects.get(e.type or "", frozenset())


def convention_root(e: Event, codebook: Codebook) -> str | None:
    """The root under which sentence-pair sets file an event: a future act by its announcement, a denied one by its refusal."""
    convention = codebook.events.conventions["plv"]
    filed = convention.filed.get(f"{e.type}/{e.cameo}") if e.mode is None else None
    return convention.root(filed or e.type, e.mode, e.status)


def main_event(events: list[Event], a: Analysis) -> list[Event]:
    """The event that a sentence is about, as these sets label it: highest in the sentence, with both parties, first; none of none."""
    return sorted(events, key=lambda e: (depth(e, a), -bool(e.actor) - bool(e.recipient), e.trigger.start))[:1]


def depth(e: Event, a: Analysis) -> float:
    """How deep in its sentence an event is told: clauses above it; speech above a clause costs nothing, a missing actor one clause."""
    act = root_of(a, e.trigger)
    if act is None:
        return 99.0
    cost = 0.0 if a.pos[act] in ("VERB", "AUX") else 0.5
    for i in (act, *ancestors(a, act)):
        cost += COST.get(a.dep[i], 0.0)
    return cost + (0 if e.actor else 0.6) + (0 if e.recipient else 0.3) + (e.status == "hypothetical") * 0.4


COST = {
    "relcl": 2.0,
    "acl": 1.5,
    "advcl": 1.2,
    "conj": 0.3,
    "ccomp": 0.1,
    "xcomp": 0.4,
    "pcomp": 1.0,
    "pobj": 0.6,
    "dobj": 0.5,
    "compound": 1.0,
    "appos": 1.5,
}


def written(e: Event, record: Record, a: Analysis, codebook: Codebook) -> Row:
    """An event as the shared scorer reads it."""
    return {"root": convention_root(e, codebook), "source": _spans(e.actor, record, a), "target": _spans(e.recipient, record, a)}


def _spans(parties: tuple[Party, ...], record: Record, a: Analysis) -> list[dict[str, int]] | None:
    spans = [_named_span(p, record, a) for p in parties if p.span]
    return [{"start": s.start, "end": s.end} for s in spans] or None


def _named_span(p: Party, record: Record, a: Analysis) -> Span:
    """The words of a party; where they are a pronoun, the actor's nearest name before it in the sentence."""
    assert p.span is not None
    head = root_of(a, p.span)
    if head is None or a.pos[head] != "PRON" or p.actor is None:
        return p.span
    mentions = next((x.mentions for x in record.actors if x.id == p.actor), ())
    names = [m for m in mentions if (i := root_of(a, m)) is not None and a.pos[i] != "PRON"]
    return max((m for m in names if m.end <= p.span.start), default=names[0] if names else p.span)


def score(gold: Path, rows: list[Row]) -> dict[str, Any]:
    """Span, quad and root F1 over the labelled pairs, and the share of sentences without a label that got an event."""
    events = {r["id"]: r.get("events") or [] for r in rows}
    n: Counts = Counter()
    for row in read_rows(gold):
        quad = int(row["quad"] if "quad" in row else row["penta"])
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
