"""Learns the scorer of statements (src/dateline/codebook/data/learned/statements.json) from documents with marked attributions.

    python training/statements.py GOLD.jsonl [--leave-out RECORDS.jsonl] [--cache ANALYSES.pickle]

Every candidate of the finder becomes a row; it is good when its content matches an attribution's and its source is right, and good only
in part when the words are not the same. Names are encoded by how often they are good, out of fold; small trees judge the rows that a
quick look over a few names lets through. What ships are the tables (entries seen in 20 documents or more) and the trees: no text, no names.
"""

import argparse
import json
import math
import pickle
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from msgspec.structs import replace
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from dateline.codebook.load import SHIPPED, load_codebook
from dateline.codebook.loader import Loader
from dateline.codebook.statements import Scorer, Statements, read_statements
from dateline.evaluate.attribution import MATCH, Marked, jaccard, mark, mark_one, source_right
from dateline.evaluate.base import read_rows
from dateline.find.statements.choosing import choose
from dateline.find.statements.contents import CLOSING, layout_of
from dateline.find.statements.scoring import NAMES, NUMBERS, OF_CUE, QUICK, Candidate, Described, describe
from dateline.ingest.text import fields_of_text
from dateline.language import load_analyser
from dateline.records import Analysis

OUT = SHIPPED / "learned" / "statements.json"
FOLDS, DOCUMENTS, WEIGHT = 5, 20, 10.0
THRESHOLDS = (0.19, 0.22, 0.25, 0.28, 0.31, 0.34, 0.37)
FLAT = 0.006
ROUGH = 0.6  # how good a candidate is whose words match an attribution's but for the edges
LEARNED_FROM = 0.975  # of the good candidates reach the trees; the rest look like nothing
KEPT_CUES = 0.997
KEPT_BY_SCREEN = 0.995  # of the candidates that the trees would take
MARGIN = 0.3  # added to that bar: a tenth of the time for a tenth of a point
TREES = {
    "max_iter": 320, "learning_rate": 0.08, "max_leaf_nodes": 24, "max_depth": 8, "min_samples_leaf": 20, "l2_regularization": 5.0,
    "max_features": 0.5, "random_state": 0, "early_stopping": False,
}  # fmt: skip
NO_SCORER = Scorer(
    names=NAMES, numbers=NUMBERS, tables={n: {"": 0.0} for n in NAMES}, base=0.0, depth=0, roots=[], column=[], threshold=[], left=[], right=[],
    value=[], least=0.5, screen_weights=(), screen=0.0,
)  # fmt: skip


class Rows(NamedTuple):
    """All candidates of a set: document of each, candidate, names, numbers, target; and the marked gold of each document."""

    document: np.ndarray
    candidates: list[Candidate]
    names: list[list[str]]
    numbers: np.ndarray
    good: np.ndarray
    exact: np.ndarray
    gold: list[list[Marked]]
    analyses: list[Analysis]


def analyses_of(rows: Sequence[dict[str, Any]], cache: Path | None) -> list[Analysis]:
    """The analysis of each document, read as a plain-text file is; kept in `cache` when given."""
    if cache and cache.exists():
        return list(pickle.loads(cache.read_bytes()))
    if not OUT.exists():  # the codebook is not whole without it
        OUT.parent.mkdir(exist_ok=True)
        OUT.write_bytes(msgspec.json.encode(NO_SCORER))
    analyser, codebook = load_analyser(), load_codebook()
    reports = [(row["text"], replace(fields_of_text(row["text"], codebook), language="en")) for row in rows]
    analyses: list[Analysis] = []
    for k in range(0, len(reports), 40):
        analyser.read_ahead(reports[k : k + 40])
        analyses += [analyser.analyse(text, fields) for text, fields in reports[k : k + 40]]
    if cache:
        cache.write_bytes(pickle.dumps(analyses))
    return analyses


