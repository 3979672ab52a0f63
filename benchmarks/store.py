"""`said` and search over a large table of generated statements; export and stories over many generated reports.

    python benchmarks/store.py [--statements 10000000] [--reports 100000] [--out benchmarks/results/store.json]

Statements and their reports are written as rows, ten statements a report, their words drawn from 200,000 invented ones as often as words
are in a language (Zipf), so that some queries meet words that stand in most rows. Reports for export and stories are read by
`dateline code --fields-only`, half of them copies; no language pass.
"""

import argparse
import json
import os
import platform
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import numpy as np
from generator import FIRST, LAST, OUTLETS, corpus
from memory import SYLLABLES

from dateline.export import WRITERS
from dateline.rows import COLUMNS, FIELDS, Prepared
from dateline.run import code_paths
from dateline.store import Store
from dateline.stories import build_stories, search_reports, who_said

WORDS, A_REPORT, BATCH = 200_000, 10, 2_000
QUERIES = 60  # of each kind


def main() -> None:
    """Fill, ask, write."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--statements", type=int, default=10_000_000), ask.add_argument("--reports", type=int, default=100_000)
    ask.add_argument("--out", type=Path)
    given = ask.parse_args()
    result: dict[str, Any] = {"load before": os.getloadavg()[0]}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if given.statements:
            result |= asked(folder / "said.db", given.statements)
        if given.reports:
            result |= whole(folder, given.reports)
    result |= {
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }
    print(json.dumps(result, indent=1))
    if given.out:
        given.out.parent.mkdir(parents=True, exist_ok=True)
        given.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf8")


@contextmanager
def timed(into: dict[str, Any], name: str) -> Iterator[None]:
    """Seconds that a block takes."""
    started = time.monotonic()
    yield
    into[name] = round(time.monotonic() - started, 2)


def asked(db: Path, n: int) -> dict[str, Any]:
    """Milliseconds a question, by kind of question."""
    result: dict[str, Any] = {"statements": n, "reports they stand in": n // A_REPORT}
    rng = Random("said")
    kept: list[str] = []
    with Store(db) as store:
        with timed(result, "seconds to write them"):
            for batch in filled(n, rng, kept):
                store.add(batch, coding="made")
        result["bytes of the store"] = sum(p.stat().st_size for p in db.parent.glob(f"{db.name}*"))
        said: Callable[[str], Any] = lambda q: who_said(store, q)  # noqa: E731
        search: Callable[[str], Any] = lambda q: search_reports(store, q)  # noqa: E731
        result["said, ms"] = {kind: ms(said, queries) for kind, queries in asking(kept, rng).items()}
        result["search, ms"] = {kind: ms(search, queries) for kind, queries in asking(kept, rng).items()}
    return result


def filled(n: int, rng: Random, kept: list[str]) -> Iterator[list[Prepared]]:
    """Batches of reports with their statements; some contents are kept to ask for."""
    draw = np.random.default_rng(7)
    words = ["".join(parts) for parts in zip(*(rng.choices(SYLLABLES, k=WORDS) for _ in range(3)), strict=True)]
    odds = np.cumsum(1 / np.arange(1, WORDS + 1))
    names = [f"{a} {b}" for a in FIRST for b in LAST]
    for first in range(0, n // A_REPORT, BATCH):
        batch = []
        for i in range(first, min(first + BATCH, n // A_REPORT)):
            drawn = iter(np.searchsorted(odds, draw.random(A_REPORT * 18) * odds[-1]).tolist())
            contents = [" ".join(words[w] for w, _ in zip(drawn, range(rng.randrange(8, 18)), strict=False)) for _ in range(A_REPORT)]
            if rng.random() < 400 * A_REPORT / n:
                kept.append(rng.choice(contents))
            batch.append(
                made(
                    f"r{i:08}", contents, rng.choice(names), rng.choice(OUTLETS), f"20{rng.randrange(10, 25)}-03-{rng.randrange(1, 29):02}"
                )
            )
        yield batch


def made(key: str, contents: list[str], speaker: str, outlet: str, day: str) -> Prepared:
    """A report that holds statements only."""
    text = "\n\n".join(contents)
    values = {"headline": contents[0][:60], "outlet": outlet, "published": day, "language": "en"}
    statement = dict.fromkeys(COLUMNS["statements"]) | {
        "report": key,
        "kind": "indirect",
        "type": "said",
        "speaker": speaker,
        "chain": speaker,
    }
    rows = [
        tuple(
            (
                statement | {"id": f"s{i}", "content": c, "quoted": "", "first": 0, "last": len(c), "confidence": 0.9, "rule": "made"}
            ).values()
        )
        for i, c in enumerate(contents)
    ]
    return Prepared(key, key, key, None, text, b"", tuple(values.get(f) for f in FIELDS), {"statements": rows})


def asking(kept: list[str], rng: Random) -> dict[str, list[str]]:
    """Questions: a phrase out of a statement, words of one in another order, one word, the most common ones, words that never meet."""
    chosen = [rng.choice(kept).split() for _ in range(QUERIES)]
    rare = [sorted(words, key=len)[-1] for words in chosen]
    common = sorted({w for words in chosen for w in words}, key=lambda w: -sum(w in words for words in chosen))[:12]
    return {
        "a phrase": [f'"{" ".join(w[2:7])}"' for w in chosen], "four words": [" ".join(rng.sample(w, 4)) for w in chosen], "one word": rare,
        "the most common words": common, "two common words": [" ".join(rng.sample(common, 2)) for _ in range(QUERIES)],
        "words that never meet": [" ".join(rng.sample(rare, 3)) for _ in range(QUERIES)],
    }  # fmt: skip


def ms(question: Callable[[str], Any], queries: list[str]) -> dict[str, float]:
    """Median and worst, in milliseconds."""
    taken = []
    for query in queries:
        started = time.perf_counter()
        question(query)
        taken.append(1000 * (time.perf_counter() - started))
    return {"median": round(median(taken), 1), "worst": round(max(taken), 1), "questions": len(taken)}


def whole(folder: Path, n: int) -> dict[str, Any]:
    """Seconds to read, export and compare so many reports, and the most memory this process had."""
    result: dict[str, Any] = {}
    rows, db = folder / "rows.jsonl", folder / "reports.db"
    with rows.open("w", encoding="utf8") as out:
        out.writelines(json.dumps(row) + "\n" for row, _ in corpus(n, copies=0.5))
    with timed(result, "read, fields only, and stored: seconds"):
        code_paths([str(rows)], db=db, fields_only=True)
    with Store(db) as store:
        with timed(result, "export as JSON Lines: seconds"):
            WRITERS["jsonl"](store.records(), folder / "out.jsonl")
        with timed(result, "export as Parquet: seconds"):
            WRITERS["parquet"](store.records(), folder / "out")
        with timed(result, "copies and stories: seconds"):
            built = build_stories(store)
        with timed(result, "search, ten questions: seconds"):
            for word in ("pressure", "grain", "harvest", "fuel", "dam", "bridges", "census", "seed", "clerk", "convoy"):
                search_reports(store, f"{word} the")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {
        "reports": {"n": built.reports, "copies": built.copies, "bytes of the store": db.stat().st_size, "most memory MB": most} | result
    }


if __name__ == "__main__":
    main()
