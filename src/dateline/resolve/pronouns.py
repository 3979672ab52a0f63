"""Who a third-person pronoun means: the most salient earlier actor of fitting gender and number. Sits inside the resolving of actors."""

import math
from bisect import bisect_left

from dateline.codebook.actors import Actors, Gender
from dateline.records import Analysis
from dateline.resolve.names import Group, Mention

WINDOW = 4  # sentences back
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
REFLEXIVE = ("self", "selves")


def quoted_tokens(a: Analysis) -> bytearray:
    """1 for every token between quotation marks, paragraph by paragraph."""
    inside = bytearray(len(a.word))
    for block in a.blocks:
        open_ = 0
        for i in range(block.first, block.last):
            word = a.word[i]
            if word == "“" or (word in ('"', "``") and not open_):
                open_ = 1
            elif word == "”" or (word in ('"', "''") and open_):
                open_ = 0
            else:
                inside[i] = open_
    return inside


class Antecedents:
    """The mentions seen so far, in order of the text, and the choice among them."""

    def __init__(self, a: Analysis, book: Actors) -> None:
        self._a, self._book = a, book
        self._quoted = quoted_tokens(a)
        self._tokens: list[int] = []
        self._seen: list[tuple[Mention, Group]] = []
        self._count: dict[int, int] = {}

    def add(self, mention: Mention, group: Group) -> None:
        """A mention that is already resolved; mentions come in order of the text."""
        at = bisect_left(self._tokens, mention.token)
        self._tokens.insert(at, mention.token)
        self._seen.insert(at, (mention, group))
        self._count[id(group)] = self._count.get(id(group), 0) + 1

    def relative(self, mention: Mention) -> Group | None:
        """The actor that "who" continues: what the relative clause hangs on."""
        a, verb = self._a, mention.token
        for _ in range(6):
            if a.dep[verb] in ("relcl", "acl"):
                head = a.head[verb]
                return next((g for m, g in reversed(self._seen) if m.token == head), None)
            verb = a.head[verb]
        return None

    def choose(self, mention: Mention, gender: Gender) -> Group | None:
        """The best earlier actor for a pronoun; None when nothing fits within the window."""
        best: Group | None = None
        top = 0.0
        barred = self._same_clause(mention)
        for m, group in reversed(self._seen[: bisect_left(self._tokens, mention.token)]):
            back = mention.sentence - m.sentence
            if back > WINDOW:
                break
            if m.token in barred or not fits(group, gender):
                continue
            score = self._score(m, group, mention, gender, back)
            if score > top:
                best, top = group, score
        return best

    def _score(self, m: Mention, group: Group, pronoun: Mention, gender: Gender, back: int) -> float:
        a, i = self._a, m.token
        score = 4.0 - back
        score += 1.2 * (a.dep[i] in SUBJECTS) + 0.5 * (a.dep[i] in SUBJECTS and a.dep[a.head[i]] == "ROOT")
        score += 0.4 * math.sqrt(min(4, self._count[id(group)]))
        score -= 0.8 * (m.found.kind == "nominal" and group.by == "nominal")
        score -= 1.2 * (bool(self._quoted[i]) != bool(self._quoted[pronoun.token]))
        score -= 0.6 * (a.dep[i] in ("poss", "compound", "amod", "nmod"))
        score -= 0.5 * (group.gender is None and gender in ("male", "female"))
        return score

    def _same_clause(self, mention: Mention) -> frozenset[int]:
        """Tokens that this pronoun cannot mean: the other arguments of its own verb, and the phrase that it stands in."""
        a, i = self._a, mention.token
        if a.lower[i].endswith(REFLEXIVE):
            return frozenset()
        if a.dep[i] == "poss":
            return frozenset((a.head[i],))
        head = a.head[i]
        while a.dep[head] in ("prep", "agent", "pcomp") and a.head[head] != head:
            head = a.head[head]
        barred = {c for c in a.children[head] if c != i}
        barred.add(head)
        return frozenset(barred)


def fits(group: Group, gender: Gender) -> bool:
    """Whether an actor may be meant by a pronoun of this gender."""
    if gender in ("male", "female"):
        return group.type == "PERSON" and not group.plural and group.gender in (None, gender)
    if gender == "plural":
        return group.plural or group.type in ("GROUP", "NORP") or (group.type == "ORG" and group.by == "nominal")
    return group.type in ("ORG", "GPE") and not group.plural
