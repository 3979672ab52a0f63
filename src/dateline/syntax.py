"""Small questions to a parse, shared by the finders and resolvers: whole phrases, subjects, spans. Reads an Analysis, nothing else."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate

from dateline.records import Analysis, Span

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
OBJECTS = frozenset({"dobj", "dative", "obj", "iobj"})


def span_of(a: Analysis, first: int, last: int) -> Span:
    """The characters of tokens [first, last)."""
    return Span(a.start[first], a.end[last - 1])


def shifted(span: Span, by: int) -> Span:
    """A span so many characters further on."""
    return Span(span.start + by, span.end + by)


def subtree(a: Analysis, i: int) -> tuple[int, int]:
    """Tokens [first, last) that token i governs, itself included."""
    return a.left[i], a.right[i] + 1


def dependents(a: Analysis, i: int, *labels: str) -> list[int]:
    """Direct dependents of i with one of these labels, in order of the text."""
    return [c for c in a.children[i] if a.dep[c] in labels]


def dependent(a: Analysis, i: int, *labels: str) -> int | None:
    """The first direct dependent of i with one of these labels."""
    return next((c for c in a.children[i] if a.dep[c] in labels), None)


def ancestors(a: Analysis, i: int) -> Iterator[int]:
    """Heads above i, the nearest first; not i itself."""
    while a.head[i] != i:
        i = a.head[i]
        yield i


def subject_of(a: Analysis, verb: int) -> int | None:
    """The head token of a verb's subject; for a conjoined or open complement verb without its own, that of the verb above."""
    while True:
        own = next((c for c in a.children[verb] if a.dep[c] in SUBJECTS), None)
        if own is not None or a.dep[verb] not in ("conj", "xcomp") or a.head[verb] == verb:
            return own
        verb = a.head[verb]


def tokens_in(a: Analysis, span: Span) -> list[int]:
    """Indices of the tokens that lie inside a span."""
    first = bisect_left(a.start, span.start)
    return list(range(first, bisect_right(a.end, span.end, first)))


def text_of(a: Analysis, span: Span) -> str:
    """The characters that a span points at."""
    return a.text[span.start : span.end]


def root_of(a: Analysis, span: Span) -> int | None:
    """The token of a span that governs the others: the first whose head lies outside; None when no token lies inside."""
    first, heads = bisect_left(a.start, span.start), a.head
    last = bisect_right(a.end, span.end, first)
    for i in range(first, last):  # a plain loop: asked of every mention, and mostly the answer is the first or second word
        above = heads[i]
        if above == i or not first <= above < last:
            return i
    return None


def is_side(a: Analysis, i: int, sides: frozenset[str]) -> bool:
    """Whether a plural stands for parties that the report has told of before: "the two sides", "both governments"."""
    return (
        a.lemma[i] in sides and a.tag[i] == "NNS" and any(a.lower[c] in ("two", "both", "three", "rival", "warring") for c in a.children[i])
    )


def divided(a: Analysis, i: int, j: int) -> bool:
    """Whether a semicolon parts two tokens: what stands on either side is told for itself ("Minister quits; opposition demands vote")."""
    return ";" in a.word[min(i, j) : max(i, j)]


class Stretches:
    """Stretches of text with a number each, asked which of them hold another; quick however many there are."""

    def __init__(self, stretches: Iterable[tuple[Span, int]]) -> None:
        self._all = sorted(stretches)
        self._starts = [span.start for span, _ in self._all]
        self._reach = list(accumulate((span.end for span, _ in self._all), max))  # how far any stretch so far goes

    def over(self, span: Span) -> list[int]:
        """The numbers of those that hold the whole span, each once, in order."""
        at = bisect_right(self._starts, span.start) - 1
        found: set[int] = set()
        while at >= 0 and self._reach[at] >= span.end:
            if self._all[at][0].end >= span.end:
                found.add(self._all[at][1])
            at -= 1
        return sorted(found)
