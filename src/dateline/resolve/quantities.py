"""Which event each figure belongs to."""

from msgspec.structs import replace

from dateline.codebook import Codebook
from dateline.records import Analysis, Event, Quantity


def resolve_quantities(
    found: tuple[Quantity, ...], events: tuple[Event, ...], a: Analysis, codebook: Codebook
) -> tuple[tuple[Quantity, ...], tuple[Event, ...]]:
    """The quantities with ids and `of`, and the events with the ids of their quantities."""
    return tuple(replace(q, id=f"q{i}") for i, q in enumerate(found, 1)), events
