"""One job: paths in, records out, to files and to the store. What stands in the store already is not coded again."""

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from dateline import __version__
from dateline.codebook import Codebook, load_codebook
from dateline.errors import ArgumentError, ReportError
from dateline.export import WRITERS
from dateline.ingest import read_reports
from dateline.language import DEFAULT_MODEL, Analyser, load_analyser
from dateline.pipeline import Coded, code_reports
from dateline.records import Base, Record, Rejected, Report
from dateline.store import Store

STORE_BATCH = 50  # reports a transaction
Progress = Callable[[Iterable[Coded], Callable[[], str]], Iterator[Coded]]


class Result(Base, frozen=True, kw_only=True):
    """What a run did."""

    coded: int
    skipped: int
    rejected: tuple[Rejected, ...]
    seconds: float


class Tally:
    """Counts a run as its results pass by."""

    def __init__(self) -> None:
        self.coded = self.skipped = 0
        self.rejected: list[Rejected] = []

    def __str__(self) -> str:
        return f"{self.coded} coded, {self.skipped} there already, {len(self.rejected)} set aside"


def code_paths(
    paths: list[str],
    *,
    out: Path | None = None,
    to: str = "jsonl",
    texts: bool = False,
    fields_only: bool = False,
    columns: dict[str, str] | None = None,
    db: Path | None = None,
    workers: int = 1,
    model: str | None = None,
    codebook: Path | None = None,
    progress: Progress | None = None,
) -> Result:
    """Code every report below `paths`. Writes to `out` (standard output when neither `out` nor `db` is given) and to the store `db`.

    Raises ArgumentError, CodebookError, ModelError or StoreError before it starts; a bad report only counts as rejected.
    """
    started, tally = time.monotonic(), Tally()
    book = load_codebook(codebook)
    analyser = None if fields_only else load_analyser(model or DEFAULT_MODEL)
    reports = read_reports(paths, book, columns=columns or {})
    coding = "/".join((__version__, book.digest, analyser.digest[:16] if analyser else "fields"))
    store = Store(db) if db else None
    try:
        coded: Iterable[Coded] = keep(reports, store, coding, book, analyser, tally)
        if progress:
            coded = progress(coded, lambda: str(tally))
        records = ((replace(record, text=report.text) if texts else record, report.text) for report, record in passed(coded, tally))
        if out is None and db is not None:
            for _ in records:
                pass
        else:
            WRITERS[to](records, out)
    finally:
        if store:
            store.close()
    return Result(coded=tally.coded, skipped=tally.skipped, rejected=tuple(tally.rejected), seconds=time.monotonic() - started)


def keep(
    reports: Iterable[Report | Rejected], store: Store | None, coding: str, codebook: Codebook, analyser: Analyser | None, tally: Tally
) -> Iterator[Coded]:
    """Code what the store does not hold, and write it there in batches before it goes on; hand out the rest from the store."""
    if store is None:
        for item in code_reports(reports, codebook, analyser):
            tally.coded += isinstance(item, tuple)
            yield item
        return
    fresh: list[Coded] = []
    for item in code_reports(unseen(reports, store, coding, tally), codebook, analyser):
        fresh.append(item)
        if len(fresh) >= STORE_BATCH:
            tally.coded += store.add(fresh, coding=coding)
            yield from fresh
            fresh = []
    tally.coded += store.add(fresh, coding=coding)
    yield from fresh


def unseen(reports: Iterable[Report | Rejected], store: Store, coding: str, tally: Tally) -> Iterator[Report | Rejected]:
    """The reports that the store does not hold in this coding."""
    for item in reports:
        if isinstance(item, Report) and store.coded_by(item.id) == coding:
            tally.skipped += 1
        else:
            yield item


def passed(coded: Iterable[Coded], tally: Tally) -> Iterator[tuple[Report, Record]]:
    """The records that came through; what was rejected goes to the tally."""
    for item in coded:
        if isinstance(item, Rejected):
            tally.rejected.append(item)
        else:
            yield item


def read_one(report: str, *, db: Path | None = None, codebook: Path | None = None) -> tuple[Record, str]:
    """The record and canonical text of one report: a path, or an id in a store. Raises ArgumentError, or ReportError when it cannot be read."""
    if db:
        with Store(db, read_only=True) as store:
            found = store.record(report)
        if found is None:
            raise ArgumentError(f"{db} holds no report with the id {report!r}")
        return found
    book = load_codebook(codebook)
    coded = next(code_reports(read_reports([report], book, columns={}), book, load_analyser()), None)
    if coded is None:
        raise ArgumentError(f"{report}: no report there")
    if isinstance(coded, Rejected):
        raise ReportError(coded.reason, place=coded.read_from)
    return coded[1], coded[0].text
