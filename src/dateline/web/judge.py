"""Review: one item after the other, one key each; undo, corrections, additions, bulk, agreement, gold."""

import json
import re
from datetime import date
from itertools import groupby
from typing import Any, get_args
from urllib.parse import quote

import msgspec
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from dateline.errors import ArgumentError
from dateline.records import Novelty, Span, StatementKind, StatementType, Status
from dateline.show.items import Item as Shown
from dateline.show.items import items_of
from dateline.show.items import segments_of as segments
from dateline.store import Store
from dateline.web import judgements as kept
from dateline.web.desk import REVIEWER, Asked, Desk, Page, Query, safe
from dateline.web.filters import ACCEPTED, ALIAS, NAMES, Asking
from dateline.web.searching import KEYS, address_of, counted

AROUND = 700  # characters shown on each side of an item
MOST_BULK = 5_000
CHOICES = {
    "events": {"type": (), "status": get_args(Status), "reported_as": get_args(Novelty)},
    "statements": {"kind": get_args(StatementKind), "type": get_args(StatementType)},
}
FREE = {"events": ("actor", "recipient", "start", "end"), "statements": ("speaker",)}
# the types of events are the codebook's
LABELS = {"reported_as": "reported as", "actor": "who", "recipient": "to whom", "start": "first day", "end": "last day"}


def choices_of(desk: Desk, section: str) -> dict[str, tuple[str, ...]]:
    """The fields of a section that take one of a few values."""
    return {**CHOICES[section], **({"type": ("", *sorted(desk.book.events.categories))} if section == "events" else {})}


def section_of(asked: Asked) -> str:
    """Events unless statements are asked for. Raises ArgumentError for what is neither, and for what is no verdict."""
    for name in ("of", "judged"):
        if asked[name] not in ("", *ACCEPTED[name]):
            raise ArgumentError(f"{name}: {asked[name]!r} is not one of {', '.join(ACCEPTED[name])}")
    return "statements" if asked["of"] == "statements" else "events"


def asking_of(query: dict[str, str], section: str, who: str) -> Asking:
    """The filtered set, without what is decided already."""
    return Asking({**{k: v for k, v in query.items() if k in NAMES}, "of": section, "judged": "no"}, section, who=who)


def queue(desk: Desk, asked: Asked) -> Page | Response:
    """Go to the next item that is not decided; where there is none, say how it went."""
    section = section_of(asked)
    tie_again(desk)
    with desk.store() as store:
        found = next_item(store, asked.query, section, asked.visitor.name)
        if found:
            return RedirectResponse(item_address(found, section, asked.query), 303)
        done, _ = progress(desk, store, asked.query, section, asked.visitor.name)
    return Page(template="reviewed.html", values={"done": done, "section": section, "filters": address_of(filters(asked.query))})


def tie_again(desk: Desk) -> None:
    """Find the items of judgements again where reports were coded anew. The store is written only then."""
    with desk.store() as store:
        stale = kept.stale(store)
    if stale:
        with desk.writing() as store:
            kept.find_again(store)


def next_item(store: Store, query: dict[str, str], section: str, who: str, after: tuple[str, int] | None = None) -> tuple[str, str] | None:
    """(report, item) that comes next: after a place in the text first, so that a skip is no circle; then from the beginning."""
    asking = asking_of(query, section, who)
    alias = ALIAS[section]
    places: list[tuple[str, tuple[str | int, ...]]] = [("", ())]
    if after:
        here, later = f"{asking.and_}{alias}.report = ? AND {alias}.first > ?", f"{asking.and_}{alias}.report > ?"
        places = [(here, after), (later, after[:1]), ("", ())]
    for more, values in places:
        where, given = f"{asking.condition}{more}", (*asking.values, *values)
        # the report first, in the order of its index: ordering by places in the texts would sort the whole set
        report = store.query(f"SELECT {alias}.report FROM {asking.table}{where} ORDER BY {alias}.report LIMIT 1", given)
        if report:
            inside = f"{where}{' AND ' if where else ' WHERE '}{alias}.report = ?"
            rows = store.query(
                f"SELECT {alias}.report, {alias}.id FROM {asking.table}{inside} ORDER BY {KEYS[section]} LIMIT 1", (*given, *report[0])
            )
            return rows[0][0], rows[0][1]
    return None


