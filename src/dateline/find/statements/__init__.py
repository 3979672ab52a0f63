"""Finds statements: source, cue, content, quoted words, addressee and medium of every attribution."""

from dateline.codebook import Codebook
from dateline.find.statements.building import build
from dateline.find.statements.choosing import choose
from dateline.find.statements.contents import layout_of
from dateline.find.statements.scoring import describe, encode, probabilities
from dateline.records import Analysis, FoundStatement


def find_statements(a: Analysis, codebook: Codebook) -> tuple[FoundStatement, ...]:
    """Every attribution, in order of the text."""
    words = codebook.statements
    layout = layout_of(a)
    described = describe(a, layout, words)
    scores = probabilities(encode(described, words.scorer), words.scorer)
    chosen = choose(described.candidates, scores.tolist(), least=words.scorer.least)
    found = [build(a, layout, c, words) for c in chosen]
    return tuple(sorted(found, key=lambda s: (s.content[0], s.cue)))
