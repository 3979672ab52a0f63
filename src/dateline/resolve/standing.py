"""Which events are affairs of public life: those that a public actor does, or that are done to one, and force whoever does it.

After the parties are resolved and the events dated: a verb of private life ("asked his wife", "the firm agreed to buy") names no
political event, and only who acts on whom tells. The words that tell by themselves stand in `standing.yml`.
"""

from msgspec.structs import replace

from dateline.codebook import Codebook
from dateline.records import Actor, Analysis, Event, Party
from dateline.syntax import is_side, root_of, tokens_in

FORCE = frozenset({"ASSAULT", "COERCE"})
MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})
DATED = frozenset({"stated", "relative", "inherited"})
VERBS = frozenset({"VERB", "AUX"})


def keep_public(events: tuple[Event, ...], a: Analysis, codebook: Codebook, *, actors: tuple[Actor, ...]) -> tuple[Event, ...]:
    """The events of public life, numbered anew; a thing or a topic is no recipient of an act of words."""
    judge = Judge(a, codebook, actors)
    told = (judge.in_words(judge.without_topics(apart(e))) for e in events)
    return tuple(replace(e, id=f"e{i}") for i, e in enumerate((e for e in told if judge.keeps(e)), 1))


def apart(e: Event) -> Event:
    """The event without an actor that would do it to itself: "the shooting of the senator"."""
    own = {p.actor for p in e.recipient if p.actor}
    alone = e.type not in MUTUAL and bool(e.actor) and all(p.actor in own for p in e.actor)
    return replace(e, actor=()) if alone else e


