"""Plain-text scrapes → the report's fields: headline, byline, stamps, agency, captions, deck, body, tags.

A text has a head (headline, credits, captions, deck), a body, and a tail (tags, sign-off, buttons). Each line is sorted by what it
is; the body starts at the first prose behind the credits. A text that is nothing but body gives body paragraphs alone.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from dateline.codebook import Codebook
from dateline.codebook.stamps import fold_name
from dateline.errors import ReportError
from dateline.ingest.credits import Credit, bare_name, credits_of
from dateline.ingest.decode import decode
from dateline.ingest.furniture import is_caption, is_junk, tag_list_follows, tags_of
from dateline.ingest.headline import pointed_headline, run_in_headline, takes_deck
from dateline.ingest.lines import WORD, Line, lines_of
from dateline.ingest.opened import MOST_BYTES, Opened, Options, read_bounded, rejected
from dateline.ingest.place_line import PlaceLine, opening_place_line, opens_shouted, read_place_line
from dateline.ingest.report import make_report
from dateline.ingest.stamps import NO_HINTS, Hints, page_hints, refused
from dateline.records import Caption, Fields, Paragraph, Rejected, Report, Span, Tag, Value

BULLETS = "-–—•*·▪● \t"
SITE = re.compile(r"\s+[|–—-]\s+(?P<site>[^|]{2,40})$")
HEAD_LINES, TAIL_LINES = 25, 15
SHORTEST_DECK = 9  # words from which a line reads like a deck by its length alone
DECK_SHORT = 1
DECK_SENTENCE = 2  # a sentence right above the body must look more like a deck than that
LONGEST_DATELINE = 12
LONGEST_REFUSED = 10  # words of a line that is a stamp and nothing else
LONGEST_CREDIT = 24  # words of a line that may be a credit
LONGEST_CAPTION = 45  # words
MOST_PROSE_IN_HEAD = 2


class Sorted(NamedTuple):
    """A line and what it is: credit, tags, junk, caption, text, or a dateline that stands alone."""

    line: Line
    kind: str
    credits: tuple[Credit, ...] = ()
    tags: tuple[Tag, ...] = ()
    fault: str | None = None  # why a stamp on it is not believed

    @property
    def is_prose(self) -> bool:
        """Whether the body may start with it."""
        return self.kind == "dateline" or (self.kind == "text" and self.line.is_prose)

    @property
    def is_text(self) -> bool:
        """Whether it is the report's own words."""
        return self.kind in ("text", "dateline")


class Head(NamedTuple):
    """What stands above the body."""

    headline: Line | None
    deck: Line | None
    captions: list[Line]
    body: list[Line]  # sentences above the body that are no deck


def read_text(opened: Opened, options: Options) -> Iterator[Report | Rejected]:
    """A file that is one report in plain text. Raises ReportError when it is empty, too long, or no text."""
    raw = read_bounded(opened.stream)
    if raw is None:
        raise ReportError(f"it holds more than {MOST_BYTES // 1_000_000} MB: no single report is so long; a corpus is read as JSONL or CSV")
    if not raw:
        raise ReportError("the file is empty; accepted is one report in plain text")
    text = decode(raw)
    if not text.strip():
        raise ReportError("the file holds nothing but space; accepted is one report in plain text")
    fields, faults = read_fields(text, options.codebook, Hints(latest=options.latest))
    yield make_report(raw=raw, text=text, fields=fields, read_from=opened.read_from, identity=opened.identity)
    for fault in faults:
        yield rejected(opened.read_from, f"{fault}; the report is read without it")


def fields_of_text(text: str, codebook: Codebook, hints: Hints = NO_HINTS) -> Fields:
    """The fields of a plain text, each with its span. What the text does not state is None.

    `hints` say what is known of its dates from elsewhere: their order, the page's language, the last day one can name.
    """
    return read_fields(text, codebook, hints)[0]


def read_fields(text: str, codebook: Codebook, hints: Hints, *, title: str | None = None) -> tuple[Fields, list[str]]:
    """The fields of a plain text, and why a stamp in it is not believed. With a `title` known, only that is read as a headline."""
    lines = lines_of(text)
    hints = page_hints((x.text for x in ends_of(lines) if x.size <= LONGEST_CREDIT), codebook.stamps, hints)
    rows = name_bylines(sort_lines(lines, codebook, hints), codebook)
    start = body_start(rows)
    head = read_head(rows[:start], codebook, title)
    body, captions = read_body(rows, start, head)
    if head.headline is None and body and title is None:
        head, body = headline_of_body(head, body, codebook)
    place = opening_place_line([x.text for x in body], body[0].start, codebook, hints) if body else None
    fields = Fields(
        dateline=place.span if place else None,
        **fields_of_credits(credits_in_order(rows, body), place),  # type: ignore[arg-type]
        headline=None if head.headline is None else value_of_headline(head.headline, codebook),
        deck=None if head.deck is None else value_of_line(head.deck, "text.deck"),
        captions=captions_of(captions),
        body=tuple(Paragraph(span=x.span) for x in body),
        tags=unique_tags(rows),
    )
    return fields, [r.fault for r in rows if r.fault]


