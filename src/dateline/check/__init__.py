"""Checks: one small function each, Record → what it found. `CHECKS` is the table, in the order they are reported."""

from collections.abc import Callable, Iterator

from dateline.check.days import anniversary, containment, elapsed
from dateline.check.names import name_variants, origins
from dateline.check.quotations import quotation_in_deck, quotation_partial
from dateline.check.stamps import stamp_format, weekday
from dateline.check.wording import doubled_word, headline_term, repeated_line, state
from dateline.codebook import Codebook
from dateline.records import Check, Record

CHECKS: dict[str, Callable[[Record, str, Codebook], Iterator[Check]]] = {
    "weekday": weekday,
    "anniversary": anniversary,
    "elapsed": elapsed,
    "containment": containment,
    "quotation_in_deck": quotation_in_deck,
    "quotation_partial": quotation_partial,
    "headline_term": headline_term,
    "state": state,
    "doubled_word": doubled_word,
    "stamp_format": stamp_format,
    "name_variants": name_variants,
    "repeated_line": repeated_line,
    "origins": origins,
}


def run_checks(record: Record, text: str, codebook: Codebook) -> tuple[Check, ...]:
    """Every check's findings, in the order of the table."""
    return tuple(found for check in CHECKS.values() for found in check(record, text, codebook))
