"""The store: what goes in comes out, twice adds nothing, another coding replaces, and nothing is half written."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from dateline.errors import ArgumentError, DatelineError, SlowError, StoreError
from dateline.evaluate.base import Line
from dateline.export import WRITERS
from dateline.export.writers import FOLDERS
from dateline.ingest.report import make_report
from dateline.ingest.text import fields_of_text
from dateline.pipeline import read_record, with_language
from dateline.records import Record, Rejected, Report
from dateline.rows import prepared
from dateline.run import code_paths
from dateline.store import Store, terms_of
from dateline.stories import build_stories, list_stories, search_reports, undo_join, who_said
from postgres_server import new_database, running

TEXTS = [
    "Police arrest 12 in Accra\n\nPolice in Accra arrested 12 people on Monday, Ghana's interior minister Kofi Mensah said.\n\n“We will not bow,” Mensah told reporters.",
    "Talks in Oslo\n\nNorway and Sudan held talks in Oslo on 3 May 2019, the Norwegian foreign ministry said in a statement.",
    "Une grève à Dakar\n\nLes dockers du port de Dakar ont cessé le travail lundi, ont annoncé leurs représentants dans un communiqué.",
]


@pytest.fixture(scope="module")
def coded(line: Line) -> list[tuple[Report, Record]]:
    found = []
    for i, text in enumerate(TEXTS):
        fields = fields_of_text(text, line.codebook)
        report = with_language(make_report(raw=text.encode(), text=text, fields=fields, read_from=f"{i}.txt", identity=f"{i}.txt"))
        found.append((report, read_record(report, line.codebook, line.analyser)))
    return found


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with running() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A place for a store that is not there yet, in each kind of database."""
    return str(tmp_path / "news.db") if request.param == "sqlite" else new_database(request.getfixturevalue("server"))


@pytest.fixture
def store(where: str) -> Iterator[Store]:
    with Store(where) as opened:
        yield opened


def test_records_come_back_as_they_were(store: Store, coded: list[tuple[Report, Record]]) -> None:
    assert store.add([prepared(*pair) for pair in coded], coding="one") == 3
    assert {r.id: (r, text) for r, text in store.records()} == {record.id: (record, report.text) for report, record in coded}
    assert [record.id for record, _ in store.records()] == sorted(record.id for _, record in coded)
    assert store.raw(coded[0][0].id) == coded[0][0].raw


def test_bytes_are_kept_where_they_are_not_the_text(store: Store, coded: list[tuple[Report, Record]]) -> None:
    report = replace(coded[0][0], raw=TEXTS[0].encode("utf-16"))
    store.add([prepared(report, coded[0][1])], coding="one")
    assert store.raw(report.id) == TEXTS[0].encode("utf-16")


def test_the_same_twice_adds_nothing(store: Store, coded: list[tuple[Report, Record]]) -> None:
    batch = [prepared(*pair) for pair in coded]
    store.add(batch, coding="one")
    before = store.query("SELECT * FROM statements ORDER BY n")
    assert before
    assert store.add([*batch, *batch], coding="one") == 0
    assert store.query("SELECT * FROM statements ORDER BY n") == before
    assert store.add([*batch, *batch], coding="two") == 3
    assert store.query("SELECT count(*) FROM statements") == [(len(before),)]
    assert store.count() == 3


def test_another_coding_replaces_every_row(store: Store, coded: list[tuple[Report, Record]]) -> None:
    report, record = coded[0]
    store.add([prepared(report, record)], coding="one")
    store.add([prepared(report, replace(record, statements=(), events=()))], coding="two")
    assert store.coded_by(report.id) == "two"
    assert store.query("SELECT count(*) FROM statements") == [(0,)]
    assert store.holding("statements", ("bow",), most=5) == []


def test_a_batch_is_written_whole_or_not_at_all(store: Store, coded: list[tuple[Report, Record]]) -> None:
    broken = prepared(*coded[1])._replace(rows={"statements": [("too", "few")]})
    with pytest.raises(StoreError, match="before this batch is kept"):
        store.add([prepared(*coded[0]), broken], coding="one")
    assert store.count() == 0


