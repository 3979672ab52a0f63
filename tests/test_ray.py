"""The same job on a local Ray: the bytes of the local engine, nothing on standard error, and errors of the job as such."""

import importlib.util
import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from dateline.engines.on_ray import in_order
from dateline.errors import CodebookError, ModelError

TEXT = "Police arrest {n} in Lima\n\nPolice in Lima arrested {n} people on Monday, Peru's interior minister Ana Quispe said.\n\nShe blamed {n} dealers."


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    rows = [json.dumps({"id": f"r{n}", "text": TEXT.format(n=n)}) for n in range(12, 92)]
    path.write_text("\n".join([*rows[:40], "{broken", *rows[40:]]) + "\n", encoding="utf8")
    return path


def code(*arguments: str) -> subprocess.CompletedProcess[str]:
    if importlib.util.find_spec("ray") is None:
        pytest.skip("Ray is not installed (pip install 'dateline[ray]'): the Ray engine is not tested")
    source = str(Path(__file__).parent.parent / "src")
    paths = [source, *filter(None, [os.environ.get("PYTHONPATH")])]
    command = [sys.executable, "-m", "dateline.cli", "code", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=300, env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)}, check=False
    )


def test_ray_writes_the_bytes_of_the_local_engine_and_no_noise(corpus: Path, tmp_path: Path) -> None:
    here, there = tmp_path / "here.jsonl", tmp_path / "there.jsonl"
    ray = code(str(corpus), "--engine", "ray", "--workers", "2", "-o", str(there))
    local = code(str(corpus), "-o", str(here))
    assert here.read_bytes() == there.read_bytes()
    assert ray.returncode == local.returncode == 1  # one row is broken

    def told(run: subprocess.CompletedProcess[str]) -> list[str]:
        return [line.split(", in ")[0] for line in run.stderr.splitlines()]

    assert told(ray) == told(local)


def test_a_job_that_cannot_start_says_why(corpus: Path, tmp_path: Path) -> None:
    ray = code(str(corpus), "--engine", "ray", "--model", "no_such_model", "-o", str(tmp_path / "x.jsonl"))
    assert ray.returncode == 2
    assert "no_such_model" in ray.stderr
    assert "Traceback" not in ray.stderr


def test_a_report_that_kills_its_worker_ends_the_job_with_a_word(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fatal = tmp_path / "fatal"
    fatal.mkdir()
    (fatal / "sitecustomize.py").write_text(
        "import os, sys\n"
        "if any('default_worker' in a for a in sys.orig_argv):\n"  # Ray starts other processes too, which need not load anything
        "    from dateline.engines.step import Step\n"
        "    Step.__call__ = lambda self, units: os._exit(9)\n",
        encoding="utf8",
    )
    monkeypatch.setenv("PYTHONPATH", str(fatal))
    ray = code(str(corpus), "--engine", "ray", "-o", str(tmp_path / "x.jsonl"), "--fields-only")
    assert ray.returncode == 2
    assert "a worker of Ray died" in ray.stderr
    assert "Traceback" not in ray.stderr


def test_results_that_come_early_wait() -> None:
    rows = [{"place": p, "done": pickle.dumps([p])} for p in (2, 0, 1, 3)]
    assert list(in_order(rows)) == [[0], [1], [2], [3]]  # type: ignore[comparison-overlap]


def test_an_error_of_the_job_is_raised_here() -> None:
    with pytest.raises(ModelError, match="gone"):
        list(in_order([{"place": 0, "done": pickle.dumps(ModelError("gone"))}]))


def test_faults_of_a_codebook_arrive_one_a_line() -> None:
    sent = CodebookError(["roles.yml: sides: missing", "times/en.yml: rules: missing"])
    assert str(pickle.loads(pickle.dumps(sent))) == str(sent)
