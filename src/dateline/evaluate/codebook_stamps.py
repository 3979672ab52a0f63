"""Tests the stamps of the codebook: its examples, and every label before a date."""

from dateline.codebook import Codebook
from dateline.codebook.stamps import Stamps
from dateline.evaluate.base import Line, examples_of
from dateline.ingest.stamps import read_stamp
from dateline.records import Base


class Example(Base, frozen=True, kw_only=True):
    """A line, what its stamp states, and what its label says."""

    line: str
    value: str | None
    label: str | None = None


def check_stamps(codebook: Codebook, line: Line) -> list[str]:
    """One line for each example that is read otherwise, and for each label that is not found before a date."""
    examples = examples_of(codebook, "stamps", list[Example])
    return [*(f for e in examples if (f := fault_of(e, codebook.stamps))), *unread_labels(codebook.stamps)]


def fault_of(example: Example, stamps: Stamps) -> str | None:
    """What an example gives instead."""
    stamp = read_stamp(example.line, stamps)
    found = (stamp.value, stamp.label) if stamp else (None, None)
    wanted = (example.value, example.label)
    return None if found == wanted else f"stamps: {example.line!r}: read {found}, not {wanted}"


def unread_labels(stamps: Stamps) -> list[str]:
    """Labels that are not read as what they say."""
    faults = []
    for kind, by_language in (("published", stamps.words.published), ("updated", stamps.words.updated)):
        for language, labels in by_language.items():
            for label in labels:
                stamp = read_stamp(f"{label}: 2017-05-09 18:02", stamps)
                if stamp is None or stamp.label != kind:
                    faults.append(f"stamps: {kind}.{language}: {label!r} is not read as {kind}")
    return faults
