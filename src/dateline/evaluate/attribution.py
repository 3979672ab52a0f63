"""Task `attribution`: statements with their sources against documents in which people marked source, cue and content.

The measures are those of the shared scorer: a content matches at a token Jaccard of one half, a source by its head word.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

from dateline.evaluate.base import Line, Row, read_rows
from dateline.ingest.report import make_report
from dateline.ingest.text import fields_of_text
from dateline.pipeline import read_record
from dateline.records import Record, Span

WORD = re.compile(r"\w+(?:['’]\w+)*")
# Where a noun phrase's head ends, for a scorer that has no parse.
CUT = re.compile(
    r"[,;:(\[–—]| - |--|\b(?:of|in|at|for|from|with|who|whom|whose|that|which|on|to|by|and|or|as|among|about|inside|close)\b", re.IGNORECASE
)
SPEECH = frozenset(
    [
        "said",
        "say",
        "says",
        "saying",
        "told",
        "tell",
        "tells",
        "telling",
        "added",
        "adds",
        "asked",
        "asks",
        "replied",
        "responded",
        "announced",
        "claimed",
        "claims",
        "argued",
        "argues",
        "insisted",
        "warned",
        "tweeted",
        "wrote",
        "writes",
        "stated",
        "explained",
        "noted",
        "declared",
        "acknowledged",
        "admitted",
        "denied",
        "confirmed",
        "called",
        "reported",
        "reports",
        "suggested",
        "described",
        "accused",
        "vowed",
        "promised",
        "testified",
        "urged",
        "criticized",
        "blasted",
    ]
)
PRONOUNS = frozenset(["he", "she", "they", "it", "i", "we", "you", "his", "her", "their", "him", "them", "who", "one"])
MATCH = 0.5
LAYERS = ("/around", "/inside")  # how `by` ends for statements that were added to those that stand side by side

Pair = tuple[int, int]
Spans = Sequence[Sequence[int]]


class Marked(NamedTuple):
    """One attribution as sets of word offsets."""

    content: frozenset[int]
    source: frozenset[int]
    head: int | None
    cue: frozenset[int]
    kind: str | None
    cue_class: str
    source_class: str


def predict(gold: Path, line: Line, *, kinds: str = "", cues: str = "") -> Iterator[Row]:
    """One row a document: {"id", "attributions": [{"source", "cue", "content", "kind"}]}.

    Asked for some kinds or cue classes only, it gives statements of those alone, as a reader who wants only quotations would ask.
    """
    asked_kinds, asked_cues = listed(kinds), listed(cues)
    for row in read_rows(gold):
        found = attributions(record_of(row["id"], row["text"], line))
        yield {
            "id": row["id"],
            "attributions": [
                x
                for x in found
                if (not asked_kinds or x["kind"] in asked_kinds) and (not asked_cues or mark_one(row["text"], x).cue_class in asked_cues)
            ],
        }


def record_of(name: str, text: str, line: Line) -> Record:
    """The record of one English text, read as a plain-text file is."""
    fields = replace(fields_of_text(text, line.codebook), language="en")
    report = make_report(raw=text.encode(), text=text, fields=fields, read_from=name, identity=name)
    return read_record(report, line.codebook, line.analyser)


def attributions(record: Record) -> list[Row]:
    """The record's statements in the scorer's form. A token plays one part there: statements around and inside others are left out."""
    return [
        {
            "source": [pair(s.speaker.span)] if s.speaker and s.speaker.span else [],
            "cue": [pair(s.cue)] if s.cue else [],
            "content": [pair(span) for span in s.content],
            "kind": s.kind,
        }
        for s in record.statements
        if not s.by.endswith(LAYERS)
    ]


def pair(span: Span) -> list[int]:
    """A span as the scorer writes it."""
    return [span.start, span.end]


def score(gold: Path, rows: Sequence[Row], *, split: str | bool = False, kinds: str = "", cues: str = "") -> dict[str, Any]:
    """The shared scorer's figures. `split` counts each unbroken stretch of a content as an attribution of its own;

    `kinds` and `cues` are lists with commas: only gold of these kinds (direct, mixed, indirect) or cue classes (speech, according, other, none).
    """
    is_split = split in (True, "", "true", "yes", "1")
    predicted = {row["id"]: row["attributions"] for row in rows}
    count: Counter[str] = Counter()
    recall: dict[str, list[int]] = {}
    for row in read_rows(gold):
        wanted = mark(row["text"], row["attributions"], split=is_split)
        found = mark(row["text"], predicted.get(row["id"], []), split=is_split)
        wanted, found = keep(wanted, found, listed(kinds), listed(cues))
        count += count_document(wanted, found, recall)
    return figures(count, recall)


def listed(names: str) -> frozenset[str]:
    """The names of a list with commas."""
    return frozenset(n.strip() for n in names.split(",") if n.strip())


def mark(text: str, attributions: Sequence[Row], *, split: bool = False) -> list[Marked]:
    """Attributions as sets of word offsets; those without content are dropped."""
    if split:
        attributions = [{**x, "content": [piece]} for x in attributions for piece in (x.get("content") or [])]
    marked = (mark_one(text, x) for x in attributions)
    return [m for m in marked if m.content]


def mark_one(text: str, attribution: Row) -> Marked:
    """One attribution as sets of word offsets."""
    source, cue = attribution.get("source") or [], attribution.get("cue") or []
    cue_words = frozenset(re.findall(r"\w+", words_at(text, cue).lower()))
    source_text = words_at(text, source)
    return Marked(
        content=offsets(text, attribution.get("content") or []),
        source=offsets(text, source),
        head=head_word(text, source),
        cue=offsets(text, cue),
        kind=attribution.get("kind"),
        cue_class="none" if not cue_words else "according" if "according" in cue_words else "speech" if cue_words & SPEECH else "other",
        source_class="none"
        if not source_text
        else "pronoun"
        if source_text.lower() in PRONOUNS
        else "name/nominal"
        if source_text.split()
        else "none",
    )


def words_at(text: str, spans: Spans) -> str:
    """The texts of some spans with spaces between them."""
    return " ".join(text[a:b] for a, b in spans)


def offsets(text: str, spans: Spans) -> frozenset[int]:
    """Where words start inside some spans."""
    return frozenset(a + m.start() for a, b in spans for m in WORD.finditer(text[a:b]))


def head_word(text: str, spans: Spans) -> int | None:
    """Where the last word before the first cut of a noun phrase starts."""
    if not spans:
        return None
    begin, end = min((a, b) for a, b in spans)
    words = list(WORD.finditer(text[begin:end]))
    if not words:
        return None
    for cut in CUT.finditer(text[begin:end]):
        before = [w for w in words if w.end() <= cut.start()]
        if before:
            return begin + before[-1].start()
    return begin + words[-1].start()


def keep(gold: list[Marked], found: list[Marked], kinds: frozenset[str], cues: frozenset[str]) -> tuple[list[Marked], list[Marked]]:
    """Only gold of these kinds and cue classes, without the predictions that best overlap a gold item left out."""
    if not kinds and not cues:
        return gold, found
    kept = [g for g in gold if (not kinds or g.kind in kinds) and (not cues or g.cue_class in cues)]
    dropped = [g for g in gold if g not in kept]

    def is_dropped(p: Marked) -> bool:
        near = [g for g in gold if g.content & p.content]
        return bool(near) and max(near, key=lambda g: jaccard(g, p)) in dropped

    return kept, [p for p in found if not is_dropped(p)]


def jaccard(g: Marked, p: Marked) -> float:
    """Shared words of two contents over all their words."""
    return len(g.content & p.content) / len(g.content | p.content)


def coverage(g: Marked, p: Marked) -> float:
    """The share of the gold content that a prediction covers."""
    return len(g.content & p.content) / len(g.content)


def source_right(g: Marked, p: Marked) -> bool:
    """The head words of the sources agree; where the gold has no source the prediction has none."""
    if not g.source or not p.source:
        return not g.source and not p.source
    return g.head == p.head or (g.head in p.source and p.head in g.source)


def assign(
    gold: list[Marked], found: list[Marked], allowed: Callable[[Marked, Marked], bool], value: Callable[[Marked, Marked], float]
) -> list[Pair]:
    """One-to-one pairs, the best value first, earlier items first among equals."""
    options = sorted(
        ((value(g, p), -i, -j) for i, g in enumerate(gold) for j, p in enumerate(found) if g.content & p.content and allowed(g, p)),
        reverse=True,
    )
    golds: set[int] = set()
    founds: set[int] = set()
    pairs: list[Pair] = []
    for _, i, j in options:
        if -i not in golds and -j not in founds:
            golds.add(-i)
            founds.add(-j)
            pairs.append((-i, -j))
    return pairs


def count_document(gold: list[Marked], found: list[Marked], recall: dict[str, list[int]]) -> Counter[str]:
    """The counts of one document; `recall` (class → all, content found, source right too) is added to."""
    c: Counter[str] = Counter(docs=1, gold=len(gold), found=len(found))
    in_gold = frozenset[int]().union(*(g.content for g in gold))
    in_found = frozenset[int]().union(*(p.content for p in found))
    c.update({"gold tokens": len(in_gold), "found tokens": len(in_found), "shared tokens": len(in_gold & in_found)})
    c["soft found"] += sum(len(p.content & in_gold) / len(p.content) for p in found)  # type: ignore[assignment]
    c["soft gold"] += sum(len(g.content & in_found) / len(g.content) for g in gold)  # type: ignore[assignment]
    exact = assign(gold, found, lambda g, p: g.content == p.content, lambda g, p: 1 + source_right(g, p))
    c["exact"] += len(exact)
    c["exact with source"] += sum(gold[i].source == found[j].source for i, j in exact)
    for name, least in (("ggt30", 0.3), ("ggt80", 0.8)):
        c[name] += len(assign(gold, found, lambda g, p, least=least: coverage(g, p) > least, coverage))  # type: ignore[misc]
    pairs = assign(gold, found, lambda g, p: jaccard(g, p) >= MATCH, lambda g, p: jaccard(g, p) + 0.001 * source_right(g, p))
    c["match"] += len(pairs)
    matched = dict(pairs)
    for i, g in enumerate(gold):
        right = i in matched and source_right(g, found[matched[i]])
        for name in (f"kind:{g.kind}", f"cue:{g.cue_class}", f"source:{g.source_class}"):
            row = recall.setdefault(name, [0, 0, 0])
            row[0], row[1], row[2] = row[0] + 1, row[1] + (i in matched), row[2] + right
    for i, j in pairs:
        count_pair(gold[i], found[j], c)
    return c


def count_pair(g: Marked, p: Marked, c: Counter[str]) -> None:
    """What a pair matched by content says of source and cue."""
    right, cue = source_right(g, p), bool(g.cue & p.cue)
    if g.source:
        c.update(
            {
                "sourced": 1,
                "source exact": int(g.source == p.source),
                "source head": int(right),
                "source any": int(bool(g.source & p.source)),
            }
        )
    else:
        c.update({"sourceless": 1, "sourceless right": int(right)})
    if g.cue:
        c.update({"cued": 1, "cue any": int(cue)})
    c.update({"full": int(right), "full with cue": int(right and cue)})


def figures(c: Counter[str], recall: dict[str, list[int]]) -> dict[str, Any]:
    """The counts as the shared scorer's table."""

    def of(a: str, b: str) -> float | None:
        return round(100 * c[a] / c[b], 1) if c[b] else None

    def both(hits: float, gold_hits: float | None = None, found: str = "found", gold: str = "gold") -> dict[str, float]:
        return prf(hits, c[found], c[gold], gold_hits)

    return {
        "docs": c["docs"],
        "gold": c["gold"],
        "pred": c["found"],
        "content_exact": both(c["exact"]),
        "content_soft": both(c["soft found"], c["soft gold"]),
        "content_tok": both(c["shared tokens"], c["shared tokens"], "found tokens", "gold tokens"),
        "content_match": both(c["match"]),
        "ggt30": both(c["ggt30"]),
        "ggt80": both(c["ggt80"]),
        "source_given_match": {
            "n": c["sourced"],
            "exact": of("source exact", "sourced"),
            "head": of("source head", "sourced"),
            "any": of("source any", "sourced"),
            "nosource_n": c["sourceless"],
            "nosource_ok": of("sourceless right", "sourceless"),
        },
        "cue_given_match": {"n": c["cued"], "any": of("cue any", "cued")},
        "full_soft": both(c["full"]),
        "full_cue": both(c["full with cue"]),
        "full_exact": both(c["exact with source"]),
        "recall_by": {
            name: {"n": n, "content_match": round(100 * m / n, 1), "full_soft": round(100 * f / n, 1)}
            for name, (n, m, f) in sorted(recall.items())
        },
    }


def prf(hits: float, found: float, gold: float, gold_hits: float | None = None) -> dict[str, float]:
    """Precision, recall and F1 in per cent."""
    p = hits / found if found else 0.0
    r = (hits if gold_hits is None else gold_hits) / gold if gold else 0.0
    return {"P": round(100 * p, 1), "R": round(100 * r, 1), "F1": round(200 * p * r / (p + r), 1) if p + r else 0.0}
