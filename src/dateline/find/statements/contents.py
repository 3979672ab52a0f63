"""Candidate contents of a cue: the clauses, objects and quotations that its words may introduce. Reads the parse and the quoted runs."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from dateline.codebook.statements import Statements
from dateline.find.statements.closings import closing_source
from dateline.find.statements.quotes import Run, quoted_runs
from dateline.records import Analysis

Piece = tuple[int, int]  # tokens [first, last)

CLOSING = "closing"  # the frame that is read from words, not from the parse
FURTHEST = 40  # tokens between a cue and the quotation that it introduces
NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "ADV"})
CLAUSES = frozenset({"ccomp", "xcomp"})
OBJECTS = frozenset({"dobj", "attr", "oprd", "acomp"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
INQUIT = frozenset(
    {"nsubj", "nsubjpass", "aux", "auxpass", "neg", "advmod", "npadvmod", "prt", "dative", "agent", "prep", "det", "poss", "dobj"}
)
TRAILING = frozenset({"advcl", "cc", "conj", "relcl", "appos", "prep", "parataxis", "npadvmod", "acl"})
SEPARATORS = frozenset({",", "-", "--", "—", "–", ";", "(", ":"})
COLONS = frozenset({":"})
DASHES = frozenset(mark + dash for mark in ("", "”", '"') for dash in ("—", "–", "-", "--", "―", "~"))  # also glued to a quotation's end
MARKS = COLONS | DASHES
UNQUOTING = frozenset({"ADJ", "ADV"})
CLOSE, NICKNAME = 4, 2  # tokens from a noun to its quotation; tokens of a nickname
CLOSERS = frozenset({",", ".", "?", "!", "…", "..."})
SHORT, HEADLINE = 8, 30  # words of a name beside a mark; tokens of a headline
STOPS = frozenset({".", "?", "!", "…", "...", ";"})


class Content(NamedTuple):
    """One candidate: what it is to its cue (`frame`), the tokens, and the token that the frame hangs on."""

    frame: str
    pieces: tuple[Piece, ...]
    at: int


class Layout(NamedTuple):
    """What the whole analysis is asked once: the quoted runs, which run each token is in (-1 none), and which tokens are words."""

    runs: list[Run]
    run: list[int]
    words: list[bool]
    block: list[int]
    run_firsts: list[int]
    runs_in: list[int]  # how many runs each paragraph holds
    according: list[bool]  # does each sentence hold "according"?


def layout_of(a: Analysis, words: Statements) -> Layout:
    """The layout of one analysis."""
    runs = quoted_runs(a)
    run = [-1] * len(a.word)
    for k, r in enumerate(runs):
        for i in range(r.first, r.last):
            if run[i] < 0 or r.last - r.first > runs[run[i]].last - runs[run[i]].first:
                run[i] = k
    block = [0] * len(a.word)
    for k, b in enumerate(a.blocks):
        block[b.first : b.last] = [k] * (b.last - b.first)
    own = [own_words(part, words) for part in a.parts or (a,)]
    is_word = [w for mine, _ in own for w in mine]
    according = [s for _, mine in own for s in mine]
    runs_in = [0] * len(a.blocks)
    for r in runs:
        runs_in[r.block] += 1
    return Layout(runs, run, is_word, block, [r.first for r in runs], runs_in, according)


def own_words(part: Analysis, words: Statements) -> tuple[list[bool], list[bool]]:
    """Which tokens of a paragraph are words, and which of its sentences hold "according"; kept with it."""
    key = ("words", words.according)
    if key not in part.kept:
        is_word = [w[0].isalnum() or (len(w) > 1 and any(c.isalnum() for c in w)) for w in part.word]
        part.kept[key] = is_word, [not words.according.isdisjoint(part.lower[i:j]) for i, j in part.sentences]
    kept: tuple[list[bool], list[bool]] = part.kept[key]
    return kept


def contents_of(a: Analysis, layout: Layout, t: int, words: Statements) -> list[Content]:
    """Every candidate content of the cue token `t`, the nearest to grammar first."""
    if a.lower[t] in words.according:
        return [c for c in _of_according(a, t) if c.pieces and all(last > first for first, last in c.pieces)]
    if a.word[t] in MARKS:
        return [c for c in _of_mark(a, layout, t) if c.pieces and all(last > first for first, last in c.pieces)]
    found = list(_of_noun(a, t)) if a.pos[t] in NOMINAL else [*_of_verb(a, t, words), *_around(a, t), *_closing(a, t, words)]
    if layout.runs and layout.run[t] < 0 and a.pos[t] not in UNQUOTING:
        found += _quotations(a, layout, t)
    found = [_without_according(a, c, words) for c in found] if layout.according[a.sentence[t]] else found
    if a.lemma[t].lower() in words.inquits:
        found = [_without_addition(a, c, words) if c.frame.startswith("ccomp") else c for c in found]
    return [c for c in found if c.pieces and all(last > first for first, last in c.pieces)]


def _without_according(a: Analysis, c: Content, words: Statements) -> Content:
    """The content without an "according to …" at its end: that names another source."""
    first, last = c.pieces[-1]
    for x in range(first + 1, last):
        if a.lower[x] in words.according and a.right[x] >= last - 3:
            cut = x - 1 if a.word[x - 1] in SEPARATORS else x
            return c._replace(pieces=(*c.pieces[:-1], (first, cut)))
    return c


def _without_addition(a: Analysis, c: Content, words: Statements) -> Content:
    """The content without a ", warning that …" at its end: that is a second statement of the same speaker."""
    first, last = c.pieces[-1]
    for x in range(first + 2, last):
        if is_addition(a, x, words) and a.right[x] >= last - 3:
            return c._replace(pieces=(*c.pieces[:-1], (first, x - 1)))
    return c


def is_addition(a: Analysis, x: int, words: Statements) -> bool:
    """Is this participle the cue of a further statement: ", adding that …"?"""
    return (
        a.tag[x] == "VBG"
        and a.dep[x] == "advcl"
        and a.word[x - 1] == ","
        and a.lemma[x].lower() in words.inquits
        and any(a.dep[c] == "ccomp" and c > x for c in a.children[x])
    )


def _closing(a: Analysis, t: int, words: Statements) -> Iterator[Content]:
    """The clause before a source and cue that close the sentence, where the parse has lost the subject."""
    source = closing_source(a, t, words)
    if source:
        yield Content(CLOSING, ((a.sentences[a.sentence[t]][0], source[0] - 1),), t)


def _of_verb(a: Analysis, t: int, words: Statements) -> Iterator[Content]:
    children = a.children[t]
    last = a.right[t] + 1
    for c in children:
        dep = a.dep[c]
        if dep in CLAUSES:
            yield Content(dep if c > t else dep + "<", ((a.left[c], a.right[c] + 1),), c)
            cut = _cut(a, c)
            if cut and c > t:
                yield Content(dep + "-", ((a.left[c], cut),), c)
        elif dep in OBJECTS and c > t:
            yield Content(dep, ((a.left[c], a.right[c] + 1),), c)
            cut = _cut(a, c)
            if cut:
                yield Content(dep + "-", ((a.left[c], cut),), c)
            if a.right[c] + 1 < last and _joins(a, children, c):
                yield Content(dep + "+", ((a.left[c], last),), c)
                end = _end_of_joined(a, children, c)
                if end < last and end > a.right[c] + 1:
                    yield Content(dep + "+-", ((a.left[c], end),), c)
        elif dep in ("prep", "agent") and c > t:
            yield from _of_preposition(a, c, "prep")
            then = next((x for x in children if x > c and a.dep[x] in ("xcomp", "ccomp")), None)
            if then is not None and a.right[c] > c:  # "called on the council to act"
                yield Content("prep+", ((c + 1, a.right[then] + 1),), then)
            if dep == "prep" and a.lower[c] in words.predicates:
                yield Content("as", ((c, a.right[c] + 1),), c)
        elif dep == "nsubjpass" and c < t:
            subject = (a.left[c], a.right[c] + 1)
            yield Content("passive", (subject,), c)
            rest = next((x for x in children if x > t and a.dep[x] in ("xcomp", "ccomp", "oprd", "prep", "dobj")), None)
            if rest is not None:
                yield Content("passive+", (subject, (a.left[rest], a.right[rest] + 1)), rest)
        elif dep == "nsubj" and c < t:
            rest = next((x for x in children if x > t and a.dep[x] in ("xcomp", "oprd")), None)
            if rest is not None:
                yield Content("raising", ((a.left[c], a.right[c] + 1), (a.left[rest], a.right[rest] + 1)), rest)
        elif dep == "advcl" and c > t:
            yield Content("advcl", ((a.left[c], a.right[c] + 1),), c)
    head = a.head[t]
    if head != t and a.dep[t] in ("parataxis", "advcl", "ccomp", "relcl", "acl", "conj") and a.left[t] <= t:
        own = (a.left[t], a.right[t] + 1)
        outer = (a.left[head], a.right[head] + 1)
        if a.dep[t] in ("parataxis", "advcl"):
            yield Content("parent", _minus(outer, own), head)
        if a.dep[t] in ("relcl", "acl"):
            yield Content("antecedent", ((a.left[head], a.left[t]),), head)


def _joins(a: Analysis, children: tuple[int, ...], c: int) -> bool:
    """Is something after object `c` that can belong to the same content: not a time or an adverb alone?"""
    return any(x > c and a.dep[x] in ("prep", "xcomp", "ccomp", "oprd", "acl", "advcl", "dobj", "acomp") for x in children)


def _cut(a: Analysis, c: int) -> int | None:
    """Where a trailing clause, set off by a comma or a conjunction, starts inside the phrase of `c`; None when there is none."""
    for x in a.children[c]:
        if x > c and a.dep[x] in TRAILING:
            first = a.left[x]
            if a.word[first - 1] in SEPARATORS or a.dep[x] in ("cc", "advcl"):
                return first if first > c + 1 else None
    return None


def _end_of_joined(a: Analysis, children: tuple[int, ...], c: int) -> int:
    """Where what follows object `c` ends without trailing clauses and second verbs."""
    for x in children:
        if x > c and (
            a.dep[x] in ("advcl", "cc", "conj", "punct", "relcl") or (a.dep[x] == "prep" and a.word[a.left[x] - 1] in SEPARATORS)
        ):
            return a.left[x]
    return a.right[children[-1]] + 1


def _of_preposition(a: Analysis, p: int, frame: str) -> Iterator[Content]:
    for x in a.children[p]:
        if a.dep[x] in ("pobj", "pcomp") and x > p:
            yield Content(frame if a.dep[x] == "pobj" else "pcomp", ((a.left[x], a.right[x] + 1),), x)
        elif a.dep[x] == "prep" and x > p:
            yield from _of_preposition(a, x, frame)


def _of_noun(a: Analysis, t: int) -> Iterator[Content]:
    for c in a.children[t]:
        dep = a.dep[c]
        if c < t:
            continue
        if dep in ("acl", "ccomp", "xcomp", "advcl"):
            yield Content(dep, ((a.left[c], a.right[c] + 1),), c)
        elif dep == "prep":
            yield from _of_preposition(a, c, "prep")
    # "the plan is to …", "his bet is that …"
    head = a.head[t]
    if a.dep[t] == "nsubj" and a.lemma[head] == "be":
        for c in a.children[head]:
            if c > head and a.dep[c] in ("ccomp", "xcomp", "attr", "advcl"):
                yield Content("be+" + a.dep[c], ((a.left[c], a.right[c] + 1),), c)
    # "was sure (that) Trump would …": the clause hangs on the verb above
    if a.dep[t] in ("acomp", "attr", "dobj") and a.head[t] < t:
        for c in a.children[head]:
            if c > t and a.dep[c] in ("ccomp", "xcomp"):
                yield Content("above+" + a.dep[c], ((a.left[c], a.right[c] + 1),), c)


def _of_according(a: Analysis, t: int) -> Iterator[Content]:
    first, last = a.sentences[a.sentence[t]]
    own = (a.left[t], a.right[t] + 1)
    head = a.head[t]
    if head != t and not (
        a.dep[head] == "ccomp" and a.head[head] < head
    ):  # a clause that somebody says is said by him, not by the source here
        clause = (a.left[head], a.right[head] + 1)
        yield Content("parent", _minus(clause, own), head)
    whole = _minus((first, last), own)
    if (
        own[0] > first and a.pos[own[0] - 1] == "CCONJ" and last - own[1] > 2
    ):  # "…, and according to the clerk, …": only what follows is his
        whole = ((own[1], last),)
    yield Content("sentence", whole, head)
    if own[0] > first and a.pos[own[0] - 1] != "CCONJ":
        yield Content("before", ((first, own[0]),), head)


def _of_mark(a: Analysis, layout: Layout, t: int) -> Iterator[Content]:
    """A colon or a dash in place of a cue: "Minister: taxes will rise", "Taxes will rise: minister", `"…" — the minister`."""
    k = layout.block[t]
    block = a.blocks[k]
    before, after = sum(layout.words[block.first : t]), sum(layout.words[t + 1 : block.last])
    if a.word[t] in COLONS:
        if 0 < before <= SHORT and (layout.run[t] < 0 or a.word[t - 1].isupper()) and after >= 3:
            yield Content("speaker:", ((t + 1, block.last),), t)
        if 0 < after <= SHORT and before >= 3 and block.last - block.first <= HEADLINE:
            yield Content(":speaker", ((block.first, t),), t)
    if a.word[t] in DASHES and after and (after <= SHORT or before == 0):
        run = bisect_right(layout.run_firsts, t) - 1
        if run >= 0 and not any(layout.words[layout.runs[run].last : t]) and layout.runs[run].block >= k - 1:
            yield Content("signed", _piece(layout.runs[run]), t)


def _minus(outer: Piece, inner: Piece) -> tuple[Piece, ...]:
    pieces = ((outer[0], min(inner[0], outer[1])), (max(inner[1], outer[0]), outer[1]))
    return tuple(p for p in pieces if p[1] > p[0])


def inquit_of(a: Analysis, t: int) -> Piece:
    """The tokens from the subject over the cue to what follows closely: "she told the paper on Monday"."""
    first = last = t
    for c in a.children[t]:
        if a.dep[c] in INQUIT:
            if c < t and (a.right[c] >= t - 6 or a.dep[c] in SUBJECTS):
                first = min(first, a.left[c])
            elif c > t and c <= last + 8:
                last = max(last, a.right[c])
    return first, last + 1


def _around(a: Analysis, t: int) -> Iterator[Content]:
    """What stands before, and around, an inquit set off by commas: "The dam, she said, would hold"."""
    begin, end = a.sentences[a.sentence[t]]
    first, last = inquit_of(a, t)
    if first <= begin + 1 or a.word[first - 1] not in {",", "”", '"', "''", "’", "'", "—", "–", "-", "?", "!"}:
        return
    before = (begin, first)
    after_comma = last < end and a.word[last] in {",", "—", "–", "-"}
    if last >= end - 2 or not after_comma:
        yield Content("before", (before,), t)
    if after_comma and end - last > 2 and not _own_clause(a, t, last + 1):
        yield Content("around", (before, (last + 1, end)), t)


def _own_clause(a: Analysis, t: int, first: int) -> bool:
    """Does a clause of the cue's own follow ("…, she said, adding that …")? It is no part of what was said before."""
    return any(
        a.left[c] == first and a.dep[c] in ("advcl", "conj", "cc") and (a.tag[c] == "VBG" or a.dep[c] != "advcl") for c in a.children[t]
    )


