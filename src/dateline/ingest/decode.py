"""Bytes → text: by its mark, as UTF-8, or by what charset-normalizer finds; and whether bytes are text at all."""

import codecs
import io
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from charset_normalizer import from_bytes

from dateline.errors import ReportError

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What news pages and corpora were written in before UTF-8; fewer to choose from gives fewer wrong guesses.
LEGACY = [
    *("cp1252", "cp1250", "cp1251", "cp1254", "cp1253", "cp1255", "cp1256", "cp1257", "cp1258", "koi8_r", "iso8859_2", "iso8859_9"),
    *("gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"),
]
CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27, 28, 29, 30, 31}) + b"\x7f"
PEEKED = 1 << 16  # bytes that the encoding of a corpus is told from
SAMPLE = 200_000  # bytes that an encoding is told from
ACCEPTED = "accepted are UTF-8, UTF-16 and UTF-32 with their mark, and the older encodings that can be told from the text"


def decode(raw: bytes) -> str:
    """The text of some bytes, without the mark of their encoding. Raises ReportError when they are no text, or none that can be told."""
    for mark, encoding in MARKS:
        if raw.startswith(mark):
            return decode_as(raw[len(mark) :], encoding)
    wide = wide_encoding(raw)
    if wide:
        return decode_as(raw, wide)
    refuse_binary(raw)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as fault:
        return decode_as(raw, legacy_encoding(raw, fault))


def decode_as(raw: bytes, encoding: str) -> str:
    """The bytes in one encoding."""
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as fault:
        raise ReportError(f"byte {fault.start} is not {encoding}; {ACCEPTED}") from None
    if "\0" in text:
        raise ReportError(f"character {text.index(chr(0))} is NUL: this is no text; {ACCEPTED}")
    return text


def wide_encoding(raw: bytes) -> str | None:
    """UTF-16 without its mark: nearly every second byte is NUL."""
    sample = raw[:2000]
    if len(sample) < 8 or len(raw) % 2:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 0.4 * len(sample) and not even:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * len(sample) and not odd else None


def refuse_binary(raw: bytes) -> None:
    """Raise ReportError when bytes are no text."""
    sample = raw[:SAMPLE]
    controls = sum(map(sample.count, CONTROLS[1:])) if sample.translate(None, CONTROLS) != sample else 0
    if controls > len(sample) / 50:
        raise ReportError(f"these bytes are binary, not text; {ACCEPTED}")
    nul = raw.find(b"\0")
    if nul >= 0:
        raise ReportError(f"byte {nul} is NUL: text holds none; {ACCEPTED}")


def legacy_encoding(raw: bytes, fault: UnicodeDecodeError) -> str:
    """The encoding that the bytes look like. Raises ReportError when they look like none."""
    start = max(0, fault.start - SAMPLE // 2)
    as_utf8 = raw[start : start + SAMPLE].decode("utf-8", errors="replace")
    broken = as_utf8.count("\ufffd")
    if sum(c > "\x7f" for c in as_utf8) - broken > 3 * broken:
        raise ReportError(f"byte {fault.start} is not UTF-8, though the rest is; {ACCEPTED}")
    best = from_bytes(raw[start : start + SAMPLE], cp_isolation=LEGACY).best()
    if best is None:
        raise ReportError(f"byte {fault.start} is not UTF-8, and no other encoding fits; {ACCEPTED}")
    return best.encoding


class Recoded(io.RawIOBase):
    """A stream in another encoding, given as UTF-8."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._chunks, self._left = codecs.iterdecode(iter(lambda: stream.read(1 << 16), b""), encoding), b""

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer."""
        while not self._left:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._left = chunk.encode("utf-8")
        taken, self._left = self._left[: len(buffer)], self._left[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)


def as_utf8(stream: BinaryIO) -> BinaryIO:
    """The stream of a corpus as UTF-8: its encoding is told from its mark, or from its first bytes. Raises ReportError for binary ones."""
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast(Any, stream), buffer_size=PEEKED)
    start = buffered.peek(PEEKED)[:PEEKED]
    mark = next((m for m, _ in MARKS if start.startswith(m)), b"")
    buffered.read(len(mark))
    encoding = dict(MARKS).get(mark) or wide_encoding(start) or narrow_encoding(start)
    return cast(BinaryIO, buffered if encoding == "utf-8" else io.BufferedReader(Recoded(cast(BinaryIO, buffered), encoding)))


def narrow_encoding(start: bytes) -> str:
    """The encoding of a stream without a mark: UTF-8 unless its first bytes speak against it. A character may be cut at the end."""
    if start.count(0) > len(start) / 50:
        raise ReportError(f"these bytes are binary, not text; {ACCEPTED}")
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError as fault:
        try:
            return legacy_encoding(start, fault)
        except ReportError:
            return "utf-8"  # one bad line among many: that line is set aside when it is read
    return "utf-8"


def bounded_lines(stream: BinaryIO, most: int) -> Iterator[tuple[int, bytes | None]]:
    """Each line with its number from 1, its line end kept; None for a line of more than `most` bytes, which is passed over unread."""
    number = 0
    while line := stream.readline(most + 1):
        number += 1
        if len(line) <= most or line.endswith(b"\n"):
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(1 << 20)
        yield number, None
