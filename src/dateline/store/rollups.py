"""Roll-ups: counts that the writer keeps beside the rows they count, in the same transaction. `rollups.sql` says what stands in each table."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from dateline.store.database import Database

VERSION = "1"
KEYS: dict[str, tuple[str, ...]] = {
    "rolled_values": ("of", "facet", "value"),
    "rolled_days": ("facet", "value", "day", "kind"),
    "rolled_points": ("facet", "value", "lat", "lon", "place", "country", "geonames_id"),
    "rolled_ties": ("facet", "value", "who", "whom", "quad"),
    "rolled_pairs": ("one", "other", "month", "quad"),
}
ALL = ("all", "")
AT_POINTS = ("all", "type", "novelty", "actor", "recipient")  # the facets whose points are kept, beside the months
AT_ONCE = 500  # reports that one question asks for
IN_MEMORY = 5_000  # reports that are counted before their counts are written
Counts = dict[str, Counter[tuple[Any, ...]]]


def nothing() -> Counts:
    """Counts to begin with."""
    return {table: Counter() for table in KEYS}


def is_code(name: str) -> bool:
    """Whether a name is written as a country's code is: such actors have counts of their own."""
    return len(name) == 3 and name.isascii() and name.isalpha() and name.isupper()


def count(db: Database, reports: Sequence[str], into: Counts, sign: int = 1) -> None:
    """Add what the rows of these reports count to, or take it away."""
    for at in range(0, len(reports), AT_ONCE):
        for rows in _rows(db, reports[at : at + AT_ONCE]):
            for table, keys in _keys(rows).items():
                counter = into[table]
                for key in keys:
                    counter[key] += sign


class Rows:
    """The rows of one report that are counted."""

    def __init__(self, report: tuple[Any, ...]) -> None:
        self.outlet, self.agency, self.language, self.printed = report
        self.events: list[tuple[Any, ...]] = []
        self.statements: list[tuple[Any, ...]] = []
        self.parties: dict[str, list[tuple[str, str, str | None]]] = defaultdict(list)  # by event: side, name, country
        self.failed: set[str] = set()


def _rows(db: Database, reports: Sequence[str]) -> Iterable[Rows]:
    among = f"({', '.join('?' * len(reports))})"

    def ask(columns: str, table: str, more: str = "") -> Any:
        return db.query(f"SELECT {columns} FROM {table} WHERE {'id' if table == 'reports' else 'report'} IN {among}{more}", reports)

    found = {report: Rows(rest) for report, *rest in ask("id, outlet, agency, language, published", "reports")}
    for report, *event in ask(
        "report, id, type, reported_as, status, quad, country, place, start_day, lat, lon, geonames_id, first, last", "events"
    ):
        found[report].events.append(tuple(event))
    for report, event, side, name, country in ask("report, event, side, name, country", "parties"):
        found[report].parties[event].append((side, name, country))
    for report, *statement in ask("report, id, speaker, kind, type, first, last", "statements"):
        found[report].statements.append(tuple(statement))
    for report, name in ask("report, name", "checks", " AND result = 'fail'"):
        found[report].failed.add(name)
    return found.values()


def _keys(rows: Rows) -> dict[str, list[tuple[Any, ...]]]:
    """Every key that one report counts to, as often as it does."""
    out: dict[str, list[tuple[Any, ...]]] = {table: [] for table in KEYS}
    values, days = out["rolled_values"], out["rolled_days"]
    values += [("reports", *ALL)]
    values += [
        ("reports", k, v) for k, v in (("outlet", rows.outlet), ("agency", rows.agency), ("language", rows.language)) if v is not None
    ]
    values += [("reports", "check", name) for name in rows.failed]
    for _, speaker, kind, type_, *_ in rows.statements:
        values += [("statements", *ALL), ("statements", "kind", kind), ("statements", "said", type_)]
        values += [("statements", "speaker", speaker)] if speaker is not None else []
    facets = {ALL}
    for event in rows.events:
        facets |= _keys_of_event(event, rows.parties[event[0]], out)
    out["rolled_ties"] += [("said", "", speaker, whom, 0) for speaker, whom in _spoken(rows)]
    if rows.printed:
        days += [(*facet, rows.printed[:10], "printed") for facet in facets]
    return out