def _quotations(a: Analysis, layout: Layout, t: int) -> Iterator[Content]:
    """Quotations beside the cue in its paragraph, joined across it; and the one that the next paragraph opens with after a colon."""
    runs = layout.runs
    k = bisect_right(layout.run_firsts, t)
    here = layout.block[t]
    after = k if k < len(runs) and runs[k].block == here and _near(a, t, runs[k].first) else None
    if a.pos[t] in NOMINAL:  # "with the words “…”": a noun introduces what follows it at once
        if after is not None and runs[after].first - t <= CLOSE:
            yield Content("quote>", _piece(runs[after]), t)
        return
    before = _run_before(a, layout, t, k - 1)
    left: tuple[Piece, ...] = _piece(runs[before]) if before is not None else ()
    if left:
        yield Content("quote<", left, t)
        resumed = _resumption(a, layout, t, k) if k < len(runs) and runs[k].block == here else None
        if resumed:
            yield Content("quote<" + resumed, left + _piece(runs[k]), t)
    if after is not None:
        yield Content("quote>", _piece(runs[after]), t)
    elif before is None and k < len(runs) and runs[k].block == here + 1 and _ends_with_colon(a, t, here):
        yield Content("quote>>", _piece(runs[k]), t)


def _run_before(a: Analysis, layout: Layout, t: int, k: int) -> int | None:
    """The last run before cue `t` that a sentence's end does not part from it; a nickname on the way is passed over."""
    runs = layout.runs
    while k >= 0 and runs[k].block == layout.block[t] and runs[k].last <= t and _near(a, runs[k].last, t):
        r = runs[k]
        if a.word[r.last - 1] == "." and next((x for x in range(r.last, t + 1) if layout.words[x]), t) != t:
            return None  # the sentence ended inside the marks: what follows is another
        nickname = (
            r.last - r.first <= NICKNAME and a.word[r.last - 1] not in CLOSERS and a.word[r.first - 2 if r.first > 1 else 0][0].isupper()
        )
        if not nickname or k == 0:
            return k
        k -= 1
    return None


