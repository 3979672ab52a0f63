"""Where each event happened: from its own clause first, else from the happening it belongs to."""

from dateline.codebook import Codebook
from dateline.records import Analysis, Event, Fields, Place


def place_events(
    events: tuple[Event, ...], a: Analysis, fields: Fields, codebook: Codebook, *, places: tuple[Place, ...]
) -> tuple[Event, ...]:
    """The events with `where`."""
    return events