def _keys_of_event(
    event: tuple[Any, ...], parties: list[tuple[str, str, str | None]], out: dict[str, list[tuple[Any, ...]]]
) -> set[tuple[str, str]]:
    """Add what one event counts to; the facets whose days and points it counts to."""
    _, type_, novelty, status, quad, country, place, day, lat, lon, geonames, *_ = event
    small = {
        k: str(v)
        for k, v in (("type", type_), ("novelty", novelty), ("status", status), ("quad", quad), ("country", country))
        if v is not None
    }
    codes = {(side, code) for side, name, land in parties for code in (name, land) if code and is_code(code)}
    facets = {ALL, *small.items(), *codes}
    who, whom = ({land or name for s, name, land in parties if s == side} for side in ("actor", "recipient"))
    named = {("actor", name) for name in who} | {code for code in codes if code[0] == "actor"}
    out["rolled_values"] += [("events", *facet) for facet in {ALL, *small.items(), *named}]
    out["rolled_values"] += [("events", "place", place)] if place is not None else []
    if day:
        out["rolled_days"] += [(*facet, day, novelty) for facet in facets]
    if lat is not None and lon is not None:
        point = (lat, lon, place or "", country or "", geonames or 0)
        among = [facet for facet in facets if facet[0] in AT_POINTS]
        out["rolled_points"] += [(*facet, *point) for facet in (*among, *([("month", day[:7])] if day else []))]
    groups = [ALL, *([("type", type_)] if type_ else []), *([("month", day[:7])] if day else [])]
    out["rolled_ties"] += [(*facet, a, b, quad or 0) for facet in groups for a in who for b in whom]
    out["rolled_ties"] += [("pair", "", a, b, 0) for a in who for b in whom]
    if day and status == "actual":
        sides = [{code for s, code in codes if s == side} for side in ("actor", "recipient")]
        out["rolled_pairs"] += [(*pair, day[:7], quad or 0) for pair in {(min(a, b), max(a, b)) for a in sides[0] for b in sides[1]}]
    return facets


def _spoken(rows: Rows) -> Iterable[tuple[str, str]]:
    """Who speaks of whom: once for each statement that tells of something the other did."""
    for _, speaker, _, _, first, last in rows.statements:
        if speaker is None:
            continue
        told = (event for event in rows.events if first <= event[-2] and event[-1] <= last)
        acted = {(land or name) for event in told for side, name, land in rows.parties[event[0]] if side == "actor" and name != speaker}
        yield from ((speaker, whom) for whom in acted)


def write(db: Database, counts: Counts) -> None:
    """Write counts upon those that stand; what falls to nothing is removed."""
    for table, keys in KEYS.items():
        changed = sorted((key, many) for key, many in counts[table].items() if many)
        columns, marks = ", ".join(keys), ", ".join("?" * (len(keys) + 1))
        db.run(
            f"INSERT INTO {table} ({columns}, many) VALUES ({marks}) ON CONFLICT ({columns}) DO UPDATE SET many = {table}.many + excluded.many",
            [(*key, many) for key, many in changed],
        )
        less = [key for key, many in changed if many < 0]
        db.run(f"DELETE FROM {table} WHERE many = 0 AND {' AND '.join(f'{k} = ?' for k in keys)}", less)


def rebuild(db: Database) -> None:
    """Count everything again, within the caller's transaction."""
    for table in KEYS:
        db.run(f"DELETE FROM {table}", [()])
    ids = (report for (report,) in db.query("SELECT id FROM reports ORDER BY n"))
    while some := list(islice(ids, IN_MEMORY)):
        counts = nothing()
        count(db, some, counts)
        write(db, counts)
