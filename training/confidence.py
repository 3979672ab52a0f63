"""Learns how sure an event is from events that people judged: writes codebook/data/learned/confidence.json.

    python training/confidence.py GOLD_FOLDER [--write]

Learns from two kinds of reports. Of news, judged.jsonl says which event was judged and how, and by the lines of pieces.txt what was known of
it then (no text); the reports are in GOLD_FOLDER. What was judged teaches as it was read then, and again as it is read today: events that are
no longer found still teach what is doubtful, and what was judged counts for a mark of today as long as Dateline still reads the event so. In
the reports of our own (reports/) every event is marked, so that all that is told there is right or wrong.
Prints what the models say of reports that they have not seen: those of LEARNED by cross-validation over reports, the others, which are never
learned from, by the models of all of LEARNED.
Needs scikit-learn (`pip install dateline[train]`). The same input gives the same bytes.
"""

import argparse
import json
import tempfile
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score

from dateline.codebook.confidence import LEARNED as FILE
from dateline.codebook.confidence import Model
from dateline.codebook.load import SHIPPED
from dateline.evaluate.base import Line, Row, read_rows, write_rows
from dateline.evaluate.marked import judge, match, read_marked, report_of
from dateline.ingest import read_reports
from dateline.pipeline import find, refer, with_language
from dateline.records import Event, Party, Rejected, Report
from dateline.resolve.confidence import LOOKS_AT
from dateline.resolve.looks import Looks

HERE = Path(__file__).parent
JUDGED, PIECES = HERE / "judged.jsonl", HERE / "pieces.txt"
MARKED = ("war", "courts", "diplomacy", "parliaments", "held_out")
SETS = {
    "polnear": ("quotes/polnear_train.jsonl",),
    "timeline": ("time/timeline_trial.jsonl", "time/timeline_corpus1.jsonl"),
    "lgl": ("place/lgl_dev.jsonl",),
    "timebank": ("time/timebank_dev.jsonl",),
    "geovirus": ("place/geovirus_dev.jsonl",),
}
LEARNED = ("polnear", "timeline", "war", "courts", "diplomacy", "parliaments")
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("judged news, learned from", ("polnear", "timeline")),
    ("reports of our own, learned from", ("war", "courts", "diplomacy", "parliaments")),
)
OTHERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("judged news, never learned from", ("lgl", "timebank", "geovirus")),
    ("reports of our own, never learned from", ("held_out",)),
)
STRENGTH = {"act": 0.06, "status": 0.1, "age": 0.1, "actor": 0.06, "recipient": 0.1}  # inverse of the L2 penalty
SEEN, WORD_SEEN = (
    8,
    20,
)  # pieces known of events in fewer reports are left out; those with a word in them (after a ') in fewer than the second
FOLDS, ROUNDS = 8, 2
FLOORS, TOLD, SURER = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5), (0.15, 0.2, 0.3, 0.36, 0.4, 0.5), 0.3
Numbers = NDArray[np.float64]


