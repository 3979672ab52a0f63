"""Where a job runs: the same step on every engine, the same bytes from each. `ENGINES` is the table."""

from collections.abc import Callable, Iterable, Iterator

from dateline.engines.local import run_local
from dateline.engines.on_ray import run_ray
from dateline.engines.step import Done, Job, Skipped, Step, coding_of
from dateline.ingest import Unit

# name → (batches, job, workers, seconds a report) → each batch's results, in order
Engine = Callable[[Iterator[list[Unit]], Job, int, float], Iterable[list[Done]]]


def here_or_beside(batches: Iterator[list[Unit]], job: Job, workers: int, limit: float) -> Iterable[list[Done]]:
    """In this process for one worker, in processes beside it for more."""
    return map(Step(job), batches) if workers == 1 else run_local(batches, job, workers=workers, limit=limit)


ENGINES: dict[str, Engine] = {
    "local": here_or_beside,
    "ray": lambda batches, job, workers, limit: run_ray(batches, job, workers=workers),
}

__all__ = ["ENGINES", "Done", "Engine", "Job", "Skipped", "Step", "coding_of", "run_local", "run_ray"]
