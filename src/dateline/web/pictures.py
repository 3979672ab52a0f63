"""Over time, over space, between actors. The store counts, the browser draws; every mark leads to the search that lists its evidence."""

from typing import Any

from dateline.store import Store
from dateline.web.desk import Asked, Desk, Page, Query
from dateline.web.filters import BETWEEN, Asking
from dateline.web.searching import address_of

MOST_PLACES = 3000
MOST_TIES = 100
QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")


def drawn(asked: Asked, name: str, rows: list[dict[str, Any]], **values: Any) -> Page:
    """A page with its picture, and the rows that it is drawn from."""
    query = Query({k: v for k, v in asked.query.items() if v})
    return Page(
        template="picture.html", values={"name": name, "rows": rows, "address": address_of(query), "asking": query, **values}, rows=rows
    )


def counted(desk: Desk, asked: Asked, name: str, sql: str, columns: tuple[str, ...], asking: Asking) -> list[dict[str, Any]]:
    """Rows of one count, taken once for this state of the store."""
    with desk.store() as store:
        key = (name, sql, tuple(sorted(asking.query.items())), asking.who if "judged" in asking.query else "")

        def take() -> list[tuple[Any, ...]]:
            return store.query(sql, tuple(asking.values))

        rows = take() if "judged" in asking.query else desk.once(store, key, take)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def events_of(asked: Asked) -> Asking:
    """The filtered events."""
    return Asking({**asked.query, "of": "events"}, "events", who=asked.visitor.name)


def timeline(desk: Desk, asked: Asked) -> Page:
    """Events by the day they began, told apart by how the report tells them; printings of the same reports beside them."""
    asking = events_of(asked)
    and_ = " AND " if asking.where else " WHERE "
    sql = (
        "SELECT e.start_day, sum(e.reported_as = 'new'), sum(e.reported_as = 'ongoing'), sum(e.reported_as = 'background')"
        f" FROM {asking.table}{asking.sweep}{and_}e.start_day IS NOT NULL GROUP BY 1 ORDER BY 1"
    )
    rows = counted(desk, asked, "timeline", sql, ("day", "new", "ongoing", "background"), asking)
    if asking.where:
        inner = f"SELECT DISTINCT e.report FROM {asking.table}{asking.sweep}"
        printed = (
            f"SELECT substr(published, 1, 10), count(*) FROM reports WHERE id IN ({inner}) AND published IS NOT NULL GROUP BY 1 ORDER BY 1"
        )
    else:
        printed = "SELECT substr(published, 1, 10), count(*) FROM reports WHERE published IS NOT NULL GROUP BY 1 ORDER BY 1"
    printings = {r["day"]: r["printed"] for r in counted(desk, asked, "printed", printed, ("day", "printed"), asking)}
    by_day = {r["day"]: r for r in rows}
    blank = {"new": 0, "ongoing": 0, "background": 0}
    days = sorted(set(by_day) | set(printings))
    rows = [{**blank, **by_day.get(d, {"day": d}), "printed": printings.get(d, 0)} for d in days]
    return drawn(asked, "timeline", [{k: r[k] for k in ("day", "new", "ongoing", "background", "printed")} for r in rows])


def world(desk: Desk, asked: Asked) -> Page:
    """Events by the point they are placed at."""
    asking = events_of(asked)
    and_ = " AND " if asking.where else " WHERE "
    sql = (
        "SELECT e.lat, e.lon, min(e.place), min(e.country), min(e.geonames_id), count(*), min(e.start_day), max(e.start_day)"
        f" FROM {asking.table}{asking.sweep}{and_}e.lat IS NOT NULL GROUP BY 1, 2 ORDER BY 6 DESC, 1, 2 LIMIT {MOST_PLACES}"
    )
    rows = counted(desk, asked, "map", sql, ("lat", "lon", "place", "country", "geonames_id", "events", "first", "last"), asking)
    return drawn(asked, "map", rows)