def progress(desk: Desk, store: Store, query: dict[str, str], section: str, who: str) -> tuple[int, int]:
    """(decided by this person, still to decide) of the filtered set."""
    mine = Asking({**filters(query), "of": section, "judged": "yes"}, section, who=who)
    done = int(store.query(f"SELECT count(*) FROM {mine.table}{mine.condition}", tuple(mine.values))[0][0])
    return done, counted(desk, store, Asking({**filters(query), "of": section}, section, who=who)) - done


def filters(query: dict[str, str]) -> dict[str, str]:
    """The filters of an address; which items are left is not one of them."""
    return {k: v for k, v in query.items() if k in NAMES and k != "judged" and v}


def item_address(found: tuple[str, str], section: str, query: dict[str, str]) -> str:
    """The address of one item, its queue kept."""
    return f"/review/item/{quote(found[0], safe='')}/{section}/{quote(found[1], safe='')}?{address_of(filters(query))}"


def item(desk: Desk, asked: Asked) -> Page:
    """One item in its text, what the machine says of it, and the keys."""
    report, section, name = asked.path("report"), asked.path("section"), asked.path("id")
    with desk.store() as store:
        found = store.record(report)
        one = kept.find_item(found[0], section, name) if found and section in kept.SECTIONS else None
        if found is None or one is None:
            raise HTTPException(
                404, "This item is not there: the report may have been coded anew. Its judgements are kept, and listed as gone."
            )
        record, text = found
        done, left = progress(desk, store, asked.query, section, asked.visitor.name)
        where = "report = ? AND section = ? AND item = ?"
        before = list(kept.live(store, where, (report, section, name)))
        bulk = bulk_set(store, asked.query, section, asked.visitor.name) if left <= MOST_BULK else []
    mine = next((j for j in reversed(before) if j.who == asked.visitor.name), None)
    shown = next(i for i in items_of(record, text)[section] if i.key == name)
    span = kept.span_of(one)
    first, last = window(text, shown, span)
    values = {
        "record": record, "item": shown, "section": section, "name": name, "report": report, "start": first,
        "pieces": lit_pieces(text, first, last, span, shown), "cut": (first > 0, last < len(text)),
        "said": kept.said_of(one), "mine": mine, "others": [j for j in before if j.who != asked.visitor.name], "choices": choices_of(desk, section),
        "free": FREE[section], "labels": LABELS, "done": done, "left": left, "filters": address_of(filters(asked.query)),
        "given": {**kept.said_of(one), **(mine.correction if mine else {})}, "bulk": len(bulk), "bulk_name": kept.digest(bulk),
        "kept_filters": Query(filters(asked.query)),
    }  # fmt: skip
    return Page(template="review.html", values=values)


def window(text: str, shown: Shown, span: Span) -> tuple[int, int]:
    """The stretch of text around an item: whole lines where they are near."""
    spans = [s for s in shown.spans if abs(s.start - span.start) < AROUND] or [span]
    first = max(0, min(s.start for s in spans) - AROUND)
    last = min(len(text), max(s.end for s in spans) + AROUND)
    line = text.find("\n", first, span.start)
    first = line + 1 if first and line >= 0 and line - first < 200 else first
    end = text.rfind("\n", span.end, last)
    return first, end if end > 0 and last < len(text) and last - end < 200 else last


def lit_pieces(text: str, first: int, last: int, span: Span, shown: Shown) -> list[tuple[str, tuple[str, ...]]]:
    """The stretch, cut at the item's own characters ("own") and at its other evidence ("near")."""
    clip = [Span(max(first, s.start), min(last, s.end)) for s in shown.spans if s.end > first and s.start < last]
    own = Span(max(first, span.start), min(last, span.end))
    marks = {"n": [Shown(key="near", kind="near", title="", spans=tuple(clip)), Shown(key="own", kind="own", title="", spans=(own,))]}
    pieces, at = [], 0
    for piece in segments(text, marks):
        a, b = max(first, at), min(last, at + len(piece.text))
        at += len(piece.text)
        if a < b:
            pieces.append((text[a:b], piece.kinds))
    return pieces


