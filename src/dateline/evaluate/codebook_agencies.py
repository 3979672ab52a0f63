"""Tests the agencies of the codebook: every sign alone on a line, and datelines that carry one."""

from dateline.codebook import Codebook
from dateline.evaluate.base import Line, examples_of
from dateline.ingest.credits import agency_credit
from dateline.ingest.place_line import read_place_line
from dateline.ingest.stamps import NO_HINTS
from dateline.records import Base


class Example(Base, frozen=True, kw_only=True):
    """The beginning of a report, and the agency and place that its dateline gives; None where it has none."""

    text: str
    agency: str | None = None
    place: str | None = None


def check_agencies(codebook: Codebook, line: Line) -> list[str]:
    """One line for each example that is read otherwise, and for each sign that is not read alone."""
    examples = examples_of(codebook, "agencies", list[Example])
    return [*(f for e in examples if (f := fault_of(e, codebook))), *unread_signs(codebook)]


def fault_of(example: Example, codebook: Codebook) -> str | None:
    """What an example gives instead."""
    read = read_place_line(example.text, 0, codebook, NO_HINTS)
    found = (read.agency.value if read and read.agency else None, read.place.value if read and read.place else None)
    wanted = (example.agency, example.place)
    return None if found == wanted else f"agencies: {example.text[:40]!r}: read {found}, not {wanted}"


def unread_signs(codebook: Codebook) -> list[str]:
    """Signs and names that do not give their agency."""
    return [
        f"agencies: {agency.name}: {printed!r} alone on a line is not read"
        for agency in codebook.agencies.agencies
        for printed in (agency.name, *agency.signs, *agency.names)
        if (credit := agency_credit(printed, 0, codebook)) is None or credit.value.value != agency.name
    ]
