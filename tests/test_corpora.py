"""Corpora and the ways in: columns, formats, folders, archives, identities."""

import gzip
import io
import itertools
import json
import shutil
import tarfile
import zipfile
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from dateline.codebook import Codebook, load_codebook
from dateline.ingest import read_reports
from dateline.ingest.corpora import COLUMNS
from dateline.ingest.readers import READERS, is_header
from dateline.records import Rejected, Report, Span

TEXT = "The council met on Monday.\n\nIt agreed to mend the bridge before the winter, and to ask the province for half of the money.\n"
ROW = {
    "text": TEXT, "published": "2021-05-03T10:15+03:00", "updated": "2021-05-04", "url": "https://example.org/bridge", "outlet": "The Valley Post",
    "headline": "Council to mend bridge", "author": "Jane Roe", "agency": "AFP", "language": "en", "id": "77",
}  # fmt: skip


@cache
def book() -> Codebook:
    """The codebook."""
    return load_codebook()


def read(*paths: Path, columns: dict[str, str] | None = None) -> list[Report]:
    """The reports; nothing is set aside."""
    found = list(read_reports(paths, book(), columns=columns, latest=date(2026, 1, 1)))
    assert not [x for x in found if isinstance(x, Rejected)]
    return [x for x in found if isinstance(x, Report)]


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    """A corpus in the format of the path's suffix."""
    names = list(rows[0])
    separator = "\t" if path.suffix == ".tsv" else ","
    quoted = [separator.join('"{}"'.format(str(row.get(n, "")).replace('"', '""')) for n in names) for row in rows]
    if path.suffix == ".parquet":
        parquet.write_table(pa.Table.from_pylist(rows), path)
    elif path.suffix == ".json":
        path.write_text(json.dumps({"count": len(rows), "articles": rows}), encoding="utf8")
    elif path.suffix in (".csv", ".tsv"):
        path.write_text("\n".join([separator.join(names), *quoted]) + "\n", encoding="utf8", newline="")
    else:
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
    return path


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.json", "a.csv", "a.tsv", "a.parquet", "corpus"])
def test_every_column_says_where_it_stands(tmp_path: Path, name: str) -> None:
    (report,) = read(write(tmp_path / name, [ROW]))
    fields = report.fields
    assert report.text == TEXT
    assert fields.language == "en"
    for column, field in {"headline": "headline", "author": "byline", "agency": "agency", "outlet": "outlet", "url": "url"}.items():
        value = getattr(fields, field)
        assert (value.value, value.source) == (ROW[column], f"column:{column}")
    assert fields.published is not None
    assert (fields.published.value, fields.published.source, fields.published.precision) == (
        "2021-05-03T10:15+03:00",
        "column:published",
        "minute",
    )
    assert fields.updated is not None
    assert (fields.updated.value, fields.updated.precision) == ("2021-05-04", "day")
    assert [TEXT[p.span.start : p.span.end][:11] for p in fields.body] == ["The council", "It agreed t"]


def test_what_no_column_gives_is_read_from_the_text(tmp_path: Path) -> None:
    text = "Council to mend bridge\n\nBy Jane Roe\n3 May 2021\n\n" + TEXT
    (report,) = read(write(tmp_path / "a.jsonl", [{"text": text, "published": "2021-05-04"}]))
    fields = report.fields
    assert fields.headline is not None
    assert fields.headline.span == Span(0, 22)
    assert fields.byline is not None
    assert fields.byline.value == "Jane Roe"
    assert fields.published is not None
    assert (fields.published.value, fields.published.source) == ("2021-05-04", "column:published")


def test_a_headline_that_the_text_repeats_is_taken_out_of_the_body(tmp_path: Path) -> None:
    text = "Council to mend bridge. The council met on Monday and agreed to mend the bridge before the winter."
    (report,) = read(write(tmp_path / "a.jsonl", [{"text": text, "title": "Council to mend bridge"}]))
    assert report.fields.headline is not None
    assert (report.fields.headline.span, report.fields.headline.source) == (Span(0, 22), "column:title")
    assert [text[p.span.start : p.span.end][:11] for p in report.fields.body] == ["The council"]


def test_columns_can_be_named(tmp_path: Path) -> None:
    row = {"inhalt": TEXT, "text": "not this", "tag": "03.05.2021"}
    (report,) = read(write(tmp_path / "a.csv", [row]), columns={"text": "inhalt", "published": "tag"})
    assert report.text == TEXT
    assert report.fields.published is not None
    assert (report.fields.published.value, report.fields.published.source) == ("2021-05-03", "column:tag")


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ("2021-05-03", "2021-05-03"), ("2021-05-03 10:15:59.865-05", "2021-05-03T10:15-05:00"), ("2021-05-03T10:15:00Z", "2021-05-03T10:15Z"),
        ("20210503", "2021-05-03"), (20210503, "2021-05-03"), (1620036900, "2021-05-03T10:15+00:00"), (1620036900000, "2021-05-03T10:15+00:00"),
        ("Mon, 03 May 2021 10:15:00 GMT", "2021-05-03T10:15Z"), ("May 3, 2021", "2021-05-03"), ("3 mai 2021", "2021-05-03"),
        ("", None), (None, None), ("03/05/2021", None),
    ],
)  # fmt: skip
def test_dates_of_columns(tmp_path: Path, given: object, value: str | None) -> None:
    (report,) = read(write(tmp_path / "a.jsonl", [{"text": TEXT, "date": given}]))
    assert (report.fields.published.value if report.fields.published else None) == value


