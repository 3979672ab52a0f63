"""What the report says in its own voice: assessments and background."""

from bisect import bisect_left

from dateline.codebook import Codebook
from dateline.records import Analysis, Event, Narration, Span, Statement

MOST = 8  # the clearest of a report
PAST = frozenset({"VBD", "VBN"})


def resolve_narration(
    a: Analysis, codebook: Codebook, *, statements: tuple[Statement, ...], events: tuple[Event, ...]
) -> tuple[Narration, ...]:
    """Stretches of narration that assess or give background, in order of the text."""
    taken = sorted((c.start, c.end) for s in statements if s.type not in ("believes", "plans", "wants") for c in s.content)
    found = []
    for k, (first, last) in enumerate(a.sentences):
        if a.blocks[a.sentence_block[k]].kind != "body" or last - first < 5:
            continue
        span = Span(a.start[first], a.end[last - 1])
        if touches(span, taken):
            continue
        kind = voice_of(a, first, last, codebook, events)
        if kind:
            found.append(Narration(span=span, type="assessment" if kind == "assessment" else "background"))
    return tuple(found[:MOST])


def touches(span: Span, taken: list[tuple[int, int]]) -> bool:
    """Does anybody's statement overlap the span?"""
    at = bisect_left(taken, (span.start, 0))
    return any(start < span.end and span.start < end for start, end in taken[max(0, at - 1) :] if start < span.end)


def voice_of(a: Analysis, first: int, last: int, codebook: Codebook, events: tuple[Event, ...]) -> str | None:
    """assessment when a judging word governs or qualifies the main clause, background when it tells of an earlier happening."""
    words = codebook.statements
    root = next((t for t in range(first, last) if a.head[t] == t), first)
    near = [root, *a.children[root], *(x for c in a.children[root] for x in a.children[c])]
    if any(a.lemma[t].lower() in words.assessing or a.lower[t] in words.assessing for t in near):
        return "assessment"
    inside = [e for e in events if a.start[first] <= e.trigger.start < a.end[last - 1]]
    if any(e.reported_as == "new" for e in inside):
        return None
    dated = any(
        a.entity[t] >= 0 and a.entities[a.entity[t]].label == "DATE" and a.lower[t].isdigit() and len(a.lower[t]) == 4
        for t in range(first, last)
    )
    return "background" if a.tag[root] in PAST and (dated or any(e.reported_as == "background" for e in inside)) else None
