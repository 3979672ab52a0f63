"""Tests the event categories on their examples, both ways: each marked trigger must get its type, each near miss another or none.

The examples stand in `data/examples/events/TYPE.yml`, one sentence a line: `[actor] {trigger} <recipient>`. The learned part is taught
by the same sentences, so `read_examples` is here for training too.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from msgspec.structs import replace

from dateline.codebook import Codebook
from dateline.codebook.load import SHIPPED
from dateline.evaluate.base import Line
from dateline.find.event_types import Trigger, classify, find_triggers
from dateline.records import Analysis, Base, Fields, Paragraph, Span

EXAMPLES = SHIPPED / "examples" / "events"
MARKS = {"[": "]", "{": "}", "<": ">"}
NO_MODE = "plain"  # the section that says nothing on the mode


class ExampleFile(Base, frozen=True, kw_only=True):
    """One file: sentences that hold the type by mode, those where the act is not done, and near misses by what they hold instead."""

    found: dict[str, str]
    planned: str = ""
    negated: str = ""
    not_found: dict[str, str] = {}
    hard: dict[str, str] = {}  # as found: they teach, but the coder does not get them yet


class Example(Base, frozen=True, kw_only=True):
    """One sentence with its marks taken out. `type` None: the marked words name no act."""

    place: str  # file and line of text, for messages
    file: str
    type: str | None
    mode: str | None
    status: str  # actual, planned or negated
    text: str
    triggers: tuple[Span, ...]
    actor: Span | None
    recipient: Span | None
    hard: bool = False


def check_events(codebook: Codebook, line: Line) -> list[str]:
    """One line for each example that comes out otherwise than it says, and for each entry of a category that no example reaches."""
    reached: set[str] = set()
    faults: list[str] = []
    examples = read_examples(codebook.events.folder / "examples" / "events")
    for example, analysis in zip(examples, analyse_examples(examples, line), strict=True):
        hits = marked_triggers(example, find_triggers(analysis, codebook), analysis)
        reached |= {v.entry for t in hits for v in t.votes}
        fault = _fault(example, hits, analysis, codebook)
        if fault and not example.hard:
            faults.append(f"{example.place}: {fault}: {example.text!r}")
    entries = [f"{c.type}#{n}" for c in codebook.events.categories.values() for n in range(len(c.triggers))]
    return faults + [
        f"events/{e.partition('#')[0]}.yml: triggers[{e.partition('#')[2]}]: no example reaches it" for e in entries if e not in reached
    ]


def _fault(example: Example, hits: list[Trigger], a: Analysis, codebook: Codebook) -> str:
    if example.type and not hits:
        return "its trigger is in no entry, or an entry's conditions keep it out"
    types = {classify(a, t, codebook, actor=example.actor, recipient=example.recipient).type for t in hits} - {None}
    if example.type is None:
        return f"finds {', '.join(sorted(t for t in types if t))}" if types else ""
    if example.type in types:
        return ""
    return f"comes out as {', '.join(sorted(t for t in types if t)) or 'no act'} instead of {example.type}"


def marked_triggers(example: Example, triggers: Iterable[Trigger], a: Analysis) -> list[Trigger]:
    """The triggers that share a word with the marked ones."""
    return [t for t in triggers if any(s.start <= a.start[i] < s.end for s in example.triggers for i in t.tokens)]


def analyse_examples(examples: Iterable[Example], line: Line) -> Iterator[Analysis]:
    """The analysis of each example's sentence, in order."""
    reports = [(e.text, Fields(language="en", body=(Paragraph(span=Span(0, len(e.text))),))) for e in examples]
    line.analyser.read_ahead(reports)
    return (line.analyser.analyse(text, fields) for text, fields in reports)


def read_examples(folder: Path = EXAMPLES) -> list[Example]:
    """Every example, in order of file and line. Raises ValueError naming the line where the marks do not fit."""
    found: list[Example] = []
    for path in sorted(folder.glob("*.yml")):
        found += _read_file(path)
    return found


def read_parties(path: Path = EXAMPLES.parent / "parties.yml") -> list[Example]:
    """The sentences that show who is a party of an act and who is none, by its type. Raises ValueError as above."""
    blocks = msgspec.yaml.decode(path.read_bytes(), type=dict[str, str])
    return [e for kind, block in blocks.items() for e in _read_block(path.name, kind, block, kind, None, "actual")]


def _read_file(path: Path) -> Iterator[Example]:
    content, own = msgspec.yaml.decode(path.read_bytes(), type=ExampleFile), path.stem
    for mode, block in content.found.items():
        yield from _read_block(f"events/{path.name}", mode, block, own, None if mode == NO_MODE else mode, "actual")
    for mode, block in content.hard.items():
        for example in _read_block(
            f"events/{path.name}", f"hard.{mode}", block, own, None if mode in (NO_MODE, "planned", "negated") else mode, "actual"
        ):
            yield replace(example, hard=True, status=mode if mode in ("planned", "negated") else "actual")
    yield from _read_block(f"events/{path.name}", "planned", content.planned, own, None, "planned")
    yield from _read_block(f"events/{path.name}", "negated", content.negated, own, None, "negated")
    for other, block in content.not_found.items():
        yield from _read_block(f"events/{path.name}", f"not_found.{other}", block, None if other == "none" else other, None, "actual")


def _read_block(file: str, key: str, block: str, kind: str | None, mode: str | None, status: str) -> Iterator[Example]:
    for number, marked in enumerate(filter(None, map(str.strip, block.splitlines())), 1):
        text, spans = read_marks(marked, place := f"examples/{file}: {key}, line {number}")
        yield Example(
            place=place, file=file.removesuffix(".yml").removeprefix("events/"), type=kind, mode=mode, status=status, text=text,
            triggers=tuple(spans["{"]), actor=_whole(spans["["]), recipient=_whole(spans["<"]),
        )  # fmt: skip


def _whole(spans: list[Span]) -> Span | None:
    return Span(spans[0].start, spans[-1].end) if spans else None


def read_marks(marked: str, place: str) -> tuple[str, dict[str, list[Span]]]:
    """The sentence without its marks, and the spans of each kind of mark. Raises ValueError."""
    text, open_marks = "", list[tuple[str, int]]()
    spans: dict[str, list[Span]] = {mark: [] for mark in MARKS}
    for character in marked:
        if character in MARKS:
            open_marks.append((character, len(text)))
        elif character in MARKS.values():
            if not open_marks or MARKS[open_marks[-1][0]] != character:
                raise ValueError(f"{place}: {character!r} closes nothing: {marked!r}")
            mark, start = open_marks.pop()
            spans[mark].append(Span(start, len(text)))
        else:
            text += character
    if open_marks or not spans["{"]:
        raise ValueError(f"{place}: no trigger marked, or a mark stays open: {marked!r}")
    return text, {mark: sorted(found) for mark, found in spans.items()}