def value_of_line(line: Line, by: str, start: int = 0, end: int | None = None) -> Value:
    """A field that is a line, or its characters [start, end), without the bullet before it."""
    end = len(line.text) if end is None else end
    words = line.text[start:end].lstrip(BULLETS)
    begin = end - len(words)
    return Value(value=" ".join(words.split()), span=Span(line.start + begin, line.start + end), by=by)


def value_of_headline(line: Line, codebook: Codebook) -> Value:
    """The headline of a line: without the word "Title:" before it and the name of the outlet behind it."""
    label = codebook.furniture.headline_start.match(line.text)
    start, end = label.end() if label else 0, len(line.text)
    for m in SITE.finditer(line.text, start):
        if codebook.agencies.outlet(m["site"]) or codebook.agencies.agency(m["site"]):
            end = m.start()
    return value_of_line(line, "text.headline", start, end) if start < end else value_of_line(line, "text.headline")


# ── sorting ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def ends_of(lines: Sequence[Line]) -> list[Line]:
    """The lines that may hold credits: the first and the last ones."""
    return list(lines) if len(lines) <= HEAD_LINES + TAIL_LINES else [*lines[:HEAD_LINES], *lines[-TAIL_LINES:]]


def sort_lines(lines: list[Line], codebook: Codebook, hints: Hints) -> list[Sorted]:
    """Each line and what it is, looked at by itself."""
    rows: list[Sorted] = []
    listing, label = False, None
    for i, line in enumerate(lines):
        at_end = i < HEAD_LINES or i >= len(lines) - TAIL_LINES
        row = sort_line(line, codebook, hints, at_end=at_end, first=i == 0)
        listing = (listing and is_listed(row)) or tag_list_follows(line, codebook)
        if listing and is_listed(row):
            row = Sorted(line, "tags", tags=(Tag(value=line.text, span=line.span),))
        rows.append(labelled(row, label) if label and row.kind == "credit" else row)
        label = label_alone(line, codebook)
    return [
        Sorted(a.line, "dateline") if a.kind == "credit" and b.is_prose and stands_alone(a.line, codebook, hints) else a
        for a, b in pairwise(rows)
    ] + rows[-1:]


def is_listed(row: Sorted) -> bool:
    """Whether a line below a word for tags goes on with the list: short, no sentence, no stamp."""
    stamp = any(c.field in ("published", "updated", "url") for c in row.credits)
    return row.kind in ("text", "credit") and row.line.size <= 6 and not row.line.ends_sentence and not stamp


def label_alone(line: Line, codebook: Codebook) -> str | None:
    """What a line says that is a stamp's label and nothing else: published or updated."""
    known = codebook.stamps.label_of.get(fold_name(line.text.strip(" :"))) if line.size <= 4 else None
    return known[0] if known else None


def labelled(row: Sorted, label: str) -> Sorted:
    """A row of credits whose stamp has its label on the line above."""
    credits = [
        Credit(label, replace(c.value, by=f"{c.value.by}.{label}"))
        if c.field == "published" and not c.value.by.endswith(".published")
        else c
        for c in row.credits
    ]
    return row._replace(credits=tuple(credits))


def sort_line(line: Line, codebook: Codebook, hints: Hints, *, at_end: bool, first: bool) -> Sorted:
    """One line and what it is."""
    tags = tags_of(line, codebook)
    if tags:
        return Sorted(line, "tags", tags=tags)
    if is_junk(line, codebook) or tag_list_follows(line, codebook) or (at_end and label_alone(line, codebook)):
        return Sorted(line, "junk")
    if at_end and line.size <= LONGEST_DATELINE and line.text[-1] in "-–—_:" and stands_alone(line, codebook, hints):
        return Sorted(line, "dateline")
    if at_end and line.size <= LONGEST_CREDIT:
        credits = credits_of(line, codebook, hints)
        if credits and not (
            first and line.size > 1 and all(c.field in ("byline", "section") for c in credits) and line.before_blank and line.ends_sentence
        ):
            return Sorted(line, "credit", credits=tuple(credits))
        fault = refused(line.text, codebook.stamps, hints) if line.size <= LONGEST_REFUSED and not line.ends_sentence else None
        if fault:
            return Sorted(line, "junk", fault=fault)
    if line.size <= LONGEST_CAPTION and is_caption(line, codebook):
        return Sorted(line, "caption")
    return Sorted(line, "text")


