"""Checks on wording: words and lines that stand twice, headline terms that nobody is quoted with, a state that is over and still holds."""

import re
from collections.abc import Iterator

from dateline.check.words import body, inside, title_and_deck, words
from dateline.codebook import Codebook
from dateline.records import Check, Record, Span, Speaker, Statement

DOUBLED = re.compile(r"\b(\w+)[ \t]+(\1)\b", re.IGNORECASE)
STEM = 5  # letters that two forms of one word share


def doubled_word(record: Record, text: str, codebook: Codebook) -> Iterator[Check]:
    """The same word twice in a row."""
    for where in [*title_and_deck(record.report), *body(record.report)]:
        for m in DOUBLED.finditer(text, where.start, where.end):
            if m[1].casefold() not in codebook.checks.doubling_allowed and m[1] == m[2] and not m[1].isdigit() and m[1].islower():
                says = f"“{m[0]}”: the word stands twice."
                yield Check(check="doubled_word", result="flag", spans=(Span(*m.span()),), says=says)


def repeated_line(record: Record, text: str, codebook: Codebook) -> Iterator[Check]:
    """A caption or a paragraph that stands more than once; it counts once."""
    for caption in record.report.captions:
        if caption.duplicates:
            says = f"The caption “{caption.value}” stands {1 + len(caption.duplicates)} times; it is kept once."
            yield Check(check="repeated_line", result="flag", spans=(caption.span, *caption.duplicates), says=says)
    first: dict[str, Span] = {}
    for span in body(record.report):
        line = " ".join(text[span.start : span.end].split())
        if len(line) > 30 and line in first:
            says = f"The paragraph “{line[:60]}…” stands more than once."
            yield Check(check="repeated_line", result="flag", spans=(first[line], span), says=says)
        first.setdefault(line, span)


def headline_term(record: Record, text: str, codebook: Codebook) -> Iterator[Check]:
    """A claim's word in a headline that lays words to somebody, which the report paraphrases, but does not quote where it quotes them."""
    headline, book = record.report.headline, codebook.checks
    spoken = [s for s in record.statements if s.speaker and headline and headline.span and inside(s.content[0], [headline.span])]
    quotes = _quotations(spoken[0], record, text) if spoken else []
    if not quotes:
        return
    names = [m for a in record.actors for m in a.mentions]
    body_words = [w for p in body(record.report) for w in words(text, p)]
    for span in spoken[0].content:
        for word in words(text, span):
            if word.said in book.empty_words or len(word.said) < STEM or inside(word.span, names) or not word.said.isalpha():
                continue
            stems = book.same_term.get(word.said, (word.said[: max(STEM, len(word.said) - 3)],))
            there = [w for w in body_words if w.said.startswith(stems) and not inside(w.span, names)]
            if there and not any(inside(w.span, quotes) for w in there):
                says = f"“{text[word.span.start : word.span.end]}” stands in the headline and in paraphrase, and in no direct quotation."
                yield Check(check="headline_term", result="fail", spans=(word.span, *(w.span for w in there[:6])), says=says)


def _quotations(claim: Statement, record: Record, text: str) -> list[Span]:
    """Where the body quotes the speaker of a headline's claim, a few words and more at a time."""
    speaker = claim.speaker
    theirs = [s for s in record.statements if speaker and s.speaker and s is not claim and _same(s.speaker, speaker)]
    return [q for s in theirs for q in s.quoted if len(words(text, q)) > 3]


def _same(one: Speaker, other: Speaker) -> bool:
    return one.name.split()[-1:] == other.name.split()[-1:] or (one.actor is not None and one.actor == other.actor)


def state(record: Record, text: str, codebook: Codebook) -> Iterator[Check]:
    """A war that has ended in one sentence and still holds in another: both can be true only by the letter of the law."""
    book, spans = codebook.checks, body(record.report)
    plain = text.casefold()  # a look is quicker than a search without case, and mostly finds none
    lasting = [s for phrase in book.lasting if phrase.casefold() in plain for s in _stand(phrase, text, spans)]
    if not lasting:
        return
    over = [
        s for phrase in book.endings for s in _stand(phrase, text, spans) if re.search(r"\bwar\b", text[s.end : s.end + 40], re.IGNORECASE)
    ]
    if over:
        says = f"“{text[over[0].start : over[0].end]}” a war and “{text[lasting[0].start : lasting[0].end]}” stand in one report."
        yield Check(check="state", result="flag", spans=(over[0], lasting[0]), says=says)


def _stand(phrase: str, text: str, spans: list[Span]) -> list[Span]:
    pattern = re.compile(rf"\b{re.escape(phrase)}\b", re.IGNORECASE)
    return [Span(*m.span()) for where in spans for m in pattern.finditer(text, where.start, where.end)]
