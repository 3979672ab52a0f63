"""Where a job runs: the same step on every engine, the same bytes from each. `ENGINES` is the table."""

from dateline.engines.local import run_local
from dateline.engines.step import Done, Job, Skipped, Step, coding_of

__all__ = ["Done", "Job", "Skipped", "Step", "coding_of", "run_local"]
