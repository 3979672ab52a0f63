"""Sentences with source and target given: which of PLOVER's roots joins them, under the convention of sentence-pair sets."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from dateline.codebook import Codebook
from dateline.evaluate.base import Line, Row, read_rows
from dateline.find.event_types import code_pair
from dateline.records import Analysis, Fields, Paragraph, Span

QUAD = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1, "COOPERATE": 2, "AID": 2, "RETREAT": 2, "YIELD": 2, "REQUEST": 3, "DEMAND": 3,
    "ACCUSE": 3, "DISAPPROVE": 3, "INVESTIGATE": 3, "REJECT": 3, "THREATEN": 3, "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4,
    "ASSAULT": 4, "FIGHT": 4,
}  # fmt: skip
FOLD = {"CONCEDE": "YIELD", "RETREAT": "YIELD", "DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
TOGETHER = 256  # sentences parsed at a time


def predict(gold: Path, line: Line) -> Iterator[Row]:
    """One row a sentence: {"id", "root", "confidence", "trigger"}."""
    rows = read_rows(gold)
    for first in range(0, len(rows), TOGETHER):
        part = rows[first : first + TOGETHER]
        reports = [(r["text"], Fields(language="en", body=(Paragraph(span=Span(0, len(r["text"]))),))) for r in part]
        line.analyser.read_ahead(reports)
        for row, (text, fields) in zip(part, reports, strict=True):
            yield coded_row(row, line.analyser.analyse(text, fields), line.codebook)


def coded_row(row: Row, a: Analysis, codebook: Codebook) -> Row:
    """One sentence coded."""
    pair = code_pair(a, span_of(row.get("source_spans")), span_of(row.get("target_spans")), codebook)
    trigger = [a.word[i] for i in pair.trigger.tokens] if pair.trigger else []
    return {"id": row["id"], "root": pair.root(codebook), "confidence": round(pair.judged.confidence, 4), "trigger": " ".join(trigger)}


def span_of(spans: Sequence[Sequence[int]] | None) -> Span | None:
    """From the first span's start to the last one's end; None where the row has none."""
    return Span(spans[0][0], spans[-1][1]) if spans else None


def score(gold: Path, rows: Iterable[Row], *, above: str = "0") -> dict[str, Any]:
    """Macro F1 over roots, quads and the two sides, accuracy; an answer with a confidence below `above` counts as none."""
    least = float(above)
    told: dict[Any, str | None] = {r["id"]: r.get("root") for r in rows if float(r.get("confidence", 1.0)) >= least}
    golden = read_rows(gold)
    wanted = [FOLD.get(str(r["root"]), str(r["root"])) for r in golden]
    given = [FOLD.get(told.get(r["id"]) or "", told.get(r["id"])) for r in golden]
    quads, its_quads = [QUAD[w] for w in wanted], [QUAD.get(g or "") for g in given]
    answered = sum(g is not None for g in given)
    right = sum(w == g for w, g in zip(wanted, given, strict=True))
    return {
        "rows": len(wanted),
        "answered": answered,
        "root_macro_f1": macro_f1(wanted, given),
        "quad_macro_f1": macro_f1(quads, its_quads),
        "binary_macro_f1": macro_f1([q > 2 for q in quads], [None if q is None else q > 2 for q in its_quads]),
        "root_accuracy": round(100 * right / len(wanted), 2) if wanted else 0.0,
        "right_of_answered": round(100 * right / answered, 2) if answered else 0.0,
    }


def macro_f1(wanted: Sequence[object], given: Sequence[object]) -> float:
    """Mean F1 over the classes of `wanted`, in per cent."""
    found = []
    for name in dict.fromkeys(wanted):
        both = sum(w == g == name for w, g in zip(wanted, given, strict=True))
        found.append(2 * both / (list(wanted).count(name) + list(given).count(name)))
    return round(100 * sum(found) / len(found), 2) if found else 0.0
