"""Who a third-person pronoun means: the most salient earlier actor of fitting gender and number. Sits inside the resolving of actors."""

import math
from bisect import bisect_left
from collections.abc import Callable

from dateline.codebook.actors import Actors, Gender
from dateline.records import Analysis
from dateline.resolve.names import Group, Mention

WINDOW, EPITHET_WINDOW = 4, 6  # sentences back
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
SPEAKER, AGAIN = 2.0, 0.8  # what a speaker loses as "he" inside the own words, and gains as the "he" of "he said"
SHARING = frozenset({"conj", "xcomp", "advcl"})
DEEPEST = 4  # verbs that one subject is looked for through
MARKS = frozenset({"“", "”", '"', "``", "''"})
SENTENCE = 1.2  # what each sentence back costs
OWN_CLAUSE, JOINED = 1.2, 2.0  # what the subject of the pronoun's own clause gains, and what it is joined to by "and"
MOST = 7.4  # what nobody of an earlier sentence reaches, were it in this one
CLOSE = 0.1  # who leads the next by less is not surely meant
LEAST_THING = 4.0  # what an antecedent of "it" must reach: a subject of the same sentence or the one before


def quoted_tokens(a: Analysis) -> bytearray:
    """1 for every token between quotation marks, paragraph by paragraph; kept with the analysis."""
    if "quoted" not in a.kept:
        a.kept["quoted"] = _between_marks(a)
    found: bytearray = a.kept["quoted"]
    return found


