"""Checks: one small function each, Record → what it found. `CHECKS` is the table, in the order they are reported."""

from collections.abc import Callable, Iterator

from dateline.codebook import Codebook
from dateline.records import Check, Record

CHECKS: dict[str, Callable[[Record, str, Codebook], Iterator[Check]]] = {}


def run_checks(record: Record, text: str, codebook: Codebook) -> tuple[Check, ...]:
    """Every check's findings, in the order of the table."""
    return tuple(found for check in CHECKS.values() for found in check(record, text, codebook))