def stands_alone(line: Line, codebook: Codebook, hints: Hints) -> bool:
    """Whether a line is a dateline and nothing else."""
    place = read_place_line(line.text, line.start, codebook, hints)
    return place is not None and place.place is not None and place.span.end >= line.start + len(line.text.rstrip())


def name_bylines(rows: list[Sorted], codebook: Codebook) -> list[Sorted]:
    """The rows, where a line that is only a name and stands beside a credit of the head is a byline."""
    texts = [i for i, r in enumerate(rows) if r.kind == "text"]
    found = list(rows)
    for i in texts[1:]:
        beside = [rows[k] for k in (i - 1, i + 1) if 0 <= k < min(len(rows), HEAD_LINES)]
        if i >= HEAD_LINES or rows[i].line.is_prose or any(r.is_prose for r in rows[texts[0] + 1 : i]):
            break
        credited = any(c.field in ("published", "updated", "agency") for r in beside for c in r.credits)
        byline = bare_name(rows[i].line, codebook) if credited else None
        if byline and not any(c.field == "byline" for r in rows for c in r.credits):
            found[i] = Sorted(rows[i].line, "credit", credits=(byline,))
            break
    return found


def body_start(rows: list[Sorted]) -> int:
    """The index of the first row of the body: the first prose behind the credits of the head."""
    prose = [i for i, r in enumerate(rows) if r.is_prose]
    if not prose:
        texts = [i for i, r in enumerate(rows) if r.kind == "text"]
        return texts[0] if len(texts) == 1 else texts[1] if texts else len(rows)
    credits = [
        i
        for i, r in enumerate(rows[: min(HEAD_LINES, prose[-1])])
        if r.kind == "credit"
        and any(c.field in ("published", "updated", "byline", "agency") for c in r.credits)
        and sum(p < i for p in prose) <= MOST_PROSE_IN_HEAD
    ]
    after = credits[-1] if credits else -1
    start = next(i for i in prose if i > after)
    attached = start + 1 < len(rows) and start > 0 and takes_deck([r.line for r in rows[:start] if r.kind == "text"], rows[start].line)
    return next((i for i in prose if i > start), start) if attached else start


# ── head ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def read_head(rows: list[Sorted], codebook: Codebook, title: str | None) -> Head:
    """Headline, deck and captions among the rows above the body."""
    texts = [r.line for r in rows if r.kind == "text"]
    captions = [r.line for r in rows if r.kind == "caption"]
    headline = choose_headline(texts, rows, title)
    if headline is None and title is None:
        return Head(None, None, captions, texts)
    others = [x for x in texts if headline is None or x.folded != headline.folded]
    repeated = Counter(x.folded for x in others)
    captions += [x for x in others if repeated[x.folded] > 1]
    others = [x for x in others if repeated[x.folded] == 1]
    below = next((r.line for r in rows if headline and r.line.start > headline.start), None)
    attached = below if headline and below in others and takes_deck([headline], below) else None
    deck = attached or choose_deck(others, rows, codebook)
    left = [x for x in others if x is not deck]
    captions += [x for x in left if not x.ends_sentence and not x.is_prose]
    kept = [x for x in left if x.ends_sentence or x.is_prose]
    return Head(headline, deck, sorted(captions, key=lambda x: x.start), kept)


def choose_headline(texts: list[Line], rows: list[Sorted], title: str | None) -> Line | None:
    """The first line of text: the one that says the known title, or one that is no sentence, or stands above credits."""
    if not texts:
        return None
    if title is not None:
        return texts[0] if texts[0].folded == " ".join(WORD.findall(title.casefold())) else None
    return None if texts[0].text.endswith(".") and not above_credit(texts[0], rows) else texts[0]


def choose_deck(lines: list[Line], rows: list[Sorted], codebook: Codebook) -> Line | None:
    """The line that says the most like a deck; None when all read like captions."""
    order = [r.line for r in rows]
    scores = [(deck_score(x, order, rows, codebook), -x.start, x) for x in lines]
    best = max(scores, key=lambda s: s[:2], default=None)
    return best[2] if best and best[0] > deck_threshold(best[2], rows) else None


def deck_threshold(line: Line, rows: list[Sorted]) -> int:
    """What the score of a deck must exceed: more for a sentence right above the body, and for a line as short as a caption."""
    if line.ends_sentence and not above_credit(line, rows):
        return DECK_SENTENCE
    return DECK_SHORT if line.size < SHORTEST_DECK else 0


