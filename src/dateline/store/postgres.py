"""The store in PostgreSQL, for a team or a cluster: the same tables, searched by tsvector and GIN. psycopg is needed: dateline[postgres]."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

from dateline.errors import SlowError, StoreError

Row = tuple[Any, ...]

# The types of schema.sql as PostgreSQL names them; text sorts by its code points, as in SQLite.
TYPES = {
    "INTEGER PRIMARY KEY": "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
    "BLOB": "bytea",
    "REAL": "double precision",
    "TEXT": 'text COLLATE "C"',
    " WITHOUT ROWID": "",
}
TYPE = re.compile(r"(?<!\w)(" + "|".join(TYPES) + r")\b")
PLACES = {
    "reports": ("reports", ""),
    "headlines": ("reports", ":A"),
    "statements": ("statements", ":A"),
}  # table, and weight of the words that count
ONE_WRITER = 7_228_301  # the lock that a writer holds
NUL, NO_NUL = "\0", "\ufdd0"  # PostgreSQL's text holds no NUL; a code point that no text may use stands for it
SETTINGS = "-c client_min_messages=warning -c plan_cache_mode=force_custom_plan -c jit=off -c statement_timeout=0"


class Postgres:
    """A connection to a database."""

    def __init__(self, address: str, *, read_only: bool) -> None:
        try:
            import psycopg
        except ModuleNotFoundError:
            raise StoreError("a store in PostgreSQL needs psycopg: pip install 'dateline[postgres]'") from None
        from psycopg.types.string import StrDumper, TextLoader

        class Dumper(StrDumper):
            def dump(self, obj: str) -> Any:
                return super().dump(obj.replace(NUL, NO_NUL) if NUL in obj else obj)

        class Loader(TextLoader):
            def load(self, data: Any) -> Any:
                text = super().load(data)
                return text.replace(NO_NUL, NUL) if isinstance(text, str) and NO_NUL in text else text

        self._fault, self._slow = psycopg.Error, psycopg.errors.QueryCanceled
        self.name = named(address)
        options = SETTINGS + (" -c default_transaction_read_only=on" if read_only else "")
        with self._told("opened as a store"):
            self._db = psycopg.connect(address, autocommit=True, options=options, connect_timeout=10)
        encoding = self._db.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            self._db.close()
            raise StoreError(f"{self.name}: its text is kept as {encoding}; accepted is a database in UTF8 (createdb -E UTF8 -T template0)")
        self._db.adapters.register_dumper(str, Dumper)
        self._db.adapters.register_loader("text", Loader)

    def query(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """The rows of a question."""
        with self._told("read"):
            return self._db.execute(ours(sql), values).fetchall()

    def run(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """One statement over many rows."""
        with self._told("written"), self._db.cursor() as cursor:
            cursor.executemany(ours(sql), rows)

    def script(self, sql: str) -> None:
        """Definitions of tables."""
        plain = re.sub(r"--[^\n]*", "", sql)
        with self._told("written"):
            self._db.execute(TYPE.sub(lambda found: TYPES[found[0]], plain))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction; others that would write wait."""
        with self._told("written"), self._db.transaction():
            self._db.execute("SELECT pg_advisory_xact_lock(%s)", (ONE_WRITER,))
            yield

    def tables(self) -> set[str]:
        """The names of the tables that are there."""
        return {name for (name,) in self.query("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")}

    def create(self, sql: str) -> None:
        """The tables, with a column of words beside what is searched, and an index on it."""
        search = (files("dateline.store") / "search_postgres.sql").read_text(encoding="utf8")
        with self.writing():
            self.script(sql)
            self._db.execute(search)

    def analyse(self) -> None:
        """ANALYZE."""
        self.script("ANALYZE")

    def bound(self, seconds: float) -> None:
        """No question may take longer."""
        self.query("SELECT set_config('statement_timeout', ?, false)", (str(max(1, int(seconds * 1000))),))

    def close(self) -> None:
        """Close the connection."""
        self._db.close()

    def holding(self, where: str, terms: Sequence[str], *, any_of: bool, newest: bool) -> tuple[str, str]:
        """By the index where few rows hold the words, by number where many do: the planner knows which."""
        table, weight = PLACES[where]
        order = "DESC" if newest else "ASC"
        sql = f"SELECT n FROM {table} WHERE words @@ to_tsquery('dateline', ?) AND n >= ? ORDER BY n {order} LIMIT ?"
        return sql, asked_for(terms, any_of=any_of, weight=weight)

    def holds(self, table: str, alias: str, terms: Sequence[str]) -> tuple[str, str]:
        """A condition."""
        return f"{alias}.words @@ to_tsquery('dateline', ?)", asked_for(terms)

    def marked(self, ns: Sequence[int], terms: Sequence[str], *, before: str, after: str, length: int | None) -> list[Row]:
        """By `ts_headline`."""
        whole = f"MaxWords={length}, MinWords={length // 2}, MaxFragments=1" if length else "HighlightAll=true"
        options = f'StartSel="{before}", StopSel="{after}", {whole}'
        sql = "SELECT n, ts_headline('dateline', text, to_tsquery('dateline', ?), ?) FROM reports WHERE n = ANY(?)"
        return self.query(sql, (asked_for(terms), options, list(ns)))

    @contextmanager
    def _told(self, what: str) -> Iterator[None]:
        try:
            yield
        except self._slow:
            raise SlowError(f"{self.name}: the question took too long") from None
        except self._fault as fault:
            raise StoreError(f"{self.name}: cannot be {what}: {' '.join(str(fault).split())}") from fault


def ours(sql: str) -> str:
    """SQL with psycopg's marks for values."""
    return sql.replace("%", "%%").replace("?", "%s")


def asked_for(terms: Sequence[str], *, any_of: bool = False, weight: str = "") -> str:
    """Terms as a tsquery whose words are not stemmed yet: letters, digits and our own operators only."""
    words = [[word + weight for word in folded(term)] for term in terms]
    return (" | " if any_of else " & ").join(f"({' <-> '.join(phrase)})" for phrase in words if phrase)


def folded(term: str) -> list[str]:
    """The words of a term without accents, as `dateline_words` reads them."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", term) if not "\u0300" <= c <= "\u036f")
    return re.findall(r"[^\W_]+", plain)


def named(address: str) -> str:
    """The address without its password."""
    return re.sub(r"(?<=[?&])password=[^&]*&?", "", re.sub(r"(?<=//)([^/@:]*):[^/]*@", r"\1@", address))


def connect_postgres(address: str, read_only: bool) -> Postgres:
    """Open a database."""
    return Postgres(address, read_only=read_only)
