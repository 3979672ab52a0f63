"""Direct quotations with their speakers, and the CPU time they take: Dateline's whole record against stock spaCy with textacy's
`direct_quotations`, which is what one would otherwise pick.

    pip install textacy; python benchmarks/quotations.py [--texts 100] [--out benchmarks/results/quotations.json]

Generated reports, so that every quotation and its speaker are known. Found is a quotation whose words are nine tenths there and whose
speaker ends with the right word; both are given the person's name or the office as right, for in a report they are one.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import importlib
import json
import platform
import re
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from generator import report

from dateline import pipeline
from dateline.codebook import load_codebook
from dateline.ingest.report import make_report
from dateline.ingest.text import fields_of_text
from dateline.language import DEFAULT_MODEL, load_analyser

QUOTED = re.compile(
    r"“(?P<words>[^”]+),” (?P<who>the [\w ]+?|\w+(?: [A-Z]\w+)?) (?:said|told|warned|insisted|announced|added|argued|confirmed|wrote)"
)
LEAD = re.compile(r"— \w+'s (?P<who>.+?) (?:said|told|warned|insisted|announced|added|argued|confirmed|wrote)")
Found = tuple[int, int, str]  # characters, and the speaker's last word


def main() -> None:
    """Run both, score both, write."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--texts", type=int, default=100), ask.add_argument("--out", type=Path)
    given = ask.parse_args()
    try:
        versions = {name: version(name) for name in ("textacy", "spacy")}
        triples = importlib.import_module("textacy.extract.triples")
    except (ImportError, PackageNotFoundError):
        sys.exit("textacy is not installed: nothing to compare with (pip install textacy)")
    texts = [report(i)["text"] for i in range(given.texts)]
    readers = {"dateline, the whole record": with_dateline(), "stock spaCy and textacy": with_textacy(triples)}
    result: dict[str, Any] = {"texts": len(texts), "words": sum(len(t.split()) for t in texts)}
    for name, read in readers.items():
        list(read([report(-1)["text"]]))
        started = time.process_time()
        found = list(read(texts))
        seconds = time.process_time() - started
        result[name] = scores(texts, found) | {"CPU seconds": round(seconds, 2)}
    result |= {"machine": platform.machine(), "python": platform.python_version(), **versions}
    print(json.dumps(result, indent=1))
    if given.out:
        given.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf8")


def with_dateline() -> Callable[[list[str]], Iterator[list[Found]]]:
    """The whole line; of its record only the direct statements are looked at."""
    book, analyser = load_codebook(), load_analyser()

    def read(texts: list[str]) -> Iterator[list[Found]]:
        reports = (
            make_report(raw=t.encode(), text=t, fields=fields_of_text(t, book), read_from="t", identity=str(i)) for i, t in enumerate(texts)
        )
        for coded in pipeline.code_reports(reports, book, analyser):
            assert isinstance(coded, tuple)
            yield [
                (s.content[0].start, s.content[-1].end, s.speaker.name.split()[-1])
                for s in coded[1].statements
                if s.kind == "direct" and s.speaker
            ]

    return read


def with_textacy(triples: Any) -> Callable[[list[str]], Iterator[list[Found]]]:
    """The stock pipeline of the same model, and textacy's finder on its documents."""
    nlp = importlib.import_module(DEFAULT_MODEL).load()

    def read(texts: list[str]) -> Iterator[list[Found]]:
        for doc in nlp.pipe(texts):
            yield [(q.content.start_char, q.content.end_char, q.speaker[-1].text) for q in triples.direct_quotations(doc) if q.speaker]

    return read


def scores(texts: list[str], found: list[list[Found]]) -> dict[str, Any]:
    """Precision and recall over all texts."""
    right = asked = given = 0
    for text, mine in zip(texts, found, strict=True):
        lead = LEAD.search(text)
        same = set(lead["who"].split()) if lead else set()  # of office and name: "Foreign Minister Ana Quispe"
        wanted = [(m.start("words"), m.end("words"), m["who"].split()[-1]) for m in QUOTED.finditer(text)]
        asked, given = asked + len(wanted), given + len(mine)
        right += sum(any(is_same(w, f, same) for f in mine) for w in wanted)
    return {"quotations": asked, "given": given, "precision": round(right / max(1, given), 3), "recall": round(right / max(1, asked), 3)}


def is_same(wanted: Found, found: Found, same: set[str]) -> bool:
    """Nine tenths of the words, and the right speaker."""
    both = min(wanted[1], found[1]) - max(wanted[0], found[0])
    longest = max(wanted[1] - wanted[0], found[1] - found[0])
    return both >= 0.9 * longest and (found[2] == wanted[2] or {found[2], wanted[2]} <= same)


if __name__ == "__main__":
    main()
