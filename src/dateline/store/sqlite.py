"""The store in one SQLite file: written by one process in transactions, read by any number while it is written (WAL)."""

import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from dateline.errors import SlowError, StoreError

Row = tuple[Any, ...]

MAPPED = 64 * 1024**3  # bytes of the file that are read in place: pages that another reader has read are not read again
CACHE = 32 * 1024**2  # bytes of pages a writer holds: a batch touches every index, and what does not fit is written twice
LOG = 4_000  # pages in the write-ahead log before it is folded into the file
PLACES = {  # what can be searched: the full-text table, and the one column of it that counts
    "reports": ("reports_words", ""),
    "headlines": ("reports_words", "headline : "),
    "statements": ("statements_words", "content : "),
}
PLAINLY = {
    "SQLITE_CANTOPEN": "there is no such folder, or no permission to write in it",
    "SQLITE_READONLY": "the file, or the folder it stands in, is read-only",
    "SQLITE_FULL": "the disk is full",
    "SQLITE_NOTADB": "it is no store, but a file of another kind",
    "SQLITE_CORRUPT": "the file is damaged",
    "SQLITE_BUSY": "another process is writing it",
}
STEPS = 10_000  # of SQLite's machine between two looks at the clock


class Sqlite:
    """A file. It is made when it is opened to be written."""

    def __init__(self, path: str, *, read_only: bool) -> None:
        self.name = path
        if Path(path).is_dir():
            raise StoreError(f"{path}: is a folder; accepted is the name of a file, or postgresql://user@host/database")
        if read_only and not Path(path).is_file():
            raise StoreError(f"{path}: no such store; `dateline code PATHS --db {path}` makes one")
        with self._told("opened as a store"):
            uri = f"{Path(path).absolute().as_uri()}?mode=ro"
            self._db = sqlite3.connect(uri if read_only else path, uri=read_only, isolation_level=None, timeout=30)
            if not read_only:
                self._db.execute("PRAGMA journal_mode = WAL")
                self._db.execute("PRAGMA synchronous = NORMAL")
                self._db.execute(f"PRAGMA cache_size = {-CACHE // 1024}")
                self._db.execute(f"PRAGMA wal_autocheckpoint = {LOG}")

    def query(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """The rows of a question."""
        with self._told("read"):
            return self._db.execute(sql, values).fetchall()

    def run(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """One statement over many rows."""
        with self._told("written"):
            self._db.executemany(sql, rows)

    def script(self, sql: str) -> None:
        """Definitions of tables."""
        with self._told("written"):
            self._db.executescript(sql)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction."""
        with self._told("written"):
            self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            with self._told("written"):
                self._db.execute("COMMIT")
        finally:
            self._undo()

    def _undo(self) -> None:
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")

    def tables(self) -> set[str]:
        """The names of the tables that are there."""
        with self._told("opened as a store"):
            return {name for (name,) in self._db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}

    def create(self, sql: str) -> None:
        """The tables, FTS5 tables beside them, and the triggers that fill these."""
        search = (files("dateline.store") / "search_sqlite.sql").read_text(encoding="utf8")
        try:
            self.script(f"BEGIN IMMEDIATE;\n{sql}\n{search}\nCOMMIT;")
        finally:
            self._undo()

    def analyse(self) -> None:
        """A bounded look: without it SQLite takes any index for a good one."""
        self.script("PRAGMA analysis_limit = 1000; ANALYZE;")

    def bound(self, seconds: float) -> None:
        """No question may end later than so many seconds from now. Whoever asks so is waited for: the file is read in place.

        Others are not given that: every page they touched would count as memory of theirs.
        """
        self._db.execute(f"PRAGMA mmap_size = {MAPPED}")
        end = time.monotonic() + seconds
        self._db.set_progress_handler(lambda: time.monotonic() > end, STEPS)

    def close(self) -> None:
        """Close the file; the write-ahead log is folded into it."""
        self._db.close()

    def holding(self, where: str, terms: Sequence[str], *, any_of: bool, newest: bool) -> tuple[str, str]:
        """The rowid of a full-text table is the number of the row; its lists of words are kept in that order, and so need no sorting."""
        table, column = PLACES[where]
        sql = f"SELECT rowid FROM {table} WHERE {table} MATCH ? AND rowid >= ? ORDER BY rowid {'DESC' if newest else 'ASC'} LIMIT ?"
        return sql, f"{column}({(' OR ' if any_of else ' AND ').join(map(quoted, terms))})"

    def holds(self, table: str, alias: str, terms: Sequence[str]) -> tuple[str, str]:
        """A condition."""
        return f"{alias}.n IN (SELECT rowid FROM {table}_words WHERE {table}_words MATCH ?)", " AND ".join(map(quoted, terms))

    def marked(self, ns: Sequence[int], terms: Sequence[str], *, before: str, after: str, length: int | None) -> list[Row]:
        """By `snippet` and `highlight`."""
        mark = f"snippet(reports_words, 1, ?, ?, '…', {length})" if length else "highlight(reports_words, 1, ?, ?)"
        sql = f"SELECT rowid, {mark} FROM reports_words WHERE reports_words MATCH ? AND rowid IN ({', '.join('?' * len(ns))})"
        return self.query(sql, (before, after, " AND ".join(map(quoted, terms)), *ns))

    @contextmanager
    def _told(self, what: str) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as fault:
            if fault.args and fault.args[0] == "interrupted":
                raise SlowError(f"{self.name}: the question took too long") from None
            kind = "_".join(getattr(fault, "sqlite_errorname", "").split("_")[:2])
            raise StoreError(f"{self.name}: cannot be {what}: {PLAINLY.get(kind, fault)}") from fault


def quoted(term: str) -> str:
    """A term for FTS5: in quotation marks, so that no operator of a person's gets through."""
    return '"{}"'.format(term.replace('"', " "))


def connect_sqlite(path: str, read_only: bool) -> Sqlite:
    """Open a file."""
    return Sqlite(path, read_only=read_only)
