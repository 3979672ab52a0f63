"""From the library's document to plain columns, and from the columns of paragraphs to one Analysis."""

from collections.abc import Sequence
from itertools import accumulate
from operator import add
from sys import intern
from typing import Any, NamedTuple

from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, LOWER, ORTH, POS, SENT_START, SPACY, TAG

from dateline.records import Analysis, Block, BlockKind, Entity

ATTRIBUTES = [HEAD, SENT_START, ENT_IOB, ENT_TYPE, SPACY]
LABELS = [ORTH, LOWER, TAG, POS, LEMMA, DEP]
TokenLabels = tuple[str, str, str, str, str, str]  # word, lower-cased word, tag, part of speech, lemma, dependency label


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


def columns_of(doc: Any, labels: list[TokenLabels] | None = None) -> Columns:
    """Read a spaCy Doc once, as arrays: token attributes cost fifty times as much.

    `labels` are what is said of each token, where it is known from elsewhere.
    """
    if not len(doc):
        return Columns(*([] for _ in Columns._fields))
    name = doc.vocab.strings.__getitem__
    head, starts, iob, kinds, spaces = doc.to_array(ATTRIBUTES).T.tolist()
    if labels is None:
        labels = [
            (intern(name(o)), intern(name(w)), name(t), name(p), name(m), name(d)) for o, w, t, p, m, d in doc.to_array(LABELS).tolist()
        ]
    word, lower, tag, pos, lemma, dep = map(list, zip(*labels, strict=True))
    sizes = list(map(len, word))
    start = [0, *accumulate(map(add, sizes, spaces))]
    start.pop()
    # HEAD comes as an unsigned offset from the token itself.
    heads = [i + (h if h < 1 << 63 else h - (1 << 64)) for i, h in enumerate(head)]
    sentence, sentences = _sentences(starts)
    children, left, right = _tree(heads)
    entity, entities = _entities(iob, [name(k) if k else "" for k in kinds])
    return Columns(
        start=start,
        end=list(map(add, start, sizes)),
        word=word,
        lower=lower,
        lemma=lemma,
        pos=pos,
        tag=tag,
        dep=dep,
        head=heads,
        sentence=sentence,
        children=children,
        left=left,
        right=right,
        entity=entity,
        sentences=sentences,
        entities=entities,
    )


def _sentences(starts: list[int]) -> tuple[list[int], list[tuple[int, int]]]:
    firsts = [i for i, s in enumerate(starts) if s == 1 or i == 0]
    ranges = list(zip(firsts, [*firsts[1:], len(starts)], strict=True))
    return [k for k, (a, b) in enumerate(ranges) for _ in range(a, b)], ranges


def _tree(heads: list[int]) -> tuple[list[tuple[int, ...]], list[int], list[int]]:
    n = len(heads)
    children: list[list[int]] = [[] for _ in range(n)]
    left, right = list(range(n)), list(range(n))
    for i, h in enumerate(heads):
        if h != i:
            children[h].append(i)
        at = i
        while heads[at] != at:
            at = heads[at]
            if left[at] <= i <= right[at]:
                break  # what stands above already reaches this far
            left[at], right[at] = min(left[at], i), max(right[at], i)
    return [tuple(c) for c in children], left, right


def _entities(iob: list[int], kinds: list[str]) -> tuple[list[int], list[tuple[int, int, str]]]:
    entity, entities = [-1] * len(iob), []
    for i, (code, kind) in enumerate(zip(iob, kinds, strict=True)):
        if code == 3:  # begins
            entities.append((i, i + 1, kind))
        elif code == 1 and entities:  # inside
            entities[-1] = (entities[-1][0], i + 1, kind)
        else:
            continue
        entity[i] = len(entities) - 1
    return entity, entities


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
