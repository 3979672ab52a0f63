"""Statements: words or thoughts laid to someone, and the chain through which they reached the page."""

from typing import Literal

import msgspec

from dateline.records.base import Base, Interval, Span

StatementKind = Literal["direct", "mixed", "indirect"]
StatementType = Literal["said", "wrote", "asked", "believes", "plans", "shows", "wants", "denies", "warns", "promises"]


class FoundStatement(Base, frozen=True, kw_only=True):
    """The words of one attribution. `score` is the finder's probability that it is one."""

    kind: StatementKind
    type: StatementType
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...]
    quoted: tuple[Span, ...] = ()
    addressee: Span | None = None
    medium: Span | None = None
    score: float = 1.0
    by: str = ""


class Speaker(Base, frozen=True, kw_only=True):
    """Who spoke: the full name as the report gives it anywhere, the words there, and the actor's id."""

    name: str
    span: Span | None = None
    actor: str | None = None


class Named(Base, frozen=True, kw_only=True):
    """A name with the words that give it: an addressee, a medium, a place of speech."""

    name: str
    span: Span | None = None


class Link(Base, frozen=True, kw_only=True):
    """One link of a source chain, first speaker first. A blank stays a blank: name None, basis unknown."""

    name: str | None
    span: Span | None = None
    basis: Literal["stated", "document", "unknown"]
    reason: str | None = None


class Fidelity(Base, frozen=True, kw_only=True):
    """How a quotation compares with a fuller one in the same report; `spans` are the differing words."""

    other: str = msgspec.field(name="with")  # `with` is a keyword of Python
    result: Literal["verbatim", "altered"]
    spans: tuple[Span, ...] = ()


class Statement(Base, frozen=True, kw_only=True):
    """One statement, resolved."""

    id: str
    kind: StatementKind
    type: StatementType
    speaker: Speaker | None = None
    cue: Span | None = None
    content: tuple[Span, ...]
    quoted: tuple[Span, ...] = ()
    addressee: Named | None = None
    medium: Named | None = None
    nested_in: str | None = None
    said_when: Interval | None = None
    said_where: Named | None = None
    chain: tuple[Link, ...] = ()
    fidelity: tuple[Fidelity, ...] = ()
    confidence: float = 1.0
    by: str = ""


class Narration(Base, frozen=True, kw_only=True):
    """A stretch in the report's own voice."""

    span: Span
    type: Literal["assessment", "background"]
