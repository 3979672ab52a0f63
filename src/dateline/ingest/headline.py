"""Headlines that do not stand out by themselves: one that ends in a point, one that runs into the first paragraph, one with its deck attached."""

import re
from collections.abc import Callable

from dateline.codebook import Codebook
from dateline.ingest.lines import TERMINAL, WORD, Line, size_of

LONGEST_HEADLINE = 24  # words of a headline that ends in a point
SHORT_HEADLINE, LONG_HEADLINE = 12, 16  # words up to which one may hold articles, and up to which one without may be told
LONGEST_DECK = 35
LONGEST_TITLE, SHORTEST_REST = 200, 20  # characters of a headline that runs into its report, words of that report
SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+(?=[A-Z\"“'‘(])")
CAPITALS = 0.75  # share of its words in capitals from which a headline is told by them alone


def pointed_headline(body: list[Line], codebook: Codebook, *, dated: bool) -> bool:
    """Whether the first paragraph is a headline that ends in a point: one short sentence, set off, with the words of a headline.

    `dated`: the paragraph below opens with a dateline, so that this one can hardly be prose.
    """
    if len(body) < 2 or not body[0].before_blank or body[0].size > LONGEST_HEADLINE:
        return False
    text = body[0].text
    if not TERMINAL.search(text) or "\n" in text:
        return False
    if dated or capital_share(text) >= CAPITALS:
        return True
    words = {w.casefold() for w in WORD.findall(text)}
    folded = codebook.furniture.folded
    plain = body[0].size <= SHORT_HEADLINE or (body[0].size <= LONG_HEADLINE and not words & folded["articles"])
    quoted = text[0] in "\"“'‘«"
    return plain and not quoted and not SENTENCE_END.search(text) and not words & folded["sentence_words"] and body[0].size < body[1].size


def capital_share(text: str) -> float:
    """The share of words of four letters and more that start with a capital, the first word left out."""
    words = [w for w in WORD.findall(text)[1:] if len(w) > 3 and w[0].isalpha()]
    return sum(w[0].isupper() for w in words) / len(words) if len(words) > 1 else 0.0


def run_in_headline(body: list[Line], opens_report: Callable[[str], bool]) -> tuple[Line, Line] | None:
    """The headline and the rest of an only paragraph that opens with its headline: one in capitals, or one with a dateline behind it.

    `opens_report` says whether words open with a dateline. None when the paragraph opens with prose.
    """
    if len(body) != 1:
        return None
    line = body[0]
    for cut in SENTENCE_END.finditer(line.text, 12, LONGEST_TITLE):
        title, rest = line.text[: cut.start()].rstrip(), line.text[cut.end() :]
        fits = size_of(rest) >= SHORTEST_REST and 3 <= size_of(title) <= LONGEST_HEADLINE
        if fits and (capital_share(title) >= CAPITALS or opens_report(rest)):
            return split_at(line, len(title) + (line.text[cut.start()] in "?!"), cut.end())
    return None


def split_at(line: Line, end: int, start: int) -> tuple[Line, Line]:
    """A line as two: up to `end`, and from `start`."""
    first = Line(start=line.start, end=line.start + end, text=line.text[:end], after_blank=True)
    return first, Line(start=line.start + start, end=line.end, text=line.text[start:], after_blank=False)


def takes_deck(above: list[Line], line: Line) -> bool:
    """Whether a line of prose is the deck of the headline right above it: no blank line between, one below, and the headline is not prose."""
    return (
        len(above) == 1
        and not line.after_blank
        and line.before_blank
        and above[0].after_blank
        and line.size <= LONGEST_DECK
        and not above[0].is_prose
    )
