"""Runs of words as numbers: what two texts share, and how long the longest run is that they share."""

import re
import zlib

import numpy as np
from numpy.typing import NDArray

RUN = 5  # words a run
KEEP_ONE_IN = 16  # of the runs, by their number: the same run is kept in every text, or in none (Broder 1997, "mod m" sketches)
KEEP_AT_LEAST = 8
WORD = re.compile(r"\w+")
NAME = re.compile(r"(?<=[\w,;] )[^\W\d_a-z]\w+")  # a capital where no sentence begins
FIGURE = re.compile(r"\d(?:[\d.,:]*\d)?")
BASE = np.uint64(0x9E3779B97F4A7C15)

Numbers = NDArray[np.uint64]


def runs(text: str, length: int = RUN) -> Numbers:
    """The number of every run of `length` words, in order; one for a shorter text, none for one without words."""
    words = np.array([zlib.crc32(w.encode()) for w in WORD.findall(text.casefold())], dtype=np.uint64)
    if not len(words):
        return words
    n = max(1, len(words) - length + 1)
    total = np.zeros(n, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for i in range(min(length, len(words))):
            total = total * BASE + words[i : i + n]
        return (total ^ (total >> np.uint64(29))) * BASE


def told_of(text: str) -> tuple[Numbers, Numbers]:
    """The numbers of a text's names and figures, and of its figures alone, distinct: what a report tells, as against its form."""
    figures = FIGURE.findall(text)
    return _distinct(NAME.findall(text) + figures), _distinct(figures)


def _distinct(words: list[str]) -> Numbers:
    return np.unique(np.array([zlib.crc32(w.casefold().encode()) for w in words], dtype=np.uint64))


def sketch(distinct: Numbers) -> Numbers:
    """The few runs by which a text is looked up, of its distinct ones in order."""
    kept = distinct[distinct % np.uint64(KEEP_ONE_IN) == 0]
    return np.union1d(kept, distinct[:KEEP_AT_LEAST])


def share(a: Numbers, b: Numbers) -> tuple[float, float]:
    """(share of a's runs that stand in b, share of b's in a); both distinct and in order."""
    if not len(a) or not len(b):
        return 0.0, 0.0
    both = int(np.count_nonzero(_stand_in(a, b)))
    return both / len(a), both / len(b)


def longest_run(numbers: Numbers, distinct: Numbers) -> int:
    """Words of the longest unbroken stretch of a text whose runs all stand in another text's distinct ones."""
    return _longest(_stand_in(numbers, distinct)) if len(numbers) and len(distinct) else 0


def _stand_in(a: Numbers, b: Numbers) -> NDArray[np.bool_]:
    at = b.searchsorted(a)
    at[at == len(b)] = 0
    found: NDArray[np.bool_] = b[at] == a
    return found


def _longest(marks: NDArray[np.bool_]) -> int:
    """Words covered by the longest stretch of true marks."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], marks, [False])).astype(np.int8)))
    lengths = edges[1::2] - edges[::2]
    return int(lengths.max()) + RUN - 1 if len(lengths) else 0
