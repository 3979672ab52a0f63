"""Text and blocks → Analysis. Each paragraph is parsed by itself, so equal paragraphs give equal analyses wherever they stand."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence

from dateline.codebook.case import CaseWords
from dateline.codebook.load import load_case
from dateline.language.case import restore_case
from dateline.language.columns import join, part
from dateline.language.model import DEFAULT_MODEL, Pass, load_pass
from dateline.records import Analysis, Block, BlockKind, Fields

FOREIGN_SPACES = "\n\r\t\u00a0\u2002\u2003\u2009\u202f"
KEPT_WORDS = 250_000  # of paragraphs already parsed and searched, about 100 MB: copies of a dispatch come close together


class Analyser:
    """A loaded model with a bounded memory of paragraphs already parsed. One a process; not shared between threads."""

    def __init__(self, language_pass: Pass, *, name: str, digest: str, case: CaseWords) -> None:
        self.name, self.digest = name, digest
        self._pass, self._case = language_pass, case
        self._seen: OrderedDict[str, Analysis] = OrderedDict()  # what was met last stands last
        self._words = 0

    def analyse(self, text: str, fields: Fields) -> Analysis:
        """The Analysis of one report's headline, deck, captions and body."""
        blocks, plain = blocks_of(text, fields), plain_spaces(text)
        self._parse(plain[a:b] for _, _, a, b in blocks)
        return join(text, [(kind, i, a, b, self._seen[plain[a:b]]) for kind, i, a, b in blocks])

    def read_ahead(self, reports: Iterable[tuple[str, Fields]]) -> None:
        """Parse the paragraphs of several reports together, which is quicker than one by one; `analyse` then finds them."""
        self._forget()
        self._parse(plain[a:b] for plain, fields in ((plain_spaces(t), f) for t, f in reports) for _, _, a, b in blocks_of(plain, fields))

    def _parse(self, paragraphs: Iterable[str]) -> None:
        new: list[str] = []
        for p in dict.fromkeys(paragraphs):
            if p in self._seen:
                self._seen.move_to_end(p)
            else:
                new.append(p)
        for paragraph, columns in zip(new, self._pass.columns(restore_case(p, self._case) for p in new), strict=True):
            self._seen[paragraph] = part(paragraph, columns)
            self._words += len(columns.word)

    def _forget(self) -> None:
        """Drop what was met longest ago when there is too much; never between a read_ahead and its analyses."""
        while self._words > KEPT_WORDS:
            self._words -= len(self._seen.popitem(last=False)[1].word)


def plain_spaces(text: str) -> str:
    """Line breaks and foreign spaces as spaces, for they unsettle the tokeniser: one character for one, so that offsets stay."""
    for space in FOREIGN_SPACES:
        if space in text:  # a look is quicker than str.translate, and mostly finds none
            text = text.replace(space, " ")
    return text


def load_analyser(model: str = DEFAULT_MODEL, *, fast: bool = True) -> Analyser:
    """Load a spaCy pipeline by package name. `fast` uses the quicker pass where the model is the known one.

    Raises ModelError when the package is missing or is not the pinned one.
    """
    language_pass, digest = load_pass(model, fast=fast)
    return Analyser(language_pass, name=model, digest=digest, case=load_case())


def blocks_of(text: str, fields: Fields) -> Sequence[tuple[BlockKind, int, int, int]]:
    """The stretches of text that are parsed: (kind, index of that kind, start, end), in order of the text."""
    found: list[tuple[BlockKind, int, int, int]] = []
    for kind, value in (("headline", fields.headline), ("deck", fields.deck)):
        if value and value.span:
            found.append((kind, 0, value.span.start, value.span.end))  # type: ignore[arg-type]
    found += [("caption", i, c.span.start, c.span.end) for i, c in enumerate(fields.captions)]
    for i, p in enumerate(fields.body):
        start, line = p.span.start, fields.dateline
        if line and start <= line.start < line.end < p.span.end:
            found.append(("dateline", 0, start, line.end))
            start = line.end + len(text[line.end : p.span.end]) - len(text[line.end : p.span.end].lstrip())
        found.append(("body", i, start, p.span.end))
    return sorted(found, key=lambda block: block[2:])


__all__ = ["Analyser", "Block", "blocks_of", "load_analyser"]
