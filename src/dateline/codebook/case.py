"""Words that are written with a capital: what gives lower-cased text its names back before it is parsed."""

from dateline.codebook.loader import Loader
from dateline.records import Base


class CaseFile(Base, frozen=True, kw_only=True):
    """The file as a researcher edits it: comma-separated words and phrases in lower case."""

    names: str
    phrases: str
    acronyms: str
    titles: str
    beside_number: str


class CaseWords(Base, frozen=True, kw_only=True):
    """Words and phrases in lower case; `phrases` by their first word, longest first."""

    names: frozenset[str]
    phrases: dict[str, tuple[tuple[str, ...], ...]]
    acronyms: frozenset[str]
    titles: frozenset[str]
    beside_number: frozenset[str]


def read_case(loader: Loader) -> CaseWords | None:
    """This part, or None with its faults kept in the loader."""
    file = loader.read("case.yml", CaseFile)
    if file is None:
        return None
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for phrase in _listed(file.phrases):
        words = tuple(phrase.split())
        loader.check("case.yml", "phrases", len(words) > 1, f"{phrase!r} is one word: it belongs under names")
        phrases.setdefault(words[0], []).append(words)
    return CaseWords(
        names=frozenset(_listed(file.names)),
        phrases={first: tuple(sorted(found, key=lambda w: (-len(w), w))) for first, found in phrases.items()},
        acronyms=frozenset(_listed(file.acronyms)),
        titles=frozenset(_listed(file.titles)),
        beside_number=frozenset(_listed(file.beside_number)),
    )


def _listed(text: str) -> list[str]:
    return [" ".join(p.split()) for p in text.split(",") if p.strip()]
