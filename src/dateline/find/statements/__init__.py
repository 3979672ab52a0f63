"""Finds statements: source, cue, content, quoted words, addressee and medium of every attribution."""

from collections.abc import Sequence

from dateline.codebook import Codebook
from dateline.find.statements.building import build
from dateline.find.statements.choosing import choose, choose_around, choose_inside
from dateline.find.statements.contents import layout_of
from dateline.find.statements.scoring import alone, describe, encode, probabilities
from dateline.records import Analysis, FoundStatement


def find_statements(a: Analysis, codebook: Codebook) -> tuple[FoundStatement, ...]:
    """Every attribution, in order of the text; those around and inside others are added to those that stand side by side."""
    words, scorer = codebook.statements, codebook.statements.scorer
    layout = layout_of(a)
    described = describe(a, layout, words)
    rows = encode(described, scorer)
    scores = probabilities(rows, scorer).tolist()

    def score_alone(inner: Sequence[int]) -> list[float]:
        return [float(p) for p in probabilities(alone(rows[list(inner)], scorer), scorer)]

    chosen = choose(described.candidates, scores, least=scorer.least)
    chosen += choose_around(described.candidates, scores, chosen, least=scorer.least)
    chosen += choose_inside(described.candidates, chosen, score_alone, least=scorer.least_inside)
    found = [build(a, layout, c, words) for c in chosen]
    return tuple(sorted(found, key=lambda s: (s.content[0], s.cue)))
