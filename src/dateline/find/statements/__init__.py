"""Finds statements: source, cue, content, quoted words, addressee and medium of every attribution."""

from collections.abc import Sequence

from dateline.codebook import Codebook
from dateline.codebook.statements import Statements
from dateline.find.statements.building import build
from dateline.find.statements.choosing import choose, choose_around, choose_inside
from dateline.find.statements.contents import layout_of
from dateline.find.statements.scoring import Candidate, alone, describe, encode, probabilities
from dateline.records import Analysis, FoundStatement

SURE = 0.7  # how sure a statement is that the conventions of news mark as one, whatever the scorer makes of it
LONGEST_NAME = 5
EASE = 0.1  # less is asked of a statement that holds others whole: the grammar has spoken already


def by_convention(a: Analysis, c: Candidate, words: Statements) -> float:
    """SURE for a name beside a headline's colon, a transcript's speaker, a signature and "quoted the minister as saying"; else 0.

    All are rare in the reports that the scorer learned from.
    """
    return SURE if in_headline(a, c) or in_transcript(a, c) or is_signed(a, c) or is_relayed(a, c, words) else 0.0


def in_headline(a: Analysis, c: Candidate) -> bool:
    """Does a name stand before or after the colon of a headline that says something?"""
    if c.content.frame not in ("speaker:", ":speaker") or c.source is None or a.blocks[0].last <= c.cue:
        return False
    first, last = c.source
    if last - first > LONGEST_NAME or any(a.pos[i] not in ("PROPN", "NOUN", "ADJ", "PUNCT", "PART") for i in range(first, last)):
        return False
    acts = any(a.pos[i] in ("VERB", "AUX") for start, stop in c.content.pieces for i in range(start, stop))
    return acts and any(a.pos[i] == "PROPN" for i in range(first, last))


def in_transcript(a: Analysis, c: Candidate) -> bool:
    """Does the paragraph open with a speaker in capitals and a colon?"""
    return (
        c.content.frame == "speaker:"
        and c.source is not None
        and all(a.word[i].isupper() for i in range(*c.source))
        and len(a.word[c.source[0]]) > 1
    )


def is_signed(a: Analysis, c: Candidate) -> bool:
    """Does a quotation end with a dash and a name, and nothing else?"""
    if c.content.frame != "signed" or c.source is None or c.source[1] - c.source[0] > LONGEST_NAME:
        return False
    return a.pos[c.source[0]] == "PROPN" and all(a.word[i][0].isupper() or a.pos[i] == "PUNCT" for i in range(*c.source))


def is_relayed(a: Analysis, c: Candidate, words: Statements) -> bool:
    """Is the cue the "saying" of "quoted … as saying"?"""
    link = a.head[c.cue]
    return (
        a.dep[c.cue] == "pcomp"
        and c.content.frame == "ccomp"
        and a.lower[link] in words.predicates
        and a.lemma[a.head[link]].lower() in words.relaying
    )


def find_statements(a: Analysis, codebook: Codebook) -> tuple[FoundStatement, ...]:
    """Every attribution, in order of the text; those around and inside others are added to those that stand side by side."""
    words, scorer = codebook.statements, codebook.statements.scorer
    layout = layout_of(a, words)
    described = describe(a, layout, words)
    rows = encode(described, scorer)
    scores = [max(p, by_convention(a, c, words)) for p, c in zip(probabilities(rows, scorer).tolist(), described.candidates, strict=True)]

    def score_alone(inner: Sequence[int]) -> list[float]:
        judged = probabilities(alone(rows[list(inner)], scorer), scorer).tolist()
        return [max(p, by_convention(a, described.candidates[k], words)) for p, k in zip(judged, inner, strict=True)]

    chosen = choose(described.candidates, scores, least=scorer.least)
    chosen += choose_around(described.candidates, scores, chosen, least=scorer.least - EASE)
    chosen += choose_inside(described.candidates, chosen, score_alone, least=scorer.least_inside)
    found = [build(a, layout, c, words) for c in chosen]
    return tuple(sorted(found, key=lambda s: (s.content[0], s.cue)))
