"""Chooses among scored candidates: the best content of each cue, and no statement that cuts across a better one."""

from collections.abc import Sequence
from typing import NamedTuple

from dateline.find.statements.scoring import Candidate

SHARED = 0.25  # of a content's tokens may lie in a better statement's content


class Chosen(NamedTuple):
    """A candidate that stands, its probability, and the number of the chosen one whose content holds its cue (None: outermost)."""

    candidate: Candidate
    score: float
    inside: int | None


def choose(candidates: Sequence[Candidate], scores: Sequence[float], *, least: float, least_inside: float = 2.0) -> list[Chosen]:
    """The candidates that stand, the best first. Those inside another's content need `least_inside` (2: none stand)."""
    ranked = sorted((k for k, s in enumerate(scores) if s >= least), key=lambda k: (-scores[k], k))
    chosen: list[Chosen] = []
    holder: dict[int, int] = {}  # token of a content → the chosen statement that it belongs to
    cues: set[int] = set()
    for k in ranked:
        candidate = candidates[k]
        cue = candidate.cue
        if cue in cues:
            continue
        tokens = {i for first, last in candidate.content.pieces for i in range(first, last)}
        if tokens & cues or len(tokens & holder.keys()) > SHARED * len(tokens) or cue in holder:
            continue
        for i in tokens:
            holder.setdefault(i, len(chosen))
        cues.add(cue)
        chosen.append(Chosen(candidate, scores[k], None))
    return chosen
