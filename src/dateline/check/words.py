"""Words: the text as other checks read it. A folded word keeps its characters."""

import re
from typing import NamedTuple

from dateline.records import Fields, Span

WORD = re.compile(r"\w+(?:['’\-‐]\w+)*")
QUOTED = re.compile(r"“([^“”]+)”|\"([^\"]+)\"|(?<!\w)[‘']([^‘’'\n]+(?:['’]\w[^‘’'\n]*)*)['’](?!\w)|«([^«»]+)»")


class Word(NamedTuple):
    """A word as compared: lower-cased, with its characters."""

    said: str
    span: Span


def words(text: str, span: Span) -> list[Word]:
    """The words inside a span, in order."""
    return [Word(m[0].casefold().replace("’", "'"), Span(*m.span())) for m in WORD.finditer(text, span.start, span.end)]


def quoted_spans(text: str, span: Span) -> list[Span]:
    """What stands between quotation marks inside a span, the marks left out."""
    found = []
    for m in QUOTED.finditer(text, span.start, span.end):
        group = next(i for i in range(1, 5) if m[i] is not None)
        found.append(Span(m.start(group), m.end(group)))
    return found


def title_and_deck(fields: Fields) -> list[Span]:
    """The spans of headline and deck, where the report has them in its text."""
    return [v.span for v in (fields.headline, fields.deck) if v and v.span]


def body(fields: Fields) -> list[Span]:
    """The spans of the body's paragraphs."""
    return [p.span for p in fields.body]


def inside(span: Span, others: list[Span]) -> bool:
    """Whether a span lies within one of the others."""
    return any(o.start <= span.start and span.end <= o.end for o in others)
