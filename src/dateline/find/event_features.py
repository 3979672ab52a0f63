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
LEADING = frozenset({"prep", "prt", "agent"})
HELD = frozenset({"dobj", "nsubjpass", "dative", "attr", "oprd", "acomp", "compound", "amod", "advmod"})
COMPLEMENTS = frozenset({"xcomp", "ccomp", "advcl"})
PREPOSITIONS = frozenset({"prep", "agent", "dative"})
LONGEST_PATH = 5


def features_of(
    a: Analysis, trigger: "Trigger", events: Events, *, near: Sequence["Trigger"], actor: Sequence[int], recipient: Sequence[int]
) -> dict[str, float]:
    """Named features and their values. `near` are the other triggers of the sentence; the parties' tokens may be empty."""
    names = [
        *_words(a, trigger), *_governed(a, trigger), *_above(a, trigger), *_party(a, trigger, actor, "actor"),
        *_party(a, trigger, recipient, "recipient"), *_between(a, actor, recipient), *_others(a, trigger, near),
    ]  # fmt: skip
    found = _votes(trigger)
    lists = events.lists_of
    for name in names:
        found[name] = 1.0
        if name in lists:
            for which in lists[name]:
                found[which] = 1.0
    return found


def _votes(trigger: "Trigger") -> dict[str, float]:
    votes = trigger.votes
    if not votes:
        return {"no votes": 1.0}
    found: dict[str, float] = {}
    total = sum(v.weight for v in votes)
    by_type: dict[str, float] = {}
    for v in votes:
        by_type[v.type] = max(by_type.get(v.type, 0.0), v.weight)
    for kind, weight in by_type.items():
        found[f"vote={kind}"] = min(weight, 4.0) / 2
        found[f"share={kind}"] = 2 * weight / total
    found[f"top={votes[0].type}"] = found[f"mode={votes[0].type}/{votes[0].mode}"] = 1.0
    return found


def _words(a: Analysis, t: "Trigger") -> list[str]:
    pos, lemma, dep = a.pos, a.lemma, a.dep
    core, head = lemma[t.core].lower(), lemma[t.head].lower()
    found = [f"core={core}", f"tag={a.tag[t.head]}"]
    if t.core != t.head:
        found += (f"head={head}", f"pair={head}+{core}")
    if t.negated:
        found.append("negated")
    for c in a.children[t.head]:
        label = dep[c]
        if label == "aux" or label == "auxpass":
            found.append(f"aux={a.lower[c]}")
        elif label == "neg":
            found.append("negation")
    for offset in (-2, -1, 1, 2):
        i = t.core + offset
        if 0 <= i < len(pos) and pos[i] in CONTENT:
            found.append(f"near{offset}={lemma[i].lower()}")
    return found


def _governed(a: Analysis, t: "Trigger") -> list[str]:
    pos, lemma, dep, children = a.pos, a.lemma, a.dep, a.children
    found: list[str] = []
    for c in children[t.head] if t.head == t.core else (*children[t.head], *children[t.core]):
        label = dep[c]
        if label in LEADING:
            word = a.lower[c]
            found.append(f"{label}={word}")
            for p in children[c]:
                if pos[p] == "NOUN":
                    noun = lemma[p].lower()
                    found += (f"{word}+{noun}", f"has={noun}")
                elif pos[p] == "VERB":
                    found.append(f"{word}+{lemma[p].lower()}")
        elif label in HELD:
            if pos[c] in CONTENT:
                found += (f"{label}={lemma[c].lower()}", f"has={lemma[c].lower()}")
            elif pos[c] == "NUM":
                found += (f"{label}=#", f"has={lemma[c].lower()}")
            else:
                continue
            for g in children[c]:
                if dep[g] == "compound" or dep[g] == "amod":
                    if pos[g] in CONTENT:
                        found.append(f"has={lemma[g].lower()}")
                elif dep[g] == "prep":
                    found += [f"of {lemma[p].lower()}" for p in children[g] if pos[p] == "NOUN"]
        elif label in COMPLEMENTS:
            found.append(f"{label}={lemma[c].lower()}")
            found += [f"{label}.dobj={lemma[g].lower()}" for g in children[c] if dep[g] == "dobj" and pos[g] == "NOUN"]
        elif (label == "nsubj" or label == "poss") and pos[c] == "NOUN":
            found.append(f"{label}={lemma[c].lower()}")
    return found


def _above(a: Analysis, t: "Trigger") -> tuple[str, ...]:
    head, dep = a.head[t.head], a.dep[t.head]
    if head == t.head:
        return (f"as={dep}",)
    return f"under={dep}:{a.lemma[head].lower() if a.pos[head] in CONTENT else a.pos[head]}", f"as={dep}"


def _party(a: Analysis, t: "Trigger", tokens: Sequence[int], role: str) -> list[str]:
    """Where a party stands as seen from the trigger, and what it is."""
    head = _head(a, tokens)
    if head is None:
        return [f"no {role}"]
    pos, lemma, dep, head_of = a.pos, a.lemma, a.dep, a.head
    found = [f"{role} kind={a.entities[a.entity[head]].label if a.entity[head] >= 0 else pos[head]}"]
    found += [f"{role} noun={lemma[i].lower()}" for i in tokens if pos[i] == "NOUN"]
    steps, at, ends = list[str](), head, (t.head, t.core)
    while at not in ends and head_of[at] != at and len(steps) < LONGEST_PATH:
        steps.append(a.lower[at] if pos[at] == "ADP" and dep[at] in PREPOSITIONS else dep[at])
        if at != head and (pos[at] == "VERB" or pos[at] == "NOUN"):
            found.append(f"{role} by way of={lemma[at].lower()}")
        at = head_of[at]
    found.append(f"{role} way={'>'.join(steps) if at in ends else 'other ' + '>'.join(steps[:2])}")
    return found


def _between(a: Analysis, actor: Sequence[int], recipient: Sequence[int]) -> list[str]:
    """Words that stand between the two parties."""
    if not actor or not recipient:
        return []
    first, last = (actor, recipient) if actor[0] <= recipient[0] else (recipient, actor)
    found = ["actor first" if first is actor else "recipient first"]
    words = [a.lemma[i].lower() for i in range(first[-1] + 1, last[0]) if a.pos[i] in CONTENT and a.entity[i] < 0]
    for one, two in pairwise((*words, "|")):
        found += (f"between={one}", f"between={one} {two}")
    return found


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
    heads = a.head
    for i in tokens:
        if heads[i] not in tokens or heads[i] == i:
            return i
    return None
