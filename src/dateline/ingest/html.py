"""A web page → a Report. Its data first (JSON-LD, meta), then what it prints; the canonical text is what the page prints of the report.

The text holds, with blank lines between: headline, signature and stamp where they are read off the page, standfirst, then paragraphs and
captions in the page's order. A value that stands in the data alone has no span and says where it stands in `from`.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from dateline.codebook import Codebook
from dateline.errors import ReportError
from dateline.ingest.credits import agency_credit
from dateline.ingest.html_blocks import Block, blocks_of, letters_of
from dateline.ingest.html_body import body_of, captions_of, deck_of, is_divided, root_of
from dateline.ingest.html_dates import guessed_day
from dateline.ingest.html_fields import (
    Stated,
    address_of,
    article_of,
    authors_of,
    descriptions_of,
    first_exact,
    headline_of,
    outlet_of,
    plain,
    published_of,
    section_of,
    tags_of,
    timed_elements,
    updated_of,
)
from dateline.ingest.html_page import Datum, Page, open_page
from dateline.ingest.html_print import head_region, is_written_as_name, printed_authors, printed_stamps, printed_topics, signature_lines
from dateline.ingest.html_vote import second_reading
from dateline.ingest.place_line import PlaceLine, opening_place_line
from dateline.ingest.report import make_report
from dateline.ingest.stamps import Hints, Stamp
from dateline.records import Caption, Fields, Paragraph, Rejected, Report, Span, Tag, Value

LONGEST_AGENCY_LINE = 60
SHORTEST_BODY_IN_DATA = 500  # characters
PARAGRAPH_ENDS = re.compile(r"\s*\n\s*|</p>|<br\s*/?>\s*<br\s*/?>", re.I)


def read_html(
    raw: bytes,
    codebook: Codebook,
    *,
    read_from: str,
    identity: str | None = None,
    url: str | None = None,
    charset: str | None = None,
    latest: date | None = None,
) -> Iterator[Report | Rejected]:
    """The one report of a page; Rejected when there is no page, or no text in it.

    `charset` is what the transport said; no date after `latest` is believed.
    """
    try:
        page = open_page(raw, charset=charset)
    except ReportError as fault:
        yield Rejected(read_from=read_from, stage="ingest", reason=fault.reason)
        return
    text = TextOfPage()
    fields = fields_of_page(page, text, codebook, url=url, latest=latest)
    if not text.value:
        yield Rejected(read_from=read_from, stage="ingest", reason="the page prints no text")
        return
    yield make_report(raw=raw, text=text.value, fields=fields, read_from=read_from, identity=url or identity or read_from)


class TextOfPage:
    """The canonical text as it grows: each piece added gives its span."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0

    @property
    def value(self) -> str:
        """The text so far."""
        return "\n\n".join(self.pieces)

    def add(self, piece: str) -> Span:
        """Add a piece after a blank line."""
        start = self.length + 2 if self.pieces else 0
        self.pieces.append(piece)
        self.length = start + len(piece)
        return Span(start, self.length)

    def span_of(self, line: str, words: str | None = None) -> Span:
        """Where a line, or words in it, stand; the line is added when the text lacks it. Words that the line lacks give the whole line."""
        at = 0
        for piece in self.pieces:
            if piece == line:
                break
            at += len(piece) + 2
        else:
            at = self.add(line).start
        within = line.find(words) if words else -1
        return Span(at, at + len(line)) if within < 0 or words is None else Span(at + within, at + within + len(words))


def fields_of_page(page: Page, text: TextOfPage, codebook: Codebook, *, url: str | None = None, latest: date | None = None) -> Fields:
    """The fields of the page's report; what it prints of them is added to `text`, in the order of print."""
    web, article = codebook.web, article_of(page)
    blocks = blocks_of(page.tree, web)
    headline = headline_of(page, article, [b.text for b in blocks if b.tag == "h1"])
    title = headline.value if headline else ""
    root = place_of_report(page, blocks, article, codebook)
    found = body_of(blocks, root, web, headline=title) if root is not None else []
    descriptions = descriptions_of(page, article)
    deck = deck_of(blocks, found, web, headline=title, descriptions=[d.value for d in descriptions])
    signed = signature_lines([*found[:4], *found[-2:]], web)
    body = [b for b in found if b is not deck and b not in signed]
    head = [*head_region(blocks, body, title, web), *signed]

    written_headline = Value(value=title, span=text.add(title), source=headline.source, by="html.headline") if headline and title else None
    byline, agency = signatures(page, article, head, after(blocks, body), text, codebook)
    published, updated = instants(page, article, head, text, codebook, latest=latest)
    written_deck = standfirst(deck, descriptions, body, text)
    captions = captions_of(blocks, body, root, web, headline=title)
    unprinted = body_in_data(article, body)
    paragraphs, captioned = add_in_order(blocks, [] if unprinted else body, captions, text)
    paragraphs += tuple(Paragraph(span=text.add(line)) for line in unprinted)
    place = dateline_of(paragraphs, text, codebook, Hints(language=page.language, latest=latest))
    address = address_of(page) or (Datum(value=url, source="address") if url else None)
    return Fields(
        headline=written_headline,
        byline=byline,
        section=in_data(section_of(page, article)),
        agency=agency or (place.agency if place else None),
        published=published,
        updated=updated,
        dateline=place.span if place else None,
        dateline_place=place.place if place else None,
        outlet=in_data(outlet_of(page, article)) or (place.outlet if place else None),
        url=in_data(address),
        deck=written_deck,
        captions=captioned,
        body=paragraphs,
        tags=topics(page, article, blocks, title, codebook),
    )


