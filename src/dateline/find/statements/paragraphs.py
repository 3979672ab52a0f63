"""Candidates paragraph by paragraph: what a paragraph gives by its own words is kept with it, and set into its place in the report.

Its place counts too: which paragraph of how many it is, and what stands before and behind. Those few columns are filled in anew.
"""

from collections.abc import Hashable, Sequence
from itertools import islice, takewhile
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dateline.codebook import Codebook
from dateline.codebook.statements import Scorer
from dateline.find.statements.contents import DASHES, Content, Layout, Piece
from dateline.find.statements.features import QUOTES, neighbour, place_name
from dateline.find.statements.scoring import NAMES, NUMBERS, Candidate, describe, encode, probabilities
from dateline.records import Analysis

NEIGHBOURS = {"before content": -1, "after content": 1}
NUMBER, OF = (len(NAMES) + NUMBERS.index(name) for name in ("block number", "blocks"))
PLACED = [NUMBER, OF, *map(NAMES.index, ("block", *NEIGHBOURS))]  # the columns that say where a paragraph stands
NO_SCORES: tuple[bytes, list[float]] = b"", []
LEADING = frozenset({",", "that"})  # what a paragraph ends with when the next one's quotation may belong to it; so does a colon

Rows = NDArray[np.float32]


class Found(NamedTuple):
    """The candidates of one paragraph, the row by which each is scored, and where their scores are kept."""

    candidates: list[Candidate]
    rows: Rows
    kept: dict[Any, Any]
    key: Hashable


def candidates_of(a: Analysis, layout: Layout, codebook: Codebook) -> list[Found]:
    """Every candidate of a report that passes the quick look, paragraph by paragraph, in order of its cue."""
    words = codebook.statements
    out: list[Found] = []
    for k, (block, part) in enumerate(zip(a.blocks, a.parts, strict=True)):
        if looks_beyond(a, layout, k):
            found = describe(a, layout, words, tokens=range(block.first, block.last))
            out.append(Found(found.candidates, encode(found, words.scorer), {}, ()))
            continue
        inner = layout_in(a, layout, k)
        key = ("statements", codebook.digest, *((r.first, r.last, r.closed, r.opened) for r in inner.runs))
        if key not in part.kept:
            found = describe(part, inner, words)
            part.kept[key] = found.candidates, encode(found, words.scorer)
        mine, its_rows = part.kept[key]
        if not mine:
            continue
        here = [moved(c, block.first) for c in mine]
        out.append(Found(here, placed(its_rows, here, a, k, words.scorer), part.kept, ("scores", key)))
    return out


def scores_of(found: Sequence[Found], scorer: Scorer) -> list[float]:
    """The probability of every candidate; a paragraph that stands where it stood last, between the same words, keeps its own."""
    places = [f.rows[:, PLACED].tobytes() for f in found]
    kept = [f.kept.get(f.key, NO_SCORES) for f in found]
    new = [f.rows for f, place, (before, _) in zip(found, places, kept, strict=True) if before != place]
    fresh = iter(probabilities(np.concatenate(new), scorer).tolist() if new else [])
    out: list[float] = []
    for f, place, (before, scores) in zip(found, places, kept, strict=True):
        if before != place:
            scores = list(islice(fresh, len(f.rows)))
            f.kept[f.key] = place, scores
        out += scores
    return out


def looks_beyond(a: Analysis, layout: Layout, k: int) -> bool:
    """Whether a paragraph may take a quotation of its neighbour: it leads up to one, or opens with the dash of a signature."""
    block = a.blocks[k]
    if block.first == block.last:
        return False
    last = a.word[block.last - 1]
    opens = takewhile(lambda i: not layout.words[i], range(block.first, block.last))
    return last.endswith(":") or last in LEADING or any(a.word[i] in DASHES for i in opens)


def layout_in(a: Analysis, layout: Layout, k: int) -> Layout:
    """The layout of one paragraph, counted from its own start."""
    block = a.blocks[k]
    t, n = block.first, block.last - block.first
    before = sum(layout.runs_in[:k])
    runs = [
        r._replace(first=r.first - t, last=r.last - t, start=r.start - block.start, end=r.end - block.start, block=0)
        for r in layout.runs[before : before + layout.runs_in[k]]
    ]
    run = [r - before if r >= 0 else -1 for r in layout.run[t : block.last]]
    first = a.sentence[t] if n else 0
    according = layout.according[first : first + len(a.parts[k].sentences)]
    return Layout(runs, run, layout.words[t : block.last], [0] * n, [r.first for r in runs], [len(runs)], according)


def moved(c: Candidate, by: int) -> Candidate:
    """A candidate so many tokens further on."""
    frame, pieces, at = c.content
    source: Piece | None = (c.source[0] + by, c.source[1] + by) if c.source else None
    return Candidate(c.cue + by, Content(frame, tuple([(i + by, j + by) for i, j in pieces]), at + by), source, c.type)


def placed(rows: Rows, candidates: list[Candidate], a: Analysis, k: int, scorer: Scorer) -> Rows:
    """The rows of paragraph k with what its place says."""
    rows = rows.copy()
    rows[:, NUMBER], rows[:, OF] = k, len(a.blocks)
    table = scorer.tables["block"]
    rows[:, NAMES.index("block")] = table.get(place_name(a, k), table[""])
    block = a.blocks[k]
    for name, step in NEIGHBOURS.items():
        table, column = scorer.tables[name], NAMES.index(name)
        for i, c in enumerate(candidates):
            at = c.content.pieces[0][0] - 1 if step < 0 else c.content.pieces[-1][1]
            if block.first <= at < block.last and a.word[at] not in QUOTES:
                continue  # most have their neighbour in the paragraph
            word, beyond = neighbour(a, at, step)
            if not block.first <= beyond < block.last:
                rows[i, column] = table.get(word, table[""])
    return rows
