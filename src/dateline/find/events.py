"""Finds events: trigger, parties and type of what happened to whom."""

from dateline.codebook import Codebook
from dateline.find.event_types import Trigger, classify, find_triggers
from dateline.find.roles import Act, Parties, choose_parties
from dateline.records import Analysis, FoundActor, FoundEvent, FoundStatement, Span
from dateline.syntax import root_of, span_of

LONGEST_TRIGGER = 6  # tokens; a trigger with more between its words is shown by its core alone
NAMES = frozenset({"DATE", "TIME", "PERSON", "ORG", "GPE", "NORP", "FAC", "LOC", "PRODUCT", "WORK_OF_ART", "LAW", "CARDINAL", "ORDINAL"})
LONGEST_OF = 5  # tokens of an "of" phrase that still belong to a party's name


def find_events(
    a: Analysis,
    codebook: Codebook,
    *,
    statements: tuple[FoundStatement, ...],
    actors: tuple[FoundActor, ...],
    least: float = 0.0,
) -> tuple[FoundEvent, ...]:
    """Every event, in order of its trigger. It is given the statements and actor mentions; it does not fetch them.

    Events whose score is below `least` (0 to 1) are left out.
    """
    kinds = party_kinds(a, actors)
    captions = [(b.first, b.last) for b in a.blocks if b.kind == "caption"]
    found = []
    for trigger in find_triggers(a, codebook):
        if any(first <= trigger.head < last for first, last in captions) or not names_act(a, trigger):
            continue
        event = read_event(a, trigger, codebook, kinds)
        if event is not None and event.score >= least:
            found.append(event)
    return tuple(sorted(found, key=lambda e: (e.trigger, e.type or "")))


def read_event(a: Analysis, trigger: Trigger, codebook: Codebook, kinds: dict[int, str]) -> FoundEvent | None:
    """The event that a trigger tells; None where nothing speaks for a type."""
    act = Act(trigger.head, trigger.core, frozenset(trigger.tokens), trigger.votes[0].type if trigger.votes else "")
    parties = choose_parties(a, act, codebook.roles, kinds)
    actor, recipient = party_spans(a, parties.actor), party_spans(a, parties.recipient)
    judged = classify(a, trigger, codebook, actor=_first(actor), recipient=_first(recipient))
    if judged.type is None:
        return None
    return FoundEvent(
        trigger=trigger_span(a, trigger),
        type=judged.type,  # type: ignore[arg-type]
        mode=judged.mode,
        actor=actor,
        recipient=recipient,
        score=round(judged.confidence * certainty(parties), 4),
        by=",".join(v.entry for v in judged.votes[:3]),
    )


def names_act(a: Analysis, trigger: Trigger) -> bool:
    """Whether a trigger's word tells of an act: not part of a name or a date, and not the mere description of somebody or something."""
    core = trigger.core
    entity = a.entity[core]
    if entity >= 0 and a.pos[core] == "PROPN" and a.entities[entity].label in NAMES:
        return False
    if a.dep[core] == "amod" or (a.dep[core] in ("compound", "nmod") and a.pos[a.head[core]] in ("NOUN", "PROPN")):
        return False
    return True


def _first(spans: tuple[Span, ...]) -> Span | None:
    return spans[0] if spans else None


def certainty(parties: Parties) -> float:
    """How sure the parties are, 0 to 1."""
    return 0.4 + 0.3 * bool(parties.actor) + 0.3 * bool(parties.recipient)


def party_kinds(a: Analysis, actors: tuple[FoundActor, ...]) -> dict[int, str]:
    """What stands at the head of each actor mention: a name, a described person or group, a pronoun."""
    names = {"name": "name", "nominal": "person", "pronoun": "pronoun"}
    found: dict[int, str] = {}
    for m in actors:
        head = root_of(a, m.head)
        if head is not None:
            found.setdefault(head, names[m.kind])
    return found


def trigger_span(a: Analysis, trigger: Trigger) -> Span:
    """The words of a trigger as one stretch; its core alone when they stand far apart."""
    first, last = min(trigger.tokens), max(trigger.tokens) + 1
    if last - first > LONGEST_TRIGGER:
        return span_of(a, trigger.core, trigger.core + 1)
    return span_of(a, first, last)


def party_spans(a: Analysis, heads: tuple[int, ...]) -> tuple[Span, ...]:
    """The noun phrases of these heads: modifiers before, and a short "of" behind."""
    return tuple(span_of(a, *phrase_of(a, head)) for head in heads)


def phrase_of(a: Analysis, head: int) -> tuple[int, int]:
    """Tokens [first, last) of the noun phrase at a head, without relative clauses and without what is joined to it."""
    first = head
    for c in reversed([c for c in a.children[head] if c < head]):
        if a.dep[c] in ("punct", "cc", "conj", "preconj", "appos", "relcl"):
            break
        first = a.left[c]
    last = head + 1
    for c in (c for c in a.children[head] if c > head):
        if a.dep[c] == "prep" and a.lower[c] == "of" and a.left[c] == last and a.right[c] - c <= LONGEST_OF:
            last = a.right[c] + 1
        elif a.dep[c] != "case":
            break
    return first, last
