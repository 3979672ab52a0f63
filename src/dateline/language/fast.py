"""The quicker language pass: the same answers as the stock pipeline of the known model, for less work.

Three things cost most in the stock pass and are done otherwise here: the part of a token's vector that depends on the word alone is kept;
the convolutions run in numpy over a whole batch; and tag → part of speech and lemma, which depend on (word, tag, label), are kept.
tests/test_language.py holds this pass to the stock one, column by column.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from sys import intern
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, LOWER, NORM, ORTH, SPACY, TAG
from spacy.tokens import Doc
from thinc.api import Model

from dateline.language.columns import Columns
from dateline.language.reading import TokenLabels, columns_of

Floats = NDArray[np.float32]
Learn = Callable[[int, NDArray[np.uint64]], None]  # told the number of the first new type, and the features of all that are new
BATCH, CHARACTERS = 128, 32_000  # paragraphs parsed together, or their characters: what the parser holds for more outgrows the caches
KEPT_WORDS = 40_000
KEPT_LABELS = 60_000
KEPT_VOCABULARY = 40_000  # words that the library learns for good, about 500 bytes each; those behind are forgotten with their batch
ROWS = 320  # tokens a matrix product: small enough for the cache
FENCE = "\u241f"  # a word that no rule of the model speaks of


class FastPass:
    """The pipeline's components, called one by one, with the costly parts replaced."""

    def __init__(self, nlp: Any) -> None:
        self._make_doc, self._vocab = nlp.make_doc, nlp.vocab
        self._tagger, self._parser, self._ner = (nlp.get_pipe(name) for name in ("tagger", "parser", "ner"))
        self._labels = Labels(nlp)
        shared, encoder = nlp.get_pipe("tok2vec").model, self._ner.model.get_ref("tok2vec")
        own = encoder.layers[0]
        self._words = WordTypes()
        self._vectors, inner = TokenVectors(shared, self._words), TokenVectors(own, self._words)
        node: Model[Any, Any] = Model("token_vectors", lambda model, docs, is_train: (inner.predict(), lambda d: []))
        self._ner.model.replace_node(own, node)

    def columns(self, paragraphs: Iterable[str]) -> Iterator[Columns]:
        """The columns of each paragraph, in order."""
        for texts in batches(paragraphs):
            with self._vocab.memory_zone() if len(self._vocab) > KEPT_VOCABULARY else nullcontext():
                found = self._batch(texts)
            yield from found

    def _batch(self, texts: list[str]) -> list[Columns]:
        docs = [self._make_doc(text) for text in texts]
        self._words.read(docs)
        for doc, vectors in zip(docs, self._vectors.predict(), strict=True):
            doc.tensor = vectors
        for part in (self._tagger, self._parser, self._ner):
            part.set_annotations(docs, part.predict(docs))
        return [columns_of(doc, labels) for doc, labels in zip(docs, self._labels.of(docs), strict=True)]


def batches(paragraphs: Iterable[str]) -> Iterator[list[str]]:
    """Consecutive paragraphs, so many as are parsed together."""
    texts: list[str] = []
    size = 0
    for text in paragraphs:
        texts.append(text)
        size += len(text)
        if len(texts) == BATCH or size >= CHARACTERS:
            yield texts
            texts, size = [], 0
    if texts:
        yield texts


class WordTypes:
    """Numbers the word types of a batch, and has every embedding compute those that are new. `rows` are those of the batch in hand."""

    def __init__(self) -> None:
        self.rows: list[list[int]] = []
        self._columns: list[int | str] = []
        self._embeddings: list[tuple[slice, Learn]] = []
        self._row_of: dict[tuple[int, int, int], int] = {}

    def join(self, columns: list[int], learn: Learn) -> None:
        """Tell `learn` of new types from now on, by these attributes."""
        first = len(self._columns)
        self._columns += columns
        self._embeddings.append((slice(first, len(self._columns)), learn))

    def read(self, docs: list[Doc]) -> None:
        """Set `rows`: where the vector of each token's type stands."""
        if len(self._row_of) > KEPT_WORDS:
            self._row_of.clear()
        keys = [list(zip(*doc.to_array([ORTH, NORM, SPACY]).T.tolist(), strict=True)) for doc in docs]
        new: dict[Any, NDArray[np.uint64]] = {}
        for doc, words in zip(docs, keys, strict=True):
            missing = [(i, w) for i, w in enumerate(words) if w not in self._row_of and w not in new]
            if missing:
                rows = doc.to_array(self._columns)
                new.update((w, rows[i]) for i, w in missing)
        if new:
            first = len(self._row_of)
            features = np.array(list(new.values()), dtype=np.uint64)
            for columns, learn in self._embeddings:
                learn(first, np.ascontiguousarray(features[:, columns]))
            self._row_of.update((word, first + i) for i, word in enumerate(new))
        self.rows = [[self._row_of[w] for w in words] for words in keys]