def place_of_report(page: Page, blocks: Sequence[Block], article: dict[str, Any], codebook: Codebook) -> Any | None:
    """The element that the report stands in; where the structure leaves it open, the page's data or a second reader decides."""
    root = root_of(blocks, codebook.web)
    if root is None or not is_divided(blocks, root):
        return root
    said = letters_of(plain(article.get("articleBody")) or second_reading(page))
    return root_of(blocks, codebook.web, said=said)


def after(blocks: Sequence[Block], body: Sequence[Block]) -> Sequence[Block]:
    """The few blocks at and behind the body's end, where some pages print who signs."""
    if not body:
        return ()
    last = blocks.index(body[-1])
    return [b for b in blocks[last : last + 4] if len(b.text) <= 120]


# ── fields ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def in_data(datum: Datum | None) -> Value | None:
    """A value that stands in the page's data."""
    return Value(value=datum.value, source=datum.source, by=f"html.{datum.source.split(':', 1)[0]}") if datum and datum.value else None


def signatures(
    page: Page, article: dict[str, Any], head: Sequence[Block], behind: Sequence[Block], text: TextOfPage, codebook: Codebook
) -> tuple[Value | None, Value | None]:
    """Byline and agency. Where the data names nobody but the outlet or an agency, a printed signature is preferred."""
    names, source = authors_of(page, article, codebook.web)
    outlet = outlet_of(page, article)
    people = [
        n
        for n in names
        if is_written_as_name(n) and not agency_in(n, codebook) and not (outlet and n.casefold() == outlet.value.casefold())
    ]
    line = None
    if not people and (printed := printed_authors(head, behind, codebook.web)):
        names, line = printed
    signing = {n: agency for n in names if (agency := agency_in(n, codebook))}
    signed = [n for n in names if n not in signing] or names
    agencies = list(dict.fromkeys(signing.values()))
    return joined(signed, source, line, text), joined(agencies, source, line, text) or printed_agency([*head, *behind], text, codebook)


def agency_in(signature: str, codebook: Codebook) -> str | None:
    """The name of the news agency that a signature is: its name or sign, alone or with a place or a desk behind it."""
    words = signature.split()
    found = (codebook.agencies.agency(" ".join(words[:n])) for n in range(min(len(words), 4), 0, -1))
    return next((agency.name for agency in found if agency), None)


def printed_agency(lines: Sequence[Block], text: TextOfPage, codebook: Codebook) -> Value | None:
    """The agency that a short line around the body credits alone ("Source: …", "(…)"), or None. A bare sign may be any button."""
    for line in lines:
        credit = agency_credit(line.text.strip("()[] "), 0, codebook) if len(line.text) <= LONGEST_AGENCY_LINE else None
        if credit and (" " in line.text or line.text[0] in "(["):
            return Value(value=credit.value.value, span=text.span_of(line.text), by="html.credit")
    return None


def joined(names: Sequence[str], source: str, line: str | None, text: TextOfPage) -> Value | None:
    """Names as one value: from the data, or from a printed line, which then stands in the text."""
    if not names:
        return None
    value = ", ".join(names)
    if line is None:
        return Value(value=value, source=source, by=f"html.{source.split(':', 1)[0]}")
    return Value(value=value, span=text.span_of(line, names[0] if len(names) == 1 else None), by="html.signature")


