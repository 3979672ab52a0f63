"""What is handed to a worker: a file that is one report as its bytes, unread; a row of a corpus as the report it is."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import BinaryIO, cast

from dateline.codebook import Codebook
from dateline.errors import ReportError
from dateline.ingest.opened import MOST_BYTES, Opened, Options, read_bounded, rejected
from dateline.ingest.readers import ONE_REPORT, checked_options, read_stream, reader_for
from dateline.ingest.sources import BROKEN, broken, find_files, open_files
from dateline.records import Base, Rejected, Report


class Raw(Base, frozen=True, kw_only=True):
    """The bytes of a file that holds one report, with its place and identity."""

    raw: bytes
    read_from: str
    identity: str


Unit = Raw | Report | Rejected


def read_units(
    paths: Iterable[str | Path],
    codebook: Codebook,
    *,
    columns: Mapping[str, str] | None = None,
    latest: date | None = None,
    written: Sequence[str | Path] = (),
) -> Iterator[Unit]:
    """Every report below the paths, in order, those of single files still unread; files that the job writes are passed over.

    Raises ArgumentError at once, as `read_reports` does.
    """
    options = checked_options(codebook, columns, latest)
    return _units(open_files(find_files(list(paths), written=written)), options)


def _units(found: Iterable[Opened | Rejected], options: Options) -> Iterator[Unit]:
    for opened in found:
        if isinstance(opened, Rejected):
            yield opened
            continue
        try:
            if reader_for(opened) not in ONE_REPORT:
                yield from read_stream(opened, options)
                continue
            raw = read_bounded(opened.stream)
        except ReportError as fault:
            yield rejected(fault.place or opened.read_from, fault.reason)
        except BROKEN as fault:
            yield rejected(opened.read_from, broken(fault))
        else:
            too_long = f"it holds more than {MOST_BYTES // 1_000_000} MB: no single report is so long"
            place = {"read_from": opened.read_from, "identity": opened.identity}
            yield Raw(raw=raw, **place) if raw is not None else rejected(opened.read_from, too_long)


def read_unit(unit: Unit, options: Options) -> Iterator[Report | Rejected]:
    """The report of a unit."""
    if isinstance(unit, Raw):
        yield from read_stream(Opened(cast(BinaryIO, io.BufferedReader(io.BytesIO(unit.raw))), unit.read_from, unit.identity), options)
    else:
        yield unit
