"""The table of writers: name → function. A writer takes (record, canonical text) pairs as they come and a path, and holds no more than a batch.

`FOLDERS` names those that write a folder of tables; the others write one file, or standard output when the path is None.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

from dateline.export.jsonl import write_jsonl
from dateline.export.tables import write_csv, write_parquet
from dateline.records import Record

Writer = Callable[[Iterable[tuple[Record, str]], Path | None], int]

WRITERS: dict[str, Writer] = {
    "jsonl": write_jsonl,
    "csv": write_csv,
    "parquet": write_parquet,
}
FOLDERS = frozenset({"csv", "parquet"})