def _between_marks(a: Analysis) -> bytearray:
    inside = bytearray(len(a.word))
    marks = [i for i, word in enumerate(a.word) if word in MARKS]
    for block in a.blocks if marks else ():
        opened: int | None = None
        for i in marks[bisect_left(marks, block.first) : bisect_left(marks, block.last)]:
            word, first = a.word[i], opened
            if word == "“" or (word in ('"', "``") and first is None):
                opened = i + 1
            elif word == "”" or (word in ('"', "''") and first is not None):
                opened = None
            else:
                continue  # an ending that ends nothing is a word like others
            if first is not None:
                inside[first:i] = b"\1" * (i - first)
        if opened is not None:
            inside[opened : block.last] = b"\1" * (block.last - opened)
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

    def called(self, mention: Mention, noun: str, sectors: Callable[[Group], str | None]) -> Group | None:
        """The named actor that an epithet ("the tycoon", "the newspaper") calls again; None when nobody near fits."""
        book, best, top = self._book, None, 0.0
        person = noun in book.epithets
        gender = book.gender_words.get(noun)
        barred = self._barred(mention)
        for m, group in reversed(self._seen[: bisect_left(self._tokens, mention.token)]):
            back = mention.sentence - m.sentence
            if back > EPITHET_WINDOW:
                break
            if group.by not in ("name", "codebook") or id(group) in barred or group.plural:
                continue
            if person and (group.type != "PERSON" or (None not in (gender, group.gender) and gender != group.gender)):
                continue
            if not person and (group.type != "ORG" or (sectors(group) or "UNK") not in book.body_epithets[noun]):
                continue
            score = self._score(m, group, mention, gender or "thing", back)
            if score > top:
                best, top = group, score
        return best

    def choose(self, mention: Mention, gender: Gender) -> Group | None:
        """The best earlier actor for a pronoun; None when nothing fits within the window."""
        if gender == "thing" and self._impersonal(mention.token):
            return None
        best: Group | None = None
        top = LEAST_THING if gender == "thing" else 0.0
        second = 0.0
        barred = self._barred(mention)
        favoured = self._above(mention)
        speakers = self._speakers_around(mention) if self._quoted[mention.token] else frozenset()
        speaks = self._speaks(mention.token)
        for m, group in reversed(self._seen[: bisect_left(self._tokens, mention.token)]):
            back = mention.sentence - m.sentence
            if back > WINDOW or (back > 0 and MOST - SENTENCE * back < top - CLOSE):
                break  # nobody further back can be meant, nor make it unclear who is
            if id(group) in barred or not self._agrees(m, group, gender):
                continue
            score = self._score(m, group, mention, gender, back) + favoured.get(m.token, 0.0)
            score -= SPEAKER * (id(group) in speakers)
            score += AGAIN * (speaks and back > 0 and self._speaks(m.token))
            if score > top:
                if group is not best:
                    second = top if best is not None else 0.0
                best, top = group, score
            elif group is not best:
                second = max(second, score)
        return best if top - second >= CLOSE else None

    def ahead(self, mention: Mention, gender: Gender) -> Group | None:
        """Whom "his" means in a phrase that opens a sentence: the subject that follows ("In his speech, Roe …"), where it fits."""
        a, i = self._a, mention.token
        if a.dep[i] != "poss":
            return None
        phrase, above = i, a.head[i]
        while a.dep[above] in ("pobj", "prep") and a.head[above] != above:
            phrase, above = above, a.head[above]
        if a.dep[phrase] != "prep" or a.pos[above] not in ("VERB", "AUX") or a.left[phrase] != a.sentences[mention.sentence][0]:
            return None
        subject = next((c for c in a.children[above] if c > i and a.dep[c] in SUBJECTS), None)
        return next((g for m, g in self._seen if m.token == subject and self._agrees(m, g, gender)), None)

    def _agrees(self, m: Mention, group: Group, gender: Gender) -> bool:
        """Whether the mention's form and its actor both allow the pronoun; a body with a plural name ("the Greens") is "they"."""
        many = self._a.tag[m.token] in ("NNS", "NNPS")
        if many and group.type == "ORG":
            return gender == "plural"
        return fits(group, gender)

    def _score(self, m: Mention, group: Group, pronoun: Mention, gender: Gender, back: int) -> float:
        a, i = self._a, m.token
        score = 4.0 - SENTENCE * back
        score += 1.2 * (a.dep[i] in SUBJECTS) + 0.5 * (a.dep[i] in SUBJECTS and a.dep[a.head[i]] == "ROOT")
        score += 0.4 * math.sqrt(min(4, self._count[id(group)]))
        score -= 0.8 * (m.found.kind == "nominal" and group.by == "nominal" and gender != "plural")
        score -= 1.2 * (bool(self._quoted[i]) != bool(self._quoted[pronoun.token]))
        score -= 0.6 * (a.dep[i] in ("poss", "compound", "amod", "nmod"))
        score -= 0.5 * (group.gender is None and gender in ("male", "female"))
        return score

    def _above(self, mention: Mention) -> dict[int, float]:
        """Subjects of the verbs above a pronoun, the nearest first, and what the pronoun's own phrase is joined to ("she and her aides")."""
        a, i = self._a, mention.token
        found: dict[int, float] = {}
        bonus, below = OWN_CLAUSE, ""
        if a.dep[i] == "poss" and a.dep[a.head[i]] == "conj":
            found[a.head[a.head[i]]] = JOINED
        while a.head[i] != i:
            i = a.head[i]
            controllers = [c for c in a.children[i] if a.dep[c] in SUBJECTS or (below == "xcomp" and a.dep[c] == "dobj")]
            for c in reversed(controllers):  # "urged the firm to end its strike": the firm's before the one who urged
                if c != mention.token:
                    found[c] = max(found.get(c, 0.0), bonus)
                    bonus /= 2
            below = a.dep[i]
        return found

    def _impersonal(self, i: int) -> bool:
        """Whether an "it" names nobody: "it is likely that", "make it clear", and objects, which seldom mean an actor."""
        a, head = self._a, self._a.head[i]
        if a.dep[i] == "poss" or a.lower[i] in self._book.reflexives:
            return False
        return a.dep[i] != "nsubj" or a.lemma[head] in self._book.impersonal or a.pos[head] not in ("VERB", "AUX")

    def _speakers_around(self, mention: Mention) -> frozenset[int]:
        """The actors that speak in the sentences around a quotation: who is "he" inside it is mostly somebody else."""
        near = range(mention.sentence - 1, mention.sentence + 2)
        return frozenset(id(group) for m, group in self._seen if m.sentence in near and self._speaks(m.token))

    def _speaks(self, i: int) -> bool:
        """Whether a word is the subject of a verb of speech, outside quotations."""
        a = self._a
        return a.dep[i] == "nsubj" and a.lemma[a.head[i]] in self._book.speech_verbs and not self._quoted[i]

    def _barred(self, mention: Mention) -> frozenset[int]:
        """The actors that stand in the same clause, and so are somebody else."""
        tokens = self._same_clause(mention)
        found = set()
        for token in tokens:
            at = bisect_left(self._tokens, token)
            while at < len(self._tokens) and self._tokens[at] == token:
                found.add(id(self._seen[at][1]))
                at += 1
        return frozenset(found)

    def _same_clause(self, mention: Mention) -> frozenset[int]:
        """Tokens that this pronoun cannot mean: the other arguments of its own verb, and the phrase that it stands in."""
        a, i = self._a, mention.token
        if a.lower[i] in self._book.reflexives:
            return frozenset()
        if a.dep[i] == "poss":
            return frozenset((a.head[i],))
        head = a.head[i]
        while a.dep[head] in ("prep", "agent", "pcomp") and a.head[head] != head:
            head = a.head[head]
        barred = {c for c in a.children[head] if c != i}
        barred.add(head)
        if a.dep[i] not in SUBJECTS:
            barred |= self._shared_subjects(head)
        return frozenset(barred)

    def _shared_subjects(self, verb: int) -> set[int]:
        """Who does what a verb without a subject of its own tells: "met the envoy and urged him", "came, accusing him"."""
        a = self._a
        for _ in range(DEEPEST):
            if a.dep[verb] not in SHARING or any(a.dep[c] in SUBJECTS for c in a.children[verb]):
                break
            open_complement = a.dep[verb] == "xcomp"
            verb = a.head[verb]
            told = {c for c in a.children[verb] if open_complement and a.dep[c] == "dobj"}
            if told:
                return told
        return {c for c in a.children[verb] if a.dep[c] in SUBJECTS}


def fits(group: Group, gender: Gender) -> bool:
    """Whether an actor may be meant by a pronoun of this gender."""
    if gender in ("male", "female"):
        return group.type == "PERSON" and not group.plural and group.gender in (None, gender)
    if gender == "plural":
        return group.plural or group.type in ("GROUP", "NORP") or (group.type == "ORG" and group.by == "nominal")
    return group.type in ("ORG", "GPE") and not group.plural and (group.key is not None or group.type == "ORG") and group.by != "place"
