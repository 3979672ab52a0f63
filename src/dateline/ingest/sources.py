"""Paths, folders, globs, archives and standard input → open streams, one at a time, each with its place and identity. Lazy; nothing is unpacked to disk.

The identity of a file is its path below the folder (or the fixed part of the glob) that was given, and its name when it was given alone;
inside an archive "!member" follows. So the same corpus in another place has the same ids.
"""

import bz2
import gzip
import io
import lzma
import os
import sys
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from glob import has_magic, iglob
from pathlib import Path
from typing import IO, Any, BinaryIO, NamedTuple, cast

from dateline.errors import ArgumentError, ReportError
from dateline.ingest.opened import Opened, rejected
from dateline.records import Rejected

STDIN = "-"
COMPRESSED: dict[bytes, Callable[[BinaryIO], IO[bytes]]] = {
    b"\x1f\x8b": lambda stream: cast(IO[bytes], gzip.GzipFile(fileobj=stream)),
    b"BZh": lambda stream: cast(IO[bytes], bz2.BZ2File(stream)),
    b"\xfd7zXZ\0": lambda stream: cast(IO[bytes], lzma.LZMAFile(stream)),  # noqa: SIM115
}
ZIP = b"PK\x03\x04"
TAR_MARK, TAR_AT = b"ustar", 257
DEEPEST = 2  # archives inside archives
MOST_LAYERS = 2  # of compression around one file
BOMB_BYTES, BOMB_RATIO = 100_000_000, 250  # past so many bytes, more than so many times the packed size is a bomb
IN_MEMORY = 32 * 1024 * 1024  # of an archive inside an archive; a larger one goes to a temporary file
BROKEN = (
    EOFError,
    zlib.error,
    lzma.LZMAError,
    gzip.BadGzipFile,
    zipfile.BadZipFile,
    tarfile.TarError,
    OSError,
    RuntimeError,
    NotImplementedError,
)
Found = Opened | Rejected


class File(NamedTuple):
    """A file to open: its path on this machine, and the path its reports are known by."""

    path: Path
    identity: str


def find_files(paths: Sequence[str | Path], *, written: Sequence[str | Path] = ()) -> Iterator[File | Rejected]:
    """Every file that the paths name, folders and globs in order of names, but for those the job itself writes.

    Raises ArgumentError at once for a path that names nothing, or a file that is `written`.
    """
    own = frozenset(Path(p).resolve() for p in written)
    missing = [
        str(p)
        for p in paths
        if str(p) != STDIN and not os.path.lexists(p) and not (has_magic(str(p)) and any(iglob(str(p), recursive=True)))
    ]
    if missing:
        accepted = "accepted are files, folders, patterns such as 'news/**/*.txt', and - for standard input"
        raise ArgumentError(f"no such file or folder: {', '.join(missing)}; {accepted}")
    both = [str(p) for p in paths if str(p) != STDIN and Path(p).is_file() and is_own(Path(p), own)]
    if both:
        raise ArgumentError(f"{', '.join(both)}: would be read and written at once; give the output another name")
    files = walk_paths([str(p) for p in paths])
    return (f for f in files if isinstance(f, Rejected) or not is_own(f.path, own)) if own else files


def is_own(path: Path, own: frozenset[Path]) -> bool:
    """Whether a file is one of those, or stands in one of those folders."""
    whole = path.resolve()
    return not own.isdisjoint((whole, *whole.parents))


def walk_paths(paths: Sequence[str]) -> Iterator[File | Rejected]:
    """The files of each path, in order."""
    for path in paths:
        if path == STDIN:
            yield File(Path(STDIN), "stdin")
        elif not os.path.lexists(path):
            fixed = fixed_part(path)
            for match in sorted(iglob(path, recursive=True)):
                if not Path(match).is_dir():
                    yield File(Path(match), Path(match).relative_to(fixed).as_posix())
        elif Path(path).is_dir():
            yield from walk_folder(Path(path), "")
        else:
            yield File(Path(path), Path(path).name)


def fixed_part(pattern: str) -> Path:
    """The folders of a pattern before its first wildcard."""
    parts = Path(pattern).parts
    first = next(i for i, part in enumerate(parts) if has_magic(part))
    return Path(*parts[:first])


def walk_folder(folder: Path, below: str) -> Iterator[File | Rejected]:
    """The files below a folder, in order of names; hidden ones are passed over, and links to folders are not followed."""
    try:
        entries = sorted(os.scandir(folder), key=lambda e: e.name)
    except OSError as fault:
        yield rejected(str(folder), f"the folder cannot be read: {fault.strerror or fault}")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        identity = f"{below}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from walk_folder(Path(entry.path), f"{identity}/")
        elif entry.is_file():
            yield File(Path(entry.path), identity)


def open_files(files: Iterator[File | Rejected]) -> Iterator[Found]:
    """Each file, and each member of an archive, as an open stream; a stream is good until the next one is asked for."""
    for file in files:
        if isinstance(file, Rejected):
            yield file
        elif str(file.path) == STDIN:
            yield from unpack(Opened(cast(BinaryIO, sys.stdin.buffer), STDIN, file.identity))
        else:
            yield from open_file(file)


def open_file(file: File) -> Iterator[Found]:
    """One file on this machine."""
    try:
        stream = open(file.path, "rb")  # noqa: SIM115
    except OSError as fault:
        yield rejected(str(file.path), f"the file cannot be opened: {fault.strerror or fault}")
        return
    with stream:
        yield from unpack(Opened(cast(BinaryIO, stream), file.identity, file.identity))


