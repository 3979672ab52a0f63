"""What the report says in its own voice: assessments and background."""

from dateline.codebook import Codebook
from dateline.records import Analysis, Event, Narration, Statement


def resolve_narration(
    a: Analysis, codebook: Codebook, *, statements: tuple[Statement, ...], events: tuple[Event, ...]
) -> tuple[Narration, ...]:
    """Stretches of narration that assess or give background, in order of the text."""
    return ()
