"""The spans task: every span of every record slices to what it claims, and every value has a span or says where it stands.

dateline evaluate spans FILE.jsonl     any JSONL file whose rows hold a text
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dateline.evaluate.base import Line, Row, read_rows
from dateline.ingest.report import make_report
from dateline.ingest.text import fields_of_text
from dateline.pipeline import read_record, with_language
from dateline.records import Base, Record, Span, Value

WORD = re.compile(r"\w+")
AS_PRINTED = ("headline", "deck", "byline")


def predict(gold: Path, line: Line) -> Iterator[Row]:
    """One row a text: its record's faults, and how many spans were looked at."""
    for i, row in enumerate(read_rows(gold)):
        text = row.get("text") or row.get("body") or ""
        name = str(row.get("id", i))
        report = make_report(
            raw=text.encode(), text=text, fields=fields_of_text(text, line.codebook), read_from=name, identity=f"{gold.name}#{i}"
        )
        record = read_record(with_language(report), line.codebook, line.analyser)
        yield {"id": name, "spans": len(list(spans_of(record))), "faults": faults_of(record, text)}


def score(gold: Path, rows: list[Row], **_: str) -> dict[str, Any]:
    """How many spans were looked at, and every fault by kind."""
    kinds = Counter(fault.split(":")[0] for row in rows for fault in row["faults"])
    faults = [f"{row['id']} {fault}" for row in rows for fault in row["faults"]]
    return {
        "texts": len(rows),
        "spans": sum(row["spans"] for row in rows),
        "faults": len(faults),
        "by kind": dict(kinds),
        "list": faults[:50],
    }


def faults_of(record: Record, text: str) -> list[str]:
    """Every way in which a record points past or beside its text."""
    faults = [f"outside: {s.start}–{s.end}" for s in spans_of(record) if not 0 <= s.start < s.end <= len(text)]
    fields = record.report
    for name in fields.__struct_fields__:
        value = getattr(fields, name)
        if isinstance(value, Value):
            if value.span is None and value.source is None:
                faults.append(f"nowhere: {name} has neither span nor from")
            if value.span and name in AS_PRINTED and _words(value.value) != _words(_cut(text, value.span)):
                faults.append(f"other words: {name} is {value.value!r}, the span says {_cut(text, value.span)!r}")
    faults += [
        f"other words: caption {c.value!r}"
        for c in fields.captions
        if any(_words(_cut(text, s)) != _words(c.value) for s in (c.span, *c.duplicates))
    ]
    faults += [f"nowhere: tag {t.value!r}" for t in fields.tags if t.span is None and t.source is None]
    faults += [f"other words: tag {t.value!r}" for t in fields.tags if t.span and _words(t.value) != _words(_cut(text, t.span))]
    for statement in record.statements:
        faults += [
            f"no span: stated link {link.name!r} of {statement.id}"
            for link in statement.chain
            if link.basis == "stated" and (link.span is None or link.name is None)
        ]
        faults += [
            f"no reason: link {link.name!r} of {statement.id}" for link in statement.chain if link.basis == "document" and not link.reason
        ]
        for quote in statement.quoted:
            if not any(c.start <= quote.start and quote.end <= c.end for c in statement.content):
                faults.append(f"outside content: quoted words of {statement.id}")
    ids = {x.id for group in (record.statements, record.events, record.actors, record.quantities) for x in group}
    faults += [f"no such id: {i}" for i in _references(record) if i not in ids]
    return faults


def spans_of(thing: object) -> Iterator[Span]:
    """Every span in a record, however deep."""
    if isinstance(thing, Span):
        yield thing
    elif isinstance(thing, Base):
        for name in thing.__struct_fields__:
            yield from spans_of(getattr(thing, name))
    elif isinstance(thing, tuple | list):
        for each in thing:
            yield from spans_of(each)


def _references(record: Record) -> Iterator[str]:
    for s in record.statements:
        yield from (i for i in (s.nested_in, s.speaker.actor if s.speaker else None, *(f.other for f in s.fidelity)) if i)
    for e in record.events:
        yield from (*e.reported_by, *e.quantities, *(p.actor for p in (*e.actor, *e.recipient) if p.actor))
    yield from (q.of for q in record.quantities if q.of)


def _cut(text: str, span: Span) -> str:
    return text[span.start : span.end]


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold())
