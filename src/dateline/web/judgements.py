"""Judgements: what a person said about an item, kept beside it with its characters, so that it is found again after the report was coded anew."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import Any

from dateline.records import Base, Event, Record, Span, Statement
from dateline.store import Store
from dateline.web.accounts import now

SECTIONS = ("events", "statements")
YES = ("accept", "correct", "add")
ALIKE = 0.5  # of the characters of two spans, from which on they may be one item after recoding
Item = Event | Statement


class Judged(Base, frozen=True, kw_only=True):
    """One judgement, as the table holds it."""

    n: int
    at: str
    who: str
    report: str
    section: str
    verdict: str
    first: int
    last: int
    words: str
    said: dict[str, Any]
    correction: dict[str, Any]
    note: str | None
    item: str | None


COLUMNS = "n, at, who, report, section, verdict, first, last, words, said, correction, note, item"


def span_of(item: Item) -> Span:
    """The characters by which an item is known: an event's trigger, a statement's content."""
    return item.trigger if isinstance(item, Event) else Span(item.content[0].start, item.content[-1].end)


def said_of(item: Item) -> dict[str, str]:
    """What the machine says, in the fields that a person may change; a blank is an empty string."""
    span = span_of(item)
    where = {"first": str(span.start), "last": str(span.end)}
    if isinstance(item, Event):
        return {
            "type": item.type or "", "actor": "; ".join(p.name for p in item.actor), "recipient": "; ".join(p.name for p in item.recipient),
            "start": item.when.start or "", "end": item.when.end or "", "status": item.status, "reported_as": item.reported_as, **where,
        }  # fmt: skip
    return {"speaker": item.speaker.name if item.speaker else "", "kind": item.kind, "type": item.type, **where}


def items_in(record: Record, section: str) -> tuple[Item, ...]:
    """The items of a section."""
    return record.events if section == "events" else record.statements


def find_item(record: Record, section: str, item: str) -> Item | None:
    """One item by its id."""
    return next((i for i in items_in(record, section) if i.id == item), None)


def keep(
    store: Store, rows: list[tuple[str, str, Item, str]], *, who: str, verdict: str, coded: dict[str, str],
    correction: dict[str, str] | None = None, note: str | None = None, bulk: bool = False,
) -> None:  # fmt: skip
    """Keep one verdict on (report, section, item, text) rows, all in one transaction."""
    at = now()
    values = []
    for report, section, item, text in rows:
        span = span_of(item)
        values.append((
            at, who, report, section, verdict, span.start, span.end, text[span.start : span.end], json.dumps(said_of(item), ensure_ascii=False),
            json.dumps(correction, ensure_ascii=False) if correction else None, note, bulk, item.id, coded[report],
        ))  # fmt: skip
    store.change([(INSERT, values)])


INSERT = (
    "INSERT INTO judgements (at, who, report, section, verdict, first, last, words, said, correction, note, bulk, item, coded_by)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def keep_added(
    store: Store, report: str, section: str, fields: dict[str, str], text: str, *, who: str, coded: str, note: str | None
) -> None:
    """Keep an item that the machine missed: it has no id, its characters are its name."""
    first, last = int(fields["first"]), int(fields["last"])
    row = (
        now(),
        who,
        report,
        section,
        "add",
        first,
        last,
        text[first:last],
        "{}",
        json.dumps(fields, ensure_ascii=False),
        note,
        False,
        None,
        coded,
    )
    store.change([(INSERT, [row])])


def undo_last(store: Store, who: str) -> tuple[int, Judged | None]:
    """Take back a person's last judgement, or all of their last bulk; how many, and the last of them."""
    last = store.query("SELECT n, at, bulk FROM judgements WHERE who = ? AND undone IS NULL ORDER BY n DESC LIMIT 1", (who,))
    if not last:
        return 0, None
    n, at, bulk = last[0]
    judged = next(live(store, "n = ?", (n,)))
    values: tuple[str, ...]
    if bulk:
        where, values = "who = ? AND at = ? AND bulk = 1 AND undone IS NULL", (who, at)
        many = store.query(f"SELECT count(*) FROM judgements WHERE {where}", values)[0][0]
    else:
        where, values, many = "n = ?", (str(n),), 1
    store.change([(f"UPDATE judgements SET undone = ? WHERE {where}", [(now(), *values)])])
    return many, judged


