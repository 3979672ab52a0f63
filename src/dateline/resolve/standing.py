"""Which events are affairs of public life: those that a public actor does, or that are done to one, and force whoever does it.

After the parties are resolved and the events dated: a verb of private life ("asked his wife", "the firm agreed to buy") names no
political event, and only who acts on whom tells. The words that tell by themselves stand in `standing.yml`.
"""

from msgspec.structs import replace

from dateline.codebook import Codebook
from dateline.records import Actor, Analysis, Event, Party
from dateline.syntax import root_of, tokens_in

FORCE = frozenset({"ASSAULT", "COERCE"})
DATED = frozenset({"stated", "relative", "inherited"})
VERBS = frozenset({"VERB", "AUX"})


def keep_public(events: tuple[Event, ...], a: Analysis, codebook: Codebook, *, actors: tuple[Actor, ...]) -> tuple[Event, ...]:
    """The events of public life, numbered anew; a thing or a topic is no recipient of an act of words."""
    judge = Judge(a, codebook, actors)
    told = (judge.without_topics(e) for e in events)
    return tuple(replace(e, id=f"e{i}") for i, e in enumerate((e for e in told if judge.keeps(e)), 1))


class Judge:
    """What makes the parties of one report public."""

    def __init__(self, a: Analysis, codebook: Codebook, actors: tuple[Actor, ...]) -> None:
        self.a, self.words, self.known = a, codebook.standing, codebook.actors.known
        self.categories = codebook.events.categories
        self.actors = {actor.id: actor for actor in actors}

    def without_topics(self, e: Event) -> Event:
        """The event without recipients that are no actors; force strikes things too, and a happening without a type has no recipient."""
        if e.type in FORCE:
            return e
        kept = () if e.type is None else tuple(p for p in e.recipient if p.actor or self._is_named_place(p))
        return e if len(kept) == len(e.recipient) else replace(e, recipient=kept)

    def keeps(self, e: Event) -> bool:
        """Whether an event is of public life."""
        if e.type is None:
            return self._is_public_happening(e)
        if e.type in FORCE:
            return self._is_force(e)
        if e.type == "PROTEST":
            return self._is_plain(e) or (any(p.actor for p in e.actor) and any(map(self.is_public, e.recipient)))
        return self._has_both_sides(e) and self._is_public_act(e)

    def _is_public_happening(self, e: Event) -> bool:
        """A state that a process has come to, or what a public actor did, or what took place on a day that the report names."""
        if e.by == "state":
            return True
        if e.actor and not any(self.is_public(p) or self._is_prominent(p) for p in e.actor):
            return False
        return e.when.basis in DATED or (bool(e.actor) and any(self.a.pos[i] in VERBS for i in tokens_in(self.a, e.trigger)))

    def _has_both_sides(self, e: Event) -> bool:
        return e.type not in self.words.two_sided or bool(e.recipient) or len(e.actor) > 1 or e.mode in self.words.one_sided_modes

    def _is_public_act(self, e: Event) -> bool:
        if not self._is_plain(e):
            mutual = len(e.actor) > 1 and e.type in ("CONSULT", "AGREE", "COOPERATE")
            acts, others = any(map(self._is_official, e.actor)), any(map(self._is_official, e.recipient))
            return acts and (others or mutual or self._is_stately(e))
        others = any(map(self.is_public, e.recipient))
        return any(map(self.is_public, e.actor)) or (others and (not e.actor or any(p.actor for p in e.actor)))

    def _is_plain(self, e: Event) -> bool:
        """Whether the trigger holds a word that tells of the act by itself."""
        plain = self.words.plain.get(e.type or "", frozenset())
        told = any(self.a.lemma[i].lower() in plain or self.a.lower[i] in plain for i in tokens_in(self.a, e.trigger))
        return told or self._is_refusal(e)

    def _is_refusal(self, e: Event) -> bool:
        """Whether an entry of the lexicon for negated words gave the type: "will never stop"."""
        name, _, number = e.by.partition(",")[0].partition("#")
        category = self.categories.get(name)
        return category is not None and number.isdigit() and category.triggers[int(number)].negated

    def _is_stately(self, e: Event) -> bool:
        """Whether a state or one of its bodies does something to a place, or something that the lexicon names by a phrase."""
        state = any(p.country in self.known and (p.sector is None or p.sector in self.words.armed) and self._is_official(p) for p in e.actor)
        phrase = len(tokens_in(self.a, e.trigger)) > 1
        return state and (phrase or any(self._is_place(p) for p in e.recipient))

    def _is_force(self, e: Event) -> bool:
        """Whether a word of force tells of force: somebody armed uses it, or the sentence tells of violence, and of no accident."""
        said = self._sentence(e)
        armed = any(p.sector in self.words.armed or (p.sector is None and self._is_official(p)) for p in e.actor)
        violent = e.mode in self.words.violent_modes or not self.words.violence.isdisjoint(said)
        if not any(p.actor for p in e.actor) and not e.mode and not self.words.accidents.isdisjoint(said):
            return False
        if self._is_plain(e):
            return armed or e.type == "COERCE" or violent
        return armed and (violent or any(p.actor or self._is_named_place(p) for p in e.recipient))

    def _sentence(self, e: Event) -> frozenset[str]:
        """The lemmas of the event's sentence but for its trigger's own, which speaks for itself only when somebody is hurt by it."""
        head = root_of(self.a, e.trigger)
        if head is None:
            return frozenset()
        first, last = self.a.sentences[self.a.sentence[head]]
        people = any(p.actor for p in e.recipient) or not e.actor
        own = frozenset() if people else frozenset(tokens_in(self.a, e.trigger))
        return frozenset(self.a.lemma[i].lower() for i in range(first, last) if i not in own)

    def is_public(self, p: Party) -> bool:
        """Whether a party acts in public: an official one, or somebody whose standing the report takes for known."""
        actor = self.actors.get(p.actor or "")
        known = actor is not None and actor.type == "PERSON" and p.sector is None and self._is_prominent(p)
        return known or self._is_official(p)

    def _is_official(self, p: Party) -> bool:
        """Whether a party acts in public by its sector, as a state or a body of states, or as a people."""
        actor = self.actors.get(p.actor or "")
        if p.sector in self.words.sectors or p.country in self.words.bodies:
            return True
        if actor is None:
            return self._is_named_place(p)
        if p.sector in self.words.private:
            return False
        if actor.type == "GPE":
            return p.country in self.known and p.name == self.known[p.country or ""].name
        return p.country is not None and actor.type in ("NORP", "GROUP", "PERSON")

    def _is_prominent(self, p: Party) -> bool:
        actor = self.actors.get(p.actor or "")
        return actor is not None and len(actor.mentions) >= self.words.prominent

    def _is_place(self, p: Party) -> bool:
        actor = self.actors.get(p.actor or "")
        return actor is not None and actor.type == "GPE"

    def _is_named_place(self, p: Party) -> bool:
        head = root_of(self.a, p.span) if p.span else None
        entity = self.a.entity[head] if head is not None else -1
        return entity >= 0 and self.a.entities[entity].label == "GPE"
