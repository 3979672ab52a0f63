"""The columns of one paragraph, and from those of paragraphs to one Analysis."""

from collections.abc import Sequence
from typing import NamedTuple

from dateline.records import Analysis, Block, BlockKind, Entity


class Columns(NamedTuple):
    """One paragraph's columns: offsets and indices count from the paragraph's own start."""

    start: list[int]
    end: list[int]
    word: list[str]
    lower: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    sentence: list[int]
    children: list[tuple[int, ...]]
    left: list[int]
    right: list[int]
    entity: list[int]
    sentences: list[tuple[int, int]]
    entities: list[tuple[int, int, str]]


def part(paragraph: str, c: Columns) -> Analysis:
    """One paragraph as an Analysis of its own; it shares the columns."""
    columns = c._asdict()
    columns["sentences"] = tuple(c.sentences)
    columns["entities"] = tuple(Entity(first=a, last=b, label=label) for a, b, label in c.entities)
    block = Block(kind="body", start=0, end=len(paragraph), first=0, last=len(c.word), index=0)
    return Analysis(text=paragraph, blocks=(block,), sentence_block=(0,) * len(c.sentences), **columns)


def join(text: str, parts: Sequence[tuple[BlockKind, int, int, int, Analysis]]) -> Analysis:
    """One Analysis from those of its paragraphs: (kind, index of that kind, start, end, analysis)."""
    out = Columns(*([] for _ in range(16)))
    blocks: list[Block] = []
    of_sentence: list[int] = []
    entities: list[Entity] = []
    for kind, index, begin, finish, c in parts:
        t, s, e = len(out.word), len(out.sentences), len(entities)
        blocks.append(Block(kind=kind, start=begin, end=finish, first=t, last=t + len(c.word), index=index))
        of_sentence += [len(blocks) - 1] * len(c.sentences)
        for mine, its, shift in (
            (out.start, c.start, begin), (out.end, c.end, begin), (out.head, c.head, t),
            (out.sentence, c.sentence, s), (out.left, c.left, t), (out.right, c.right, t),
        ):  # fmt: skip
            mine += [x + shift for x in its]
        for words, its_words in (
            (out.word, c.word),
            (out.lower, c.lower),
            (out.lemma, c.lemma),
            (out.pos, c.pos),
            (out.tag, c.tag),
            (out.dep, c.dep),
        ):
            words += its_words
        out.children.extend([tuple([x + t for x in row]) if row else row for row in c.children])
        out.entity.extend([x + e if x >= 0 else -1 for x in c.entity])
        out.sentences.extend([(a + t, b + t) for a, b in c.sentences])
        entities.extend([Entity(first=n.first + t, last=n.last + t, label=n.label) for n in c.entities])
    columns = out._asdict()
    columns["sentences"], columns["entities"] = tuple(out.sentences), tuple(entities)
    return Analysis(text=text, blocks=tuple(blocks), sentence_block=tuple(of_sentence), parts=tuple(p[4] for p in parts), **columns)
