"""Search: full text, statements, events; facets; each hit opens at its characters. The address is the query."""

import re
from collections import Counter
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from dateline.errors import ArgumentError, SlowError
from dateline.store import Store
from dateline.stories import who_said
from dateline.stories.said import query_of
from dateline.web import rolled
from dateline.web.accounts import now
from dateline.web.desk import MOST_ROWS, Asked, Desk, Page, Query
from dateline.web.filters import ACCEPTED, ALIAS, LONGEST, NAMES, Asking, has_words

SHOWN = 30
DEEPEST = 20_000  # rows that can be paged through; a longer list is taken as CSV
SKIPS = "[01]?[0-9]{1,4}|20000"
MOST_RANKED = 4_000  # reports that are ranked by how well they match
AT_ONCE = 0.06  # seconds that counting may take before the page is sent without its counts, which then follow
SHORT_FACET = 10
MOST_COUNTED = 10_000  # rows that are counted for a page; a list as JSON says its exact number
SELDOM = 3_000  # events of an actor: with so few the search begins there

COLUMNS = {
    "reports": ("r.id, r.headline, r.outlet, r.agency, r.published, r.language, r.dateline_place, r.url",
                ("report", "headline", "outlet", "agency", "published", "language", "place", "url")),
    "statements": ("s.report, s.id, s.speaker, s.content, s.kind, s.type, s.chain, s.said_start, s.said_end, s.first, s.last, s.confidence, s.rule,"
                   " r.headline, r.outlet, r.published",
                   ("report", "id", "speaker", "content", "kind", "type", "chain", "said_start", "said_end", "first", "last", "confidence", "rule",
                    "headline", "outlet", "published")),
    "events": ("e.report, e.id, e.type, e.mode, e.actors, e.recipients, e.status, e.reported_as, e.start_day, e.end_day, e.when_basis, e.place,"
               " e.country, e.quad, e.trigger_words, e.first, e.last, e.confidence, e.rule, r.headline, r.outlet, r.published,"
               " substr(r.text, max(1, e.first - 89), min(90, e.first)), substr(r.text, e.last + 1, 110)",
               ("report", "id", "type", "mode", "actors", "recipients", "status", "novelty", "start", "end", "basis", "place", "country", "quad",
                "words", "first", "last", "confidence", "rule", "headline", "outlet", "published", "before", "after")),
}  # fmt: skip
# Facet → column, for each kind of row; the name is the filter's.
FACETS = {
    "reports": {"outlet": "r.outlet", "agency": "r.agency", "language": "r.language"},
    "statements": {"speaker": "s.speaker", "kind": "s.kind", "said": "s.type"},
    "events": {"type": "e.type", "novelty": "e.reported_as", "status": "e.status", "country": "e.country", "place": "e.place"},
}
# In the order of an index: reports by printing, events by the day they happened, statements by arrival.
ORDERS = {
    "reports": {"new": "r.published DESC, r.n DESC", "old": "r.published, r.n"},
    "statements": {"new": "s.n DESC", "old": "s.n", "sure": "s.confidence DESC, s.n DESC", "unsure": "s.confidence, s.n"},
    "events": {
        "new": "e.start_day DESC, e.rowid DESC",
        "old": "e.start_day, e.rowid",
        "sure": "e.confidence DESC, e.rowid DESC",
        "unsure": "e.confidence, e.rowid",
    },
}
SORTS = ("best", "new", "old", "sure", "unsure")
# The facets whose values stand in tables of their own, counted among rows that were found.
BESIDE = {
    "events": ("actor", "SELECT coalesce(y.country, y.name), count(DISTINCT e.rowid) FROM events e JOIN parties y ON y.report = e.report"
                        " AND y.event = e.id AND y.side = 'actor' WHERE e.rowid IN ({}) GROUP BY 1"),
    "reports": ("check", "SELECT k.name, count(DISTINCT k.report) FROM reports r JOIN checks k ON k.report = r.id AND k.result = 'fail'"
                         " WHERE r.n IN ({}) GROUP BY 1"),
}  # fmt: skip
KEYS = {"reports": "r.id", "statements": "s.report, s.first, s.id", "events": "e.report, e.first, e.id"}


