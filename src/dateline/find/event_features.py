"""What a learned model of event types looks at: the lexicon's votes, the words a trigger governs, the ways to its parties, tense.

Used by find/event_types.py when coding and by training/event_types.py when learning, so that both see the same.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from dateline.codebook.events import Events
from dateline.records import Analysis

if TYPE_CHECKING:
    from dateline.find.event_types import Trigger

CONTENT = frozenset({"VERB", "NOUN", "ADJ", "ADV", "ADP", "AUX", "PART"})
LISTED = frozenset({"has", "actor noun", "recipient noun", "dobj", "nsubjpass", "nsubj", "xcomp.dobj"})  # with the lists of words.yml too
LONGEST_PATH = 5


def features_of(
    a: Analysis, trigger: "Trigger", events: Events, *, near: Sequence["Trigger"], actor: Sequence[int], recipient: Sequence[int]
) -> dict[str, float]:
    """Named features and their values. `near` are the other triggers of the sentence; the parties' tokens may be empty."""
    found = dict(_votes(trigger))
    for name in (
        *_words(a, trigger), *_governed(a, trigger), *_above(a, trigger), *_party(a, trigger, actor, "actor"),
        *_party(a, trigger, recipient, "recipient"), *_between(a, actor, recipient), *_others(a, trigger, near),
    ):  # fmt: skip
        found[name] = 1.0
        role, _, word = name.partition("=")
        if role in LISTED:
            found.update({f"{role} in {{{which}}}": 1.0 for which in events.word_lists.get(word, ())})
    return found


def _votes(trigger: "Trigger") -> Iterator[tuple[str, float]]:
    total = sum(v.weight for v in trigger.votes)
    by_type: dict[str, float] = {}
    for v in trigger.votes:
        by_type[v.type] = max(by_type.get(v.type, 0.0), v.weight)
    for kind, weight in by_type.items():
        yield f"vote={kind}", min(weight, 4.0) / 2
        yield f"share={kind}", 2 * weight / total
    if trigger.votes:
        yield f"top={trigger.votes[0].type}", 1.0
        yield f"mode={trigger.votes[0].type}/{trigger.votes[0].mode}", 1.0
    else:
        yield "no votes", 1.0


def _words(a: Analysis, t: "Trigger") -> Iterator[str]:
    core, head = a.lemma[t.core].lower(), a.lemma[t.head].lower()
    yield f"core={core}"
    yield f"tag={a.tag[t.head]}"
    if t.core != t.head:
        yield f"head={head}"
        yield f"pair={head}+{core}"
    if t.negated:
        yield "negated"
    for c in a.children[t.head]:
        if a.dep[c] in ("aux", "auxpass"):
            yield f"aux={a.lower[c]}"
        elif a.dep[c] == "neg":
            yield "negation"
    for offset in (-2, -1, 1, 2):
        i = t.core + offset
        if 0 <= i < len(a.word) and a.pos[i] in CONTENT:
            yield f"near{offset}={a.lemma[i].lower()}"


def _governed(a: Analysis, t: "Trigger") -> Iterator[str]:
    for root in dict.fromkeys((t.head, t.core)):
        for c in a.children[root]:
            label = a.dep[c]
            if label in ("prep", "prt", "agent"):
                word = a.lower[c]
                yield f"{label}={word}"
                for p in a.children[c]:
                    if a.pos[p] == "NOUN":
                        yield f"{word}+{a.lemma[p].lower()}"
                        yield f"has={a.lemma[p].lower()}"
                    elif a.pos[p] == "VERB":
                        yield f"{word}+{a.lemma[p].lower()}"
            elif label in ("dobj", "nsubjpass", "dative", "attr", "oprd", "acomp", "compound", "amod", "advmod") and a.pos[c] in CONTENT | {
                "NUM"
            }:
                yield f"{label}={a.lemma[c].lower()}" if a.pos[c] != "NUM" else f"{label}=#"
                yield f"has={a.lemma[c].lower()}"
                for g in a.children[c]:
                    if a.dep[g] in ("compound", "amod") and a.pos[g] in CONTENT:
                        yield f"has={a.lemma[g].lower()}"
                    elif a.dep[g] == "prep":
                        yield from (f"of {a.lemma[p].lower()}" for p in a.children[g] if a.pos[p] == "NOUN")
            elif label in ("xcomp", "ccomp", "advcl"):
                yield f"{label}={a.lemma[c].lower()}"
                yield from (f"{label}.dobj={a.lemma[g].lower()}" for g in a.children[c] if a.dep[g] == "dobj" and a.pos[g] == "NOUN")
            elif label in ("nsubj", "poss") and a.pos[c] == "NOUN":
                yield f"{label}={a.lemma[c].lower()}"


def _above(a: Analysis, t: "Trigger") -> Iterator[str]:
    head = a.head[t.head]
    if head != t.head:
        yield f"under={a.dep[t.head]}:{a.lemma[head].lower() if a.pos[head] in CONTENT else a.pos[head]}"
    yield f"as={a.dep[t.head]}"


def _party(a: Analysis, t: "Trigger", tokens: Sequence[int], role: str) -> Iterator[str]:
    """Where a party stands as seen from the trigger, and what it is."""
    head = _head(a, tokens)
    if head is None:
        yield f"no {role}"
        return
    yield f"{role} kind={a.entities[a.entity[head]].label if a.entity[head] >= 0 else a.pos[head]}"
    for i in tokens:
        if a.pos[i] == "NOUN":
            yield f"{role} noun={a.lemma[i].lower()}"
    steps, at = list[str](), head
    while at not in (t.head, t.core) and a.head[at] != at and len(steps) < LONGEST_PATH:
        steps.append(a.lower[at] if a.dep[at] in ("prep", "agent", "dative") and a.pos[at] == "ADP" else a.dep[at])
        if a.pos[at] in ("VERB", "NOUN") and at != head:
            yield f"{role} by way of={a.lemma[at].lower()}"
        at = a.head[at]
    yield f"{role} way={'>'.join(steps) if at in (t.head, t.core) else 'other ' + '>'.join(steps[:2])}"


def _between(a: Analysis, actor: Sequence[int], recipient: Sequence[int]) -> Iterator[str]:
    """Words that stand between the two parties."""
    if not actor or not recipient:
        return
    first, last = sorted((actor, recipient), key=lambda tokens: tokens[0])
    yield "actor first" if first is actor else "recipient first"
    words = [a.lemma[i].lower() for i in range(first[-1] + 1, last[0]) if a.pos[i] in CONTENT and a.entity[i] < 0]
    for one, two in pairwise((*words, "|")):
        yield f"between={one}"
        yield f"between={one} {two}"


def _others(a: Analysis, t: "Trigger", near: Sequence["Trigger"]) -> Iterator[str]:
    """Types of the triggers above and below this one."""
    for other in near:
        if other.core == t.core or not other.votes:
            continue
        if a.head[other.head] in (t.head, t.core):
            yield f"below={other.votes[0].type}"
        elif a.head[t.head] in (other.head, other.core):
            yield f"above={other.votes[0].type}"


def _head(a: Analysis, tokens: Sequence[int]) -> int | None:
    inside = set(tokens)
    return next((i for i in tokens if a.head[i] not in inside or a.head[i] == i), None)
