"""What a candidate looks like: names of its lemma, grammar and place, to be looked up in learned tables, and plain numbers.

No name of a person, no rare word and no text enters: a lemma counts only where the tables know it.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dateline.find.statements.contents import Content, Layout, Piece
from dateline.records import Analysis

BROAD = {"NOUN": "N", "PROPN": "N", "ADJ": "A", "ADV": "A"}
QUOTES = frozenset({"“", "”", '"', "''", "``", "‘", "’", "'", "«", "»"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
PATH_DEPTH = 6
CLAUSE_LABELS = frozenset({"ccomp", "xcomp", "acl", "pcomp", "advcl", "relcl", "parataxis"})
LEMMA_COUNTS = frozenset({"NOUN", "VERB", "ADJ", "PRON", "AUX"})

# The order of these is the order of the columns that the trees were grown on: quick names, cue names, content names, numbers.
QUICK = ("cue+frame", "frame+content tag", "cue+preposition", "frame+dep", "cue+opening")
OF_CUE = (
    "cue", "cue+dep", "cue+tag", "tag", "dep", "above", "above+dep", "auxiliaries", "type", "particle", "object of cue", "cue+object",
    "block", "frames there",
)  # fmt: skip
OF_CONTENT = (
    "frame", "frame+opening", "opening", "content head", "frame+content head", "content entity", "source", "cue+source", "source kind",
    "source entity", "type+frame", "type+source", "before content", "after content", "frame+frames there", "first word", "last opening", "last head", "last tag", "ends", "first ends",
)  # fmt: skip
NAMES = QUICK + OF_CUE + OF_CONTENT
CUE_NUMBERS = (
    "cue quoted", "sentence words", "sentence in block", "block words", "frames", "clauses of cue", "quotes near", "block number", "blocks",
    "cue place", "children", "depth", "quoted around",
)  # fmt: skip
CONTENT_NUMBERS = (
    "words", "pieces", "quoted share", "source words", "gap", "content after cue", "content reaches end", "whole run", "run words",
    "source gap", "source quoted", "source before content", "last words", "last quoted share", "words after", "run capital", "verbs between",
)  # fmt: skip
NUMBERS = CUE_NUMBERS + CONTENT_NUMBERS


class CueView(NamedTuple):
    """What all candidates of one cue share: its lemma (with part of speech and particle), names and numbers in the order above."""

    lemma: str
    type: str
    names: list[str]
    numbers: list[float]


def lemma_of(a: Analysis, t: int) -> str:
    """A lemma with its broad part of speech: "say.V", "claim.N"."""
    return f"{a.lemma[t].lower()}.{BROAD.get(a.pos[t], 'V')}"


def cue_name(a: Analysis, t: int) -> str:
    """The lemma of a cue with its particle: "say.V", "point.V+out"."""
    particle = ""
    for c in a.children[t]:
        if a.dep[c] == "prt":
            particle = a.lower[c]
    return f"{lemma_of(a, t)}+{particle}" if particle else lemma_of(a, t)


def view_cue(a: Analysis, layout: Layout, t: int, contents: Sequence[Content], types: Mapping[str, str]) -> CueView:
    """The part of a row that depends on the cue alone. `types` maps a lemma to its type in the codebook."""
    lemma = lemma_of(a, t)
    above, label, depth = _clause_above(a, t)
    particle = helpers = ""
    obj = -1
    clauses = 0
    for c in a.children[t]:
        dep = a.dep[c]
        if dep == "prt":
            particle = a.lower[c]
        elif dep in ("aux", "auxpass", "neg") and c < t:
            helpers = f"{helpers} {a.lower[c]}"
        elif obj < 0 and c > t and dep in ("dobj", "attr", "acomp", "dative"):
            obj = c
        elif dep in ("ccomp", "xcomp"):
            clauses += 1
    kind = types.get(f"{lemma[:-2]}+{particle}{lemma[-2:]}" if particle else lemma) or types.get(lemma, "")
    if particle:
        lemma = f"{lemma}+{particle}"
    object_word = "-" if obj < 0 else a.lemma[obj].lower()
    above_word = lemma_of(a, above) if above >= 0 else "-"
    dep, tag = a.dep[t], a.tag[t]
    here = layout.block[t]
    block = a.blocks[here]
    names = [
        lemma, f"{lemma}/{dep}", f"{lemma}/{tag}", tag, dep, above_word, f"{above_word}/{label}", helpers, kind, particle, object_word,
        f"{lemma}/{object_word}", place_name(a, here),
        " ".join(c.frame for c in contents),
    ]  # fmt: skip
    first, last = a.sentences[a.sentence[t]]
    run = layout.run
    numbers = [
        run[t] >= 0, last - first, a.sentence[t] - a.sentence[block.first], block.last - block.first, len(contents), clauses,
        layout.runs_in[here], here, len(a.blocks), (t - first) / max(1, last - first), len(a.children[t]), depth,
        (t > block.first and run[t - 1] >= 0) or (t + 1 < block.last and run[t + 1] >= 0),
    ]  # fmt: skip
    return CueView(lemma, kind, names, numbers)


def place_name(a: Analysis, k: int) -> str:
    """What paragraph k is: its kind, and of the body whether it opens the report."""
    kind = a.blocks[k].kind
    return kind if kind != "body" else "first" if k == 0 else "body"


def _clause_above(a: Analysis, t: int) -> tuple[int, str, int]:
    """The nearest verb above that `t` stands in a clause of, the label of that clause, and how deep `t` is."""
    depth, at = 0, t
    while a.head[at] != at and depth < PATH_DEPTH:
        label, above = a.dep[at], a.head[at]
        depth += 1
        if label in CLAUSE_LABELS or (label == "conj" and a.pos[above] in ("VERB", "AUX")):
            return above, label, depth
        at = above
    return -1, "root", depth


def quick_names(a: Analysis, layout: Layout, t: int, lemma: str, content: Content) -> list[str]:
    """The names that the quick look reads of cue `t` with its `cue_name`, before a source is looked for."""
    frame, top = content.frame, content.at
    preposition = a.lower[a.head[top]] if a.dep[top] in ("pobj", "pcomp") else ""
    return [
        f"{lemma}/{frame}", f"{frame}/{a.tag[top]}", f"{lemma}/{preposition}", f"{frame}/{a.dep[t]}",
        f"{lemma}/{_opening(a, layout, content)}",
    ]  # fmt: skip


def _opening(a: Analysis, layout: Layout, content: Content) -> str:
    first, last = content.pieces[0]
    if layout.words[first] or first + 1 >= last:
        return a.lower[first]
    return '"' if layout.run[first + 1] >= 0 and layout.run[first] < 0 else a.lower[first + 1]


def content_names(a: Analysis, layout: Layout, view: CueView, content: Content, source: Piece | None) -> list[str]:
    """The names of one candidate content with its source."""
    pieces = content.pieces
    first, last = pieces[0][0], pieces[-1][1]
    top, frame = content.at, content.frame
    opening = _opening(a, layout, content)
    entity = a.entity[top]
    head = a.lemma[top].lower() if a.pos[top] in LEMMA_COUNTS else a.pos[top]
    word = kind = of = "-"
    if source is not None:
        s = head_of(a, source)
        pos = a.pos[s]
        word = a.lower[s] if pos == "PRON" else a.lemma[s].lower() if pos == "NOUN" else pos
        kind = f"{pos}/{a.dep[s]}"
        of = a.entities[a.entity[s]].label if a.entity[s] >= 0 else ""
    return [
        frame, f"{frame}/{opening}", opening, head, f"{frame}/{head}", a.entities[entity].label if entity >= 0 else "", word,
        f"{view.lemma}/{word}", kind, of, f"{view.type}/{frame}", f"{view.type}/{word}", neighbour(a, first - 1, -1)[0],
        neighbour(a, last, 1)[0], f"{frame}|{view.names[-1]}", a.tag[first], *_last_piece(a, layout, content),
        _stop(a, pieces[-1]), _stop(a, pieces[0]),
    ]  # fmt: skip


def _stop(a: Analysis, piece: Piece) -> str:
    """The mark that a piece ends with, quotation marks passed over."""
    last = piece[1] - 1
    while last > piece[0] and a.word[last] in QUOTES:
        last -= 1
    return a.word[last] if not a.word[last][0].isalnum() else ""


def neighbour(a: Analysis, i: int, step: int) -> tuple[str, int]:
    """The word or stop beside a content, quotation marks passed over, and its token."""
    passed = ""
    while 0 <= i < len(a.word) and a.word[i] in QUOTES:
        passed, i = "q", i + step
    return passed + (a.lower[i] if 0 <= i < len(a.word) else "-"), i


def _last_piece(a: Analysis, layout: Layout, content: Content) -> tuple[str, str, str]:
    """How the second of two pieces opens, and what its head is to the rest."""
    if len(content.pieces) < 2:
        return "-", "-", "-"
    piece = content.pieces[-1]
    first = next((i for i in range(*piece) if layout.words[i]), piece[0])
    head = head_of(a, piece)
    return (
        a.lower[first] if layout.run[first] < 0 else "cap" if a.word[first][0].isupper() else "low",
        f"{content.frame}/{a.dep[head]}",
        a.tag[head],
    )


def content_numbers(a: Analysis, layout: Layout, t: int, content: Content, source: Piece | None) -> list[float]:
    """The numbers of one candidate content with its source."""
    pieces, run, is_word = content.pieces, layout.run, layout.words
    first, last = pieces[0][0], pieces[-1][1]
    words = quoted = total = 0
    for i, j in pieces:
        words += sum(is_word[i:j])
        total += j - i
        if layout.runs:
            quoted += (j - i) - run[i:j].count(-1)
    last_words = words if len(pieces) == 1 else sum(is_word[slice(*pieces[-1])])
    k = run[first] if run[first] >= 0 else run[min(first + 1, last - 1)]
    the_run = layout.runs[k] if k >= 0 else None
    return [
        words, len(pieces), quoted / total, source[1] - source[0] if source else 0, min(abs(first - t), abs(t - last + 1)), first > t,
        last >= a.sentences[a.sentence[t]][1] - 1, the_run is not None and first <= the_run.first and the_run.last <= last,
        the_run.last - the_run.first if the_run else 0, t - source[1] if source else -99, source is not None and run[source[0]] >= 0,
        source is not None and source[0] < first, last_words,
        1.0 - run[slice(*pieces[-1])].count(-1) / (pieces[-1][1] - pieces[-1][0]) if layout.runs else 0.0,
        _words_after(a, layout, last), a.word[first][0].isupper() or a.word[min(first + 1, last - 1)][0].isupper(),
        _verbs_between(a, t, pieces),
    ]  # fmt: skip


def _verbs_between(a: Analysis, t: int, pieces: tuple[Piece, ...]) -> int:
    """How many finite verbs, relative clauses apart, stand between the cue and its content."""
    before = max((last for _, last in pieces if last <= t), default=-1)
    span = range(before, t) if before >= 0 else range(t + 1, pieces[0][0])
    return sum(a.tag[x] in FINITE and a.dep[x] != "relcl" for x in span) if len(span) < 60 else 9


def _words_after(a: Analysis, layout: Layout, last: int) -> int:
    """How many words follow in the sentence that the content ends in."""
    return sum(layout.words[last : a.sentences[a.sentence[last - 1]][1]])


def head_of(a: Analysis, piece: Piece) -> int:
    """The token of a piece whose head stands outside it; the first noun when several do."""
    first, last = piece
    heads = [i for i in range(first, last) if not first <= a.head[i] < last or a.head[i] == i]
    return next((i for i in heads if a.pos[i] in ("NOUN", "PROPN", "PRON")), heads[0] if heads else last - 1)
