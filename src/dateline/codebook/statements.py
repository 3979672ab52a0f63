"""Cues with their types, the small words of attribution, and the learned scorer of candidates: the form of this part of the codebook."""

from collections.abc import Callable
from functools import cached_property
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from dateline.codebook.loader import Loader, Words
from dateline.records import Base, StatementType

FILE, LEARNED = "statements.yml", "learned/statements.json"


class CueWords(Base, frozen=True, kw_only=True):
    """The lemmas of one type, by part of speech; a particle after a plus sign."""

    verbs: Words = Words()
    nouns: Words = Words()
    adjectives: Words = Words()


class SmallWords(Base, frozen=True, kw_only=True):
    """The small words of attribution; the file says what each is for."""

    documents: Words
    feeling: Words
    inquits: Words
    unnaming: Words
    acting: Words
    aspects: Words
    supposing: Words
    enabling: Words
    perceiving: Words
    according: Words
    authors: Words
    agents: Words
    carriers: Words
    predicates: Words
    media: Words
    addressing: Words
    press: Words
    relaying: Words
    occasions: Words
    assessing: Words
    conversations: Words
    media_prepositions: Words
    addressee_prepositions: Words
    authored: Words


class StatementWords(SmallWords, frozen=True, kw_only=True):
    """The file as it is written."""

    types: dict[str, CueWords]


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


class Statements(SmallWords, frozen=True, kw_only=True):
    """Cues, their types, the small words of attribution, and the scorer."""

    types: dict[str, StatementType]  # lemma with its part of speech: "say.V", "claim.N", "sure.A"
    showing: frozenset[str]  # the same form, of all that may stand under `shows`
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
            for lemma in sorted(listed):
                types.setdefault(f"{lemma}.{part}", name)  # type: ignore[arg-type]
                if name == "shows":
                    showing.append(f"{lemma}.{part}")
    sizes = {len(scorer.column), len(scorer.threshold), len(scorer.left), len(scorer.right), len(scorer.value)}
    loader.check(LEARNED, "column", len(sizes) == 1, "column, threshold, left, right and value must have one entry a node")
    loader.check(LEARNED, "tables", set(scorer.tables) == set(scorer.names), "one table for each name")
    small = {name: getattr(words, name) for name in SmallWords.__struct_fields__}
    return Statements(types=types, showing=frozenset(showing), scorer=scorer, **small)