def unpack(opened: Opened, depth: int = 0, layers: int = 0) -> Iterator[Found]:
    """A stream without its compression; an archive's members one after the other."""
    stream = peekable(opened.stream)
    try:
        start = peek(stream, 512)
    except BROKEN as fault:
        yield rejected(opened.read_from, broken(fault))
        return
    opener = next((make for magic, make in COMPRESSED.items() if start.startswith(magic)), None)
    if opener and layers < MOST_LAYERS:
        counted = Counted(stream)
        inner = cast(BinaryIO, Guarded(opener(cast(BinaryIO, counted)), counted))
        yield from unpack(Opened(inner, opened.read_from, opened.identity), depth, layers + 1)
    elif opener:
        yield rejected(opened.read_from, f"it is compressed more than {MOST_LAYERS} times over")
    elif is_archive(start):
        yield from members(opened._replace(stream=cast(BinaryIO, stream)), start, depth)
    else:
        yield opened._replace(stream=cast(BinaryIO, stream))


def is_archive(start: bytes) -> bool:
    """Whether a stream begins as a zip or tar archive does."""
    return start.startswith(ZIP) or start[TAR_AT : TAR_AT + len(TAR_MARK)] == TAR_MARK


def members(opened: Opened, start: bytes, depth: int) -> Iterator[Found]:
    """The members of an archive, each as an open stream."""
    if depth >= DEEPEST:
        yield rejected(opened.read_from, f"archives lie more than {DEEPEST} deep inside each other; accepted are {DEEPEST}")
        return
    each = zip_members if start.startswith(ZIP) else tar_members
    try:
        yield from each(opened, depth)
    except BROKEN as fault:
        yield rejected(opened.read_from, f"the archive breaks off: {broken(fault)}")


def zip_members(opened: Opened, depth: int) -> Iterator[Found]:
    """The members of a zip archive."""
    with seekable(opened.stream) as stream, zipfile.ZipFile(stream) as archive:
        for member in archive.infolist():
            if member.is_dir() or hidden(member.filename):
                continue
            place = inside(opened, member.filename)
            if member.file_size > BOMB_BYTES and member.file_size > BOMB_RATIO * max(1, member.compress_size):
                yield rejected(place.read_from, bomb(member.file_size, member.compress_size))
                continue
            try:
                content = archive.open(member)
            except BROKEN as fault:
                yield rejected(place.read_from, broken(fault))
                continue
            with content:
                guarded = Guarded(content, Counted(io.BytesIO(), seen=max(1, member.compress_size)))
                yield from unpack(place._replace(stream=cast(BinaryIO, guarded)), depth + 1)


def tar_members(opened: Opened, depth: int) -> Iterator[Found]:
    """The members of a tar archive, read once from front to back."""
    with tarfile.open(fileobj=opened.stream, mode="r|") as archive:
        for member in archive:
            content = archive.extractfile(member) if member.isfile() and not hidden(member.name) else None
            if content is not None:
                with content:
                    yield from unpack(inside(opened, member.name)._replace(stream=cast(BinaryIO, content)), depth + 1)


def inside(opened: Opened, member: str) -> Opened:
    """The place of an archive's member."""
    return opened._replace(read_from=f"{opened.read_from}!{member}", identity=f"{opened.identity}!{member}")


def hidden(name: str) -> bool:
    """Whether a member is a hidden file, or what one system adds to the archives it makes."""
    return any(part.startswith(".") or part == "__MACOSX" for part in name.split("/"))


@contextmanager
def seekable(stream: BinaryIO) -> Iterator[IO[bytes]]:
    """The stream, or a copy of it that can be read from its end."""
    with suppress(AttributeError, io.UnsupportedOperation):
        if stream.seekable():
            yield stream
            return
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as copy:
        while chunk := stream.read(1 << 20):
            copy.write(chunk)
        copy.seek(0)
        yield copy


# ── streams ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class Counted(io.RawIOBase):
    """A stream that counts the bytes read from it."""

    def __init__(self, stream: Any, *, seen: int = 0) -> None:
        self.stream, self.seen = stream, seen

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer."""
        chunk = self.stream.read(len(buffer))
        buffer[: len(chunk)] = chunk
        self.seen += len(chunk)
        return len(chunk)


class Guarded(io.RawIOBase):
    """An unpacking stream that stops with a ReportError when it gives far more than was packed."""

    def __init__(self, unpacking: Any, packed: Counted) -> None:
        self.unpacking, self.packed, self.given = unpacking, packed, 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer; raises ReportError for a bomb."""
        chunk = self.unpacking.read1(len(buffer))  # read() would lose what stands before a break
        buffer[: len(chunk)] = chunk
        self.given += len(chunk)
        if self.given > BOMB_BYTES and self.given > BOMB_RATIO * max(1, self.packed.seen):
            raise ReportError(bomb(self.given, self.packed.seen))
        return len(chunk)


def bomb(unpacked: int, packed: int) -> str:
    """Why a file that unpacks without end is not read."""
    return f"it unpacks to more than {unpacked // 1_000_000} MB from {packed // 1000} kB: accepted are {BOMB_RATIO} times the packed size"


def peekable(stream: Any) -> io.BufferedReader:
    """The stream as one whose first bytes can be looked at."""
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream, buffer_size=1 << 16)


def peek(stream: io.BufferedReader, n: int) -> bytes:
    """The first bytes of a stream, left in it; fewer when it is shorter."""
    return stream.peek(n)[:n]


def broken(fault: BaseException) -> str:
    """Why packed bytes cannot be read, in plain words."""
    if isinstance(fault, ReportError):
        return fault.reason
    if isinstance(fault, EOFError):
        return "the compressed file ends early: it was cut off"
    if isinstance(fault, OSError) and fault.strerror:
        return f"it cannot be read: {fault.strerror}"
    return f"its packed bytes are broken ({fault}); accepted are gzip, bzip2, xz, zip and tar"
