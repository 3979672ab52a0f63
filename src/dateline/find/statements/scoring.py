"""Scores candidates: a quick look at a few names drops most, the learned trees judge the rest. Plain arithmetic on arrays."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dateline.codebook.statements import Scorer, Statements
from dateline.find.statements.contents import CLOSING, MARKS, Content, Layout, Piece, contents_of
from dateline.find.statements.features import (
    NAMES,
    NUMBERS,
    OF_CONTENT,
    OF_CUE,
    QUICK,
    content_names,
    content_numbers,
    cue_name,
    lemma_of,
    quick_names,
    view_cue,
)
from dateline.find.statements.sources import source_of
from dateline.records import Analysis

ROOT = {"above": "-", "above+dep": "-/root", "dep": "ROOT"}  # what the names say of a cue with no clause above it
NO_ROWS = np.zeros((0, len(NAMES) + len(NUMBERS)), dtype=np.float32)
CUES = frozenset({"VERB", "AUX", "NOUN", "ADJ"})


class Candidate(NamedTuple):
    """One cue with one content and the source that goes with them."""

    cue: int
    content: Content
    source: Piece | None
    type: str


class Described(NamedTuple):
    """Candidates with their names and numbers, row by row."""

    candidates: list[Candidate]
    names: list[list[str]]
    numbers: list[list[float]]


def describe(a: Analysis, layout: Layout, words: Statements, *, screen: bool = True, tokens: range | None = None) -> Described:
    """Every candidate of an analysis, or of its `tokens`, that passes the quick look; all of them without `screen`."""
    out = Described([], [], [])
    quick = Quick(words.scorer) if screen else None
    for t in range(len(a.pos)) if tokens is None else tokens:
        if a.pos[t] not in CUES and a.word[t] not in MARKS and a.lower[t] not in words.according:
            continue
        if quick and not quick.knows(a, t):
            continue
        contents = contents_of(a, layout, t, words)
        if not contents:
            continue
        name, view = cue_name(a, t), None  # a view is made for the cues that have a content worth it: half of them
        conventional = a.word[t] in MARKS or a.dep[t] == "pcomp"  # some of these are statements by convention
        for content in contents:
            names = quick_names(a, layout, t, name, content)
            if quick and not conventional and content.frame != CLOSING and not quick.passes(name, names):
                continue
            view = view or view_cue(a, layout, t, contents, words.types)
            source = source_of(a, t, content, words)
            out.candidates.append(Candidate(t, content, source, view.type))
            out.names.append([*names, *view.names, *content_names(a, layout, view, content, source)])
            out.numbers.append([*view.numbers, *content_numbers(a, layout, t, content, source)])
    return out


class Quick:
    """The quick look: a weighted sum over a few names. A name that a table does not know counts as its entry ''."""

    def __init__(self, scorer: Scorer) -> None:
        tables = [scorer.tables[name] for name in (*QUICK, OF_CUE[0])]
        self._tables = [(t, t[""], w) for t, w in zip(tables, scorer.screen_weights, strict=True)]
        self._least = scorer.screen
        self._cues, self._least_cue = self._tables[-1][0], scorer.screen_cue

    def knows(self, a: Analysis, t: int) -> bool:
        """May this word be a cue at all? Marks and verbs with a particle always may."""
        table = self._cues
        return (
            table.get(lemma_of(a, t), table[""]) >= self._least_cue
            or a.word[t] in MARKS
            or (a.pos[t] == "VERB" and any(a.dep[c] == "prt" for c in a.children[t]))
        )

    def passes(self, cue: str, names: Sequence[str]) -> bool:
        """Is the candidate worth a closer look?"""
        total = 0.0
        for (table, rest, weight), name in zip(self._tables, (*names, cue), strict=True):
            total += weight * table.get(name, rest)
        return total >= self._least


def encode(described: Described, scorer: Scorer) -> NDArray[np.float32]:
    """One row a candidate: each name's entry in its table, then the numbers."""
    if not described.candidates:
        return NO_ROWS
    rows = [
        [get(n, rest) for n, (get, rest) in zip(names, scorer.encoders, strict=True)] + numbers
        for names, numbers in zip(described.names, described.numbers, strict=True)
    ]
    return np.array(rows, dtype=np.float32)


def alone(rows: NDArray[np.float32], scorer: Scorer) -> NDArray[np.float32]:
    """The rows as if no clause stood above their cues: how a statement inside another is judged."""
    rows = rows.copy()
    for name, root in ROOT.items():
        table = scorer.tables[name]
        rows[:, NAMES.index(name)] = table.get(root, table[""])
    rows[:, len(NAMES) + NUMBERS.index("depth")] = 0
    rows[:, len(NAMES) + NUMBERS.index("cue quoted")] = 0
    return rows


def probabilities(rows: NDArray[np.float32], scorer: Scorer) -> NDArray[np.float64]:
    """The trees' probability that each row is a statement with the right source."""
    if not len(rows):
        return np.zeros(0)
    roots, column, below = scorer.trees
    cut, value = scorer.cuts
    node = np.repeat(roots[None, :], len(rows), axis=0)
    flat = rows.ravel()
    offset = (np.arange(len(rows)) * rows.shape[1])[:, None]
    for _ in range(scorer.depth):
        goes_left = flat.take(column.take(node) + offset) <= cut.take(node)
        node = below.take(2 * node + goes_left)
    total = value.take(node).sum(axis=1) + scorer.base
    return np.asarray(1.0 / (1.0 + np.exp(-total)))


__all__ = ["NAMES", "NUMBERS", "OF_CONTENT", "OF_CUE", "QUICK", "Candidate", "Described", "alone", "describe", "encode", "probabilities"]
