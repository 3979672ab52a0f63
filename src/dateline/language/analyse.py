"""Text and blocks → Analysis. Each paragraph is parsed by itself, so equal paragraphs give equal analyses wherever they stand."""

from collections.abc import Iterable, Sequence
from typing import Any

from dateline.codebook.case import CaseWords
from dateline.codebook.load import load_case
from dateline.language.case import restore_case
from dateline.language.columns import Columns, columns_of, join
from dateline.language.model import DEFAULT_MODEL, load_model
from dateline.records import Analysis, Block, BlockKind, Fields

# Line breaks and foreign spaces unsettle the tokeniser; one character for one, so that offsets stay.
SAME_LENGTH = str.maketrans(dict.fromkeys("\n\r\t\u00a0\u2002\u2003\u2009\u202f", " "))
CACHED_PARAGRAPHS = 20_000


class Analyser:
    """A loaded model with a bounded memory of paragraphs already parsed. One a process; not shared between threads."""

    def __init__(self, nlp: Any, *, name: str, digest: str, case: CaseWords) -> None:
        self.name, self.digest = name, digest
        self._nlp, self._case = nlp, case
        self._seen: dict[str, Columns] = {}

    def analyse(self, text: str, fields: Fields) -> Analysis:
        """The Analysis of one report's headline, deck, captions and body."""
        blocks = blocks_of(fields)
        self._parse(text[a:b].translate(SAME_LENGTH) for _, _, a, b in blocks)
        return join(text, [(kind, i, a, b, self._seen[text[a:b].translate(SAME_LENGTH)]) for kind, i, a, b in blocks])

    def read_ahead(self, reports: Iterable[tuple[str, Fields]]) -> None:
        """Parse the paragraphs of several reports together, which is quicker than one by one; `analyse` then finds them."""
        if len(self._seen) > CACHED_PARAGRAPHS:
            self._seen.clear()
        self._parse(text[a:b].translate(SAME_LENGTH) for text, fields in reports for _, _, a, b in blocks_of(fields))

    def _parse(self, paragraphs: Iterable[str]) -> None:
        new = list(dict.fromkeys(p for p in paragraphs if p not in self._seen))
        for paragraph, doc in zip(new, self._nlp.pipe([restore_case(p, self._case) for p in new], batch_size=32), strict=True):
            self._seen[paragraph] = columns_of(doc)


def load_analyser(model: str = DEFAULT_MODEL, *, fast: bool = True) -> Analyser:
    """Load a spaCy pipeline by package name. `fast` uses the quicker pass where the model is the known one.

    Raises ModelError when the package is missing or is not the pinned one.
    """
    nlp, digest = load_model(model, fast=fast)
    return Analyser(nlp, name=model, digest=digest, case=load_case())


def blocks_of(fields: Fields) -> Sequence[tuple[BlockKind, int, int, int]]:
    """The stretches of text that are parsed: (kind, index of that kind, start, end), in order of the text."""
    found: list[tuple[BlockKind, int, int, int]] = []
    for kind, value in (("headline", fields.headline), ("deck", fields.deck)):
        if value and value.span:
            found.append((kind, 0, value.span.start, value.span.end))  # type: ignore[arg-type]
    found += [("caption", i, c.span.start, c.span.end) for i, c in enumerate(fields.captions)]
    found += [("body", i, p.span.start, p.span.end) for i, p in enumerate(fields.body)]
    return sorted(found, key=lambda block: block[2:])


__all__ = ["Analyser", "Block", "blocks_of", "load_analyser"]