def search(desk: Desk, asked: Asked) -> Page:
    """Rows that meet every filter."""
    of = asked["of"] or "reports"
    asking = Asking(asked.query, of, who=asked.visitor.name)
    whole = asked.form != "html"
    skip = skipped(asked["skip"])
    found_out = None
    with desk.store() as store:
        rows = found(store, asking, sort=asked["sort"], limit=MOST_ROWS if whole else SHOWN, skip=0 if whole else skip, snippets=not whole)
        if whole:
            return Page(template="", rows=rows, data={"total": counted(desk, store, asking), "rows": rows})
        saved = store.query("SELECT n, name, query FROM searches ORDER BY name, n")
        types = sorted(value for value, _ in rolled.commonest(store, "events", "type", 100))
        store.bound(AT_ONCE)
        with suppress(SlowError):
            found_out = tally(desk, store, asking)
    values = {
        "of": of, "rows": rows, "tally": found_out, "skip": skip, "shown": SHOWN, "asking": Query(asking.query), "saved": saved,
        "accepted": {**ACCEPTED, "type": types}, "address": address_of(asking.query, sort=asked["sort"]), "sort": asked["sort"], "deepest": DEEPEST,
    }  # fmt: skip
    return Page(template="search.html", values=values)


def skipped(value: str) -> int:
    """How many rows to pass over."""
    if value and not re.fullmatch(SKIPS, value):
        raise ArgumentError(f"skip: give a number up to {DEEPEST}; take the whole list as CSV")
    return int(value or 0)


def found(store: Store, asking: Asking, *, sort: str, limit: int, skip: int, snippets: bool) -> list[dict[str, Any]]:
    """The rows themselves."""
    columns, names = COLUMNS[asking.of]
    alias, orders = ALIAS[asking.of], ORDERS[asking.of]
    if sort and sort not in SORTS:
        raise ArgumentError(f"sort: {sort!r} is not one of {', '.join(SORTS)}")
    words = asking.words
    if asking.of == "reports" and words and sort in ("", "best") and few(store, words):
        return ranked(store, asking, words, limit=limit, skip=skip, snippets=snippets)
    order = orders.get(sort, orders["new"])
    joined = "" if asking.of == "reports" else f" JOIN reports r ON r.id = {alias}.report"
    # the rows of a page are chosen first, by their keys alone; their texts are read only for these
    # where many reports hold the words they are met in the order of the list: "+" keeps SQLite from fetching and sorting them all
    where = fitting(store, asking).replace(" r.n IN (", " +r.n IN (")
    chosen = f"SELECT {alias}.rowid FROM {asking.table}{where} ORDER BY {order} LIMIT ? OFFSET ?"
    sql = f"SELECT {columns} FROM {asking.of} {alias}{joined} WHERE {alias}.rowid IN ({chosen}) ORDER BY {order}"
    rows = [dict(zip(names, row, strict=True)) for row in store.query(sql, (*asking.values, limit, skip))]
    if asking.of == "reports" and snippets:
        for row in rows:
            row["snippet"] = None
            if words:
                row["snippet"] = pieces(snippet_of(store, row["report"], words))
    return rows


def few(store: Store, words: str) -> bool:
    """Whether so few reports hold the words that ranking them is worth the time; else the newest come first."""
    sql = f"SELECT count(*) FROM (SELECT 1 FROM reports_words WHERE reports_words MATCH ? LIMIT {MOST_RANKED + 1})"
    return int(store.query(sql, (query_of(words),))[0][0]) <= MOST_RANKED


