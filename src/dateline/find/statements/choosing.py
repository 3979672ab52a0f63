"""Chooses among scored candidates: the best content of each cue, no statement that cuts across a better one; then those around and inside."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from dateline.find.statements.scoring import Candidate

# What can hold whole statements ("…, according to the agency"), and what can be one inside another ("he said that she believes …").
HOLDING = frozenset({"parent", "sentence", "before", "around", "ccomp<", "speaker:", ":speaker"})
HELD = frozenset({"ccomp", "ccomp-", "xcomp", "xcomp-", "above+ccomp", "acl", "quote<", "quote<.", "quote<,", "quote>", "parent", "ccomp<"})
BARE = ("passive", "raising", "prep", "dobj", "as", "pcomp")  # frames that are no clause and no quotation
LOOSE = (*BARE, "xcomp", "acl", "advcl", "oprd", "attr", "speaker:")  # frames that an act ("planted trees to …") has as well as a statement
SHOWN, UNNAMED, UNKNOWN, QUOTED = 0.45, 0.25, 0.15, 0.1
SENTENCE = 5  # tokens from which quoted words are more than a scare quote
SHARED = 0.25  # of a content's tokens may lie in a better statement's content


class Chosen(NamedTuple):
    """A candidate that stands, its probability, and whether it stands alone, around or inside another statement."""

    candidate: Candidate
    score: float
    layer: str = ""


def choose(candidates: Sequence[Candidate], scores: Sequence[float], *, least: float) -> list[Chosen]:
    """The candidates that stand side by side, the best first: no token plays two parts."""
    chosen: list[Chosen] = []
    contents: set[int] = set()
    cues: set[int] = set()
    for k in ranking(scores, least - QUOTED):
        candidate = candidates[k]
        if scores[k] < least + doubt_of(candidate):
            continue
        tokens = tokens_of(candidate)
        if candidate.cue in cues or candidate.cue in contents or tokens & cues or len(tokens & contents) > SHARED * len(tokens):
            continue
        contents |= tokens
        cues.add(candidate.cue)
        chosen.append(Chosen(candidate, scores[k]))
    return chosen


def doubt_of(candidate: Candidate) -> float:
    """How much surer than others a candidate must be: a thing that is merely shown, a passive that nobody is named for, and a cue
    that the codebook gives no type; less is asked of a whole quotation."""
    frame, pieces = candidate.content.frame, candidate.content.pieces
    if frame.startswith("quote") and sum(last - first for first, last in pieces) >= SENTENCE:
        return -QUOTED
    if candidate.type == "shows" and frame.startswith("dobj"):
        return SHOWN
    if candidate.source is None and frame.startswith(BARE):
        return UNNAMED
    return UNKNOWN if not candidate.type and frame.startswith(LOOSE) else 0.0


def choose_around(candidates: Sequence[Candidate], scores: Sequence[float], chosen: Sequence[Chosen], *, least: float) -> list[Chosen]:
    """Statements whose content holds chosen ones whole: "she said …, according to the agency"."""
    held = [(c.candidate.cue, tokens_of(c.candidate)) for c in chosen]
    cues = {cue for cue, _ in held}
    contents = {i for _, tokens in held for i in tokens}
    added: list[Chosen] = []
    for k in ranking(scores, least):
        candidate = candidates[k]
        tokens = tokens_of(candidate)
        if candidate.cue in cues or candidate.cue in contents or candidate.content.frame not in HOLDING:
            continue
        touched = [(cue, t) for cue, t in held if cue in tokens or t & tokens]
        if touched and all(cue in tokens and t <= tokens for cue, t in touched):
            cues.add(candidate.cue)
            added.append(Chosen(candidate, scores[k], "around"))
    return added


def choose_inside(
    candidates: Sequence[Candidate], holders: Sequence[Chosen], score: Callable[[Sequence[int]], Sequence[float]], *, least: float
) -> list[Chosen]:
    """Statements inside chosen contents: "he said that she believes …". `score` gives probabilities of candidates as if they stood alone."""
    refused = {c.candidate.content.at for c in holders if c.candidate.type == "denies" and c.candidate.content.frame.startswith("xcomp")}
    cues = {c.candidate.cue for c in holders} | refused  # who "declined to say whether" said nothing
    held = {i for c in holders for i in tokens_of(c.candidate)}
    inner = [
        k for k, c in enumerate(candidates) if c.cue in held and c.cue not in cues and c.content.frame in HELD and tokens_of(c) <= held
    ]
    if not inner:
        return []
    scores = score(inner)
    chosen = choose([candidates[k] for k in inner], scores, least=least)
    return [c._replace(layer="inside") for c in chosen]


def ranking(scores: Sequence[float], least: float) -> list[int]:
    """The candidates that reach a probability, the best first."""
    return sorted((k for k, s in enumerate(scores) if s >= least), key=lambda k: (-scores[k], k))


def tokens_of(candidate: Candidate) -> set[int]:
    """The tokens of a candidate's content."""
    return {i for first, last in candidate.content.pieces for i in range(first, last)}
