"""One job: paths in, records out, to files and to the store. What stands in the store already is not coded again.

Results come in the order of the input, from one process or many, and one writer takes them: the same bytes for any number of workers.
"""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from dateline.codebook import load_codebook
from dateline.engines import ENGINES, Done, Job, Skipped, coding_of
from dateline.engines.local import undisturbed
from dateline.errors import ArgumentError, ReportError, StoreError
from dateline.export import WRITERS
from dateline.ingest import Raw, Unit, read_reports, read_units
from dateline.language import load_analyser
from dateline.pipeline import code_reports
from dateline.records import Base, Record, Rejected, Report
from dateline.rows import surer, unpacked
from dateline.store import Store

BATCH_CHARACTERS = 60_000  # of a batch: by size, not by count, so that memory stays flat
BATCH_UNITS, LEAST_UNITS = 32, 2
TIME_LIMIT = 120.0  # seconds a report may take
Progress = Callable[[Iterable[list[Done]], Callable[[], str]], Iterator[list[Done]]]


class Result(Base, frozen=True, kw_only=True):
    """What a run did. `stopped` when a person broke it off: what was coded until then is kept."""

    coded: int
    skipped: int
    rejected: tuple[Rejected, ...]
    seconds: float
    stopped: bool = False


class Tally:
    """Counts a run as its results pass by."""

    def __init__(self) -> None:
        self.coded = self.skipped = 0
        self.rejected: list[Rejected] = []
        self.started = time.monotonic()

    def __str__(self) -> str:
        seconds = time.monotonic() - self.started
        rate = (self.coded + self.skipped) / seconds if seconds > 1 else 0.0
        return f"{self.coded} coded, {self.skipped} there already, {len(self.rejected)} set aside, {rate:.1f} a second"

    def count(self, done: list[Done]) -> None:
        """Take one batch into the count."""
        for item in done:
            if isinstance(item, Rejected):
                self.rejected.append(item)
            elif isinstance(item, Skipped):
                self.skipped += 1
            else:
                self.coded += 1


def code_paths(
    paths: list[str],
    *,
    out: Path | None = None,
    to: str = "jsonl",
    texts: bool = False,
    fields_only: bool = False,
    columns: dict[str, str] | None = None,
    db: str | Path | None = None,
    workers: int = 1,
    engine: str = "local",
    time_limit: float = TIME_LIMIT,
    model: str | None = None,
    codebook: Path | None = None,
    stock: bool = False,
    progress: Progress | None = None,
    least_confidence: float = 0.0,
) -> Result:
    """Code every report below `paths`. Writes to `out` (standard output when neither `out` nor `db` is given) and to the store `db`.

    What is written to `out` leaves out events below `least_confidence`; the store keeps them.

    With more than one worker a report may take `time_limit` seconds before it is set aside. Raises ArgumentError, CodebookError,
    ModelError or StoreError before it starts; a bad report only counts as rejected.
    """
    tally = Tally()
    store = Store(db) if db else None
    job = Job(
        fields_only=fields_only, columns=columns or {}, db=str(db) if db else None, model=model, stock=stock,
        codebook=str(codebook) if codebook else None,
    )  # fmt: skip
    stopped = False
    try:
        book = load_codebook(codebook)
        written = [p for p in (out, db, *(f"{db}-{part}" for part in ("wal", "shm", "journal"))) if p]
        batches = batched(read_units(paths, book, columns=job.columns, written=written), workers)
        results: Iterable[list[Done]] = ENGINES[engine](batches, job, workers, time_limit)
        results = kept(results, store, coding_of(job, book), tally)
        if progress:
            results = progress(results, lambda: str(tally))
        if out is None and db is not None:
            for _ in results:
                pass
        else:
            WRITERS[to](records(results, store, texts=texts, least=least_confidence), out)
    except KeyboardInterrupt:
        stopped = True
    finally:
        if store:
            store.close()
    seconds = time.monotonic() - tally.started
    return Result(coded=tally.coded, skipped=tally.skipped, rejected=tuple(tally.rejected), seconds=seconds, stopped=stopped)


def batched(units: Iterable[Unit], workers: int = 1) -> Iterator[list[Unit]]:
    """Consecutive units in full batches; for several workers in ever smaller ones at the end, so that all are busy until it comes."""
    if workers == 1:
        yield from full_batches(units)
        return
    waiting: deque[list[Unit]] = deque()
    for batch in full_batches(units):
        waiting.append(batch)
        if len(waiting) > 2 * workers:
            yield waiting.popleft()
    left = [unit for batch in waiting for unit in batch]
    while left:
        share = min(BATCH_UNITS, max(LEAST_UNITS, len(left) // (2 * workers)))
        yield left[:share]
        left = left[share:]


def full_batches(units: Iterable[Unit]) -> Iterator[list[Unit]]:
    """Consecutive units, about BATCH_CHARACTERS together."""
    batch: list[Unit] = []
    size = 0
    for unit in units:
        batch.append(unit)
        size += len(unit.raw) if isinstance(unit, Raw | Report) else 0
        if size >= BATCH_CHARACTERS or len(batch) >= BATCH_UNITS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def kept(results: Iterable[list[Done]], store: Store | None, coding: str, tally: Tally) -> Iterator[list[Done]]:
    """Each batch, once the store has it: one batch is one transaction."""
    for done in results:
        with undisturbed():  # what is kept is counted, whenever a person breaks off
            if store:
                store.add([item for item in done if not isinstance(item, Skipped)], coding=coding)
            tally.count(done)
        yield done


def records(results: Iterable[list[Done]], store: Store | None, *, texts: bool, least: float = 0.0) -> Iterator[tuple[Record, str]]:
    """Every record with its text, in order; those that were there already from the store."""
    for done in results:
        for item in done:
            if isinstance(item, Rejected):
                continue
            if isinstance(item, Skipped):
                found = store.record(item.id) if store else None
                if found is None:
                    raise StoreError(f"the store lost report {item.id} while the job ran")
                record, text = found
            else:
                record, text = unpacked(item.record), item.text
            record = surer(record, least)
            yield (replace(record, text=text) if texts else record), text


def read_one(report: str, *, db: str | Path | None = None, codebook: Path | None = None) -> tuple[Record, str]:
    """The record and canonical text of one report: a path, or an id in a store. Raises ArgumentError, or ReportError when it cannot be read."""
    if db:
        with Store(db, read_only=True) as store:
            found = store.record(report)
        if found is None:
            raise ArgumentError(f"{db} holds no report with the id {report!r}")
        return found
    book = load_codebook(codebook)
    coded = next(code_reports(read_reports([report], book), book, load_analyser()), None)
    if coded is None:
        raise ArgumentError(f"{report}: no report there")
    if isinstance(coded, Rejected):
        raise ReportError(coded.reason, place=coded.read_from)
    return coded[1], coded[0].text
