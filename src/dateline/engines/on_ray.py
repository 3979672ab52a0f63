"""The same step on Ray Data: an actor a core with the model built inside it, results in the order of the input.

Ray moves the data and keeps the workers; there is no scheduler of our own. Usage reporting is switched off.
"""

import os
import pickle
from collections.abc import Iterator
from typing import Any

from dateline.engines.step import Done, Job, Step
from dateline.errors import ArgumentError
from dateline.ingest import Unit

AHEAD = 64  # batches handed to Ray at a time: the input is streamed, and memory stays flat


class Actor:
    """A worker of Ray Data: loads once, then codes rows of packed units."""

    def __init__(self, job: bytes) -> None:
        self.step = Step(pickle.loads(job))

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        """One batch of units in, its results out."""
        return {"place": row["place"], "done": pickle.dumps(self.step(pickle.loads(row["units"])))}


def run_ray(batches: Iterator[list[Unit]], job: Job, *, workers: int) -> Iterator[list[Done]]:
    """Each batch's results, in the order of the batches. Uses the cluster that RAY_ADDRESS names, else starts a local one."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        import ray
    except ImportError:
        raise ArgumentError("--engine ray needs Ray: pip install 'dateline[ray]'") from None
    started = not ray.is_initialized()
    if started:
        ray.init(
            num_cpus=None if os.environ.get("RAY_ADDRESS") else workers, include_dashboard=False, log_to_driver=False, logging_level="ERROR"
        )
    ray.data.DataContext.get_current().enable_progress_bars = False
    ray.data.DataContext.get_current().execution_options.preserve_order = True
    try:
        while rows := [{"place": i, "units": pickle.dumps(units)} for i, units in zip(range(AHEAD), batches, strict=False)]:
            coded = ray.data.from_items(rows, override_num_blocks=len(rows)).map(
                Actor, fn_constructor_args=(pickle.dumps(job),), concurrency=workers
            )
            for row in sorted(coded.iter_rows(), key=lambda r: r["place"]):
                yield pickle.loads(row["done"])
    finally:
        if started:
            ray.shutdown()
