"""Whether a happening without a time of its own shares the day of the report's news: features of syntax, and a logistic model."""

from math import exp

from dateline.codebook.times import NewsDay
from dateline.records import Analysis
from dateline.resolve.tense import VERBAL, Words, governing_verb, tense_of
from dateline.syntax import subject_of

LEAD = 2  # sentences of the body that tell the news


def features_of(a: Analysis, i: int, kind: str, words: Words) -> tuple[str, ...]:
    """Names of what holds of word i: no lemma of it, only its class, tense and place."""
    tense = tense_of(a, i, words) if a.pos[i] in VERBAL else a.pos[i]
    above = governing_verb(a, a.head[i])
    spot = place(a, i)
    block = a.blocks[a.sentence_block[a.sentence[i]]]
    out = [
        "bias",
        f"kind {kind}",
        f"tense {tense}",
        f"dep {a.dep[i]}",
        f"kind {kind} tense {tense}",
        f"block {block.kind}",
        f"place {spot}",
    ]
    if a.lemma[i] in words["reporting"]:
        out += ["reporting", f"reporting {tense}"]
    if a.lemma[i] in words["states"]:
        out.append("state")
    if above is not None and above != i:
        out += [f"above {tense_of(a, above, words)}", f"above reporting {a.lemma[above] in words['reporting']}"]
    if quoted(a, i):
        out += ["quoted", f"quoted {kind}"]
    if any(a.dep[c] == "neg" for c in a.children[i]):
        out.append("negated")
    if tense in ("NOUN", "PROPN"):
        out.append(f"determiner {determiner(a, i, words)}")
        out.append(f"number {a.tag[i]}")
    if told_before(a, i):
        out.append("told in the lead")
    if a.pos[i] in VERBAL:
        out += of_verb(a, i, tense, words)
    elif a.dep[i] == "pobj":
        out.append(f"after {a.lower[a.head[i]]}")
    out += [f"{tense} {spot}", f"{kind} {spot}"]
    return tuple(out)


def of_verb(a: Analysis, i: int, tense: str, words: Words) -> list[str]:
    """The adverbs of a verb that tell its time loosely, and what sort of subject it has."""
    out = [f"adverb {name}" for name in ("again", "once", "lately") if any(a.lower[c] in words[name] for c in a.children[i])]
    subject = subject_of(a, i)
    if subject is not None:
        entity = a.entities[a.entity[subject]].label if a.entity[subject] >= 0 else a.pos[subject]
        out += [f"subject {entity}", f"subject {a.dep[subject]}"]
    if any(a.dep[c] in ("dobj", "ccomp") for c in a.children[i]):
        out.append(f"transitive {tense}")
    return out


def place(a: Analysis, i: int) -> str:
    """Headline, lead, body: counted in sentences from the start of the body."""
    sentence = a.sentence[i]
    before = sum(a.blocks[b].kind == "body" for b in a.sentence_block[:sentence])
    return (
        "headline"
        if a.blocks[a.sentence_block[sentence]].kind != "body"
        else "lead"
        if before < LEAD
        else "early"
        if before < 8
        else "late"
    )


def quoted(a: Analysis, i: int) -> bool:
    """Between quotation marks of its own paragraph."""
    first = a.blocks[a.sentence_block[a.sentence[i]]].first
    marks = [a.word[t] for t in range(first, i) if a.tag[t] in ("``", "''") or a.word[t] in '“”"']
    opened = 0
    for mark in marks:
        opened = 1 if mark in ("``", "“") else 0 if mark in ("''", "”") else 1 - opened
    return bool(opened)


def told_before(a: Analysis, i: int) -> bool:
    """The same word stands in the headline or the first sentence."""
    last = a.sentences[min(LEAD, len(a.sentences)) - 1][1]
    return any(a.lemma[t] == a.lemma[i] for t in range(min(last, i)))


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
