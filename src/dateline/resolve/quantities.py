"""Which event each figure belongs to, and whose words give it. Rival figures of one event stay side by side."""

from msgspec.structs import replace

from dateline.codebook import Codebook
from dateline.records import Analysis, Event, Quantity, Statement
from dateline.syntax import Stretches, tokens_in

HARMED_BY: dict[str, frozenset[str]] = {
    "deaths": frozenset({"ASSAULT"}),
    "injured": frozenset({"ASSAULT"}),
    "abducted": frozenset({"ASSAULT"}),
    "arrests": frozenset({"COERCE"}),
}
SHORT = 60  # characters: longer evidence is a clause, not a mention of the event
FAR = 12  # tokens between a figure and the trigger that it counts, when the parse does not join them


def resolve_quantities(
    found: tuple[Quantity, ...],
    events: tuple[Event, ...],
    a: Analysis,
    codebook: Codebook,
    *,
    statements: tuple[Statement, ...] = (),
) -> tuple[tuple[Quantity, ...], tuple[Event, ...]]:
    """The quantities with ids, `of` and `reported_by` (the narrowest statement first), and the events with the ids of their quantities."""
    triggers = _triggers(events, a)
    contents = [(c, s.id) for s in statements for c in s.content]
    holders = Stretches((c, n) for n, (c, _) in enumerate(contents))
    resolved = []
    held: dict[str, list[str]] = {}
    for number, quantity in enumerate(found, 1):
        event = _event_of(quantity, triggers, a)
        name = f"q{number}"
        narrowest = sorted((c.end - c.start, told) for c, told in (contents[n] for n in holders.over(quantity.span)))
        reported_by = tuple(dict.fromkeys(told for _, told in narrowest))
        resolved.append(replace(quantity, id=name, of=event.id if event else None, reported_by=reported_by))
        if event:
            held.setdefault(event.id, []).append(name)
    return tuple(resolved), tuple(replace(e, quantities=tuple(held[e.id])) if e.id in held else e for e in events)


def _triggers(events: tuple[Event, ...], a: Analysis) -> dict[int, Event]:
    """Token → the event that it is a mention of; the trigger itself before other mentions."""
    found: dict[int, Event] = {}
    for event in events:
        for token in tokens_in(a, event.trigger):
            found.setdefault(token, event)
    for event in events:
        for span in event.evidence:
            if span.end - span.start <= SHORT and span != event.trigger:
                for token in tokens_in(a, span):
                    if a.pos[token] in ("VERB", "NOUN"):
                        found.setdefault(token, event)
    return found


def _event_of(q: Quantity, triggers: dict[int, Event], a: Analysis) -> Event | None:
    """The event whose mention holds the figure, governs it, or stands nearest in its sentence and does such harm."""
    inside = tokens_in(a, q.span)
    if not inside or not triggers:
        return None
    for token in inside:
        if token in triggers:
            return triggers[token]
    token = next((i for i in inside if not inside[0] <= a.head[i] <= inside[-1] or a.head[i] == i), inside[-1])
    event = _governing(token, triggers, a)
    wanted = HARMED_BY.get(q.unit or "")
    if event and (wanted is None or event.type in wanted or event.type is None):
        return event
    return _nearest(inside, triggers, a, wanted) or event


def _governing(token: int, triggers: dict[int, Event], a: Analysis) -> Event | None:
    """The first mention of an event on the way up; else one in a clause behind the figure's noun ("20 people held")."""
    at = token
    while a.head[at] != at:
        at = a.head[at]
        if at in triggers:
            return triggers[at]
    return next((triggers[c] for c in a.children[token] if a.dep[c] in ("acl", "relcl") and c in triggers), None)


def _nearest(inside: list[int], triggers: dict[int, Event], a: Analysis, wanted: frozenset[str] | None) -> Event | None:
    """The nearest mention in the sentence of an event that does this kind of harm; for deaths and the like, of the sentence before too."""
    first, last = a.sentences[a.sentence[inside[0]]]
    near = [t for t in triggers if first <= t < last and (wanted is None or triggers[t].type in wanted)]
    if wanted is None:
        near = [t for t in near if min(abs(t - inside[0]), abs(t - inside[-1])) <= FAR and _same_clause(t, inside[-1], a)]
    if not near and wanted is not None and a.sentence[inside[0]]:
        before = a.sentences[a.sentence[inside[0]] - 1]
        near = [t for t in triggers if before[0] <= t < before[1] and triggers[t].type in wanted]
    best = min(near, key=lambda t: (min(abs(t - inside[0]), abs(t - inside[-1])), t), default=None)
    return None if best is None else triggers[best]


def _same_clause(trigger: int, figure: int, a: Analysis) -> bool:
    """Whether the trigger governs the figure's clause or hangs on the same verb."""
    return _verb_of(trigger, a) == _verb_of(figure, a)


def _verb_of(i: int, a: Analysis) -> int:
    while a.pos[i] not in ("VERB", "AUX") and a.head[i] != i:
        i = a.head[i]
    return i