def _near(a: Analysis, i: int, j: int) -> bool:
    """No sentence ends between tokens i and j, and they are not far apart."""
    return j - i <= FURTHEST and not any(a.word[x] in STOPS for x in range(i + 2, j))


def _resumption(a: Analysis, layout: Layout, t: int, k: int) -> str | None:
    """How run k goes on after the inquit of cue `t`: "." a new sentence opens with it, "," the same sentence goes on, "~" looser; or not."""
    run = layout.runs[k]
    if run.first - t > FURTHEST:
        return None
    stops = [x for x in range(t + 1, run.first) if a.word[x] in STOPS]
    if stops:
        # A run that ends in a comma belongs to the inquit that follows it.
        new = sum(layout.words[stops[0] : run.first]) == 0 and a.word[run.last - 1] != ","
        return "." if new else None
    if any(a.pos[x] == "VERB" for x in range(t + 1, run.first)):
        return None  # "…," he told the crowd, adding that it was “…”
    return "," if a.word[run.first - 2] in {",", "—", "–", "-", ":"} and not layout.words[run.first - 1] else "~"


def _piece(run: Run) -> tuple[Piece, ...]:
    """A run as a content of one piece."""
    return ((run.first, run.last),)


def _ends_with_colon(a: Analysis, t: int, block: int) -> bool:
    last = a.blocks[block].last
    return (last - t <= FURTHEST and a.word[last - 1].endswith(":")) or (last - t <= 12 and a.word[last - 1] in {",", "that"})
