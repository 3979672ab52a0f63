"""Place names → gazetteer entries: one sense a document, rivals kept; a capital as its government is an actor."""

from dateline.codebook import Codebook
from dateline.records import Analysis, Fields, FoundPlace, Place


def resolve_places(found: tuple[FoundPlace, ...], a: Analysis, fields: Fields, codebook: Codebook) -> tuple[Place, ...]:
    """One Place for each mention found, in order of the text."""
    return ()
