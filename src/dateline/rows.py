"""Record → rows of the store's tables (and of every columnar export): one function, one table of columns.

Every row is flat: text, numbers, None. A span becomes `first` and `last`; the words it points at are copied beside it.
"""

import zlib
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from dateline.records import Fields, Party, Record, Report, Span, Value

Rows = dict[str, list[tuple[Any, ...]]]

COLUMNS: dict[str, tuple[str, ...]] = {
    "statements": (
        "report", "id", "kind", "type", "speaker", "speaker_actor", "cue", "content", "quoted", "first", "last", "addressee", "medium",
        "nested_in", "said_start", "said_end", "said_where", "chain", "confidence", "rule",
    ),
    "events": (
        "report", "id", "type", "mode", "cameo", "quad", "intensity", "status", "reported_as", "trigger_words", "first", "last", "actors",
        "recipients", "start_day", "end_day", "when_precision", "when_basis", "place", "lat", "lon", "geonames_id", "country",
        "confidence", "rule",
    ),
    "parties": ("report", "event", "side", "place", "name", "actor", "country", "sector"),
    "actors": ("report", "id", "name", "type", "country", "sector", "roles", "mentions"),
    "times": ("report", "first", "last", "words", "type", "value", "start_day", "end_day"),
    "places": ("report", "first", "last", "name", "lat", "lon", "geonames_id", "country", "role"),
    "quantities": ("report", "id", "words", "value", "op", "low", "high", "unit", "event", "first", "last"),
    "origins": ("report", "place", "name", "kind"),
    "checks": ("report", "place", "name", "result", "says"),
}  # fmt: skip

FIELDS = ("language", "headline", "byline", "section", "agency", "outlet", "url", "published", "updated", "dateline_place")


_decode = msgspec.json.Decoder(Record).decode


class Prepared(NamedTuple):
    """A coded report as the store keeps it: made where the report was coded, so that the one writer has little to do."""

    id: str
    read_from: str
    text_sha256: str
    raw: bytes | None  # deflated; None when the bytes are the UTF-8 of the text
    text: str
    record: bytes  # deflated JSON
    fields: tuple[str | None, ...]
    rows: Rows


def prepared(report: Report, record: Record) -> Prepared:
    """One coded report, ready to be written."""
    raw = None if report.raw == report.text.encode() else zlib.compress(report.raw, 6)
    kept = zlib.compress(msgspec.json.encode(record), 6)
    values, rows = field_values(report.fields), rows_of(record, report.text)
    return Prepared(report.id, report.read_from, report.text_sha256, raw, report.text, kept, values, rows)


def unpacked(record: bytes) -> Record:
    """The record from its deflated JSON."""
    return _decode(zlib.decompress(record))


def surer(record: Record, least: float) -> Record:
    """The record without the events whose confidence is below `least`; their figures belong to none. Ids stay as they are."""
    kept = tuple(e for e in record.events if e.confidence >= least)
    if len(kept) == len(record.events):
        return record
    ids = {e.id for e in kept}
    return replace(record, events=kept, quantities=tuple(q if q.of in ids else replace(q, of=None) for q in record.quantities))


def field_values(fields: Fields) -> tuple[str | None, ...]:
    """The plain values of `FIELDS`, in that order."""
    values = (getattr(fields, name) for name in FIELDS)
    return tuple(v.value if isinstance(v, Value) else v for v in values)


def rows_of(record: Record, text: str) -> Rows:
    """Every row that one record gives, by table."""
    at = record.id

    def words(spans: Iterable[Span]) -> str:
        return " … ".join(text[s.start : s.end] for s in spans)

    return {
        "statements": [
            (
                at, s.id, s.kind, s.type, s.speaker and s.speaker.name, s.speaker and s.speaker.actor, s.cue and words([s.cue]),
                words(s.content), words(s.quoted), s.content[0].start, s.content[-1].end, s.addressee and s.addressee.name,
                s.medium and s.medium.name, s.nested_in, s.said_when and s.said_when.start, s.said_when and s.said_when.end,
                s.said_where and s.said_where.name, " > ".join(link.name or "?" for link in s.chain), s.confidence, s.by,
            )
            for s in record.statements
        ],
        "events": [
            (
                at, e.id, e.type, e.mode, e.cameo, e.quad, e.intensity, e.status, e.reported_as, words([e.trigger]), e.trigger.start,
                e.trigger.end, "; ".join(p.name for p in e.actor), "; ".join(p.name for p in e.recipient), e.when.start, e.when.end,
                e.when.precision, e.when.basis, e.where and e.where.name, e.where and e.where.lat, e.where and e.where.lon,
                e.where and e.where.geonames_id, e.where and e.where.country, e.confidence, e.by,
            )
            for e in record.events
        ],
        "parties": [row for e in record.events for side, parties in (("actor", e.actor), ("recipient", e.recipient))
                    for row in _parties(at, e.id, side, parties)],
        "actors": [(at, a.id, a.name, a.type, a.country, a.sector, "; ".join(a.roles), len(a.mentions)) for a in record.actors],
        "times": [(at, t.span.start, t.span.end, words([t.span]), t.type, t.value, t.start, t.end) for t in record.times],
        "places": [(at, p.span.start, p.span.end, p.name, p.lat, p.lon, p.geonames_id, p.country, p.role) for p in record.places],
        "quantities": [
            (at, q.id, words([q.span]), q.value, q.op, q.low, q.high, q.unit, q.of, q.span.start, q.span.end) for q in record.quantities
        ],
        "origins": [(at, i, o.name, o.kind) for i, o in enumerate(record.origins)],
        "checks": [(at, i, c.check, c.result, c.says) for i, c in enumerate(record.checks)],
    }  # fmt: skip


def _parties(report: str, event: str, side: str, parties: tuple[Party, ...]) -> Iterator[tuple[Any, ...]]:
    for i, p in enumerate(parties):
        yield report, event, side, i, p.name, p.actor, p.country, p.sector