class Judge:
    """What makes the parties of one report public."""

    def __init__(self, a: Analysis, codebook: Codebook, actors: tuple[Actor, ...]) -> None:
        self.a, self.words, self.known = a, codebook.standing, codebook.actors.known
        self.events, self.sides = codebook.events, codebook.roles.sides
        self.actors = {actor.id: actor for actor in actors}

    def without_topics(self, e: Event) -> Event:
        """The event without parties that can be none: things arrest nobody, a topic is not spoken to, a happening without a type has no recipient."""
        if e.type == "COERCE":
            return replace(e, actor=tuple(p for p in e.actor if p.actor or self._is_pronoun(p) or self._is_named_place(p)))
        if e.type in FORCE:
            return e
        kept = () if e.type is None else tuple(p for p in e.recipient if p.actor or self._is_named_place(p))
        return e if len(kept) == len(e.recipient) else replace(e, recipient=kept)

    def in_words(self, e: Event) -> Event:
        """An attack that a politician makes on a rival, in a sentence without violence, as the criticism that it is."""
        verbal = any(self.a.lemma[i].lower() in self.words.verbal for i in tokens_in(self.a, e.trigger))
        if e.type != "ASSAULT" or not verbal or not e.actor or not all(self._is_speaker(p) for p in e.actor):
            return e
        own = frozenset(tokens_in(self.a, e.trigger))
        if not self.words.violence.isdisjoint(self.a.lemma[i].lower() for i in self._sentence(e) if i not in own):
            return e
        kind, mode, events = "ACCUSE", "disapprove", self.events
        told = replace(e, type=kind, mode=mode, cameo=events.cameo(kind, mode), quad=events.quad(kind), intensity=events.score(kind, mode))
        return self.without_topics(told)

    def _is_speaker(self, p: Party) -> bool:
        actor = self.actors.get(p.actor or "")
        return actor is not None and (p.sector == "PTY" or (actor.type == "PERSON" and p.sector in (None, *self.words.speakers)))

    def keeps(self, e: Event) -> bool:
        """Whether an event is of public life."""
        if e.type is None:
            return self._is_public_happening(e)
        if e.type in FORCE:
            return self._is_force(e)
        if e.type == "PROTEST" and e.actor and all(self._is_speaker(p) for p in e.actor):
            return any(p.actor for p in e.recipient)  # a candidate's rally is none
        if e.type == "PROTEST":
            return self._is_plain(e) or (any(p.actor for p in e.actor) and any(map(self.is_public, e.recipient)))
        return self._has_both_sides(e) and self._is_public_act(e) and not self._is_mere_word(e)

    def _is_mere_word(self, e: Event) -> bool:
        """Whether a word of refusal refuses nothing ("is not helping", "denied the claims"), or a game is told with nobody official in it."""
        if e.status == "negated" and self._is_refusal(e) and not any(p.country for p in e.actor):
            return True
        a, own = self.a, tokens_in(self.a, e.trigger)
        if e.type == "REJECT" and any(a.lemma[i] in self.words.denying for i in own):
            objects = {a.lemma[c] for i in own for c in (i, *a.children[i]) if a.dep[c] in ("dobj", "nsubjpass")}
            return bool(objects & self.words.denied)
        said = {a.lemma[i].lower() for i in self._sentence(e)}
        return not self.words.sports.isdisjoint(said) and not any(map(self._is_official, e.actor))

    def _is_public_happening(self, e: Event) -> bool:
        """A state that a process has come to, or what a public actor did, or what took place on a day that the report names."""
        if e.by == "state":
            return True
        if e.actor and not any(self.is_public(p) or self._is_prominent(p) for p in e.actor):
            return False
        if not e.actor and e.by == "owned happening":
            return False
        if self._is_spoken_of(e):
            return e.when.basis in ("stated", "relative")
        return e.when.basis in DATED or (bool(e.actor) and (e.when.basis == "unknown" or self._is_told(e)))

    def _is_spoken_of(self, e: Event) -> bool:
        return any(self.a.lemma[i].lower() in self.words.dated and self.a.pos[i] == "NOUN" for i in tokens_in(self.a, e.trigger))

    def _has_both_sides(self, e: Event) -> bool:
        """Whether an act that needs another side has one: "the two sides", "the armistice was signed" leave them to be guessed."""
        if e.type not in self.words.two_sided or e.recipient or e.mode in self.words.one_sided_modes:
            return True
        return len(e.actor) > 1 or any(map(self._is_side, e.actor)) or (not e.actor and self._is_told(e))

    def _is_told(self, e: Event) -> bool:
        return any(self.a.pos[i] in VERBS for i in tokens_in(self.a, e.trigger))

    def _is_side(self, p: Party) -> bool:
        head = root_of(self.a, p.span) if p.span else None
        return head is not None and is_side(self.a, head, self.sides)

    def _is_public_act(self, e: Event) -> bool:
        if not self._is_plain(e):
            mutual = len(e.actor) > 1 and e.type in MUTUAL
            acts, others = any(map(self._is_official, e.actor)), any(map(self._is_official, e.recipient))
            return acts and (others or mutual or self._is_stately(e))
        others = any(map(self.is_public, e.recipient))
        if not e.actor and not e.recipient:
            return e.type == "AGREE"  # "the armistice was signed"
        return any(map(self.is_public, e.actor)) or (others and (not e.actor or any(p.actor for p in e.actor)))

    def _is_plain(self, e: Event) -> bool:
        """Whether the trigger holds a word that tells of the act by itself."""
        plain: frozenset[str] = self.words.plain.get(e.type or "", frozenset())
        told = any(self.a.lemma[i].lower() in plain or self.a.lower[i] in plain for i in tokens_in(self.a, e.trigger))
        return told or self._is_refusal(e)

    def _is_refusal(self, e: Event) -> bool:
        """Whether an entry of the lexicon for negated words gave the type: "will never stop"."""
        name, _, number = e.by.partition(",")[0].partition("#")
        category = self.events.categories.get(name)
        return category is not None and name == e.type and number.isdigit() and category.triggers[int(number)].negated

    def _is_stately(self, e: Event) -> bool:
        """Whether a state or one of its bodies does something to a place, or something that the lexicon names by a phrase."""
        state = any(
            p.country in self.known and (p.sector is None or p.sector in self.words.armed) and self._is_official(p) for p in e.actor
        )
        phrase = e.type not in ("ACCUSE", "REQUEST", "CONSULT") and len(tokens_in(self.a, e.trigger)) > 1
        return state and (phrase or any(self._is_place(p) for p in e.recipient))

    def _is_force(self, e: Event) -> bool:
        """Whether a word of force tells of force: somebody armed uses it, or the sentence tells of violence, and of no accident or animal."""
        a, words = self.a, self.words
        sentence, own = self._sentence(e), frozenset(tokens_in(a, e.trigger))
        said = {a.lemma[i].lower() for i in sentence}
        beside = {a.lemma[i].lower() for i in sentence if i not in own or a.lemma[i].lower() not in words.ambiguous}
        known = any(p.actor or self._is_pronoun(p) for p in e.actor)
        if not known and not e.mode and not words.accidents.isdisjoint(said):
            return False
        if e.actor and not known and not any(self._head(p) in words.violence for p in e.actor):
            return False  # a virus kills, and a sum hits a town
        armed = any(p.sector in words.armed or (p.sector is None and self._is_official(p)) for p in e.actor)
        persons = any(p.actor or self._is_someone(p) or self._is_counted(p) for p in e.recipient)
        suffered = any(a.tag[i] == "VBN" or a.pos[i] == "NOUN" for i in own)
        if e.mode == "arrest" and e.recipient and not (armed or persons or (suffered and not e.actor)):
            return False  # "the cut arrested the decline"
        hurt = any(p.actor for p in e.recipient)
        if not hurt and not words.animals.isdisjoint(said):
            return False
        violent = e.mode in words.violent_modes or not words.violence.isdisjoint(beside)
        if not violent and not words.sports.isdisjoint(said):
            return False
        if self._is_plain(e):
            return armed or e.type == "COERCE" or violent
        if e.mode == "arrest" and not e.actor:
            return self._is_told(e) and any(self._is_someone(p) for p in e.recipient)  # "was picked up"
        return armed and (violent or any(p.actor or self._is_named_place(p) for p in e.recipient))

    def _is_pronoun(self, p: Party) -> bool:
        head = root_of(self.a, p.span) if p.span else None
        return head is not None and self.a.pos[head] == "PRON"

    def _head(self, p: Party) -> str:
        head = root_of(self.a, p.span) if p.span else None
        return self.a.lemma[head].lower() if head is not None else ""

    def _sentence(self, e: Event) -> range:
        """The words of the event's sentence."""
        head = root_of(self.a, e.trigger)
        return range(0) if head is None else range(*self.a.sentences[self.a.sentence[head]])

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
            return self._is_named_place(p) or self._is_side(p)
        if p.sector in self.words.private:
            return False
        if actor.type == "GPE":
            return p.country in self.known and p.name == self.known[p.country or ""].name
        return p.country is not None and actor.type in ("NORP", "GROUP", "PERSON")

    def _is_prominent(self, p: Party) -> bool:
        actor = self.actors.get(p.actor or "")
        return actor is not None and len(actor.mentions) >= self.words.prominent

    def _is_someone(self, p: Party) -> bool:
        head = root_of(self.a, p.span) if p.span else None
        return self._type_of(p) in ("PERSON", "GROUP") or (
            p.actor is None and head is not None and self.a.pos[head] in ("PROPN", "PRON", "NUM")
        )

    def _is_counted(self, p: Party) -> bool:
        head = root_of(self.a, p.span) if p.span else None
        return head is not None and any(self.a.dep[c] == "nummod" for c in self.a.children[head])

    def _type_of(self, p: Party) -> str | None:
        actor = self.actors.get(p.actor or "")
        return actor.type if actor is not None else None

    def _is_place(self, p: Party) -> bool:
        return self._type_of(p) == "GPE"

    def _is_named_place(self, p: Party) -> bool:
        head = root_of(self.a, p.span) if p.span else None
        entity = self.a.entity[head] if head is not None else -1
        return entity >= 0 and self.a.entities[entity].label == "GPE"
