"""Resident memory of the workers of one job, from the first report to the last: whether it stays flat.

    python benchmarks/memory.py [--reports 50000] [--workers 2] [--new-words 2] [--words 100] [--out benchmarks/results/memory.json]

Generated reports share one small vocabulary, which real news does not: each report here also brings `--new-words` invented names of its
own a paragraph, so that whatever keeps words without bound shows; `--words` ends a report with the paragraph that reaches so many. Read
from /proc of every process below the job, every few seconds. With one worker the job itself is the worker.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from statistics import mean
from typing import Any

from generator import report, with_names

EVERY = 2.0  # seconds between two readings
POINTS = 25  # of the curve that is written


def main() -> None:
    """Generate, run, read memory, write."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--reports", type=int, default=50_000), ask.add_argument("--workers", type=int, default=2)
    ask.add_argument("--new-words", type=int, default=2), ask.add_argument("--words", type=int, default=10_000)
    ask.add_argument("--out", type=Path)
    ask.add_argument("--seconds", type=float, help="stop after so long: the size that was reached is what is written")
    given = ask.parse_args()
    with tempfile.TemporaryDirectory() as name:
        result = watch(Path(name), given)
    print(json.dumps(result, indent=1))
    if given.out:
        given.out.parent.mkdir(parents=True, exist_ok=True)
        given.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf8")


def watch(folder: Path, given: argparse.Namespace) -> dict[str, Any]:
    """Run the job over a pipe, so that its input costs no disk, and read its memory meanwhile."""
    done = folder / "records.jsonl"
    command = [sys.executable, "-m", "dateline.cli", "code", str(folder / "rows.jsonl"), "--workers", str(given.workers), "-o", str(done)]
    with (folder / "rows.jsonl").open("w", encoding="utf8") as rows:
        rows.writelines(json.dumps(row) + "\n" for row in reports(given.reports, given.new_words, given.words))
    job = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    started, curve = time.monotonic(), []
    written, at = 0, 0
    while job.poll() is None:
        time.sleep(EVERY)
        if done.exists():
            with done.open("rb") as lines:
                lines.seek(at)
                new = lines.read()
                at += len(new)
                written += new.count(b"\n")
        sizes = {pid: resident(pid) for pid in (job.pid, *children(job.pid))}
        crew = [job.pid] if given.workers == 1 else [pid for pid in sizes if pid != job.pid]
        workers = sorted((sizes[pid] for pid in crew if sizes[pid] > 60), reverse=True)  # not the one that cleans up
        if workers and written:
            curve.append(
                {"reports": written, "seconds": round(time.monotonic() - started), "workers MB": workers, "writer MB": sizes[job.pid]}
            )
        if given.seconds and time.monotonic() - started > given.seconds:
            job.terminate()
            break
    job.wait()
    return summary(curve, given)


def summary(curve: list[dict[str, Any]], given: argparse.Namespace) -> dict[str, Any]:
    """The largest a worker was, and the mean of the second and of the last quarter: flat when they are alike."""
    worst = [max(point["workers MB"]) for point in curve]
    quarter = max(1, len(worst) // 4)
    thinned = curve[:: max(1, len(curve) // POINTS)]
    return {
        "reports": curve[-1]["reports"], "asked for": given.reports, "workers": given.workers, "new words a paragraph": given.new_words,
        "cut behind so many words": given.words,
        "largest worker MB": max(worst), "mean of the second quarter MB": round(mean(worst[quarter : 2 * quarter])),
        "mean of the last quarter MB": round(mean(worst[-quarter:])), "writer MB, largest": max(p["writer MB"] for p in curve),
        "seconds": curve[-1]["seconds"], "curve": thinned,
        "machine": platform.machine(), "cores": os.cpu_count(), "python": platform.python_version(),
    }  # fmt: skip


def reports(n: int, new_words: int, most: int) -> Iterator[dict[str, Any]]:
    """Generated reports, each paragraph with names that stand nowhere else; cut behind the paragraph that reaches `most` words."""
    for i in range(n):
        row = report(i)
        sizes = accumulate(len(p.split()) for p in row["text"].split("\n\n"))
        paragraphs = row["text"].split("\n\n")[: 1 + sum(size < most for size in sizes)]
        yield with_names(row | {"text": "\n\n".join(paragraphs)}, i, new_words)


def children(pid: int) -> list[int]:
    """The processes that one has started."""
    return [int(p) for task in Path(f"/proc/{pid}/task").glob("*/children") for p in task.read_text().split()]


def resident(pid: int) -> int:
    """Megabytes resident, 0 when it is gone."""
    try:
        line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
    except (OSError, StopIteration):
        return 0
    return int(line.split()[1]) // 1024


if __name__ == "__main__":
    main()
