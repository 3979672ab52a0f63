"""Bad input: every kind is set aside with its place and what is accepted, and the run goes on."""

import bz2
import gzip
import io
import json
import lzma
import os
import sys
import tarfile
import zipfile
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from dateline.codebook import Codebook, load_codebook
from dateline.errors import ArgumentError
from dateline.ingest import decode, opened, read_reports, sources
from dateline.records import Rejected, Report

GOOD = (
    "The minister of transport opened the new bridge over the river on Monday.\n\nShe said that it would carry ten thousand cars a day.\n"
)
LATEST = date(2026, 1, 1)


@cache
def book() -> Codebook:
    """The codebook."""
    return load_codebook()


def read(*paths: Path | str, columns: dict[str, str] | None = None) -> tuple[list[Report], list[Rejected]]:
    """The reports and what was set aside."""
    found = list(read_reports(paths, book(), columns=columns, latest=LATEST))
    return [x for x in found if isinstance(x, Report)], [x for x in found if isinstance(x, Rejected)]


def only_rejected(*paths: Path | str) -> Rejected:
    """The one thing set aside; there is no report."""
    reports, rejected = read(*paths)
    assert not reports
    assert len(rejected) == 1
    assert rejected[0].stage == "ingest"
    return rejected[0]


@pytest.mark.parametrize(
    ("name", "raw", "says"),
    [
        ("empty.txt", b"", "empty"),
        ("space.txt", b" \n\t\n ", "nothing but space"),
        ("binary.txt", bytes(range(256)) * 40, "binary"),
        ("nul.txt", GOOD.encode() + b"\0" + GOOD.encode(), f"byte {len(GOOD)} is NUL"),
        (
            "broken.txt",
            ("Präsident, Gespräche, Zölle, Köln. " * 9).encode() + b"\xff\xfe\xff" + GOOD.encode(),
            "is not UTF-8, though the rest is",
        ),
        ("empty.jsonl", b"", "empty"),
        ("empty.csv", b"", "empty"),
        ("empty.html", b"", ""),
        ("cut.txt.gz", gzip.compress(GOOD.encode() * 50)[:-20], "ends early"),
        ("bad.gz", b"\x1f\x8b\x08\x00garbage that is no deflate stream at all", ""),
        ("bad.zip", b"PK\x03\x04" + b"garbage" * 30, "archive"),
        ("list.json", b'["a", "b"]', "no object"),
        ("broken.json", b'{"text": "cut', "no JSON"),
        ("number.jsonl", b"17\n", "not an object"),
        ("other.csv", b"headline,body_text\nA,B\n", "'headline', 'body_text'"),
        ("fake.parquet", b"PAR1 but no more", "Parquet"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "binary"),
    ],
)
def test_set_aside(tmp_path: Path, name: str, raw: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(raw)
    (tmp_path / "z_good.txt").write_text(GOOD, encoding="utf8")
    reports, rejected = read(tmp_path)
    assert [r.read_from for r in reports] == ["z_good.txt"]
    assert rejected
    assert all(name in r.read_from and says in r.reason for r in rejected)


def test_a_broken_line_40000_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    line = json.dumps({"text": GOOD, "date": "2020-05-04"}).encode() + b"\n"
    path = tmp_path / "big.jsonl"
    path.write_bytes(line * 20 + b"\n" * 39_979 + line[:30] + b"\n" + line)
    reports, rejected = read(path)
    assert len(reports) == 21
    assert [r.read_from for r in rejected] == ["big.jsonl#40000"]
    assert "one object a line" in rejected[0].reason


def test_a_line_of_100_mb_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.ingest.corpora.MOST_BYTES", 100_000)
    line = json.dumps({"text": GOOD}).encode() + b"\n"
    path = tmp_path / "wide.jsonl.gz"
    path.write_bytes(gzip.compress(line + b'{"text": "' + b"x" * 3_000_000 + b'"}\n' + line))
    reports, rejected = read(path)
    assert [r.read_from for r in reports] == ["wide.jsonl.gz#1", "wide.jsonl.gz#3"]
    assert [r.read_from for r in rejected] == ["wide.jsonl.gz#2"]
    csv = tmp_path / "wide.csv"
    csv.write_bytes(b"text,id\na b c d,1\n" + b"x" * 3_000_000 + b",2\ne f g h,3\n")
    reports, rejected = read(csv)
    assert len(reports) == 2
    assert rejected[0].read_from == "wide.csv#3"


def test_a_text_of_100_mb_is_set_aside_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "long.txt"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    most = []
    plain = opened.read_bounded
    monkeypatch.setattr("dateline.ingest.text.read_bounded", lambda stream: most.append(plain(stream)) or most[-1])
    assert "16 MB" in only_rejected(path).reason
    assert most == [None]


def test_a_bomb_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "BOMB_BYTES", 1_000_000)
    for name, pack in (("b.jsonl.gz", gzip.compress), ("b.jsonl.bz2", bz2.compress), ("b.jsonl.xz", lzma.compress)):
        path = tmp_path / name
        path.write_bytes(pack(b"\0" * 20_000_000))
        reports, rejected = read(path)
        assert not reports
        assert rejected
        assert all("unpacks to more" in r.reason or "binary" in r.reason for r in rejected)
    lines = tmp_path / "lines.jsonl.gz"
    lines.write_bytes(gzip.compress(b"\n" * 20_000_000))
    assert "unpacks to more" in only_rejected(lines).reason


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in members.items():
            archive.writestr(name, raw)
    return packed.getvalue()