def test_what_was_set_aside_is_told_and_forgotten_once_coded(store: Store, coded: list[tuple[Report, Record]]) -> None:
    store.add([Rejected(read_from="0.txt", stage="ingest", reason="cut off")], coding="one")
    assert [r.reason for r in store.rejected()] == ["cut off"]
    store.add([prepared(*coded[0])], coding="one")
    assert store.rejected() == []


def test_the_store_is_read_while_it_is_written(store: Store, coded: list[tuple[Report, Record]]) -> None:
    store.add([prepared(*coded[0])], coding="one")
    with Store(store.where, read_only=True) as reader:
        store.add([prepared(*coded[1])], coding="one")
        assert reader.count() == 2


def written(store: Store, folder: Path) -> dict[str, bytes]:
    folder.mkdir()
    for name, write in WRITERS.items():
        write(store.records(texts=True), folder / (name if name in FOLDERS else f"{name}.out"))
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_both_databases_export_the_same_bytes(server: str, coded: list[tuple[Report, Record]], tmp_path: Path) -> None:
    report, record = coded[0]
    odd = replace(report, id="odd", text=report.text + "\0 \U0001f600 é", raw=b"", text_sha256="0" * 64)
    batch = [prepared(*pair) for pair in (*coded, (odd, replace(record, id="odd")))]
    with Store(tmp_path / "news.db") as one, Store(new_database(server)) as other:
        one.add(batch[:2], coding="one")
        one.add(batch[2:], coding="one")
        other.add(batch[::-1], coding="one")
        files = written(one, tmp_path / "sqlite")
        assert files == written(other, tmp_path / "postgresql")
        assert len(files) == 21
        assert [one.raw(r.id) for r, _ in coded] == [other.raw(r.id) for r, _ in coded]


def test_a_job_into_postgresql_is_resumed(server: str, tmp_path: Path) -> None:
    rows, address = tmp_path / "rows.jsonl", new_database(server)
    rows.write_text("".join(f'{{"id": {n}, "text": "Talks number {n} were held in Oslo."}}\n' for n in range(40)), encoding="utf8")
    assert code_paths([str(rows)], db=address, fields_only=True).coded == 40
    again = code_paths([str(rows)], db=address, fields_only=True)
    assert (again.coded, again.skipped) == (0, 40)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("bow", [0]),
        ("bows", [0]),  # stemmed
        ("reporters Mensah", [0]),
        ('"told reporters"', [0]),
        ('"reporters told"', []),
        ("of the", [1]),
        ("greve cesse", [2]),  # accents folded
        ("Grève cessé", [2]),
        ("d'un", [2]),
        ("talks OR", []),  # no operator of a query gets through
        ("(talks & ! : *", [1]),
        ("“”", None),
    ],
)
def test_both_databases_find_the_same(store: Store, coded: list[tuple[Report, Record]], words: str, found: list[int] | None) -> None:
    texts = [*TEXTS[:2], TEXTS[2] + " La réunion d'un comité n'a rien donné."]
    texts[1] += " The lakes of the north were calm."
    store.add([prepared(replace(r, text=t), c) for (r, c), t in zip(coded, texts, strict=True)], coding="one")
    if found is None:
        with pytest.raises(ArgumentError, match="nothing to look for"):
            terms_of(words)
        return
    terms = terms_of(words)
    ids = [coded[i][0].id for i in found]
    assert [store.query("SELECT id FROM reports WHERE n = ?", (n,))[0][0] for n in store.holding("reports", terms, most=5)] == ids
    condition, value = store.holds("reports", "r", terms)
    assert store.query(f"SELECT r.id FROM reports r WHERE {condition}", (value,)) == [(i,) for i in ids]
    if words in ("bows", "reporters Mensah", "of the"):  # PostgreSQL marks no word with an accent
        assert all("«" in text for text in store.marked(store.holding("reports", terms, most=5), terms).values())


