"""The table of readers: suffix → function, and what tells the format when the suffix does not. One small file a format."""

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path, PurePosixPath
from typing import cast

import msgspec

from dateline.codebook import Codebook
from dateline.errors import ArgumentError, ReportError
from dateline.ingest.corpora import COLUMNS, read_csv, read_json, read_jsonl, read_parquet, read_tsv
from dateline.ingest.feeds import read_feed
from dateline.ingest.html import read_html
from dateline.ingest.opened import MOST_BYTES, Opened, Options, Reader, read_bounded, rejected
from dateline.ingest.sources import BROKEN, broken, find_files, open_files, peek
from dateline.ingest.text import read_text
from dateline.ingest.warc import read_warc
from dateline.records import Rejected, Report


def read_page(opened: Opened, options: Options) -> Iterator[Report | Rejected]:
    """A file that is one web page."""
    raw = read_bounded(opened.stream)
    if raw is None:
        yield rejected(opened.read_from, f"it holds more than {MOST_BYTES // 1_000_000} MB: no single page is so long")
    else:
        yield from read_html(raw, options.codebook, read_from=opened.read_from, identity=opened.identity, latest=options.latest)


READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_text,
    ".html": read_page,
    ".htm": read_page,
    ".xhtml": read_page,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".json": read_json,
    ".csv": read_csv,
    ".tsv": read_tsv,
    ".tab": read_tsv,
    ".parquet": read_parquet,
    ".rss": read_feed,
    ".atom": read_feed,
    ".rdf": read_feed,
    ".warc": read_warc,
}
ONE_REPORT = frozenset({read_text, read_page})  # a file is one report: its bytes can be handed to a worker unread
FEED_ROOTS = (b"<rss", b"<feed", b"<rdf:rdf")
PACKED = (".gz", ".gzip", ".bz2", ".xz")
# Looked at in this order when the suffix says nothing: what the first bytes, without space, in lower case, must match.
SNIFFED: tuple[tuple[Callable[[bytes], bool], Reader], ...] = (
    (lambda start: start.startswith(b"par1"), read_parquet),
    (lambda start: start.startswith(b"warc/"), read_warc),
    (
        lambda start: start.startswith((b"<?xml", b"<!--", b"<rss", b"<feed", b"<rdf:rdf")) and any(r in start for r in FEED_ROOTS),
        read_feed,
    ),
    (lambda start: start.startswith((b"<!doctype html", b"<html", b"<head")) or b"<html" in start[:1000], read_page),
    (lambda start: start.startswith(b"{") and is_object(start), read_jsonl),
    (lambda start: start.startswith((b"{", b"[")) and start[1:2] != b"", read_json),
    (lambda start: is_header(start), read_csv),
)
START = 4096
TEXT_NAMES = frozenset(name.lower() for name in COLUMNS["text"])


def read_reports(
    paths: Iterable[str | Path], codebook: Codebook, *, columns: Mapping[str, str] | None = None, latest: date | None = None
) -> Iterator[Report | Rejected]:
    """Every report below files, folders, globs, archives and "-" (standard input), in order, one at a time; what cannot be read, as Rejected.

    `columns` names a corpus's columns ({"text": "body"}). No date after `latest` (tomorrow, when not given) is believed.
    Raises ArgumentError at once for a path that names nothing or a column that is not one of ours.
    """
    options = checked_options(codebook, columns, latest)
    return read_each(open_files(find_files(list(paths))), options)


def checked_options(codebook: Codebook, columns: Mapping[str, str] | None, latest: date | None) -> Options:
    """What holds for a run. Raises ArgumentError for a column that is not one of ours."""
    unknown = sorted(set(columns or {}) - set(COLUMNS))
    if unknown:
        raise ArgumentError(f"no such column: {', '.join(unknown)}; accepted are {', '.join(COLUMNS)}")
    return Options(codebook=codebook, columns=dict(columns or {}), latest=latest or date.today() + timedelta(days=1))


def read_each(found: Iterable[Opened | Rejected], options: Options) -> Iterator[Report | Rejected]:
    """The reports of each stream."""
    for opened in found:
        if isinstance(opened, Rejected):
            yield opened
        else:
            yield from read_stream(opened, options)


def read_stream(opened: Opened, options: Options) -> Iterator[Report | Rejected]:
    """The reports of one stream. One that breaks while it is read gives what stood before, and one Rejected."""
    try:
        reader = reader_for(opened)
        yield from reader(opened, options)
    except ReportError as fault:
        yield rejected(fault.place or opened.read_from, fault.reason)
    except BROKEN as fault:
        yield rejected(opened.read_from, broken(fault))


def reader_for(opened: Opened) -> Reader:
    """The reader of a stream: by the suffix of its path without that of a packer, else by its first bytes; plain text when nothing tells."""
    suffixes = [s.lower() for s in PurePosixPath(opened.identity.rpartition("!")[2]).suffixes]
    while suffixes and suffixes[-1] in PACKED:
        suffixes.pop()
    if suffixes and suffixes[-1] in READERS:
        return READERS[suffixes[-1]]
    start = peek(cast(io.BufferedReader, opened.stream), START).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return next((reader for fits, reader in SNIFFED if fits(start)), read_text)


def is_header(start: bytes) -> bool:
    """Whether the first line is nothing but column names, one of them a name of the text column: a line of prose never is."""
    line = start.partition(b"\n")[0].decode("utf8", "replace")
    names = [cell.strip().strip('"') for cell in re.split("[,;\t|]", line)]
    return len(names) > 1 and all(re.fullmatch(r"[\w .-]{1,40}", name) for name in names) and not TEXT_NAMES.isdisjoint(names)


def is_object(start: bytes) -> bool:
    """Whether the first line is a JSON object, or the beginning of one that is longer than what was looked at."""
    line, newline, _ = start.partition(b"\n")
    if not newline:
        return True
    try:
        return isinstance(msgspec.json.decode(line), dict)
    except msgspec.DecodeError:
        return False