def decide(desk: Desk, asked: Asked) -> Response:
    """Keep one judgement, and go to the next item."""
    report, section, name, verdict = (asked.field(k) for k in ("item_report", "section", "item", "verdict"))
    if section not in kept.SECTIONS or verdict not in ("accept", "reject", "skip"):
        raise HTTPException(400, "A judgement is accept, reject or skip, on events or statements.")
    query = {k: asked.field(k) for k in NAMES if asked.field(k)}
    with desk.writing() as store:
        found = store.record(report)
        one = kept.find_item(found[0], section, name) if found else None
        if found is None or one is None:
            raise HTTPException(404, "This item is not there any more.")
        said = kept.said_of(one)
        correction = (
            {k: v for k, v in fields_of(asked, choices_of(desk, section), section, found[1]).items() if v != said.get(k)}
            if verdict == "accept"
            else {}
        )
        note = asked.field("note").strip()[:2000] or None
        kept.keep(
            store, [(report, section, one, found[1])], who=asked.visitor.name, verdict="correct" if correction else verdict,
            coded={report: str(store.coded_by(report))}, correction=correction, note=note,
        )  # fmt: skip
        following = next_item(store, query, section, asked.visitor.name, after=(report, kept.span_of(one).start))
    return RedirectResponse(
        item_address(following, section, query) if following else f"/review?{address_of(filters(query), of=section)}", 303
    )


def fields_of(asked: Asked, choices: dict[str, tuple[str, ...]], section: str, text: str) -> dict[str, str]:
    """The fields of the form, checked: what is not sent is not changed."""
    given = {}
    for name, accepted in choices.items():
        value = asked.field("f_" + name)
        if asked.given is not None and "f_" + name in asked.given:
            if value not in accepted:
                raise HTTPException(400, f"{name}: {value!r} is not one of {', '.join(a or 'none' for a in accepted)}.")
            given[name] = value
    for name in FREE[section]:
        if asked.given is not None and "f_" + name in asked.given:
            value = " ".join(asked.field("f_" + name).split())[:300]
            if name in ("start", "end") and value and not is_day(value):
                raise HTTPException(400, f"{LABELS[name]}: write a day as 2024-05-07, or leave it empty.")
            given[name] = value
    first, last = asked.field("f_first"), asked.field("f_last")
    if first or last:
        if not all(re.fullmatch(r"[0-9]{1,9}", x) for x in (first, last)) or not int(first) < int(last) <= len(text):
            raise HTTPException(400, "The characters chosen do not lie in this text.")
        given |= {"first": first, "last": last}
    return given


def is_day(value: str) -> bool:
    """Whether a value is an ISO day."""
    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value)) and date.fromisoformat(value) is not None
    except ValueError:
        return False


def undo(desk: Desk, asked: Asked) -> Response:
    """Take back your last judgement, and show the item again."""
    query = {k: asked.field(k) for k in NAMES if asked.field(k)}
    with desk.writing() as store:
        _, last = kept.undo_last(store, asked.visitor.name)
    if last and last.item:
        return RedirectResponse(item_address((last.report, last.item), last.section, query), 303)
    return RedirectResponse(f"/review?{address_of(filters(query))}", 303)


def bulk_set(store: Store, query: dict[str, str], section: str, who: str) -> list[tuple[str, str]]:
    """Exactly what a bulk verdict would be given to: the filtered set, without what this person decided."""
    asking = asking_of(query, section, who)
    alias = ALIAS[section]
    sql = f"SELECT {alias}.report, {alias}.id FROM {asking.table}{asking.condition} ORDER BY {KEYS[section]} LIMIT {MOST_BULK + 1}"
    return [(a, b) for a, b in store.query(sql, tuple(asking.values))]


def bulk(desk: Desk, asked: Asked) -> Response:
    """Accept the whole filtered set: only while it is the very set whose number was shown."""
    section = "statements" if asked.field("of") == "statements" else "events"
    query = {k: asked.field(k) for k in NAMES if asked.field(k)}
    with desk.writing() as store:
        chosen = bulk_set(store, query, section, asked.visitor.name)
        if len(chosen) > MOST_BULK:
            raise HTTPException(400, f"At most {MOST_BULK:,} items are accepted at once: narrow the filters.")
        if kept.digest(chosen) != asked.field("set"):
            raise HTTPException(
                400, f"The set has changed since its number was shown: it now holds {len(chosen)}. Nothing was accepted; look again."
            )
        rows, coded = [], {}
        for report, group in groupby(chosen, key=lambda pair: pair[0]):
            found = store.record(report)
            if not found:
                continue
            coded[report] = str(store.coded_by(report))
            items = {i.id: i for i in kept.items_in(found[0], section)}
            rows += [(report, section, items[name], found[1]) for _, name in group if name in items]
        kept.keep(store, rows, who=asked.visitor.name, verdict="accept", coded=coded, bulk=True)
    return RedirectResponse(f"/review?{address_of(filters(query), of=section)}", 303)


