"""The step that every engine runs: units in, coded reports out, in order. Loaded once a process."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from dateline import __version__
from dateline.codebook import Codebook, load_codebook
from dateline.ingest import Unit, checked_options, read_unit
from dateline.language import DEFAULT_MODEL, load_analyser, model_digest
from dateline.pipeline import code_reports
from dateline.records import Base, Rejected, Report
from dateline.rows import Prepared, prepared
from dateline.store import Store


class Job(Base, frozen=True, kw_only=True):
    """What a step needs to know, small enough to send to another process or machine."""

    fields_only: bool = False
    columns: dict[str, str] = {}
    db: str | None = None
    model: str | None = None
    codebook: str | None = None
    stock: bool = False
    latest: date | None = None


class Skipped(Base, frozen=True, kw_only=True):
    """A report that the store holds already, coded the same way."""

    id: str


Done = Prepared | Rejected | Skipped


class Step:
    """A job with its codebook and model loaded. Raises what loading them raises."""

    def __init__(self, job: Job) -> None:
        self.book = load_codebook(Path(job.codebook) if job.codebook else None)
        self.analyser = None if job.fields_only else load_analyser(job.model or DEFAULT_MODEL, fast=not job.stock)
        self.coding = coding_of(job, self.book)
        self.options = checked_options(self.book, job.columns, job.latest)
        self.store = Store(job.db, read_only=True) if job.db else None

    def __call__(self, units: list[Unit], beat: Callable[[], None] = lambda: None) -> list[Done]:
        """Every report of the units, in order: coded, rejected, or skipped because the store holds it. `beat` is called after each."""
        skipped: dict[int, Skipped] = {}
        done: list[Done] = []
        for item in code_reports(self._unseen(units, skipped), self.book, self.analyser):
            done.append(item if isinstance(item, Rejected) else prepared(*item))
            beat()
        for place, report in skipped.items():
            done.insert(place, report)
        return done

    def _unseen(self, units: list[Unit], skipped: dict[int, Skipped]) -> Iterator[Report | Rejected]:
        place = 0
        for unit in units:
            for item in read_unit(unit, self.options):
                if self.store and isinstance(item, Report) and self.store.coded_by(item.id) == self.coding:
                    skipped[place] = Skipped(id=item.id)
                else:
                    yield item
                place += 1


def coding_of(job: Job, book: Codebook) -> str:
    """What decides a record: version, codebook and model. A store codes a report anew when it changes. Raises ModelError."""
    return "/".join((__version__, book.digest, "fields" if job.fields_only else model_digest(job.model or DEFAULT_MODEL)[:16]))
