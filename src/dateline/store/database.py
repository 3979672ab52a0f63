"""What a database must do for the store: the same few functions from each, and SQL that all of them read. `DATABASES` is the table.

SQL is written once, with "?" for a value, `ON CONFLICT`, and the column types of schema.sql; what differs stands in the module of a database.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from dateline.errors import ArgumentError
from dateline.store.postgres import connect_postgres
from dateline.store.sqlite import connect_sqlite

Row = tuple[Any, ...]


class Database(Protocol):
    """An open connection. Every fault of its library leaves it as a StoreError, a question that took too long as a SlowError."""

    name: str  # for messages: no password in it

    def query(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """The rows of a question."""

    def run(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """One statement over many rows."""

    def script(self, sql: str) -> None:
        """Definitions of tables, in the types of schema.sql."""

    def writing(self) -> AbstractContextManager[None]:
        """One transaction: all of it or nothing, one writer at a time."""

    def tables(self) -> set[str]:
        """The names of the tables that are there."""

    def create(self, sql: str) -> None:
        """Make the tables and what full-text search needs, all of it or nothing."""

    def analyse(self) -> None:
        """Let the planner learn how values are spread."""

    def bound(self, seconds: float) -> None:
        """No question may take longer from now on."""

    def close(self) -> None:
        """Close the connection."""

    def holding(self, where: str, terms: Sequence[str], *, any_of: bool, newest: bool) -> tuple[str, str]:
        """SQL for the numbers of the rows that hold the terms, and what it looks for; values: that, the first number, how many at most."""

    def holds(self, table: str, alias: str, terms: Sequence[str]) -> tuple[str, str]:
        """SQL for a condition: the row holds the terms; and its one value."""

    def marked(self, ns: Sequence[int], terms: Sequence[str], *, before: str, after: str, length: int | None) -> list[Row]:
        """(number, text with the terms marked) of reports: the stretch of `length` words that holds most, or the whole text."""


def open_database(where: str | Path, *, read_only: bool) -> Database:
    """The database that a path or an address names. Raises StoreError, ArgumentError for an address of another kind."""
    kind = str(where).partition("://")[0] if "://" in str(where) else ""
    if kind not in DATABASES:
        raise ArgumentError(f"{kind}://: no such kind of store; accepted are a file, and postgresql://user@host/database")
    return DATABASES[kind](str(where), read_only)


DATABASES: dict[str, Callable[[str, bool], Database]] = {
    "": connect_sqlite,
    "postgresql": connect_postgres,
    "postgres": connect_postgres,
}
