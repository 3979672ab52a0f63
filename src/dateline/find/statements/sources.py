"""Whose words: the source of a cue, read from the grammar around it. No source is better than the nearest name."""

from dateline.codebook.statements import Statements
from dateline.find.statements.closings import closing_source
from dateline.find.statements.contents import CLOSING, DASHES, Content, Piece, is_addition
from dateline.records import Analysis

SUBJECTS = ("nsubj", "csubj")
BESIDE_QUOTE = frozenset({"quote<", "quote<.", "quote<,", "quote<~", "before", "around", "ccomp<"})
LONGEST_SOURCE = 24  # tokens between a quotation and its cue
BESIDE_MARK = frozenset({"speaker:", ":speaker", "signed"})
NOMINALS = frozenset({"NOUN", "PROPN", "PRON"})
SPEECH_TAGS = frozenset({"VBD", "VBZ", "VBP"})


def source_of(a: Analysis, t: int, content: Content, words: Statements) -> Piece | None:
    """Tokens of the source of cue `t` with this content, or None when the text names none."""
    if a.lower[t] in words.according:
        return _object_of(a, t)
    if content.frame in BESIDE_MARK:
        return _beside_mark(a, t, content)
    if content.frame == CLOSING:
        return closing_source(a, t, words)
    if a.pos[t] in ("NOUN", "PROPN"):
        found = _of_noun(a, t, words)
    elif a.pos[t] in ("ADJ", "ADV"):
        found = _subject(a, a.head[t], words) if a.head[t] != t else None
    else:
        found = _of_verb(a, t, content, words)
    return found if found and not _overlaps(found, content.pieces) else None


def _beside_mark(a: Analysis, t: int, content: Content) -> Piece | None:
    """The name before a colon, after a headline's colon, or after a dash."""
    block = next(b for b in a.blocks if b.first <= t < b.last)
    first, last = (block.first, t) if content.frame == "speaker:" else (t + 1, block.last)
    while first < last and not a.word[first][0].isalnum():
        first += 1
    while last > first and not a.word[last - 1][-1].isalnum():
        last -= 1
    return (first, last) if last > first else None


def _overlaps(piece: Piece, pieces: tuple[Piece, ...]) -> bool:
    return any(piece[0] < last and first < piece[1] for first, last in pieces)


def _phrase(a: Analysis, i: int, cue: int | None = None) -> Piece:
    """The whole phrase of a head word, without the cue's own words when the cue hangs inside it."""
    first, last = a.left[i], a.right[i] + 1
    if cue is not None and first <= cue < last:
        top = cue
        while a.head[top] != i and a.head[top] != top:
            top = a.head[top]
        last = a.left[top] if a.left[top] > i else i + 1
    while last - 1 > i and a.word[last - 1] in {",", "-", "–", "—", ";", ":", "(", "“", '"'}:
        last -= 1
    while first < i and not a.word[first][0].isalnum() and a.word[first] not in {"“", '"', "$", "@"}:
        first += 1
    dash = next((x for x in range(i - 1, first, -1) if a.word[x] in DASHES), None)
    if dash is not None and a.word[dash - 1].isupper():  # "BRUSSELS - European leaders": the town is the dateline's
        first = dash + 1
    return first, last


def _object_of(a: Analysis, t: int) -> Piece | None:
    for c in a.children[t]:
        for x in (c, *a.children[c]):
            if a.dep[x] == "pobj":
                return _phrase(a, x)
    return None


def _own_subject(a: Analysis, v: int) -> int | None:
    return next((c for c in a.children[v] if a.dep[c] in SUBJECTS), None)


def _passive_subject(a: Analysis, v: int) -> int | None:
    return next((c for c in a.children[v] if a.dep[c] == "nsubjpass"), None)


def _agent(a: Analysis, v: int, words: Statements) -> Piece | None:
    for c in a.children[v]:
        if a.dep[c] == "agent" or (a.dep[c] == "prep" and a.lower[c] in words.agents):
            for x in a.children[c]:
                if a.dep[x] == "pobj":
                    return _phrase(a, x)
    return None


def _has_auxiliary(a: Analysis, v: int) -> bool:
    return any(a.dep[c] == "aux" for c in a.children[v])


def _is_passive(a: Analysis, v: int) -> bool:
    return any(a.dep[c] in ("nsubjpass", "auxpass") for c in a.children[v])


def _of_verb(a: Analysis, t: int, content: Content, words: Statements) -> Piece | None:
    if content.frame in BESIDE_QUOTE:
        found = _beside_quote(a, t, content)
        if found:
            return found
    if _is_passive(a, t):
        subject = _passive_subject(a, t)
        if subject is not None and a.lower[t] in words.feeling:
            return _phrase(a, subject, t)
        return _agent(a, t, words)
    own = _own_subject(a, t)
    if own is not None:
        return _phrase(a, own, t)
    if is_addition(a, t, words):
        return _added_by(a, t, words)
    if a.dep[t] == "ROOT" and a.tag[t] in SPEECH_TAGS:
        return _mistaken_apposition(a, t) or _subject(a, t, words)
    if a.dep[t] in ("acl", "amod", "advcl") and a.tag[t] == "VBN" and a.lower[t] not in words.feeling and not _has_auxiliary(a, t):
        return _agent(a, t, words)
    return _subject(a, t, words)


