"""Tests the page furniture of the codebook: what each example line is taken for."""

from dateline.codebook import Codebook
from dateline.evaluate.base import Line, examples_of
from dateline.ingest.lines import printed_lines
from dateline.ingest.stamps import NO_HINTS
from dateline.ingest.text import sort_line
from dateline.records import Base


class Example(Base, frozen=True, kw_only=True):
    """A line, what it is, and for a credit the field and value that it gives."""

    line: str
    kind: str
    field: str | None = None
    value: str | None = None


def check_furniture(codebook: Codebook, line: Line) -> list[str]:
    """One line for each example that is taken for something else."""
    examples = examples_of(codebook, "furniture", list[Example])
    return [fault for example in examples if (fault := fault_of(example, codebook))]


def fault_of(example: Example, codebook: Codebook) -> str | None:
    """What an example is taken for instead."""
    row = sort_line(printed_lines(example.line)[0], codebook, NO_HINTS, at_end=True, first=False)
    credits = {c.field: c.value.value for c in row.credits}
    good = row.kind == example.kind and (example.field is None or credits.get(example.field) == example.value)
    return None if good else f"furniture: {example.line!r}: taken for {row.kind} {credits or ''}".rstrip()