def live(store: Store, where: str = "1", values: tuple[Any, ...] = ()) -> Iterator[Judged]:
    """Judgements that stand, in order."""
    for n, at, who, report, section, verdict, first, last, words, said, correction, note, item in store.query(
        f"SELECT {COLUMNS} FROM judgements WHERE undone IS NULL AND {where} ORDER BY n", values
    ):
        yield Judged(
            n=n, at=at, who=who, report=report, section=section, verdict=verdict, first=first, last=last, words=words, said=json.loads(said),
            correction=json.loads(correction or "{}"), note=note, item=item,
        )  # fmt: skip


def standing(judged: Iterator[Judged]) -> dict[tuple[str, str, str, str], Judged]:
    """The last word of each person on each item: (who, report, section, its characters)."""
    return {(j.who, j.report, j.section, j.item or f"{j.first}-{j.last}"): j for j in judged}


def stale(store: Store) -> list[str]:
    """Reports that were coded anew since they were judged."""
    sql = (
        "SELECT DISTINCT j.report FROM judgements j JOIN reports r ON r.id = j.report WHERE j.coded_by <> r.coded_by AND j.verdict <> 'add'"
    )
    return [report for (report,) in store.query(sql)]


def find_again(store: Store) -> int:
    """Tie judgements of reports that were coded anew to the items that now stand at their characters; how many were looked at."""
    changes = []
    for report in stale(store):
        found = store.record(report)
        if found is None:
            continue
        record, text = found
        coding = store.coded_by(report)
        for n, section, first, last, words in store.query(
            "SELECT n, section, first, last, words FROM judgements WHERE report = ? AND verdict <> 'add'", (report,)
        ):
            item = same_item(record, text, section, Span(first, last), words)
            changes.append((item.id if item else None, coding, n))
    if changes:
        store.change([("UPDATE judgements SET item = ?, coded_by = ? WHERE n = ?", changes)])
    return len(changes)


def same_item(record: Record, text: str, section: str, span: Span, words: str) -> Item | None:
    """The item that stands where one stood: the same characters, else the one that shares most of them; None when it vanished.

    Where the text itself moved, the same words are looked for; the nearest ones count.
    """
    if text[span.start : span.end] != words:
        places: list[int] = []
        at = text.find(words) if words else -1
        while at >= 0 and len(places) < 1000:
            places.append(at)
            at = text.find(words, at + 1)
        if not places:
            return None
        start = min(places, key=lambda p: (abs(p - span.start), p))
        span = Span(start, start + len(words))
    best: tuple[float, Item] | None = None
    for item in items_in(record, section):
        here = span_of(item)
        both = min(here.end, span.end) - max(here.start, span.start)
        share = both / (max(here.end, span.end) - min(here.start, span.start)) if both > 0 else 0.0
        if share >= ALIKE and (best is None or share > best[0]):
            best = share, item
    return best[1] if best else None


class Agreed(Base, frozen=True, kw_only=True):
    """How far two people agree: on how many items, Cohen's kappa of yes and no, F1 of the exact spans of what they hold for right."""

    a: str
    b: str
    items: int
    same: int
    kappa: float | None
    span_f1: float | None
    differ: tuple[tuple[Judged, Judged], ...]


def agreements(judged: dict[tuple[str, str, str, str], Judged]) -> list[Agreed]:
    """Every pair of people who decided the same items."""
    of: dict[str, dict[tuple[str, str, str], Judged]] = defaultdict(dict)
    for (who, *item), j in judged.items():
        if j.verdict != "skip":
            of[who][item[0], item[1], item[2]] = j
    return [a for one, two in combinations(sorted(of), 2) if (a := agreement(one, of[one], two, of[two])).items]


