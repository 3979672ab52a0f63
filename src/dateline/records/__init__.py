"""What flows down the line: frozen, typed, without logic. Imports nothing of ours."""

from dateline.records.actors import Actor, ActorType, FoundActor, Origin, Party
from dateline.records.analysis import Analysis, Block, BlockKind, Entity
from dateline.records.base import Base, Interval, Span, Value
from dateline.records.events import Event, FoundEvent, Novelty, PloverType, Status
from dateline.records.places import FoundPlace, Place, Rival, Where
from dateline.records.quantities import Operator, Quantity
from dateline.records.record import Check, Record
from dateline.records.report import Caption, Fields, Paragraph, Rejected, Report, Stage, Tag
from dateline.records.statements import (
    Fidelity,
    FoundStatement,
    Link,
    Named,
    Narration,
    Speaker,
    Statement,
    StatementKind,
    StatementType,
)
from dateline.records.times import FoundTime, Precision, Time, TimeType, When, WhenBasis

__all__ = [
    "Actor",
    "ActorType",
    "Analysis",
    "Base",
    "Block",
    "BlockKind",
    "Caption",
    "Check",
    "Entity",
    "Event",
    "Fidelity",
    "Fields",
    "FoundActor",
    "FoundEvent",
    "FoundPlace",
    "FoundStatement",
    "FoundTime",
    "Interval",
    "Link",
    "Named",
    "Narration",
    "Novelty",
    "Operator",
    "Origin",
    "Paragraph",
    "Party",
    "Place",
    "PloverType",
    "Precision",
    "Quantity",
    "Record",
    "Rejected",
    "Report",
    "Rival",
    "Span",
    "Speaker",
    "Stage",
    "Statement",
    "StatementKind",
    "StatementType",
    "Status",
    "Tag",
    "Time",
    "TimeType",
    "Value",
    "When",
    "WhenBasis",
    "Where",
]  # fmt: skip
