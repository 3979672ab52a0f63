"""Roll-ups say what counting the rows says: after adding, after coding anew, and when they are made from nothing."""

import sqlite3
from itertools import combinations
from pathlib import Path

import pytest
from msgspec.structs import replace
from starlette.testclient import TestClient

from dateline.records import Span
from dateline.rows import Prepared, prepared
from dateline.store import Store
from dateline.store.rollups import KEYS
from dateline.web import make_app, rolled
from dateline.web.desk import Access, Desk
from desk_store import fill, report


def standing(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every roll-up."""
    return {table: store.query(f"SELECT * FROM {table} ORDER BY {', '.join(keys)}") for table, keys in KEYS.items()}


def anew(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """The same, counted from nothing: a store without them makes them when it is opened."""
    with sqlite3.connect(path) as db:
        db.execute("DELETE FROM meta WHERE name = 'rollups'")
        for table in KEYS:
            db.execute(f"DROP TABLE {table}")
    with Store(path) as store:
        return standing(store)


def changed(n: int) -> Prepared:
    """Report `n` as another coding reads it: one event less, the other on another day, nobody quoted."""
    made, record = report(n)
    one = record.events[0]
    return prepared(
        made, replace(record, events=(replace(one, when=replace(one.when, start="2024-06-01", end="2024-06-01")),), statements=())
    )


def test_they_follow_the_rows(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    fill(path)
    with Store(path) as store:
        first = standing(store)
        assert ("events", "all", "", 25) in first["rolled_values"]
        assert ("KEN", "UGA", "2019-03", 4, 12) in first["rolled_pairs"]
        store.add([changed(n) for n in (0, 5, 99)], coding="test/2")
        second = standing(store)
    assert first != second
    assert second == anew(path)


def test_what_is_taken_away_leaves_nothing(tmp_path: Path) -> None:
    with Store(tmp_path / "news.db") as store:
        made, record = report(0)
        bare = replace(record, events=(), statements=(), checks=())
        store.add([prepared(made, bare)], coding="1")
        empty = standing(store)
        store.add([prepared(made, record)], coding="2")
        assert standing(store) != empty
        store.add([prepared(made, bare)], coding="3")
        assert standing(store) == empty


FILTERS = (
    "",
    "type=COERCE",
    "novelty=background",
    "status=actual",
    "quad=4",
    "country=KEN",
    "actor=KEN",
    "recipient=UGA",
    "day=2024-05",
    "day=2019-03-01..2024-05-16",
)
PICTURES = (
    "/timeline.json",
    "/map.json",
    "/network.json",
    "/network.json?tie=said",
    "/dyad.json?a=KEN&b=UGA",
    "/dyad.json?a=KEN&b=KEN",
    "/search/counts.json?of=events",
    "/search/counts.json",
)


@pytest.mark.parametrize("path", PICTURES)
def test_they_answer_as_the_rows_would(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path / "news.db", tricks=False)
    with Store(tmp_path / "news.db") as store:
        store.add([telling(n) for n in (30, 31)], coding="test/1")
    queries = [*FILTERS, *("&".join(two) for two in combinations(FILTERS[1:], 2) if "day" in two[1] or "recipient" in two[1])]
    if path.startswith("/search"):
        queries = queries[1:]  # the facets of the whole store stand in the roll-ups alone
    addresses = [path + ("&" if "?" in path else "?") + query for query in queries]
    fast = answers(tmp_path / "news.db", addresses)
    assert any(fast)
    for name in ("timeline", "points", "ties", "months_between", "total"):
        monkeypatch.setattr(rolled, name, lambda *_: None)
    for address, rolled_up, counted in zip(addresses, fast, answers(tmp_path / "news.db", addresses), strict=True):
        assert rolled_up == counted, address


def telling(n: int) -> Prepared:
    """A report in which a statement tells of something that somebody did."""
    made, record = report(n)
    content = (Span(0, made.text.index("\n")),)
    return prepared(made, replace(record, statements=(replace(record.statements[0], content=content, quoted=()),)))


def answers(db: Path, addresses: list[str]) -> list[object]:
    """What a fresh desk answers."""
    client = TestClient(make_app(Desk(db, Access(open=True))), base_url="http://127.0.0.1")
    found = [client.get(address).json() for address in addresses]
    return [one.get("rows", one) for one in found]
