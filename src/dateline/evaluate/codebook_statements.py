"""Runs the examples of the statements part: what each line should give, and the lines that should give nothing."""

import re

from msgspec.structs import replace

from dateline.codebook import Codebook
from dateline.evaluate.base import Line, examples_of
from dateline.find import find_statements
from dateline.records import Base, Fields, FoundStatement, Paragraph, Span

FILE = "examples/statements.yml"
MARKS = re.compile(r"[\[\]{}<>]")
WORD = re.compile(r"\w+")
ALIKE = 0.8  # of the words of content or source that must agree


class Examples(Base, frozen=True, kw_only=True):
    """examples/statements.yml: "type/form" → marked lines, and lines with nothing to find."""

    found: dict[str, str]
    none: str


class Example(Base, frozen=True, kw_only=True):
    """One line without its marks, and the words that were marked."""

    text: str
    source: str
    cue: str
    content: str


def check_statements(codebook: Codebook, line: Line) -> list[str]:
    """Each example that is not found as marked, or found where there is nothing; and each type without an example."""
    examples = examples_of(codebook, "statements", Examples)
    faults = []
    for key, lines in examples.found.items():
        for marked in lines.strip().splitlines():
            example = read_example(marked.strip())
            found = statements_in(example.text, codebook, line)
            if not any(shows(f, example, key.split("/")[0]) for f in found):
                faults.append(f"{FILE}: {key}: not found as marked: {marked.strip()} (found: {told(found, example.text)})")
    for text in examples.none.strip().splitlines():
        found = statements_in(text.strip(), codebook, line)
        if found:
            faults.append(f"{FILE}: none: found {told(found, text.strip())} in: {text.strip()}")
    return faults


def read_example(marked: str) -> Example:
    """A marked line as text and marked words."""

    def inside(opening: str, closing: str) -> str:
        return " ".join(MARKS.sub("", x) for x in re.findall(rf"\{opening}([^\{closing}]*)\{closing}", marked))

    return Example(text=MARKS.sub("", marked), source=inside("[", "]"), cue=inside("{", "}"), content=inside("<", ">"))


def statements_in(text: str, codebook: Codebook, line: Line) -> tuple[FoundStatement, ...]:
    """What the finder gives for one line as the body of a report."""
    fields = replace(Fields(language="en"), body=(Paragraph(span=Span(0, len(text))),))
    return find_statements(line.analyser.analyse(text, fields), codebook)


def shows(f: FoundStatement, example: Example, kind: str) -> bool:
    """Does a found statement give the marked words, with this type?"""
    text = example.text
    return f.type == kind and alike(words_at(text, f.content), example.content) and alike(words_at(text, f.source), example.source)


def alike(one: str, other: str) -> bool:
    """Nearly the same words."""
    a, b = set(WORD.findall(one.lower())), set(WORD.findall(other.lower()))
    return (not a and not b) or len(a & b) >= ALIKE * len(a | b)


def words_at(text: str, spans: tuple[Span, ...]) -> str:
    """The texts of some spans."""
    return " ".join(text[s.start : s.end] for s in spans)


def told(found: tuple[FoundStatement, ...], text: str) -> str:
    """What was found, in one line."""
    return "; ".join(f"{f.type} [{words_at(text, f.source)}] <{words_at(text, f.content)}>" for f in found) or "nothing"
