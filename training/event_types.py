"""Learns the weights of event types from the codebook's own examples, and writes them with their model card.

    python training/event_types.py
    python training/event_types.py --also plv_dev.jsonl

Only sentences of `codebook/data/examples/events` teach. `--also` is an experiment that writes nothing: what the figures would be if
rows of that set taught too, by three-fold cross-validation over its sentences. The result is the same on every run.
"""

import argparse
import base64
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from dateline.codebook import Codebook
from dateline.codebook.events import LEARNED
from dateline.codebook.load import SHIPPED
from dateline.evaluate.base import Line, read_rows
from dateline.evaluate.codebook_events import Example, analyse_examples, marked_triggers, read_examples
from dateline.evaluate.pairs import FOLD, score, span_of
from dateline.find.event_features import features_of
from dateline.find.event_types import Trigger, bare_trigger, choose_trigger, code_pair, triggers_between
from dateline.records import Analysis, Fields, Paragraph, Span
from dateline.syntax import tokens_in

STRENGTH = 3.0  # inverse of the regularisation
NONE, RARE = "none", 3.0  # the label of words that name no act, and how much more each of those few rows weighs
SEEN = 2  # a feature must occur this often
Row = tuple[dict[str, float], str, float, int]  # features, label, weight, group


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--also", type=Path, help="a sentence-pair set for the experiment")
    also = parser.parse_args().also
    line = Line()
    examples = read_examples()
    rows = list(example_rows(examples, list(analyse_examples(examples, line)), line.codebook))
    if also:
        print(json.dumps(experiment(rows, examples, also, line), indent=1))
        return
    vectors, types, acts, keep = learn(rows)
    write(vectors, types, acts, keep, temperature([r for r in rows if r[1] != NONE]), SHIPPED / LEARNED)
    card(examples, rows, int(keep.sum()), SHIPPED / LEARNED)


def example_rows(examples: Sequence[Example], analyses: Sequence[Analysis], codebook: Codebook) -> Iterator[Row]:
    """Each example as it is seen with both parties, with the actor alone and with none: events in a text lack one as often as not."""
    events = codebook.events
    for group, (example, a) in enumerate(zip(examples, analyses, strict=True)):
        actor = tokens_in(a, example.actor) if example.actor else []
        recipient = tokens_in(a, example.recipient) if example.recipient else []
        triggers = triggers_between(a, actor, recipient, codebook)
        chosen = taught_trigger(example, a, triggers, actor, recipient)
        if chosen is None:
            continue
        label = label_of(example, codebook)
        yield features_of(a, chosen, events, near=triggers, actor=actor, recipient=recipient), label, 1.0, group
        if chosen.votes:
            yield features_of(a, chosen, events, near=(), actor=actor, recipient=[]), label, 0.3, group
            yield features_of(a, chosen, events, near=(), actor=[], recipient=[]), label, 0.3, group


def taught_trigger(example: Example, a: Analysis, triggers: Sequence[Trigger], actor: list[int], recipient: list[int]) -> Trigger | None:
    """The trigger that coding would choose where it is a marked one, else a marked one, else the bare word."""
    marked = marked_triggers(example, triggers, a)
    chosen = choose_trigger(a, triggers, actor, recipient) if triggers else None
    if chosen in marked:
        return chosen
    return marked[0] if marked else bare_trigger(a, actor, recipient)


def label_of(example: Example, codebook: Codebook) -> str:
    """The type, with the mode where a convention of another data set asks for it."""
    split = {name for c in codebook.events.conventions.values() for name in c.modes}
    named = f"{example.type}/{example.mode}"
    return named if named in split else example.type or NONE


def learn(rows: Sequence[Row]) -> tuple[DictVectorizer, LogisticRegression, LogisticRegression, np.ndarray]:
    """Two logistic regressions over the features seen often enough: which type a word names, and whether it names none."""
    vectors = DictVectorizer(sort=True)
    x = vectors.fit_transform([r[0] for r in rows])
    whole = np.array([r[2] == 1.0 for r in rows])
    keep = np.asarray((x[whole] != 0).sum(0)).ravel() >= SEEN
    x = x[:, keep]
    labels, weights = np.array([r[1] for r in rows]), np.array([r[2] for r in rows])
    named = labels != NONE
    types = LogisticRegression(C=STRENGTH, max_iter=500).fit(x[named], labels[named], sample_weight=weights[named])
    acts = LogisticRegression(C=STRENGTH, max_iter=500).fit(x, ~named, sample_weight=weights * np.where(named, 1.0, RARE))
    return vectors, types, acts, keep


