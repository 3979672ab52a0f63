"""Found events → events: actors, codes, status by scope, the statements they rest on, one event across mentions."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from dateline.codebook import Codebook
from dateline.mentions import actor_index
from dateline.records import Actor, Analysis, Event, Fields, FoundEvent, Party, Span, Speaker, Statement, Time
from dateline.resolve.coreference import merge_mentions
from dateline.resolve.status import status_of
from dateline.syntax import Stretches, root_of, span_of, text_of, tokens_in


def resolve_events(
    found: tuple[FoundEvent, ...],
    a: Analysis,
    fields: Fields,
    codebook: Codebook,
    *,
    actors: tuple[Actor, ...],
    statements: tuple[Statement, ...],
    times: tuple[Time, ...],
) -> tuple[Event, ...]:
    """The events of the report; `when`, `where` and `reported_as` are judged by the functions that follow."""
    parties = Parties(a, actors, codebook)
    contents = Stretches((c, k) for k, s in enumerate(statements) for c in s.content)
    mentions = [_mention(f, a, codebook, parties, [statements[k] for k in contents.over(f.trigger)]) for f in found]
    merged = merge_mentions(mentions, a, codebook, times=times)
    return tuple(replace(e, id=f"e{i}") for i, e in enumerate(merged, 1))


class Parties:
    """The parties that phrases of one report name."""

    def __init__(self, a: Analysis, actors: Iterable[Actor], codebook: Codebook) -> None:
        actors = tuple(actors)
        self._a, self._adjectives, self._first_person = a, codebook.actors.adjectives, codebook.roles.first_person
        self._by_id = {actor.id: actor for actor in actors}
        self._named = actor_index(actors, a)

    def party(self, span: Span, speaker: Speaker | None = None) -> Party:
        """The party that a phrase names: the actor whose mention has the same head, the speaker for "I" and "we", or the words alone."""
        a, head = self._a, root_of(self._a, span)
        actor = self._named.at_token(head) if head is not None else None
        if actor is None and speaker is not None and head is not None and a.lower[head] in self._first_person:
            who = self._by_id.get(speaker.actor or "")
            if who is not None:
                return Party(name=who.name, span=span, actor=who.id, country=who.country, sector=who.sector)
            return Party(name=speaker.name, span=span)
        if actor is None:
            return Party(name=_bare_name(a, span), span=span)
        if head is not None and actor.by == "actors.codebook" and actor.type == "ORG" and _some_of(a, head):
            return Party(name=_bare_name(a, span), span=span, actor=actor.id, country=actor.country, sector=actor.sector)
        name = self._named_by_state(head, actor) if head is not None else actor.name
        return Party(name=name, span=span, actor=actor.id, country=actor.country, sector=actor.sector)

    def _named_by_state(self, head: int, actor: Actor) -> str:
        """The actor's name; for a body that is told by a pronoun or a short name of its state ("its army"), with the state's adjective."""
        a = self._a
        owner = next((c for c in a.children[head] if a.dep[c] == "poss"), None)
        state = self._named.at_token(owner) if owner is not None else None
        if owner is None or state is None or state.type != "GPE" or a.word[owner] in state.name.split()[-1:] or actor is state:
            return actor.name
        adjective = self._adjectives.get(state.country or "")
        words = [a.word[i] for i in range(owner + 1, head + 1) if a.tag[i] != "POS"]
        return " ".join([adjective, *words]) if adjective else actor.name


def _some_of(a: Analysis, head: int) -> bool:
    """Whether a plural names some members of a body and not the body: "Senate Republicans", "other Greens"."""
    return a.tag[head] == "NNPS" and any(c < head and a.dep[c] in ("amod", "nummod", "compound") for c in a.children[head])


def _bare_name(a: Analysis, span: Span) -> str:
    """A phrase without the article before it and the 's behind it."""
    inside = tokens_in(a, span)
    while len(inside) > 1 and a.tag[inside[0]] in ("DT", "PDT") and a.lower[inside[0]] in ("the", "a", "an"):
        inside = inside[1:]
    while len(inside) > 1 and a.tag[inside[-1]] == "POS":
        inside = inside[:-1]
    return text_of(a, span_of(a, inside[0], inside[-1] + 1)) if inside else text_of(a, span)


def _mention(f: FoundEvent, a: Analysis, codebook: Codebook, parties: Parties, around: Sequence[Statement]) -> Event:
    """One mention as an event of its own; `around` are the statements whose content holds it."""
    head = root_of(a, f.act or f.trigger)
    status, by = status_of(a, head, codebook.status, refusal=f.refusal) if head is not None else ("actual", ())
    speaker = _speaker(around)
    return Event(
        id="",
        trigger=f.trigger,
        type=f.type,
        mode=f.mode,
        contexts=f.contexts,
        cameo=f.cameo or codebook.events.cameo(f.type, f.mode),
        quad=codebook.events.quad(f.type),
        intensity=codebook.events.score(f.type, f.mode),
        actor=tuple(parties.party(s, speaker) for s in f.actor),
        recipient=tuple(parties.party(s, speaker) for s in f.recipient),
        status=status,
        status_by=tuple(span_of(a, i, i + 1) for i in by),
        reported_by=tuple(s.id for s in around),
        evidence=tuple(sorted({f.trigger, *f.evidence})),
        confidence=round(f.score, 3),
        by=f.by,
    )


def _speaker(around: Sequence[Statement]) -> Speaker | None:
    """Who says the words that these statements hold: the speaker of the innermost one."""
    return min(around, key=lambda s: sum(c.end - c.start for c in s.content)).speaker if around else None
