"""The commands: what they print, what they say when something is wrong, and their exit statuses (0 well, 1 set aside, 2 cannot be done)."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dateline import __version__
from dateline.cli import app

ROOT = Path(__file__).parent.parent
EXAMPLE = str(ROOT / "examples" / "report.txt")
COMMANDS = {
    "code": ["--column", "--db", "--workers", "--fields-only", "corpus.csv"],
    "show": ["--html", "--db", "dateline show report.txt"],
    "export": ["--db", "--to", "jsonl"],
    "search": ["--db", "--json", "quotation"],
    "said": ["--db", "--json", "quotation"],
    "story": ["--db", "--undo", "--json"],
    "serve": ["--db", "--host", "8321"],
    "schema": ["JSON Schema"],
    "codebook": ["check", "show", "--codebook"],
    "evaluate": ["--predictions", "--switch", "record"],
}
REPORT = """Police arrest {n} people in Lima

Published: {n} May 2021

LIMA (Reuters) - Police in Lima arrested {n} people on Monday, Interior Minister Ana Quispe said.

"We will not negotiate with those who burn {n} shops," Quispe told reporters.
"""


def dateline(*words: object, stdin: str | None = None) -> Result:
    return CliRunner(env={"COLUMNS": "110", "TERM": "dumb"}).invoke(app, [str(w) for w in words], input=stdin)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three reports and a store of them."""
    folder = tmp_path_factory.mktemp("cli")
    (folder / "in").mkdir()
    for n in (3, 4, 5):
        (folder / "in" / f"{n}.txt").write_text(REPORT.format(n=n), encoding="utf8")
    assert dateline("code", folder / "in", "--db", folder / "news.db").exit_code == 0
    return folder


@pytest.mark.parametrize("name", COMMANDS)
def test_help_teaches(name: str) -> None:
    told = dateline(name, "--help")
    assert told.exit_code == 0
    for word in COMMANDS[name]:
        assert word in told.stdout


def test_every_command_is_named_here_and_in_the_docs() -> None:
    from typer.main import get_command

    names = set(get_command(app).commands)  # type: ignore[attr-defined]
    assert names == set(COMMANDS)
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf8")
    assert set(re.findall(r"^## (\w+)$", page, flags=re.M)) >= names


