"""Learns which noun phrase around an act is its recipient, or that none is, from examples marked by hand.

    python training/roles.py            learn, write codebook/data/learned/roles.json, print cross-validated figures

It reads the codebook's own sentences (data/examples/events/*.yml, data/examples/parties.yml).
Needs scikit-learn (`pip install dateline[train]`). The same input gives the same bytes.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from dateline.codebook.load import SHIPPED
from dateline.codebook.roles import Look, Nobody
from dateline.evaluate.base import Line
from dateline.evaluate.codebook_events import Example, analyse_examples, marked_triggers, read_examples, read_parties
from dateline.find.actors import find_actors
from dateline.find.event_types import Trigger, find_triggers
from dateline.find.events import party_kinds
from dateline.find.roles import Act, Candidate, actor_among, candidates, look_at, open_to_receive
from dateline.records import Analysis
from dateline.syntax import tokens_in

OUT = SHIPPED / "learned" / "roles.json"
MARGIN = 0.0  # what a candidate must lead nobody by
PRIOR = 3.0  # inverse strength of the pull towards zero
SEEN = 4  # features of fewer choices are left out
FOLDS = 5


class Lesson(NamedTuple):
    """One marked act: its choices, nobody last, and which of them is right."""

    choices: list[Look | Nobody]
    right: list[bool]

    @property
    def described(self) -> list[tuple[str, ...]]:
        """The names of the weights of each choice."""
        return [choice.features() for choice in self.choices]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=OUT)
    out = parser.parse_args().out
    lessons = read_lessons(Line())
    print(f"{len(lessons)} acts, {sum(lesson.right[-1] for lesson in lessons)} of them without a recipient among the candidates")
    for line in cross_validate(lessons):
        print(line)
    weights = fit([told for lesson in lessons for told in retold(lesson)])
    out.write_text(json.dumps({"weights": weights, "margin": MARGIN}, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf8")
    print(f"{len(weights)} weights written to {out.name}")


def read_lessons(line: Line) -> list[Lesson]:
    """One lesson for each example that marks an act that the lexicon knows."""
    examples = [e for e in read_examples() if e.triggers and e.type and e.recipient] + read_parties()
    analysed = zip(examples, analyse_examples(examples, line), strict=True)
    return [lesson for e, a in analysed if (lesson := read_lesson(e, a, line)) is not None]


def retold(lesson: Lesson) -> Iterator[Lesson]:
    """A lesson, and the same with people told by name, and with the recipient told by a pronoun: the examples mostly describe them."""
    yield lesson
    told = [choice.kind for choice, right in zip(lesson.choices, lesson.right, strict=True) if right and isinstance(choice, Look)]
    if "person" in told:
        yield lesson._replace(
            choices=[c._replace(kind="name") if isinstance(c, Look) and c.kind == "person" else c for c in lesson.choices]
        )
        yield lesson._replace(
            choices=[
                c._replace(kind="pronoun") if right and isinstance(c, Look) and c.kind == "person" else c
                for c, right in zip(lesson.choices, lesson.right, strict=True)
            ]
        )


def read_lesson(e: Example, a: Analysis, line: Line) -> Lesson | None:
    """What an example teaches; None when the lexicon does not know its act, or nobody stands around it."""
    triggers = marked_triggers(e, find_triggers(a, line.codebook), a)
    if not triggers:
        return None
    rivals, choices = choices_of(a, triggers[0], line)
    right = is_right(a, e, rivals)
    return Lesson(choices, [*right, not any(right)])


def choices_of(a: Analysis, t: Trigger, line: Line) -> tuple[list[Candidate], list[Look | Nobody]]:
    """The phrases that may be the recipient of an act, and what is said of each and, last, of nobody."""
    roles = line.codebook.roles
    kinds = party_kinds(a, find_actors(a, line.codebook), roles.sides)
    act = Act(t.head, t.core, frozenset(t.tokens), t.votes[0].type, t.votes[0].mode)
    found = candidates(a, act, roles, kinds)
    actor = actor_among(a, act, found, roles, kinds)
    rivals = open_to_receive(a, act, found, actor, roles, kinds)
    looks, nobody = look_at(a, act, rivals, kinds, by_somebody=actor is not None)
    return rivals, [*looks, nobody]


def is_right(a: Analysis, e: Example, rivals: list[Candidate]) -> list[bool]:
    """Which candidates lie in the marked recipient."""
    marked = set(tokens_in(a, e.recipient)) if e.recipient else set()
    return [c.head in marked for c in rivals]


def fit(lessons: list[Lesson]) -> dict[str, float]:
    """Weights by feature of a conditional logistic regression: one choice a lesson."""
    rows = [features for lesson in lessons for features in lesson.described]
    seen = Counter(f for features in rows for f in features)
    names = sorted(f for f, n in seen.items() if n >= SEEN)
    index = {f: i for i, f in enumerate(names)}
    places = [(r, index[f]) for r, features in enumerate(rows) for f in features if f in index]
    matrix = csr_matrix((np.ones(len(places)), tuple(np.array(places).T)), shape=(len(rows), len(names)))
    right = np.array([r for lesson in lessons for r in lesson.right])
    group = np.repeat(np.arange(len(lessons)), [len(lesson.right) for lesson in lessons])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        odds = matrix @ weights
        share = np.exp(odds - np.maximum.reduceat(odds, starts)[group])
        share /= np.bincount(group, share)[group]
        hit = np.bincount(group, share * right)
        slope = matrix.T @ (share - share * right / hit[group]) + weights / PRIOR
        return float(weights @ weights / 2 / PRIOR - np.log(hit).sum()), slope

    starts = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 2000, "ftol": 1e-13, "gtol": 1e-7})
    weights = {name: round(float(w), 3) for name, w in zip(names, found.x, strict=True)}
    return {name: w for name, w in weights.items() if w}


def choose(weights: dict[str, float], lesson: Lesson) -> int:
    """The place of the choice with the highest odds."""
    odds = [sum(weights.get(f, 0.0) for f in features) for features in lesson.described]
    odds[-1] += MARGIN
    return max(range(len(odds)), key=lambda i: (odds[i], i == len(odds) - 1, -i))


def cross_validate(lessons: list[Lesson]) -> Iterator[str]:
    """How often the choice was right on folds that were left out, with and without a recipient."""
    n = Counter[tuple[str, str]]()
    for fold in range(FOLDS):
        weights = fit([told for n, lesson in enumerate(lessons) if n % FOLDS != fold for told in retold(lesson)])
        for lesson in lessons[fold::FOLDS]:
            best = choose(weights, lesson)
            outcome = "right" if lesson.right[best] else "nobody" if best == len(lesson.right) - 1 else "somebody else"
            n["without a recipient" if lesson.right[-1] else "with one", outcome] += 1
    for kind in ("with one", "without a recipient"):
        outcomes = {outcome: count for (of, outcome), count in n.items() if of == kind}
        total = sum(outcomes.values())
        yield f"{kind}: {total}, " + ", ".join(f"{outcome} {count / total:.1%}" for outcome, count in sorted(outcomes.items()))


if __name__ == "__main__":
    main()
