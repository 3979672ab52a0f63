"""The first sources behind a report, as the report names them."""

from dateline.codebook import Codebook
from dateline.records import Actor, Fields, Origin, Statement


def name_origins(statements: tuple[Statement, ...], fields: Fields, actors: tuple[Actor, ...], codebook: Codebook) -> tuple[Origin, ...]:
    """Each origin once, in order of its first mention."""
    return ()
