"""Chosen candidates → found statements: spans, kind by quotation marks, type by cue, addressee and medium."""

from dateline.codebook.statements import Statements
from dateline.find.statements.choosing import Chosen
from dateline.find.statements.circumstances import addressee_of, medium_of
from dateline.find.statements.contents import Layout, Piece
from dateline.find.statements.features import head_of, lemma_of
from dateline.records import Analysis, FoundStatement, Span, StatementKind, StatementType
from dateline.syntax import span_of

EDGES = frozenset({",", ";", ":", "“", "”", '"', "''", "``", "‘", "’", "'", "«", "»", "—", "–", "-", "("})
FAMILY = {m: f for f, marks in (("double", ("“", "”", '"', "''", "``")), ("single", ("‘", "’", "'")), ("angle", ("«", "»"))) for m in marks}
CLOSERS = frozenset({"”", "’", "»"})
NONE: frozenset[str] = frozenset()
HELPERS = frozenset({"aux", "auxpass", "neg", "prt"})
FULL = 0.9  # from this share of quoted words a content is direct


def build(a: Analysis, layout: Layout, chosen: Chosen, words: Statements) -> FoundStatement:
    """The found statement of a chosen candidate."""
    candidate = chosen.candidate
    pieces = tuple(p for p in (trimmed(a, piece) for piece in candidate.content.pieces) if p) or candidate.content.pieces
    t = candidate.cue
    addressee, medium = addressee_of(a, t, pieces, words), medium_of(a, t, pieces, words)
    return FoundStatement(
        kind=kind_of(layout, pieces),
        type=type_of(a, t, candidate.source, words),
        source=(span_of(a, *candidate.source),) if candidate.source else (),
        cue=cue_spans(a, t),
        content=tuple(span_of(a, *p) for p in pieces),
        quoted=quoted_spans(layout, pieces, a),
        addressee=span_of(a, *addressee) if addressee else None,
        medium=span_of(a, *medium) if medium else None,
        score=round(chosen.score, 3),
        by=f"statements:{candidate.content.frame}" + (f"/{chosen.layer}" if chosen.layer else ""),
    )


def trimmed(a: Analysis, piece: Piece) -> Piece | None:
    """A piece without the marks and commas at its edges; a mark there, or just outside, whose partner stands inside belongs to it."""
    first, last = piece
    while first < last and a.word[first] in EDGES:
        first += 1
    while last > first and a.word[last - 1] in EDGES:
        last -= 1
    if last == first:
        return None
    opening = next((x for x in range(first - 1, max(piece[0] - 2, -1), -1) if a.word[x] in FAMILY), None)
    closing = next((x for x in range(last, min(piece[1] + 1, len(a.word))) if a.word[x] in FAMILY), None)
    unopened, unclosed = partnerless(a, first, last) if opening is not None or closing is not None else (NONE, NONE)
    return (
        opening if opening is not None and FAMILY[a.word[opening]] in unopened else first,
        closing + 1 if closing is not None and FAMILY[a.word[closing]] in unclosed else last,
    )


def partnerless(a: Analysis, first: int, last: int) -> tuple[frozenset[str], frozenset[str]]:
    """The families of marks that close something opened before these tokens, and those that open something closed after them."""
    unopened: set[str] = set()
    unclosed: set[str] = set()
    for x in range(first, last):
        family = FAMILY.get(a.word[x])
        if family is None or a.tag[x] == "POS":  # "the workers' pay"
            continue
        if x + 1 < len(a.word) and a.start[x + 1] == a.end[x] and a.word[x] not in CLOSERS and (x == 0 or a.end[x - 1] < a.start[x]):
            unclosed.add(family)
        elif family in unclosed:
            unclosed.discard(family)
        else:
            unopened.add(family)
    return frozenset(unopened), frozenset(unclosed)


def kind_of(layout: Layout, pieces: tuple[Piece, ...]) -> StatementKind:
    """Direct when (nearly) all words are in quotation marks, mixed when some are, else indirect."""
    inside = [layout.run[i] >= 0 for first, last in pieces for i in range(first, last) if layout.words[i]]
    share = sum(inside) / max(1, len(inside))
    return "direct" if share >= FULL else "mixed" if share > 0 else "indirect"


def quoted_spans(layout: Layout, pieces: tuple[Piece, ...], a: Analysis) -> tuple[Span, ...]:
    """The quoted stretches inside the content."""
    found = []
    for r in layout.runs:
        for first, last in pieces:
            if r.first < last and first < r.last:
                found.append(span_of(a, max(first, r.first), min(last, r.last)))
    return tuple(found)


def cue_spans(a: Analysis, t: int) -> tuple[Span, ...]:
    """The cue with its auxiliaries and particle, as one stretch where they stand together."""
    first = last = t
    for c in a.children[t]:
        if (a.dep[c] in HELPERS and first - 2 <= c < first) or (a.dep[c] == "prt" and c == t + 1):
            first, last = min(first, c), max(last, c)
    following = last + 1
    if a.dep[t] == "prep" and following < len(a.word) and a.head[following] == t and a.dep[following] == "prep":
        last = following  # "according to"
    return (span_of(a, first, last + 1),)


def type_of(a: Analysis, t: int, source: Piece | None, words: Statements) -> StatementType:
    """The type of the cue; `shows` where what speaks is a document."""
    lemma = lemma_of(a, t)
    particle = next((a.lower[c] for c in a.children[t] if a.dep[c] == "prt"), None)
    keys = [f"{lemma[:-2]}+{particle}{lemma[-2:]}", lemma] if particle else [lemma]
    is_document = source is not None and a.lemma[head_of(a, source)].lower() in words.documents
    for key in keys:
        if is_document and key in words.showing:
            return "shows"
        if key in words.types:
            return words.types[key]
    return "said"
