"""Exports: what is written reads back as what was coded, in every form, and the forms agree with each other."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dateline.errors import ArgumentError
from dateline.evaluate.base import Line
from dateline.export import WRITERS
from dateline.export.tables import TABLES
from dateline.ingest import read_reports
from dateline.pipeline import code_reports
from dateline.records import Record, Rejected

EXAMPLE = Path(__file__).parent.parent / "examples" / "report.txt"
Pair = tuple[Record, str]
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20) | st.sampled_from(
    ['a "b", c', "line\nbreak", "semi;colon", "=1+1", "ünï ‘“”’", "NULL", "\ttab"]
)


@pytest.fixture(scope="module")
def coded(line: Line) -> Pair:
    """The example, coded."""
    found = next(code_reports(read_reports([EXAMPLE], line.codebook), line.codebook, line.analyser))
    assert not isinstance(found, Rejected)
    return found[1], found[0].text


def several(pair: Pair, names: list[str]) -> Iterator[Pair]:
    """Records that differ in id and in the names in them."""
    record, text = pair
    for i, name in enumerate(names):
        events = tuple(replace(e, actor=tuple(replace(p, name=name) for p in e.actor)) for e in record.events[: 1 + i])
        yield replace(record, id=f"{i:016x}", read_from=f"{name}.txt", events=events), text


def sheet(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf8", newline="") as file:
        return list(csv.DictReader(file))


@given(names=st.lists(WORDS, max_size=4))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_jsonl_reads_back_as_the_records(coded: Pair, tmp_path: Path, names: list[str]) -> None:
    out = tmp_path / "records.jsonl"
    assert WRITERS["jsonl"](several(coded, names), out) == len(names)
    lines = out.read_bytes().splitlines()
    assert [msgspec.json.decode(row, type=Record) for row in lines] == [record for record, _ in several(coded, names)]


@given(names=st.lists(WORDS, max_size=4))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_csv_and_parquet_hold_the_same(coded: Pair, tmp_path: Path, names: list[str]) -> None:
    for form in ("csv", "parquet"):
        assert WRITERS[form](several(coded, names), tmp_path / form) == len(names)
    for table, columns in TABLES.items():
        rows = sheet(tmp_path / "csv" / f"{table}.csv")
        typed = pq.read_table(tmp_path / "parquet" / f"{table}.parquet").to_pylist()
        assert len(rows) == len(typed)
        for cells, values in zip(rows, typed, strict=True):
            assert list(cells) == list(values) == list(columns)
            for name, value in values.items():
                if isinstance(value, float):
                    assert float(cells[name]) == value
                else:
                    assert cells[name] == ("" if value is None else str(value))


def test_every_row_belongs_to_a_report_that_is_there(coded: Pair, tmp_path: Path) -> None:
    WRITERS["parquet"](several(coded, ["one", "two", "three"]), tmp_path)
    ids = set(pq.read_table(tmp_path / "reports.parquet")["id"].to_pylist())
    assert len(ids) == 3
    for table in TABLES.keys() - {"reports"}:
        assert set(pq.read_table(tmp_path / f"{table}.parquet")["report"].to_pylist()) <= ids


def test_the_columns_copy_the_words_that_their_spans_point_at(coded: Pair, tmp_path: Path) -> None:
    WRITERS["parquet"](iter([coded]), tmp_path)
    for row in pq.read_table(tmp_path / "events.parquet").to_pylist():
        assert coded[1][row["first"] : row["last"]] == row["trigger_words"]
    for row in pq.read_table(tmp_path / "quantities.parquet").to_pylist():
        assert coded[1][row["first"] : row["last"]] == row["words"]


@pytest.mark.parametrize("form", WRITERS)
def test_nothing_coded_gives_empty_files_with_their_columns(tmp_path: Path, form: str) -> None:
    out = tmp_path / "out"
    assert WRITERS[form](iter(()), out) == 0
    if form == "jsonl":
        assert out.read_bytes() == b""
    elif form == "csv":
        assert (out / "events.csv").read_text(encoding="utf8").strip() == ",".join(TABLES["events"])
    else:
        assert pq.read_table(out / "events.parquet").column_names == list(TABLES["events"])


@pytest.mark.parametrize("form", WRITERS)
def test_twice_the_same_bytes(coded: Pair, tmp_path: Path, form: str) -> None:
    for name in ("one", "two"):
        WRITERS[form](several(coded, ["a", "b"]), tmp_path / name)
    one, two = (sorted(p for p in (tmp_path / name).rglob("*")) or [tmp_path / name] for name in ("one", "two"))
    assert [p.read_bytes() for p in one] == [p.read_bytes() for p in two]


def test_a_job_that_breaks_before_its_first_record_leaves_an_older_file(tmp_path: Path) -> None:
    out = tmp_path / "records.jsonl"
    out.write_text("older", encoding="utf8")

    def breaking() -> Iterator[Pair]:
        raise RuntimeError
        yield

    with pytest.raises(RuntimeError):
        WRITERS["jsonl"](breaking(), out)
    assert out.read_text(encoding="utf8") == "older"


def test_jsonl_on_standard_output(coded: Pair, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    WRITERS["jsonl"](iter([coded]), None)
    assert json.loads(capsysbinary.readouterr().out)["id"] == coded[0].id


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_tables_need_a_folder(tmp_path: Path, form: str) -> None:
    with pytest.raises(ArgumentError, match="-o FOLDER"):
        WRITERS[form](iter(()), None)
    taken = tmp_path / "taken"
    taken.write_text("", encoding="utf8")
    with pytest.raises(ArgumentError, match="is a file"):
        WRITERS[form](iter(()), taken)
