"""From the library's document to plain columns."""

from itertools import accumulate
from operator import add
from sys import intern
from typing import Any

from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, LOWER, ORTH, POS, SENT_START, SPACY, TAG

from dateline.language.columns import Columns

ATTRIBUTES = [HEAD, SENT_START, ENT_IOB, ENT_TYPE, SPACY]
LABELS = [ORTH, LOWER, TAG, POS, LEMMA, DEP]
TokenLabels = tuple[str, str, str, str, str, str]  # word, lower-cased word, tag, part of speech, lemma, dependency label


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
