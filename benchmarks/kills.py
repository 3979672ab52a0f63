"""Kills a job at random moments, runs it again, and holds what came out to an undisturbed run; then the same with a disk that is full.

    python benchmarks/kills.py [--kills 50] [--reports 120] [--out benchmarks/results/kills.json]

Each round starts `dateline code … --db` anew on an empty store and kills the whole process group (SIGKILL) at a moment drawn between the
start and the length of an undisturbed run (with --amid: when the store holds a number of reports drawn between none and all); every third
round kills the rerun too. Then the job runs to its end. The export, sorted by id,
has to be the undisturbed one, byte for byte; every table has to hold as many rows; and the file has to pass SQLite's own check.
"""

import argparse
import json
import os
import platform
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from generator import corpus

from dateline.rows import COLUMNS

DATELINE = [sys.executable, "-m", "dateline.cli"]


def main() -> None:
    """Kill, run again, compare, write."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--kills", type=int, default=50), ask.add_argument("--reports", type=int, default=120)
    ask.add_argument("--workers", type=int, default=2), ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--fields-only", action="store_true", help="no language pass: many more kills an hour, more of them while writing")
    ask.add_argument("--amid", action="store_true", help="kill only while the store is being written")
    ask.add_argument("--out", type=Path)
    given = ask.parse_args()
    rng = Random(given.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = folder / "reports.jsonl"
        rows.write_text("".join(json.dumps(row) + "\n" for row, _ in corpus(given.reports, copies=0.3)), encoding="utf8")
        options = ["--workers", str(given.workers), *(["--fields-only"] if given.fields_only else [])]
        code = partial(command, rows, options)
        started = time.monotonic()
        run(code(folder / "calm.db"))
        seconds = time.monotonic() - started
        calm = state(folder / "calm.db")
        latest = given.reports if given.amid else seconds
        many = [2 if i % 3 == 2 else 1 for i in range(rounds_for(given.kills))]
        rounds = [round_of(code, folder / f"{i}.db", calm, rng, latest, kills=k, amid=given.amid) for i, k in enumerate(many)]
        full = disk_full(code, folder, calm)
    kills = sum(r["kills"] for r in rounds)
    held = sorted(n for r in rounds for n in r["held at a kill"])
    result = {
        "kills": kills, "rounds": len(rounds), "reports": given.reports, "workers": given.workers, "fields only": given.fields_only, "only while the store is written": given.amid,
        "rounds whose export differs": sum(not r["same export"] for r in rounds),
        "rounds whose tables differ": sum(not r["same rows"] for r in rounds), "stores that fail the check": sum(not r["whole"] for r in rounds),
        "kills with nothing written yet": held.count(0), "kills amid the work": sum(0 < n < given.reports for n in held),
        "kills after the last report": held.count(given.reports), "seconds of an undisturbed run": round(seconds, 1), "full disk": full,
        "machine": platform.machine(), "cores": os.cpu_count(), "python": platform.python_version(), "sqlite": sqlite3.sqlite_version,
    }  # fmt: skip
    print(json.dumps(result, indent=1))
    if given.out:
        given.out.parent.mkdir(parents=True, exist_ok=True)
        given.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf8")


def rounds_for(kills: int) -> int:
    """How many rounds give so many kills: every third round has two."""
    rounds = 0
    while rounds + rounds // 3 < kills:
        rounds += 1
    return rounds


def command(rows: Path, options: list[str], db: Path) -> list[str]:
    """The job."""
    return [*DATELINE, "code", str(rows), "--db", str(db), *options]


def run(job: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
    """Run to the end."""
    return subprocess.run(job, capture_output=True, text=True, check=False, **options)


def round_of(
    code: Callable[[Path], list[str]], db: Path, calm: Any, rng: Random, latest: float, *, kills: int, amid: bool
) -> dict[str, Any]:
    """One store, killed once or more and then run to the end. `latest` is seconds, or reports held with `amid`."""
    drawn = sorted(rng.uniform(0.05, 1.02) * latest for _ in range(kills))
    held = [kill(code(db), db, after=0.2 * rng.random() if amid else at, held=min(int(at), int(latest) - 1) if amid else 0) for at in drawn]
    ended = run(code(db))
    export, counts, whole = state(db)
    for left in db.parent.glob(f"{db.name}*"):
        left.unlink()
    same = {"same export": export == calm[0] and ended.returncode == 0, "same rows": counts == calm[1], "whole": whole}
    print(f"{db.stem}: killed with {held} reports held; {same}", file=sys.stderr)
    return {"kills": kills, "held at a kill": held} | same


def kill(job: list[str], db: Path, *, after: float, held: int = 0) -> int:
    """Start, wait until so many reports are held, kill the group after so many seconds; how many reports the store holds then."""
    started = subprocess.Popen(job, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    while held and reports_in(db) < held and started.poll() is None:
        time.sleep(0.01)
    time.sleep(after)
    with suppress(ProcessLookupError):  # it was done already
        os.killpg(started.pid, signal.SIGKILL)
    started.wait()
    return reports_in(db)


def reports_in(db: Path) -> int:
    """How many reports a store holds; 0 before it is one."""
    if not db.exists():
        return 0
    with closing(sqlite3.connect(db, timeout=30)) as store, suppress(sqlite3.OperationalError):
        return int(store.execute("SELECT count(*) FROM reports").fetchone()[0])
    return 0


def state(db: Path) -> tuple[str, dict[str, int], bool]:
    """What a store holds: its export, sorted by id; rows a table; whether SQLite finds the file and the search index whole."""
    export = run([*DATELINE, "export", "--db", str(db), "--text"]).stdout
    with closing(sqlite3.connect(db)) as store:
        counts = {t: int(store.execute(f"SELECT count(*) FROM {t}").fetchone()[0]) for t in ("reports", "rejected", *COLUMNS)}
        whole = store.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        for words in ("reports_words", "statements_words"):
            store.execute(f"INSERT INTO {words} ({words}, rank) VALUES ('integrity-check', 1)")  # raises where index and table differ
    return export, counts, whole


def disk_full(code: Callable[[Path], list[str]], folder: Path, calm: Any) -> dict[str, Any]:
    """A job on a disk too small for its store, and its rerun when there is room again."""
    size = (folder / "calm.db").stat().st_size // 2 // 4096 * 4096
    disk = folder / "disk"
    disk.mkdir()
    mounted = run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)]).returncode == 0
    db = disk / "news.db"
    try:
        if mounted:
            ended = run(code(db))
            run(["mount", "-o", f"remount,size={size * 8}", str(disk)])
        else:
            ended = run(["bash", "-c", f'ulimit -f {size // 1024}; exec "$@"', "-", *code(db)])
        again = run(code(db))
        export, counts, whole = state(db)
    finally:
        if mounted:
            run(["umount", str(disk)])
    return {
        "how": f"a tmpfs of {size} bytes" if mounted else f"files of at most {size} bytes", "exit status": ended.returncode,
        "message": ended.stderr.strip().splitlines()[-1].replace(str(folder), "…") if ended.stderr.strip() else "",
        "exit status of the rerun": again.returncode, "same in the end": (export, counts, whole) == calm,
    }  # fmt: skip


if __name__ == "__main__":
    main()