def agreement(one: str, first: dict[Any, Judged], two: str, second: dict[Any, Judged]) -> Agreed:
    """How far two people agree on the items that both decided."""
    both = sorted(set(first) & set(second))
    pairs = [(first[k], second[k]) for k in both]
    yes = [(a.verdict in YES, b.verdict in YES) for a, b in pairs]
    n = len(yes)
    same = sum(a == b for a, b in yes)
    spans_a = {place(a) for a, _ in pairs if a.verdict in YES}
    spans_b = {place(b) for _, b in pairs if b.verdict in YES}
    differ = tuple((a, b) for a, b in pairs if (a.verdict in YES) != (b.verdict in YES) or value(a) != value(b))
    total = len(spans_a) + len(spans_b)
    return Agreed(
        a=one, b=two, items=n, same=same, kappa=kappa(yes), span_f1=2 * len(spans_a & spans_b) / total if total else None, differ=differ
    )


def kappa(yes: list[tuple[bool, bool]]) -> float | None:
    """Cohen's kappa of two people's yes and no; None where chance alone would give full agreement, or for nothing."""
    n = len(yes)
    if not n:
        return None
    a, b = sum(x for x, _ in yes) / n, sum(y for _, y in yes) / n
    chance = a * b + (1 - a) * (1 - b)
    return None if chance == 1 else (sum(x == y for x, y in yes) / n - chance) / (1 - chance)


def value(j: Judged) -> dict[str, Any]:
    """What a person holds for right: the machine's fields with their changes; nothing for a reject."""
    return {**j.said, **j.correction} if j.verdict in YES else {}


def place(j: Judged) -> tuple[str, str, int, int]:
    """The characters that a person holds for right."""
    fields = value(j)
    return j.report, j.section, int(fields.get("first", j.first)), int(fields.get("last", j.last))


def gold_rows(store: Store, judged: list[Judged]) -> Iterator[dict[str, Any]]:
    """One row of gold for each report, in the form that `dateline evaluate record` reads: what people accepted, corrected and added.

    A rejected event becomes something that must not be emitted there.
    """
    by_report: dict[str, list[Judged]] = defaultdict(list)
    for j in judged:
        by_report[j.report].append(j)
    for report in sorted(by_report):
        found = store.record(report)
        if not found:
            continue
        record, text = found
        row: dict[str, Any] = {"id": report, "text": text, "events": [], "statements": [], "must_not_emit": []}
        if record.report.published:
            row["dct"] = record.report.published.value
        for j in sorted(by_report[report], key=lambda j: (j.section, j.first, j.n)):
            if j.verdict in YES:
                row[j.section].append(gold_event(j, text) if j.section == "events" else gold_statement(j, text))
            elif j.verdict == "reject" and j.section == "events":
                row["must_not_emit"].append(
                    {"id": f"j{j.n}", "tier": "must", "kind": "event", "span": marked(j.first, j.last, text), "why": j.note or ""}
                )
        yield row


def gold_event(j: Judged, text: str) -> dict[str, Any]:
    """One event of gold."""
    f = value(j)
    return {
        "id": f"j{j.n}", "tier": "must", "trigger": marked(*place(j)[2:], text), "type": f.get("type") or None, "actor": names(f.get("actor", "")),
        "recipient": names(f.get("recipient", "")), "when": {"start": f.get("start") or None, "end": f.get("end") or None},
        "status": f.get("status") or "actual", "reported_as": f.get("reported_as") or "new",
    }  # fmt: skip


def gold_statement(j: Judged, text: str) -> dict[str, Any]:
    """One statement of gold."""
    f = value(j)
    return {
        "id": f"j{j.n}", "tier": "must", "content": [marked(*place(j)[2:], text)], "speaker": f.get("speaker") or None, "kind": f.get("kind") or "indirect",
        "type": f.get("type") or None,
    }  # fmt: skip


def marked(first: int, last: int, text: str) -> dict[str, Any]:
    """A span with its words."""
    return {"start": first, "end": last, "text": text[first:last]}


def names(joined: str) -> list[str]:
    """Names that were joined by semicolons."""
    return [name.strip() for name in joined.split(";") if name.strip()]


def digest(keys: list[tuple[str, str]]) -> str:
    """What names a set of items exactly: a bulk verdict that was shown one set is not given to another."""
    return hashlib.sha256("\n".join(f"{a} {b}" for a, b in keys).encode()).hexdigest()[:32]