class TokenVectors:
    """A MultiHashEmbed + MaxoutWindowEncoder model, computed in numpy with the word-type part kept. Equal up to float32 rounding."""

    def __init__(self, model: Any, words: WordTypes) -> None:
        embed, encode = model.get_ref("embed"), model.get_ref("encode")
        self._hash = [layer for layer in embed.layers if layer.name.startswith("with_array")]
        self._pad = int(encode.attrs["pad"])
        maxouts = [layer for layer in encode.walk() if layer.name == "maxout"]
        norms = [layer for layer in encode.walk() if layer.name == "layernorm"]
        self._layers = [_layer(maxout, norm) for maxout, norm in zip(maxouts, norms, strict=True)]
        self._width, self._pieces, _ = maxouts[0].get_param("W").shape
        self._types = np.zeros((4096, self._width), "f")
        self._words = words
        columns = next(layer for layer in embed.walk() if layer.name == "extract_features").attrs["columns"]
        words.join(list(columns), self._learn)

    def predict(self) -> list[Floats]:
        """One (tokens × width) matrix a document of the batch in hand."""
        rows = self._words.rows
        pad = self._pad
        flat: Floats = np.zeros((sum(map(len, rows)) + pad * (len(rows) + 1), self._width), "f")
        ranges, at = [], pad
        for row in rows:
            flat[at : at + len(row)] = self._types[row]
            ranges.append((at, at + len(row)))
            at += len(row) + pad
        self._convolve(flat)
        return [flat[a:b] for a, b in ranges]

    def _learn(self, first: int, features: Any) -> None:
        for layer in self._hash:
            features = layer.predict(features)
        while first + len(features) > len(self._types):
            self._types = np.concatenate([self._types, np.zeros_like(self._types)])
        self._types[first : first + len(features)] = features

    def _convolve(self, x: Floats) -> None:
        """Residual window layers in place. The zero rows between documents are computed too, as the stock pass does."""
        n, width = x.shape
        padded = np.zeros((n + 2, width), "f")
        window, product, best = np.empty((ROWS, 3 * width), "f"), np.empty((ROWS, self._pieces * width), "f"), np.empty((ROWS, width), "f")
        for weights, bias, gain, shift in self._layers:
            padded[1:-1] = x
            for a in range(0, n, ROWS):
                b = min(n, a + ROWS)
                w, y, m = window[: b - a], product[: b - a], best[: b - a]
                for k in range(3):
                    w[:, k * width : (k + 1) * width] = padded[a + k : b + k]
                np.matmul(w, weights, out=y)
                y += bias
                np.maximum(y[:, :width], y[:, width : 2 * width], out=m)
                for piece in range(2, self._pieces):
                    np.maximum(m, y[:, piece * width : (piece + 1) * width], out=m)
                m -= m.mean(axis=1, keepdims=True)
                m *= (1 / np.sqrt(np.einsum("ij,ij->i", m, m) / np.float32(width) + np.float32(1e-8)))[:, None]
                m *= gain
                m += shift
                x[a:b] += m


def _layer(maxout: Any, norm: Any) -> tuple[Floats, Floats, Floats, Floats]:
    """Weights with the pieces side by side: (inputs × pieces·width), bias, gain, shift."""
    weights = maxout.get_param("W")
    width, pieces, inputs = weights.shape
    flat = np.ascontiguousarray(weights.transpose(1, 0, 2).reshape(pieces * width, inputs).T)
    bias = np.ascontiguousarray(maxout.get_param("b").T.reshape(-1))
    return flat, bias, norm.get_param("G").copy(), norm.get_param("b").copy()


