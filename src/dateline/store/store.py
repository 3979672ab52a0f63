"""The store itself: one set of tables and the SQL over them, in whichever database they stand."""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from itertools import batched
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec

from dateline.errors import StoreError
from dateline.records import Record, Rejected
from dateline.rows import COLUMNS, FIELDS, Prepared, unpacked
from dateline.store import rollups
from dateline.store.database import Row, open_database

VERSION = "2"
PAGE = 200  # records read at a time
MANY = 500  # values in one question
REJECTED = "INSERT INTO rejected VALUES (?, ?, ?) ON CONFLICT (read_from, stage) DO UPDATE SET reason = excluded.reason"


class Store:
    """An open store. Use it as a context manager; `add` commits one batch whole or not at all."""

    def __init__(self, where: Path | str, *, read_only: bool = False) -> None:
        """Open a file or `postgresql://user@host/database`, and make the tables where there are none.

        Raises StoreError when it cannot be opened, holds something else, or is of another version.
        """
        self.where = where
        self._db = open_database(where, read_only=read_only)
        self.name = self._db.name
        try:
            self._open(read_only)
        except StoreError:
            self._db.close()
            raise

    def _open(self, read_only: bool) -> None:
        there = self._db.tables()
        if not there and not read_only:
            self._create()
        elif "meta" not in there:
            raise StoreError(f"{self.name}: cannot be opened as a store: it holds {'tables of something else' if there else 'nothing'}")
        found = self._db.query("SELECT value FROM meta WHERE name = 'version'")
        if found != [(VERSION,)]:
            was = found[0][0] if found else "unknown"
            raise StoreError(
                f"{self.name}: a store of version {was}; this Dateline reads version {VERSION}: code the reports again into a new one"
            )
        if not read_only and self._db.query("SELECT value FROM meta WHERE name = 'rollups'") != [(rollups.VERSION,)]:
            self._roll_up()

    def _create(self) -> None:
        tables = (files("dateline.store") / "schema.sql").read_text(encoding="utf8")
        self._db.create(f"{tables}\nINSERT INTO meta VALUES ('version', '{VERSION}') ON CONFLICT DO NOTHING;")

    def _roll_up(self) -> None:
        self.script((files("dateline.store") / "rollups.sql").read_text(encoding="utf8"))
        with self._db.writing():
            rollups.rebuild(self._db)
            self._db.run(
                "INSERT INTO meta VALUES ('rollups', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", [(rollups.VERSION,)]
            )

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close it."""
        self._db.close()

    def coded_by(self, report_id: str) -> str | None:
        """The coding (version, codebook, model) that made a report's record; None when the store does not hold it."""
        found = self._db.query("SELECT coded_by FROM reports WHERE id = ?", (report_id,))
        return found[0][0] if found else None

    def add(self, coded: Iterable[Prepared | Rejected], *, coding: str) -> int:
        """Write one batch in one transaction; how many reports it added.

        A report that stands there already with the same `coding` is left alone; with another it is replaced.
        """
        items = list(coded)
        reports: dict[str, Prepared] = {}
        for item in items:
            if isinstance(item, Prepared):
                reports.setdefault(item.id, item)
        try:
            with self._db.writing():
                before: dict[str, str] = dict(self.rows("SELECT id, coded_by FROM reports WHERE id IN", list(reports)))
                new = [r for r in reports.values() if before.get(r.id) != coding]
                self._replace([r.id for r in new if r.id in before], new, coding)
                self._db.run(REJECTED, [(r.read_from, r.stage, r.reason) for r in items if isinstance(r, Rejected)])
        except StoreError as fault:
            raise StoreError(f"{fault}; what was written before this batch is kept") from fault
        return len(new)

    def _replace(self, old: list[str], new: list[Prepared], coding: str) -> None:
        """Write the rows of each table together: a database on another machine is asked a dozen times a batch, not a dozen times a report."""
        counts = rollups.nothing()
        rollups.count(self._db, old, counts, -1)
        for table in ("reports", *COLUMNS):
            self._db.run(f"DELETE FROM {table} WHERE {'id' if table == 'reports' else 'report'} = ?", [(report,) for report in old])
        rows = [(r.id, r.read_from, r.text_sha256, coding, *r.fields, r.text, r.record, r.raw) for r in new]
        self._insert("reports", ("id", "read_from", "text_sha256", "coded_by", *FIELDS, "text", "record", "raw"), rows)
        for table, columns in COLUMNS.items():
            self._insert(table, columns, [row for r in new for row in r.rows.get(table, ())])
        self._db.run("DELETE FROM rejected WHERE read_from = ?", [(r.read_from,) for r in new])
        rollups.count(self._db, [r.id for r in new], counts)
        rollups.write(self._db, counts)

    def _insert(self, table: str, columns: tuple[str, ...], rows: list[Row]) -> None:
        marks = ", ".join("?" * len(columns))
        self._db.run(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks}) ON CONFLICT DO NOTHING", rows)

    def records(self, *, texts: bool = False) -> Iterator[tuple[Record, str]]:
        """Every record with its canonical text, in order of the ids. With `texts` the text stands in the record too."""
        last = ""
        while page := self._db.query("SELECT id, record, text FROM reports WHERE id > ? ORDER BY id LIMIT ?", (last, PAGE)):
            for last, kept, text in page:  # noqa: B007
                record = unpacked(kept)
                yield (msgspec.structs.replace(record, text=text) if texts else record), text

    def record(self, report_id: str) -> tuple[Record, str] | None:
        """One record with its canonical text; None when the store does not hold it."""
        found = self._db.query("SELECT record, text FROM reports WHERE id = ?", (report_id,))
        return (unpacked(found[0][0]), found[0][1]) if found else None

    def raw(self, report_id: str) -> bytes | None:
        """The bytes of a report as they were received."""
        found = self._db.query("SELECT raw, text FROM reports WHERE id = ?", (report_id,))
        if not found:
            return None
        raw, text = found[0]
        return zlib.decompress(raw) if raw is not None else str(text).encode()

    def rejected(self) -> list[Rejected]:
        """Everything that was set aside, in order of its place."""
        rows = self._db.query("SELECT read_from, stage, reason FROM rejected ORDER BY read_from, stage")
        return [Rejected(read_from=a, stage=b, reason=c) for a, b, c in rows]

    def count(self) -> int:
        """How many reports it holds."""
        return int(self._db.query("SELECT count(*) FROM reports")[0][0])

    def holding(
        self, where: str, terms: Sequence[str], *, most: int, any_of: bool = False, newest: bool = False, since: int = 0
    ) -> list[int]:
        """Numbers of the rows that hold the terms, from number `since` on, as they arrived or the last first, `most` at most.

        `where` is reports (headline and text), headlines, or statements (their content). It takes no longer where more rows hold the terms.
        """
        sql, asked = self._db.holding(where, terms, any_of=any_of, newest=newest)
        return [n for (n,) in self._db.query(sql, (asked, since, most))]

    def rows(self, sql: str, values: Sequence[Any]) -> list[Row]:
        """Rows of a question that ends in "IN", for many values."""
        return [row for some in batched(values, MANY) for row in self._db.query(f"{sql} ({', '.join('?' * len(some))})", some)]

    def holds(self, table: str, alias: str, terms: Sequence[str]) -> tuple[str, str]:
        """The same as a condition on `alias` with its one value, to be met together with others."""
        return self._db.holds(table, alias, terms)

    def marked(
        self, ns: Sequence[int], terms: Sequence[str], *, before: str = "«", after: str = "»", length: int | None = 24
    ) -> dict[int, str]:
        """The words that hold best of each report's text with the terms marked; the whole text where `length` is None."""
        return dict(self._db.marked(ns, terms, before=before, after=after, length=length)) if ns else {}

    def script(self, sql: str) -> None:
        """Run a script of table definitions, for the packages above the line; in the types of schema.sql."""
        self._db.script(sql)

    def analyse(self) -> None:
        """Let the database learn how the values are spread, so that it chooses its indexes well."""
        self._db.analyse()

    def change(self, changes: Iterable[tuple[str, Iterable[Row]]]) -> None:
        """Run each statement over its rows, all in one transaction. Raises StoreError, and then nothing is changed."""
        with self._db.writing():
            for sql, rows in changes:
                self._db.run(sql, rows)

    def bound(self, seconds: float) -> None:
        """From now on, no longer than this may pass until a question is answered; past it SlowError."""
        self._db.bound(seconds)

    def query(self, sql: str, values: tuple[Any, ...] = ()) -> list[Row]:
        """Rows of a read-only question, for the packages above the line."""
        return self._db.query(sql, values)
