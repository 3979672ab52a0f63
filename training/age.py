"""Learns the age of events, new, background or ongoing, where the rules speak weakly: writes codebook/data/learned/age.json.

    python training/age.py GOLD_FOLDER [--write]

Reads the reports in reports/ beside it with every event marked (but not held_out.yml), and of GOLD_FOLDER the reports whose events people
judged (judged.jsonl): the age that the reader gave without knowing Dateline's; of older judgements, which only say whether the age told was
right, an event in the wrong age counts as background if it was told as new or ongoing, as new if as background. Prints how often the age
is right by the rules and by the model: for the sets of LEARN cross-validated over reports, for the others, which are never learned from, by
the model of all of LEARN.
Needs scikit-learn (`pip install dateline[train]`). The same input gives the same bytes.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from confidence import SETS
from msgspec.structs import replace
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from dateline.codebook.ages import AGES, LEARNED, Ages
from dateline.codebook.load import SHIPPED
from dateline.evaluate.base import Line, Row, read_rows
from dateline.evaluate.marked import place, read_marked
from dateline.find import find_times
from dateline.ingest.report import make_report
from dateline.ingest.text import fields_of_text
from dateline.pipeline import with_language
from dateline.records import Event, Fields, Novelty, Span, Value
from dateline.resolve import resolve_times
from dateline.resolve.age import AgeLooks
from dateline.resolve.novelty import WEAK, judge, published_day
from dateline.resolve.status import status_of
from dateline.resolve.when import Dating
from dateline.syntax import root_of

HERE = Path(__file__).parent
REPORTS = ("war", "courts", "diplomacy", "parliaments")
LEARN = (*REPORTS, "polnear", "timeline")
OTHERWISE: dict[Novelty, Novelty] = {"new": "background", "background": "new", "ongoing": "background"}
STRENGTH, SEEN = 0.05, 6  # inverse of the L2 penalty; pieces known of events in fewer reports are left out
FOLDS, ROUNDS = 8, 3
MARGIN, MARGINS = 0.2, (0.0, 0.1, 0.2, 0.25, 0.3)
OWN, JUDGED, BLIND = 1.0, 2.0, 3.0  # how much an event counts: of our own reports, judged, judged blind to Dateline's answer
Numbers = NDArray[np.float64]


class Lesson(NamedTuple):
    """One event: its set and report, its age, what the rules say and whether they are sure, what is known of it."""

    set: str
    report: str
    age: Novelty
    rules: Novelty
    weak: bool
    known: frozenset[str]
    weight: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    lessons = list(read_lessons(args.gold, Line()))
    mine, others = [x for x in lessons if x.set in LEARN], [x for x in lessons if x.set not in LEARN]
    shares, model = cross_validate(mine), fit(mine)
    for name, sets in (("reports of our own", REPORTS), ("campaign and company news", LEARN[len(REPORTS) :])):
        at = [i for i, x in enumerate(mine) if x.set in sets]
        show(f"{name}, cross-validated", [mine[i] for i in at], shares[at])
    show("never learned from", others, predict(model, others))
    if args.write:
        row = {"margin": model.margin, "weights": model.weights}
        (SHIPPED / LEARNED).write_text(json.dumps(row, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf8")


def read_lessons(gold: Path, line: Line) -> Iterator[Lesson]:
    """The marked events of reports of our own, and the judged ones of others."""
    for name in REPORTS:
        for marked in read_marked(HERE / "reports" / f"{name}.yml"):
            events = [(Span(*place(marked, m.at)), m.type, m.age, OWN) for m in marked.events]
            yield from lessons_of(name, marked.id, marked.text, str(marked.published), events, line)
    judged: dict[str, list[Row]] = {}
    for row in read_rows(HERE / "judged.jsonl"):
        judged.setdefault(row["report"], []).append(row)
    for name, files in SETS.items():
        for row in (row for file in files for row in read_rows(gold / file)):
            report = f"{name}:{row.get('id', row.get('doc_id'))}"
            published = next((str(row[key])[:10] for key in ("dct", "published", "date") if row.get(key)), "")
            told = [x for x in judged.get(report, ()) if x["right"]["act"]]
            events = [(Span(*x["trigger"]), x["type"], *age_of(x)) for x in told]
            if published and events:
                yield from lessons_of(name, report, row["text"], published, events, line)


def age_of(row: Row) -> tuple[Novelty, float]:
    """The age that a reader gave, or the likeliest one where only the age told was judged; and how much that counts."""
    told: Novelty = row["age"]
    return (row["age_is"], BLIND) if "age_is" in row else (told if row["right"]["age"] else OTHERWISE[told], JUDGED)


def lessons_of(
    name: str, report: str, text: str, published: str, events: list[tuple[Span, str | None, Novelty, float]], line: Line
) -> Iterator[Lesson]:
    """The lessons of one report; each event is read where its trigger stands, whether Dateline finds it or not."""
    fields = with_day(fields_of_text(text, line.codebook), published)
    made = with_language(make_report(raw=text.encode(), text=text, fields=fields, read_from=report, identity=report))
    a = line.analyser.analyse(made.text, made.fields)
    dating = Dating(a, made.fields, line.codebook, resolve_times(find_times(a, line.codebook), a, made.fields, line.codebook))
    looks = AgeLooks(dating)
    for trigger, kind, age, weight in events:
        head = root_of(a, trigger)
        if head is None:
            continue
        status, by = status_of(a, head, line.codebook.status)
        words = tuple(Span(a.start[i], a.end[i]) for i in by)
        e = Event(id="", trigger=trigger, type=kind, status=status, status_by=words, when=dating.of(trigger))
        rules = judge(e, a, line.codebook.status, published_day(made.fields))
        yield Lesson(name, report, age, rules.novelty, rules.name in WEAK, frozenset(looks.at(e, rules.name)), weight)


def with_day(fields: Fields, published: str) -> Fields:
    """The fields with the day of printing that the set gives, where the page gives none."""
    return fields if fields.published else replace(fields, published=Value(value=published, source="column:published", by="column"))


def fit(lessons: list[Lesson]) -> Ages:
    """A logistic model of the three ages."""
    seen: dict[str, set[str]] = {}
    for x in lessons:
        for piece in x.known:
            seen.setdefault(piece, set()).add(x.report)
    names = sorted(piece for piece, reports in seen.items() if len(reports) >= SEEN)
    index = {name: i for i, name in enumerate(names)}
    places = [(r, index[piece]) for r, x in enumerate(lessons) for piece in sorted(x.known) if piece in index]
    matrix = csr_matrix((np.ones(len(places)), tuple(np.array(places).T)), shape=(len(lessons), len(names)))
    model = LogisticRegression(C=STRENGTH, max_iter=3000, fit_intercept=False).fit(
        matrix, [x.age for x in lessons], [x.weight for x in lessons]
    )
    columns = [list(model.classes_).index(age) for age in AGES]
    weights = {name: tuple(round(float(model.coef_[c][i]), 3) for c in columns) for i, name in enumerate(names)}
    return Ages(margin=MARGIN, weights={name: w for name, w in weights.items() if any(w)})  # type: ignore[misc]


def predict(model: Ages, lessons: list[Lesson]) -> Numbers:
    return np.array([model.shares(sorted(x.known)) for x in lessons])


def cross_validate(lessons: list[Lesson]) -> Numbers:
    """What models say of each event that have not seen its report; the mean of ROUNDS deals of the reports into FOLDS."""
    names, out = sorted({x.report for x in lessons}), np.zeros((len(lessons), len(AGES)))
    for seed in range(ROUNDS):
        fold = dict(zip(names, np.random.RandomState(seed).permutation(len(names)) % FOLDS, strict=True))
        for k in range(FOLDS):
            at = [i for i, x in enumerate(lessons) if fold[x.report] == k]
            out[at] += predict(fit([x for x in lessons if fold[x.report] != k]), [lessons[i] for i in at]) / ROUNDS
    return out


def show(title: str, lessons: list[Lesson], shares: Numbers) -> None:
    """Print how often the age is right, and how many of those called new are not, by the rules and at each margin."""
    print(f"{title}: {len(lessons)} events, {sum(x.weak for x in lessons)} of them weighed")
    told = {"rules": [x.rules for x in lessons]}
    for margin in MARGINS:
        best = [AGES[int(np.argmax(p - np.array((margin, 0, 0))))] for p in shares]
        told[f"margin {margin}"] = [b if x.weak else x.rules for b, x in zip(best, lessons, strict=True)]
    for name, ages in told.items():
        right = np.mean([t == x.age for t, x in zip(ages, lessons, strict=True)])
        wrong = [x.age != "new" for t, x in zip(ages, lessons, strict=True) if t == "new"]
        kept = np.mean([t == "new" for t, x in zip(ages, lessons, strict=True) if x.age == "new"])
        print(f"  {name}: right {right:.1%}; new {len(wrong)}, wrongly {np.mean(wrong):.1%}; of the new, found {kept:.1%}")


if __name__ == "__main__":
    main()