def _added_by(a: Analysis, t: int, words: Statements) -> Piece | None:
    """Who added it: the speaker of the clause that the participle follows, where that clause is itself somebody's words."""
    clause = a.head[t]
    above = a.head[clause]
    spoken = a.dep[clause] == "ccomp" and a.lemma[above].lower() in words.inquits and clause > above
    return _subject(a, above if spoken else t, words)


def _mistaken_apposition(a: Analysis, t: int) -> Piece | None:
    """A subject that the parser hung on the name before it: "At the fair in the town, a young man … asked"."""
    for x in range(t - 1, a.sentences[a.sentence[t]][0], -1):
        if a.right[x] == t - 1 and a.dep[x] in ("appos", "conj") and a.pos[x] in NOMINALS and a.word[a.left[x] - 1] == ",":
            return _phrase(a, x, t)
    return None


def _beside_quote(a: Analysis, t: int, content: Content) -> Piece | None:
    """The source in an inquit, whatever the parser made of it: a subject outside the content, else the phrase before or after the cue."""
    ends = [last for _, last in content.pieces if last <= t]
    begin = max(ends, default=t)
    own = [c for c in a.children[t] if a.dep[c] in SUBJECTS and c >= begin and not any(first <= c < last for first, last in content.pieces)]
    if own:
        return _phrase(a, min(own, key=lambda c: abs(c - t)), t)
    if 0 < t - begin <= LONGEST_SOURCE and any(a.pos[x] in NOMINALS for x in range(begin, t)):
        while begin < t and (not a.word[begin][0].isalnum() or a.pos[begin] == "CCONJ"):
            begin += 1
        last = next((x for x in range(begin, t) if a.pos[x] in ("AUX", "ADV")), t)
        while last > begin and a.word[last - 1] in {",", "—", "–", "-"}:
            last -= 1
        return (begin, last) if last > begin else None
    if a.tag[t] in SPEECH_TAGS and t + 1 < len(a.word) and all(a.dep[c] not in ("dobj", "dative") or c > t for c in a.children[t]):
        heads = [
            x
            for x in range(t + 1, min(t + 12, len(a.word)))
            if a.left[x] == t + 1 and a.pos[x] in NOMINALS and a.sentence[x] == a.sentence[t]
        ]
        if heads:
            return _phrase(a, max(heads, key=lambda x: a.right[x]), t)
    return None


def _subject(a: Analysis, v: int, words: Statements, depth: int = 0) -> Piece | None:
    """The subject of a verb, or the one that it shares with the verb above."""
    if depth > 4:
        return None
    own = _own_subject(a, v)
    if own is not None:
        return _phrase(a, own, v)
    passive = _passive_subject(a, v)
    if passive is not None:
        return _phrase(a, passive, v)
    head = a.head[v]
    if head == v:
        return None
    dep = a.dep[v]
    if dep == "xcomp":
        controlled = next((c for c in a.children[head] if a.dep[c] in ("dobj", "dative") and c < v), None)
        return _phrase(a, controlled, v) if controlled is not None else _subject(a, head, words, depth + 1)
    if dep == "ccomp" and a.tag[v] in ("VB", "VBG"):
        return _subject(a, head, words, depth + 1)
    if dep in ("conj", "advcl", "dep", "parataxis"):
        if a.pos[head] in ("NOUN", "PROPN"):
            return _phrase(a, head, v) if dep == "advcl" else None
        if dep == "conj" and _is_passive(a, head):
            return _passive_of(a, head)
        return _subject(a, head, words, depth + 1)
    if dep in ("acl", "relcl"):
        if a.tag[v] == "VBN" or any(a.lower[c] == "to" and a.dep[c] == "aux" for c in a.children[v]):
            return _of_noun(a, head, words)
        return _phrase(a, head, v)
    if dep == "pcomp":
        above = a.head[head]
        if a.lower[head] in words.predicates:  # "the agency quoted the minister as saying", "the minister was quoted as saying"
            quoted = next((c for c in a.children[above] if a.dep[c] in ("dobj", "nsubjpass")), None)
            if quoted is not None:
                return _phrase(a, quoted, v)
        if a.pos[above] in ("NOUN", "PROPN"):
            return _of_noun(a, above, words)
        return _subject(a, above, words, depth + 1)
    return None


def _passive_of(a: Analysis, v: int) -> Piece | None:
    subject = _passive_subject(a, v)
    return _phrase(a, subject) if subject is not None else None


def _of_noun(a: Analysis, n: int, words: Statements, depth: int = 0) -> Piece | None:
    """The possessor of a noun cue, its author, or the subject of the verb that it is object of."""
    for c in a.children[n]:
        if a.dep[c] == "poss":
            return _phrase(a, c)
    for c in a.children[n]:
        if c > n and a.dep[c] == "prep" and a.lower[c] in words.authors:
            for x in a.children[c]:
                if a.dep[x] == "pobj":
                    return _phrase(a, x)
    head, dep = a.head[n], a.dep[n]
    if head == n or depth > 2:
        return None
    if dep in ("dobj", "attr", "oprd"):
        return _agent(a, head, words) if _is_passive(a, head) else _subject(a, head, words)
    if dep == "pobj":
        above = a.head[head]
        if a.pos[above] in ("VERB", "AUX"):
            return _subject(a, above, words) if a.lower[head] in words.carriers else None
        if a.pos[above] == "NOUN":
            return _of_noun(a, above, words, depth + 1)
    if dep == "conj":
        return _of_noun(a, head, words, depth + 1)
    return None
