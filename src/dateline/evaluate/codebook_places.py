"""Tests the places of the codebook on its examples: for each marked name the place, its kind, country and role that come out."""

import msgspec

from dateline.codebook import Codebook
from dateline.evaluate.base import Line, examples_of
from dateline.find import find_places
from dateline.records import Base, Fields, Paragraph, Place, Span
from dateline.resolve import resolve_places


class Example(Base, frozen=True, kw_only=True):
    """One sentence with a name between brackets; what is UNSET is not asked."""

    say: str
    name: str | msgspec.UnsetType = msgspec.UNSET
    kind: str | msgspec.UnsetType | None = msgspec.UNSET
    country: str | msgspec.UnsetType | None = msgspec.UNSET
    role: str | msgspec.UnsetType = msgspec.UNSET
    place: bool = True


def check_places(codebook: Codebook, line: Line) -> list[str]:
    """One line for each example that comes out otherwise than it says."""
    return [fault for example in examples_of(codebook, "places", list[Example]) if (fault := fault_of(example, codebook, line))]


def fault_of(example: Example, codebook: Codebook, line: Line) -> str | None:
    """What is wrong with one example; None when it comes out as it says."""
    before, _, rest = example.say.partition("[")
    marked, _, after = rest.partition("]")
    found = place_at(before, marked, after, codebook, line)
    if not example.place:
        return f"places: {example.say!r}: found {found.name!r}" if found else None
    if found is None:
        return f"places: {example.say!r}: no place found"
    asked = {key: value for key in ("name", "kind", "country", "role") if (value := getattr(example, key)) is not msgspec.UNSET}
    wrong = [f"{key} {getattr(found, key)!r} instead of {value!r}" for key, value in asked.items() if getattr(found, key) != value]
    return f"places: {example.say!r}: {', '.join(wrong)}" if wrong else None


def place_at(before: str, marked: str, after: str, codebook: Codebook, line: Line) -> Place | None:
    text = before + marked + after
    fields = Fields(language="en", body=(Paragraph(span=Span(0, len(text))),))
    analysis = line.analyser.analyse(text, fields)
    places = resolve_places(find_places(analysis, codebook), analysis, fields, codebook)
    return next((p for p in places if p.span == Span(len(before), len(before) + len(marked))), None)
