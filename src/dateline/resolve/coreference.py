"""One event across its mentions: those of one kind, with parties and days that do not clash, become one, told by its fullest mention."""

from typing import NamedTuple

from msgspec.structs import replace

from dateline.codebook import Codebook
from dateline.records import Analysis, Event, Party, Time
from dateline.syntax import root_of, tokens_in

STEM = 4  # letters that "attack" and "attacked", "meet" and "meeting" share
OPEN_CLASSES = frozenset({"NOUN", "PROPN", "PRON"})
BODY_LAST = {"headline": 0, "deck": 1, "caption": 0, "body": 2}


class Mention(NamedTuple):
    """What decides whether two mentions speak of one event."""

    event: Event
    head: int
    sentence: int
    lemma: str
    definite: bool
    indefinite: bool
    actors: frozenset[str]
    recipients: frozenset[str]
    days: frozenset[str]
    headline: bool


def merge_mentions(mentions: list[Event], a: Analysis, codebook: Codebook, *, times: tuple[Time, ...]) -> list[Event]:
    """One event a happening, in order of the trigger that tells it best; its evidence holds the triggers of all its mentions."""
    days = _days_by_sentence(a, times)
    by_type: dict[str | None, list[list[Mention]]] = {}
    for m in (_describe(e, a, days, codebook) for e in mentions):
        groups = by_type.setdefault(m.event.type, [])
        group = next((g for g in reversed(groups) if _one_event(g, m, a)), None)
        if group is None:
            groups.append([m])
        else:
            group.append(m)
    return sorted((_tell(g, a) for groups in by_type.values() for g in groups), key=lambda e: (e.trigger, e.type or ""))


def _describe(e: Event, a: Analysis, days: dict[int, frozenset[str]], codebook: Codebook) -> Mention:
    head = root_of(a, e.trigger)
    head = head if head is not None else 0
    inside = tokens_in(a, e.trigger)
    noun = next((i for i in reversed(inside) if a.pos[i] in OPEN_CLASSES), head)
    definite = a.pos[noun] in OPEN_CLASSES and any(
        (a.dep[c] == "det" and a.lower[c] in codebook.actors.determined) or a.dep[c] == "poss" for c in a.children[noun]
    )
    return Mention(
        event=e,
        head=head,
        sentence=a.sentence[head],
        lemma=a.lemma[noun if a.pos[noun] == "NOUN" else head],
        definite=definite,
        indefinite=a.pos[noun] == "NOUN"
        and any((a.tag[c] == "DT" and a.lower[c] in codebook.happenings.first_told) or a.dep[c] == "nummod" for c in a.children[noun]),
        actors=_keys(e.actor),
        recipients=_keys(e.recipient),
        days=days.get(a.sentence[head], frozenset()),
        headline=a.blocks[a.sentence_block[a.sentence[head]]].kind in ("headline", "deck"),
    )


def _keys(parties: tuple[Party, ...]) -> frozenset[str]:
    return frozenset(p.actor or p.name.casefold() for p in parties)


def _days_by_sentence(a: Analysis, times: tuple[Time, ...]) -> dict[int, frozenset[str]]:
    """The days that each sentence names."""
    found: dict[int, set[str]] = {}
    for t in times:
        inside = tokens_in(a, t.span)
        if inside and t.type in ("DATE", "TIME"):
            found.setdefault(a.sentence[inside[0]], set()).add((t.start or t.value)[:10])
    return {sentence: frozenset(days) for sentence, days in found.items()}


def _one_event(group: list[Mention], m: Mention, a: Analysis) -> bool:
    return all(_compatible(g, m) for g in group) and any(_same(g, m, a) for g in group)


def _compatible(g: Mention, m: Mention) -> bool:
    """Nothing speaks against it: kind, status, days."""
    x, y = g.event, m.event
    if x.type != y.type or x.status != y.status:
        return False
    if x.mode and y.mode and x.mode != y.mode and g.sentence != m.sentence:
        return False
    if g.sentence != m.sentence and g.days and m.days and not g.days & m.days:
        return False
    if m.indefinite and g.sentence != m.sentence and not g.headline:
        return False  # "a second strike" is told for the first time
    return _agree(g.actors, m.actors) and _agree(g.recipients, m.recipients)


def _agree(x: frozenset[str], y: frozenset[str]) -> bool:
    return not x or not y or bool(x & y)


def _same(g: Mention, m: Mention, a: Analysis) -> bool:
    """Something speaks for it: shared parties on both sides, one word for the act, or a tie inside one sentence."""
    one_word = g.lemma == m.lemma or (len(g.lemma) > STEM - 1 and g.lemma[:STEM] == m.lemma[:STEM])
    shared = bool(g.actors & m.actors) + bool(g.recipients & m.recipients)
    if g.sentence == m.sentence:
        return m.event.type is not None and bool(g.actors & m.actors) and _tied(g.head, m.head, a)
    if g.event.type is None:
        return one_word and (shared > 0 or m.definite)
    return shared == 2 or (one_word and (shared == 1 or (m.definite and not m.actors and not m.recipients)))


def _tied(x: int, y: int, a: Analysis) -> bool:
    """Whether one of two acts of a sentence is told as the manner or the outcome of the other: "opened fire, killing two"."""
    return (a.head[y] == x and a.dep[y] in ("advcl", "xcomp")) or (a.head[x] == y and a.dep[x] in ("advcl", "xcomp"))


def _tell(group: list[Mention], a: Analysis) -> Event:
    """The group as one event: the fullest mention in the body tells it; parties that it lacks come from the others."""
    if len(group) == 1:
        return group[0].event
    best = max(group, key=lambda m: (_rank(m, a), -m.event.trigger.start))
    event = best.event
    evidence = tuple(sorted({s for m in group for s in m.event.evidence}))
    others = [m.event for m in group if m is not best]
    return replace(
        event,
        actor=event.actor or next((o.actor for o in others if o.actor), ()),
        recipient=event.recipient or next((o.recipient for o in others if o.recipient), ()),
        reported_by=tuple(dict.fromkeys(i for e in (event, *others) for i in e.reported_by)),
        confidence=max(m.event.confidence for m in group),
        evidence=evidence,
    )


def _rank(m: Mention, a: Analysis) -> tuple[int, int, float]:
    block = a.blocks[a.sentence_block[m.sentence]].kind
    return BODY_LAST[block], bool(m.event.actor) + bool(m.event.recipient), m.event.confidence
