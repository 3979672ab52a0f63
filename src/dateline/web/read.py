"""Reading: one report beside its record; stories with their copies folded."""

from typing import Any

import msgspec
from starlette.exceptions import HTTPException

from dateline.errors import ArgumentError
from dateline.records import Span
from dateline.show.items import Item
from dateline.show.items import segments_of as segments
from dateline.show.page import view_of
from dateline.store import Store
from dateline.stories import list_stories, read_story
from dateline.stories.said import query_of
from dateline.web.desk import MOST_ROWS, Asked, Desk, Page

MOST_HITS = 500


def report(desk: Desk, asked: Asked) -> Page:
    """One report: text, record, judgements, and the words that were searched for."""
    name = asked.path("id")
    with desk.store() as store:
        found = store.record(name)
        if found is None:
            raise HTTPException(404, "The store holds no report with this id.")
        record, text = found
        if asked.form == "json":
            judged = [
                dict(zip(("who", "at", "section", "item", "verdict", "correction", "note"), row, strict=True))
                for row in judgements_of(store, name)
            ]
            return Page(template="", data={"record": msgspec.to_builtins(record), "text": text, "judgements": judged})
        hits = hits_of(store, name, asked["q"], text)
        story = store.query("SELECT story FROM stories WHERE report = ?", (name,))
        judged_by: dict[str, list[tuple[Any, ...]]] = {}
        for who, at, _, item, verdict, correction, note in judgements_of(store, name):
            judged_by.setdefault(item or "", []).append((who, at, verdict, correction, note))
    values = view_of(record, text)
    if hits:
        items = {**values["items"], "hits": [Item(key=f"hit{i}", kind="hit", title="", spans=(s,)) for i, s in enumerate(hits)]}  # type: ignore[dict-item]
        values["segments"] = segments(text, items)
    more = {"kept": None, "name": None, "hits": len(hits), "story": story[0][0] if story else None, "judged": judged_by}
    return Page(template="report.html", values={**values, **more})


def judgements_of(store: Store, report_id: str) -> list[tuple[Any, ...]]:
    """What people said about the items of a report."""
    sql = "SELECT who, at, section, item, verdict, correction, note FROM judgements WHERE report = ? AND undone IS NULL ORDER BY n"
    return store.query(sql, (report_id,))


def hits_of(store: Store, report_id: str, words: str, text: str) -> list[Span]:
    """Where the words that were searched for stand in the text, as the search itself found them."""
    if not words.strip() or "\ue000" in text or "\ue001" in text:
        return []
    sql = (
        "SELECT highlight(reports_words, 1, char(57344), char(57345)) FROM reports_words WHERE reports_words MATCH ?"
        " AND rowid = (SELECT n FROM reports WHERE id = ?)"
    )
    try:
        rows = store.query(sql, (query_of(words[:300]), report_id))
    except ArgumentError:
        return []
    spans, at = [], 0
    for i, part in enumerate(rows[0][0].split("\ue000") if rows else []):
        hit, end, rest = part.partition("\ue001") if i else ("", "", part)
        if end:
            spans.append(Span(at, at + len(hit)))
        at += len(hit) + len(rest)
    return spans[:MOST_HITS]


def stories(desk: Desk, asked: Asked) -> Page:
    """The stories, the largest first."""
    with desk.store() as store:
        limit = MOST_ROWS if asked.form != "html" else 200
        rows = [dict(zip(("story", "reports", "headline"), row, strict=True)) for row in list_stories(store, limit=limit)]
        copies: dict[Any, int] = dict(
            store.query("SELECT s.story, count(*) FROM stories s JOIN copies c ON c.report = s.report GROUP BY 1")
        )
    for row in rows:
        row["copies"] = copies.get(row["story"], 0)
    return Page(template="stories.html", values={"rows": rows}, rows=rows)


def story(desk: Desk, asked: Asked) -> Page:
    """One story."""
    with desk.store() as store:
        try:
            found = read_story(store, asked.path("id"))
        except ArgumentError:
            raise HTTPException(404, "There is no story with this id; `dateline story --db FILE` draws them.") from None
    copies: dict[str, list[Any]] = {}
    for member in found.members:
        if member.copy_of:
            copies.setdefault(member.copy_of, []).append(member)
    originals = [m for m in found.members if not m.copy_of]
    known = {m.id for m in originals}
    orphans = [m for m in found.members if m.copy_of and m.copy_of not in known]
    names = {m.id: m.outlet or m.agency or m.headline or m.id for m in found.members}
    values = {"story": found, "originals": originals, "copies": copies, "orphans": orphans, "names": names}
    return Page(template="story.html", values=values, data=msgspec.to_builtins(found))
