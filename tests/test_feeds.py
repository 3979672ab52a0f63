"""Feeds and web archives: each entry and each captured page a report. Every text here is made up."""

import bz2
import gzip
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from dateline.codebook import load_codebook
from dateline.ingest import read_reports
from dateline.ingest.feeds import read_feed
from dateline.ingest.opened import Opened, Options
from dateline.ingest.readers import SNIFFED
from dateline.ingest.warc import read_warc
from dateline.records import Rejected, Report

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Harbour Post</title><link>https://harbour.example/</link>
<item><title>Ferry strike enters its second week</title><link>https://harbour.example/ferry</link><guid>f-1</guid>
<dc:creator>By Ana Brod and Reuters</dc:creator><pubDate>Tue, 03 Mar 2026 07:30:00 +0200</pubDate><category>Transport</category><category>Strikes</category>
<description>Crews say that talks have not moved.</description>
<content:encoded><![CDATA[<p>Ferry crews in Tallinn walked out for an eighth day on Tuesday.</p><figure><figcaption>A ferry in port</figcaption></figure>
<p>The union said it would meet the company on Friday.</p><p><a href="/more">Read more</a></p>]]></content:encoded></item>
<item><title>Quay &amp;amp; harbour to be dredged</title><description>&lt;p&gt;Work begins in May.&lt;/p&gt;&lt;p&gt;It will take a year.&lt;/p&gt;</description></item>
<item></item></channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Post</title><entry><id>urn:x:1</id><title>Ferries run again</title>
<author><name>Jan Holub</name></author><updated>2026-03-09T10:00:00Z</updated><published>2026-03-08T08:00:00+02:00</published>
<content type="html">&lt;p&gt;The first ferry left on Sunday morning.&lt;/p&gt;</content></entry></feed>"""


@pytest.fixture(scope="module")
def options() -> Options:
    return Options(codebook=load_codebook())


def feed(text: str | bytes, options: Options) -> list[Report | Rejected]:
    raw = text.encode() if isinstance(text, str) else text
    return list(read_feed(Opened(io.BytesIO(raw), "news.xml", "news.xml"), options))


def said(report: Report) -> list[str]:
    return [report.text[p.span.start : p.span.end] for p in report.fields.body]


def test_each_entry_is_a_report(options: Options) -> None:
    first, second, third = feed(RSS, options)
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert first.read_from == "news.xml#1"
    assert said(first) == [
        "Ferry crews in Tallinn walked out for an eighth day on Tuesday.",
        "The union said it would meet the company on Friday.",
    ]
    fields = first.fields
    assert [v.value if v else None for v in (fields.headline, fields.byline, fields.agency, fields.published, fields.outlet, fields.url, fields.deck)] == [
        "Ferry strike enters its second week", "Ana Brod", "Reuters", "2026-03-03T07:30:00+02:00", "Harbour Post", "https://harbour.example/ferry",
        "Crews say that talks have not moved.",
    ]  # fmt: skip
    assert [t.value for t in fields.tags] == ["Transport", "Strikes"]
    assert first.raw.startswith(b"<item")
    assert b"eighth day" in first.raw
    assert b"dredged" not in first.raw
    assert second.fields.headline
    assert second.fields.headline.value == "Quay & harbour to be dredged"
    assert said(second) == ["Work begins in May.", "It will take a year."]
    assert isinstance(third, Rejected)
    assert third.read_from == "news.xml#3"


def test_atom_states_publication_and_update(options: Options) -> None:
    (entry,) = feed(ATOM, options)
    assert isinstance(entry, Report)
    assert entry.fields.published
    assert entry.fields.updated
    assert (entry.fields.published.value, entry.fields.updated.value) == ("2026-03-08T08:00:00+02:00", "2026-03-09T10:00:00+00:00")


@pytest.mark.parametrize("text", ["", "no feed", "<rss></rss>", "https://harbour.example/feed", "<html><body><p>A page.</p></body></html>"])
def test_what_is_no_feed_is_rejected(text: str, options: Options) -> None:
    (found,) = feed(text, options)
    assert isinstance(found, Rejected)
    assert "RSS" in found.reason


def test_a_feed_of_nested_entities_is_bounded(options: Options) -> None:
    bomb = (
        '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY {x} "{("&" + chr(ord(x) - 1) + ";") * 10}">' for x in "bcdefghij")
        + "]>"
    )
    found = feed('<?xml version="1.0"?>' + bomb + "<rss><channel><item><title>&j;</title></item></channel></rss>", options)
    assert sum(len(r.text) for r in found if isinstance(r, Report)) < 10_000


PAGE = (
    b"<html><head><meta property='article:published_time' content='2026-03-03T07:30:00+02:00'></head><body><h1>Ferry strike enters its second week</h1>"
    b"<p>Ferry crews in Tallinn walked out for an eighth day on Tuesday, and the union said it would meet the company on Friday.</p></body></html>"
)


def record(
    body: bytes, *, kind: str = "text/html; charset=utf-8", status: str = "200 OK", captured: str = "2026-03-04", encoding: str = ""
) -> bytes:
    coded = f"Content-Encoding: {encoding}\r\n" if encoding else ""
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{coded}Content-Length: {len(body)}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://harbour.example/ferry\r\nWARC-Date: {captured}T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def archive(raw: bytes, options: Options) -> list[Report | Rejected]:
    return list(read_warc(Opened(io.BytesIO(raw), "crawl.warc", "crawl.warc"), options))


def test_pages_answered_with_success_are_reports(options: Options) -> None:
    raw = (
        record(PAGE)
        + record(b"\x89PNG", kind="image/png")
        + record(PAGE, status="404 Not Found")
        + record(gzip.compress(PAGE), encoding="gzip")
    )
    found = archive(raw, options)
    assert [r.read_from for r in found] == ["crawl.warc!https://harbour.example/ferry"] * 2
    for report in found:
        assert isinstance(report, Report)
        assert report.fields.url
        assert report.fields.url.value == "https://harbour.example/ferry"
        assert report.fields.published
        assert report.fields.published.value == "2026-03-03T07:30:00+02:00"
    assert archive(gzip.compress(raw), options) == found


def test_no_date_after_the_capture_is_believed(options: Options) -> None:
    (report,) = archive(record(PAGE, captured="2026-02-01"), options)
    assert isinstance(report, Report)
    assert report.fields.published is None


def test_what_is_no_archive_is_said_so(options: Options) -> None:
    (found,) = archive(b"", options)
    assert isinstance(found, Rejected)
    assert "WARC" in found.reason


@pytest.mark.parametrize(("raw", "reader"), [(RSS.encode(), read_feed), (ATOM.encode(), read_feed), (record(PAGE), read_warc)])
def test_formats_are_told_by_their_first_bytes(raw: bytes, reader: object) -> None:
    start = raw[:4096].lower()
    assert next(read for fits, read in SNIFFED if fits(start)) is reader


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress])
def test_a_packed_archive_is_read_as_an_open_one(options: Options, tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(pack(record(PAGE)) + pack(record(PAGE)))
    found = list(read_reports([path], options.codebook))
    assert [r.read_from for r in found] == ["crawl.warc.gz!https://harbour.example/ferry"] * 2
    assert all(isinstance(r, Report) for r in found)
