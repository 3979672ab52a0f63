"""Which time expression governs which word: each time with the token it hangs from, the clause it stands in, and what its preposition says."""

from bisect import bisect_left
from itertools import islice

from dateline.records import Analysis, Base, Span, Time
from dateline.resolve.tense import VERBAL, Words
from dateline.syntax import ancestors

BLANK = ("PUNCT", "SPACE")


class Anchor(Base, frozen=True):
    """A time in the parsed text. `host` is the word that it hangs from, `verb` that of its clause, `side` what its preposition says."""

    time: Time
    first: int
    last: int
    host: int
    verb: int | None
    side: str  # on, since, until, by, before, after


def anchors_of(a: Analysis, times: tuple[Time, ...], words: Words) -> tuple[Anchor, ...]:
    """The times that name a stretch of the calendar and stand in a parsed paragraph; a part of a range gives way to the range."""
    whole = [t.span for t in times if t.type == "INTERVAL"]
    out = []
    for time in times:
        if time.start is None and time.end is None:
            continue
        if time.type != "INTERVAL" and any(w.start <= time.span.start and time.span.end <= w.end for w in whole):
            continue
        tokens = tokens_touching(a, time.span)
        if tokens and not is_label(a, tokens):
            out.append(anchor(a, time, tokens, words))
    return tuple(out)


def tokens_touching(a: Analysis, span: Span) -> range:
    """Tokens that share a character with a span: a time may be one side of a hyphen."""
    first = bisect_left(a.end, span.start + 1)
    last = bisect_left(a.start, span.end)
    return range(first, max(first, last))


def is_label(a: Analysis, tokens: range) -> bool:
    """A paragraph that is nothing but a date dates the page, not a happening."""
    block = a.blocks[a.sentence_block[a.sentence[tokens[0]]]]
    words = sum(a.pos[i] not in BLANK for i in tokens)
    return next(islice((i for i in range(block.first, block.last) if a.pos[i] not in BLANK), words, None), None) is None


def anchor(a: Analysis, time: Time, tokens: range, words: Words) -> Anchor:
    top = next((t for t in tokens if a.head[t] not in tokens or a.head[t] == t), tokens[0])
    side, host = "on", top
    for above in ancestors(a, top):
        side = side if side != "on" else side_of(a.lower[above], words) if a.pos[above] in ("ADP", "SCONJ") else side
        host = above
        if a.pos[above] in VERBAL or a.pos[above] in ("NOUN", "PROPN", "ADJ", "PRON"):
            break
    verb = next((i for i in (host, *ancestors(a, host)) if a.pos[i] in VERBAL), None)
    if time.type == "TIME" and side in ("before", "after", "by"):
        side = "on"  # before or after an hour of that day
    return Anchor(time, tokens[0], tokens[-1] + 1, host, verb, side)


def lengths_of(a: Analysis, times: tuple[Time, ...]) -> dict[int, Time]:
    """Lengths of time by their head word and by the word that this hangs from: "two days" in "two days after the attack"."""
    out = {}
    for time in times:
        if time.type == "DURATION":
            tokens = tokens_touching(a, time.span)
            top = next((t for t in tokens if a.head[t] not in tokens), None)
            if top is not None:
                out[top] = out[a.head[top]] = time
    return out


def side_of(preposition: str, words: Words) -> str:
    for side in ("since", "until", "by", "before", "after"):
        if preposition in words[side]:
            return side
    return "on"
