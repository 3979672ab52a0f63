"""Places: the names of places in the text, and the gazetteer entries they refer to, with the rivals kept."""

from typing import Literal

from dateline.records.base import Base, Span


class FoundPlace(Base, frozen=True, kw_only=True):
    """The words of one place name; `demonym` when they are an adjective of a country ("Turkish")."""

    span: Span
    name: str
    demonym: bool = False


class Rival(Base, frozen=True, kw_only=True):
    """A reading of a place name that was not chosen; `score` is comparable within one name only."""

    geonames_id: int | None
    name: str
    country: str | None
    score: float


class Place(Base, frozen=True, kw_only=True):
    """One mention of a place. `role` is actor where a capital stands for its government."""

    span: Span
    name: str
    lat: float | None = None
    lon: float | None = None
    geonames_id: int | None = None
    country: str | None = None  # ISO 3166-1 alpha-3, historical states included
    role: Literal["event", "mention", "actor"] = "mention"
    rivals: tuple[Rival, ...] = ()
    kind: str | None = None  # GeoNames feature code: PCLI, ADM1, PPLC, …
    by: str = ""


class Where(Base, frozen=True, kw_only=True):
    """Where an event happened, and why it is placed there."""

    name: str
    span: Span | None = None
    lat: float | None = None
    lon: float | None = None
    geonames_id: int | None = None
    country: str | None = None
    precision: Literal["point", "city", "division", "country", "region", "unknown"] = "unknown"
    basis: Literal["stated", "inherited", "dateline"] = "stated"
