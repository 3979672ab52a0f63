"""Words that the checks need: the form of this part of the codebook."""

from dateline.codebook.loader import Loader
from dateline.records import Base


class Checks(Base, frozen=True, kw_only=True):
    """Words that the checks need."""

    weekdays: tuple[str, ...]  # English names, Monday first
    doubling_allowed: frozenset[str]  # words that stand twice in a row in good English, and names that do
    empty_words: frozenset[str]  # carry no claim of their own: not looked for in quotations
    same_term: dict[str, tuple[str, ...]]  # a headline's word → stems that say the same in the body
    includes: tuple[str, ...]  # words that make the second figure a part of the first
    happenings: dict[str, tuple[str, ...]]  # a kind of happening → lemmas that name it
    endings: tuple[str, ...]  # words that say a state is over
    lasting: tuple[str, ...]  # words that say it still holds


def read_checks(loader: Loader) -> Checks | None:
    """This part, or None with its faults kept in the loader."""
    book = loader.read("checks.yml", Checks)
    if book:
        loader.check("checks.yml", "weekdays", len(book.weekdays) == 7, "seven names are needed, Monday first")
    return book
