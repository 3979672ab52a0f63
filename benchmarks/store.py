"""The store at size: `said` and search over generated statements; records stored, searched and exported; stories drawn.

    python benchmarks/store.py search --statements 10000000 --out benchmarks/results/store_search.json
    python benchmarks/store.py records --reports 1000000 --out benchmarks/results/store_records.json
    python benchmarks/store.py stories --reports 20000 --out benchmarks/results/store_stories.json

search: rows of a store, ten statements a report, written past the writer (that is what `records` measures), their words drawn from 200,000
invented ones as often as words are in a language (Zipf: the commonest stands in two statements of three), so that questions run from words
that nobody used to words that stand in most rows. Each question goes through `who_said` and `search_reports`, as the commands ask them.

records: records made by a generator, not analysed text, through the store's own writer; then exported and searched by the command line,
each in a process of its own, for its time and most memory. `stories` reads generated reports, half of them copies, without a language pass.
"""

import argparse
import json
import os
import platform
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import numpy as np
from desk import reports as made_records
from generator import FIRST, LAST, OUTLETS, SYLLABLES, corpus

from dateline.run import code_paths
from dateline.store import Store
from dateline.stories import build_stories, search_reports, who_said

WORDS, A_REPORT, PART = 200_000, 10, 20_000
BATCH = 200  # records a transaction
ASKED = 12  # questions of each kind
STATEMENT = (
    "INSERT INTO statements (report, id, kind, type, speaker, content, quoted, first, last, chain, confidence, rule)"
    " VALUES (?, ?, 'indirect', 'said', ?, ?, '', 0, ?, ?, 0.9, 'made')"
)
REPORT = (
    "INSERT INTO reports (id, read_from, text_sha256, coded_by, language, headline, outlet, published, text, record)"
    " VALUES (?, ?, ?, 'made', 'en', ?, ?, ?, ?, x'')"
)
HEAVY = "type = 'trigger' OR name = 'statements_speaker'"  # what is made faster once the rows are there


