"""What is known of an event beside its words: how its act is told, how real and how old it is taken to be, how its parties stand to it.

Each piece is a short name such as `tense=past`; the models of resolve/confidence.py weigh them, and training/confidence.py asks for the
same. No name, and no word of the text but the smallest ones (prepositions, pronouns, determiners), written after a '.
"""

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from dateline.codebook import Codebook
from dateline.mentions import actor_index
from dateline.records import Actor, Analysis, Event, Party
from dateline.resolve.newsday import layout_of, quoted
from dateline.resolve.tense import VERBAL, governing_verb, tense_of
from dateline.syntax import OBJECTS, ancestors, root_of, subject_of, tokens_in

NOUNS = frozenset({"NOUN", "PROPN"})
PRONOUNS = frozenset({"PRP", "PRP$"})
FARTHEST = 4  # steps of a way that is told step by step
Pieces = Iterator[str]


class Told(NamedTuple):
    """Where an event stands: the words of its trigger, the one that governs them, the noun that says what it is, its type, whether it is quoted."""

    event: Event
    inside: list[int]
    head: int
    core: int
    type: str
    quoted: bool
    own: str  # tense of its own word
    tense: str  # and of the verb that governs it


class Looks:
    """What the events of one report look like: built once, asked for each."""

    def __init__(self, a: Analysis, codebook: Codebook, actors: tuple[Actor, ...], events: tuple[Event, ...]) -> None:
        self.a, self.codebook, self.places = a, codebook, layout_of(a).places
        self.words = codebook.times.languages["en"].when
        self.actors = {actor.id: actor for actor in actors}
        self.named = actor_index(actors, a)
        self.mentions = self.named.heads()
        self.heads = sorted(h for e in events if (h := root_of(a, e.trigger)) is not None)

    def at(self, e: Event) -> dict[str, tuple[str, ...]]:
        """What is known of an event, by group; nothing of one whose trigger holds no word."""
        a, inside = self.a, tokens_in(self.a, e.trigger)
        head = root_of(a, e.trigger)
        if head is None:
            return {}
        core = next((i for i in reversed(inside) if a.pos[i] in NOUNS), head)
        own, verb = tense_of(a, head, self.words), governing_verb(a, head)
        tense = own if verb == head else tense_of(a, verb, self.words) if verb is not None else "none"
        t = Told(e, inside, head, core, e.type or "none", quoted(a, head), own, tense)
        return {
            "act": (*self._act(t), *(self._verb(t) if a.pos[head] in VERBAL else self._noun(t))),
            "around": tuple(self._around(t)),
            "status": tuple(self._status(t)),
            "age": tuple(self._age(t)),
            "actor": tuple(self._party("actor", e.actor, t)),
            "recipient": tuple(self._party("recipient", e.recipient, t)),
            "both": tuple(self._both(t)),
        }

    def _act(self, t: Told) -> Pieces:
        """By which entries of the lexicon the act is told, how sure its type is, what its word is."""
        a, e = self.a, t.event
        entries = e.by.split(",")
        plain: frozenset[str] = self.codebook.standing.plain.get(t.type, frozenset())
        told = any(a.lemma[i].lower() in plain or a.lower[i] in plain for i in t.inside)
        sure = size(e.confidence / (0.4 + 0.3 * bool(e.actor) + 0.3 * bool(e.recipient)), 0.3, 0.5, 0.7, 0.85, 0.95)
        yield from (f"type={t.type}", f"mode={t.type}/{e.mode}", f"entry={entries[0]}", f"entries={len(entries)}")
        yield from (f"sure={sure}", f"sure={sure} {t.type}", f"plain={told}", f"plain={told} {t.type}")
        yield from (f"tag={a.tag[t.head]}", f"tag={a.tag[t.head]} {t.type}", f"core={a.pos[t.core]}")

    def _verb(self, t: Told) -> Pieces:
        """The grammar of a verb."""
        a, head, tense = self.a, t.head, t.own
        deps = {a.dep[c] for c in a.children[head]}
        yield from (f"tense={tense}", f"tense={tense} {t.type}", f"object={'dobj' in deps} {t.type}")
        yield from (f"has={dep}" for dep in sorted(deps))
        for c in a.children[head]:
            if a.dep[c] == "prep":
                yield from (f"prep='{a.lower[c]}", f"prep='{a.lower[c]} {t.type}")
            elif a.dep[c] == "dobj":
                known = self.named.at_token(c) is not None
                yield from (f"known object={known}", f"known object={known} {t.type}")

    def _noun(self, t: Told) -> Pieces:
        """The grammar of a noun."""
        yield f"det={self._determiner(t.head)}"
        yield from (f"before noun={self.a.dep[c]}" for c in self.a.children[t.head] if self.a.dep[c] in ("amod", "compound"))

    def _determiner(self, i: int) -> str:
        a = self.a
        if any(a.dep[c] == "poss" for c in a.children[i]):
            return "owner"
        return next((f"'{a.lower[c]}" for c in a.children[i] if a.dep[c] == "det"), "none")

    def _around(self, t: Told) -> Pieces:
        """The sentence and where it stands."""
        a, k = self.a, self.a.sentence[t.head]
        first, last = a.sentences[k]
        yield f"verbs={size(a.pos[first:last].count('VERB'), 1, 2, 4, 6)}"
        yield f"acts={min(4, count(self.heads, first, last))}"
        yield from (f"person='{word}" for word in sorted({a.lower[i] for i in range(first, last) if a.tag[i] in PRONOUNS}))
        yield from (f"quoted={t.quoted}", f"quoted={t.quoted} {t.type}", f"statements={min(2, len(t.event.reported_by))}")
        yield f"place={self.places[k]}"

    def _status(self, t: Told) -> Pieces:
        """How real the event is taken to be, and by which words."""
        a, status, tense = self.a, t.event.status, t.tense
        yield from (f"status={status}", f"status={status} {t.type}", f"tense={tense}", f"tense={tense} {status}")
        for i in (root_of(a, span) for span in t.event.status_by[:1]):
            if i is not None:
                yield from (f"status by={a.tag[i]}", f"status by={a.tag[i]} {status}", f"status way={way(a, t.head, i)} {status}")

    def _age(self, t: Told) -> Pieces:
        """How old the event is taken to be, and by which words and day."""
        a, e, age, tense = self.a, t.event, t.event.reported_as, t.tense
        yield from (f"age={age}", f"age={age} {e.status}", f"status={e.status}", f"status={e.status} {t.type}")
        yield from (
            f"basis={e.when.basis}",
            f"basis={e.when.basis} {age}",
            f"precision={e.when.precision}",
            f"precision={e.when.precision} {age}",
        )
        yield from (f"tense={tense}", f"tense={tense} {age}", f"tense={tense} {e.status}", f"own={t.own} {age}")
        yield from (f"quoted={t.quoted} {age}", f"place={self.places[a.sentence[t.head]]} {age}")
        for i in (root_of(a, span) for span in e.reported_as_by[:1]):
            if i is not None:
                yield from (f"age by={a.tag[i]} {age}", f"age by itself={i == t.head} {age}")
        if not e.reported_as_by:
            yield from ("age by=none", f"age by=none {age}")

    def _party(self, role: str, parties: tuple[Party, ...], t: Told) -> Pieces:
        """Who a party is and how the act's word leads to it."""
        a = self.a
        yield f"{role}s={min(len(parties), 3)}"
        if not parties:
            yield f"{role}=nobody {t.type}"
            return
        first, kind = parties[0], self._kind(parties[0])
        actor = self.actors.get(first.actor or "")
        yield from (f"{role}={kind}", f"{role}={kind} {t.type}", f"{role} sector={first.sector}", f"{role} sector={first.sector} {t.type}")
        yield f"{role} mentions={size(len(actor.mentions), 1, 2, 4, 8) if actor else 'unknown'}"
        i = root_of(a, first.span) if first.span else None
        if i is not None:
            yield from (f"{role} {piece}" for piece in self._stands(i, kind.partition(" ")[0], t))

    def _kind(self, p: Party) -> str:
        """What the words of a party are, and which sort of actor is meant."""
        a, head = self.a, root_of(self.a, p.span) if p.span else None
        actor = self.actors.get(p.actor or "")
        if head is None:
            return "wordless"
        if a.pos[head] == "PRON":
            return f"pronoun '{a.lower[head]}" if actor else "pronoun open"
        return f"{'name' if a.pos[head] == 'PROPN' else 'nominal'} {actor.type}" if actor else f"unknown {a.pos[head]}"

    def _stands(self, i: int, kind: str, t: Told) -> Pieces:
        """How a party's word stands to the act's."""
        a = self.a
        near = way(a, t.head, i) if a.sentence[i] == a.sentence[t.head] else "other sentence"
        if t.core != t.head and a.sentence[i] == a.sentence[t.head]:
            near = min((near, way(a, t.core, i)), key=len)
        bare = ".".join(step.partition("'")[0] for step in near.split("."))
        first, last = sorted((i, t.core))
        yield from (f"way={near}", f"way={bare}", f"way={bare} {t.type}", f"way={bare} {kind}", f"steps={near.count('.')}")
        yield from (f"dep={a.dep[i]}", f"tag={a.tag[i]}", f"between={min(3, count(self.mentions, first + 1, last))}")
        yield f"verbs={min(3, a.pos[first + 1 : last].count('VERB'))}"
        if a.pos[i] == "NOUN":
            yield f"det={self._determiner(i)}"
        if a.pos[t.head] in VERBAL:
            yield f"subject={subject_of(a, t.head) == i}"

    def _both(self, t: Told) -> Pieces:
        """Both parties together, and who else might have been one."""
        a, e = self.a, t.event
        yield f"sides={bool(e.actor)} {bool(e.recipient)} {t.type}"
        if e.actor and e.recipient:
            yield f"kinds={self._kind(e.actor[0]).partition(' ')[0]} {self._kind(e.recipient[0]).partition(' ')[0]}"
        taken = {root_of(a, p.span) for p in (*e.actor, *e.recipient) if p.span}
        free = next((c for c in a.children[t.head] if a.dep[c] in OBJECTS and c not in taken), None)
        yield from (f"free object={free is not None}", f"free object={free is not None} {t.type}")
        if free is not None:
            yield from (f"free object={a.pos[free]}", f"free object known={self.named.at_token(free) is not None}")
        behind = sorted({c for top in (t.head, t.core) for c in a.children[top] if a.dep[c] == "prep"})
        others = [c for c in behind for g in a.children[c] if a.dep[g] == "pobj" and g not in taken and self.named.at_token(g) is not None]
        yield f"free preps={min(2, len(others))}"
        yield from (f"free prep='{a.lower[c]}" for c in others)


def way(a: Analysis, start: int, end: int) -> str:
    """The steps in the parse from one word to another: `^xcomp.nsubj`, `prep'with.pobj`; `far` for a long way."""
    up = [start, *ancestors(a, start)]
    down = [end]
    while down[-1] not in up and a.head[down[-1]] != down[-1]:
        down.append(a.head[down[-1]])
    if down[-1] not in up:
        return "apart"
    steps = [f"^{a.dep[i]}" for i in up[: up.index(down[-1])]]
    steps += [f"prep'{a.lower[i]}" if a.dep[i] == "prep" else a.dep[i] for i in reversed(down[:-1])]
    return ".".join(steps) if len(steps) <= FARTHEST else "far"


def count(places: list[int], first: int, last: int) -> int:
    """How many of the places, in order, lie in [first, last)."""
    return bisect_left(places, last) - bisect_left(places, first)


def size(n: float, *steps: float) -> str:
    """The first step that n does not pass."""
    return next((f"to {step:g}" for step in steps if n <= step), "more")
