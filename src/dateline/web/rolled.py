"""Which questions the roll-ups answer: those with at most one of their facets, and days or whole months. The rest is counted when it is asked."""

from calendar import monthrange
from collections.abc import Mapping
from typing import Any

from dateline.store import Store
from dateline.store.rollups import ALL, AT_POINTS, is_code
from dateline.web.filters import days_of

Row = tuple[Any, ...]
FACETS = ("type", "novelty", "status", "quad", "country", "actor", "recipient")
OF_VALUES = {
    "reports": ("outlet", "agency", "language", "check"), "statements": ("speaker", "kind", "said"), "events": FACETS[:-1],
}  # fmt: skip
KINDS = ("new", "ongoing", "background", "printed")


def facet_of(query: Mapping[str, str], *beside: str) -> tuple[str, str] | None:
    """The one facet that a query filters by, `beside` left out; None where the roll-ups do not hold it."""
    given = [name for name in query if name not in ("of", "tie", *beside)]
    if not given:
        return ALL
    name = given[0]
    if len(given) > 1 or name not in FACETS or (name in ("actor", "recipient") and not is_code(query[name])):
        return None
    return name, query[name]


def months_of(days: str) -> tuple[str, str] | None:
    """First and last month of a span of whole months; None for another."""
    first, last = days_of(days, "day")
    begins = len(first) < 10 or first.endswith("-01")
    ends = len(last) < 10 or int(last[8:]) >= monthrange(int(last[:4]) or 4, min(12, max(1, int(last[5:7]))))[1]
    return (first[:7], last[:7]) if begins and ends else None


def total(store: Store, of: str, query: Mapping[str, str]) -> int | None:
    """How many rows there are under at most one filter."""
    given = [(k, v) for k, v in query.items() if k != "of"] or [ALL]
    name, value = given[0]
    known = name in ("all", *OF_VALUES[of]) and (name != "actor" or is_code(value))
    if len(given) > 1 or not known:
        return None
    rows = store.query("SELECT many FROM rolled_values WHERE of = ? AND facet = ? AND value = ?", (of, name, value))
    return int(rows[0][0]) if rows else 0


def commonest(store: Store, of: str, facet: str, many: int) -> list[Row]:
    """The commonest values of a facet over the whole store."""
    sql = "SELECT value, many FROM rolled_values WHERE of = ? AND facet = ? ORDER BY many DESC, value LIMIT ?"
    return store.query(sql, (of, facet, many))


def timeline(store: Store, query: Mapping[str, str]) -> list[Row] | None:
    """(day, new, ongoing, background, printed) of each day that has any."""
    facet = facet_of(query, "day")
    if facet is None:
        return None
    first, last = days_of(query["day"], "day") if "day" in query else ("", "~")
    sums = ", ".join(f"sum(CASE kind WHEN '{kind}' THEN many ELSE 0 END)" for kind in KINDS)
    sql = f"SELECT day, {sums} FROM rolled_days WHERE facet = ? AND value = ? AND day BETWEEN ? AND ? GROUP BY day ORDER BY day"
    return store.query(sql, (*facet, first, last))


def points(store: Store, query: Mapping[str, str], most: int) -> list[Row] | None:
    """(lat, lon, place, country, geonames_id, events) of the points with most events."""
    under = where_of(query)
    if under is None or not set(query) <= {"of", "day", *AT_POINTS}:
        return None
    where, values = under
    sql = (
        "SELECT lat, lon, nullif(min(place), ''), nullif(min(country), ''), nullif(min(geonames_id), 0), sum(many) FROM rolled_points"
        f" WHERE {where} GROUP BY lat, lon ORDER BY 6 DESC, lat, lon LIMIT ?"
    )
    return store.query(sql, (*values, most))


def ties(store: Store, query: Mapping[str, str], most: int) -> list[Row] | None:
    """(who, whom, quad, events) of the strongest ties, or (speaker, of whom, 0, statements)."""
    sides = {k: v for k, v in query.items() if k in ("actor", "recipient")}
    under = where_of({k: v for k, v in query.items() if k not in sides})
    if query.get("tie") == "said":
        under = ("facet = 'said' AND value = ''", ()) if not set(query) - {"of", "tie"} else None
    if (
        under is None
        or not all(map(is_code, sides.values()))
        or (sides and "day" in query)
        or set(query) & {"novelty", "status", "quad", "country"}
    ):
        return None
    where, values = under
    more = "".join(f" AND {'who' if k == 'actor' else 'whom'} = ?" for k in sides)
    sql = f"SELECT who, whom, quad, sum(many) FROM rolled_ties WHERE {where}{more} GROUP BY who, whom, quad ORDER BY 4 DESC, who, whom, quad LIMIT ?"
    if "day" not in query:  # each tie is one row: taken in the order of the index, and no more than are shown
        sql = f"SELECT who, whom, quad, many FROM rolled_ties WHERE {where}{more} ORDER BY many DESC, who, whom, quad LIMIT ?"
    return store.query(sql, (*values, *sides.values(), most))


def pairs(store: Store, most: int) -> list[Row]:
    """(who, whom, events): those told of most."""
    sql = "SELECT who, whom, many FROM rolled_ties WHERE facet = 'pair' AND value = '' ORDER BY many DESC, who, whom LIMIT ?"
    return store.query(sql, (most,))


def months_between(store: Store, a: str, b: str) -> list[Row] | None:
    """(month, quad, events) between two countries, whichever acted."""
    if not (is_code(a) and is_code(b)):
        return None
    one, other = min(a, b), max(a, b)
    return store.query("SELECT month, quad, many FROM rolled_pairs WHERE one = ? AND other = ? ORDER BY month, quad", (one, other))


def where_of(query: Mapping[str, str]) -> tuple[str, tuple[str, ...]] | None:
    """The condition on facet and value: one facet, or whole months."""
    months = months_of(query["day"]) if "day" in query else None
    if "day" not in query:
        facet = facet_of(query)
        return ("facet = ? AND value = ?", facet) if facet else None
    return ("facet = 'month' AND value BETWEEN ? AND ?", months) if months and facet_of(query, "day") == ALL else None
