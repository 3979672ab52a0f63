"""The lines of a plain text: where they stand, which hang together in one paragraph, and whether a line reads like prose."""

import re
from functools import cached_property
from itertools import pairwise
from statistics import median

from dateline.records import Base, Span

TERMINAL = re.compile(r"[.!?…。！？।॥۔؟։።][\"'”’»)\]」』]*\s*$")
CLOSED = re.compile(r"[.!?…:;。！？।॥۔؟։።\"'”’»)\]」』]\s*$")
WORD = re.compile(r"\w+(?:['’\-.]\w+)*")
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
YEAR = re.compile(r"(?<!\d)(?:19|20|25)\d\d(?!\d)")
LINE = re.compile(r"[^\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
PROSE_WORDS, LONG_PROSE_WORDS = 8, 30
SHORTEST_BROKEN = 25  # characters of a line that a stray break cut off
WRAP_WIDTHS = range(45, 111)  # characters of a full line in a hard-wrapped text


class Line(Base, frozen=True, kw_only=True, dict=True):
    """One line, or some that hang together: characters [start, end) without the space around them."""

    start: int
    end: int
    text: str
    after_blank: bool  # a blank line, or nothing, stands before it
    before_blank: bool = True

    @property
    def span(self) -> Span:
        """Its characters."""
        return Span(self.start, self.end)

    @cached_property
    def size(self) -> int:
        """Words; for scripts without spaces, half the characters."""
        return size_of(self.text)

    @cached_property
    def ends_sentence(self) -> bool:
        """Whether it ends as a sentence does."""
        return bool(TERMINAL.search(self.text))

    @cached_property
    def is_prose(self) -> bool:
        """Whether it reads like a paragraph rather than a headline, a caption or furniture."""
        ended = self.ends_sentence or self.text.endswith(":")
        return (ended and self.size >= PROSE_WORDS) or self.size >= LONG_PROSE_WORDS

    @cached_property
    def folded(self) -> str:
        """Its words without case: equal for lines that say the same."""
        return " ".join(WORD.findall(self.text.casefold()))


def size_of(text: str) -> int:
    """Words of a text; for scripts without spaces, half the characters."""
    unspaced = len(UNSPACED.findall(text)) if not text.isascii() else 0
    return unspaced // 2 if unspaced * 2 > len(text) else len(WORD.findall(text))


def lines_of(text: str) -> list[Line]:
    """The non-blank lines in order; lines that a narrow page or a stray break cut apart are joined."""
    lines = printed_lines(text)
    width = wrap_width(lines)
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last and not line.after_blank and hangs_together(last, line, width, text):
            joined[-1] = Line(start=last.start, end=line.end, text=text[last.start : line.end], after_blank=last.after_blank)
        else:
            joined.append(line)
    return [
        Line(start=a.start, end=a.end, text=a.text, after_blank=a.after_blank, before_blank=b is None or b.after_blank)
        for a, b in zip(joined, [*joined[1:], None], strict=False)
    ]


def printed_lines(text: str) -> list[Line]:
    """The non-blank lines as they stand."""
    found: list[Line] = []
    last_end = -1
    for m in LINE.finditer(text):
        stripped = m.group().strip()
        if stripped:
            start = m.start() + m.group().index(stripped[0])
            gap = text[last_end:start] if last_end >= 0 else "\n\n"
            blank = gap.count("\n") - gap.count("\r\n") + gap.count("\r") > 1 or "\u2029" in gap or "\x0c" in gap
            found.append(Line(start=start, end=start + len(stripped), text=stripped, after_blank=blank))
            last_end = start + len(stripped)
    return found


def wrap_width(lines: list[Line]) -> int | None:
    """The width that a hard-wrapped text was cut to; None for a text whose lines are paragraphs."""
    cut = [a for a, b in pairwise(lines) if not b.after_blank]
    if len(cut) < 4 or len(cut) < len(lines) / 3:
        return None
    lengths = [len(a.text) for a in cut]
    full = int(median(lengths))
    open_ended = sum(not TERMINAL.search(a.text) for a in cut)
    near = sum(abs(n - full) <= 15 for n in lengths)
    return full if full in WRAP_WIDTHS and open_ended >= 0.6 * len(cut) and near >= 0.6 * len(cut) else None


def hangs_together(above: Line, line: Line, width: int | None, text: str) -> bool:
    """Whether a line goes on in the next one, with no blank line between."""
    last = above.text[above.text.rfind("\n") + 1 :]
    if width is not None:
        indented = line.start > 1 and text[line.start - 1] in " \t\u3000" and text[line.start - 2] in " \t\u3000\n"
        return len(last) >= width - 15 and not indented
    broken = line.text[0].islower() and not CLOSED.search(last) and not line.text.startswith(("http", "www."))
    stamped = not line.ends_sentence and YEAR.search(line.text)  # a stamp may begin with a weekday in lower case
    return broken and not stamped and len(last) >= SHORTEST_BROKEN and line.size > 1
