"""A sentence that ends with its source and cue ("…, the paper reported."), read from the words where the parse has lost the subject."""

from dateline.codebook.statements import Statements
from dateline.records import Analysis

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
PAST = frozenset({"VBD", "VBZ"})
NAMING = frozenset({"DET", "PROPN", "NOUN", "ADJ", "PRON", "NUM"})
NOMINALS = frozenset({"NOUN", "PROPN", "PRON"})
RELATIVES = frozenset({"WP", "WDT"})
OPENING_A_CLAUSE = frozenset({"IN", "WRB"})  # "When the vote came, …" is no content of its own
BELOW = frozenset({"relcl", "acl"})
SUBJECTS = frozenset({"nsubj", "csubj"})
AFTER, LONGEST, LEAST = 5, 16, 4  # tokens after the cue; of its source; of a content


def closing_source(a: Analysis, t: int, words: Statements) -> tuple[int, int] | None:
    """The source between the last comma and the cue `t` that closes a sentence; None where the parse has a subject of its own for it."""
    if a.tag[t] not in PAST or a.dep[t] in BELOW or a.lemma[t].lower() not in words.inquits:
        return None
    begin, end = a.sentences[a.sentence[t]]
    if end - t > AFTER or any(a.word[x] == "," or a.tag[x] in FINITE for x in range(t + 1, end)):
        return None
    comma = next((x for x in range(t - 1, max(begin, t - LONGEST), -1) if a.word[x] == ","), None)
    if comma is None or not _is_phrase(a, comma + 1, t) or not _is_clause(a, begin, comma):
        return None
    own = next((c for c in a.children[t] if a.dep[c] in SUBJECTS), None)
    return None if own is not None and a.left[own] > comma else (_named_from(a, comma + 1, t), t)


def _named_from(a: Analysis, first: int, last: int) -> int:
    """Where a bare name starts behind an owner that the parse has torn from it ("Chad's Desert Wire"); `first` otherwise."""
    mark = next((x for x in range(first + 1, last) if a.tag[x] == "POS"), None)
    if mark is None or mark < a.head[mark - 1] < last or any(a.pos[x] != "PROPN" for x in range(mark + 1, last)):
        return first
    return mark + 1


def _is_phrase(a: Analysis, first: int, last: int) -> bool:
    """Nothing but a name or a noun, with at most a relative clause that has a verb of its own?"""
    relative = next((x for x in range(first, last) if a.tag[x] in RELATIVES), last)
    named = first < last and a.pos[first] in NAMING and any(a.pos[x] in NOMINALS for x in range(first, relative))
    if not named or any(a.pos[x] in ("VERB", "AUX", "CCONJ") for x in range(first, relative)):
        return False
    return relative == last or any(a.pos[x] in ("VERB", "AUX") for x in range(relative, last))


def _is_clause(a: Analysis, first: int, last: int) -> bool:
    """Is there a whole clause to report, not only what a subordinate one says?"""
    if last - first < LEAST or not any(a.tag[x] in FINITE for x in range(first, last)):
        return False
    return a.tag[first] not in OPENING_A_CLAUSE or any(a.word[x] == "," for x in range(first, last))
