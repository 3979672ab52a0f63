"""Gives lower-cased text its capitals back before it is parsed: a parser that knows names by their case finds none without.

One character for one, so that offsets stay. Sentence starts, the names that the codebook lists, and what follows a title.
"""

import re
from collections.abc import Iterator

from dateline.codebook.case import CaseWords

LETTERS = 40  # fewer than this say nothing about how a paragraph is written
WORD = re.compile(r"[^\W_]+")
START = re.compile(r"(?:^|[.!?:][\"'”’)]*\s+|[\"“]|\n)\s*([a-z])")


def is_lower_cased(text: str) -> bool:
    """Whether a paragraph of some length has no capital at all."""
    return text.islower() and sum(c.isalpha() for c in text) >= LETTERS


def restore_case(text: str, words: CaseWords) -> str:
    """The text with capitals where they are sure; of the same length. Text that has any capital is returned as it is."""
    if not is_lower_cased(text):
        return text
    chars = list(text)
    for at in (*_starts(text), *_initials(text, words)):
        _raise(chars, at)
    for m in WORD.finditer(text):
        if m[0] in words.acronyms:
            for at in range(m.start(), m.end()):
                _raise(chars, at)
    return "".join(chars)


def _starts(text: str) -> Iterator[int]:
    """First letters of sentences and of quotations."""
    yield from (m.start(1) for m in START.finditer(text))


def _initials(text: str, words: CaseWords) -> Iterator[int]:
    """First letters of names, of each word of a listed phrase, of the word after a title, of a month beside its day or year."""
    found = list(WORD.finditer(text))
    plain = [m[0] for m in found]
    for i, m in enumerate(found):
        word, before, after = m[0], plain[i - 1] if i else "", plain[i + 1] if i + 1 < len(plain) else ""
        if word in words.names or before in words.titles or (word in words.beside_number and (before.isdigit() or after.isdigit())):
            yield m.start()
        for phrase in words.phrases_by_first.get(word, ()):
            if tuple(plain[i : i + len(phrase)]) == phrase:
                yield from (found[j].start() for j in range(i, i + len(phrase)))
                break


def _raise(chars: list[str], at: int) -> None:
    upper = chars[at].upper()
    if len(upper) == 1:
        chars[at] = upper
