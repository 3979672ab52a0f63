"""Copies: exact, near, cut, rewritten and merged copies of a dispatch, and versions of one page.

Reports are taken in order of their instant. Each is held against the originals before it that share a run of words; what it has in
common is counted outside quotation marks, because two reporters at one speech write down the same words.
"""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from dateline.records import Base, Record
from dateline.store import Store
from dateline.stories.instants import instant_key
from dateline.stories.prints import Numbers, longest_run, runs, share, sketch, told_of

COPIED = 0.25  # of the shorter text's runs, from which on it is a copy
LONGEST = 24  # words in one shared run that prove a copy where the share is smaller
LEAST_SHARED = 0.12  # the share that even the longest run needs
SAME, NEAR = 0.95, 0.6
CUT = 0.75  # as long as the original, at most, to be a cut of it
# Of the names and figures, and of the figures alone, so much has to be the same for each run of words that is: else two reports only share
# their form. Both shares separate the generated copies from generated reports in one form (benchmarks/copies.py).
TOLD = (0.9, 0.5)
LEAST_TOLD = 4  # below, they say nothing
SHORT = 40  # runs: below, quotation marks are kept, for nothing would be left
MOST_HOLDERS = 60  # originals that hold one run: beyond, it is a phrase of the language or of an outlet
SHARED_MARKS = 0.05  # of the fewer marks of two texts, from which on they are compared
MOST_CANDIDATES = 40


class Copy(Base, frozen=True, kw_only=True):
    """One report that repeats another: which, how, and how much of the shorter one they share."""

    report: str
    original: str
    kind: str
    contained: float
    longest: int


class Text(Base, frozen=True, kw_only=True):
    """What copies are found by: the runs of a report's body outside quotation marks, in order, and the distinct ones sorted."""

    id: str
    url: str | None
    sha256: str
    numbers: Numbers
    distinct: Numbers
    told: tuple[Numbers, Numbers]  # names and figures; figures


class Original(Base, frozen=True, kw_only=True):
    """What is kept of a text that repeats none: 8 bytes a distinct run, name and figure."""

    id: str
    length: int
    distinct: Numbers
    told: tuple[Numbers, Numbers]


def find_copies(texts: Iterator[Text]) -> Iterator[Copy]:
    """Each copy with its original; `texts` in order of their instants. A copy is never an original itself."""
    holders: dict[int, list[int]] = {}
    originals: list[Original] = []
    sizes: list[int] = []
    by_hash: dict[str, str] = {}
    by_url: dict[str, str] = {}
    for text in texts:
        if text.url and text.url in by_url:
            yield Copy(report=text.id, original=by_url[text.url], kind="version", contained=1.0, longest=0)
            continue
        if text.url:
            by_url[text.url] = text.id
        if text.sha256 in by_hash:
            yield Copy(report=text.id, original=by_hash[text.sha256], kind="exact", contained=1.0, longest=len(text.numbers))
            continue
        by_hash[text.sha256] = text.id
        marks = sketch(text.distinct).tolist()
        met = Counter(i for mark in marks if len(there := holders.get(mark, ())) <= MOST_HOLDERS for i in there)
        near = [i for i, n in met.most_common(MOST_CANDIDATES) if n >= max(2, SHARED_MARKS * min(len(marks), sizes[i]))]
        found = [c for i in near if (c := compare(text, originals[i]))]
        if found:
            yield from named(sorted(found, key=lambda c: (-c.contained, -c.longest, c.original)))
            by_hash[text.sha256] = found[0].original
            continue
        for mark in marks:
            holders.setdefault(mark, []).append(len(originals))
        originals.append(Original(id=text.id, length=len(text.numbers), distinct=text.distinct, told=text.told))
        sizes.append(len(marks))


def compare(text: Text, original: Original) -> Copy | None:
    """How one text repeats another; None when it does not."""
    mine, its = share(text.distinct, original.distinct)
    contained = max(mine, its)
    if contained < LEAST_SHARED or shares_its_form(text, original, contained):
        return None
    longest = longest_run(text.numbers, original.distinct)
    if contained < COPIED and longest < LONGEST:
        return None
    ratio = len(text.numbers) / max(1, original.length)
    if min(mine, its) >= SAME:
        kind = "exact"
    elif min(mine, its) >= NEAR:
        kind = "near"
    elif mine >= NEAR and ratio <= CUT:
        kind = "cut"
    else:
        kind = "rewritten"
    return Copy(report=text.id, original=original.id, kind=kind, contained=round(contained, 4), longest=longest)


def shares_its_form(text: Text, original: Original, contained: float) -> bool:
    """Whether two reports share words but not what they tell: the weather of two days, two matches, with other names or other figures."""
    return any(
        min(len(mine), len(its)) >= LEAST_TOLD and max(share(mine, its)) < least * contained
        for mine, its, least in zip(text.told, original.told, TOLD, strict=True)
    )


def named(found: list[Copy]) -> Iterator[Copy]:
    """One original, or several that were merged: every further one must give a fair share of its own."""
    best = found[0]
    more = [c for c in found[1:] if c.contained >= COPIED] if best.kind not in ("exact", "near") else []
    for copy in [best, *more]:
        yield Copy(
            report=copy.report, original=copy.original, kind="merged" if more else copy.kind, contained=copy.contained, longest=copy.longest
        )


def texts_of(store: Store) -> Iterator[Text]:
    """Every report of a store as a Text, in order of instant (unknown ones last), then id."""
    rows = store.query("SELECT id, published FROM reports")
    for _, report in sorted((instant_key(published), report) for report, published in rows):
        found = store.record(report)
        if found:
            yield text_of(*found)


def text_of(record: Record, text: str) -> Text:
    """The runs of a record's body, quotations left out where enough is left."""
    body = [(p.span.start, p.span.end) for p in record.report.body] or [(0, len(text))]
    quoted = sorted((q.start, q.end) for s in record.statements for q in s.quoted)
    words = " ".join(_without(text, body, quoted))
    numbers = runs(words)
    if len(numbers) < SHORT:
        words = " ".join(text[a:b] for a, b in body)
        numbers = runs(words)
    url = record.report.url.value if record.report.url else None
    return Text(id=record.id, url=url, sha256=record.text_sha256, numbers=numbers, distinct=np.unique(numbers), told=told_of(words))


def _without(text: str, body: list[tuple[int, int]], quoted: list[tuple[int, int]]) -> Iterator[str]:
    """The pieces of the body outside the quotations; a mark stands for each quotation, so that no run crosses it."""
    for a, b in body:
        at = a
        for x, y in quoted:
            if a <= x and y <= b and x >= at:
                yield text[at:x]
                yield " _quotation_ "
                at = y
        yield text[at:b]