def test_nested_archives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "BOMB_BYTES", 1_000_000)
    inner = zipped({"deep.txt": GOOD.encode()})
    middle = zipped({"inner.zip": inner, "mid.txt": GOOD.encode()})
    path = tmp_path / "outer.zip"
    path.write_bytes(zipped({"a.txt": GOOD.encode(), "middle.zip": middle, "z.txt": GOOD.encode(), "bomb.txt": b" " * 9_000_000}))
    reports, rejected = read(path)
    assert [r.read_from for r in reports] == ["outer.zip!a.txt", "outer.zip!middle.zip!mid.txt", "outer.zip!z.txt"]
    assert [r.read_from for r in rejected] == ["outer.zip!middle.zip!inner.zip", "outer.zip!bomb.txt"]
    assert "deep inside each other" in rejected[0].reason


def test_a_cut_off_archive_gives_what_stood_before(tmp_path: Path) -> None:
    path = tmp_path / "cut.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for i in range(3):
            raw = (GOOD + "".join(f"{i} {k * 7919 % 10007} " for k in range(60_000))).encode()
            info = tarfile.TarInfo(f"{i}.txt")
            info.size = len(raw)
            archive.addfile(info, io.BytesIO(raw))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    reports, rejected = read(path)
    assert [r.read_from for r in reports] == ["cut.tar.gz!0.txt"]
    assert rejected


def test_a_cut_off_corpus_gives_what_stood_before(tmp_path: Path) -> None:
    path = tmp_path / "cut.jsonl.gz"
    lines = [json.dumps({"text": GOOD + str(i * i)}) for i in range(4000)]
    path.write_bytes(gzip.compress("\n".join(lines).encode())[:-9000])
    reports, rejected = read(path)
    assert 0 < len(reports) < 4000
    assert "ends early" in rejected[-1].reason


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"published": "2020-02-31"}, "no day"),
        ({"published": "31/02/2020"}, "no day"),
        ({"published": "soon"}, "no day"),
        ({"published": "2999-01-01"}, "future"),
        ({"updated": "2999-01-01"}, "future"),
        ({"text": ""}, "holds no text"),
        ({"text": None}, "holds no text"),
        ({"text": ["a"]}, "holds no text"),
        ({"text": "a\0b"}, "NUL"),
    ],
)
def test_a_bad_row_is_set_aside(tmp_path: Path, cells: dict[str, object], says: str) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps({"text": GOOD} | c) for c in ({}, cells, {})), encoding="utf8")
    reports, rejected = read(path)
    assert len(reports) == 2
    assert [r.read_from for r in rejected] == ["rows.jsonl#2"]
    assert says in rejected[0].reason
    assert "accepted" in rejected[0].reason or "text" in rejected[0].reason


def test_a_row_with_a_cell_too_many(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text('text,id\n"a b c, d",1\na,b,c\n"e\nf",3\n', encoding="utf8")
    reports, rejected = read(path)
    assert [r.text for r in reports] == ["a b c, d", "e\nf"]
    assert rejected[0].read_from == "rows.csv#3"


def test_an_impossible_stamp_is_no_date(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text("Bridge opens after long delay\n\nPublished: 31/02/2020\n\n" + GOOD, encoding="utf8")
    reports, rejected = read(path)
    assert reports[0].fields.published is None
    assert rejected[0].read_from == "page.txt"
    assert "31/02/2020" in rejected[0].reason


def test_a_stamp_of_the_future_is_no_date(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text("Bridge opens after long delay\n\nPublished: 3 May 2199\n\n" + GOOD, encoding="utf8")
    reports, rejected = read(path)
    assert reports[0].fields.published is None
    assert "future" in rejected[0].reason


def test_an_unreadable_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "open.txt").write_text(GOOD, encoding="utf8")
    real = os.scandir

    def refusing(path: object) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return real(path)  # type: ignore[call-overload]

    monkeypatch.setattr(os, "scandir", refusing)
    reports, rejected = read(tmp_path)
    assert len(reports) == 1
    assert "Permission denied" in rejected[0].reason
    assert rejected[0].read_from.endswith("closed")


def test_an_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "open.txt").write_text(GOOD, encoding="utf8")
    reports, rejected = read(tmp_path / "gone.txt", tmp_path / "open.txt")
    assert len(reports) == 1
    assert "cannot be opened" in rejected[0].reason


def test_a_path_that_names_nothing_stops_before_the_start(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="accepted are files"):
        read_reports([tmp_path / "no.txt", tmp_path / "*.jsonl"], book())


def test_a_column_that_is_not_ours_stops_before_the_start() -> None:
    with pytest.raises(ArgumentError, match="accepted are text, published"):
        read_reports(["-"], book(), columns={"body": "text"})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "cp1254", "iso8859_9"])
def test_encodings_of_a_text(encoding: str) -> None:
    text = "Der Präsident kündigte am Dienstag an, die Gespräche über die Zölle würden später fortgesetzt.\n" * 3
    assert decode.decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_encodings_of_a_corpus(tmp_path: Path, encoding: str) -> None:
    text = "Президент заявил во вторник, что переговоры будут продолжены, несмотря на критику."
    (tmp_path / "rows.csv").write_bytes(f"id;text\r\n7;{text}\r\n".encode(encoding))
    (tmp_path / "rows.jsonl").write_bytes((json.dumps({"text": text}, ensure_ascii=False) + "\n").encode(encoding))
    reports, rejected = read(tmp_path)
    assert not rejected
    assert [r.text for r in reports] == [text, text]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = gzip.compress((json.dumps({"text": GOOD, "id": 1}) + "\n").encode())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    reports, rejected = read("-")
    assert not rejected
    assert [r.read_from for r in reports] == ["-#1"]
