"""Over time, over space, between actors. The store counts, the browser draws; every mark leads to the search that lists its evidence."""

from collections import defaultdict
from typing import Any

from dateline.errors import ArgumentError
from dateline.store import Store
from dateline.web import rolled
from dateline.web.desk import Asked, Desk, Page, Query
from dateline.web.filters import Asking, days_of
from dateline.web.searching import address_of

MOST_PLACES = 3000
MOST_TIES = 100
SHOWN_PAIRS, SHOWN_EVENTS, MOST_MONTHS = 40, 60, 12
BINS = ("", "day", "month")
QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")


def drawn(asked: Asked, name: str, rows: list[dict[str, Any]], **values: Any) -> Page:
    """A page with its picture, and the rows that it is drawn from."""
    query = Query({k: v for k, v in asked.query.items() if v})
    return Page(
        template="picture.html",
        values={"name": name, "rows": rows, "address": address_of(query), "asking": query, "brushed": False, **values},
        rows=rows,
    )


def counted(desk: Desk, store: Store, name: str, sql: str, asking: Asking, values: tuple[str, ...] = ()) -> list[rolled.Row]:
    """Rows of one count, taken once for this state of the store."""

    def take() -> list[rolled.Row]:
        return store.query(sql, (*values, *asking.values))

    if "judged" in asking.query:
        return take()
    rows: list[rolled.Row] = desk.once(store, (name, sql, *sorted(asking.query.items())), take)
    return rows


def named(columns: tuple[str, ...], rows: list[rolled.Row]) -> list[dict[str, Any]]:
    """Rows with the names of their columns."""
    return [dict(zip(columns, row, strict=True)) for row in rows]


def events_of(asked: Asked) -> Asking:
    """The filtered events."""
    return Asking(asked.query, "events", who=asked.visitor.name)


def timeline(desk: Desk, asked: Asked) -> Page:
    """Events by the day they began, told apart by how the report tells them; the printings of such reports beside them."""
    asking = events_of(asked)
    with desk.store() as store:
        rows = rolled.timeline(store, asking.query)
        rows = live_timeline(desk, store, asking) if rows is None else rows
    if asked["by"] not in BINS:
        raise ArgumentError(f"by: {asked['by']!r} is not one of {', '.join(filter(None, BINS))}")
    if asked["by"] == "month":
        return drawn(asked, "timeline", named(("month", *rolled.KINDS), by_month(rows)))
    return drawn(asked, "timeline", named(("day", *rolled.KINDS), rows))