def ranked(store: Store, asking: Asking, words: str, *, limit: int, skip: int, snippets: bool) -> list[dict[str, Any]]:
    """Reports by how well they match, with the words that matched."""
    columns, names = COLUMNS["reports"]
    sql = f"SELECT {columns} FROM reports_words w JOIN reports r ON r.n = w.rowid"
    others = asking.where.copy()
    values = asking.values.copy()
    at = next(i for i, w in enumerate(others) if "reports_words" in w)
    values.pop(sum(w.count("?") for w in others[:at]))
    others.pop(at)
    where = " AND ".join(["reports_words MATCH ?", *others])
    rows = store.query(f"{sql} WHERE {where} ORDER BY rank, r.id LIMIT ? OFFSET ?", (query_of(words), *values, limit, skip))
    result = [dict(zip(names, row, strict=True)) for row in rows]
    if snippets:
        for row in result:
            row["snippet"] = pieces(snippet_of(store, row["report"], words))
    return result


def snippet_of(store: Store, report: str, words: str) -> str:
    """The stretch of one report that holds the words best, each between U+E000 and U+E001."""
    sql = (
        "SELECT snippet(reports_words, 1, char(57344), char(57345), '…', 28) FROM reports_words WHERE reports_words MATCH ?"
        " AND rowid = (SELECT n FROM reports WHERE id = ?)"
    )
    rows = store.query(sql, (query_of(words), report))
    return rows[0][0] or "" if rows else ""


def pieces(marked: str) -> list[tuple[str, bool]]:
    """A marked stretch as (text, whether it matched)."""
    out = []
    for i, part in enumerate(marked.split("\ue000")):
        hit, end, rest = part.partition("\ue001") if i else ("", "", part)
        if i and not end:
            hit, rest = "", part
        out += [(text, lit) for text, lit in ((hit, True), (rest, False)) if text]
    return out


def counted(desk: Desk, store: Store, asking: Asking) -> int:
    """How many rows meet every filter, exactly."""

    def take() -> int:
        return int(store.query(f"SELECT count(*) FROM {asking.table}{asking.sweep}", tuple(asking.values))[0][0])

    known = rolled.total(store, asking.of, asking.query)
    if known is not None:
        return known
    if "judged" in asking.query:
        return take()
    return int(desk.once(store, ("count", asking.of, *sorted(asking.query.items())), take))


def counts(desk: Desk, asked: Asked) -> Page:
    """The counts of a search that were too dear to keep its page waiting: the piece of the page that holds them."""
    asking = Asking(asked.query, asked["of"] or "reports", who=asked.visitor.name)
    with desk.store() as store:
        found = tally(desk, store, asking)
    address = address_of(asking.query, sort=asked["sort"])
    return Page(
        template="counts.html", values={"of": asking.of, "tally": found, "asking": Query(asking.query), "address": address}, data=found
    )


def tally(desk: Desk, store: Store, asking: Asking) -> dict[str, Any]:
    """How many rows there are and, for each facet, its commonest values.

    Without a filter they are exact. With filters up to MOST_COUNTED rows are counted: where there are `more`, the facets are those of as many.
    """
    if not set(asking.query) - {"of"}:
        facets = [(name, rolled.commonest(store, asking.of, name, SHORT_FACET)) for name in shown_facets(asking.of)]
        total, more = rolled.total(store, asking.of, {}) or 0, False
    else:
        key = ("tally", asking.of, *sorted(asking.query.items()))
        facets, total, more = (
            take_tally(store, asking) if "judged" in asking.query else desk.once(store, key, lambda: take_tally(store, asking))
        )
    chosen = asking.query
    return {
        "total": total, "more": more, "counted": min(total, MOST_COUNTED) if more or total > MOST_COUNTED else None,
        "facets": [{"name": name, "rows": rows, "chosen": chosen.get(name)} for name, rows in facets if len(rows) > 1 or name in chosen],
    }  # fmt: skip


def shown_facets(of: str) -> tuple[str, ...]:
    """The facets of one kind of row, in the order that they are shown."""
    return {"reports": (*FACETS[of], "check"), "events": ("type", "actor", *list(FACETS[of])[1:])}.get(of, tuple(FACETS[of]))


