"""Which mentions are one actor: name variants, titles, roles, pronouns; its country and sector."""

from dateline.codebook import Codebook
from dateline.records import Actor, Analysis, Fields, FoundActor


def resolve_actors(found: tuple[FoundActor, ...], a: Analysis, fields: Fields, codebook: Codebook) -> tuple[Actor, ...]:
    """The actors of the report, in order of their first mention."""
    return ()
