"""Learns which noun phrase around an act is its recipient, from the codebook's own marked examples (data/examples/events/*.yml).

    python training/roles.py            learn, write codebook/data/learned/roles.json, print cross-validated figures

Needs scikit-learn (`pip install dateline[train]`). The same input gives the same bytes.
"""

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from dateline.codebook.load import SHIPPED
from dateline.evaluate.base import Line
from dateline.evaluate.codebook_events import Example, analyse_examples, marked_triggers, read_examples
from dateline.find.actors import find_actors
from dateline.find.event_types import find_triggers
from dateline.find.events import party_kinds
from dateline.find.roles import Act, candidates, joined_with, likely_actor, look_at, may_receive
from dateline.records import Analysis
from dateline.syntax import tokens_in

OUT = SHIPPED / "learned" / "roles.json"
LEAST = -1.5  # log-odds below which there is no recipient: examples without one are few, so it is set by hand
SEEN = 4  # features of fewer candidates are left out
FOLDS = 5


class Lesson(NamedTuple):
    """One marked act: what is said of each candidate, which of them lie in the marked recipient, whether a recipient is marked."""

    described: list[list[str]]
    right: list[bool]
    has_recipient: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=OUT)
    out = parser.parse_args().out
    lessons = read_lessons(Line())
    print(f"{len(lessons)} acts, recipient among the candidates in {sum(any(lesson.right) for lesson in lessons)}")
    print(f"chosen rightly under {FOLDS}-fold cross-validation: {cross_validate(lessons):.1%}")
    weights, intercept = fit(lessons)
    parameters = {"weights": weights, "intercept": intercept, "least": LEAST}
    out.write_text(json.dumps(parameters, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf8")
    print(f"{len(weights)} weights written to {out.name}")


def read_lessons(line: Line) -> list[Lesson]:
    """One lesson for each example that marks an act that the lexicon knows."""
    examples = [e for e in read_examples() if e.triggers and (e.actor or e.recipient)]
    analysed = zip(examples, analyse_examples(examples, line), strict=True)
    return [lesson for e, a in analysed if (lesson := read_lesson(e, a, line)) is not None]


def read_lesson(e: Example, a: Analysis, line: Line) -> Lesson | None:
    """What an example teaches; None when the lexicon does not know its act."""
    triggers = marked_triggers(e, find_triggers(a, line.codebook), a)
    if not triggers:
        return None
    t, roles = triggers[0], line.codebook.roles
    kinds = party_kinds(a, find_actors(a, line.codebook), line.codebook.roles.sides)
    act = Act(t.head, t.core, frozenset(t.tokens), t.votes[0].type, t.votes[0].mode)
    found = candidates(a, act, roles, kinds)
    actor = likely_actor(a, found, kinds, roles)
    theirs = joined_with(a, actor) if actor is not None else ()
    rivals = [c for c in found if c.head not in theirs and may_receive(act, c, kinds.get(c.head), roles)]
    marked = set(tokens_in(a, e.recipient)) if e.recipient else set()
    return Lesson([list(look.features()) for look in look_at(a, act, rivals, kinds)], [c.head in marked for c in rivals], bool(marked))


def fit(lessons: list[Lesson]) -> tuple[dict[str, float], float]:
    """Weights by feature, and the intercept, of a logistic regression over candidates."""
    rows = [features for lesson in lessons for features in lesson.described]
    seen = Counter(f for features in rows for f in features)
    names = sorted(f for f, n in seen.items() if n >= SEEN)
    index = {f: i for i, f in enumerate(names)}
    places = [(r, index[f]) for r, features in enumerate(rows) for f in features if f in index]
    matrix = csr_matrix((np.ones(len(places)), tuple(np.array(places).T)), shape=(len(rows), len(names)))
    model = LogisticRegression(C=0.3, max_iter=3000, random_state=0).fit(matrix, [r for lesson in lessons for r in lesson.right])
    weights = {name: round(float(w), 3) for name, w in zip(names, model.coef_[0], strict=True)}
    return {name: w for name, w in weights.items() if w}, round(float(model.intercept_[0]), 3)


def cross_validate(lessons: list[Lesson]) -> float:
    """The share of lessons whose best candidate lies in the marked recipient."""
    right = 0
    for fold in range(FOLDS):
        weights, intercept = fit([lesson for n, lesson in enumerate(lessons) if n % FOLDS != fold])
        for lesson in lessons[fold::FOLDS]:
            odds = [intercept + sum(weights.get(f, 0.0) for f in features) for features in lesson.described]
            best = max(range(len(odds)), key=lambda i: odds[i], default=None)
            chosen = best if best is not None and odds[best] > LEAST else None
            right += lesson.right[chosen] if chosen is not None else not lesson.has_recipient
    return right / len(lessons)


if __name__ == "__main__":
    main()
