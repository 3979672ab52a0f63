"""Quotation marks → runs of quoted words, paragraph by paragraph: an odd mark costs one paragraph at most.

Looks at characters and tokens only; who is quoted is decided elsewhere in this package.
"""

import re
from bisect import bisect_left
from typing import NamedTuple

from dateline.records import Analysis, Block

MARK = re.compile(r"[\"“”«»„‟]|''|``|(?<!\w)[‘'’](?=\w)|(?<=[\w.,!?…;-])[’'](?!\w)")
ALWAYS_OPEN, ALWAYS_CLOSE = frozenset({"“", "«", "„", "``"}), frozenset({"”", "»"})
SINGLE = frozenset({"‘", "'", "’"})
SENTENCE_END = frozenset(".?!…")
LONGEST_SINGLE = 600  # characters; a single mark further away is an apostrophe


class Run(NamedTuple):
    """One unbroken stretch of quoted words: tokens [first, last) without the marks, characters [start, end)."""

    first: int
    last: int
    start: int
    end: int
    closed: bool  # a closing mark stands in its own paragraph
    opened: bool  # an opening mark stands in its own paragraph
    block: int


class Mark(NamedTuple):
    """One quotation mark, with what its neighbours allow it to be."""

    start: int
    end: int
    single: bool
    opens: bool
    closes: bool


def quoted_runs(a: Analysis) -> list[Run]:
    """Every run in order of the text. A paragraph left open counts as quoted to its end when it starts so or the next one goes on."""
    runs: list[Run] = []
    carried = False
    for k, block in enumerate(a.blocks):
        marks = _marks(a.text, block)
        pairs, left_open = _pairs(a.text, block, marks, carried=carried)
        if left_open is not None:
            carried = _goes_on(a, k, left_open)
            if carried or left_open <= block.start + 2:
                pairs.append((left_open, block.end, False, True))
        else:
            carried = False
        for start, end, closed, opened in sorted(pairs):
            run = _run(a, block, start, end, closed=closed, opened=opened, number=k)
            if run:
                runs.append(run)
    return runs


def _marks(text: str, block: Block) -> list[Mark]:
    found = []
    for m in MARK.finditer(text, block.start, block.end):
        sign = m.group()
        before = text[m.start() - 1] if m.start() > block.start else " "
        after = text[m.end()] if m.end() < block.end else " "
        free_before, free_after = not (before.isalnum() or before in ".,!?…;:%)"), not after.isalnum()
        if sign in ALWAYS_OPEN:
            opens, closes = True, False
        elif sign in ALWAYS_CLOSE:
            # A wrong-way mark at the start of a word is meant to open.
            opens, closes = free_before and not free_after, not (free_before and not free_after)
        else:
            opens, closes = (before.isspace() or free_before) and not after.isspace(), not before.isspace() or after.isspace()
        found.append(Mark(m.start(), m.end(), sign in SINGLE, opens, closes))
    return found


def _pairs(text: str, block: Block, marks: list[Mark], *, carried: bool) -> tuple[list[tuple[int, int, bool, bool]], int | None]:
    """Pairs (start, end, closed, opened) of inner characters, and where an opening mark without its partner stands."""
    pairs: list[tuple[int, int, bool, bool]] = []
    open_at: int | None = None
    doubles = [m for m in marks if not m.single]
    for k, mark in enumerate(doubles):
        if open_at is None:
            if mark.opens:
                open_at = mark.end
            elif k == 0 and carried:
                pairs.append((block.start, mark.start, True, False))
        elif mark.closes and not (mark.opens and _odd_ahead(doubles, k)):
            pairs.append((open_at, mark.start, True, True))
            open_at = None
    covered = list(pairs) + ([(open_at, block.end, False, True)] if open_at is not None else [])
    pairs += _single_pairs(text, [m for m in marks if m.single], covered)
    return pairs, open_at


def _odd_ahead(marks: list[Mark], k: int) -> bool:
    """A mark that could do either opens a quotation within the quotation when two closing marks stand ahead of the next opening one."""
    ahead = marks[k + 1 : k + 3]
    return len(ahead) == 2 and all(m.closes and not m.opens for m in ahead)


def _single_pairs(text: str, marks: list[Mark], covered: list[tuple[int, int, bool, bool]]) -> list[tuple[int, int, bool, bool]]:
    """Quotations in single marks outside the double ones. An apostrophe never opens, and closes only where an opener waits."""
    pairs: list[tuple[int, int, bool, bool]] = []
    open_at: int | None = None
    for mark in marks:
        if any(s <= mark.start < e for s, e, _, _ in covered):
            continue
        before = text[mark.start - 1] if mark.start else " "
        if mark.opens and not before.isalnum():
            open_at = mark.end
        elif open_at is not None and mark.closes and mark.start - open_at <= LONGEST_SINGLE:
            # "the workers’ demands": a possessive plural followed by a lower-case word closes nothing.
            following = text[mark.end : mark.end + 2]
            if not (before == "s" and len(following) == 2 and following[0] == " " and following[1].islower() and _another(marks, mark)):
                pairs.append((open_at, mark.start, True, True))
                open_at = None
    return pairs


def _another(marks: list[Mark], mark: Mark) -> bool:
    return any(m.closes and not m.opens and m.start > mark.start for m in marks)


def _goes_on(a: Analysis, k: int, left_open: int) -> bool:
    """Does the next paragraph of the same kind open with a quotation mark again, as a quotation over several paragraphs does?"""
    if k + 1 >= len(a.blocks) or a.blocks[k + 1].kind != a.blocks[k].kind:
        return False
    following = a.blocks[k + 1]
    return a.text[following.start : following.start + 2].lstrip()[:1] in {"“", '"', "«", "'", "‘", "`"}


def _run(a: Analysis, block: Block, start: int, end: int, *, closed: bool, opened: bool, number: int) -> Run | None:
    first = bisect_left(a.start, start, block.first, block.last)
    last = bisect_left(a.start, end, first, block.last)
    return Run(first, last, start, end, closed, opened, number) if last > first else None
