"""A report as it was read: bytes, canonical text and the report's own fields. The first record on the line."""

from typing import Literal

import msgspec

from dateline.records.base import Base, Span, Value

Stage = Literal["ingest", "language", "find", "resolve", "check", "store"]


class Caption(Base, frozen=True, kw_only=True):
    """An image caption, kept once; `duplicates` are the spans where the same line stands again."""

    value: str
    span: Span
    duplicates: tuple[Span, ...] = ()


class Paragraph(Base, frozen=True, kw_only=True):
    """One paragraph of the body."""

    span: Span


class Tag(Base, frozen=True, kw_only=True):
    """A topic tag or keyword; `value` without its '#'."""

    value: str
    span: Span | None = None
    source: str | None = msgspec.field(default=None, name="from")


class Fields(Base, frozen=True, kw_only=True):
    """The report's own fields. What the report does not state is None, never guessed."""

    headline: Value | None = None
    byline: Value | None = None
    section: Value | None = None
    agency: Value | None = None
    published: Value | None = None
    updated: Value | None = None
    dateline: Span | None = None  # all of it, to its dash: place, day, agency
    dateline_place: Value | None = None
    outlet: Value | None = None
    url: Value | None = None
    deck: Value | None = None
    language: str | None = None
    captions: tuple[Caption, ...] = ()
    body: tuple[Paragraph, ...] = ()
    tags: tuple[Tag, ...] = ()

    @property
    def reference(self) -> Value | None:
        """The stamp whose day relative times count from: the publication, or where none is given the update."""
        return self.published or self.updated


class Report(Base, frozen=True, kw_only=True):
    """One report as read: where from, its bytes, its canonical text, its fields.

    `id` is 16 hex digits of the SHA-256 over the bytes and the URL, outlet and row id, or relative path.
    """

    id: str
    read_from: str
    text: str
    raw: bytes
    text_sha256: str
    fields: Fields


class Rejected(Base, frozen=True, kw_only=True):
    """A report, or a part of a file, set aside: where, at which stage, and why."""

    read_from: str
    stage: Stage
    reason: str