def instants(
    page: Page, article: dict[str, Any], head: Sequence[Block], text: TextOfPage, codebook: Codebook, *, latest: date | None
) -> tuple[Value | None, Value | None]:
    """Published and updated: by the data, by marked times, by the printed stamp, and last by htmldate."""
    published = first_exact(believed([*published_of(page, article), *timed_elements(page)], latest))
    updated = later(first_exact(believed(updated_of(page, article), latest)), published)
    first, second = stated(published), stated(updated)
    if published is None or published[0].precision == "day":
        stamps = printed_stamps(head, codebook.stamps, Hints(language=page.language, latest=latest))
        fitting = [(s, line) for s, line in stamps if s.label != "updated" and (published is None or s.value[:10] == published[0].value)]
        if fitting and (published is None or fitting[0][0].precision == "minute"):
            first = in_print(*fitting[0], text)
        changed = [(s, line) for s, line in stamps if s.label == "updated"]
        second = second or (in_print(*changed[0], text) if changed else None)
    if first is None and (day := guessed_day(page)) and not (latest and day > latest.isoformat()):
        first = Value(value=day, source="htmldate", by="html.htmldate", precision="day")
    return first, second


def believed(found: Sequence[Stated], latest: date | None) -> list[Stated]:
    """The instants that are not after `latest`."""
    return [s for s in found if latest is None or s[0].value[:10] <= latest.isoformat()]


def later(updated: Stated | None, published: Stated | None) -> Stated | None:
    """The update, if it is one: a page that gives its day of publication again was not changed."""
    if updated is None or published is None:
        return updated
    same_day = updated[0].precision == "day" and updated[0].value <= published[0].value[:10]
    return None if same_day or updated[0].moment <= published[0].moment else updated


def stated(found: Stated | None) -> Value | None:
    """An instant of the page's data as a value."""
    return (
        Value(value=found[0].value, source=found[1], by=f"html.{found[1].split(':', 1)[0]}", precision=found[0].precision)
        if found
        else None
    )


def in_print(stamp: Stamp, line: str, text: TextOfPage) -> Value:
    """A printed stamp as a value; its line stands in the text."""
    start = text.span_of(line).start
    return Value(
        value=stamp.value,
        span=Span(start + stamp.span.start, start + stamp.span.end),
        by=f"html.stamp/{stamp.by}",
        weekday=stamp.weekday,
        precision=stamp.precision,
    )


def standfirst(deck: Block | None, descriptions: Sequence[Datum], body: Sequence[Block], text: TextOfPage) -> Value | None:
    """The deck as printed; or the data's description, without a span, when it is not just the beginning of the body."""
    if deck is not None:
        return Value(value=deck.text, span=text.add(deck.text), by="html.deck")
    said = letters_of(" ".join(b.text for b in body[:6]))
    for datum in descriptions:
        words = letters_of(datum.value)
        if words and words[:60] not in said:
            return in_data(datum)
    return None


def add_in_order(
    blocks: Sequence[Block], body: Sequence[Block], captions: Sequence[Block], text: TextOfPage
) -> tuple[tuple[Paragraph, ...], tuple[Caption, ...]]:
    """Body and captions added to the text in the page's order."""
    wanted = {id(b): "body" for b in body} | {id(b): "caption" for b in captions}
    paragraphs, captioned = list[Paragraph](), list[Caption]()
    for block in blocks:
        kind = wanted.get(id(block))
        if kind == "body":
            paragraphs.append(Paragraph(span=text.add(block.text)))
        elif kind == "caption":
            captioned.append(Caption(value=block.text, span=text.add(block.text)))
    return tuple(paragraphs), tuple(captioned)


def dateline_of(paragraphs: Sequence[Paragraph], text: TextOfPage, codebook: Codebook, hints: Hints) -> PlaceLine | None:
    """The dateline that opens the body, or None."""
    if not paragraphs:
        return None
    printed = [text.value[p.span.start : p.span.end] for p in paragraphs]
    return opening_place_line(printed, paragraphs[0].span.start, codebook, hints)


def body_in_data(article: dict[str, Any], body: Sequence[Block]) -> list[str]:
    """The paragraphs of the data's own text of the report, where the page prints less than half of it; else none.

    Such pages are built in the reader's browser: their words stand in the data alone.
    """
    written = article.get("articleBody")
    if not isinstance(written, str) or len(written) < SHORTEST_BODY_IN_DATA:
        return []
    lines = [line for part in PARAGRAPH_ENDS.split(written) if (line := plain(part))]
    return lines if len(letters_of(" ".join(lines))) > 2 * len(letters_of(" ".join(b.text for b in body))) else []


def topics(page: Page, article: dict[str, Any], blocks: Sequence[Block], headline: str, codebook: Codebook) -> tuple[Tag, ...]:
    """The tags that the data states, or else those that the page links."""
    stated_tags = tags_of(page, article)
    if stated_tags:
        return tuple(Tag(value=t.value, source=t.source) for t in stated_tags)
    return tuple(Tag(value=t, source="link:tag") for t in printed_topics(blocks, headline, codebook.web))
