"""Workers on this machine: a spawned process a core runs the whole step on a batch; results come back in the order of the input.

A worker that dies or takes too long is replaced, and its batch is run again one unit at a time: the one that did it is set aside.
Only so many batches are out at once, so that memory stays flat on an endless input.
"""

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from math import inf
from multiprocessing.connection import Connection, wait
from threading import Thread
from typing import Any

from dateline.engines.step import Done, Job, Step
from dateline.errors import DatelineError
from dateline.ingest import Unit
from dateline.records import Rejected

AHEAD = 3  # batches out for each worker, those done and waiting for their turn included
LOADED, ALIVE = "loaded", "alive"
TOGETHER = 0.25  # seconds more for each unit of a batch: its paragraphs are parsed together, before the first report comes out
Life = Callable[[Job, "Connection[Any, Any]"], None]


def work(job: Job, pipe: "Connection[Any, Any]") -> None:
    """The life of a worker: load and say so, then batch after batch, a sign of life after each report, until the pipe closes."""
    Thread(target=die_with_parent, daemon=True).start()
    try:
        step = Step(job)
        pipe.send(LOADED)
        while True:
            pipe.send(step(pipe.recv(), lambda: pipe.send(ALIVE)))
    except DatelineError as fault:
        pipe.send(fault)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def die_with_parent() -> None:
    """End this process when the one that began it is gone, however that ended and whatever this one is busy with."""
    if (parent := multiprocessing.parent_process()) is not None:
        parent.join()
        os._exit(1)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Hold Ctrl-C back: a process started meanwhile never sees one, not even while it loads; the parent sees it afterwards."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Worker:
    """One process, the pipe to it, and the batch it is busy with."""

    def __init__(self, job: Job, life: Life) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=life, args=(job, theirs), daemon=True)
        with undisturbed():
            self.process.start()
        theirs.close()
        self.loaded, self.place, self.deadline = False, 0, inf
        self.units: list[Unit] | None = None

    def give(self, place: int, units: list[Unit], limit: float) -> None:
        """Send a batch; a sign of life is due in `limit` seconds, counted from when the worker has loaded."""
        self.place, self.units = place, units
        self._wait_for(limit)
        with suppress(BrokenPipeError):  # a worker that has died is found when its results are asked for
            self.pipe.send(units)

    def _wait_for(self, limit: float) -> None:
        self.deadline = time.monotonic() + limit + TOGETHER * len(self.units or []) if self.loaded else inf

    def results(self, limit: float) -> list[Done] | str | None:
        """What a worker that is ready, dead or late has to give: its results, or why there are none; None for a sign of life.

        Raises an error of the job itself.
        """
        try:
            if not self.pipe.poll():
                return f"it took longer than {limit:g} s"
            given = self.pipe.recv()
        except (EOFError, ConnectionResetError):
            self.process.join(timeout=5)
            return f"its worker died (exit status {self.process.exitcode})"
        if isinstance(given, DatelineError):
            raise given
        if given in (LOADED, ALIVE):
            self.loaded = True
            self._wait_for(limit)
            return None
        results: list[Done] = given
        return results

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


def run_local(batches: Iterator[list[Unit]], job: Job, *, workers: int, limit: float, life: Life = work) -> Iterator[list[Done]]:
    """Each batch's results, in the order of the batches. `limit` is seconds a report. An error of the job itself is raised here."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the workers are the threads
    crew: list[Worker] = []
    done: dict[int, list[Done]] = {}
    given = next_out = 0
    try:
        while True:
            while given - next_out < AHEAD * workers and (len(crew) < workers or any(w.units is None for w in crew)):
                if (units := next(batches, None)) is None:
                    break
                free(crew, job, life).give(given, units, limit)
                given += 1
            if next_out in done:
                yield done.pop(next_out)
                next_out += 1
            elif any(w.units for w in crew):
                for worker in ready(crew):
                    settle(crew, worker, done, job, limit, life)
            else:
                return
    finally:
        for worker in crew:
            worker.stop()


def free(crew: list[Worker], job: Job, life: Life) -> Worker:
    """A worker with nothing to do; a new one where all are busy."""
    idle = next((w for w in crew if w.units is None), None)
    if idle is None:
        idle = Worker(job, life)
        crew.append(idle)
    return idle


def ready(crew: list[Worker]) -> list[Worker]:
    """The workers that have something to give, or have died, or are late; waits until there is one."""
    busy = [w for w in crew if w.units]
    soonest = min(w.deadline for w in busy)
    open_now = wait([w.pipe for w in busy], timeout=None if soonest == inf else max(0.0, soonest - time.monotonic()) + 0.01)
    return [w for w in busy if w.pipe in open_now or w.deadline < time.monotonic()]


def settle(crew: list[Worker], worker: Worker, done: dict[int, list[Done]], job: Job, limit: float, life: Life) -> None:
    """Take a worker's results. One that has none is let go, and its units are run alone to tell which one did it."""
    results = worker.results(limit)
    if results is None:
        return
    units, worker.units = worker.units or [], None
    if isinstance(results, str):
        worker.stop()
        crew.remove(worker)
        if len(units) == 1:
            results = [Rejected(read_from=units[0].read_from, stage="language", reason=f"set aside: {results}")]
        else:
            singly = run_local(([unit] for unit in units), job, workers=1, limit=limit, life=life)
            results = [item for batch in singly for item in batch]
    done[worker.place] = results
