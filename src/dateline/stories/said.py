"""Who said this, first and where: by the exact phrase and by its words, stemmed. And search over reports, statements and events."""

import re
from collections import defaultdict
from heapq import nsmallest
from math import log

from dateline.records import Base
from dateline.store import Store, terms_of
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


SAID = (
    "SELECT s.report, s.id, s.speaker, s.content, s.kind, s.chain, r.outlet, r.published FROM statements s"
    " JOIN reports r ON r.id = s.report WHERE s.n IN"
)
MOST_FOUND = 1_000  # reports that hold the words, the last to arrive
MOST_EXACT = 1_000  # statements that hold a phrase: what more repeat is no quotation but a common word; the first to arrive are compared
COMMON = 5_000  # statements that hold a word; one that more hold does not tell which is meant


def who_said(store: Store, phrase: str, *, limit: int = 50) -> list[Hit]:
    """Statements that hold a phrase, the exact ones first, then by instant; unknown instants last.

    Where fewer than `limit` hold it, those that hold all of its words, stemmed; where none does, those that hold most of its rarer words.
    Raises ArgumentError for no words.
    """
    wanted, terms = _fold(phrase), terms_of(phrase)
    ns = store.holding("statements", (wanted,), most=MOST_EXACT)
    if len(ns) < limit:
        ns = list(dict.fromkeys([*ns, *store.holding("statements", terms, most=MOST_EXACT)]))
    if not ns and len(terms) > 1:
        ns = _alike(store, terms, limit)
    hits = [
        Hit(report=a, statement=b, speaker=c, content=d, kind=e, chain=f, outlet=g, published=h, exact=wanted in _fold(d))
        for a, b, c, d, e, f, g, h in store.rows(SAID, ns)
    ]
    return sorted(hits, key=lambda h: (not h.exact, instant_key(h.published), h.report, h.statement))[:limit]


def _alike(store: Store, terms: tuple[str, ...], most: int) -> list[int]:
    """Statements that hold some of the terms, by how much these tell: a term tells more the fewer hold it."""
    tells: dict[int, float] = defaultdict(float)
    for term in dict.fromkeys(terms):
        ns = store.holding("statements", (term,), most=COMMON)
        for n in ns if len(ns) < COMMON else ():
            tells[n] += log(COMMON / len(ns))
    best = nsmallest(most, tells, key=lambda n: (-tells[n], n))
    return best or store.holding("statements", terms, most=most, any_of=True)


def search_reports(store: Store, words: str, *, limit: int = 50) -> list[Found]:
    """Reports whose headline or text holds the words: those whose headline does first, then the last to be printed.

    Where many hold them, the last to arrive are compared. Raises ArgumentError for no words.
    """
    terms = terms_of(words)
    ns = store.holding("reports", terms, most=MOST_FOUND, newest=True)
    if not ns:
        return []
    titled = set(store.holding("headlines", terms, most=MOST_FOUND, newest=True, since=ns[-1]))
    printed: dict[int, str | None] = dict(store.rows("SELECT n, published FROM reports WHERE n IN", ns))
    ns.sort(key=lambda n: (n in titled, printed[n] is not None, instant_key(printed[n]), n), reverse=True)
    best = ns[:limit]
    marked = store.marked(best, terms)
    rows = {n: row for n, *row in store.rows("SELECT n, id, headline, outlet, published FROM reports WHERE n IN", best)}
    return [Found(report=a, headline=b, outlet=c, published=d, snippet=marked[n]) for n in best for a, b, c, d in [rows[n]]]


def query_of(words: str, *, join: str = " AND ") -> str:
    """A person's words as an FTS5 query: "phrases" kept, everything else a word that must be there; no operator of theirs gets through."""
    return join.join(f'"{term}"' for term in terms_of(words))


def _fold(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
