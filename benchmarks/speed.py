"""Where the time goes, as shares of what stock spaCy takes to parse the same texts on the same Python, in one run.

    python benchmarks/speed.py [FILE.jsonl] [--texts 60] [--rounds 5] [--out benchmarks/results/speed.json]

FILE holds rows with a `text`; generated reports where it is left out. CPU time of one process, one BLAS thread; every round takes the two
in turn, and the ratio of each round is taken before the mean. The first pass over texts that a process has not seen is what counts: every
round has texts of its own.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import json
import platform
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from statistics import mean
from typing import Any

from generator import report

from dateline import pipeline
from dateline.codebook import load_codebook
from dateline.codebook.load import load_case
from dateline.ingest.report import make_report
from dateline.ingest.text import fields_of_text
from dateline.language import DEFAULT_MODEL
from dateline.language.analyse import Analyser, blocks_of, plain_spaces
from dateline.language.model import load_pass
from dateline.records import Report

STAGES = {
    "statements": ("find_statements", "resolve_statements", "name_origins", "resolve_narration"),
    "events and actors": (
        "find_events", "resolve_events", "keep_public", "judge_confidence", "judge_novelty", "find_actors", "resolve_actors", "find_quantities",
        "resolve_quantities",
    ),
    "times and places": ("find_times", "resolve_times", "date_events", "find_places", "resolve_places", "place_events"),
    "checks": ("run_checks",),
}  # fmt: skip


@contextmanager
def timed(into: dict[str, float], name: str) -> Iterator[None]:
    """Add the CPU time of a block."""
    started = time.process_time()
    yield
    into[name] += time.process_time() - started


def watch(spent: dict[str, float]) -> None:
    """Wrap each stage's functions where the pipeline calls them."""
    for stage, names in STAGES.items():
        for name in names:
            setattr(pipeline, name, _timed(getattr(pipeline, name), spent, stage))


def _timed(function: Callable[..., Any], spent: dict[str, float], stage: str) -> Callable[..., Any]:
    def run(*args: Any, **options: Any) -> Any:
        with timed(spent, stage):
            return function(*args, **options)

    return run


def main() -> None:
    """Measure, print, write."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("file", type=Path, nargs="?"), ask.add_argument("--texts", type=int, default=60)
    ask.add_argument("--rounds", type=int, default=5), ask.add_argument("--out", type=Path)
    given = ask.parse_args()
    book = load_codebook()
    reports = list(read(given.file, given.texts * given.rounds, book))
    stock, _ = load_pass(DEFAULT_MODEL, fast=False)
    fast, digest = load_pass(DEFAULT_MODEL, fast=True)
    spent: dict[str, float] = defaultdict(float)
    watch(spent)
    shares: dict[str, list[float]] = defaultdict(list)
    words = 0
    for i in range(given.rounds):
        batch = reports[i :: given.rounds]
        paragraphs = [plain_spaces(r.text)[a:b] for r in batch for _, _, a, b in blocks_of(r.text, r.fields)]
        words += sum(len(p.split()) for p in paragraphs)
        spent.clear()
        with timed(spent, "stock"):
            for _ in stock.columns(paragraphs):
                pass
        analyser = Analyser(fast, name=DEFAULT_MODEL, digest=digest, case=load_case())
        with timed(spent, "ingest"):
            again = [make_report(raw=r.raw, text=r.text, fields=fields_of_text(r.text, book), read_from="t", identity="t") for r in batch]
        with timed(spent, "language pass"):
            analyser.read_ahead((r.text, r.fields) for r in again)
        with timed(spent, "rest"):
            done = list(pipeline.code_batch(list(again), book, analyser))
        assert len(done) == len(batch)
        for name in ("ingest", "language pass", *STAGES):
            shares[name].append(spent[name] / spent["stock"])
        shares["everything else"].append((spent["rest"] - sum(spent[s] for s in STAGES)) / spent["stock"])
        shares["whole job"].append((spent["ingest"] + spent["language pass"] + spent["rest"]) / spent["stock"])
    result = {
        "share of stock parsing": {name: round(mean(values), 3) for name, values in shares.items()},
        "language pass, times as fast as stock": round(mean(1 / x for x in shares["language pass"]), 2),
        "whole job, times as fast as stock parsing alone": round(mean(1 / x for x in shares["whole job"]), 2),
        "rounds": given.rounds, "texts": len(reports), "words": words, "source": given.file.name if given.file else "generated",
        "machine": platform.processor() or platform.machine(), "python": platform.python_version(),
        "spacy": version("spacy"), "numpy": version("numpy"),
    }  # fmt: skip
    print(json.dumps(result, indent=1))
    if given.out:
        given.out.parent.mkdir(parents=True, exist_ok=True)
        given.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf8")


def read(path: Path | None, n: int, book: Any) -> Iterator[Report]:
    """English reports, as the plain-text reader gives them."""
    texts = (json.loads(line)["text"] for line in path.open(encoding="utf8")) if path else (report(i)["text"] for i in range(n))
    for _, text in zip(range(n), texts, strict=False):
        fields = fields_of_text(text, book)
        yield pipeline.with_language(make_report(raw=text.encode(), text=text, fields=fields, read_from="t", identity="t"))


if __name__ == "__main__":
    main()
