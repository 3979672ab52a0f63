"""Learns which noun phrase around an act is its recipient, or that none is, from acts marked by hand.

    python training/roles.py            learn, write codebook/data/learned/roles.json, print cross-validated figures

It reads the codebook's own sentences (data/examples/events/*.yml, data/examples/parties.yml) and our own reports with every event marked
(training/reports). Needs scikit-learn (`pip install dateline[train]`). The same input gives the same bytes.
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
from dateline.evaluate.marked import MUTUAL, MarkedReport, Phrase, phrase, place, read_marked, report_of
from dateline.evaluate.record import names_agree
from dateline.find.actors import find_actors
from dateline.find.event_types import Trigger, find_triggers
from dateline.find.events import party_kinds
from dateline.find.roles import Act, Candidate, actor_among, candidates, look_at, open_to_receive
from dateline.mentions import ActorIndex, actor_index
from dateline.records import Analysis
from dateline.resolve.actors import resolve_actors
from dateline.syntax import divided, tokens_in

OUT = SHIPPED / "learned" / "roles.json"
REPORTS = Path(__file__).parent / "reports"
HELD_OUT = "held_out"
MARGIN = -0.5  # what a candidate must lead nobody by
PRIOR = 0.5  # inverse strength of the pull towards zero
SEEN = 4  # features of fewer choices are left out
WEIGHT = 2  # of an act told in a report, whose sentences are as news has them, beside one in an example
FOLDS = 5


class Lesson(NamedTuple):
    """One marked act: its choices, nobody last, and which of them is right; `group` is the report or the example that tells it."""

    choices: list[Look | Nobody]
    right: list[bool]
    group: int
    told: bool = False  # in a report

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
    """One lesson for each example and each marked event whose word the lexicon knows."""
    examples = [e for e in read_examples() if e.triggers and e.type and e.recipient] + read_parties()
    analysed = enumerate(zip(examples, analyse_examples(examples, line), strict=True))
    found = [lesson for n, (e, a) in analysed if (lesson := read_lesson(n, e, a, line)) is not None]
    reports = [r for path in sorted(REPORTS.glob("*.yml")) if path.stem != HELD_OUT for r in read_marked(path)]
    return found + [lesson for n, r in enumerate(reports, len(examples)) for lesson in read_report(n, r, line)]


def retold(lesson: Lesson) -> Iterator[Lesson]:
    """An example, and the same with people told by name, and with the recipient told by a pronoun: they mostly describe them."""
    yield from [lesson] * (WEIGHT if lesson.told else 1)
    if lesson.told:
        return
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


def read_lesson(group: int, e: Example, a: Analysis, line: Line) -> Lesson | None:
    """What an example teaches; None when the lexicon does not know its act, or nobody stands around it."""
    triggers = marked_triggers(e, find_triggers(a, line.codebook), a)
    if not triggers:
        return None
    kinds = party_kinds(a, find_actors(a, line.codebook), line.codebook.roles.sides)
    rivals, choices = choices_of(a, triggers[0], kinds, line)
    right = is_right(a, e, rivals)
    return Lesson(choices, [*right, not any(right)], group)


def read_report(group: int, r: MarkedReport, line: Line) -> Iterator[Lesson]:
    """What the marked events of a report teach, each mention by itself. A happening without a type has no recipient in the record."""
    report, codebook = report_of(r, line.codebook), line.codebook
    a = line.analyser.analyse(report.text, report.fields)
    mentions = find_actors(a, codebook)
    named = actor_index(resolve_actors(mentions, a, report.fields, codebook), a)
    kinds = party_kinds(a, mentions, codebook.roles.sides)
    marked = [(e, *place(r, at)) for e in r.events if e.type for at in (e.at, *e.also)]
    for block, part in zip(a.blocks, a.parts, strict=True):
        here = {i - block.first: kind for i, kind in kinds.items() if block.first <= i < block.last}
        triggers = [t for t in find_triggers(part, codebook) if t.votes]
        for e, start, end in marked:
            hits = [
                t
                for t in triggers
                if any(start < part.end[i] + block.start and part.start[i] + block.start < end for i in (t.core, t.head))
            ]
            if block.start <= start < block.end and hits:
                best = max(hits, key=lambda t: (t.votes[0].type == e.type, len(t.tokens)))
                rivals, choices = choices_of(part, best, here, line)
                wanted = [phrase(r.text, p, start) for p in (*(e.actor if e.type in MUTUAL else ()), *e.recipient)]
                right = [is_meant(a, block.first + c.head, wanted, named) for c in rivals]
                whole = [not (ok and stands_inside(part, rivals, right, c)) for c, ok in zip(rivals, right, strict=True)]
                kept = [n for n, keep in enumerate([*whole, True]) if keep]
                yield Lesson([choices[n] for n in kept], [[*right, not any(right)][n] for n in kept], group, told=True)


def stands_inside(a: Analysis, rivals: list[Candidate], right: list[bool], c: Candidate) -> bool:
    """Whether a phrase stands inside another that is right: "Mosul" in "the old town of Mosul"."""
    return any(
        ok and other.head != c.head and a.left[other.head] <= c.head <= a.right[other.head] for other, ok in zip(rivals, right, strict=True)
    )


def is_meant(a: Analysis, head: int, wanted: list[Phrase], named: ActorIndex) -> bool:
    """Whether a phrase is one that was marked, or names whom it names."""
    actor = named.at_token(head)
    there = any(p.start <= a.start[head] and a.end[head] <= p.end for p in wanted)
    return there or (actor is not None and any(names_agree(actor.name, name) for p in wanted for name in p.names))


def choices_of(a: Analysis, t: Trigger, kinds: dict[int, str], line: Line) -> tuple[list[Candidate], list[Look | Nobody]]:
    """The phrases that may be the recipient of an act, and what is said of each and, last, of nobody."""
    roles = line.codebook.roles
    act = Act(t.head, t.core, frozenset(t.tokens), t.votes[0].type, t.votes[0].mode)
    found = [c for c in candidates(a, act, roles, kinds) if not divided(a, act.head, c.head)]
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
    """How often the choice was right in examples and in reports that were left out, with and without a recipient."""
    n = Counter[tuple[str, str]]()
    for fold in range(FOLDS):
        weights = fit([told for lesson in lessons if lesson.group % FOLDS != fold for told in retold(lesson)])
        for lesson in lessons:
            if lesson.group % FOLDS == fold:
                best = choose(weights, lesson)
                outcome = "right" if lesson.right[best] else "nobody" if best == len(lesson.right) - 1 else "somebody else"
                where = "reports" if lesson.told else "examples"
                n[f"{where}, {'without a recipient' if lesson.right[-1] else 'with one'}", outcome] += 1
    for kind in sorted({kind for kind, _ in n}):
        outcomes = {outcome: count for (of, outcome), count in n.items() if of == kind}
        total = sum(outcomes.values())
        yield f"{kind}: {total}, " + ", ".join(f"{outcome} {count / total:.1%}" for outcome, count in sorted(outcomes.items()))


if __name__ == "__main__":
    main()
