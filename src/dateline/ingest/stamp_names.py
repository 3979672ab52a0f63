"""Month and weekday names in a stamp's line: which words of it name one, and in which languages."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from dateline.codebook.stamps import Names, Stamps, fold_name

LONGEST_NAME = 3  # words


class Word(NamedTuple):
    """A run of letters or of digits: characters [start, end), and its folded form."""

    start: int
    end: int
    text: str
    number: bool


class NamedDay(NamedTuple):
    """A word that names a weekday: characters, and weekday (Monday 0) → languages."""

    start: int
    end: int
    numbers: dict[int, frozenset[str]]
    sure: bool = True  # not two letters that are a word or an agency too: Su, PA


@lru_cache(maxsize=16)
def words_of(line: str) -> tuple[Word, ...]:
    """The runs of letters and of digits of a folded line, in order."""
    found: list[Word] = []
    end = 0
    for kind, run in groupby(map(kind_of, line)):
        begin, end = end, end + len(list(run))
        if kind != " ":
            found.append(Word(begin, end, fold_name(line[begin:end]), kind == "d"))
    return tuple(found)


@lru_cache(maxsize=5_000)
def kind_of(c: str) -> str:
    """l for a letter or a mark on one, d for a digit, a space for the rest."""
    if c in "\u200c\u200d":
        return "l"
    category = unicodedata.category(c)[0]
    return "l" if category in "LM" else "d" if category == "N" else " "


def find_named(line: str, words: Sequence[Word], names: Names, stamps: Stamps) -> list[tuple[int, int, dict[int, frozenset[str]]]]:
    """Words (or runs of up to three) that are names: first word, one past the last, number → languages. The longest first."""
    found, i = [], 0
    while i < len(words):
        _, end, text, number = words[i]
        if number:
            i += 1
            continue
        # most words stand before a space and open no name of several words
        several = text in stamps.openers or line[end : end + 1] not in (" ", "")
        for n in range(LONGEST_NAME if several else 1, 0, -1):
            if i + n > len(words):
                continue
            key = text if n == 1 else fold_name(line[words[i].start : words[i + n - 1].end].replace("-", " "))
            numbers = names.get(key) or (without_prefix(key, names, stamps) if n == 1 else None)
            if numbers:
                found.append((i, i + n, numbers))
                i += n - 1
                break
        i += 1
    return found


def without_prefix(word: str, names: Names, stamps: Stamps) -> dict[int, frozenset[str]] | None:
    """What a word names when a written-on preposition is taken off, or the name inside a run of a script without spaces."""
    prefixed = names is not stamps.weekdays and word.startswith(stamps.words.month_prefixes)
    for prefix in stamps.words.month_prefixes if prefixed else ():
        if word.startswith(prefix) and (found := names.get(word.removeprefix(prefix))):
            return found
    if word and word[0] > "\u0e00":
        for m in stamps.unspaced.finditer(word):
            if m.group() in names:
                return names[m.group()]
    return None


def find_weekdays(line: str, stamps: Stamps) -> list[NamedDay]:
    """Weekdays that the line names, in order."""
    words = words_of(line)
    found = []
    for i, j, numbers in find_named(line, words, stamps.weekdays, stamps):
        start, end = words[i].start, words[j - 1].end
        found.append(NamedDay(start, end, numbers, sure=end - start > 2 or not line[start:end].isascii()))
    for sign, number in stamps.words.bracketed_weekdays.items():
        for opening, closing in ("()", "（）", "[]"):
            at = line.find(opening + sign + closing)
            if at >= 0:
                found.append(NamedDay(at + 1, at + 2, {number: frozenset(("ja", "ko", "zh"))}))
    return sorted(found)
