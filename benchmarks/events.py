"""What events and actors cost, as a share of what stock spaCy takes to parse the same texts: one process, process time, medians.

    python benchmarks/events.py TEXTS.jsonl --rows 300 --out benchmarks/results/events.json

TEXTS is JSON Lines with a `text` in each row. The two are timed in turn, so that a busy machine weighs on both alike.
"""

import argparse
import importlib
import json
import statistics
import time
from pathlib import Path

from dateline.codebook import Codebook, load_codebook
from dateline.find import find_actors, find_events
from dateline.ingest.text import fields_of_text
from dateline.language import load_analyser
from dateline.language.model import DEFAULT_MODEL
from dateline.records import Analysis, Fields
from dateline.resolve import judge_novelty, resolve_actors, resolve_events

ROUNDS = 3


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("texts", type=Path)
    ask.add_argument("--rows", type=int, default=300)
    ask.add_argument("--out", type=Path)
    given = ask.parse_args()
    rows = [json.loads(line) for line in given.texts.read_text(encoding="utf8").splitlines() if line.strip()][: given.rows]
    book, analyser, stock = load_codebook(), load_analyser(), importlib.import_module(DEFAULT_MODEL).load()
    texts = [row["text"] for row in rows]
    fields = [fields_of_text(text, book) for text in texts]
    analysed = [analyser.analyse(text, f) for text, f in zip(texts, fields, strict=True)]
    paragraphs = [a.text[b.start : b.end] for a in analysed for b in a.blocks]
    parse, events = [], []
    for _ in range(ROUNDS):
        started = time.process_time()
        for _doc in stock.pipe(paragraphs, batch_size=32):
            pass
        parse.append(time.process_time() - started)
        started = time.process_time()
        found = sum(code(a, f, book) for a, f in zip(analysed, fields, strict=True))
        events.append(time.process_time() - started)
    share = statistics.median(events) / statistics.median(parse)
    result = {
        "texts": len(texts), "tokens": sum(len(a.word) for a in analysed), "events": found,
        "seconds stock parse": round(statistics.median(parse), 2), "seconds events and actors": round(statistics.median(events), 2),
        "share": round(share, 3),
    }  # fmt: skip
    print(json.dumps(result, indent=1))
    if given.out:
        given.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf8")


def code(a: Analysis, fields: Fields, book: Codebook) -> int:
    """Find and resolve the actors and events of one report; how many events it has."""
    mentions = find_actors(a, book)
    found = find_events(a, book, statements=(), actors=mentions)
    actors = resolve_actors(mentions, a, fields, book)
    events = resolve_events(found, a, fields, book, actors=actors, statements=(), times=())
    return len(judge_novelty(events, a, fields, book, times=(), statements=()))


if __name__ == "__main__":
    main()
