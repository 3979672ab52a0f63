"""The same step on Ray Data: an actor a core with the model built inside it, results in the order of the input.

Ray moves the data and keeps the workers; there is no scheduler of our own. Usage reporting is switched off.
"""

import logging
import os
import pickle
import warnings
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from dateline.engines.step import Done, Job, Step
from dateline.errors import ArgumentError, DatelineError, EngineError
from dateline.ingest import Unit

AHEAD = 200  # batches handed to Ray at a time for each worker: enough that loading the model is a small part, few enough for memory
SETTINGS = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0", "OPENBLAS_NUM_THREADS": "1"}
# A report that kills its actor would kill the next one too: the job ends, and a rerun continues behind what the store holds.
ONCE = {"max_restarts": 0, "max_task_retries": 0}


class Actor:
    """A worker of Ray Data: loads once, then codes rows of packed units. A job that cannot start is told with every row."""

    def __init__(self, job: bytes) -> None:
        self.step: Step | DatelineError
        try:
            self.step = Step(pickle.loads(job))
        except DatelineError as fault:  # raised here, Ray would start the actor again and again
            self.step = fault

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        """One batch of units in, its results out."""
        done = self.step(pickle.loads(row["units"])) if isinstance(self.step, Step) else self.step
        return {"place": row["place"], "done": pickle.dumps(done)}


def run_ray(batches: Iterator[list[Unit]], job: Job, *, workers: int) -> Iterator[list[Done]]:
    """Each batch's results, in the order of the batches. Uses the cluster that RAY_ADDRESS names, else starts a local one.

    Raises ArgumentError when Ray is missing, EngineError when it does not start or an actor dies, and an error of the job itself.
    """
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)
    try:
        import ray
        from ray.data import ActorPoolStrategy
    except ImportError:
        raise ArgumentError("--engine ray needs Ray: pip install 'dateline[ray]'") from None
    started = not ray.is_initialized()
    if started:
        cores = None if os.environ.get("RAY_ADDRESS") else workers
        try:
            ray.init(num_cpus=cores, include_dashboard=False, log_to_driver=False, logging_level="ERROR")
        except (ray.exceptions.RayError, OSError, RuntimeError) as fault:
            raise EngineError(f"Ray does not start, or the cluster at RAY_ADDRESS does not answer: {fault}") from fault
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = context.print_on_execution_start = False
    context.execution_options.preserve_order = True
    try:
        while rows := [{"place": i, "units": pickle.dumps(units)} for i, units in enumerate(islice(batches, AHEAD * workers))]:
            data = ray.data.from_items(rows, override_num_blocks=len(rows))
            logging.getLogger("ray").setLevel("CRITICAL")  # Ray sets it anew when data is first made; what fails is raised below
            logging.getLogger("ray.data").setLevel("CRITICAL")
            warnings.filterwarnings("ignore", category=ray.util.annotations.RayDeprecationWarning)  # no other way to ONCE as yet
            coded = data.map(Actor, fn_constructor_args=(pickle.dumps(job),), compute=ActorPoolStrategy(size=workers), **ONCE)
            yield from in_order(coded.iter_rows())
    except ray.exceptions.RayError as fault:
        first = next((line for line in str(fault).splitlines() if line.strip()), type(fault).__name__)
        raise EngineError(f"a worker of Ray died: {first.strip()}; --engine local sets aside the report that did it") from fault
    finally:
        if started:
            ray.shutdown()


def in_order(rows: Iterable[dict[str, Any]]) -> Iterator[list[Done]]:
    """The results of rows by their place, counted from 0; one that comes early waits. Raises an error of the job itself."""
    waiting: dict[int, bytes] = {}
    place = 0
    for row in rows:
        waiting[row["place"]] = row["done"]
        while place in waiting:
            done = pickle.loads(waiting.pop(place))
            place += 1
            if isinstance(done, DatelineError):
                raise done
            yield done