def add(desk: Desk, asked: Asked) -> Response:
    """Add what the machine missed, at the characters that were selected."""
    report, section = asked.field("item_report"), asked.field("section")
    if section not in kept.SECTIONS:
        raise HTTPException(400, "Add an event or a statement.")
    with desk.writing() as store:
        found = store.record(report)
        if found is None:
            raise HTTPException(404, "The store holds no report with this id.")
        fields = fields_of(asked, choices_of(desk, section), section, found[1])
        if "first" not in fields:
            raise HTTPException(400, "Select the words that say it first.")
        note = asked.field("note").strip()[:2000] or None
        kept.keep_added(store, report, section, fields, found[1], who=asked.visitor.name, coded=str(store.coded_by(report)), note=note)
    return RedirectResponse(f"/report/{quote(report, safe='')}", 303)


def name(desk: Desk, asked: Asked) -> Response:
    """Under which name judgements are kept on an open desk; with accounts it is the account's."""
    chosen = " ".join(asked.field("name").split())[:40]
    if not desk.access.open or not chosen.isprintable() or not chosen.isascii():
        raise HTTPException(400, "Give a name of plain letters; with accounts the account's name is used.")
    response = RedirectResponse("/review", 303)
    response.set_cookie(REVIEWER, chosen or "reviewer", httponly=True, samesite="strict", max_age=90 * 24 * 3600)
    return response


def judgements(desk: Desk, asked: Asked) -> Page:
    """Every judgement that stands, the newest first; those whose item vanished are marked."""
    tie_again(desk)
    with desk.store() as store:
        judged = list(kept.live(store))
    chosen = [
        j for j in reversed(judged)
        if (not asked["who"] or j.who == asked["who"]) and (not asked["report"] or j.report == asked["report"])
        and (not asked["gone"] or (j.item is None and j.verdict != "add"))
    ]  # fmt: skip
    rows = []
    for j in chosen[: 300 if asked.form == "html" else None]:
        row = {f: getattr(j, f) for f in ("at", "who", "report", "section", "item", "verdict", "first", "last", "words", "note")}
        rows.append(
            {
                **row,
                "correction": json.dumps(j.correction, ensure_ascii=False) if j.correction else None,
                "gone": j.item is None and j.verdict != "add",
            }
        )
    people = sorted({j.who for j in judged})
    gone = sum(j.item is None and j.verdict != "add" for j in judged)
    return Page(template="judgements.html", values={"rows": rows, "total": len(chosen), "people": people, "gone": gone}, rows=rows)


def agreement(desk: Desk, asked: Asked) -> Page:
    """How far reviewers agree, and each item on which they do not."""
    with desk.store() as store:
        pairs = kept.agreements(kept.standing(kept.live(store)))
    rows = [
        {"a": p.a, "b": p.b, "items": p.items, "same": p.same, "kappa": p.kappa, "span_f1": p.span_f1, "differ": len(p.differ)}
        for p in pairs
    ]
    shown = [(p, [(a, b, changed(a, b)) for a, b in p.differ[:200]]) for p in pairs]
    return Page(template="agreement.html", values={"pairs": shown}, rows=rows)


def changed(a: kept.Judged, b: kept.Judged) -> list[tuple[str, Any, Any]]:
    """The fields on which two judgements of one item differ."""
    one, two = kept.value(a), kept.value(b)
    return [(k, one.get(k, ""), two.get(k, "")) for k in sorted(set(one) | set(two)) if one.get(k) != two.get(k)] if one and two else []


def gold(desk: Desk, asked: Asked) -> Response:
    """The last judgement on each item as gold, a report a line."""
    with desk.store() as store:
        judged = [j for j in kept.live(store) if not asked["who"] or j.who == asked["who"]]
        last = {(j.report, j.section, j.item or f"{j.first}-{j.last}"): j for j in judged if j.verdict != "skip"}
        lines = [msgspec.json.encode(safe(row)) for row in kept.gold_rows(store, list(last.values()))]
    head = {"Content-Disposition": 'attachment; filename="gold.jsonl"'}
    return Response(b"".join(line + b"\n" for line in lines), 200, head, "application/x-ndjson")
