"""A feed (RSS, Atom, RDF) → one Report an entry. Read with feedparser from bytes alone; nothing that a feed links is fetched.

The canonical text of an entry is what it prints: its title, its summary where it also has content, and its paragraphs.
"""

import io
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from dateline.codebook import Codebook
from dateline.errors import ReportError
from dateline.ingest.html import TextOfPage, agency_in
from dateline.ingest.html_blocks import blocks_of, is_caption, is_furniture_line, key_of
from dateline.ingest.html_fields import names_in, plain, split_tags
from dateline.ingest.html_instants import Instant, read_instant
from dateline.ingest.html_page import open_page
from dateline.ingest.opened import MOST_BYTES, Opened, Options, read_bounded, rejected
from dateline.ingest.report import make_report
from dateline.records import Fields, Paragraph, Rejected, Report, Tag, Value

ENTRIES = ("item", "entry")


def read_feed(opened: Opened, options: Options) -> Iterator[Report | Rejected]:
    """Each entry of a feed as a report; an entry that prints nothing is Rejected, and so is what is no feed."""
    raw = read_bounded(opened.stream)
    if raw is None:
        yield rejected(opened.read_from, f"it holds more than {MOST_BYTES // 1_000_000} MB: no feed is so long")
        return
    import feedparser  # here, because it is slow to load and only feeds need it

    feed = feedparser.parse(io.BytesIO(raw), resolve_relative_uris=False, sanitize_html=False)
    if not feed.entries:
        yield rejected(opened.read_from, "no entry of a feed is found in it: RSS, Atom or RDF is expected")
        return
    sources = sources_of_entries(raw, len(feed.entries))
    for number, (entry, source) in enumerate(zip(feed.entries, sources, strict=True), 1):
        yield report_of_entry(entry, feed.feed, source, opened, number, options)


def sources_of_entries(raw: bytes, count: int) -> list[bytes]:
    """The XML of each entry; the whole feed for each where the entries cannot be told apart."""
    try:
        tree = etree.fromstring(raw, etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False))
    except (etree.XMLSyntaxError, ValueError):
        tree = None
    found = [n for n in tree.iter() if isinstance(n.tag, str) and etree.QName(n).localname in ENTRIES] if tree is not None else []
    return [etree.tostring(n, with_tail=False) for n in found] if len(found) == count else [raw] * count


def report_of_entry(entry: Any, feed: Any, source: bytes, opened: Opened, number: int, options: Options) -> Report | Rejected:
    """One entry as a report."""
    read_from = f"{opened.read_from}#{number}"
    text = TextOfPage()
    fields = fields_of_entry(entry, feed, text, options)
    if not text.value:
        return rejected(read_from, "the entry has neither title nor text")
    identity = entry.get("id") or entry.get("link") or f"{opened.identity}#{number}"
    return make_report(raw=source, text=text.value, fields=fields, read_from=read_from, identity=str(identity))


def fields_of_entry(entry: Any, feed: Any, text: TextOfPage, options: Options) -> Fields:
    """The fields of an entry; what it prints is added to `text`."""
    codebook = options.codebook
    title, summary = plain(entry.get("title")), str(entry.get("summary") or "")
    contents = [str(c.get("value") or "") for c in entry.get("content") or []]
    body = max(contents, key=len, default="") or summary
    headline = Value(value=title, span=text.add(title), source="feed:/title", by="feed") if title else None
    deck_lines = paragraphs_of(summary, codebook) if contents and summary not in contents else []
    lines = [line for line in paragraphs_of(body, codebook) if key_of(line) != key_of(title)]
    deck = deck_lines[0] if deck_lines and not any(key_of(deck_lines[0])[:40] in key_of(line) for line in lines[:3]) else None
    written_deck = Value(value=deck, span=text.add(deck), source="feed:/summary", by="feed") if deck else None
    names = names_in([plain(a.get("name")) for a in entry.get("authors") or []] or [plain(entry.get("author"))], codebook.web)
    agencies = list(dict.fromkeys(found for n in names if (found := agency_in(n, codebook))))
    published, updated = (stated(entry, key, options) for key in ("published", "updated"))
    if published is None:
        published, updated = updated, None
    return Fields(
        headline=headline,
        byline=in_feed([n for n in names if not agency_in(n, codebook)] or names, "author"),
        agency=in_feed(agencies, "author"),
        published=published,
        updated=updated if updated and published and updated.value != published.value else None,
        outlet=in_feed([plain((entry.get("source") or {}).get("title") or feed.get("title"))], "source"),
        url=in_feed([str(entry.get("link") or "")], "link"),
        deck=written_deck,
        body=tuple(Paragraph(span=text.add(line)) for line in lines),
        tags=tuple(Tag(value=t, source="feed:/category") for t in split_tags(plain(t.get("term")) for t in entry.get("tags") or [])),
    )


def paragraphs_of(markup: str, codebook: Codebook) -> list[str]:
    """The paragraphs of an entry's HTML, without the lines that are links to elsewhere, and without captions."""
    try:
        page = open_page(f"<html><body>{markup}</body></html>".encode())
    except ReportError:
        return []
    return [
        b.text for b in blocks_of(page.tree, codebook.web) if not is_furniture_line(b, codebook.web) and not is_caption(b, codebook.web)
    ]


def stated(entry: Any, key: str, options: Options) -> Value | None:
    """An instant of the entry: as written, or as feedparser reads it (then in UTC); none after the last day that is believed."""
    # Asked for as an item: feedparser answers `get` for a missing `updated` with `published`.
    written, parsed = dict.get(entry, key), dict.get(entry, f"{key}_parsed")
    instant = read_instant(written)
    if instant is None and parsed:
        instant = Instant(value="{:04}-{:02}-{:02}T{:02}:{:02}:{:02}+00:00".format(*parsed[:6]), precision="minute")
    if instant is None or (options.latest and instant.value[:10] > options.latest.isoformat()):
        return None
    return Value(value=instant.value, source=f"feed:/{key}", by="feed", precision=instant.precision)


def in_feed(values: Sequence[str], key: str) -> Value | None:
    """Values of the feed's data as one."""
    value = ", ".join(v for v in values if v)
    return Value(value=value, source=f"feed:/{key}", by="feed") if value else None