def test_the_order_of_day_and_month_is_told_from_the_other_rows(tmp_path: Path) -> None:
    rows = [{"text": TEXT, "date": d} for d in ("03/05/2021", "27/05/2021")]
    first, _ = read(write(tmp_path / "a.csv", rows))
    assert first.fields.published is not None
    assert first.fields.published.value == "2021-05-03"


def test_lines_and_rows_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('id,text\n1,"one\ntwo"\n\n2,three\n', encoding="utf8")
    assert [r.read_from for r in read(path)] == ["a.csv#2", "a.csv#5"]
    assert read(path)[0].raw == b'1,"one\ntwo"\n'


class TestIdentity:
    """The same bytes under the same identity have the same id; a report is not joined to its copy elsewhere."""

    def test_url_then_outlet_and_id_then_place(self, tmp_path: Path) -> None:
        rows: list[dict[str, Any]] = [{"id": 1, "text": TEXT}, {"id": 2, "text": TEXT}, {"text": TEXT}]
        reports = read(write(tmp_path / "a.jsonl", rows))
        assert len({r.id for r in reports}) == 3
        assert len({r.text_sha256 for r in reports}) == 1
        (again,) = read(write(tmp_path / "other.jsonl", rows[1:2]))
        assert again.id == reports[1].id
        (elsewhere,) = read(write(tmp_path / "third.jsonl", rows[2:]))
        assert elsewhere.id != reports[2].id

    def test_a_folder_moved_keeps_its_ids(self, tmp_path: Path) -> None:
        (tmp_path / "one" / "2021").mkdir(parents=True)
        (tmp_path / "one" / "2021" / "a.txt").write_text(TEXT, encoding="utf8")
        shutil.copytree(tmp_path / "one", tmp_path / "two")
        (a,), (b,) = read(tmp_path / "one"), read(tmp_path / "two")
        assert (a.id, a.read_from) == (b.id, b.read_from)
        assert a.read_from == "2021/a.txt"
        (alone,) = read(tmp_path / "one" / "2021" / "a.txt")
        assert alone.read_from == "a.txt"
        (globbed,) = read(tmp_path / "one" / "**" / "*.txt")
        assert globbed.id == a.id

    def test_two_files_of_one_text_are_two_reports(self, tmp_path: Path) -> None:
        for name in ("a.txt", "b.txt"):
            (tmp_path / name).write_text(TEXT, encoding="utf8")
        assert len({r.id for r in read(tmp_path)}) == 2


def test_everything_packed(tmp_path: Path) -> None:
    line = (json.dumps({"text": TEXT}) + "\n").encode()
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(TEXT.encode()))
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(line))
    (tmp_path / "c.csv.gz").write_bytes(gzip.compress(f'text\n"{TEXT}"\n'.encode()))
    with zipfile.ZipFile(tmp_path / "d.zip", "w") as archive:
        archive.writestr("in/a.txt", TEXT)
        archive.writestr("in/b.jsonl", line)
        archive.writestr(".hidden/c.txt", TEXT)
    with tarfile.open(tmp_path / "e.tar.gz", "w:gz") as tar:
        info = tarfile.TarInfo("x/a.txt")
        info.size = len(TEXT.encode())
        tar.addfile(info, io.BytesIO(TEXT.encode()))
    reports = read(tmp_path)
    assert [r.read_from for r in reports] == [
        "a.txt.gz",
        "b.jsonl.gz#1",
        "c.csv.gz#2",
        "d.zip!in/a.txt",
        "d.zip!in/b.jsonl#1",
        "e.tar.gz!x/a.txt",
    ]
    assert {r.text for r in reports} == {TEXT}


def test_a_corpus_is_read_lazily(tmp_path: Path) -> None:
    """The first reports come before the last lines are looked at."""
    path = tmp_path / "long.jsonl"
    path.write_bytes((json.dumps({"text": TEXT}) + "\n").encode() * 3000)
    reports: Iterator[Report | Rejected] = read_reports([path], book())
    assert len(list(itertools.islice(reports, 5))) == 5
    path.write_bytes(b"")


def test_a_folder_is_read_in_order_of_names(tmp_path: Path) -> None:
    for name in ("b/z.txt", "a.txt", "b/a.txt", ".git/x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf8")
    assert [r.read_from for r in read(tmp_path)] == ["a.txt", "b/a.txt", "b/z.txt"]


def test_canonical_text_is_the_file_untouched(tmp_path: Path) -> None:
    raw = "  Títle\r\n\r\n\tThe council met on Monday, and it agreed to mend the bridge.\u2028 \r\n".encode()
    (tmp_path / "a.txt").write_bytes(raw)
    (report,) = read(tmp_path / "a.txt")
    assert report.text == raw.decode()
    assert report.raw == raw


def test_columns_and_formats_are_documented() -> None:
    page = (Path(__file__).parent.parent / "docs" / "reading.md").read_text(encoding="utf8")
    for field, names in COLUMNS.items():
        assert f"| `{field}` | {', '.join(names)} |" in page
    for suffix in READERS:
        assert f"`{suffix}`" in page


@pytest.mark.parametrize(
    ("start", "table"),
    [
        (b"id,date,body\n", True),
        (b'"id";"text"\r\n', True),
        (b"url\tcontent\n", True),
        (b"the body, they said, was found\n", False),
        (b"text\n", False),
        (b"article, a, long, story of a day, and then some more words of it that run on and on\n", False),
    ],
)
def test_a_table_without_a_suffix_is_told_by_its_header(start: bytes, table: bool) -> None:
    assert is_header(start) is table
