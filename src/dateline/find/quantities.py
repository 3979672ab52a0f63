"""Finds quantities: figures with operator, bounds and unit."""

from dateline.codebook import Codebook
from dateline.records import Analysis, Quantity


def find_quantities(a: Analysis, codebook: Codebook) -> tuple[Quantity, ...]:
    """Every figure that counts or measures something, in order of the text; `of` is not yet known."""
    return ()