def temperature(rows: Sequence[Row]) -> float:
    """What the scores must be divided by so that the probabilities fit rows that were held out, by sentence."""
    x = DictVectorizer(sort=True).fit_transform([r[0] for r in rows])
    labels, groups = [r[1] for r in rows], [r[3] for r in rows]
    model = LogisticRegression(C=STRENGTH, max_iter=300)
    scores = cross_val_predict(model, x, labels, groups=groups, cv=GroupKFold(5), method="decision_function")
    column = {name: i for i, name in enumerate(sorted(set(labels)))}
    right = np.array([column[name] for name in labels])

    def loss(t: float) -> float:
        z = scores / t
        z = z - z.max(1, keepdims=True)
        return float(np.mean(np.log(np.exp(z).sum(1)) - z[np.arange(len(z)), right]))

    return float(min(np.arange(0.5, 3.05, 0.05), key=loss).round(2))


def experiment(rows: Sequence[Row], examples: Sequence[Example], gold: Path, line: Line) -> dict[str, float]:
    """Figures of a model of the set's own roots, taught by our examples and two thirds of the set at a time."""
    convention = line.codebook.events.conventions["plv"]
    ours = [
        (f, convention.root(*typed(label), examples[group].status)) for f, label, weight, group in rows if weight == 1.0 and label != NONE
    ]
    theirs = list(pair_rows(gold, line))
    vectors = DictVectorizer(sort=True)
    x = vectors.fit_transform([r[0] for r in (*ours, *theirs)])
    roots = [FOLD.get(str(r[1]), r[1]) for r in (*ours, *theirs)]
    groups = [r[2] for r in theirs]
    first, given = len(ours), [""] * len(theirs)
    for teach, test in GroupKFold(3).split(groups, groups=groups):
        chosen = [*range(first), *(first + teach)]
        model = LogisticRegression(C=STRENGTH, max_iter=300).fit(x[chosen], [roots[i] for i in chosen])
        for i, told in zip(test, model.predict(x[first + test]), strict=True):
            given[i] = str(told)
    rows_out = [{"id": r["id"], "root": told} for r, told in zip(read_rows(gold), given, strict=True)]
    return score(gold, rows_out)


def typed(label: str) -> tuple[str, str | None]:
    """Type and mode of a label."""
    kind, _, mode = label.partition("/")
    return kind, mode or None


def pair_rows(gold: Path, line: Line) -> Iterator[tuple[dict[str, float], str, str]]:
    """Features, root and sentence of each row of a sentence-pair set."""
    for row in read_rows(gold):
        text = row["text"]
        a = line.analyser.analyse(text, Fields(language="en", body=(Paragraph(span=Span(0, len(text))),)))
        source, target = span_of(row.get("source_spans")), span_of(row.get("target_spans"))
        pair = code_pair(a, source, target, line.codebook)
        mine, its = tokens_in(a, source) if source else [], tokens_in(a, target) if target else []
        triggers = triggers_between(a, mine, its, line.codebook)
        found = features_of(a, pair.trigger, line.codebook.events, near=triggers, actor=mine, recipient=its) if pair.trigger else {}
        yield {**found, f"coded={pair.root(line.codebook)}": 1.0, f"status={pair.status}": 1.0}, row["root"], text


def write(vectors: DictVectorizer, types: LogisticRegression, acts: LogisticRegression, keep: np.ndarray, heat: float, path: Path) -> None:
    """The weights as JSON."""
    names = [str(n) for n, k in zip(vectors.get_feature_names_out(), keep, strict=True) if k]
    content = {
        "labels": [*(str(c) for c in types.classes_), NONE],
        "features": names,
        "bias": [round(float(b), 4) for b in (*types.intercept_, *acts.intercept_)],
        "temperature": heat,
        "weights": base64.b64encode(np.vstack([types.coef_, acts.coef_]).T.astype(np.float16).tobytes()).decode(),
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=0) + "\n", encoding="utf8")


def card(examples: Sequence[Example], rows: Sequence[Row], kept: int, path: Path) -> None:
    """The model card beside the weights."""
    counts = Counter(e.type or "none" for e in examples)
    lines = [
        "# event_types.json",
        "",
        "Two logistic regressions: which of PLOVER's types a trigger names, given its parties, and whether it names none.",
        "",
        f"* Learned from: the {len(examples)} example sentences of `codebook/data/examples/events`, written for Dateline, and nothing else.",
        f"* Rows: {len(rows)} (each sentence with both parties, and at weight 0.3 with the actor alone and with none).",
        f"* Features: {kept} seen {SEEN} times or more: votes of the lexicon, lemmas that the trigger governs, ways to the parties, tense.",
        "* Sentences a type: " + ", ".join(f"{k} {n}" for k, n in sorted(counts.items())) + ".",
        "* Written by: `python training/event_types.py` (deterministic). Scores: docs/accuracy/pairs.md.",
        "",
    ]
    path.with_suffix(".card.md").write_text("\n".join(lines), encoding="utf8")


if __name__ == "__main__":
    main()
