"""The store in one SQLite file: written by one process in transactions, read by any number while it is written (WAL)."""

import sqlite3
import time
import zlib
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec

from dateline.errors import StoreError
from dateline.records import Record, Rejected
from dateline.rows import COLUMNS, FIELDS, Prepared, unpacked

VERSION = "1"


class Store:
    """An open store. Use it as a context manager; `add` commits one batch whole or not at all."""

    def __init__(self, path: Path | str, *, read_only: bool = False) -> None:
        """Open, and create where missing. Raises StoreError when the file is no store of this version."""
        self.path = str(path)
        if read_only and not Path(path).is_file():
            raise StoreError(f"{path}: no such store; `dateline code PATHS --db {path}` makes one")
        try:
            self._db = sqlite3.connect(f"file:{path}?mode=ro" if read_only else path, uri=read_only, isolation_level=None, timeout=30)
            if not read_only:
                self._create()
            found = self._db.execute("SELECT value FROM meta WHERE name = 'version'").fetchone()
        except sqlite3.Error as fault:
            raise StoreError(f"{path}: cannot be opened as a store: {fault}") from fault
        if found != (VERSION,):
            raise StoreError(f"{path}: a store of version {found and found[0]}; this Dateline reads version {VERSION}")

    def _create(self) -> None:
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        for name in ("schema.sql", "search_sqlite.sql"):
            self._db.executescript((files("dateline.store") / name).read_text(encoding="utf8"))
        self._db.execute("INSERT OR IGNORE INTO meta VALUES ('version', ?)", (VERSION,))

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the write-ahead log is folded into it."""
        self._db.close()

    def coded_by(self, report_id: str) -> str | None:
        """The coding (version, codebook, model) that made a report's record; None when the store does not hold it."""
        found = self._db.execute("SELECT coded_by FROM reports WHERE id = ?", (report_id,)).fetchone()
        return found[0] if found else None

    def add(self, coded: Iterable[Prepared | Rejected], *, coding: str) -> int:
        """Write one batch in one transaction; how many reports it added.

        A report that stands there already with the same `coding` is left alone; with another it is replaced.
        """
        added = 0
        try:
            self._db.execute("BEGIN IMMEDIATE")
            for item in coded:
                if isinstance(item, Rejected):
                    self._db.execute("INSERT OR REPLACE INTO rejected VALUES (?, ?, ?)", (item.read_from, item.stage, item.reason))
                else:
                    added += self._add_one(item, coding)
            self._db.execute("COMMIT")
        except sqlite3.Error as fault:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise StoreError(f"{self.path}: cannot be written: {fault}; what was written before this batch is kept") from fault
        return added

    def _add_one(self, report: Prepared, coding: str) -> bool:
        before = self.coded_by(report.id)
        if before == coding:
            return False
        if before is not None:
            for table in ("reports", *COLUMNS):
                self._db.execute(f"DELETE FROM {table} WHERE {'id' if table == 'reports' else 'report'} = ?", (report.id,))
        row = (report.id, report.read_from, report.text_sha256, report.raw, report.text, report.record, coding, *report.fields)
        self._insert("reports", ("id", "read_from", "text_sha256", "raw", "text", "record", "coded_by", *FIELDS), [row])
        for table, rows in report.rows.items():
            self._insert(table, COLUMNS[table], rows)
        self._db.execute("DELETE FROM rejected WHERE read_from = ?", (report.read_from,))
        return True

    def _insert(self, table: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
        marks = ", ".join("?" * len(columns))
        self._db.executemany(f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)

    def records(self, *, texts: bool = False) -> Iterator[tuple[Record, str]]:
        """Every record with its canonical text, in order of the ids. With `texts` the text stands in the record too."""
        for kept, text in self._db.execute("SELECT record, text FROM reports ORDER BY id"):
            record = unpacked(kept)
            yield (msgspec.structs.replace(record, text=text) if texts else record), text

    def record(self, report_id: str) -> tuple[Record, str] | None:
        """One record with its canonical text; None when the store does not hold it."""
        found = self._db.execute("SELECT record, text FROM reports WHERE id = ?", (report_id,)).fetchone()
        return (unpacked(found[0]), found[1]) if found else None

    def raw(self, report_id: str) -> bytes | None:
        """The bytes of a report as they were received."""
        found = self._db.execute("SELECT raw, text FROM reports WHERE id = ?", (report_id,)).fetchone()
        if not found:
            return None
        return zlib.decompress(found[0]) if found[0] is not None else found[1].encode()

    def rejected(self) -> list[Rejected]:
        """Everything that was set aside, in order of its place."""
        rows = self._db.execute("SELECT read_from, stage, reason FROM rejected ORDER BY read_from, stage")
        return [Rejected(read_from=a, stage=b, reason=c) for a, b, c in rows]

    def count(self) -> int:
        """How many reports it holds."""
        return int(self._db.execute("SELECT count(*) FROM reports").fetchone()[0])

    def script(self, sql: str) -> None:
        """Run a script of table definitions, for the packages above the line."""
        self._db.executescript(sql)

    def change(self, changes: Iterable[tuple[str, Iterable[tuple[Any, ...]]]]) -> None:
        """Run each statement over its rows, all in one transaction. Raises StoreError, and then nothing is changed."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            for sql, rows in changes:
                self._db.executemany(sql, rows)
            self._db.execute("COMMIT")
        except sqlite3.Error as fault:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise StoreError(f"{self.path}: cannot be written: {fault}") from fault

    def bound(self, seconds: float) -> None:
        """From now on, no longer than this may pass until a question is answered; past it sqlite3.OperationalError "interrupted"."""
        end = time.monotonic() + seconds
        self._db.set_progress_handler(lambda: time.monotonic() > end, 10_000)

    def query(self, sql: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """Rows of a read-only question, for the packages above the line."""
        return self._db.execute(sql, values).fetchall()