def by_month(rows: list[rolled.Row]) -> list[rolled.Row]:
    """Days as months, the empty ones too."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for day, *counts in rows:
        sums[day[:7]] = [a + b for a, b in zip(sums[day[:7]], counts, strict=True)]
    return [(month, *sums[month]) for month in (months_from(min(sums), max(sums)) if sums else ())]


def live_timeline(desk: Desk, store: Store, asking: Asking) -> list[rolled.Row]:
    """The same, counted now."""
    told = (
        "SELECT e.start_day, sum(e.reported_as = 'new'), sum(e.reported_as = 'ongoing'), sum(e.reported_as = 'background')"
        f" FROM {asking.table}{asking.sweep}{asking.and_}e.start_day IS NOT NULL GROUP BY 1"
    )
    days = {day: tuple(counts) for day, *counts in counted(desk, store, "timeline", told, asking)}
    whenever = Asking({k: v for k, v in asking.query.items() if k != "day"}, "events", who=asking.who)
    first, last = days_of(asking.query["day"], "day") if "day" in asking.query else ("", "~")
    inner = f"SELECT DISTINCT e.report FROM {whenever.table}{whenever.sweep}"
    sql = f"SELECT substr(published, 1, 10) AS day, count(*) FROM reports WHERE id IN ({inner}) AND published IS NOT NULL GROUP BY 1"
    printed = {day: many for day, many in counted(desk, store, "printed", sql, whenever) if first <= day <= last}
    return [(day, *days.get(day, (0, 0, 0)), printed.get(day, 0)) for day in sorted({*days, *printed})]


def world(desk: Desk, asked: Asked) -> Page:
    """Events by the point they are placed at; beside the map their months, to choose a time by."""
    asking = events_of(asked)
    sql = (
        f"SELECT e.lat, e.lon, min(e.place), min(e.country), min(e.geonames_id), count(*) FROM {asking.table}{asking.sweep}{asking.and_}"
        f"e.lat IS NOT NULL AND e.lon IS NOT NULL GROUP BY 1, 2 ORDER BY 6 DESC, 1, 2 LIMIT {MOST_PLACES}"
    )
    with desk.store() as store:
        rows = rolled.points(store, asking.query, MOST_PLACES)
        rows = counted(desk, store, "map", sql, asking) if rows is None else rows
    return drawn(asked, "map", named(("lat", "lon", "place", "country", "geonames_id", "events"), rows), brushed=True)


def network(desk: Desk, asked: Asked) -> Page:
    """The strongest ties: who does what to whom, or who speaks of whom."""
    asking = events_of(asked)
    if asked["tie"] not in ("", "said"):
        raise ArgumentError("tie: give said, or nothing")
    spoken = asked["tie"] == "said"
    with desk.store() as store:
        query = {**asking.query, "tie": "said"} if spoken else asking.query
        rows = rolled.ties(store, query, MOST_TIES)
        if rows is None:
            sql, values = (said_sql(asking), ()) if spoken else ties_sql(asking)
            rows = counted(desk, store, "network", sql, asking, values)
    return drawn(asked, "network", named(("from", "to", "quad", "many"), rows), spoken=spoken, brushed=not spoken)


def said_sql(asking: Asking) -> str:
    """Who speaks of whom: a statement that tells of something somebody did."""
    return (
        "SELECT s.speaker, coalesce(y.country, y.name), 0, count(DISTINCT s.report || s.id)"
        f" FROM {asking.table} JOIN parties y ON y.report = e.report AND y.event = e.id AND y.side = 'actor'"
        " JOIN statements s ON s.report = e.report AND s.first <= e.first AND s.last >= e.last"
        f"{asking.sweep}{asking.and_}s.speaker IS NOT NULL AND s.speaker <> y.name GROUP BY 1, 2 ORDER BY 4 DESC, 1, 2 LIMIT {MOST_TIES}"
    )


def ties_sql(asking: Asking) -> tuple[str, tuple[str, ...]]:
    """Who does what to whom; an actor that is asked for stands under the name it is asked by, so that a tie leads to just its events."""
    given = [asking.query.get(side) for side in ("actor", "recipient")]
    who, whom = ("?" if name else f"coalesce({alias}.country, {alias}.name)" for name, alias in zip(given, "yz", strict=True))
    sql = (
        f"SELECT {who}, {whom}, coalesce(e.quad, 0), count(DISTINCT e.rowid) FROM {asking.table}"
        " JOIN parties y ON y.report = e.report AND y.event = e.id AND y.side = 'actor'"
        " JOIN parties z ON z.report = e.report AND z.event = e.id AND z.side = 'recipient'"
        f"{asking.sweep} GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2, 3 LIMIT {MOST_TIES}"
    )
    return sql, tuple(filter(None, given))


def dyad(desk: Desk, asked: Asked) -> Page:
    """Two actors, month by month, by PLOVER's four quadrants, empty months shown; below, the events."""
    a, b = asked["a"].strip()[:200], asked["b"].strip()[:200]
    asking = Asking({"between": f"{a} | {b}", "status": "actual"}, "events") if a and b else None
    with desk.store() as store:
        pairs = rolled.pairs(store, SHOWN_PAIRS)
        found = between(desk, store, asking, a, b) if asking else []
        events = beneath(store, asking, sorted({month for month, _, _ in found})) if asking else []
    return drawn(asked, "dyad", monthly(found), a=a, b=b, pairs=pairs, events=events)


def between(desk: Desk, store: Store, asking: Asking, a: str, b: str) -> list[rolled.Row]:
    """(month, quad, events) between two actors, either way."""
    rows = rolled.months_between(store, a, b)
    sql = (
        f"SELECT substr(e.start_day, 1, 7), coalesce(e.quad, 0), count(*) FROM {asking.table}{asking.sweep}{asking.and_}e.start_day IS NOT NULL"
        " GROUP BY 1, 2 ORDER BY 1, 2"
    )
    return counted(desk, store, "dyad", sql, asking) if rows is None else rows


def monthly(found: list[rolled.Row]) -> list[dict[str, Any]]:
    """Every month from the first to the last, with its quadrants."""
    by_month: dict[str, dict[int, int]] = {}
    for month, quad, many in found:
        by_month.setdefault(month, {})[quad] = many
    months = months_from(min(by_month), max(by_month)) if by_month else []
    return [
        {
            "month": m,
            **{name: by_month.get(m, {}).get(i, 0) for i, name in enumerate(QUADS, 1)},
            "events": sum(by_month.get(m, {}).values()),
        }
        for m in months
    ]


def beneath(store: Store, asking: Asking, months: list[str]) -> list[dict[str, Any]]:
    """The latest events between two actors: those of the latest months that have any, so that no more than these months are looked through."""
    names = ("report", "id", "type", "actors", "recipients", "day", "novelty", "words", "outlet")
    sql = (
        "SELECT e.report, e.id, e.type, e.actors, e.recipients, e.start_day, e.reported_as, e.trigger_words, r.outlet FROM events e"
        f" JOIN reports r ON r.id = e.report{asking.condition} AND e.start_day BETWEEN ? AND ? ORDER BY e.start_day DESC, e.report, e.first LIMIT ?"
    )
    rows: list[rolled.Row] = []
    for month in reversed(months[-MOST_MONTHS:]):
        if len(rows) < SHOWN_EVENTS:
            rows += store.query(sql, (*asking.values, month, month + "-31", SHOWN_EVENTS - len(rows)))
    return named(names, rows)


def months_from(first: str, last: str, most: int = 1200) -> list[str]:
    """Every month between two, both included; the latest `most` of them where the span is longer."""
    start, end = (int(m[:4]) * 12 + int(m[5:7] or 1) - 1 for m in (first, last))
    return [f"{m // 12:04}-{m % 12 + 1:02}" for m in range(max(start, end - most + 1), end + 1)]