def test_version() -> None:
    assert dateline("--version").stdout == f"dateline {__version__}\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["code", "nowhere.txt"], "no such file or folder: nowhere.txt; accepted are files"),
        (["code", EXAMPLE, "--column", "body"], "NAME=VALUE"),
        (["code", EXAMPLE, "--column", "words=body"], "no such column: words; accepted are text"),
        (["code", EXAMPLE, "--to", "xml"], "'jsonl'"),
        (["code", EXAMPLE, "--to", "csv"], "-o FOLDER"),
        (["code", EXAMPLE, "--to", "parquet", "-o", EXAMPLE], "is a file; accepted is the name of a folder"),
        (["code", EXAMPLE, "-o", "."], "is a folder; accepted is the name of a file"),
        (["code", EXAMPLE, "-o", "nowhere/x.jsonl"], "there is no folder nowhere"),
        (["code", EXAMPLE, "--db", "nowhere/x.db"], "nowhere/x.db: cannot be opened as a store"),
        (["code", EXAMPLE, "--db", EXAMPLE], "cannot be opened as a store"),
        (["code", EXAMPLE, "--workers", "0"], "--workers"),
        (["code", EXAMPLE, "--time-limit", "-3"], "--time-limit"),
        (["code", EXAMPLE, "--codebook", "nowhere"], "nowhere: no such folder"),
        (["code", EXAMPLE, "--model", "no_such_model"], "no language model named 'no_such_model'"),
        (["code"], "Missing argument"),
        (["cod", EXAMPLE], "Did you mean 'code'"),
        (["show", "nowhere.txt"], "no such file or folder"),
        (["show", EXAMPLE, "--html", "nowhere/x.html"], "there is no folder nowhere"),
        (["show", EXAMPLE, "--html", "."], "is a folder"),
        (["show", "0123", "--db", "nowhere.db"], "nowhere.db: no such store"),
        (["export", "--db", "nowhere.db"], "`dateline code PATHS --db nowhere.db` makes one"),
        (["export"], "--db"),
        (["search", "word", "--db", EXAMPLE], "cannot be opened as a store"),
        (["story", "--db", "missing.db"], "missing.db: no such store"),
        (["search", "word", "--db", "mysql://here/news"], "mysql://: no such kind of store"),
        (["serve", "--db", "postgresql://me@here/news"], "the desk reads a store in a file"),
        (["codebook", "mend"], "'check', 'show'"),
        (["codebook", "show", "verbs"], "no part named 'verbs'; the parts are agencies"),
        (["codebook", "check", "verbs"], "the parts with examples are events"),
        (["evaluate", "style", EXAMPLE], "no task named 'style'; the tasks are record"),
        (["evaluate", "pairs", "nowhere.jsonl"], "nowhere.jsonl: no such file"),
        (["evaluate", "pairs", "."], "is a folder"),
        (["evaluate", "pairs", EXAMPLE, "--given", EXAMPLE], "line 1: "),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_touched(
    words: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = dateline(*words)
    assert told.exit_code == 2
    assert says in " ".join(told.stderr.replace("│", "").split())
    assert "Traceback" not in told.stderr
    assert list(tmp_path.iterdir()) == []


def test_brackets_of_a_message_are_kept(folder: Path) -> None:
    told = dateline("show", "[bold]x[/bold].txt")
    assert "[bold]x[/bold].txt" in told.stderr


def test_a_full_disk_is_said() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this system")
    told = dateline("code", EXAMPLE, "--fields-only", "-o", "/dev/full")
    assert told.exit_code == 2
    assert "dateline: /dev/full: No space left on device" in told.stderr


def test_code_to_standard_output_is_nothing_but_records(folder: Path) -> None:
    told = dateline("code", folder / "in", "--fields-only", "--text")
    records = [json.loads(row) for row in told.stdout.splitlines()]
    assert [r["read_from"] for r in records] == ["3.txt", "4.txt", "5.txt"]
    assert all(r["text"].startswith(r["report"]["headline"]["value"]) for r in records)
    assert re.fullmatch(r"3 coded, 0 set aside, in [\d.]+ s\n", told.stderr)


def test_code_from_standard_input_with_columns(folder: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "dateline.cli", "code", "-", "--fields-only", "--column", "text=words", "--column", "outlet=paper"],
        input='{"words": "Police in Lima arrested three people.", "paper": "The Post"}\n', capture_output=True, text=True, check=True,
    )  # fmt: skip
    record = json.loads(told.stdout)
    assert record["read_from"] == "-#1"
    assert record["report"]["outlet"]["from"] == "column:paper"


