"""Cues with their types, the small words of attribution, and the learned scorer of candidates: the form of this part of the codebook."""

from collections.abc import Callable
from functools import cached_property
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from dateline.codebook.loader import Loader
from dateline.records import Base, StatementType

FILE, LEARNED = "statements.yml", "learned/statements.json"


class CueWords(Base, frozen=True, kw_only=True):
    """The lemmas of one type, by part of speech; words parted by spaces, a particle after a plus sign."""

    verbs: str = ""
    nouns: str = ""
    adjectives: str = ""


class StatementWords(Base, frozen=True, kw_only=True):
    """The file as it is written."""

    types: dict[str, CueWords]
    documents: str
    feeling: str
    inquits: str
    unnaming: str
    acting: str
    aspects: str
    supposing: str
    enabling: str
    perceiving: str
    according: tuple[str, ...]
    authors: tuple[str, ...]
    agents: tuple[str, ...]
    carriers: tuple[str, ...]
    predicates: tuple[str, ...]
    media: str
    addressing: str
    press: str
    relaying: str
    occasions: str
    assessing: str
    conversations: str
    media_prepositions: tuple[str, ...]
    addressee_prepositions: tuple[str, ...]
    authored: tuple[str, ...]


class Scorer(Base, frozen=True, kw_only=True, dict=True):
    """A sum of decision trees over encoded names and plain numbers, and the tables that encode the names.

    Node k of a tree goes left when its column is at most its threshold; a leaf is its own left and right and holds `value`.
    `roots` are the indices of the trees' first nodes.
    """

    names: tuple[str, ...]
    numbers: tuple[str, ...]
    tables: dict[str, dict[str, float]]
    base: float
    depth: int
    roots: list[int]
    column: list[int]
    threshold: list[float]
    left: list[int]
    right: list[int]
    value: list[float]
    least: float  # the probability from which a candidate is a statement
    least_inside: float = 0.3  # the same inside another statement
    screen_weights: tuple[float, ...]
    screen: float  # the weighted sum from which a candidate is looked at closely
    screen_cue: float = -99.0  # the entry in the table of cues from which a word is looked at at all

    @cached_property
    def encoders(self) -> list[tuple[Callable[[str, float], float], float]]:
        """For each name the look-up in its table, and the entry of what the table does not know."""
        return [(self.tables[name].get, self.tables[name][""]) for name in self.names]

    @cached_property
    def trees(self) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
        """Roots, columns, and the two nodes below each node, right before left: at 2 × node + (goes left)."""
        below = [node for pair in zip(self.right, self.left, strict=True) for node in pair]
        return np.array(self.roots, np.intp), np.array(self.column, np.intp), np.array(below, np.intp)

    @cached_property
    def cuts(self) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
        """Thresholds and values."""
        return np.array(self.threshold, dtype=np.float32), np.array(self.value, dtype=np.float64)


class Statements(Base, frozen=True, kw_only=True):
    """Cues, their types, the small words of attribution, and the scorer."""

    types: dict[str, StatementType]  # lemma with its part of speech: "say.V", "claim.N", "sure.A"
    showing: frozenset[str]  # the same form, of all that may stand under `shows`
    documents: frozenset[str]
    feeling: frozenset[str]
    inquits: frozenset[str]
    unnaming: frozenset[str]
    acting: frozenset[str]
    aspects: frozenset[str]
    supposing: frozenset[str]
    enabling: frozenset[str]
    perceiving: frozenset[str]
    according: frozenset[str]
    authors: frozenset[str]
    agents: frozenset[str]
    carriers: frozenset[str]
    predicates: frozenset[str]
    media: frozenset[str]
    addressing: frozenset[str]
    press: frozenset[str]
    relaying: frozenset[str]
    occasions: frozenset[str]
    assessing: frozenset[str]
    conversations: frozenset[str]
    media_prepositions: frozenset[str]
    addressee_prepositions: frozenset[str]
    authored: frozenset[str]
    scorer: Scorer


def read_statements(loader: Loader, scorer: Scorer | None = None) -> Statements | None:
    """This part, or None with its faults kept in the loader. Training gives a scorer of its own."""
    words, scorer = loader.read(FILE, StatementWords), scorer or loader.read(LEARNED, Scorer)
    if words is None or scorer is None:
        return None
    types: dict[str, StatementType] = {}
    showing: list[str] = []
    for name, cues in words.types.items():
        loader.check(FILE, f"types.{name}", name in get_args(StatementType), f"unknown type; known: {', '.join(get_args(StatementType))}")
        for part, listed in (("V", cues.verbs), ("N", cues.nouns), ("A", cues.adjectives)):
            for lemma in listed.split():
                types.setdefault(f"{lemma}.{part}", name)  # type: ignore[arg-type]
                if name == "shows":
                    showing.append(f"{lemma}.{part}")
    sizes = {len(scorer.column), len(scorer.threshold), len(scorer.left), len(scorer.right), len(scorer.value)}
    loader.check(LEARNED, "column", len(sizes) == 1, "column, threshold, left, right and value must have one entry a node")
    loader.check(LEARNED, "tables", set(scorer.tables) == set(scorer.names), "one table for each name")
    return Statements(
        types=types,
        showing=frozenset(showing),
        documents=frozenset(words.documents.split()),
        feeling=frozenset(words.feeling.split()),
        inquits=frozenset(words.inquits.split()),
        unnaming=frozenset(words.unnaming.split()),
        acting=frozenset(words.acting.split()),
        aspects=frozenset(words.aspects.split()),
        supposing=frozenset(words.supposing.split()),
        enabling=frozenset(words.enabling.split()),
        perceiving=frozenset(words.perceiving.split()),
        according=frozenset(words.according),
        authors=frozenset(words.authors),
        agents=frozenset(words.agents),
        carriers=frozenset(words.carriers),
        predicates=frozenset(words.predicates),
        media=frozenset(words.media.split()),
        addressing=frozenset(words.addressing.split()),
        press=frozenset(words.press.split()),
        relaying=frozenset(words.relaying.split()),
        occasions=frozenset(words.occasions.split()),
        assessing=frozenset(words.assessing.split()),
        conversations=frozenset(words.conversations.split()),
        media_prepositions=frozenset(words.media_prepositions),
        addressee_prepositions=frozenset(words.addressee_prepositions),
        authored=frozenset(words.authored),
        scorer=scorer,
    )
