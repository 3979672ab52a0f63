"""Quotations without a cue that go on with the statement before: a quoted sentence after its inquit's, a quoted paragraph after its paragraph."""

from collections.abc import Sequence

from dateline.find.statements.choosing import Chosen
from dateline.find.statements.contents import Layout, Piece
from dateline.find.statements.features import QUOTES
from dateline.find.statements.quotes import SENTENCE_END, Run
from dateline.records import Analysis

COLON = ":"
LEAST = 5  # words of a quotation that can stand for itself


def with_following(a: Analysis, layout: Layout, chosen: Sequence[Chosen]) -> list[Chosen]:
    """The chosen statements, each with the quotations that go on with it."""
    own = {first for c in chosen if c.layer != "inside" for first, _ in c.candidate.content.pieces}
    pieces = [continued(a, layout, c.candidate.content.pieces, own) for c in chosen]
    taken = {i for ps in pieces for first, last in ps for i in range(first, last)} | {c.candidate.cue for c in chosen}
    for k, ps in enumerate(pieces):
        begun = begun_before(a, layout, ps[0][0], taken) if chosen[k].layer != "inside" else ()
        pieces[k] = (*begun, *ps)
        taken.update(i for first, last in begun for i in range(first, last))
    for run in layout.runs:
        if not stands_alone(a, layout, run) or any(i in taken for i in range(run.first, run.last)):
            continue
        before = [k for k, c in enumerate(chosen) if can_go_on(a, c) and last_of(c, pieces[k]) <= run.first]
        nearest = max(before, key=lambda k: (last_of(chosen[k], pieces[k]), -k), default=None)
        if nearest is not None and goes_on(a, layout, run, pieces[nearest], layout.block[last_of(chosen[nearest], pieces[nearest]) - 1]):
            pieces[nearest] = (*pieces[nearest], (run.first, run.last))
    return [with_pieces(c, ps) for c, ps in zip(chosen, pieces, strict=True)]


def continued(a: Analysis, layout: Layout, pieces: tuple[Piece, ...], taken: set[int]) -> tuple[Piece, ...]:
    """A content that ends in an unclosed quotation goes on with the paragraphs that open with a mark again, to the one that closes or
    that begins a statement of its own: `taken` are the first tokens of those."""
    last = pieces[-1][1]
    k = next((k for k, r in enumerate(layout.runs) if r.first < last <= r.last and not r.closed), None)
    while k is not None and not layout.runs[k].closed and k + 1 < len(layout.runs):
        following = layout.runs[k + 1]
        another = COLON in a.word[following.first : following.first + 4]  # a transcript's next speaker
        if following.block != layout.runs[k].block + 1 or not following.opened or another or following.first in taken:
            break
        pieces, k = (*pieces, (following.first, following.last)), k + 1
    return pieces


def begun_before(a: Analysis, layout: Layout, first: int, taken: set[int]) -> tuple[Piece, ...]:
    """The paragraphs that a quotation filled, each opened and left open, before the one that its inquit closes."""
    begun: tuple[Piece, ...] = ()
    k = layout.run[first]
    while k > 0 and layout.runs[k].opened:
        before = layout.runs[k - 1]
        alike = a.text[before.start - 1] == a.text[layout.runs[k].start - 1]  # the same mark opens both
        if before.closed or not (before.opened and alike) or before.block != layout.runs[k].block - 1 or before.first in taken:
            break
        begun, k = ((before.first, before.last), *begun), k - 1
    return begun


def can_go_on(a: Analysis, c: Chosen) -> bool:
    """Not a statement inside another, nor one that was not made ("she did not say when")."""
    return c.layer != "inside" and not any(a.dep[x] == "neg" for x in a.children[c.candidate.cue])


def with_pieces(c: Chosen, pieces: tuple[Piece, ...]) -> Chosen:
    """The same statement with these pieces."""
    content = c.candidate.content._replace(pieces=pieces)
    return c._replace(candidate=c.candidate._replace(content=content))


def last_of(c: Chosen, pieces: tuple[Piece, ...]) -> int:
    """Where the last of a statement's content, cue and source ends."""
    return max(pieces[-1][1], c.candidate.cue + 1, c.candidate.source[1] if c.candidate.source else 0)


def stands_alone(a: Analysis, layout: Layout, run: Run) -> bool:
    """Is the run a whole sentence, or several, in marks of its own?"""
    ends = a.word[run.last - 1][-1] in SENTENCE_END
    return ends and run.opened and run.closed and sum(layout.words[run.first : run.last]) >= LEAST and starts_afresh(a, run.first)


def starts_afresh(a: Analysis, first: int) -> bool:
    """Does a quotation open its paragraph or follow the end of a sentence?"""
    before = next((i for i in range(first - 1, max(-1, first - 4), -1) if a.word[i] not in QUOTES), -1)
    return before < 0 or a.word[before][-1] in SENTENCE_END or any(before < b.first <= first for b in a.blocks)


def goes_on(a: Analysis, layout: Layout, run: Run, pieces: tuple[Piece, ...], block: int) -> bool:
    """In the same paragraph; or alone in the next one, after words that were quoted too."""
    if run.block == block:
        return True
    here = a.blocks[run.block]
    alone = not any(layout.words[here.first : run.first]) and not any(layout.words[run.last : here.last])
    return alone and run.block == block + 1 and any(layout.run[i] >= 0 for first, last in pieces for i in range(first, last))
