"""What a reader is given: an open stream with its place and identity, and what is known before reading."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import BinaryIO, NamedTuple

from dateline.codebook import Codebook
from dateline.records import Base, Rejected, Report

MOST_BYTES = 16 * 1024 * 1024  # of one report: more is no report


class Opened(NamedTuple):
    """A stream of bytes, unpacked: where it was read from, and the path that its reports are known by."""

    stream: BinaryIO
    read_from: str
    identity: str


class Options(Base, frozen=True, kw_only=True):
    """What holds for a whole run of reading: the codebook, the names of columns, the last day that a date can name."""

    codebook: Codebook
    columns: dict[str, str] = {}
    latest: date | None = None


Reader = Callable[[Opened, Options], Iterator[Report | Rejected]]


def rejected(read_from: str, reason: str) -> Rejected:
    """A report, or a part of a file, that cannot be read."""
    return Rejected(read_from=read_from, stage="ingest", reason=reason)


def read_bounded(stream: BinaryIO, most: int = MOST_BYTES) -> bytes | None:
    """The whole stream; None when it holds more than `most` bytes."""
    chunks, size = [], 0
    while chunk := stream.read(min(1 << 20, most + 1 - size)):
        chunks.append(chunk)
        size += len(chunk)
        if size > most:
            return None
    return b"".join(chunks)
