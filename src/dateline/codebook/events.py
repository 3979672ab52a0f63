"""PLOVER event types with modes, triggers and patterns: the form of this part of the codebook, and its index by head word.

One file a category in `data/events/`; `words.yml` there holds named word lists, `frames.yml` the verbs that govern another act,
`conventions.yml` how the roots of other data sets name these types.
"""

import base64
import math
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

import msgspec
import numpy as np

from dateline.codebook.loader import Loader
from dateline.records import Base

FOLDER, LEARNED = "events", "learned/event_types.json"
SHARED = ("words.yml", "frames.yml", "conventions.yml")
LISTED = ("has", "actor noun", "recipient noun", "dobj", "nsubjpass", "nsubj", "xcomp.dobj")  # features that know of the lists of words.yml


class Mode(Base, frozen=True, kw_only=True):
    """How the act was done: its score on the conflict-cooperation scale (None: the type's), its CAMEO code, what it means."""

    score: float | None = None
    cameo: str | None = None
    says: str = ""


class Entry(Base, frozen=True, kw_only=True):
    """Phrases that name the act, comma-separated, and the words that must or must not stand among what they govern.

    A verb phrase starts with its verb ("take into custody"); a noun phrase ends with its noun ("hunger strike") or has it before
    "of" ("state of siege"). The other words must be governed by the head. `{name}` stands for a list of words.yml.
    """

    verbs: str = ""
    nouns: str = ""
    adjectives: str = ""
    mode: str | None = None
    cameo: str | None = None
    with_: str = msgspec.field(default="", name="with")
    without: str = ""
    by: str = ""  # the subject, or the agent of a passive, must be one of these
    negated: bool = False  # only when the trigger is negated ("did not sign")
    weight: float = 1.0  # of its vote, before what its conditions add
    note: str = ""


class Category(Base, frozen=True, kw_only=True):
    """One event type: what it means and which words say it."""

    type: str
    definition: str
    source: str
    quad: int  # 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict
    score: float
    cameo: str  # CAMEO root
    recipient: bool = False  # whether the source requires one
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    modes: dict[str, Mode] = {}
    triggers: tuple[Entry, ...]


class Frames(Base, frozen=True, kw_only=True):
    """Verbs and nouns that say how an act is meant, and small sets of helper words. Comma-separated phrases."""

    light_verbs: str  # carry an event noun as object: hold talks, carry out strikes
    aspect_verbs: str  # begin, continue, …: the act is what they govern
    stop_verbs: str  # end, halt, …: the act comes to an end
    future: str  # plan, intend, …: the act is not done yet
    future_auxiliaries: str  # will, would
    ready: str  # ready, willing, set, poised: the same, as adjectives
    obligations: str  # must, should: what somebody is told to do
    reporting: str  # said, announced, …: the act is in their clause
    modals: str  # would, could, may: not done
    negations: str  # not, never, no, without
    authors: str  # nouns whose owner or place is the actor: ministry, spokesman


class Conventions(Base, frozen=True, kw_only=True):
    """How a data set with other roots names our types: by mode first, then by status and type, then by type."""

    modes: dict[str, str] = {}
    planned: dict[str, str] = {}
    negated: dict[str, str] = {}
    cameo: dict[str, str] = {}  # CAMEO code → the type it is filed under, where that is not the lexicon's
    filed: dict[str, str] = {}  # TYPE/CAMEO of an event that the record filed so → the type that the lexicon gave it
    triggers: dict[str, str] = {}  # the same by the trigger's lemma
    left_out: dict[str, frozenset[str]] = {}  # by type, lemmas of triggers that the set takes for a mere statement or appeal
    left_out_objects: dict[str, frozenset[str]] = {}  # the same by the lemma of what they are about: "rejected the accusation"

    def root(self, name: str | None, mode: str | None, status: str) -> str | None:
        """The set's root for an act of ours: by mode where it names the mode, then by status, else the type itself."""
        if name is None:
            return None
        by_status = {"planned": self.planned, "threatened": self.planned, "negated": self.negated}.get(status, {})
        named = self.modes.get(f"{name}/{mode}", name)
        return by_status.get(named, named)


class TypeModel(Base, frozen=True, kw_only=True):
    """Learned weights, one row a feature and one column a label, as training/event_types.py writes them (base64 of float16)."""

    labels: tuple[str, ...]  # TYPE, TYPE/mode where a convention asks for it, and last "none": whether the word names an act at all
    features: tuple[str, ...]
    bias: tuple[float, ...]
    temperature: float = 1.0  # divides the scores, so that probabilities mean what they say
    weights: str