class Labels:
    """Word, tag, part of speech, lemma and label of a token: what attribute_ruler and lemmatizer say, kept by (word, tag, label).

    A few of the model's rules look at two words ("gon na"); such tokens are kept with their neighbours.
    """

    def __init__(self, nlp: Any) -> None:
        self._vocab, self._strings = nlp.vocab, nlp.vocab.strings
        self._ruler, self._lemmatizer = nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer")
        index = self._lemmatizer.lookups.get_table("lemma_index")
        for key in list(index):
            index[key] = frozenset(index[key])  # a list is searched from its start for every form
        self._kept: dict[Any, TokenLabels] = {}
        self._opens = OpensPair(*_first_of_pairs(self._ruler, self._strings), self._strings)

    def of(self, docs: list[Doc]) -> list[list[TokenLabels]]:
        """What is said of every token of every document."""
        if len(self._kept) > KEPT_LABELS:
            self._kept.clear()
            self._opens.clear()
            self._lemmatizer.cache.clear()
        keys = [self._keys(doc) for doc in docs]
        new = list(dict.fromkeys(k for row in keys for k in row if k not in self._kept))
        if new:
            self._learn(new)
        return [[self._kept[k] for k in row] for row in keys]

    def _keys(self, doc: Doc) -> list[Any]:
        if not len(doc):
            return []
        words, tags, labels, lower = doc.to_array([ORTH, TAG, DEP, LOWER]).T.tolist()
        keys: list[Any] = list(zip(words, tags, labels, strict=True))
        opens = [self._opens[pair] for pair in zip(lower, labels, strict=True)]
        if any(opens):
            plain = list(keys)
            for i, opened in enumerate(opens):
                if opened or (i and opens[i - 1]):
                    before, after = plain[i - 1] if i else None, plain[i + 1] if i + 1 < len(plain) else None
                    keys[i] = (*plain[i], before, after)
        return keys

    def _learn(self, new: list[Any]) -> None:
        """Run the model's own rules over a made-up text that holds each key once; what can open a rule is fenced from the next."""
        words: list[tuple[int, int, int] | None] = []
        at = []
        for key in new:
            before, after = key[3:] if len(key) > 3 else (None, None)
            words += [before] if before else []
            at.append(len(words))
            words += [key[:3], *([after] if after else []), None] if len(key) > 3 else [key]
        s = self._strings
        doc = Doc(
            self._vocab,
            words=[s[w[0]] if w else FENCE for w in words],
            tags=[s[w[1]] if w else "NFP" for w in words],
            deps=[s[w[2]] if w else "punct" for w in words],
            heads=list(range(len(words))),
        )
        doc = self._lemmatizer(self._ruler(doc))
        for key, i in zip(new, at, strict=True):
            t = doc[i]
            self._kept[key] = (intern(t.text), intern(t.lower_), t.tag_, t.pos_, t.lemma_, t.dep_)


class OpensPair(dict[tuple[int, int], bool]):
    """Whether a lower-cased word with its label can open a rule over two words, found at the first asking."""

    def __init__(self, words: list[re.Pattern[str]], labels: set[int], strings: Any) -> None:
        super().__init__()
        self._words, self._labels, self._strings = words, labels, strings

    def __missing__(self, pair: tuple[int, int]) -> bool:
        word = self._strings[pair[0]]
        found = self[pair] = pair[1] in self._labels or any(p.search(word) for p in self._words)
        return found


def _first_of_pairs(ruler: Any, strings: Any) -> tuple[list[re.Pattern[str]], set[int]]:
    """What can open a rule over two words: patterns of the lower-cased word, and labels."""
    words, labels = [], set()
    for rule in ruler.patterns:
        for pattern in rule["patterns"]:
            if len(pattern) < 2:
                continue
            first = pattern[0]
            if len(pattern) > 2 or not {"LOWER", "DEP"} & set(first):
                raise ValueError(f"a rule of the model that this pass does not know: {pattern}")
            if isinstance(first.get("DEP"), str):
                labels.add(strings[first["DEP"]])
            elif isinstance(first["LOWER"], str):
                words.append(re.compile(rf"\A{re.escape(first['LOWER'])}\Z"))
            else:
                words.append(re.compile(first["LOWER"]["REGEX"]))
    return words, labels
