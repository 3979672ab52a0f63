"""Which events are affairs of public life: those that a public actor does, or that are done to one, and force whoever does it.

After the parties are resolved and the events dated: a verb of private life ("asked his wife", "the firm agreed to buy") names no
political event, nor does a word in another sense ("shot back"); who acts on whom and which words stand around it tell (`standing.yml`).
"""

from functools import cached_property
from typing import NamedTuple

from msgspec.structs import replace

from dateline.codebook import Codebook
from dateline.records import Actor, Analysis, Event, Party
from dateline.syntax import is_side, root_of, tokens_in

FORCE = frozenset({"ASSAULT", "COERCE"})
MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})
NAMED = frozenset({"stated", "relative"})  # a day that the sentence names
DATED = NAMED | {"inherited"}
VERBS = frozenset({"VERB", "AUX"})
PERSONAL = frozenset({"male", "female", "plural"})
OBJECTS = frozenset({"dobj", "nsubjpass"})
ABOVE = frozenset({"acl", "relcl", "amod", "compound", "nmod", "pobj", "nsubj", "conj", *OBJECTS})  # ways by which a word stands at another
BESIDE = frozenset({"compound", "amod", "conj", "prep", "nummod", "nmod"})  # and by which one stands at a noun that it governs


class Side(NamedTuple):
    """What a party is to public life."""

    lemma: str
    known: bool  # one of the report's actors
    official: bool  # acts in public by its sector, as a state or a body of states, or as a people
    public: bool  # official, or a person whose standing the report takes for known
    prominent: bool  # named more than once
    armed: bool
    speaker: bool  # somebody who attacks in words
    place: bool  # a town or country by name
    state: bool  # a place that the report has as an actor
    people: bool  # "the two sides"
    pronoun: bool
    counted: bool  # "nine others"
    someone: bool  # a person or a group, a name, a pronoun or a number
    country: str | None