def network(desk: Desk, asked: Asked) -> Page:
    """The strongest ties: who does what to whom, or who speaks of whom."""
    asking = events_of(asked)
    spoken = asked["tie"] == "said"
    base = asking.sweep.replace(" WHERE ", " AND ", 1)
    if spoken:
        sql = (
            "SELECT s.speaker, coalesce(y.country, y.name), 0, count(DISTINCT s.report || s.id)"
            f" FROM {asking.table} JOIN parties y ON y.report = e.report AND y.event = e.id AND y.side = 'actor'"
            " JOIN statements s ON s.report = e.report AND s.first <= e.first AND s.last >= e.last"
            f" WHERE s.speaker IS NOT NULL AND s.speaker <> y.name{base} GROUP BY 1, 2 ORDER BY 4 DESC, 1, 2 LIMIT {MOST_TIES}"
        )
    else:
        sql = (
            f"SELECT coalesce(y.country, y.name), coalesce(z.country, z.name), e.quad, count(*) FROM {asking.table}"
            " JOIN parties y ON y.report = e.report AND y.event = e.id AND y.side = 'actor'"
            " JOIN parties z ON z.report = e.report AND z.event = e.id AND z.side = 'recipient'"
            f" WHERE 1{base} GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2 LIMIT {MOST_TIES}"
        )
    rows = counted(desk, asked, "network", sql, ("from", "to", "quad", "many"), asking)
    return drawn(asked, "network", rows, spoken=spoken)


def dyad(desk: Desk, asked: Asked) -> Page:
    """Two actors, month by month, by PLOVER's four quadrants, empty months shown; below, the events."""
    a, b = asked["a"].strip()[:200], asked["b"].strip()[:200]
    with desk.store() as store:
        pairs = desk.once(store, "dyads", lambda: store.query(
            "SELECT coalesce(y.country, y.name), coalesce(z.country, z.name), count(*) FROM parties y JOIN parties z ON z.report = y.report"
            " AND z.event = y.event AND z.side = 'recipient' WHERE y.side = 'actor' GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT 40"
        ))  # fmt: skip
        rows, events = (between(store, a, b), beneath(store, a, b)) if a and b else ([], [])
    return drawn(asked, "dyad", rows, a=a, b=b, pairs=pairs, events=events)


def between(store: Store, a: str, b: str) -> list[dict[str, Any]]:
    """Events between two actors, either way, by month and quadrant; every month from the first to the last."""
    found = store.query(
        "SELECT substr(e.start_day, 1, 7), sum(e.quad = 1), sum(e.quad = 2), sum(e.quad = 3), sum(e.quad = 4), count(*) FROM events e"
        f" WHERE e.start_day IS NOT NULL AND e.status = 'actual' AND {BETWEEN} GROUP BY 1 ORDER BY 1",
        (a, b, b, a, b, b),
    )
    by_month = {row[0]: row[1:] for row in found}
    months = months_from(found[0][0], found[-1][0]) if found else []
    return [{"month": m, **dict(zip((*QUADS, "events"), by_month.get(m, (0, 0, 0, 0, 0)), strict=True))} for m in months]


def beneath(store: Store, a: str, b: str) -> list[dict[str, Any]]:
    """The latest events between two actors."""
    names = ("report", "id", "type", "actors", "recipients", "day", "novelty", "words", "outlet")
    rows = store.query(
        "SELECT e.report, e.id, e.type, e.actors, e.recipients, e.start_day, e.reported_as, e.trigger_words, r.outlet FROM events e"
        f" JOIN reports r ON r.id = e.report WHERE {BETWEEN} ORDER BY e.start_day DESC, e.report, e.first LIMIT 60",
        (a, b, b, a, b, b),
    )
    return [dict(zip(names, row, strict=True)) for row in rows]


def months_from(first: str, last: str, most: int = 1200) -> list[str]:
    """Every month between two, both included; the latest `most` of them where the span is longer."""
    start, end = (int(m[:4]) * 12 + int(m[5:7] or 1) - 1 for m in (first, last))
    return [f"{m // 12:04}-{m % 12 + 1:02}" for m in range(max(start, end - most + 1), end + 1)]