def above_credit(line: Line, rows: list[Sorted]) -> bool:
    """Whether a credit stands below a line of the head."""
    return any(r.kind == "credit" and r.line.start > line.start for r in rows)


def deck_score(line: Line, order: list[Line], rows: list[Sorted], codebook: Codebook) -> int:
    """How much a line reads like a deck: a verb, a length, space around it, a place right below the headline."""
    i = order.index(line)
    words = line.folded.split()
    score = 2 * any(w in codebook.furniture.folded["deck_verbs"] for w in words) + (line.size >= SHORTEST_DECK) + line.is_prose
    score += line.after_blank and line.before_blank
    score += i > 0 and rows[i - 1].kind == "text" and i + 1 < len(rows) and rows[i + 1].kind == "credit"
    return score - 2 * (i > 0 and rows[i - 1].kind == "credit" and not line.after_blank)


def headline_of_body(head: Head, body: list[Line], codebook: Codebook) -> tuple[Head, list[Line]]:
    """A headline that ends in a point, or that runs into the only paragraph, taken out of the body."""
    dated = len(body) > 1 and read_place_line(body[1].text, body[1].start, codebook, NO_HINTS) is not None
    pointed = pointed_headline(body, codebook, dated=dated)
    if pointed:
        return head._replace(headline=body[0]), body[1:]
    parts = run_in_headline(body, lambda words: opens_shouted(words, codebook))
    return (head._replace(headline=parts[0]), [parts[1], *body[1:]]) if parts else (head, body)


# ── body and tail ───────────────────────────────────────────────────────────────────────────────────────────────────


def read_body(rows: list[Sorted], start: int, head: Head) -> tuple[list[Line], list[Line]]:
    """The body's paragraphs, and every caption of the text with its repetitions."""
    below = rows[start:]
    last_prose = max((i for i, r in enumerate(below) if r.is_prose), default=len(below))
    seen = Counter(r.line.folded for r in below if r.kind == "text" and not r.line.ends_sentence)
    known = {x.folded for x in head.captions}
    body, captions = list(head.body), list(head.captions)
    for i, row in enumerate(below):
        line = row.line
        if row.kind == "caption" or (
            row.kind == "text" and not line.ends_sentence and (line.folded in known or (seen[line.folded] > 1 and line.size > 1))
        ):
            captions.append(line)
        elif head.headline and line.folded == head.headline.folded:
            continue
        elif row.is_text or (row.kind == "credit" and not is_credit_below(row, after=i > last_prose)):
            body.append(line)
    return body, captions


def is_credit_below(row: Sorted, *, after: bool) -> bool:
    """Whether a credit line below the start of the body is one: a labelled stamp anywhere, an agency, outlet or byline behind the last prose."""
    if any(c.field in ("published", "updated") for c in row.credits):
        return any(c.value.by.endswith((".published", ".updated")) for c in row.credits)
    return after and any(c.field in ("agency", "outlet", "byline") for c in row.credits)


def captions_of(lines: list[Line]) -> tuple[Caption, ...]:
    """Each caption once, with the spans where it stands again."""
    first: dict[str, Line] = {}
    again: dict[str, list[Span]] = {}
    for line in sorted(lines, key=lambda x: x.start):
        if first.setdefault(line.folded, line) is not line:
            again.setdefault(line.folded, []).append(line.span)
    return tuple(Caption(value=" ".join(x.text.split()), span=x.span, duplicates=tuple(again.get(key, ()))) for key, x in first.items())


def unique_tags(rows: list[Sorted]) -> tuple[Tag, ...]:
    """The tags of the text, each once."""
    return tuple({t.value.casefold(): t for r in reversed(rows) for t in reversed(r.tags)}.values())[::-1]


# ── credits ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def credits_in_order(rows: list[Sorted], body: list[Line]) -> list[Credit]:
    """The credits of the head, then those of the tail; what stands inside the body is no credit, but for stamps."""
    paragraphs = {x.start for x in body}
    return [c for r in rows if r.kind == "credit" and r.line.start not in paragraphs for c in r.credits]


def fields_of_credits(credits: list[Credit], place: PlaceLine | None) -> dict[str, Value | None]:
    """One value a field: the first credit that gives it, else the dateline."""
    fields: dict[str, Value | None] = {}
    for field, value in credits:
        published = fields.get("published")
        if field == "published" and published and value.value[:10] >= published.value[:10] and value.span != published.span:
            fields.setdefault("updated", replace(value, by=f"{value.by}.second"))
        fields.setdefault(field, value)
    if place:
        said = {"dateline_place": place.place, "agency": place.agency, "outlet": place.outlet, "published": place.day}
        fields |= {k: v for k, v in said.items() if v and k not in fields}
    return fields