class Case:
    """An event with what is asked about it, worked out when it is asked."""

    def __init__(self, event: Event, judge: "Judge") -> None:
        self.event, self._judge = event, judge
        self.own = tokens_in(judge.a, event.trigger)

    @cached_property
    def said(self) -> frozenset[str]:
        """The lemmas of its sentence."""
        return frozenset(map(self._judge.lemma, self._judge.sentence(self.event)))

    @cached_property
    def actors(self) -> tuple[Side, ...]:
        """Who acts."""
        return tuple(map(self._judge.side, self.event.actor))

    @cached_property
    def others(self) -> tuple[Side, ...]:
        """On whom."""
        return tuple(map(self._judge.side, self.event.recipient))

    @property
    def named(self) -> bool:
        """On a day that its sentence names."""
        return self.event.when.basis in NAMED

    @cached_property
    def told(self) -> bool:
        """By a verb."""
        return any(self._judge.a.pos[i] in VERBS for i in self.own)


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
    """What makes the events of one report public."""

    def __init__(self, a: Analysis, codebook: Codebook, actors: tuple[Actor, ...]) -> None:
        self.a, self.words, self.nations = a, codebook.standing, codebook.actors.known
        self.events, self.sides, self.pronouns = codebook.events, codebook.roles.sides, codebook.actors.pronouns
        self.actors = {actor.id: actor for actor in actors}

    def without_topics(self, e: Event) -> Event:
        """The event without parties that can be none: things arrest nobody, a topic is not spoken to, a happening without a type has no recipient.

        Somebody whom the report says no more of ("him", "both sides", "nine others") stays.
        """
        if e.type == "COERCE":
            return replace(e, actor=tuple(p for p in e.actor if (s := self.side(p)).known or s.pronoun or s.place))
        if e.type in FORCE:
            return e
        kept = () if e.type is None else tuple(p for p in e.recipient if p.actor or self._may_receive(self.side(p)))
        return e if len(kept) == len(e.recipient) else replace(e, recipient=kept)

    def _may_receive(self, s: Side) -> bool:
        """Whether words that name none of the report's actors may be somebody: not "it", "this" or "anyone"."""
        return s.place or s.people or (s.someone and (not s.pronoun or self.pronouns.get(s.lemma) in PERSONAL))

    def in_words(self, e: Event) -> Event:
        """An attack that a politician makes on a rival, in a sentence without violence, as the criticism that it is."""
        if e.type != "ASSAULT" or not e.actor:
            return e
        own = tokens_in(self.a, e.trigger)
        if not any(self.lemma(i) in self.words.verbal for i in own) or not all(self.side(p).speaker for p in e.actor):
            return e
        if not self.words.violence.isdisjoint(self.lemma(i) for i in self.sentence(e) if i not in own):
            return e
        kind, mode, events = "ACCUSE", "disapprove", self.events
        told = replace(e, type=kind, mode=mode, cameo=events.cameo(kind, mode), quad=events.quad(kind), intensity=events.score(kind, mode))
        return self.without_topics(told)

    def keeps(self, e: Event) -> bool:
        """Whether an event is of public life; one of a category that a user added always is."""
        if e.type is not None and e.type not in self.words.plain:
            return True
        case = Case(e, self)
        if e.type is None:
            return self._is_public_happening(case)
        if self._is_other_sense(case) or self._is_habit(case) or self._is_nobodys_act(case):
            return False
        if e.type in FORCE:
            return self._is_force(case)
        if e.type == "PROTEST":
            return self._is_protest(case)
        return self._has_both_sides(case) and self._is_public_act(case) and not self._is_mere_word(case)

    def _is_public_happening(self, case: Case) -> bool:
        """A state that a process has come to, or what a public actor did, or what took place on a day that the report names."""
        e = case.event
        if not e.actor and e.by in ("owned happening", "state"):
            return False
        if e.by == "state":
            return True
        if case.actors and not any(s.public or s.prominent for s in case.actors):
            return False
        if any(self.lemma(i) in self.words.dated and self.a.pos[i] == "NOUN" for i in case.own):
            return case.named  # an election is spoken of for months
        return e.when.basis in DATED or (bool(e.actor) and (e.when.basis == "unknown" or case.told))

    def _is_other_sense(self, case: Case) -> bool:
        """Whether a word of the trigger has, by the words around it, another sense than the type's: "shot back", "meets the standard"."""
        figures, needs = self.words.figures.get(case.event.type or "", {}), self.words.needs.get(case.event.type or "", {})
        for i in case.own:
            lemma = self.lemma(i)
            if lemma in figures or lemma in needs:
                around = self._around(i) | ({"SOMEBODY"} if any(s.someone or s.counted for s in case.others) else set())
                if not around.isdisjoint(figures.get(lemma, ())) or (lemma in needs and around.isdisjoint(needs[lemma])):
                    return True
        return False

    def _is_habit(self, case: Case) -> bool:
        """Whether a verb in the present tells what happens at any time: "people are usually killed by somebody they know"."""
        a = self.a
        for i in case.own:
            beside = [i, *(c for c in a.children[i] if a.dep[c] in ("aux", "auxpass"))]
            habitual = any(self.lemma(c) in self.words.habits for c in a.children[i])
            if habitual and any(a.tag[c] in ("VBZ", "VBP") and self.lemma(c) != "have" for c in beside):
                return True
        return False

    def _is_nobodys_act(self, case: Case) -> bool:
        """Whether voters are only said to prefer somebody, or a firm does its business."""
        words, e = self.words, case.event
        if e.type in words.trading and not words.firms.isdisjoint(case.said):
            return not any(s.official for s in (*case.actors, *case.others))
        preferred = e.type in words.polled and any(self.lemma(i) in words.preferring and self.a.tag[i] != "VBD" for i in case.own)
        return preferred and case.told and bool(case.actors) and all(s.lemma in words.masses for s in case.actors)

    def _around(self, i: int) -> frozenset[str]:
        """Lemmas, labels and kinds of names of what a word governs, prepositions seen through, and what it stands at; dates are left out."""
        a, found = self.a, set[str]()
        own = [c for c in a.children[i] if a.dep[c] != "prep" or not any(self._kind(p) in ("DATE", "TIME") for p in a.children[c])]
        below = [*own, *(c for p in own if a.dep[p] in ("prep", "agent", "xcomp", "ccomp") for c in a.children[p])]
        nouns = [n for n in below if a.pos[n] in ("NOUN", "PROPN") or a.lower[n] in self.words.quantities]
        beside = [c for n in nouns for c in a.children[n] if a.dep[c] in BESIDE]
        of = [p for c in beside if a.dep[c] == "prep" and a.lower[c] == "of" for p in a.children[c]]
        at = [a.head[i]] if a.dep[i] in ABOVE else []
        at += [a.head[at[0]]] if at and a.dep[i] == "pobj" else []
        for c in (*at, *below, *(c for c in beside if a.dep[c] != "prep"), *of):
            found |= {self.lemma(c), self._kind(c)}
        gerunds = {a.dep[c] for p in own if a.dep[p] == "prep" for c in a.children[p]} & {"pcomp"}
        return frozenset(found | gerunds | {a.dep[c] for c in own})

    def _kind(self, i: int) -> str:
        """The kind of name that a word is part of; "" for none."""
        return self.a.entities[self.a.entity[i]].label if self.a.entity[i] >= 0 else ""

    def _has_both_sides(self, case: Case) -> bool:
        """Whether an act that needs another side has one: "the two sides", "the armistice was signed" leave them to be guessed.

        On a day that the sentence names somebody acted, and one side is enough; so it is where an official acts by a word that tells of it.
        """
        e = case.event
        known = {p.actor for p in (*e.actor, *e.recipient) if p.actor}
        if not known:
            return (e.type == "AGREE" and case.told) or (e.type in MUTUAL and any(s.people for s in (*case.actors, *case.others)))
        if case.named:
            return True
        if not case.told and not e.actor and len(e.evidence) == 1:
            return False  # "concerns about the minister": nobody says who has them
        if e.type in self.words.between_two and len(known) == 1:
            return False  # "wants sixty votes" asks nobody
        if e.type not in self.words.two_sided or e.recipient or e.mode in self.words.one_sided_modes:
            return True
        if len(e.actor) > 1 or any(s.people for s in case.actors) or (not e.actor and case.told):
            return True
        return e.type not in self.words.for_somebody and self._is_plain(case) and any(s.official for s in case.actors)

    def _is_public_act(self, case: Case) -> bool:
        """Whether somebody public acts; by a word that does not tell of the act by itself, on somebody public or on a day that is named."""
        e = case.event
        if self._is_plain(case):
            if not e.actor and not e.recipient:
                return e.type == "AGREE"  # "the armistice was signed"
            return self._is_among_known(case)
        if e.type in self.words.strict or not any(s.official for s in case.actors):
            return False
        mutual = len(e.actor) > 1 and e.type in MUTUAL
        return case.named or any(s.official for s in case.others) or mutual or self._is_stately(case)

    def _is_among_known(self, case: Case) -> bool:
        """Whether somebody public acts or undergoes the act; anybody whom the report knows, where the day is named or nobody is said to act.

        What is only said of them in passing does not count for the last: "Holm, who was sued, left".
        """
        known = any(s.known for s in case.actors)
        if any(s.public for s in case.actors) or (case.named and known):
            return True
        passing = any(self.a.dep[i] == "relcl" for i in case.own)
        if any(s.known for s in case.others) and (case.named or (case.told and not case.event.actor and not passing)):
            return True
        return any(s.public for s in case.others) and (known or not case.event.actor)

    def _is_stately(self, case: Case) -> bool:
        """Whether a state or one of its bodies does something to a place, or something that the lexicon names by a phrase."""
        e = case.event
        state = any(
            s.official and p.country in self.nations and (p.sector is None or s.armed) for p, s in zip(e.actor, case.actors, strict=True)
        )
        phrase = e.type not in ("ACCUSE", "REQUEST", "CONSULT") and len(case.own) > 1
        return state and (phrase or any(s.state for s in case.others))

    def _is_plain(self, case: Case) -> bool:
        """Whether the trigger holds a word that tells of the act by itself."""
        plain: frozenset[str] = self.words.plain.get(case.event.type or "", frozenset())
        return any(self.lemma(i) in plain or self.a.lower[i] in plain for i in case.own) or self._is_refusal(case.event)

    def _is_refusal(self, e: Event) -> bool:
        """Whether an entry of the lexicon for negated words gave the type: "will never stop"."""
        name, _, number = e.by.partition(",")[0].partition("#")
        category = self.events.categories.get(name)
        return category is not None and name == e.type and number.isdigit() and category.triggers[int(number)].negated

    def _is_mere_word(self, case: Case) -> bool:
        """Whether a word of refusal refuses nothing ("is not helping", "denied the claims"), or a game or a poll is told of."""
        a, e = self.a, case.event
        if e.status == "negated" and self._is_refusal(e):
            return True
        if e.type == "REJECT" and any(self.lemma(i) in self.words.denying for i in case.own):
            objects = {self.lemma(c) for i in case.own for c in (i, *a.children[i]) if a.dep[c] in OBJECTS}
            return not self.words.denied.isdisjoint(objects)
        if e.type in self.words.polled and not self.words.polls.isdisjoint(case.said) and not any(s.prominent for s in case.actors):
            return True
        return not self.words.sports.isdisjoint(case.said) and not any(s.official for s in case.actors)

    def _is_protest(self, case: Case) -> bool:
        """Whether somebody protests; a candidate's rally is no protest."""
        if case.actors and all(s.speaker for s in case.actors):
            return any(s.known for s in case.others)
        return bool(case.actors) or self._is_plain(case)

    def _is_force(self, case: Case) -> bool:
        """Whether a word of force tells of force: somebody armed uses it, or the sentence tells of violence, and of no accident or animal."""
        a, words, e, own = self.a, self.words, case.event, case.own
        known = any(s.known or s.pronoun for s in case.actors)
        sides = (*case.actors, *case.others)
        if not any(s.known or s.counted for s in sides) and not (e.mode and (sides or e.mode == "arrest")):
            return e.when.basis in DATED and self._is_violent(case)  # "the war": whose, nobody says
        if not known and not e.mode and not words.accidents.isdisjoint(case.said):
            return False
        if case.actors and not known and not any(s.lemma in words.violence for s in case.actors):
            return False  # a virus kills, and a sum hits a town
        armed = any(s.armed for s in case.actors)
        hurt = any(s.known for s in case.others)
        if not armed and any(a.dep[c] in OBJECTS and self.lemma(c) in words.things for i in own for c in a.children[i]):
            return False  # "killed the bill", "locked up endorsements"
        suffered = any(a.tag[i] == "VBN" or a.pos[i] == "NOUN" for i in own)
        persons = armed or hurt or any(s.someone or s.counted for s in case.others)
        if e.mode == "arrest" and case.others and not (persons or (suffered and not case.actors)):
            return False  # "the cut arrested the decline"
        if not hurt and not words.animals.isdisjoint(case.said):
            return False
        violent = self._is_violent(case)
        if not violent and not words.sports.isdisjoint(case.said):
            return False
        if self._is_plain(case):
            return armed or e.type == "COERCE" or violent
        if e.mode == "arrest" and not e.actor:
            return case.told and any(s.someone for s in case.others)  # "was picked up"
        return armed and (violent or any(s.known or s.place for s in case.others))

    def _is_violent(self, case: Case) -> bool:
        """Whether the sentence tells of violence, by more than a word of many senses."""
        beside = {self.lemma(i) for i in self.sentence(case.event) if i not in case.own or self.lemma(i) not in self.words.ambiguous}
        return case.event.mode in self.words.violent_modes or not self.words.violence.isdisjoint(beside)

    def lemma(self, i: int) -> str:
        """A word's lemma in lower case."""
        return self.a.lemma[i].lower()

    def sentence(self, e: Event) -> range:
        """The words of the event's sentence."""
        head = root_of(self.a, e.trigger)
        return range(0) if head is None else range(*self.a.sentences[self.a.sentence[head]])

    def side(self, p: Party) -> Side:
        """What a party is to public life, by its actor and by its own words."""
        a, actor, head = self.a, self.actors.get(p.actor or ""), root_of(self.a, p.span) if p.span else None
        pos = "" if head is None else a.pos[head]
        kind = actor.type if actor is not None else None
        place = head is not None and self._kind(head) == "GPE"
        people = head is not None and is_side(a, head, self.sides)
        official = self._is_official(p, actor, place or people)
        prominent = actor is not None and len(actor.mentions) >= self.words.prominent
        return Side(
            lemma="" if head is None else self.lemma(head),
            known=actor is not None,
            official=official,
            public=official or (prominent and kind == "PERSON" and p.sector is None),
            prominent=prominent,
            armed=p.sector in self.words.armed or (p.sector is None and official),
            speaker=kind is not None and (p.sector == "PTY" or (kind == "PERSON" and p.sector in (None, *self.words.speakers))),
            place=place,
            state=kind == "GPE",
            people=people,
            pronoun=pos == "PRON",
            counted=head is not None and any(a.dep[c] == "nummod" for c in a.children[head]),
            someone=kind in ("PERSON", "GROUP") or (actor is None and pos in ("PROPN", "PRON", "NUM")),
            country=p.country,
        )

    def _is_official(self, p: Party, actor: Actor | None, otherwise: bool) -> bool:
        """Whether a party acts in public by its sector, as a state or a body of states, or as a people; without an actor, by its words."""
        if p.sector in self.words.sectors or p.country in self.words.bodies:
            return True
        if actor is None:
            return otherwise
        if p.sector in self.words.private:
            return False
        if actor.type == "GPE":
            return p.country in self.nations and p.name == self.nations[p.country or ""].name
        return p.country is not None and actor.type in ("NORP", "GROUP", "PERSON")
