"""Learns whether a happening without a time of its own shares the day of the news: writes codebook/data/learned/newsday.json.

    python training/when.py GOLD_FOLDER [--write]

Reads timeline_trial.jsonl and timeline_corpus1.jsonl of GOLD_FOLDER. Without --write it only cross-validates over documents: ten folds,
dealt ROUNDS times, the mean of which is printed.
Features are classes of syntax and tense (resolve/newsday.py), kept when seen in MIN_DOCUMENTS documents, those that hold a
preposition in WORD_DOCUMENTS: no other word of the texts.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from dateline.codebook.times import NewsDay
from dateline.evaluate.base import Line, Row, read_rows
from dateline.evaluate.when import count_day, dated, dating_of, gold_day, percent
from dateline.records import Span
from dateline.resolve.anchors import tokens_touching
from dateline.resolve.when import Dating, head_of

SETS = ("timeline_trial.jsonl", "timeline_corpus1.jsonl")
OUT = Path(__file__).parent.parent / "src/dateline/codebook/data/learned/newsday.json"
MIN_DOCUMENTS, WORD_DOCUMENTS = 8, 20
FOLDS, ROUNDS = 10, 6
STRENGTH = 0.2  # inverse of the L2 penalty
THRESHOLDS = (0.4, 0.44, 0.48, 0.5, 0.53, 0.56, 0.6)


class Example:
    """One mention: its document, gold event, what dates it, and its features where it is open."""

    def __init__(self, row: Row, event: Row, dating: Dating) -> None:
        self.row, self.event, self.dating = row, event, dating
        tokens = tokens_touching(dating.a, Span(event["start"], event["end"]))
        head = head_of(dating.a, tokens)
        self.open = dating.is_open(head)
        self.features = frozenset(dating.features(head)) if self.open else frozenset()
        self.label = gold_day(event) in (row["dct"][:10], dating.story.start)


def examples(folder: Path) -> list[Example]:
    line = Line()
    out = []
    for name in SETS:
        for row in read_rows(folder / name):
            dating = dating_of(row, line)
            out += [Example(row, event, dating) for event in row["events"]]
    return out


def kept_features(train: list[Example]) -> list[str]:
    seen: dict[str, set[str]] = {}
    for x in train:
        for f in x.features:
            seen.setdefault(f, set()).add(x.row["id"])
    return sorted(f for f, ids in seen.items() if len(ids) >= (WORD_DOCUMENTS if f.startswith("after ") else MIN_DOCUMENTS))


def fit(train: list[Example], threshold: float) -> NewsDay:
    """A logistic model of the open mentions."""
    train = [x for x in train if x.open]
    names = kept_features(train)
    matrix = np.array([[float(f in x.features) for f in names] for x in train])
    model = LogisticRegression(C=STRENGTH, max_iter=2000, fit_intercept=False).fit(matrix, [x.label for x in train])
    return NewsDay(threshold=threshold, weights={n: round(float(w), 4) for n, w in zip(names, model.coef_[0], strict=True)})


def judge(n: Counter[str], test: list[Example], model: NewsDay) -> None:
    for x in test:
        x.dating.model = model
        when = dated(x.event, x.dating)["when"]
        count_day(n, x.event, x.row["dct"][:10], (when["start"] or "")[:10] or None, (when["end"] or "")[:10] or None)


def cross_validate(data: list[Example], threshold: float) -> Counter[str]:
    """Counts over all rounds: each mention is judged once a round, by a model that has seen no mention of its document."""
    n: Counter[str] = Counter()
    documents = sorted({x.row["id"] for x in data})
    for seed in range(ROUNDS):
        fold = dict(zip(documents, np.random.RandomState(seed).permutation(len(documents)) % FOLDS, strict=True))
        for k in range(FOLDS):
            model = fit([x for x in data if fold[x.row["id"]] != k], threshold)
            judge(n, [x for x in data if fold[x.row["id"]] == k], model)
    return n


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--threshold", type=float, default=0.48)
    args = parser.parse_args()
    data = examples(args.gold)
    for threshold in THRESHOLDS:
        n = cross_validate(data, threshold)
        exact, invented = percent(n["day ok"], n["day"]), percent(n["undated day"], n["undated"])
        print(threshold, "exact day", exact, "invented", invented, "month", percent(n["month ok"], n["month"]))
    if args.write:
        model = fit(data, args.threshold)
        OUT.write_text(
            json.dumps({"threshold": model.threshold, "weights": model.weights}, indent=1, sort_keys=True) + "\n", encoding="utf8"
        )


if __name__ == "__main__":
    main()
