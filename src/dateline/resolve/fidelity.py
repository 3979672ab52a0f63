"""Quotations of one report against each other: is the shorter one word for word in the fuller one, and where do they differ?"""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from msgspec.structs import replace

from dateline.records import Analysis, Fidelity, Span, Statement
from dateline.syntax import tokens_in

FEWEST = 2  # words of a quotation that can be compared
ALIKE = 0.6  # share of the shorter quotation's words that must return, in order, before "altered" is said


class Quotation(NamedTuple):
    """One quoted stretch: the statement's number, its word tokens and their lower-case forms."""

    statement: int
    tokens: list[int]
    words: list[str]


def compare_quotations(statements: Sequence[Statement], a: Analysis) -> tuple[Statement, ...]:
    """The statements with `fidelity` where another statement's quotation gives the same words more fully."""
    quotations = [q for k, s in enumerate(statements) for q in quotations_of(k, s, a)]
    by_word: dict[str, list[int]] = {}
    for n, q in enumerate(quotations):
        for word in set(q.words):
            by_word.setdefault(word, []).append(n)
    found: dict[int, list[Fidelity]] = {}
    for n, q in enumerate(quotations):
        fuller = fullest_match(n, q, quotations, by_word, statements)
        if fuller is not None:
            found.setdefault(q.statement, []).append(compared(q, quotations[fuller], statements, a))
    return tuple(replace(s, fidelity=tuple(found[k])) if k in found else s for k, s in enumerate(statements))


def quotations_of(k: int, s: Statement, a: Analysis) -> list[Quotation]:
    """The quoted stretches of a statement that are long enough to compare."""
    found = []
    for span in s.quoted:
        tokens = [t for t in tokens_in(a, span) if a.word[t][0].isalnum()]
        if len(tokens) >= FEWEST:
            found.append(Quotation(k, tokens, [a.lower[t] for t in tokens]))
    return found


def fullest_match(
    n: int, q: Quotation, quotations: Sequence[Quotation], by_word: dict[str, list[int]], statements: Sequence[Statement]
) -> int | None:
    """The longer quotation that shares most of this one's words in order; None when none shares enough."""
    shared: dict[int, int] = {}
    for word in set(q.words):
        for m in by_word[word]:
            shared[m] = shared.get(m, 0) + 1
    best: tuple[float, int] | None = None
    for m, count in sorted(shared.items()):
        other = quotations[m]
        if other.statement == q.statement or len(other.words) <= len(q.words) or count < ALIKE * len(set(q.words)):
            continue
        blocks = SequenceMatcher(None, q.words, other.words, autojunk=False).get_matching_blocks()
        share = sum(b.size for b in blocks) / len(q.words)
        if share >= ALIKE and max(b.size for b in blocks) >= FEWEST and (best is None or share > best[0]):
            best = (share, m)
    return best[1] if best else None


def compared(q: Quotation, fuller: Quotation, statements: Sequence[Statement], a: Analysis) -> Fidelity:
    """Verbatim when the words stand in the fuller quotation in one run; else altered, with the words that were put in or dropped."""
    spans: list[Span] = []
    matcher = SequenceMatcher(None, q.words, fuller.words, autojunk=False)
    operations = matcher.get_opcodes()
    for what, i, j, m, n in operations:
        edge = what == "insert" and (m == 0 or n == len(fuller.words))
        if what == "equal" or edge:
            continue
        if j > i:
            spans.append(Span(a.start[q.tokens[i]], a.end[q.tokens[j - 1]]))
        elif n > m:
            spans.append(Span(a.start[fuller.tokens[m]], a.end[fuller.tokens[n - 1]]))
    return Fidelity(other=statements[fuller.statement].id, result="altered" if spans else "verbatim", spans=tuple(spans))
