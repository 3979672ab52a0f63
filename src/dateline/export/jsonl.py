"""JSON Lines: the record itself, one object a line."""

import sys
from collections.abc import Iterable
from itertools import chain, islice
from pathlib import Path

import msgspec

from dateline.records import Record


def write_jsonl(records: Iterable[tuple[Record, str]], out: Path | None) -> int:
    """Write each record as it comes; how many were written. Standard output when `out` is None.

    The file is opened when the first record is there: a job that cannot start leaves an older file as it was.
    """
    encode, n = msgspec.json.Encoder().encode, 0
    coming = iter(records)
    first = list(islice(coming, 1))
    stream = out.open("wb") if out else sys.stdout.buffer
    try:
        for record, _ in chain(first, coming):
            stream.write(encode(record) + b"\n")
            n += 1
    finally:
        stream.close() if out else stream.flush()
    return n
