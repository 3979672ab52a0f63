"""The analysis of one report's text: plain columns, one entry a token. No object of the language library leaves `language/`.

Offsets are code points of the report's canonical text. Heads are absolute token indices; a root is its own head.
"""

from typing import Any, Literal

from dateline.records.base import Base

BlockKind = Literal["headline", "deck", "caption", "dateline", "body"]


class Block(Base, frozen=True, kw_only=True):
    """One paragraph that was parsed by itself: characters [start, end), tokens [first, last), and what it is.

    A dateline is parsed apart from the paragraph that it opens: NAIROBI does nothing in "NAIROBI (AP) - Rebels took …".
    """

    kind: BlockKind
    start: int
    end: int
    first: int
    last: int
    index: int  # of this kind: body paragraph 0, 1, …


class Entity(Base, frozen=True, kw_only=True):
    """A named entity as the language model marks it: tokens [first, last) and its OntoNotes label."""

    first: int
    last: int
    label: str


class Analysis(Base, frozen=True, kw_only=True):
    """Columns over all tokens of all blocks, in order of the text.

    `children[i]` are the direct dependents of token i in order; `left[i]` and `right[i]` are the first and last token of its subtree.
    `sentence[i]` is the index of its sentence; `sentences[k]` is the token range [first, last) of sentence k.

    `parts[k]` is block k analysed by itself, counted from its own start: the same object wherever the paragraph stands. What finders have
    found in a part by looking at nothing else they keep in its `kept`, which lasts as long as the part.
    """

    text: str
    blocks: tuple[Block, ...]
    start: list[int]
    end: list[int]
    word: list[str]
    lower: list[str]
    lemma: list[str]
    pos: list[str]  # universal: VERB, NOUN, PROPN, …
    tag: list[str]  # Penn Treebank: VBD, NNP, …
    dep: list[str]  # ClearNLP labels as spaCy's English models give them: nsubj, dobj, prep, pobj, …
    head: list[int]
    sentence: list[int]
    children: list[tuple[int, ...]]
    left: list[int]
    right: list[int]
    entity: list[int]  # index into `entities`, or -1
    sentences: tuple[tuple[int, int], ...]
    sentence_block: tuple[int, ...]  # sentence → index into `blocks`
    entities: tuple[Entity, ...]
    parts: tuple["Analysis", ...] = ()
    kept: dict[Any, Any] = {}