def test_what_is_set_aside_is_named_and_told_by_the_status(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(REPORT.format(n=3), encoding="utf8")
    (tmp_path / "[b]empty.txt").write_bytes(b"")
    out = tmp_path.parent / f"{tmp_path.name}.jsonl"
    told = dateline("code", tmp_path, "--fields-only", "-o", out)
    assert told.exit_code == 1
    assert "1 coded, 1 set aside" in told.stderr
    assert "ingest [b]empty.txt:" in told.stderr
    assert len(out.read_text(encoding="utf8").splitlines()) == 1


def test_a_rerun_codes_nothing_again(folder: Path) -> None:
    told = dateline("code", folder / "in", "--db", folder / "news.db")
    assert told.exit_code == 0
    assert told.stderr.startswith("0 coded, 3 already in the store, 0 set aside")


def test_show_of_a_file_and_of_the_store_are_one(folder: Path) -> None:
    record = json.loads(dateline("export", "--db", folder / "news.db").stdout.splitlines()[0])
    stored = dateline("show", record["id"], "--db", folder / "news.db")
    again = dateline("show", folder / "in" / record["read_from"])
    assert stored.stdout == again.stdout
    assert stored.stdout.startswith(record["report"]["headline"]["value"])


def test_show_writes_a_page(folder: Path) -> None:
    told = dateline("show", folder / "in" / "3.txt", "--html", folder / "page.html")
    assert f"wrote {folder / 'page.html'}" in told.stderr
    assert (folder / "page.html").read_text(encoding="utf8").startswith("<!doctype html>")


def test_search(folder: Path) -> None:
    assert "«negotiate»" in dateline("search", "negotiate", "--db", folder / "news.db").stdout
    assert len(json.loads(dateline("search", '"burn 3 shops"', "--db", folder / "news.db", "--json").stdout)) == 1
    nothing = dateline("search", "volcano", "--db", folder / "news.db")
    assert (nothing.exit_code, nothing.stdout) == (0, "")
    assert "nothing found" in nothing.stderr


def test_said(folder: Path) -> None:
    told = dateline("said", "We will not negotiate with those who burn 4 shops", "--db", folder / "news.db", "--limit", "1")
    assert "word for word" in told.stdout
    assert "Ana Quispe" in told.stdout
    assert json.loads(dateline("said", "negotiate", "--db", folder / "news.db", "--json").stdout)


def test_story(folder: Path) -> None:
    stories = json.loads(dateline("story", "--db", folder / "news.db", "--json").stdout)
    told = dateline("story", stories[0]["story"], "--db", folder / "news.db")
    assert told.exit_code == 0
    assert "independent origin" in told.stdout
    assert dateline("story", "nowhere", "--db", folder / "news.db").exit_code == 2


def test_schema_describes_the_records(folder: Path) -> None:
    schema = json.loads(dateline("schema").stdout)
    record = json.loads(dateline("export", "--db", folder / "news.db").stdout.splitlines()[0])
    assert record.keys() <= schema["$defs"]["Record"]["properties"].keys()


def test_codebook_shows_a_part() -> None:
    assert "Reuters" in dateline("codebook", "show", "agencies").stdout


def test_codebook_check_runs_the_examples_of_the_codebook_that_is_named(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    assert dateline("codebook", "copy", mine).exit_code == 0
    with (mine / "examples" / "agencies.yml").open("a", encoding="utf8") as out:
        out.write('- {text: "OSLO (NOBODY) - It rained on Tuesday.", agency: Reuters, place: OSLO}\n')
    told = dateline("codebook", "check", "agencies", "--codebook", mine)
    assert told.exit_code == 1
    assert "NOBODY" in told.stdout
    assert dateline("codebook", "check", "agencies").exit_code == 0
    (mine / "examples" / "stamps.yml").write_text("- {line: 3}\n", encoding="utf8")
    assert "stamps: its examples cannot be read" in dateline("codebook", "check", "stamps", "--codebook", mine).stdout
    (mine / "examples" / "furniture.yml").unlink()
    assert "furniture.yml" in dateline("codebook", "check", "furniture", "--codebook", mine).stdout


def test_ctrl_c_keeps_what_was_coded(tmp_path: Path) -> None:
    for n in range(400):
        (tmp_path / f"{n:03}.txt").write_text(REPORT.format(n=n), encoding="utf8")
    db = tmp_path / "news.db"
    job = subprocess.Popen(
        [sys.executable, "-m", "dateline.cli", "code", str(tmp_path), "--db", str(db)], stderr=subprocess.PIPE, text=True, env=os.environ,
    )  # fmt: skip
    end = time.monotonic() + 60
    while time.monotonic() < end and not (Path(f"{db}-wal").exists() and Path(f"{db}-wal").stat().st_size > 500_000):
        time.sleep(0.1)
    job.send_signal(signal.SIGINT)
    told = job.communicate(timeout=60)[1]
    assert job.returncode == 130
    assert "stopped; what was coded is kept" in told
    assert "Traceback" not in told
    kept = int(re.search(r"(\d+) coded", told)[1])  # type: ignore[index]
    assert 0 < kept < 400
    assert len(dateline("export", "--db", db).stdout.splitlines()) == kept
