"""Checks on quotations: is what headline, deck and narration put between quotation marks what a fuller quotation in the report says."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from dateline.check.words import Word, body, quoted_spans, title_and_deck, words
from dateline.codebook import Codebook
from dateline.records import Check, Record, Span

ALTERED = 0.6  # share of a quotation's words that a fuller one must hold, in order, to be its origin
FULLER = 1.3  # how many times as many words a quotation has that another is a part of
LEAST = 3  # words: a shorter quotation that is not verbatim is too short to say where it came from


def quotation_in_deck(record: Record, text: str, codebook: Codebook) -> Iterator[Check]:
    """A quotation in headline or deck against the quotations of the body: verbatim, altered, or nowhere."""
    quotes = [(quote, words(text, quote)) for where in title_and_deck(record.report) for quote in quoted_spans(text, where)]
    quotes = [(quote, mine) for quote, mine in quotes if len(mine) > 1]  # not a name or a scare quote
    fuller = [words(text, q) for p in body(record.report) for q in quoted_spans(text, p)] if quotes else []
    for quote, mine in quotes:
        best = _closest(mine, fuller)
        if best is None:
            says = f"“{_said(text, quote)}” stands in headline or deck, and in no quotation of the body."
            yield Check(check="quotation_in_deck", result="flag", spans=(quote,), says=says)
        else:
            yield _judged("quotation_in_deck", text, quote, *best)


def quotation_partial(record: Record, text: str, codebook: Codebook) -> Iterator[Check]:
    """A few quoted words in a sentence of the report against a fuller quotation elsewhere in it."""
    quotes = [(q, words(text, q)) for p in body(record.report) for q in quoted_spans(text, p)]
    said = [{w.said for w in mine} for _, mine in quotes]
    by_word: dict[str, list[int]] = {}
    for n, telling in enumerate(said):
        for word in telling:
            by_word.setdefault(word, []).append(n)
    for (quote, mine), telling in zip(quotes, said, strict=True):
        if len(mine) < 2:
            continue
        rarest = sorted(telling, key=lambda word: len(by_word[word]))[: int((1 - ALTERED) * len(telling)) + 1]  # one of them must return
        near = ((*quotes[n], said[n]) for n in sorted({n for word in rarest for n in by_word[word]}))
        fuller = [
            other
            for q, other, theirs in near
            if len(other) >= FULLER * len(mine) and q != quote and len(telling & theirs) >= ALTERED * len(telling)
        ]
        if best := _closest(mine, fuller):
            yield _judged("quotation_partial", text, quote, *best)


def _closest(mine: list[Word], fuller: list[list[Word]]) -> tuple[Span, bool] | None:
    """The stretch of a fuller quotation that this one comes from, and whether it is word for word."""
    best: tuple[float, Span] | None = None
    said = [w.said for w in mine]
    telling = set(said)
    for other in fuller:
        if len(telling.intersection(w.said for w in other)) < ALTERED * len(telling):
            continue
        matcher = SequenceMatcher(None, said, [w.said for w in other], autojunk=False)
        blocks = [b for b in matcher.get_matching_blocks() if b.size]
        share = sum(b.size for b in blocks) / len(mine)
        if blocks and share >= ALTERED and (len(mine) >= LEAST or share == 1) and (best is None or share > best[0]):
            first, last = blocks[0], blocks[-1]
            stretch = Span(other[first.b].span.start, other[last.b + last.size - 1].span.end)
            if share == 1 and len(blocks) == 1:
                return stretch, True
            best = share, stretch
    return (best[1], False) if best else None


def _judged(check: str, text: str, quote: Span, origin: Span, verbatim: bool) -> Check:
    if verbatim:
        says = f"“{_said(text, quote)}” stands word for word in a fuller quotation."
        return Check(check=check, result="pass", spans=(quote, origin), says=says)
    says = f"“{_said(text, quote)}” is altered: the fuller quotation says “{_said(text, origin)}”."
    return Check(check=check, result="fail", spans=(quote, origin), says=says)


def _said(text: str, span: Span) -> str:
    return " ".join(text[span.start : span.end].split()).rstrip(",")