def main() -> None:
    """Run one of the three, and write what it measured."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("what", choices=("search", "records", "stories"))
    ask.add_argument("--statements", type=int, default=10_000_000), ask.add_argument("--reports", type=int, default=1_000_000)
    ask.add_argument("--events", type=int, default=3, help="records: of each")
    ask.add_argument("--db", type=Path, help="search: a store that this command has filled before, or is to fill and leave there")
    ask.add_argument("--out", type=Path)
    given = ask.parse_args()
    result: dict[str, Any] = {"load before": round(os.getloadavg()[0], 1)}
    with tempfile.TemporaryDirectory() as name:
        if given.what == "search":
            result |= searched(given.db or Path(name) / "said.db", given.statements)
        else:
            stages = recorded(Path(name), given.reports, given.events) if given.what == "records" else storied(Path(name), given.reports)
            for stage in stages:
                result |= stage
                tell(result, given.out)
    result |= {"load after": round(os.getloadavg()[0], 1), "machine": platform.machine(), "cores": os.cpu_count()}
    result |= {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version}
    print(json.dumps(result, indent=1))
    tell(result, given.out)


def tell(result: dict[str, Any], out: Path | None) -> None:
    """Write what was measured until now."""
    if out:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf8")


# ── search ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def searched(db: Path, n: int) -> dict[str, Any]:
    """Milliseconds a question, by kind of question."""
    if not db.exists():
        fill(db, n)
    with Store(db, read_only=True) as store:
        result: dict[str, Any] = {"statements": store.query("SELECT max(n) FROM statements")[0][0], "reports": store.count()}
        result["GB of the store"] = round(db.stat().st_size / 1e9, 2)
        kinds = questions(store)
        for name, ask in (("said", who_said), ("search", search_reports)):
            result[f"{name}, ms"] = told = {}
            for kind, words in kinds.items():
                told[kind] = asked(lambda q, ask=ask: ask(store, q, limit=20), words)  # type: ignore[misc]
            every = [ms for kind in told.values() for ms in kind.pop("each")]
            told["all of them"] = {"median": round(median(every), 1), "worst": round(max(every), 1), "questions": len(every)}
    return result


def fill(db: Path, n: int) -> None:
    """A store with so many statements and a tenth as many reports."""
    Store(db).close()
    into = sqlite3.connect(db, isolation_level=None)
    for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -1000000"):
        into.execute(f"PRAGMA {setting}")
    heavy = into.execute(f"SELECT type, name, sql FROM sqlite_master WHERE {HEAVY}").fetchall()
    for kind, name, _ in heavy:
        into.execute(f"DROP {kind} {name}")
    into.execute("BEGIN")
    for statements, reports in rows(n):
        into.executemany(STATEMENT, statements)
        into.executemany(REPORT, reports)
    into.execute("COMMIT")
    for *_, sql in heavy:
        into.execute(sql)
    for table in ("statements_words", "reports_words"):
        into.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")
    into.execute("PRAGMA journal_mode = WAL")
    into.close()


def rows(n: int) -> Iterator[tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]]:
    """Rows of statements and of the reports that hold them, some thousand at a time."""
    word, draw, rng = vocabulary().__getitem__, np.random.default_rng(7), Random("reports")
    odds = np.cumsum(1 / np.arange(1, WORDS + 1))
    names = [f"{a} {b}" for a in FIRST for b in LAST]
    for first in range(0, n, PART):
        lengths = draw.integers(8, 18, PART)
        drawn = iter(map(word, np.searchsorted(odds, draw.random(int(lengths.sum())) * odds[-1]).tolist()))
        contents = [" ".join(next(drawn) for _ in range(length)) for length in lengths.tolist()]
        who = [names[i] for i in draw.integers(0, len(names), PART).tolist()]
        keys = [f"r{k // A_REPORT:08}" for k in range(first, first + PART)]
        statements = [(key, f"s{k % A_REPORT}", w, c, len(c), w) for k, (key, w, c) in enumerate(zip(keys, who, contents, strict=True))]
        reports = []
        for k in range(0, PART, A_REPORT):
            day = f"20{rng.randrange(10, 25)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"
            text = "\n\n".join(contents[k : k + A_REPORT])
            reports.append((keys[k], keys[k], keys[k], contents[k][:60], rng.choice(OUTLETS), day, text))
        yield statements, reports


def vocabulary() -> list[str]:
    """The invented words, the commonest first."""
    rng = Random("words")
    return ["".join(parts) for parts in zip(*(rng.choices(SYLLABLES, k=WORDS) for _ in range(3)), strict=True)]


def questions(store: Store) -> dict[str, list[str]]:
    """Questions by how common their words are; "rank 10-100" are words of those ranks by frequency."""
    words, rng = vocabulary(), Random("ask")
    last = store.query("SELECT max(n) FROM statements")[0][0]
    kept = [store.query("SELECT content FROM statements WHERE n = ?", (rng.randrange(1, last + 1),))[0][0].split() for _ in range(ASKED)]

    def of(first: int, end: int, many: int = 1) -> list[str]:
        return [" ".join(words[i] for i in rng.sample(range(first, end), many)) for _ in range(ASKED)]

    def phrases(found: list[str]) -> list[str]:
        return [f'"{words}"' for words in found]

    return {
        "a whole statement": phrases([" ".join(w) for w in kept]),
        "five words of one, as a phrase": phrases([" ".join(w[1:6]) for w in kept]),
        "four words of one, in another order": [" ".join(rng.sample(w, 4)) for w in kept],
        "a rare word": of(50_000, WORDS),
        "a word of rank 1,000-10,000": of(1_000, 10_000),
        "a word of rank 100-1,000": of(100, 1_000),
        "a word of rank 10-100": of(10, 100),
        "a word of rank 1-10": words[:10],
        "two words of rank 1-10": of(0, 10, 2),
        "two words of rank 10-100": of(10, 100, 2),
        "two words of rank 100-1,000": of(100, 1_000, 2),
        "four words of rank 10-100": of(10, 100, 4),
        "five words of rank 1-20": of(0, 20, 5),
        "a rare word and the commonest": [f"{word} {words[0]}" for word in of(50_000, WORDS)],
        "three rare words": of(50_000, WORDS, 3),
        "three words of rank 1,000-10,000": of(1_000, 10_000, 3),
        "a phrase of two words of rank 1-10": phrases(of(0, 10, 2)),
        "a phrase of two words of rank 10-100": phrases(of(10, 100, 2)),
        "a phrase of three words of rank 1-10": phrases(of(0, 10, 3)),
        "a phrase of three words of rank 10-100": phrases(of(10, 100, 3)),
        "a phrase of five words of rank 1-20": phrases(of(0, 20, 5)),
    }


def asked(question: Callable[[str], list[Any]], words: list[str]) -> dict[str, Any]:
    """Median and worst of the clock and of the processor, in milliseconds."""
    clock, processor, found = [], [], []
    for query in words:
        started, worked = time.perf_counter(), time.process_time()
        found.append(len(question(query)))
        clock.append(1000 * (time.perf_counter() - started))
        processor.append(1000 * (time.process_time() - worked))
    return {
        "median": round(median(clock), 1),
        "worst": round(max(clock), 1),
        "processor, median": round(median(processor), 1),
        "processor, worst": round(max(processor), 1),
        "found, median": median(found),
        "each": clock,
    }


# ── records ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def recorded(folder: Path, n: int, events: int) -> Iterator[dict[str, Any]]:
    """Seconds and most memory of storing, exporting and searching, each a process of its own."""
    db = folder / "news.db"
    program = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import store; store.write_records({str(db)!r}, {n}, {events})"
    )
    yield {"records": n, "events a record": events, "store": measured([sys.executable, "-c", program])}
    yield {"GB of the store": round(sum(p.stat().st_size for p in folder.glob("news.db*")) / 1e9, 3)}
    line = [sys.executable, "-m", "dateline.cli"]
    for to in ("jsonl", "csv", "parquet"):
        out = folder / to
        taken = measured([*line, "export", "--db", str(db), "--to", to, "-o", str(out)])
        files = [p for p in out.rglob("*") if p.is_file()] if out.is_dir() else [out]
        yield {f"export {to}": taken | {"GB": round(sum(p.stat().st_size for p in files) / 1e9, 3)}}
        for p in files:
            p.unlink()
    for name, words in (("the market", "the market"), ("a name", '"Amara Abdi"'), ("a rare word", "kalomi")):
        for command in ("search", "said"):
            yield {f"{command}: {name}": measured([*line, command, words, "--db", str(db), "--json"])}


def write_records(db: str, n: int, events: int) -> None:
    """Records of the generator through the writer, some hundred a transaction."""
    batch = []
    with Store(db) as store:
        for record in made_records(n, events):
            batch.append(record)
            if len(batch) == BATCH:
                store.add(batch, coding="made")
                batch.clear()
        store.add(batch, coding="made")


def measured(command: list[str]) -> dict[str, float]:
    """Seconds of the clock and of the processor, and most memory, of a command."""
    started = time.monotonic()
    job = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(job.pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"failed: {' '.join(command)}")
    return {
        "seconds": round(time.monotonic() - started, 2),
        "processor seconds": round(used.ru_utime + used.ru_stime, 2),
        "most memory MB": used.ru_maxrss // 1024,
    }


# ── stories ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def storied(folder: Path, n: int) -> Iterator[dict[str, Any]]:
    """Seconds to read and to compare so many reports, and the most memory this process had."""
    given, db = folder / "rows.jsonl", folder / "reports.db"
    with given.open("w", encoding="utf8") as out:
        out.writelines(json.dumps(row) + "\n" for row, _ in corpus(n, copies=0.5))
    started = time.monotonic()
    code_paths([str(given)], db=db, fields_only=True)
    read = time.monotonic()
    with Store(db) as store:
        built = build_stories(store)
    yield {
        "reports": built.reports,
        "copies": built.copies,
        "read, fields only, and stored: seconds": round(read - started, 2),
        "copies and stories: seconds": round(time.monotonic() - read, 2),
        "most memory MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


if __name__ == "__main__":
    main()