class Lesson(NamedTuple):
    """One judged event: its report and type, what is known of it by group, and by mark whether it is right (None: read otherwise today)."""

    report: str
    type: str
    known: dict[str, tuple[str, ...]]
    right: dict[str, bool | None]

    @property
    def wholly(self) -> bool | None:
        """Whether every mark is right; None when that is not known."""
        marks = self.right.values()
        return False if False in marks else None if None in marks else True

    def pieces(self, mark: str) -> set[str]:
        return {piece for group in LOOKS_AT[mark] for piece in self.known[group]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    line = Line()
    then, today = read_lessons(args.gold, line)
    today += [lesson for name in MARKED for lesson in read_marked_lessons(name, line)]
    mine = [x for x in today if x.report.startswith(LEARNED)]
    models = {mark: fit(then + mine, mark) for mark in LOOKS_AT}
    shares = cross_validate(then + mine, mine)
    for title, sets in GROUPS:
        at = [i for i, x in enumerate(mine) if x.report.startswith(sets)]
        report(f"{title}, cross-validated", [mine[i] for i in at], {mark: p[at] for mark, p in shares.items()})
    for title, sets in OTHERS:
        others = [x for x in today if x.report.startswith(sets)]
        report(title, others, {mark: predict(models[mark], others, mark) for mark in LOOKS_AT})
    if args.write:
        rows = {mark: {"intercept": m.intercept, "weights": m.weights} for mark, m in models.items()}
        (SHIPPED / FILE).write_text(json.dumps(rows, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf8")


def read_lessons(gold: Path, line: Line) -> tuple[list[Lesson], list[Lesson]]:
    """What was judged with what was known of it then, and the judged events that Dateline finds today with what is known of them now."""
    pieces = PIECES.read_text(encoding="utf8").splitlines()
    judged: dict[str, list[Row]] = {}
    then, today = list[Lesson](), list[Lesson]()
    for row in read_rows(JUDGED):
        judged.setdefault(row["report"], []).append(row)
        known = {group: tuple(pieces[i] for i in numbers) for group, numbers in row.get("known", {}).items()}
        then += [Lesson(row["report"], str(row["type"]), known, row["right"])] if known else []
    for name, events in read_events(gold, set(judged), line):
        found = ((row, events[key]) for row in judged[name] if (key := (*row["trigger"], row["type"])) in events)
        today += [Lesson(name, str(e.type), known, marks_today(row, e)) for row, (e, known) in found]
    return then, today


def read_events(gold: Path, wanted: set[str], line: Line) -> Iterator[tuple[str, dict[Any, tuple[Event, dict[str, tuple[str, ...]]]]]]:
    """The events of each wanted report by trigger and type, with what is known of them."""
    rows = [row for name, files in SETS.items() for file in files for row in rows_of(name, gold / file) if row["id"] in wanted]
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus.jsonl"
        write_rows(corpus, rows)
        for row, found in zip(rows, read_reports([str(corpus)], line.codebook), strict=True):
            if isinstance(found, Rejected):
                continue
            yield row["id"], {(e.trigger.start, e.trigger.end, e.type): (e, known) for e, known in told_in(found, line)}


def told_in(found: Report, line: Line) -> list[tuple[Event, dict[str, tuple[str, ...]]]]:
    """The events of a report before their confidence is judged, with what is known of them."""
    fields = with_language(found).fields
    a = line.analyser.analyse(found.text, fields)
    told = refer(find(a, line.codebook), a, fields, line.codebook)
    looks = Looks(a, line.codebook, told.actors, told.events)
    return [(e, looks.at(e)) for e in told.events]


def read_marked_lessons(name: str, line: Line) -> Iterator[Lesson]:
    """What is told of a file of our own reports: right where it was marked so; what was not marked is no act."""
    for marked in read_marked(HERE / "reports" / f"{name}.yml"):
        told = told_in(report_of(marked, line.codebook), line)
        rows = [msgspec.to_builtins(e) for e, _ in told]
        meant = {j: marked.events[n] for n, j in match(marked, rows).items()}
        for j, (e, known) in enumerate(told):
            marks = judge(marked, meant[j], rows[j]) if j in meant else {}
            right = {mark: bool(marks.get("type")) if mark == "act" else marks.get(mark) for mark in LOOKS_AT}
            yield Lesson(f"{name}:{marked.id}", str(e.type), known, right)


def rows_of(name: str, path: Path) -> Iterator[Row]:
    """The reports of a gold file as rows of a corpus."""
    for row in read_rows(path):
        published = next((str(row[key])[:10] for key in ("dct", "published", "date") if row.get(key)), None)
        yield {"id": f"{name}:{row.get('id', row.get('doc_id'))}", "text": row["text"], "published": published}


def marks_today(row: Row, e: Event) -> dict[str, bool | None]:
    """What the judgement says of the event as it is read today: None for a mark of which something else was judged."""
    right = {mark: bool(value) for mark, value in row["right"].items()}
    out: dict[str, bool | None] = {"act": right["act"]}
    for mark, told in (("status", e.status), ("age", e.reported_as)):
        given = row.get(f"{mark}_is")
        out[mark] = told == given if given else right[mark] if told == row[mark] else None
    for mark, parties in (("actor", e.actor), ("recipient", e.recipient)):
        out[mark] = right[mark] if sorted(map(signed, parties)) == row[mark] else by_words(parties, row.get(f"{mark}_is"))
    return out


def signed(p: Party) -> str:
    return sha256(p.name.encode()).hexdigest()[:8]


def by_words(parties: tuple[Party, ...], right: list[list[int]] | None) -> bool | None:
    """Whether parties are those of the words that the judge names; None where they name none."""
    if right is None:
        return None
    spans = [p.span for p in parties if p.span]
    met = [[s.start < end and start < s.end for start, end in right] for s in spans]
    return (
        len(spans) == len(parties)
        and all(map(any, met))
        and all(any(column) for column in zip(*met, strict=True))
        and bool(met) == bool(right)
    )


def fit(lessons: list[Lesson], mark: str) -> Model:
    """A logistic model of one mark."""
    lessons = [x for x in lessons if x.right[mark] is not None]
    seen: dict[str, set[str]] = {}
    for x in lessons:
        for piece in x.pieces(mark):
            seen.setdefault(piece, set()).add(x.report)
    names = sorted(piece for piece, reports in seen.items() if len(reports) >= (WORD_SEEN if "'" in piece else SEEN))
    model = LogisticRegression(C=STRENGTH[mark], max_iter=3000)
    model.fit(matrix(lessons, names, mark), [x.right[mark] for x in lessons])
    weights = {name: round(float(w), 3) for name, w in zip(names, model.coef_[0], strict=True)}
    return Model(intercept=round(float(model.intercept_[0]), 3), weights={name: w for name, w in weights.items() if w})


def matrix(lessons: list[Lesson], names: list[str], mark: str) -> csr_matrix:
    index = {name: i for i, name in enumerate(names)}
    places = [(r, index[piece]) for r, x in enumerate(lessons) for piece in sorted(x.pieces(mark)) if piece in index]
    return csr_matrix((np.ones(len(places)), tuple(np.array(places).T)), shape=(len(lessons), len(names)))


def predict(model: Model, lessons: list[Lesson], mark: str) -> Numbers:
    return np.array([model.share(x.pieces(mark)) for x in lessons])


def cross_validate(lessons: list[Lesson], asked: list[Lesson]) -> dict[str, Numbers]:
    """What models say of what is asked that have not seen its report, by mark; the mean of ROUNDS deals of the reports into FOLDS."""
    names = sorted({x.report for x in lessons})
    out = {mark: np.zeros(len(asked)) for mark in LOOKS_AT}
    for seed in range(ROUNDS):
        fold = dict(zip(names, np.random.RandomState(seed).permutation(len(names)) % FOLDS, strict=True))
        for k in range(FOLDS):
            train, at = [x for x in lessons if fold[x.report] != k], [i for i, x in enumerate(asked) if fold[x.report] == k]
            for mark in LOOKS_AT:
                out[mark][at] += predict(fit(train, mark), [asked[i] for i in at], mark) / ROUNDS
    return out


def report(title: str, lessons: list[Lesson], shares: dict[str, Numbers]) -> None:
    """Print how well the shares tell right from wrong, mark by mark and together, by tenths, by type, and above floors."""
    print(f"{title}: {len(lessons)} events of {len({x.report for x in lessons})} reports")
    for mark, p in shares.items():
        show(mark, [x.right[mark] for x in lessons], p)
    together = np.prod(list(shares.values()), axis=0)
    show("wholly", [x.wholly for x in lessons], together)
    known = [i for i, x in enumerate(lessons) if x.wholly is not None]
    y, p, types = np.array([lessons[i].wholly for i in known]), together[known], np.array([lessons[i].type for i in known])
    for part in np.array_split(np.argsort(p, kind="stable"), 10):
        print(f"    said {p[part].mean():.2f}  right {y[part].mean():.2f}  of {len(part)}")
    above("confidence", FLOORS, p, y)
    above("act and status", TOLD, (shares["act"] * shares["status"])[known], y)
    for kind in sorted(set(types), key=lambda t: (-(types == t).sum(), t)):
        of = types == kind
        surer = of & (p >= SURER)
        right = f"{y[surer].mean():.0%}" if surer.any() else "none"
        print(
            f"    {kind}: {of.sum()} events, right {y[of].mean():.0%}, said {p[of].mean():.0%}; from {SURER}: {surer.sum()}, right {right}"
        )


def above(what: str, floors: Iterable[float], p: Numbers, y: Numbers) -> None:
    """Print what each floor leaves: share of the events, how many of them are right, how many of the right ones are left."""
    for floor in floors:
        kept = p >= floor
        print(
            f"    {what} from {floor:.2f}: {kept.mean():.0%} of events, right {y[kept].mean():.1%}, {y[kept].sum() / y.sum():.1%} of the right"
        )


def show(name: str, right: list[bool | None], shares: Numbers) -> None:
    known = [i for i, r in enumerate(right) if r is not None]
    y, p = np.array([bool(right[i]) for i in known]), shares[known].clip(0.001, 0.999)
    plain = np.full(len(y), y.mean())
    print(
        f"  {name}: {len(y)} known, right {y.mean():.1%}; AUC {roc_auc_score(y, p):.3f}; log loss {log_loss(y, p):.3f} (their share alone "
        f"{log_loss(y, plain):.3f}); Brier {brier_score_loss(y, p):.3f} ({brier_score_loss(y, plain):.3f})"
    )


if __name__ == "__main__":
    main()
