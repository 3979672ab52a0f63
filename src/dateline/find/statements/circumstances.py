"""To whom and through what a statement was made: the addressee and the medium beside its cue."""

from dateline.codebook.statements import Statements
from dateline.find.statements.contents import Piece
from dateline.records import Analysis

PHRASE_OBJECTS = ("pobj", "pcomp")


def addressee_of(a: Analysis, t: int, content: tuple[Piece, ...], words: Statements) -> Piece | None:
    """The one spoken to: "told reporters", "said to the council"; None when nobody is named."""
    if a.lower[t] in words.according:
        return None  # "according to the agency" speaks to nobody
    for c in a.children[t]:
        if a.dep[c] == "dative" and a.pos[c] != "ADP":
            return _outside(a, c, content)
        if a.dep[c] in ("dobj", "nsubj") and c > t and a.lemma[t].lower() in words.addressing and a.left[c] == t + 1:
            return _outside(a, c, content)
        if c > t and a.dep[c] in ("prep", "dative") and a.lower[c] in words.addressee_prepositions:
            for x in a.children[c]:
                if a.dep[x] == "pobj":
                    return _outside(a, x, content)
    return None


def medium_of(a: Analysis, t: int, content: tuple[Piece, ...], words: Statements) -> Piece | None:
    """What carried the words: "in an interview with the daily", "on television", "in a statement"."""
    for c in a.children[t]:
        if a.dep[c] != "prep" or a.lower[c] not in words.media_prepositions:
            continue
        for x in a.children[c]:
            if a.dep[x] in PHRASE_OBJECTS and _is_medium(a, x, words):
                found = _outside(a, x, content)
                if found:
                    return found
    return None


def _is_medium(a: Analysis, x: int, words: Statements) -> bool:
    compound = f"{a.lemma[x - 1].lower()}-{a.lemma[x].lower()}" if x else ""
    named = a.pos[x] == "PROPN" and any(a.lower[i] in words.press for i in range(a.left[x], a.right[x] + 1))
    return a.lemma[x].lower() in words.media or a.lower[x] in words.media or compound in words.media or named


def _outside(a: Analysis, x: int, content: tuple[Piece, ...]) -> Piece | None:
    """The phrase of `x`, cut before a clause of its own and before the content; None when the content covers it."""
    first, last = a.left[x], a.right[x] + 1
    for c in a.children[x]:
        if c > x and a.dep[c] in ("relcl", "acl", "advcl", "ccomp", "appos"):
            last = min(last, a.left[c])
    for begin, end in content:
        if begin < last and first < end:
            if begin <= x < end:
                return None
            first, last = (max(first, end), last) if begin <= first else (first, min(last, begin))
    while last > first and not a.word[last - 1][0].isalnum() and a.word[last - 1] not in {"”", '"'}:
        last -= 1
    return (first, last) if first <= x < last else None