def take_tally(store: Store, asking: Asking) -> tuple[list[tuple[str, list[tuple[Any, int]]]], int, bool]:
    """The counting itself: facets, total, and whether there are more."""
    where = fitting(store, asking)
    key = f"{ALIAS[asking.of]}.rowid"
    columns = list(FACETS[asking.of].values())
    rows = store.query(f"SELECT {', '.join([key, *columns])} FROM {asking.table}{where} LIMIT {MOST_COUNTED + 1}", tuple(asking.values))
    known = rolled.total(store, asking.of, asking.query)
    more = len(rows) > MOST_COUNTED
    rows = rows[:MOST_COUNTED]
    found = {name: Counter(row[i] for row in rows if row[i] is not None) for i, name in enumerate(FACETS[asking.of], 1)}
    beside = BESIDE.get(asking.of)
    if beside:
        name, sql = beside
        among = ", ".join(str(row[0]) for row in rows)
        found[name] = Counter(dict(store.query(sql.format(among))))
    facets = [
        (name, sorted(found[name].items(), key=lambda pair: (-pair[1], str(pair[0])))[:SHORT_FACET]) for name in shown_facets(asking.of)
    ]
    return facets, len(rows) if known is None else known, more and known is None


def fitting(store: Store, asking: Asking) -> str:
    """The condition that is soonest met: begun at an actor who is seldom told of, else tried on each row of the list."""
    names = [asking.query[side] for side in ("actor", "recipient") if side in asking.query]
    names += [name.strip() for name in asking.query.get("between", "").split("|") if name.strip()]
    sql = (
        f"SELECT count(*) FROM (SELECT 1 FROM parties WHERE name = ? UNION ALL SELECT 1 FROM parties WHERE country = ? LIMIT {SELDOM + 1})"
    )
    return asking.sweep if any(store.query(sql, (name, name))[0][0] <= SELDOM for name in names) else asking.condition


def address_of(query: dict[str, str], **more: str) -> str:
    """A query as the part of an address after "?"."""
    return urlencode({k: v for k, v in {**query, **more}.items() if v})


def said(desk: Desk, asked: Asked) -> Page:
    """Who said a phrase, the earliest first."""
    rows: list[dict[str, Any]] = []
    if len(asked["q"]) > LONGEST:
        raise ArgumentError(f"q: give at most {LONGEST} characters of the quotation")
    if has_words(asked["q"]):
        with desk.store() as store:
            hits = who_said(store, asked["q"], limit=100)
        rows = [{f: getattr(h, f) for f in h.__struct_fields__} for h in hits]
    return Page(template="said.html", values={"rows": rows, "q": asked["q"]}, rows=rows)


def saved(desk: Desk, asked: Asked) -> Page:
    """The saved searches."""
    with desk.store() as store:
        rows = store.query("SELECT n, name, who, query, at FROM searches ORDER BY name, n")
    listed = [dict(zip(("n", "name", "who", "query", "at"), row, strict=True)) for row in rows]
    return Page(template="searches.html", values={"rows": listed}, rows=listed)


def save(desk: Desk, asked: Asked) -> Response:
    """Keep a search under a name. Only filters are kept, so that a saved search leads nowhere else."""
    name = " ".join(asked.field("name").split())[:80]
    query = address_of({k: v for k in (*NAMES, "sort") if (v := asked.field(k).strip()[:300])})
    if not name:
        raise HTTPException(400, "Give the search a name.")
    with desk.writing() as store:
        store.change([("INSERT INTO searches (name, who, query, at) VALUES (?, ?, ?, ?)", [(name, asked.visitor.name, query, now())])])
    return RedirectResponse(f"/search?{query}", 303)


def forget(desk: Desk, asked: Asked) -> Response:
    """Forget a saved search."""
    with desk.writing() as store:
        store.change([("DELETE FROM searches WHERE n = ?", [(asked.field("n"),)])])
    return RedirectResponse("/searches", 303)
