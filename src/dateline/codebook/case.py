"""Words that are written with a capital: what gives lower-cased text its names back before it is parsed."""

from functools import cached_property

from dateline.codebook.loader import Loader, Words
from dateline.records import Base


class CaseWords(Base, frozen=True, kw_only=True, dict=True):
    """Words and phrases in lower case."""

    names: Words
    phrases: Words
    acronyms: Words
    titles: Words
    beside_number: Words

    @cached_property
    def phrases_by_first(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        """The phrases, word by word, under their first word, longest first."""
        found: dict[str, list[tuple[str, ...]]] = {}
        for words in sorted((tuple(phrase.split()) for phrase in self.phrases), key=lambda w: (-len(w), w)):
            found.setdefault(words[0], []).append(words)
        return {first: tuple(listed) for first, listed in found.items()}


def read_case(loader: Loader) -> CaseWords | None:
    """This part, or None with its faults kept in the loader."""
    words = loader.read("case.yml", CaseWords)
    for phrase in sorted(words.phrases) if words else ():
        loader.check("case.yml", "phrases", " " in phrase, f"{phrase!r} is one word: it belongs under names")
    return words
