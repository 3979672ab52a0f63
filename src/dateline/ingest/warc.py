"""A web archive (WARC) → one Report a page: its HTML responses, read as pages are, with the address and the day of the crawl that it states."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecordType

from dateline.ingest.html import read_html
from dateline.ingest.opened import MOST_BYTES, Opened, Options, rejected
from dateline.records import Rejected, Report

PAGES = ("text/html", "application/xhtml+xml")


def read_warc(opened: Opened, options: Options) -> Iterator[Report | Rejected]:
    """Each HTML page of an archive that was answered with success; other records are passed over. Nothing at all found is Rejected."""
    seen = False
    kinds = WarcRecordType.response | WarcRecordType.resource
    for record in ArchiveIterator(Forward(opened.stream), record_types=kinds, parse_http=True, auto_decode="all"):
        seen = True
        if is_page(record):
            yield from read_capture(record, opened, options)
    if not seen:
        yield rejected(opened.read_from, "no record of a web archive is found in it: WARC is expected")


class Forward:
    """A stream read from front to back that knows where it stands: the archive reader asks, and an unpacking stream cannot tell."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream, self.at = stream, 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes; empty at the end."""
        chunk = self.stream.read(size)
        self.at += len(chunk)
        return chunk

    def tell(self) -> int:
        """How many bytes were read."""
        return self.at

    def close(self) -> None:
        """Nothing: who opened the stream closes it."""

    def seek(self, offset: int, whence: int = 0) -> int:
        """Only to where it stands already. Raises OSError for any other place."""
        if (whence, offset) not in ((1, 0), (0, self.at)):
            raise OSError("an archive is read from front to back")
        return self.at


def is_page(record: Any) -> bool:
    """Is this record an HTML page, answered with success where an answer is recorded?"""
    http = record.http_headers
    kind = (http.get("Content-Type") if http else record.headers.get("Content-Type")) or ""
    return kind.lower().startswith(PAGES) and (http is None or http.status_code is None or 200 <= http.status_code < 300)


def read_capture(record: Any, opened: Opened, options: Options) -> Iterator[Report | Rejected]:
    """One captured page. No date after the day of its capture is believed."""
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    read_from = f"{opened.read_from}!{url}"
    raw = record.reader.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        yield rejected(read_from, f"it holds more than {MOST_BYTES // 1_000_000} MB: no single page is so long")
        return
    charset = record.http_charset if record.http_headers else None
    yield from read_html(raw, options.codebook, read_from=read_from, url=url or None, charset=charset, latest=last_day(record, options))


def last_day(record: Any, options: Options) -> date | None:
    """The last day that a date of the page can name: a day after its capture, or the run's."""
    try:
        captured = date.fromisoformat((record.headers.get("WARC-Date") or "")[:10]) + timedelta(days=1)
    except ValueError:
        return options.latest
    return min(captured, options.latest) if options.latest else captured