def spans_of(a: Analysis, pieces: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Token pieces as character spans."""
    return [[a.start[first], a.end[last - 1]] for first, last in pieces]


def as_marked(a: Analysis, c: Candidate) -> Marked:
    """A candidate in the scorer's form."""
    source = spans_of(a, [c.source]) if c.source else []
    return mark_one(a.text, {"content": spans_of(a, c.content.pieces), "source": source, "cue": [[a.start[c.cue], a.end[c.cue]]]})


def judged(a: Analysis, described: Described, gold: list[Marked]) -> list[tuple[float, float]]:
    """For each candidate: is it good, and is its content exact? A candidate of another cue is good only where the right cue has none."""
    by_word: dict[int, list[int]] = defaultdict(list)
    for k, g in enumerate(gold):
        for w in g.content:
            by_word[w].append(k)
    found: list[tuple[int, bool, bool] | None] = []
    for c in described.candidates:
        mine = as_marked(a, c)
        near = sorted({k for w in mine.content for k in by_word[w]})
        best = max(
            ((bool(gold[k].cue & mine.cue), jaccard(gold[k], mine), k) for k in near if jaccard(gold[k], mine) >= MATCH), default=None
        )
        good = best is not None and source_right(gold[best[2]], mine)
        found.append((best[2], best[0], gold[best[2]].content == mine.content) if best is not None and good else None)
    claimed = {f[0] for f in found if f and f[1]}
    kept = [f if f and (f[1] or f[0] not in claimed) else None for f in found]
    return [(float(f is not None), float(f is not None and f[2])) for f in kept]


def rows_of(documents: Sequence[dict[str, Any]], analyses: Sequence[Analysis], words: Statements) -> Rows:
    """Every candidate of every document, judged."""
    document, candidates, names, numbers, verdicts, golds = [], [], [], [], [], []
    for k, (row, a) in enumerate(zip(documents, analyses, strict=True)):
        gold = mark(row["text"], row["attributions"])
        described = describe(a, layout_of(a, words), words, screen=False)
        golds.append(gold)
        document += [k] * len(described.candidates)
        candidates += described.candidates
        names += described.names
        numbers += described.numbers
        verdicts += judged(a, described, gold)
    good, exact = np.array(verdicts).T
    return Rows(np.array(document), candidates, names, np.array(numbers, dtype=np.float32), good, exact, golds, list(analyses))


class Column(NamedTuple):
    """One column of names as numbers."""

    names: list[str]
    codes: np.ndarray


def columns_of(rows: Rows) -> list[Column]:
    """Every column of names, numbered."""
    found = []
    for c in range(len(NAMES)):
        number: dict[str, int] = {}
        codes = np.array([number.setdefault(row[c], len(number)) for row in rows.names])
        found.append(Column(list(number), codes))
    return found


def table_of(column: Column, rows: Rows, chosen: np.ndarray) -> dict[str, float]:
    """Name → log-odds of a good candidate, for names seen in enough documents; '' for all others together."""
    codes, good = column.codes[chosen], rows.good[chosen]
    size, base = len(column.names), good.mean()
    seen, hits = np.bincount(codes, minlength=size), np.bincount(codes, weights=good, minlength=size)
    pairs = np.unique(codes.astype(np.int64) * (rows.document.max() + 1) + rows.document[chosen])
    documents = np.bincount(pairs // (rows.document.max() + 1), minlength=size)
    kept = documents >= DOCUMENTS

    def odds(good: float, total: float) -> float:
        p = (good + WEIGHT * base) / (total + WEIGHT)
        return round(math.log(p / (1 - p)), 3)

    table = {column.names[k]: odds(float(hits[k]), float(seen[k])) for k in sorted(np.flatnonzero(kept), key=lambda k: column.names[k])}
    table.setdefault("", odds(float(hits[~kept].sum()), float(seen[~kept].sum())))
    return table


def encoded(columns: Sequence[Column], rows: Rows, chosen: np.ndarray, tables: Sequence[dict[str, float]]) -> np.ndarray:
    """Rows of encoded names and numbers."""
    names = [np.array([t.get(n, t[""]) for n in c.names], dtype=np.float32)[c.codes[chosen]] for c, t in zip(columns, tables, strict=True)]
    return np.hstack([np.array(names).T, rows.numbers[chosen]])


def out_of_fold(columns: Sequence[Column], rows: Rows, folds: np.ndarray) -> np.ndarray:
    """Every row encoded by tables that its own document had no part in."""
    x = np.zeros((len(rows.names), len(NAMES) + len(NUMBERS)), dtype=np.float32)
    for f in range(FOLDS):
        tables = [table_of(c, rows, np.flatnonzero(folds != f)) for c in columns]
        mine = np.flatnonzero(folds == f)
        x[mine] = encoded(columns, rows, mine, tables)
    return x


def f1_at(rows: Rows, scores: np.ndarray, least: float) -> tuple[float, float, float]:
    """F1, precision and recall of the whole choice at a threshold, over the held-out fifth."""
    hits = found = 0
    for k in range(0, len(rows.gold), FOLDS):
        gold, mine = rows.gold[k], np.flatnonzero(rows.document == k)
        a = rows.analyses[k]
        chosen = choose([rows.candidates[i] for i in mine], [float(scores[i]) for i in mine], least=least)
        found += len(chosen)
        taken: set[int] = set()
        for c in chosen:
            m = as_marked(a, c.candidate)
            options = [(jaccard(g, m), i) for i, g in enumerate(gold) if i not in taken and g.content & m.content and source_right(g, m)]
            value, i = max(options, default=(0.0, -1))
            if value >= MATCH:
                taken.add(i)
                hits += 1
    total = sum(len(g) for g in rows.gold[::FOLDS])
    p, r = hits / max(1, found), hits / total
    return 2 * p * r / max(1e-9, p + r), p, r


def flattened(model: HistGradientBoostingClassifier) -> dict[str, Any]:
    """The trees as flat arrays; a leaf is its own left and right."""
    roots: list[int] = []
    column: list[int] = []
    threshold: list[float] = []
    left: list[int] = []
    right: list[int] = []
    value: list[float] = []
    for (tree,) in model._predictors:
        first = len(column)
        roots.append(first)
        for k, node in enumerate(tree.nodes):
            leaf = bool(node["is_leaf"])
            column.append(0 if leaf else int(node["feature_idx"]))
            threshold.append(0.0 if leaf else round(float(node["num_threshold"]), 4))
            left.append(first + (k if leaf else int(node["left"])))
            right.append(first + (k if leaf else int(node["right"])))
            value.append(round(float(node["value"]), 4) if leaf else 0.0)
    return {"roots": roots, "column": column, "threshold": threshold, "left": left, "right": right, "value": value}


def quick_sums(rows: Rows, x: np.ndarray) -> tuple[tuple[float, ...], np.ndarray]:
    """Weights over the quick names, and each row's weighted sum."""
    columns = [NAMES.index(n) for n in (*QUICK, OF_CUE[0])]
    model = LogisticRegression(C=1.0, max_iter=500).fit(x[:, columns], rows.good)
    weights = tuple(round(float(w), 3) for w in model.coef_[0])
    return weights, x[:, columns] @ np.array(weights)


def grown(x: np.ndarray, rows: Rows, chosen: np.ndarray) -> HistGradientBoostingClassifier:
    """The trees grown on the chosen rows; a roughly good one counts on both sides."""
    good, rough = rows.good[chosen], (rows.good[chosen] > 0) & (rows.exact[chosen] == 0)
    target = np.concatenate([good, np.zeros(rough.sum())])
    weight = np.concatenate([np.where(rough, ROUGH, 1.0), np.full(rough.sum(), 1 - ROUGH)])
    return HistGradientBoostingClassifier(**TREES).fit(np.vstack([x[chosen], x[chosen][rough]]), target, sample_weight=weight)


def main() -> None:
    """Read, learn, choose the threshold on the folds, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--leave-out", type=Path)
    parser.add_argument("--cache", type=Path)
    args = parser.parse_args()
    documents = read_rows(args.gold)
    left_out = {row["source_id"] for row in read_rows(args.leave_out)} if args.leave_out else set()
    analyses = analyses_of(documents, args.cache)
    kept = [(d, a) for d, a in zip(documents, analyses, strict=True) if d["id"] not in left_out]
    words = read_statements(Loader(SHIPPED), NO_SCORER)
    assert words is not None
    rows = rows_of([d for d, _ in kept], [a for _, a in kept], words)
    print(f"{len(kept)} documents, {len(rows.names)} candidates, {rows.good.mean():.3f} good")
    folds = rows.document % FOLDS
    columns = columns_of(rows)
    x = out_of_fold(columns, rows, folds)
    held = folds == 0
    weights, sums = quick_sums(rows, x)
    closing = np.array([c.content.frame == CLOSING for c in rows.candidates])
    seen = closing | (sums >= np.quantile(sums[rows.good > 0], 1 - LEARNED_FROM))
    scores = np.zeros(len(x))
    scores[held & seen] = grown(x, rows, np.flatnonzero(~held & seen)).predict_proba(x[held & seen])[:, 1]
    figures = {v: f1_at(rows, scores, v) for v in THRESHOLDS}
    # The curve is flat at its top: the surest threshold on it serves readers best.
    least = max(v for v in THRESHOLDS if figures[v][0] >= max(f[0] for f in figures.values()) - FLAT)
    for v, f in figures.items():
        print("held-out fifth: threshold, F1, precision, recall", v, *(round(100 * part, 1) for part in f), "<" if v == least else "")
    taken = held & (scores >= least)
    cue_bar = round(float(np.quantile(x[taken, NAMES.index("cue")], 1 - KEPT_CUES)), 3)
    bar = round(float(np.quantile(sums[taken & ~closing], 1 - KEPT_BY_SCREEN)) + MARGIN, 3)
    print(f"{seen.mean():.2f} of the candidates are learned from; the quick look keeps {(sums >= bar).mean():.2f}")
    model = grown(x, rows, np.flatnonzero(seen))
    tables = {n: table_of(c, rows, np.arange(len(rows.names))) for c, n in zip(columns, NAMES, strict=True)}
    learned = {
        "names": NAMES, "numbers": NUMBERS, "tables": tables, "base": round(float(model._baseline_prediction[0, 0]), 4),
        "depth": TREES["max_depth"], "least": least, "screen_weights": weights, "screen": bar, "screen_cue": cue_bar, **flattened(model),
    }  # fmt: skip
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(learned, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
