"""Events: what happened to whom, which words say so, how real it is, and how old."""

from typing import Literal

from dateline.records.actors import Party
from dateline.records.base import Base, Span
from dateline.records.places import Where
from dateline.records.times import When

PloverType = str  # a type of the codebook; the shipped ones are PLOVER's sixteen
Status = Literal["actual", "negated", "planned", "threatened", "hypothetical", "alleged"]
Novelty = Literal["new", "background", "ongoing"]


class FoundEvent(Base, frozen=True, kw_only=True):
    """The words of one event: trigger and parties as spans, the type with the votes that gave it."""

    trigger: Span
    act: Span | None = None  # the word of the act itself, when the trigger starts with another: "agreed to [withdraw]"
    type: PloverType | None
    mode: str | None = None
    cameo: str | None = None
    contexts: tuple[str, ...] = ()
    actor: tuple[Span, ...] = ()
    recipient: tuple[Span, ...] = ()
    refusal: bool = False  # the type itself is read from a negation: "will not release" is a refusal, and the refusal is a fact
    evidence: tuple[Span, ...] = ()  # other words of its sentence that tell the same happening: "the [raid] killed two"
    score: float = 1.0
    by: str = ""


class Event(Base, frozen=True, kw_only=True):
    """One event, resolved."""

    id: str
    trigger: Span
    type: PloverType | None
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    quad: int | None = None
    intensity: float | None = None
    actor: tuple[Party, ...] = ()
    recipient: tuple[Party, ...] = ()
    when: When = When()
    where: Where | None = None
    status: Status = "actual"
    status_by: tuple[Span, ...] = ()
    reported_as: Novelty = "background"
    reported_as_by: tuple[Span, ...] = ()
    reported_by: tuple[str, ...] = ()
    quantities: tuple[str, ...] = ()
    evidence: tuple[Span, ...] = ()
    confidence: float = 1.0
    by: str = ""
