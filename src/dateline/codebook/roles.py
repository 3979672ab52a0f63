"""How the parties of an event are read: light verbs, control, which ways lead to the actor, and learned weights for the recipient."""

from functools import lru_cache, partial
from typing import NamedTuple

from dateline.codebook.loader import Loader
from dateline.records import Base

LEARNED = "learned/roles.json"
MOST_LOOKS = 1 << 15


class Look(NamedTuple):
    """What is said of a noun phrase that may be the recipient of an act."""

    slot: str  # the way from the act to it: "obj", "prep:against", "obj.poss"
    way: str  # the same whatever the preposition
    type: str  # of the act
    voice: str
    kind: str  # what it is: name, place, person, pronoun, owned, other
    rivals: str  # whether other candidates are somebody
    rank: str  # whether one of its way and kind came before it
    sort: str  # how the act is told: by a verb, a noun, a noun that a verb carries
    side: str  # whether it stands before or after the act
    word: str  # the lemma of the act

    def features(self) -> tuple[str, ...]:
        """The names of its weights."""
        slot, way, act, voice, kind, rivals, rank, sort, side, word = self
        steps = slot.split(".")
        first, last, depth = steps[0], steps[-1], len(steps)
        return (
            f"depth={depth}", f"depth={depth}|{kind}", f"last={last}", f"last={last}|{kind}", f"last={last}|{act}", f"last={last}|{depth}", f"first={first}",
            f"first={first}|{act}", f"first={first}|{depth}", f"word={word}|{way}", f"word={word}|{kind}",
            f"slot={slot}", f"slot={slot}|{act}", f"way={way}", f"way={way}|{voice}", f"way={way}|{act}", f"way={way}|{kind}",
            f"way={way}|{kind}|{rivals}", f"way={way}|{rank}", f"kind={kind}", f"kind={kind}|{act}", f"kind={kind}|{rivals}",
            f"sort={sort}|{side}", f"sort={sort}|{side}|{kind}",
        )  # fmt: skip


class Nobody(NamedTuple):
    """What is said of an act where the choice is that it has no recipient."""

    type: str
    voice: str
    sort: str
    people: str  # how many of the candidates are somebody
    actor: str  # whether somebody does it
    word: str

    def features(self) -> tuple[str, ...]:
        """The names of its weights."""
        act, voice, sort, people, actor, word = self
        return (
            f"nobody|word={word}",
            "nobody", f"nobody|{act}", f"nobody|{act}|{people}", f"nobody|{voice}", f"nobody|{sort}", f"nobody|{sort}|{people}",
            f"nobody|{people}", f"nobody|{actor}",
        )  # fmt: skip


class RecipientFile(Base, frozen=True, kw_only=True):
    """Learned weights of what is said of a candidate, and of nobody; a candidate must lead by `margin`. See learned/roles.card.md."""

    weights: dict[str, float]
    margin: float


class Recipient:
    """The same, ready to score with. The looks of candidates repeat, so what a look weighs is reckoned once."""

    def __init__(self, learned: RecipientFile) -> None:
        self.margin = learned.margin
        self.odds = lru_cache(maxsize=MOST_LOOKS)(partial(_odds, learned))


def _odds(learned: RecipientFile, look: Look | Nobody) -> float:
    return sum(learned.weights.get(f, 0.0) for f in look.features())


class RolesFile(Base, frozen=True, kw_only=True):
    """The file as a researcher edits it."""

    light_verbs: frozenset[str]  # the event is in the noun: "held talks", "carried out strikes"
    subject_control: frozenset[str]  # the subject does what the complement says, even beside an object: "promised Oslo to withdraw"
    own_doing: frozenset[str]  # prepositions before a verb that the subject does: "urged the firm to pay after meeting its owner"
    suffering: frozenset[str]  # verbs that carry an act which their subject undergoes: "faces charges"
    dying: frozenset[str]  # verbs that are an act which their subject undergoes: "two people died in the raid"
    confined: frozenset[str]  # nouns behind a preposition by which the subject undergoes it: "is in prison"
    under: frozenset[str]  # prepositions between such a verb and the act: "came under fire"
    containers: frozenset[str]  # nouns that hold others: "a series of raids"
    undergone: frozenset[str]  # event nouns whose owner, or "of", undergoes the act: "his arrest", "the killing of two men"
    given: frozenset[str]  # types whose noun has its actor behind "from": "endorsements from two unions"
    given_of: frozenset[str]  # nouns that have him behind "of" too, when somebody has or wins them: "has the support of two unions"
    winning: frozenset[str]  # verbs by which somebody has or wins them
    turned: frozenset[str]  # types of acts against somebody: who stands behind "of", and the place the noun is called by, does not act
    targets: frozenset[str]  # nouns before "of" by which their subject undergoes such an act: "is the target of attacks"
    exposing: frozenset[str]  # verbs with "to" by which their object does
    befalling: frozenset[str]  # what befalls one: an inquiry into it is none into whose it is
    adjectival: frozenset[str]  # names of states that serve as adjectives before a noun, and so act: "a U.S. attack"
    asking: frozenset[str]  # verbs that ask with a preposition: "called on Oslo to withdraw"
    adjoining: frozenset[str]  # prepositions that belong to the noun right before them
    aside: frozenset[str]  # prepositions that lead to nobody an act is done to
    asked: frozenset[str]  # types of acts whose recipient is who is asked, never who stands in what is asked for
    leaving: frozenset[str]  # what only they can do whose doing it is: "sought the resignation of the minister"
    far: frozenset[str]  # types of acts whose recipient may stand behind two prepositions: "gave money for schools in Oslo"
    held: frozenset[str]  # types of acts whose place is no party of them: "met in Hanoi", "marched within the town"
    held_nowhere: frozenset[str]  # modes of those whose place is a party: "stopped in Hanoi"
    told_in_passing: frozenset[str]  # types of acts whose parties another act of the clause may tell; empty: none of the ontology
    told_by_outcome: frozenset[str]  # types of acts whose recipient what they led to may tell: "fired the shots that killed two"
    locative: frozenset[str]  # prepositions before that place
    sides: frozenset[str]  # plurals that stand for parties told of before: "the two sides", "both governments"
    first_person: frozenset[str]  # in a statement, its speaker: "we"
    least: float
    actor: dict[str, float]
    actor_kind: dict[str, float]
    borne: frozenset[str]  # types of acts whose passive subject is always their recipient, when it is somebody
    mutual: frozenset[str]  # types of acts that all who are named took part in
    mutual_actor: dict[str, float]  # further ways to the actor of those


class Roles(RolesFile, frozen=True, kw_only=True):
    """Verbs whose grammar decides who acts, weights of the ways to the actor, learned weights for the recipient."""

    recipient: Recipient


def read_roles(loader: Loader) -> Roles | None:
    """This part, or None with its faults kept in the loader."""
    file = loader.read("roles.yml", RolesFile)
    recipient = loader.read(LEARNED, RecipientFile)
    if file is None or recipient is None:
        return None
    return Roles(**{name: getattr(file, name) for name in RolesFile.__struct_fields__}, recipient=Recipient(recipient))
