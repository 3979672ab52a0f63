"""Tests the actors of the codebook on its examples: for each marked phrase, the type, country, sector and name that come out."""

import msgspec

from dateline.codebook import Codebook
from dateline.evaluate.base import Line, examples_of
from dateline.find import find_actors
from dateline.mentions import ActorIndex
from dateline.records import Actor, Base, Fields, Paragraph, Span
from dateline.resolve import resolve_actors


class Example(Base, frozen=True, kw_only=True):
    """One sentence with the actor between brackets; what is UNSET is not asked."""

    say: str
    name: str | None = None
    type: str | None = None
    country: str | msgspec.UnsetType | None = msgspec.UNSET
    sector: str | msgspec.UnsetType | None = msgspec.UNSET
    actor: bool = True


def check_actors(codebook: Codebook, line: Line) -> list[str]:
    """One line for each example that comes out otherwise than it says."""
    return [fault for example in examples_of(codebook, "actors", list[Example]) if (fault := _fault(example, codebook, line))]


def _fault(example: Example, codebook: Codebook, line: Line) -> str | None:
    before, _, rest = example.say.partition("[")
    marked, _, after = rest.partition("]")
    text = before + marked + after
    fields = Fields(language="en", body=(Paragraph(span=Span(0, len(text))),))
    analysis = line.analyser.analyse(text, fields)
    actors = resolve_actors(find_actors(analysis, codebook), analysis, fields, codebook)
    found = ActorIndex(actors, analysis).at(Span(len(before), len(before) + len(marked)))
    wrong = _differences(example, found)
    return f"actors: {example.say!r}: {wrong}" if wrong else None


def _differences(example: Example, found: Actor | None) -> str:
    if not example.actor:
        return f"found {found.name!r}" if found else ""
    if found is None:
        return "no actor found"
    asked = {
        "name": example.name or msgspec.UNSET,
        "type": example.type or msgspec.UNSET,
        "country": example.country,
        "sector": example.sector,
    }
    wrong = {key: getattr(found, key) for key, value in asked.items() if value is not msgspec.UNSET and getattr(found, key) != value}
    return ", ".join(f"{key} {value!r} instead of {asked[key]!r}" for key, value in wrong.items())
