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


def who_said(store: Store, phrase: str, *, limit: int = 50) -> list[Hit]:
    """Statements that hold a phrase, the exact ones first, then by instant; unknown instants last.

    Where none holds all of its words, those that hold some, the most telling words first. Raises ArgumentError for no words.
    """
    wanted = _fold(phrase)
    rows = _said(store, query_of(phrase), limit) or _said(store, query_of(phrase, join=" OR "), limit)
    hits = [
        Hit(report=a, statement=b, speaker=c, content=d, kind=e, chain=f, outlet=g, published=h, exact=wanted in _fold(d))
        for a, b, c, d, e, f, g, h in rows
    ]
    return sorted(hits, key=lambda h: (not h.exact, instant_key(h.published), h.report, h.statement))[:limit]


def _said(store: Store, words: str, limit: int) -> list[tuple[Any, ...]]:
    return store.query(
        "SELECT s.report, s.id, s.speaker, s.content, s.kind, s.chain, r.outlet, r.published FROM statements_words w"
        " JOIN statements s ON s.n = w.rowid JOIN reports r ON r.id = s.report WHERE statements_words MATCH ? ORDER BY rank LIMIT ?",
        (f"content : ({words})", limit * 4),
    )


def search_reports(store: Store, words: str, *, limit: int = 50, offset: int = 0) -> list[Found]:
    """Reports whose headline or text holds the words, best first."""
    rows = store.query(
        "SELECT r.id, r.headline, r.outlet, r.published, snippet(reports_words, -1, '«', '»', '…', 24) FROM reports_words"
        " JOIN reports r ON r.n = reports_words.rowid WHERE reports_words MATCH ? ORDER BY rank LIMIT ? OFFSET ?",
        (query_of(words), limit, offset),
    )
    return [Found(report=a, headline=b, outlet=c, published=d, snippet=e) for a, b, c, d, e in rows]


def query_of(words: str, *, join: str = " AND ") -> str:
    """A person's words as an FTS5 query: "phrases" kept, everything else a word that must be there; no operator of theirs gets through."""
    parts = re.findall(r'"([^"]+)"|([\w’\']+)', words)
    terms = [" ".join(re.findall(r"\w+", phrase or word)) for phrase, word in parts]
    if not any(terms):
        raise ArgumentError("nothing to look for: give a word, or a phrase in quotation marks")
    return join.join(f'"{term}"' for term in terms if term)


def _fold(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
