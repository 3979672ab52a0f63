"""Tests the rules of time on their examples: each rule finds its marked words with their value, and finds nothing where it should not.

The examples stand in `data/examples/times.yml`: rule → sentences, `"They met on [June 4, 1987 = 1987-06-04]."`; a sentence without a
mark holds nothing for that rule. The report's day is that of the file.
"""

import re
from collections.abc import Iterator

from dateline.codebook import Codebook
from dateline.evaluate.base import Line, examples_of
from dateline.find import find_times
from dateline.records import Base, Fields, Paragraph, Span, Time, Value
from dateline.resolve import resolve_times

MARK = re.compile(r"\[(?P<words>[^\]=]+?) = (?P<value>[^\]]+)\]")


class Examples(Base, frozen=True, kw_only=True):
    """Every rule of every language with its sentences, as read on the day `report`."""

    report: str
    rules: dict[str, dict[str, list[str]]]


def check_times(codebook: Codebook, line: Line) -> list[str]:
    """One line for each example that comes out otherwise, and for each rule without an example that reaches it."""
    examples = examples_of(codebook, "times", Examples)
    faults = []
    for language, rules in codebook.times.languages.items():
        told = examples.rules.get(language, {})
        untold = [r.name for r in rules.rules if not any(MARK.search(sentence) for sentence in told.get(r.name, []))]
        faults += [f"times/{language}.yml: {name}: no example reaches it" for name in untold]
        for name, sentences in told.items():
            for sentence in sentences:
                faults += [
                    f"examples/times.yml: {language}: {name}: {fault}"
                    for fault in faults_of(sentence, name, language, examples.report, codebook, line)
                ]
    return faults


def faults_of(sentence: str, rule: str, language: str, report: str, codebook: Codebook, line: Line) -> Iterator[str]:
    """What comes out otherwise than one sentence says of one rule."""
    times = [t for t in times_in(plain(sentence), report, language, codebook, line) if t.by == f"{language}: {rule}"]
    wanted = marked(sentence)
    found = {(t.span.start, t.span.end): t.value for t in times}
    if not wanted and found:
        yield f"finds {sorted(found.values())} in {sentence!r}"
    for span, value in wanted.items():
        if found.get(span) != value:
            yield f"finds {found.get(span)!r} for {value!r} in {sentence!r}"


def times_in(text: str, report: str, language: str, codebook: Codebook, line: Line) -> tuple[Time, ...]:
    """The times of one paragraph published on a day."""
    fields = Fields(
        published=Value(value=report, source="example", by="example"), body=(Paragraph(span=Span(0, len(text))),), language=language
    )
    analysis = line.analyser.analyse(text, fields)
    found = find_times(analysis, codebook, language=language)
    return resolve_times(found, analysis, fields, codebook, language=language)


def plain(sentence: str) -> str:
    return MARK.sub(lambda m: m["words"], sentence)


def marked(sentence: str) -> dict[tuple[int, int], str]:
    """Span in the plain sentence → value."""
    out, taken = {}, 0
    for m in MARK.finditer(sentence):
        start = m.start() - taken
        out[start, start + len(m["words"])] = m["value"]
        taken += len(m.group()) - len(m["words"])
    return out
