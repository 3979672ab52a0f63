"""Flat tables for pandas, R, DuckDB and spreadsheets: a folder with one CSV or Parquet file a table, the same columns as the store's."""

import csv
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from dateline.errors import ArgumentError
from dateline.records import Record
from dateline.rows import COLUMNS, FIELDS, field_values, rows_of

REPORT_COLUMNS = ("id", "read_from", "text_sha256", *FIELDS, "stages_not_run", "dateline_version", "codebook", "model")
TABLES = {"reports": REPORT_COLUMNS, **COLUMNS}
WHOLE = frozenset({"first", "last", "quad", "geonames_id", "mentions"})
REAL = frozenset({"confidence", "intensity", "lat", "lon", "low", "high"})
BATCH = 500  # reports

Rows = dict[str, list[tuple[Any, ...]]]


def write_csv(records: Iterable[tuple[Record, str]], out: Path | None) -> int:
    """One UTF-8 CSV file a table into the folder `out`; an empty cell is null."""
    folder = _folder(out, "csv")
    with ExitStack() as open_files:
        sheets = {}
        for name, columns in TABLES.items():
            sheet = csv.writer(
                open_files.enter_context((folder / f"{name}.csv").open("w", encoding="utf8", newline="")), lineterminator="\n"
            )
            sheet.writerow(columns)
            sheets[name] = sheet
        return _write(records, lambda name, rows: sheets[name].writerows(rows))


def write_parquet(records: Iterable[tuple[Record, str]], out: Path | None) -> int:
    """One Parquet file a table into the folder `out`, zstd-compressed, columns typed."""
    folder = _folder(out, "parquet")
    import pyarrow as pa  # here, because it is slow to load and only this format needs it
    import pyarrow.parquet as pq

    schemas = {name: pa.schema([(c, pa.type_for_alias(_type(name, c))) for c in columns]) for name, columns in TABLES.items()}
    with ExitStack() as open_files:
        files = {
            name: open_files.enter_context(pq.ParquetWriter(folder / f"{name}.parquet", schema, compression="zstd"))
            for name, schema in schemas.items()
        }

        def write(name: str, rows: list[tuple[Any, ...]]) -> None:
            columns = [pa.array(values, type=field.type) for values, field in zip(zip(*rows, strict=True), schemas[name], strict=True)]
            files[name].write_table(pa.Table.from_arrays(columns, schema=schemas[name]))

        return _write(records, write)


def _write(records: Iterable[tuple[Record, str]], write: Callable[[str, list[tuple[Any, ...]]], None]) -> int:
    n = 0
    for batch in _batches(records):
        for name, rows in batch.items():
            if rows:
                write(name, rows)
        n += len(batch["reports"])
    return n


def _batches(records: Iterable[tuple[Record, str]]) -> Iterator[Rows]:
    batch: Rows = {name: [] for name in TABLES}
    for record, text in records:
        batch["reports"].append(_report_row(record))
        for name, rows in rows_of(record, text).items():
            batch[name] += rows
        if len(batch["reports"]) >= BATCH:
            yield batch
            batch = {name: [] for name in TABLES}
    yield batch


def _report_row(r: Record) -> tuple[Any, ...]:
    about = (",".join(r.stages_not_run), r.dateline_version, r.codebook, r.model)
    return (r.id, r.read_from, r.text_sha256, *field_values(r.report), *about)


def _type(table: str, column: str) -> str:
    """What Arrow calls the type of a column."""
    if column in WHOLE or (column == "place" and table in ("parties", "origins", "checks")):
        return "int64"
    return "float64" if column in REAL or (table, column) == ("quantities", "value") else "string"


def _folder(out: Path | None, name: str) -> Path:
    if out is None:
        raise ArgumentError(f"{name} writes a folder of tables: name it with -o FOLDER")
    if out.exists() and not out.is_dir():
        raise ArgumentError(f"{out} is a file; {name} writes a folder of tables")
    out.mkdir(parents=True, exist_ok=True)
    return out
