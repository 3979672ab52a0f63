"""Who said this, first and where: by the exact phrase and by its words, stemmed. And search over reports, statements and events."""

import re
from typing import Any

from dateline.errors import ArgumentError
from dateline.records import Base
from dateline.store import Store
from dateline.stories.instants import instant_key


class Hit(Base, frozen=True, kw_only=True):
    """One statement that holds the words."""

    report: str
    statement: str
    speaker: str | None
    content: str
    kind: str
    chain: str
    outlet: str | None
    published: str | None
    exact: bool


class Found(Base, frozen=True, kw_only=True):
    """One report with the words that matched, marked by « and »."""

    report: str
    headline: str | None
    outlet: str | None
    published: str | None
    snippet: str


MOST_EXACT = 2_000  # statements that hold a phrase: what more repeat is no quotation but a common word
MOST_RANKED = 20_000  # statements that hold words so common that which is best says little: the first to arrive are compared


def who_said(store: Store, phrase: str, *, limit: int = 50) -> list[Hit]:
    """Statements that hold a phrase, the exact ones first, then by instant; unknown instants last.

    Where fewer than `limit` hold it, those that hold all of its words, stemmed; where none does, those that hold some, the most telling words first. Raises ArgumentError for no words.
    """
    wanted = _fold(phrase)
    rows = _said(store, f'"{wanted}"', max(limit, MOST_EXACT)) if wanted else []
    if len(rows) < limit:
        rows = list(dict.fromkeys([*rows, *_said(store, query_of(phrase), limit * 4)]))
    rows = rows or _said(store, query_of(phrase, join=" OR "), limit * 4)
    hits = [
        Hit(report=a, statement=b, speaker=c, content=d, kind=e, chain=f, outlet=g, published=h, exact=wanted in _fold(d))
        for a, b, c, d, e, f, g, h in rows
    ]
    return sorted(hits, key=lambda h: (not h.exact, instant_key(h.published), h.report, h.statement))[:limit]


def _said(store: Store, words: str, most: int) -> list[tuple[Any, ...]]:
    return store.query(
        "SELECT s.report, s.id, s.speaker, s.content, s.kind, s.chain, r.outlet, r.published FROM (SELECT rowid AS n FROM"
        " (SELECT rowid, rank FROM statements_words WHERE statements_words MATCH ? LIMIT ?) ORDER BY rank LIMIT ?) w"
        " JOIN statements s ON s.n = w.n JOIN reports r ON r.id = s.report",
        (f"content : ({words})", MOST_RANKED, most),
    )


def search_reports(store: Store, words: str, *, limit: int = 50, offset: int = 0) -> list[Found]:
    """Reports whose headline or text holds the words, best first."""
    query = query_of(words)
    best = [
        n
        for (n,) in store.query(
            "SELECT rowid FROM (SELECT rowid, rank FROM reports_words WHERE reports_words MATCH ? LIMIT ?) ORDER BY rank LIMIT ? OFFSET ?",
            (query, MOST_RANKED, limit, offset),
        )
    ]
    rows = store.query(
        "SELECT r.id, r.headline, r.outlet, r.published, snippet(reports_words, -1, '«', '»', '…', 24), r.n FROM reports_words"
        f" JOIN reports r ON r.n = reports_words.rowid WHERE reports_words MATCH ? AND reports_words.rowid IN ({','.join('?' * len(best))})",
        (query, *best),
    )
    rows.sort(key=lambda row: best.index(row[5]))
    return [Found(report=a, headline=b, outlet=c, published=d, snippet=e) for a, b, c, d, e, _ in rows]


def query_of(words: str, *, join: str = " AND ") -> str:
    """A person's words as an FTS5 query: "phrases" kept, everything else a word that must be there; no operator of theirs gets through."""
    parts = re.findall(r'"([^"]+)"|([\w’\']+)', words)
    terms = [" ".join(re.findall(r"\w+", phrase or word)) for phrase, word in parts]
    if not any(terms):
        raise ArgumentError("nothing to look for: give a word, or a phrase in quotation marks")
    return join.join(f'"{term}"' for term in terms if term)


def _fold(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
