"""What of a record is shown, and which characters light up with it: the same list for the page, the terminal and the desk."""

from collections.abc import Iterator
from itertools import pairwise

from dateline.records import Base, Event, Record, Span, Statement, Value

FIELD_NAMES = ("headline", "deck", "byline", "section", "agency", "published", "updated", "dateline_place", "outlet", "url")


class Item(Base, frozen=True, kw_only=True):
    """One thing of a record: `key` is its anchor, `spans` its characters, `by` the rule that read it."""

    key: str
    kind: str
    title: str
    spans: tuple[Span, ...]
    by: str = ""
    notes: tuple[str, ...] = ()
    tone: str = ""  # new, background, ongoing; pass, fail, flag; direct, mixed, indirect

    @property
    def label(self) -> str:
        """The id that other items name it by; empty when none does."""
        return self.key if self.kind in ("statement", "event") else ""


class Segment(Base, frozen=True, kw_only=True):
    """A stretch of text under the same items."""

    text: str
    keys: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


def items_of(record: Record, text: str) -> dict[str, list[Item]]:
    """Every item of a record by kind, in the order a reader wants them."""
    return {
        "fields": list(_fields(record)),
        "statements": [_statement(s, text) for s in record.statements],
        "events": [_event(e, text) for e in record.events],
        "quantities": [
            Item(key=q.id, kind="quantity", title=f"{_cut(text, q.span)}: {q.op} {q.value:g} {q.unit or ''}".strip(), spans=(q.span,), by=q.by,
                 notes=(f"of {q.of}",) if q.of else ())
            for q in record.quantities
        ],
        "times": [
            Item(key=f"t{i}", kind="time", title=f"{_cut(text, t.span)}: {t.value}", spans=(t.span,), by=t.by, notes=(t.type,))
            for i, t in enumerate(record.times)
        ],
        "places": [
            Item(key=f"p{i}", kind="place", title=f"{_cut(text, p.span)}: {p.name}{f', {p.country}' if p.country else ''}", spans=(p.span,), by=p.by,
                 notes=(p.role, *((f"{p.lat:.2f}, {p.lon:.2f}",) if p.lat is not None and p.lon is not None else ())))
            for i, p in enumerate(record.places)
        ],
        "actors": [
            Item(key=a.id, kind="actor", title=a.name, spans=a.mentions, by=a.by, notes=tuple(x for x in (a.type, a.country, a.sector, *a.roles) if x))
            for a in record.actors
        ],
        "checks": [
            Item(key=f"k{i}", kind="check", title=c.says, spans=c.spans, by=c.check, tone=c.result) for i, c in enumerate(record.checks)
        ],
    }  # fmt: skip


def segments_of(text: str, items: dict[str, list[Item]]) -> list[Segment]:
    """The text cut wherever an item begins or ends; each piece knows the items it stands under."""
    marks = [(s, item) for group in items.values() for item in group for s in item.spans if s.start < s.end]
    cuts = sorted({0, len(text), *(s.start for s, _ in marks), *(s.end for s, _ in marks)})
    begins: dict[int, list[tuple[Span, Item]]] = {}
    for mark in marks:
        begins.setdefault(mark[0].start, []).append(mark)
    open_now: list[tuple[Span, Item]] = []
    found = []
    for a, b in pairwise(cuts):
        open_now = [m for m in open_now if m[0].end > a] + begins.get(a, [])
        keys = dict.fromkeys(item.key for _, item in open_now)
        found.append(Segment(text=text[a:b], keys=tuple(keys), kinds=tuple(sorted({item.kind for _, item in open_now}))))
    return found


def _fields(record: Record) -> Iterator[Item]:
    for name in FIELD_NAMES:
        value: Value | None = getattr(record.report, name)
        if value:
            notes = tuple(x for x in (value.weekday, value.precision, value.source and f"from {value.source}") if x)
            spans = tuple(s for s in (value.span,) if s)
            yield Item(
                key=f"f-{name}", kind="field", title=f"{name.replace('_', ' ')}: {value.value}", spans=spans, by=value.by, notes=notes
            )
    for i, caption in enumerate(record.report.captions):
        again = (f"printed {1 + len(caption.duplicates)} times",) if caption.duplicates else ()
        yield Item(
            key=f"f-caption{i}", kind="field", title=f"caption: {caption.value}", spans=(caption.span, *caption.duplicates), notes=again
        )
    if record.report.tags:
        spans = tuple(t.span for t in record.report.tags if t.span)
        yield Item(key="f-tags", kind="field", title="tags: " + ", ".join(t.value for t in record.report.tags), spans=spans)


def _statement(s: Statement, text: str) -> Item:
    said = " … ".join(_cut(text, c, 400) for c in s.content)
    who = s.speaker.name if s.speaker else "no source named"
    chain = " → ".join(f"{link.name or '?'}{'' if link.basis == 'stated' else f' ({link.basis})'}" for link in s.chain)
    notes: list[str] = [s.type]
    if len(s.chain) > 1:
        notes.append(f"reached the page through {chain}")
    if s.said_when and (s.said_when.start or s.said_when.end):
        notes.append(f"said {_range(s.said_when.start, s.said_when.end)}")
    notes += [f"to {s.addressee.name}"] if s.addressee else []
    notes += [f"via {s.medium.name}"] if s.medium else []
    notes += [f"{f.result} against {f.other}" for f in s.fidelity]
    spans = (*s.content, *((s.cue,) if s.cue else ()), *((s.speaker.span,) if s.speaker and s.speaker.span else ()))
    title = f"{who}: {said}"
    return Item(key=s.id, kind="statement", title=title, spans=spans, by=f"{s.by} · {s.confidence:.2f}", notes=tuple(notes), tone=s.kind)


def _event(e: Event, text: str) -> Item:
    who = ", ".join(p.name for p in e.actor) or "nobody named"
    whom = f" → {', '.join(p.name for p in e.recipient)}" if e.recipient else ""
    notes = [_range(e.when.start, e.when.end) + f" ({e.when.basis})"]
    notes += [f"in {e.where.name} ({e.where.basis})"] if e.where else []
    notes += [e.status] if e.status != "actual" else []
    notes += [f"by {', '.join(e.reported_by)}"] if e.reported_by else []
    notes.append(f"{e.confidence:.0%} sure")
    title = f"{e.type or 'state'}{f'/{e.mode}' if e.mode else ''}: {who}{whom} “{_cut(text, e.trigger)}”"
    spans = tuple(dict.fromkeys((e.trigger, *e.evidence, *(p.span for p in (*e.actor, *e.recipient) if p.span))))
    return Item(key=e.id, kind="event", title=title, spans=spans, by=e.by, notes=tuple(notes), tone=e.reported_as)


def _range(start: str | None, end: str | None) -> str:
    if start is None and end is None:
        return "day unknown"
    if start == end:
        return str(start)
    return f"{start or '…'} – {end or '…'}"


def _cut(text: str, span: Span, most: int = 120) -> str:
    words = " ".join(text[span.start : span.end].split())
    return words if len(words) <= most else words[: most - 1] + "…"
