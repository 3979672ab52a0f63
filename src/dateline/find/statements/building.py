"""Chosen candidates → found statements: spans, kind by quotation marks, type by cue, addressee and medium."""

from dateline.codebook.statements import Statements
from dateline.find.statements.choosing import Chosen
from dateline.find.statements.circumstances import addressee_of, medium_of
from dateline.find.statements.contents import Layout, Piece
from dateline.find.statements.features import head_of, lemma_of
from dateline.records import Analysis, FoundStatement, Span, StatementKind, StatementType
from dateline.syntax import span_of

EDGES = frozenset({",", ";", ":", "“", "”", '"', "''", "``", "‘", "’", "'", "«", "»", "—", "–", "-", "("})
HELPERS = frozenset({"aux", "auxpass", "neg", "prt"})
COLON = ":"
FULL = 0.9  # from this share of quoted words a content is direct


def build(a: Analysis, layout: Layout, chosen: Chosen, words: Statements) -> FoundStatement:
    """The found statement of a chosen candidate."""
    candidate = chosen.candidate
    whole = continued(a, layout, candidate.content.pieces)
    pieces = tuple(p for p in (trimmed(a, piece) for piece in whole) if p) or whole
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


def continued(a: Analysis, layout: Layout, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """A content that ends in an unclosed quotation goes on with the paragraphs that open with a mark again, to the one that closes."""
    last = pieces[-1][1]
    k = next((k for k, r in enumerate(layout.runs) if r.first < last <= r.last and not r.closed), None)
    while k is not None and not layout.runs[k].closed and k + 1 < len(layout.runs):
        following = layout.runs[k + 1]
        another = COLON in a.word[following.first : following.first + 4]  # a transcript's next speaker
        if following.block != layout.runs[k].block + 1 or not following.opened or another:
            break
        pieces, k = (*pieces, (following.first, following.last)), k + 1
    return pieces


def trimmed(a: Analysis, piece: Piece) -> Piece | None:
    """A piece without the marks and commas at its edges."""
    first, last = piece
    while first < last and a.word[first] in EDGES:
        first += 1
    while last > first and a.word[last - 1] in EDGES:
        last -= 1
    return (first, last) if last > first else None


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
