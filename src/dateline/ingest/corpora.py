"""Corpora: JSONL, CSV, TSV, JSON and Parquet, a report a row. The canonical text is the text column, untouched.

A field that a column gives says so (`column:NAME`) and wins; what no column gives is read from the text as a plain text's fields are.
A row that cannot be read is set aside with its line, and the next one is read.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import chain, islice
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from dateline.errors import ReportError
from dateline.ingest.decode import as_utf8, bounded_lines, decode
from dateline.ingest.opened import MOST_BYTES, Opened, Options, read_bounded, rejected
from dateline.ingest.report import make_report
from dateline.ingest.stamps import Hints, page_hints, read_stamp
from dateline.ingest.text import read_fields
from dateline.records import Fields, Paragraph, Rejected, Report, Span, Value

# Our name → the names that corpora give the column, tried in this order when none is mapped.
COLUMNS: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "article_text", "fulltext", "full_text", "maintext", "story"),
    "published": (
        "published",
        "published_at",
        "date_published",
        "datePublished",
        "publish_date",
        "pubdate",
        "pub_date",
        "publication_date",
        "date",
        "dct",
        "datetime",
        "timestamp",
    ),
    "updated": ("updated", "updated_at", "date_modified", "dateModified", "modified", "last_modified"),
    "url": ("url", "link", "article_url", "source_url"),
    "outlet": ("outlet", "publisher", "newspaper", "media_name", "publication", "source", "domain", "source_domain"),
    "headline": ("headline", "title", "heading"),
    "author": ("author", "authors", "byline", "writer"),
    "agency": ("agency", "news_agency", "wire", "credit"),
    "language": ("language", "lang"),
    "id": ("id", "_id", "doc_id", "article_id", "story_id", "uid", "guid"),
}
FIELD_OF = {"headline": "headline", "author": "byline", "agency": "agency", "outlet": "outlet", "url": "url"}
ACCEPTED_DATES = "accepted are ISO 8601 (2020-07-28, 2020-07-28T14:44+03:00), seconds since 1970, and dates as pages print them"
MOST_JSON = 256 * 1024 * 1024  # bytes of a JSON array, which is read whole; longer ones belong in JSONL
LOOKED_AT = 200  # rows from whose dates the order of day and month is told
EARLIEST_SECONDS, MILLISECONDS = 100_000_000, 100_000_000_000  # numbers below are no seconds since 1970; numbers above count milliseconds


class Row(NamedTuple):
    """A row: where it stands (a line or a place in the list), its bytes, its cells by column."""

    number: int
    raw: bytes
    cells: Mapping[str, Any]


Rows = Iterator[Row | Rejected]


def read_jsonl(opened: Opened, options: Options) -> Iterator[Report | Rejected]:
    """A JSON object a line."""
    return read_rows(jsonl_rows(opened), opened, options)


def read_json(opened: Opened, options: Options) -> Iterator[Report | Rejected]:
    """A list of JSON objects, one object that holds such a list, or one object that is a report."""
    return read_rows(json_rows(opened), opened, options)


def read_csv(opened: Opened, options: Options) -> Iterator[Report | Rejected]:
    """A table with a line of column names; comma, semicolon, tab or bar, as that line shows."""
    return read_rows(table_rows(opened, options, None), opened, options)


def read_tsv(opened: Opened, options: Options) -> Iterator[Report | Rejected]:
    """A table with a line of column names and tabs."""
    return read_rows(table_rows(opened, options, "\t"), opened, options)


def read_parquet(opened: Opened, options: Options) -> Iterator[Report | Rejected]:
    """A Parquet file, a batch of rows at a time."""
    return read_rows(parquet_rows(opened), opened, options)


# ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def jsonl_rows(opened: Opened) -> Rows:
    """The objects of a JSONL stream."""
    number = 0
    for number, line in bounded_lines(as_utf8(opened.stream), MOST_BYTES):
        place = f"{opened.read_from}#{number}"
        if line is None:
            yield rejected(place, too_long("line"))
        elif line.strip():
            try:
                cells = msgspec.json.decode(line)
            except msgspec.DecodeError as fault:
                cells = redecoded(line)
                if cells is None:
                    yield rejected(place, f"this line is no JSON ({fault}); accepted is one object a line")
                    continue
            if isinstance(cells, dict):
                yield Row(number, line, cells)
            else:
                yield rejected(place, f"this line is a JSON {type(cells).__name__}, not an object; accepted is one object a line")
    if not number:
        yield rejected(opened.read_from, "the file is empty; accepted is one JSON object a line")


def redecoded(line: bytes) -> Any:
    """A line of JSON in another encoding than UTF-8; None when it is broken in itself."""
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return msgspec.json.decode(decode(line))
        except (msgspec.DecodeError, ReportError):
            return None
    return msgspec.json.decode(line[3:]) if line.startswith(b"\xef\xbb\xbf") else None


def json_rows(opened: Opened) -> Rows:
    """The objects of a JSON document."""
    raw = read_bounded(opened.stream, MOST_JSON)
    if raw is None:
        raise ReportError(
            f"it holds more than {MOST_JSON // 1_000_000} MB in one JSON document; accepted at that size is JSONL, one object a line"
        )
    try:
        document = msgspec.json.decode(decode(raw))
    except msgspec.DecodeError as fault:
        raise ReportError(f"this is no JSON ({fault}); accepted are a list of objects, or JSONL") from None
    lists = (
        [v for v in document.values() if isinstance(v, list) and v and isinstance(v[0], dict)] if isinstance(document, dict) else [document]
    )
    items = lists[0] if lists else [document]
    for number, item in enumerate(items, start=1):
        if isinstance(item, dict):
            yield Row(number, msgspec.json.encode(item), item)
        else:
            yield rejected(f"{opened.read_from}#{number}", "this item is no object; accepted is a list of objects")


def table_rows(opened: Opened, options: Options, delimiter: str | None) -> Rows:
    """The rows of a delimited table. Raises ReportError when it has no text column."""
    csv.field_size_limit(MOST_BYTES)
    lines = Lines(opened)
    header = next(iter(lines), "")
    if not header.strip():
        raise ReportError("the file is empty; accepted is a table with a line of column names")
    delimiter = delimiter or max(",;\t|", key=header.count)
    names = [n.strip() for n in next(csv.reader(chain([header], lines), delimiter=delimiter))]
    if column_of("text", dict.fromkeys(names), options.columns) is None:
        raise ReportError(no_text(names, options.columns))
    rows = csv.reader(lines, delimiter=delimiter)
    while True:
        lines.begin()
        try:
            cells = next(rows)
        except StopIteration:
            return
        except (csv.Error, ReportError) as fault:
            yield rejected(f"{opened.read_from}#{lines.first}", f"this row cannot be read: {fault}; accepted is one report a row")
            continue
        if len(cells) == len(names):
            yield Row(lines.first, lines.taken(), dict(zip(names, cells, strict=True)))
        elif cells:
            yield rejected(f"{opened.read_from}#{lines.first}", f"this row has {len(cells)} cells, the line of column names {len(names)}")


class Lines:
    """The decoded lines of a stream, that remembers the bytes of the row being read."""

    def __init__(self, opened: Opened) -> None:
        self._lines = bounded_lines(as_utf8(opened.stream), MOST_BYTES)
        self.number, self.first, self._raw = 0, 0, list[bytes]()

    def begin(self) -> None:
        """A new row starts with the next line."""
        self.first, self._raw = self.number + 1, []

    def taken(self) -> bytes:
        """The bytes of the row."""
        return b"".join(self._raw)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        self.number, line = next(self._lines)
        if line is None:
            raise ReportError(too_long("line"))
        self._raw.append(line)
        return decode(line)


def parquet_rows(opened: Opened) -> Rows:
    """The rows of a Parquet file."""
    from pyarrow import ArrowInvalid, parquet

    raw = read_bounded(opened.stream, 4 * MOST_JSON)
    if raw is None:
        raise ReportError(f"it holds more than {4 * MOST_JSON // 1_000_000} MB; accepted are several smaller Parquet files in a folder")
    try:
        table = parquet.ParquetFile(io.BytesIO(raw))
    except ArrowInvalid as fault:
        raise ReportError(f"this is no Parquet file: {fault}") from None
    number = 0
    for batch in table.iter_batches(batch_size=500):
        for cells in batch.to_pylist():
            number += 1
            yield Row(number, msgspec.json.encode(cells, enc_hook=str), cells)


def too_long(what: str) -> str:
    """Why a line of many megabytes is not read."""
    return f"this {what} holds more than {MOST_BYTES // 1_000_000} MB: no single report is so long"


# ── a row → a report ────────────────────────────────────────────────────────────────────────────────────────────────


def read_rows(rows: Rows, opened: Opened, options: Options) -> Iterator[Report | Rejected]:
    """The report of each row. The first rows are looked at together: their dates tell the order of day and month."""
    first = list(islice(rows, LOOKED_AT))
    printed = [str(v) for r in first if isinstance(r, Row) if (v := cell("published", r.cells, options.columns)[1])]
    hints = page_hints(printed, options.codebook.stamps, Hints(latest=options.latest))
    for row in chain(first, rows):
        if isinstance(row, Rejected):
            yield row
            continue
        place = f"{opened.read_from}#{row.number}"
        try:
            yield report_of(row, place, f"{opened.identity}#{row.number}", options, hints)
        except ReportError as fault:
            yield rejected(place, fault.reason)


def report_of(row: Row, place: str, identity: str, options: Options, hints: Hints) -> Report:
    """The report of one row. Raises ReportError when it has no text, or a date that no calendar has."""
    text = text_of(row, options.columns)
    stated = values_of(row, options.columns) | dates_of(row, options, hints)
    title = stated.get("headline")
    fields, _ = read_fields(text, options.codebook, hints, title=title.value if title else None)
    language = cell("language", row.cells, options.columns)[1]
    fields = with_own_headline(fields, stated.get("headline"), text)
    fields = replace(fields, **with_spans(stated, fields), language=str(language).lower()[:2] if language else None)
    return make_report(
        raw=row.raw, text=text, fields=fields, read_from=place, identity=identity_of(row, fields, options.columns) or identity
    )


def with_own_headline(fields: Fields, headline: Value | None, text: str) -> Fields:
    """The fields, where a headline that a column gives and the text repeats at its start is taken out of the first paragraph."""
    if headline is None or not fields.body:
        return fields
    first = fields.body[0].span
    end = first.start + len(headline.value)
    if text[first.start : end].casefold() != headline.value.casefold() or text[end : end + 1].isalnum():
        return fields
    rest = end + len(text[end : first.end]) - len(text[end : first.end].lstrip(" \t\r\n.:-–—|"))
    body = (Paragraph(span=Span(rest, first.end)), *fields.body[1:]) if rest < first.end else fields.body[1:]
    return replace(fields, headline=replace(headline, span=Span(first.start, end)), body=body) if body else fields


def with_spans(stated: dict[str, Value], read: Fields) -> dict[str, Value]:
    """What columns state, with the span of the same words where the text has them in that field."""
    found = {}
    for field, value in stated.items():
        same = getattr(read, field)
        known = same is not None and same.value.casefold().rstrip(".") == value.value.casefold().rstrip(".")
        found[field] = replace(value, span=same.span) if known else value
    return found


def text_of(row: Row, columns: Mapping[str, str]) -> str:
    """The text of a row, untouched."""
    name, text = cell("text", row.cells, columns)
    if name is None:
        raise ReportError(no_text(list(row.cells), columns))
    if not isinstance(text, str) or not text.strip():
        raise ReportError(f"the column {name!r} holds no text")
    if "\0" in text:
        raise ReportError(f"character {text.index(chr(0))} of the column {name!r} is NUL: text holds none")
    return text


def no_text(names: list[str], columns: Mapping[str, str]) -> str:
    """Why a table without a text column cannot be read, and how to name one."""
    wanted = columns.get("text") or "text"
    return f"there is no column {wanted!r}; the columns are {', '.join(map(repr, names[:20]))}; name yours with --column text=NAME"


def column_of(field: str, cells: Mapping[str, Any], columns: Mapping[str, str]) -> str | None:
    """The column of a field: the one mapped to it, else the first of its usual names that the row has."""
    if field in columns:
        return columns[field] if columns[field] in cells else None
    taken = set(columns.values())
    return next((n for n in COLUMNS[field] if n in cells and n not in taken), None)


def cell(field: str, cells: Mapping[str, Any], columns: Mapping[str, str]) -> tuple[str | None, Any]:
    """The column of a field and what stands in it; (None, None) when the row has no such column."""
    name = column_of(field, cells, columns)
    return (None, None) if name is None else (name, cells[name])


def values_of(row: Row, columns: Mapping[str, str]) -> dict[str, Value]:
    """The fields that columns give as they stand."""
    found = {}
    for field, ours in FIELD_OF.items():
        name, value = cell(field, row.cells, columns)
        printed = ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")
        if printed.strip():
            found[ours] = Value(value=printed.strip(), source=f"column:{name}", by=f"column.{field}")
    return found


def dates_of(row: Row, options: Options, hints: Hints) -> dict[str, Value]:
    """Published and updated as columns give them. Raises ReportError for a date that is none or lies in the future."""
    found = {}
    for field in ("published", "updated"):
        name, value = cell(field, row.cells, options.columns)
        printed = instant(value) if isinstance(value, int | float) and not isinstance(value, bool) else str(value or "").strip()
        if not printed:
            continue
        stamp = read_stamp(printed, options.codebook.stamps, hints)
        if stamp is None and read_stamp(printed, options.codebook.stamps, hints._replace(latest=None)):
            raise ReportError(f"{name} is {printed!r}, which lies in the future; accepted are days up to {hints.latest}")
        if stamp is None and is_no_date(printed):
            raise ReportError(f"{name} is {printed!r}, which is no day; {ACCEPTED_DATES}")
        if stamp:
            found[field] = Value(
                value=stamp.value,
                source=f"column:{name}",
                by=f"column.{field}/{stamp.by}",
                weekday=stamp.weekday,
                precision=stamp.precision,
            )
    return found


def is_no_date(printed: str) -> bool:
    """Whether a cell names no day at all; one whose day and month could be swapped names two, and is left unknown."""
    numbers = [int(n) for n in "".join(c if c.isdigit() else " " for c in printed).split()[:3]]
    return not (len(numbers) == 3 and sorted(numbers)[1] <= 12)


def instant(seconds: float) -> str:
    """Seconds or milliseconds since 1970 as ISO; a number that is neither, as it stands."""
    if seconds < EARLIEST_SECONDS:
        return str(int(seconds))
    seconds = seconds / 1000 if seconds >= MILLISECONDS else seconds
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="minutes")
    except (ValueError, OverflowError, OSError):
        return str(seconds)


def identity_of(row: Row, fields: Fields, columns: Mapping[str, str]) -> str | None:
    """What a row is known by: its URL, else its outlet and id; None when it has neither."""
    if fields.url:
        return fields.url.value
    key = cell("id", row.cells, columns)[1]
    return None if key is None else f"{fields.outlet.value if fields.outlet else ''}\0{key}"
