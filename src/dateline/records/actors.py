"""Actors: who is named in a report, under which names, in which roles."""

from typing import Literal

from dateline.records.base import Base, Span

ActorType = Literal["PERSON", "GPE", "ORG", "NORP", "GROUP", "OTHER"]


class FoundActor(Base, frozen=True, kw_only=True):
    """One mention: a name, a nominal ("the country's leader") or a pronoun. `head` is the span of its head word.

    `key` and `form` are set for a name that the codebook knows: its key there, and whether it is the name, a people, a capital or short.
    """

    span: Span
    head: Span
    kind: Literal["name", "nominal", "pronoun"]
    type: ActorType
    key: str | None = None
    form: str = ""


class Actor(Base, frozen=True, kw_only=True):
    """One actor of a report. `name` is the fullest name that the report gives; `mentions` also holds its roles and pronouns."""

    id: str
    name: str
    type: ActorType
    country: str | None = None  # ISO 3166-1 alpha-3, historical states and PLOVER's supra-national codes included
    sector: str | None = None  # PLOVER sector: GOV, MIL, COP, …
    roles: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()
    by: str = ""


class Party(Base, frozen=True, kw_only=True):
    """An actor or recipient of an event: the words there, and the actor they refer to."""

    name: str
    span: Span | None = None
    actor: str | None = None
    country: str | None = None
    sector: str | None = None


class Origin(Base, frozen=True, kw_only=True):
    """A first source behind the report, as the report names it."""

    name: str
    span: Span | None
    kind: Literal["person", "agency", "document", "outlet", "unnamed"]
