"""Copies on a generated set: precision and recall over pairs of a copy and its original, by kind of copy, and texts a second.

A tenth as many reports more are written in one of three forms (weather, matches, markets): they share sentences and copy none.

python benchmarks/copies.py 4000 --out benchmarks/results/copies.json
"""

import argparse
import hashlib
import json
import time
from collections import Counter
from pathlib import Path

import numpy as np
from generator import KINDS, corpus, in_one_form

from dateline.stories.copies import Text, find_copies
from dateline.stories.prints import runs, told_of


def main() -> None:
    """Generate, find, compare, write."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("n", type=int, nargs="?", default=4000), ask.add_argument("--out", type=Path)
    given = ask.parse_args()
    rows = [*corpus(given.n, copies=0.5), *((in_one_form(i), ()) for i in range(given.n, given.n + given.n // 10))]
    rows.sort(key=lambda pair: pair[0]["published"])
    sources = {row["id"]: {f"g{s}" for s in made_from} for row, made_from in rows}
    how = {row["id"]: row["how"] for row, _ in rows}
    started = time.process_time()
    found = list(find_copies(text_of(row) for row, _ in rows))
    seconds = time.process_time() - started
    family = {i: frozenset(s or {i}) for i, s in sources.items()}
    right = [c for c in found if family[c.report] & family[c.original]]
    per = Counter(how[c.report] for c in right if how[c.report] in KINDS)
    caught = {c.report for c in right}
    asked = Counter(h for h in how.values() if h in KINDS)
    result = {
        "texts": len(rows), "in one form": given.n // 10, "of these taken for copies": len({c.report for c in found if how[c.report] == "form"}),
        "pairs found": len(found), "precision": round(len(right) / max(1, len(found)), 4),
        "recall": round(sum(i in caught for i in how if how[i] in KINDS) / sum(asked.values()), 4),
        "recall by kind": {h: round(sum(i in caught for i in how if how[i] == h) / n, 4) for h, n in sorted(asked.items())},
        "texts a CPU-second": round(len(rows) / seconds), "pairs by kind": dict(sorted(per.items())),
    }  # fmt: skip
    print(json.dumps(result, indent=1))
    if given.out:
        given.out.parent.mkdir(parents=True, exist_ok=True)
        given.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf8")


def text_of(row: dict[str, str]) -> Text:
    """A generated row as the finder takes it."""
    numbers, sha256 = runs(row["text"]), hashlib.sha256(row["text"].encode()).hexdigest()
    return Text(id=row["id"], url=row["url"], sha256=sha256, numbers=numbers, distinct=np.unique(numbers), told=told_of(row["text"]))


if __name__ == "__main__":
    main()
