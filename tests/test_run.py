"""A job: the same bytes for any number of workers, a rerun continues, a killed run loses nothing, a worker that dies costs one report."""

import gc
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline import pipeline
from dateline.engines import Done, Job, Skipped, Step, local, run_local
from dateline.errors import ArgumentError, ModelError, StoreError
from dateline.evaluate.base import Line
from dateline.ingest import Raw, Unit
from dateline.ingest.report import make_report
from dateline.ingest.text import fields_of_text
from dateline.language import Analyser
from dateline.records import Analysis, Record, Rejected
from dateline.run import batched, code_paths
from dateline.store import Store

TEXT = "Police arrest {n} in Lima\n\nPolice in Lima arrested {n} people on Monday, Peru's interior minister Ana Quispe said.\n\nShe blamed {n} dealers."


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for n in range(12, 24):
        (folder / f"{n}.txt").write_text(TEXT.format(n=n), encoding="utf8")
    (folder / "empty.txt").write_bytes(b"")
    return folder


def test_workers_change_no_byte(corpus: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    first = code_paths([str(corpus)], out=one, texts=True)
    second = code_paths([str(corpus)], out=two, texts=True, workers=2)
    assert one.read_bytes() == two.read_bytes()
    assert (first.coded, len(first.rejected)) == (second.coded, len(second.rejected)) == (12, 1)
    assert [r.read_from for r in first.rejected] == ["empty.txt"]
    for row in map(json.loads, one.read_text(encoding="utf8").splitlines()):
        assert row["text"][row["report"]["headline"]["span"]["start"] :].startswith("Police arrest")


@pytest.mark.parametrize(("units", "workers", "sizes"), [
    (70, 1, [32, 32, 6]),
    (70, 2, [17, 13, 10, 7, 5, 4, 3, 2, 2, 2, 2, 2, 1]),  # the last ones are small, so that both workers end together
    (3, 2, [2, 1]), (0, 2, []),
])  # fmt: skip
def test_batches_are_in_order_and_shrink_towards_the_end(units: int, workers: int, sizes: list[int]) -> None:
    given = [Raw(raw=b"", read_from=str(i), identity="") for i in range(units)]
    found = list(batched(given, workers))
    assert [len(batch) for batch in found] == sizes
    assert [u for batch in found for u in batch] == given


def test_a_rerun_codes_only_what_is_new_and_writes_the_same(corpus: Path, tmp_path: Path) -> None:
    db, out, again = tmp_path / "news.db", tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    code_paths([str(corpus)], db=db, out=out)
    (corpus / "99.txt").write_text(TEXT.format(n=99), encoding="utf8")
    result = code_paths([str(corpus)], db=db, out=again)
    assert (result.coded, result.skipped) == (1, 12)
    assert again.read_text(encoding="utf8").startswith(out.read_text(encoding="utf8"))


def test_killed_at_any_moment_a_rerun_ends_as_if_undisturbed(corpus: Path, tmp_path: Path) -> None:
    calm, killed = tmp_path / "calm.db", tmp_path / "killed.db"
    code_paths([str(corpus)], db=calm)
    command = [sys.executable, "-m", "dateline.cli", "code", str(corpus), "--db", str(killed), "--workers", "2"]
    for seconds in (3.0, 4.5):
        job = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        time.sleep(seconds)
        os.killpg(job.pid, signal.SIGKILL)
        job.wait()
    code_paths([str(corpus)], db=killed)
    with Store(calm) as a, Store(killed) as b:
        assert list(a.records()) == list(b.records())
        assert a.count() == 12


@pytest.mark.parametrize(("to", "out"), [("jsonl", "records.jsonl"), ("csv", "tables"), ("parquet", "tables")])
def test_what_the_job_writes_is_not_read_on_the_next_run(to: str, out: str, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(TEXT.format(n=1), encoding="utf8")
    for paths in ([str(tmp_path)], [str(tmp_path)], [str(tmp_path / "**" / "*")]):
        result = code_paths(paths, out=tmp_path / out, to=to, db=tmp_path / "news.db", fields_only=True)
        assert (result.coded + result.skipped, result.rejected) == (1, ())
    with pytest.raises(ArgumentError, match="read and written at once"):
        code_paths([str(tmp_path / "one.txt")], out=tmp_path / "one.txt", fields_only=True)
    assert (tmp_path / "one.txt").read_text(encoding="utf8") == TEXT.format(n=1)


def start(corpus: Path, db: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "dateline.cli", "code", str(corpus), "--db", str(db), "--workers", "2"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True)


def held(db: Path) -> int:
    try:
        with Store(db, read_only=True) as store:
            return store.count()
    except StoreError:
        return 0


@pytest.mark.parametrize("when", ["while the workers load", "amid the work"])
def test_ctrl_c_ends_cleanly_and_a_rerun_continues(when: str, tmp_path: Path) -> None:
    corpus, db = tmp_path / "rows.jsonl", tmp_path / "news.db"
    corpus.write_text("".join(json.dumps({"id": n, "text": TEXT.format(n=n)}) + "\n" for n in range(100, 500)), encoding="utf8")
    job = start(corpus, db)
    deadline = time.monotonic() + 60
    while not (held(db) if when == "amid the work" else db.exists()) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.3)
    os.killpg(job.pid, signal.SIGINT)  # as a terminal does: to the workers too
    _, told = job.communicate(timeout=60)
    assert job.returncode == 130
    assert "stopped" in told
    assert "Traceback" not in told
    before = held(db)
    assert before < 400
    assert code_paths([str(corpus)], db=db, fields_only=True).coded == 400  # of another coding: nothing is skipped
    assert held(db) == 400


class Fatal(Step):
    """A step that dies on one report and hangs on another."""

    def __call__(self, units: list[Unit], beat: Callable[[], None] = lambda: None) -> list[Done]:
        for unit in units:
            if isinstance(unit, Raw) and b"14 people" in unit.raw:
                os._exit(9)
            if isinstance(unit, Raw) and b"17 people" in unit.raw:
                print(os.getpid(), flush=True)
                time.sleep(600)
        return super().__call__(units, beat)


def deadly(job: Job, pipe: Any) -> None:
    """A worker's life with the deadly step in it."""
    local.Step = Fatal  # type: ignore[misc]
    local.work(job, pipe)


def test_a_report_that_kills_or_hangs_its_worker_is_set_aside_alone() -> None:
    units: list[Unit] = [Raw(raw=TEXT.format(n=n).encode(), read_from=f"{n}.txt", identity=f"{n}.txt") for n in (13, 14, 17, 18)]
    batches = iter([units[:2], units[2:]])
    done = [item for batch in run_local(batches, Job(fields_only=True), workers=2, limit=6.0, life=deadly) for item in batch]
    assert [item.read_from for item in done if not isinstance(item, Skipped)] == [f"{n}.txt" for n in (13, 14, 17, 18)]
    aside = {item.read_from: item.reason for item in done if isinstance(item, Rejected)}
    assert set(aside) == {"14.txt", "17.txt"}
    assert "died" in aside["14.txt"]
    assert "longer than" in aside["17.txt"]


def hang() -> None:
    """A job whose only worker hangs."""
    unit = Raw(raw=TEXT.format(n=17).encode(), read_from="17.txt", identity="17.txt")
    list(run_local(iter([[unit]]), Job(fields_only=True), workers=1, limit=600.0, life=deadly))


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks /proc whether a process runs")
def test_no_worker_outlives_its_job_even_one_that_hangs() -> None:
    command = [sys.executable, "-c", "from test_run import hang; hang()"]
    job = subprocess.Popen(command, cwd=Path(__file__).parent, stdout=subprocess.PIPE, text=True)
    assert job.stdout is not None
    worker = int(job.stdout.readline())  # it hangs
    assert runs(worker)
    job.kill()
    job.wait()
    job.stdout.close()
    deadline = time.monotonic() + 15
    while runs(worker) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not runs(worker)


def runs(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_job_that_cannot_start_says_why_and_codes_nothing(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no_such_model"):
        code_paths([str(corpus)], out=tmp_path / "x.jsonl", model="no_such_model", workers=2)
    with pytest.raises(ArgumentError, match="no such file or folder"):
        code_paths([str(tmp_path / "nowhere")], out=tmp_path / "x.jsonl")


def test_nothing_of_a_report_waits_for_the_collector(corpus: Path, tmp_path: Path) -> None:
    def held() -> int:
        return sum(isinstance(thing, Analysis) and bool(thing.parts) for thing in gc.get_objects())

    before = held()
    gc.disable()
    try:
        code_paths([str(corpus)], out=tmp_path / "x.jsonl")
        assert held() == before  # memory stays flat only where each report's analysis goes with it
    finally:
        gc.enable()


PARAGRAPHS = [
    "RIVER CITY (Reuters) — Police in Lima arrested 40 people on Monday, Peru's interior minister Ana Quispe said.",
    "“We will not bow,” Quispe told reporters. “The losses cannot be hidden:",
    "“They began in March 2019, and nobody paid.”",
    "She blamed about 300 dealers from 2011 to 2014, and warned that",
    "soldiers shelled the old port near Tacna two days after the vote",
    "— Ana Quispe",
    "Talks with Chile collapsed last week; three officers were killed in a raid by rebels, officials conceded",
    "Minister: “no deal” before Friday",
]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.sampled_from(PARAGRAPHS), min_size=2, max_size=6), min_size=2, max_size=4))
def test_what_was_read_before_changes_no_record(line: Line, reports: list[list[str]]) -> None:
    """A paragraph that is known from other reports, with other neighbours, is read as if it were new."""

    def read(analyser: Analyser, paragraphs: list[str]) -> Record:
        text = "\n\n".join(paragraphs)
        report = make_report(raw=text.encode(), text=text, fields=fields_of_text(text, line.codebook), read_from="t", identity="t")
        return pipeline.read_record(pipeline.with_language(report), line.codebook, analyser)

    known = fresh(line)
    for paragraphs in reports:
        assert read(known, paragraphs) == read(fresh(line), paragraphs)


def fresh(line: Line) -> Analyser:
    """The line's analyser with nothing kept."""
    old = line.analyser
    return Analyser(old._pass, name=old.name, digest=old.digest, case=old._case)