class TypeWeights:
    """The same, ready to score with."""

    def __init__(self, model: TypeModel) -> None:
        self.labels, self.temperature = model.labels, model.temperature
        self.types = frozenset(label.partition("/")[0] for label in model.labels)
        self.rows = {name: i for i, name in enumerate(model.features)}
        shape = (len(model.features), len(model.labels))
        self.weights = np.frombuffer(base64.b64decode(model.weights), np.float16).astype(np.float32).reshape(shape)
        self.bias = np.array(model.bias, np.float32)

    def likeliest(self, features: Mapping[str, float], *, must: bool = False) -> tuple[str, float]:
        """The likeliest of the types and "none" (of the types alone, where it `must` be one), and its probability; features that were not
        learned count for nothing."""
        learned, rows, values = self.rows, list[int](), list[float]()
        for name, value in features.items():
            if (row := learned.get(name)) is not None:
                rows.append(row)
                values.append(value)
        # for so few numbers calling numpy costs most: one product, and the rest by hand
        scores: list[float] = (self.bias + np.array(values, np.float32) @ self.weights.take(rows, axis=0)).tolist()
        last, temperature = scores.pop(), self.temperature
        top = max(scores)
        none = 1.0 / (1.0 + math.exp(-last))
        share = (1.0 - none) / sum([math.exp((score - top) / temperature) for score in scores])
        return (self.labels[-1], none) if none > share and not must else (self.labels[scores.index(top)], share)


class Pattern(Base, frozen=True, kw_only=True):
    """One phrase of an entry, ready to match: its head's lemma is its key in the index."""

    rest: tuple[str, ...]
    needs: frozenset[str]
    bars: frozenset[str]
    by: frozenset[str]
    negated: bool
    type: str
    mode: str | None
    cameo: str
    weight: float
    entry: str  # TYPE#number: which entry of which file


class Phrases(tuple[Pattern, ...]):
    """The phrases of one head word, the heaviest first."""

    @cached_property
    def of_negated(self) -> bool:
        """Whether one of them asks for a negation."""
        return any(p.negated for p in self)

    @cached_property
    def asked(self) -> frozenset[str]:
        """Words of which a sentence must hold one for any of them to fit; empty where one asks for none."""
        asked = [frozenset(p.rest[:1]) or p.needs for p in self]
        return frozenset().union(*asked) if all(asked) else frozenset()


class Events(Base, frozen=True, kw_only=True, dict=True):
    """Categories by name, and their phrases by the lemma of the head word."""

    folder: Path  # of the codebook: its examples stand there
    categories: dict[str, Category]
    verbs: Mapping[str, Phrases]
    nouns: Mapping[str, Phrases]
    adjectives: Mapping[str, Phrases]
    light_verbs: Mapping[str, tuple[tuple[str, ...], ...]]  # verb → particles and such that it needs ("carry" → ("out",))
    frames: Mapping[str, frozenset[str]]
    conventions: dict[str, Conventions]
    stopped: Mapping[str, str]
    lemmas: Mapping[str, str]
    stop_verbs: Mapping[str, tuple[tuple[str, ...], ...]]
    contexts: dict[str, frozenset[str]] = {}
    lists_of: Mapping[str, tuple[str, ...]] = {}  # "dobj=tank" → "dobj in {weapons}": what the lists of words.yml say of a feature
    model: TypeWeights | None = None  # None: the votes alone decide

    @cached_property
    def heads(self) -> frozenset[str]:
        """Every lemma at which a phrase may be found, as the language model may write it: most words are passed over by it."""
        with_e = {form for verb in self.verbs for form in (f"{verb}e", verb.removesuffix("e"))}
        return frozenset({*self.verbs, *self.nouns, *self.adjectives, *self.lemmas, *with_e})

    def quad(self, name: str | None) -> int | None:
        """Quad class of a type; None for none."""
        return self.categories[name].quad if name in self.categories else None

    def score(self, name: str | None, mode: str | None = None) -> float | None:
        """Conflict-cooperation score of a mode, or of its type; None for no type."""
        category = self.categories.get(name or "")
        if category is None:
            return None
        known = category.modes.get(mode or "")
        return category.score if known is None or known.score is None else known.score

    def cameo(self, name: str | None, mode: str | None = None) -> str | None:
        """CAMEO code of a mode, or the root of its type; None for no type."""
        category = self.categories.get(name or "")
        if category is None:
            return None
        known = category.modes.get(mode or "")
        return category.cameo if known is None or known.cameo is None else known.cameo


class Shared(Base, frozen=True, kw_only=True):
    """What `frames.yml` holds."""

    frames: Frames
    stopped: dict[str, str] = {}  # type → TYPE/mode of bringing it to an end
    lemmas: dict[str, str] = {}
    contexts: dict[str, str] = {}


