"""New, background or ongoing: from the event's day, tense, place in the report, anniversaries and "since" language.

What the day of the event says comes first, then the grammar of its clause, then its place in the report. Where nothing speaks for
news the event stays background: a wrong "new" is the costliest error.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from msgspec.structs import replace

from dateline.codebook import Codebook
from dateline.codebook.status import NoveltyWords
from dateline.records import Analysis, Event, Fields, Novelty, Span, Statement, Time
from dateline.syntax import SUBJECTS, ancestors, root_of, span_of

VERBS = frozenset({"VERB", "AUX"})
WINDOW = 8  # days before the day of printing that still are the report's news
LEAD = 3  # first paragraphs of the body, where a bare past tense tells the news


class Verdict(NamedTuple):
    """How old an event is, and the words that decided it."""

    novelty: Novelty
    by: tuple[Span, ...]


def judge_novelty(
    events: tuple[Event, ...],
    a: Analysis,
    fields: Fields,
    codebook: Codebook,
    *,
    times: tuple[Time, ...],
    statements: tuple[Statement, ...],
) -> tuple[Event, ...]:
    """The events with `reported_as` and the words that decided it."""
    printed = _day(fields.published.value) if fields.published else None
    words = codebook.status.novelty
    judged = []
    for e in events:
        novelty, by = judge(e, a, words, printed)
        judged.append(replace(e, reported_as=novelty, reported_as_by=by))
    return tuple(judged)


def judge(e: Event, a: Analysis, words: NoveltyWords, printed: date | None) -> Verdict:
    """How old one event is."""
    act = root_of(a, e.trigger)
    if act is None:
        return Verdict("background", ())
    verdict = by_commemoration(a, act, words) or by_day(e, a, act, words, printed) or by_grammar(e, a, act, words)
    return verdict or by_position(e, a, act)


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat((value or "")[:10])
    except ValueError:
        return None


def by_day(e: Event, a: Analysis, act: int, words: NoveltyWords, printed: date | None) -> Verdict | None:
    """What the event's own interval says, against the day of printing; None when it is open or has no basis in the text."""
    if e.when.basis in ("unknown", "dateline", "inherited") or not (e.when.start or e.when.end):
        return None
    start, end = _day(e.when.start), _day(e.when.end)
    if printed is None:
        return None
    if start and end is None and e.when.precision == "open" and start <= printed:
        return Verdict("ongoing", e.when.spans)
    last = end or start
    if last is not None and last < printed - timedelta(days=WINDOW):
        return Verdict("background", e.when.spans)
    if start is not None and start >= printed - timedelta(days=WINDOW):
        return Verdict("new", e.when.spans)
    return None


def by_commemoration(a: Analysis, act: int, words: NoveltyWords) -> Verdict | None:
    """Background when the act stands below an anniversary: "to mark the anniversary of the uprising"."""
    for above in ancestors(a, act):
        if a.lemma[above] in words.anniversaries:
            return Verdict("background", (span_of(a, above, above + 1),))
        if a.pos[above] in VERBS:
            return None
    return None


def by_grammar(e: Event, a: Analysis, act: int, words: NoveltyWords) -> Verdict | None:
    """What tense, adverbs and adjectives of the act's clause say; None when they say nothing."""
    verb = _verb_of(a, act)
    if past := next(_looking_back(a, act, verb, words), None):
        return Verdict("background", (past,))
    if holds := next(_still(a, act, verb, words), None):
        return Verdict("ongoing", (holds,))
    if e.status in ("planned", "threatened"):
        return Verdict("new", e.status_by)
    return None


def _verb_of(a: Analysis, act: int) -> int | None:
    if a.pos[act] in VERBS:
        return act
    return next((i for i in ancestors(a, act) if a.pos[i] in VERBS), None)


def _auxiliaries(a: Analysis, verb: int) -> list[int]:
    own = [c for c in a.children[verb] if a.dep[c] in ("aux", "auxpass")]
    if not own and a.dep[verb] in ("conj", "xcomp") and a.head[verb] != verb and a.pos[a.head[verb]] in VERBS:
        return _auxiliaries(a, a.head[verb])
    return own


def _looking_back(a: Analysis, act: int, verb: int | None, words: NoveltyWords) -> Iterator[Span]:
    """Words of an earlier time around the act: "had fled", "the earlier raid", "since 2014"."""
    for c in a.children[act]:
        if a.dep[c] in ("amod", "advmod", "npadvmod", "poss") and a.lower[c] in words.past:
            yield span_of(a, c, c + 1)
    if verb is None:
        return
    auxiliaries = _auxiliaries(a, verb)
    had = next((x for x in auxiliaries if a.lower[x] in ("had", "'d") and a.tag[verb] in ("VBN", "VBD")), None)
    if had is not None:
        yield span_of(a, had, verb + 1)
    for c in a.children[verb]:
        if a.dep[c] in ("advmod", "npadvmod") and a.lower[c] in words.past and a.lower[c] not in ("long", "last", "then"):
            yield span_of(a, c, c + 1)


def _still(a: Analysis, act: int, verb: int | None, words: NoveltyWords) -> Iterator[Span]:
    """Words that say that the act goes on: "are shelling", "continues", "the persistent raids"."""
    for c in a.children[act]:
        if a.dep[c] in ("amod", "advmod") and a.lower[c] in words.ongoing:
            yield span_of(a, c, c + 1)
    if verb is None:
        return
    governs = [verb, *([a.head[verb]] if a.dep[verb] == "xcomp" else [])]
    for v in governs:
        if a.lemma[v] in words.ongoing_verbs and v != act:
            yield span_of(a, v, v + 1)
        yield from (span_of(a, c, c + 1) for c in a.children[v] if a.dep[c] == "advmod" and a.lower[c] in words.ongoing)
    auxiliaries = _auxiliaries(a, verb)
    if verb == act and a.tag[verb] == "VBG" and any(a.lower[x] in ("is", "are", "'re", "'s", "been") for x in auxiliaries):
        yield span_of(a, auxiliaries[0], verb + 1)


def by_position(e: Event, a: Analysis, act: int) -> Verdict:
    """New when a finite clause of the headline or the lead tells it, or a main clause in the present or the bare past; else background."""
    verb = _verb_of(a, act)
    block = a.blocks[a.sentence_block[a.sentence[act]]]
    if verb is None:
        return Verdict("new" if block.kind in ("headline", "deck") else "background", ())
    span = span_of(a, verb, verb + 1)
    early = block.kind in ("headline", "deck") or (block.kind == "body" and block.index < LEAD)
    if verb == act and _told(a, verb):
        return Verdict("new", (span,))
    if early and verb != act and not _subordinate(a, verb):
        return Verdict("new", (span,))
    return Verdict("background", ())


def _told(a: Analysis, verb: int) -> bool:
    """Whether a clause of the report's own line tells the act: main, reported or joined, with a finite verb."""
    at = verb
    while a.dep[at] in ("conj", "xcomp", "ccomp", "advcl", "parataxis", "pcomp") and a.head[at] != at:
        if a.dep[at] == "pcomp":
            return False
        at = a.head[at]
    return a.dep[at] == "ROOT" and (
        a.tag[at] in ("VBD", "VBZ", "VBP", "VB", "VBN", "MD") or any(a.dep[c] in SUBJECTS for c in a.children[at])
    )


def _subordinate(a: Analysis, verb: int) -> bool:
    return any(a.dep[i] in ("relcl", "acl") for i in (verb, *ancestors(a, verb)) if a.pos[i] in VERBS)
