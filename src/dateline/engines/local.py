"""Workers on this machine: a spawned process a core runs the whole step on a batch; results come back in the order of the input.

A worker that dies or takes too long is replaced, and its batch is tried again one unit at a time: the one that did it is set aside.
Only so many batches are out at once, so that memory stays flat on an endless input.
"""

import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Iterator
from multiprocessing.connection import Connection, wait

from dateline.engines.step import Done, Job, Step
from dateline.errors import DatelineError
from dateline.ingest import Unit
from dateline.records import Rejected

LOADING = 30.0  # seconds that a worker may take to load, on top of its units' time
AHEAD = 3  # batches out for each worker, the ones done and waiting for their turn included


class Task:
    """A batch on its way: its place in the order, and when it must be back."""

    def __init__(self, place: int, units: list[Unit]) -> None:
        self.place, self.units = place, units
        self.deadline = 0.0


class Worker:
    """One process and the pipe to it."""

    def __init__(self, job: Job) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=work, args=(job, theirs), daemon=True)
        self.process.start()
        theirs.close()
        self.task: Task | None = None

    def give(self, task: Task, limit: float) -> None:
        """Send a batch."""
        self.task = task
        task.deadline = time.monotonic() + limit * len(task.units) + LOADING
        self.pipe.send(task.units)

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


def work(job: Job, pipe: "Connection[list[Done] | Exception, list[Unit]]") -> None:
    """The life of a worker: load, then batch after batch until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    try:
        step = Step(job)
        while True:
            pipe.send(step(pipe.recv()))
    except DatelineError as fault:
        pipe.send(fault)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def run_local(batches: Iterator[list[Unit]], job: Job, *, workers: int, limit: float) -> Iterator[list[Done]]:
    """Each batch's results, in the order of the batches. `limit` is seconds a unit. An error of the job itself is raised here."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the workers are the threads
    crew = [Worker(job) for _ in range(workers)]
    waiting: deque[Task] = deque()
    done: dict[int, list[Done]] = {}
    given = next_out = 0
    more = True
    try:
        while True:
            while more and given - next_out < AHEAD * workers:
                units = next(batches, None)
                if units is None:
                    more = False
                else:
                    waiting.append(Task(given, units))
                    given += 1
            for worker in crew:
                if worker.task is None and waiting:
                    worker.give(waiting.popleft(), limit)
            while next_out in done:
                yield done.pop(next_out)
                next_out += 1
            if not more and next_out == given:
                return
            if any(w.task for w in crew) and next_out not in done:
                collect(crew, done, job, limit)
    finally:
        for worker in crew:
            worker.stop()


def collect(crew: list[Worker], done: dict[int, list[Done]], job: Job, limit: float) -> None:
    """Wait for a worker; take its results, or replace it when it died or is late."""
    busy = {w.pipe: w for w in crew if w.task}
    soonest = min(w.task.deadline for w in busy.values() if w.task)
    for pipe in wait(list(busy), timeout=max(0.0, soonest - time.monotonic()) + 0.01):
        worker = busy[pipe]  # type: ignore[index]
        assert worker.task
        try:
            result = worker.pipe.recv()
        except (EOFError, ConnectionResetError):
            done[worker.task.place] = retry(crew, worker, job, limit, f"the worker died (exit status {worker.process.exitcode})")
            continue
        if isinstance(result, Exception):
            raise result
        done[worker.task.place] = result
        worker.task = None
    for worker in [w for w in crew if w.task and w.task.deadline < time.monotonic()]:
        assert worker.task
        done[worker.task.place] = retry(crew, worker, job, limit, f"it took longer than {limit:g} s")


def retry(crew: list[Worker], worker: Worker, job: Job, limit: float, reason: str) -> list[Done]:
    """Replace a worker and run its batch one unit at a time, so that only the unit that did it is set aside."""
    task = worker.task
    assert task
    worker.stop()
    fresh = crew[crew.index(worker)] = Worker(job)
    if len(task.units) == 1:
        unit = task.units[0]
        return [Rejected(read_from=unit.read_from, stage="language", reason=f"set aside: {reason}")]
    done: list[Done] = []
    for unit in task.units:
        fresh.give(Task(task.place, [unit]), limit)
        try:
            if not fresh.pipe.poll(limit + LOADING):
                raise EOFError
            result = fresh.pipe.recv()
        except (EOFError, ConnectionResetError):
            fresh.stop()
            fresh = crew[crew.index(fresh)] = Worker(job)
            done.append(Rejected(read_from=unit.read_from, stage="language", reason=f"set aside: {reason}"))
        else:
            done += result
    fresh.task = None
    return done