def read_events(loader: Loader) -> Events | None:
    """This part, or None with its faults kept in the loader."""
    lists = loader.read(f"{FOLDER}/words.yml", dict[str, str])
    shared = loader.read(f"{FOLDER}/frames.yml", Shared)
    conventions = loader.read(f"{FOLDER}/conventions.yml", dict[str, Conventions])
    model = loader.read(LEARNED, TypeModel) if (loader.folder / LEARNED).exists() else None
    names = sorted(p.name for p in (loader.folder / FOLDER).glob("*.yml") if p.name not in SHARED)
    loader.check(FOLDER, "*.yml", names, "no category")
    read = {name: loader.read(f"{FOLDER}/{name}", Category) for name in names}
    categories = {c.type: c for c in read.values() if c is not None}
    if lists is None or shared is None or conventions is None or len(categories) < len(names):
        return None
    words = {name: frozenset(phrases(text)) for name, text in lists.items()}
    for name, category in read.items():
        if category is not None:
            _check(loader, f"{FOLDER}/{name}", name, category, words)
    if loader.faults:
        return None
    return Events(
        folder=loader.folder,
        categories=categories,
        verbs=_index(categories, words, "verbs"),
        nouns=_index(categories, words, "nouns"),
        adjectives=_index(categories, words, "adjectives"),
        light_verbs=_grouped(p.split() for p in phrases(shared.frames.light_verbs)),
        frames={name: frozenset(phrases(getattr(shared.frames, name))) for name in shared.frames.__struct_fields__},
        conventions=conventions,
        stopped=shared.stopped,
        lemmas=shared.lemmas,
        stop_verbs=_grouped(p.split() for p in phrases(shared.frames.stop_verbs)),
        lists_of=_lists_of_features(words),
        model=TypeWeights(model) if model else None,
        contexts={name: frozenset(phrases(text)) for name, text in shared.contexts.items()},
    )


def phrases(text: str) -> list[str]:
    """The phrases of a comma-separated list."""
    return [" ".join(p.split()) for p in text.split(",") if p.strip()]


def expand(text: str, words: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The words of a condition, with the named lists spelt out."""
    found: set[str] = set()
    for phrase in phrases(text):
        found |= words[phrase[1:-1]] if phrase.startswith("{") else {phrase}
    return frozenset(found)


def head_and_rest(kind: str, phrase: str) -> tuple[str, tuple[str, ...]]:
    """The head word of a phrase, and the words that it must govern. A verb's phrase begins with it, a noun's ends with it or goes on with "of"."""
    first = phrase.split()[0]
    parts = phrase.replace("-", " ").split()
    last = parts.index("of") - 1 if "of" in parts[1:] else len(parts) - 1
    at = last if kind == "nouns" else first.count("-")  # the tokeniser splits at hyphens, and "test" hangs on "fired"
    return parts[at], tuple(p for i, p in enumerate(parts) if i != at)


def _index(categories: Mapping[str, Category], words: Mapping[str, frozenset[str]], kind: str) -> dict[str, Phrases]:
    found: dict[str, list[Pattern]] = {}
    for category in categories.values():
        for number, entry in enumerate(category.triggers):
            for head, pattern in _patterns(category, number, entry, words, kind):
                found.setdefault(head, []).append(pattern)
    return {head: Phrases(sorted(ps, key=lambda p: (-p.weight, p.entry, p.rest))) for head, ps in found.items()}


def _patterns(
    category: Category, number: int, entry: Entry, words: Mapping[str, frozenset[str]], kind: str
) -> Iterator[tuple[str, Pattern]]:
    text: str = getattr(entry, kind)
    if not text:
        return
    needs, bars, by = expand(entry.with_, words), expand(entry.without, words), expand(entry.by, words)
    mode = category.modes.get(entry.mode or "")
    cameo = entry.cameo or (mode.cameo if mode else None) or category.cameo
    for phrase in sorted(expand(text, words)):
        head, rest = head_and_rest(kind, phrase)
        weight = entry.weight + len(rest) + 1.5 * bool(needs) + 0.5 * bool(by) + 2.0 * entry.negated
        yield (
            head,
            Pattern(
                rest=rest, needs=needs, bars=bars, by=by, negated=entry.negated, type=category.type, mode=entry.mode,
                cameo=cameo, weight=weight, entry=f"{category.type}#{number}",
            ),
        )  # fmt: skip


def _grouped(phrases_of: Iterator[list[str]]) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for head, *rest in phrases_of:
        found.setdefault(head, []).append(tuple(rest))
    return {head: tuple(rests) for head, rests in found.items()}


def _lists_of_features(words: Mapping[str, frozenset[str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in sorted(words):
        for word in sorted(words[name]):
            for role in LISTED:
                found.setdefault(f"{role}={word}", []).append(f"{role} in {{{name}}}")
    return {feature: tuple(lists) for feature, lists in found.items()}


def _check(loader: Loader, path: str, name: str, category: Category, words: Mapping[str, frozenset[str]]) -> None:
    loader.check(path, "type", name == f"{category.type}.yml", f"the file of {category.type} is named {category.type}.yml")
    loader.check(path, "quad", category.quad in (1, 2, 3, 4), "1, 2, 3 or 4")
    for number, entry in enumerate(category.triggers):
        key = f"triggers[{number}]"
        loader.check(path, key, entry.verbs or entry.nouns or entry.adjectives, "needs verbs, nouns or adjectives")
        loader.check(
            path, f"{key}.mode", entry.mode is None or entry.mode in category.modes, f"{entry.mode!r} is not a mode of {category.type}"
        )
        for field in ("verbs", "nouns", "adjectives", "with_", "without", "by"):
            for phrase in phrases(getattr(entry, field)):
                known = not phrase.startswith("{") or phrase[1:-1] in words
                loader.check(path, f"{key}.{field.rstrip('_')}", known, f"no list {phrase} in words.yml")
