"""Pages a CPU-second: reading web pages into fields and text, and what the longest page takes.

    python benchmarks/pages.py FOLDER [--out benchmarks/results/pages.json]

FOLDER holds pages (.html, .html.gz). One thread; the bytes are read before the clock starts; the codebook is loaded before as well.
"""

import argparse
import gzip
import json
import os
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from dateline.codebook import load_codebook
from dateline.ingest.html import read_html
from dateline.records import Report


def main() -> None:
    """Read, measure, write."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folder", type=Path), ask.add_argument("--out", type=Path)
    given = ask.parse_args()
    pages = [(p.name, unpacked(p)) for p in sorted(given.folder.iterdir()) if ".html" in p.suffixes]
    book = load_codebook()
    times = []
    read = 0
    for name, raw in pages:
        started = time.process_time()
        read += sum(isinstance(r, Report) for r in read_html(raw, book, read_from=name))
        times.append(time.process_time() - started)
    result = {
        "pages": len(pages), "read": read, "megabytes": round(sum(len(raw) for _, raw in pages) / 1e6, 1),
        "pages a CPU-second": round(len(pages) / sum(times), 1), "longest page s": round(max(times), 3),
    }  # fmt: skip
    print(json.dumps(result, indent=1))
    if given.out:
        given.out.parent.mkdir(parents=True, exist_ok=True)
        given.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf8")


def unpacked(path: Path) -> bytes:
    """The bytes of a page, gzipped or not."""
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


if __name__ == "__main__":
    main()
