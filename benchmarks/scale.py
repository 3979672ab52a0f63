"""Reports a second of whole jobs, the loading of the model and the writing of the store left in: two workers against one, and an input of
which half are copies against one without: copies of every kind, edited and merged ones too, and copies as most outlets run a dispatch.

    python benchmarks/scale.py [FILE.jsonl] [--reports 1500] [--rounds 3] [--out benchmarks/results/scale.json]

The generated reports carry names of their own in each paragraph, so that none is alike by chance. With a file, one and two workers over
its reports, and no copies.

Every round runs the three jobs in turn; the ratio of each round is taken before the mean. `steady` leaves the loading out: it counts
from the first batch in the store to the last. CPU time does not mind what else the machine does;
loading is what a job of one report takes.
"""

import argparse
import hashlib
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import mean
from typing import Any

from generator import AS_RUN, KINDS, corpus

from dateline.store import Store

DATELINE = [sys.executable, "-m", "dateline.cli"]


def main() -> None:
    """Run the jobs in turn, print, write."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    (
        ask.add_argument("file", type=Path, nargs="?"),
        ask.add_argument("--reports", type=int, default=1500),
        ask.add_argument("--rounds", type=int, default=3),
    )
    ask.add_argument("--out", type=Path)
    given = ask.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        jobs = {"loading": (written(folder / "single.jsonl", 1, 0.0), 1)}
        plain = given.file or written(folder / "plain.jsonl", given.reports, 0.0)
        jobs |= {"one worker": (plain, 1), "two workers": (plain, 2)}
        if not given.file:
            jobs["half copies"] = (written(folder / "copied.jsonl", given.reports, 0.5), 1)
            jobs["half copies as run"] = (written(folder / "as_run.jsonl", given.reports, 0.5, AS_RUN), 1)
        runs = [{job: timed(*what, folder / "news.db") for job, what in jobs.items()} for _ in range(given.rounds)]
    ratios = {}
    for job in [name for name in jobs if name not in ("loading", "one worker")]:
        ratios[f"{job} against one worker"] = [r[job]["rate"] / r["one worker"]["rate"] for r in runs]
        ratios[f"{job} against one worker, steady"] = [r[job]["steady"] / r["one worker"]["steady"] for r in runs]
        ratios[f"{job} against one worker, CPU time without loading"] = [work(r, "one worker") / work(r, job, jobs[job][1]) for r in runs]
    result = {
        "file": given.file.name if given.file else None, "reports": int(runs[0]["one worker"]["reports"]), "rounds": given.rounds, "ratios, mean": {name: round(mean(values), 2) for name, values in ratios.items()},
        "ratios, each round": {name: [round(v, 2) for v in values] for name, values in ratios.items()},
        "one worker and two: the same export": all(r["one worker"]["export"] == r["two workers"]["export"] for r in runs),
        "CPU seconds": {job: [round(r[job]["cpu"], 1) for r in runs] for job in jobs},
        "reports a second": {job: [round(r[job]["rate"], 2) for r in runs] for job in jobs},
        "load before": round(load, 2), "load after": round(os.getloadavg()[0], 2),
        "machine": platform.machine(), "cores": os.cpu_count(), "python": platform.python_version(),
    }  # fmt: skip
    print(json.dumps(result, indent=1))
    if given.out:
        given.out.parent.mkdir(parents=True, exist_ok=True)
        given.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf8")


def work(run: dict[str, Any], job: str, workers: int = 1) -> float:
    """CPU seconds of a job without what its workers take to load."""
    return float(run[job]["cpu"] - workers * run["loading"]["cpu"])


def written(path: Path, n: int, copies: float, kinds: Sequence[str] = KINDS) -> Path:
    """A generated corpus as JSON Lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row, _ in corpus(n, copies=copies, kinds=kinds, names=True)), encoding="utf8")
    return path


def timed(rows: Path, workers: int, db: Path) -> dict[str, Any]:
    """Reports a second of one job, on an empty store."""
    started = time.monotonic()
    seen: list[tuple[float, int]] = []
    before_all = resource.getrusage(resource.RUSAGE_CHILDREN)
    job = subprocess.Popen([*DATELINE, "code", str(rows), "--db", str(db), "--workers", str(workers)], stderr=subprocess.DEVNULL)
    while job.poll() is None:
        time.sleep(0.1)
        if db.exists() and (n := held(db)) and (not seen or n > seen[-1][1]):
            seen.append((time.monotonic(), n))
    seconds = time.monotonic() - started
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = spent.ru_utime + spent.ru_stime - before_all.ru_utime - before_all.ru_stime
    n = held(db)
    (first, before), (last, after) = seen[0], seen[-1]
    export = hashlib.sha256(subprocess.run([*DATELINE, "export", "--db", str(db)], capture_output=True, check=True).stdout).hexdigest()
    for left in db.parent.glob(f"{db.name}*"):
        left.unlink()
    print(f"{rows.stem}, {workers} worker(s): {n} in {seconds:.1f} s", file=sys.stderr)
    return {"reports": n, "rate": n / seconds, "steady": (after - before) / max(0.1, last - first), "cpu": cpu, "export": export}


def held(db: Path) -> int:
    """How many reports a store holds, while it is written."""
    try:
        with Store(db, read_only=True) as store:
            return store.count()
    except Exception:  # not a store yet
        return 0


if __name__ == "__main__":
    main()
