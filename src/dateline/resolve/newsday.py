"""Whether a happening without a time of its own shares the day of the report's news: features of syntax, and a logistic model."""

from bisect import bisect_left
from math import exp

from dateline.codebook.times import NewsDay
from dateline.records import Analysis, Base
from dateline.resolve.tense import VERBAL, Words, governing_verb, tense_of
from dateline.syntax import subject_of

MARK_TAGS, MARKS = frozenset({"``", "''"}), frozenset('“”"')
LEAD, EARLY, MIDDLE = 2, 5, 10  # sentences of the body up to the end of each part


class Layout(Base, frozen=True):
    """Where each sentence stands (headline, lead, early, middle, late), and the first token of each lemma of headline and lead."""

    places: tuple[str, ...]
    opening: dict[str, int]

    def told_before(self, a: Analysis, i: int) -> bool:
        """The same word stands in the headline or the lead."""
        return self.opening.get(a.lemma[i], i) < i


def layout_of(a: Analysis) -> Layout:
    """Lines before the first full sentence (titles, dates, names) are headlines; places count sentences from there."""
    places, opening, told = [], dict[str, int](), 0
    for k, (first, last) in enumerate(a.sentences):
        if a.blocks[a.sentence_block[k]].kind != "body" or (told == 0 and is_title(a, k)):
            places.append("headline")
        else:
            places.append("lead" if told < LEAD else "early" if told < EARLY else "middle" if told < MIDDLE else "late")
            told += 1
        if places[-1] in ("headline", "lead"):
            for t in range(first, last):
                opening.setdefault(a.lemma[t], t)
    return Layout(tuple(places), opening)


def is_title(a: Analysis, sentence: int) -> bool:
    """A first line of the body that no full stop ends, where more follows: a headline that was not told from the body."""
    if sentence + 1 >= len(a.sentences) or a.sentence_block[sentence + 1] == a.sentence_block[sentence]:
        return False
    return all(a.tag[t] != "." for t in range(*a.sentences[sentence]))


def features_of(a: Analysis, i: int, kind: str, words: Words, layout: Layout) -> tuple[str, ...]:
    """Names of what holds of word i: no lemma of it, only its class, tense and place."""
    tense = tense_of(a, i, words) if a.pos[i] in VERBAL else a.pos[i]
    spot = layout.places[a.sentence[i]]
    part = spot if spot in ("headline", "lead") else "body"
    out = ["bias", f"kind {kind}", f"tense {tense}", f"dep {a.dep[i]}", f"place {spot}"]
    out += [f"{kind} {tense}", f"{kind} {part}", f"{tense} {part}", f"{tense} {a.dep[i]}"]
    if a.lemma[i] in words["reporting"]:
        out += ["reporting", f"reporting {tense}", f"reporting {tense} {part}"]
    if a.lemma[i] in words["states"]:
        out.append("state")
    out += of_governor(a, i, tense, words)
    if quoted(a, i):
        out += ["quoted", f"quoted {kind}", f"quoted {tense}"]
    if any(a.dep[c] == "neg" for c in a.children[i]):
        out.append("negated")
    if layout.told_before(a, i):
        out += ["told in the lead", f"told in the lead {tense}"]
    if a.pos[i] in VERBAL:
        out += of_verb(a, i, tense, words, layout)
    else:
        out += of_noun(a, i, words)
    return tuple(out)


def of_governor(a: Analysis, i: int, tense: str, words: Words) -> list[str]:
    """What the verb above a word is."""
    above = governing_verb(a, a.head[i]) if a.head[i] != i else None
    if above is None or above == i:
        return ["above none"]
    higher, reports = tense_of(a, above, words), a.lemma[above] in words["reporting"]
    return [f"above {higher}", f"above {higher} {tense}", f"above reporting {reports}", f"above reporting {reports} {tense}"]


def of_noun(a: Analysis, i: int, words: Words) -> list[str]:
    out = [f"determiner {determiner(a, i, words)}", f"number {a.tag[i]}"]
    return [*out, f"after {a.lower[a.head[i]]}"] if a.dep[i] == "pobj" else out


def of_verb(a: Analysis, i: int, tense: str, words: Words, layout: Layout) -> list[str]:
    """The adverbs of a verb that tell its time loosely, and what sort of subject it has."""
    out = [f"adverb {name}" for name in ("again", "once", "lately") if any(a.lower[c] in words[name] for c in a.children[i])]
    subject = subject_of(a, i)
    if subject is not None:
        entity = a.entities[a.entity[subject]].label if a.entity[subject] >= 0 else a.pos[subject]
        out += [f"subject {entity}", f"subject {a.dep[subject]}", f"subject told in the lead {layout.told_before(a, subject)}"]
    if any(a.dep[c] in ("dobj", "ccomp") for c in a.children[i]):
        out.append(f"transitive {tense}")
    return out


def quoted(a: Analysis, i: int) -> bool:
    """Between quotation marks of its own paragraph."""
    if "marks" not in a.kept:
        a.kept["marks"] = [t for t, (tag, word) in enumerate(zip(a.tag, a.word, strict=True)) if tag in MARK_TAGS or word in MARKS]
    marks: list[int] = a.kept["marks"]
    first = a.blocks[a.sentence_block[a.sentence[i]]].first
    opened = 0
    for t in marks[bisect_left(marks, first) : bisect_left(marks, i)]:
        opened = 1 if a.word[t] in ("``", "“") else 0 if a.word[t] in ("''", "”") else 1 - opened
    return bool(opened)


def determiner(a: Analysis, i: int, words: Words) -> str:
    for c in a.children[i]:
        if a.dep[c] == "poss":
            return "possessive"
        if a.dep[c] == "det":
            return "definite" if a.lower[c] in words["definite"] else "indefinite"
    return "none"


def probability(features: tuple[str, ...], model: NewsDay) -> float:
    """The logistic model's probability; features that it does not know count nothing."""
    return 1 / (1 + exp(-sum(model.weights.get(f, 0.0) for f in features)))
