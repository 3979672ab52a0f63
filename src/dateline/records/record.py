"""The checked record of one report: the contract. docs/record.md documents every field; a test keeps it true."""

from typing import Literal

import msgspec

from dateline.records.actors import Actor, Origin
from dateline.records.base import Base, Span
from dateline.records.events import Event
from dateline.records.places import Place
from dateline.records.quantities import Quantity
from dateline.records.report import Fields
from dateline.records.statements import Narration, Statement
from dateline.records.times import Time


class Check(Base, frozen=True, kw_only=True):
    """What one check found: its name, its result, the words it looked at, and one plain sentence."""

    check: str
    result: Literal["pass", "fail", "flag"]
    spans: tuple[Span, ...]
    says: str


class Record(Base, frozen=True, kw_only=True):
    """Everything that Dateline read in one report, each value with the characters that say it."""

    id: str
    read_from: str
    text_sha256: str
    text: str | msgspec.UnsetType = msgspec.UNSET
    language: str | None
    stages_not_run: tuple[str, ...] = ()
    codebook: str
    model: str | None
    dateline_version: str
    report: Fields
    statements: tuple[Statement, ...] = ()
    narration: tuple[Narration, ...] = ()
    events: tuple[Event, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    actors: tuple[Actor, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    origins: tuple[Origin, ...] = ()
    checks: tuple[Check, ...] = ()