def test_stories_and_questions_are_the_same_from_both(server: str, coded: list[tuple[Report, Record]], tmp_path: Path) -> None:
    twin = replace(coded[0][0], id="twin")
    batch = [prepared(*pair) for pair in (*coded, (twin, replace(coded[0][1], id="twin")))]
    answers = []
    for where in (tmp_path / "news.db", new_database(server)):
        with Store(where) as store:
            store.add(batch, coding="one")
            built = build_stories(store)
            asked = [who_said(store, words) for words in ("we will not bow", "bowed or not", "interior bows", "crocodile")]
            found = [[f.report for f in search_reports(store, words)] for words in ("Accra police", "Oslo", "crocodile")]
            undo_join(store, coded[0][0].id, "twin", who="test")
            answers.append((built, asked, found, list_stories(store), build_stories(store), list_stories(store)))
    assert answers[0] == answers[1]
    assert answers[0][0].copies == 1
    assert [len(hits) for hits in answers[0][1]] == [2, 2, 2, 0]
    assert [len(hits) for hits in answers[0][2]] == [2, 1, 0]


def test_a_question_that_takes_too_long_is_stopped(store: Store) -> None:
    store.bound(0.2)
    numbers = "WITH RECURSIVE up (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM up WHERE i < 100000000) SELECT count(*) FROM up"
    with pytest.raises(SlowError, match="took too long"):
        store.query(numbers)


def test_a_file_that_is_no_store_is_named(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    other.write_text("not a database, only a long enough line of text to be read as one" * 20)
    with pytest.raises(StoreError, match=r"other\.db"):
        Store(other)
    with pytest.raises(StoreError, match="no such store"):
        Store(tmp_path / "missing.db", read_only=True)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("mysql://me@here/news", "mysql://: no such kind of store; accepted are a file, and postgresql://"),
        ("postgresql://me:secret@127.0.0.1:1/news", "postgresql://me@127.0.0.1:1/news: cannot be opened as a store: .*refused"),
        ("postgresql://me@127.0.0.1:1/news?password=secret&connect_timeout=2", "news.connect_timeout=2: cannot be opened"),
        ("postgresql://me@here:port/news", "cannot be opened as a store: .*port"),
    ],
)
def test_an_address_that_leads_nowhere_is_told_without_its_password(address: str, says: str) -> None:
    with pytest.raises(DatelineError, match=says) as told:
        Store(address)
    assert "secret" not in str(told.value)


def test_what_is_wrong_with_a_file_is_told(tmp_path: Path, coded: list[tuple[Report, Record]]) -> None:
    with pytest.raises(StoreError, match="is a folder; accepted is the name of a file"):
        Store(tmp_path)
    with pytest.raises(StoreError, match="no such folder, or no permission"):
        Store(tmp_path / "missing" / "news.db")
    with sqlite3.connect(tmp_path / "other.db") as db:
        db.execute("CREATE TABLE birds (name TEXT)")
    with pytest.raises(StoreError, match="tables of something else"):
        Store(tmp_path / "other.db")
    with Store(tmp_path / "news.db") as store:
        store.query("PRAGMA max_page_count = 1")  # as small as it is: the next page is one too many
        with pytest.raises(StoreError, match="the disk is full; what was written before this batch is kept"):
            store.add([prepared(*pair) for pair in coded], coding="one")
        assert store.count() == 0
    with Store(tmp_path / "news.db", read_only=True) as store, pytest.raises(StoreError, match="is read-only"):
        store.change([("DELETE FROM reports", [()])])


def test_a_database_that_is_not_ours_is_left_alone(server: str) -> None:
    import psycopg

    address = new_database(server)
    with psycopg.connect(address, autocommit=True) as db:
        db.execute("CREATE TABLE birds (name text)")
    with pytest.raises(StoreError, match="tables of something else"):
        Store(address)
    with pytest.raises(StoreError, match="it holds nothing"):
        Store(new_database(server), read_only=True)
    with pytest.raises(StoreError, match='database "nowhere" does not exist'):
        Store(re.sub(r"/store\d+", "/nowhere", address))


def test_a_store_of_another_version_is_not_touched(tmp_path: Path) -> None:
    Store(tmp_path / "old.db").close()
    with sqlite3.connect(tmp_path / "old.db") as db:
        db.execute("UPDATE meta SET value = '0' WHERE name = 'version'")
    with pytest.raises(StoreError, match="version 0"):
        Store(tmp_path / "old.db")
