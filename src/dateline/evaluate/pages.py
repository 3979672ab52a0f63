"""Task pages: the fields and bodies read from news pages, scored as the shared scorer does: the same figures from the same rows.

The gold is a JSONL file with the pages' HTML beside it in `html/ID.html.gz`; rows are in the form of a record with its text.
"""

import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from dateline.evaluate.base import Line, Row, read_rows
from dateline.ingest.html import read_html
from dateline.records import Report

WORD = re.compile(r"\w+")
BODY_ONLY = "aeb_"  # pages whose gold is the body alone


def predict(gold: Path, line: Line) -> Iterator[Row]:
    """One row a page: its address on disk, its fields, its text. A page that cannot be read gives none."""
    for page in read_rows(gold):
        path = gold.parent / "html" / f"{page['id']}.html.gz"
        for read in read_html(gzip.decompress(path.read_bytes()), line.codebook, read_from=path.name):
            if isinstance(read, Report):
                yield {"read_from": read.read_from, "report": msgspec.json.decode(msgspec.json.encode(read.fields)), "text": read.text}


def score(gold: Path, rows: Any, **_switches: Any) -> dict[str, Any]:
    """The figures of the shared scorer, rounded to four places."""
    records: dict[str, Row] = {}
    for row in rows:
        records.setdefault(re.sub(r"\.html(\.gz)?.*$", "", str(row.get("read_from", "")).split("/")[-1]), row)
    counts, bodies, names = Counter[str](), defaultdict[str, list[float]](list), {"authors": Counter[str](), "topics": Counter[str]()}
    for page in read_rows(gold):
        record = records.get(page["id"])
        fields, text = (record or {}).get("report") or {}, (record or {}).get("text") or ""
        counts.update(pages=1, read=record is not None)
        body = "\n".join(text[p["span"]["start"] : p["span"]["end"]] for p in fields.get("body") or [])
        bodies["body aeb" if page["id"].startswith(BODY_ONLY) else "body other"].append(overlap(grams(page.get("body")), grams(body)))
        if page.get("title"):
            counts.update(title=1, title_right=folded(value_of(fields.get("headline"))) == folded(page["title"]))
        if page.get("published"):
            counts.update(score_published(page["published"], str(value_of(fields.get("published")) or "")))
        for key, field in (("authors", "byline"), ("topics", "tags")):
            if page.get(key):
                wanted, given = names_of(page[key]), names_of(fields.get(field) or [])
                names[key].update(both=len(wanted & given), total=len(wanted) + len(given))
    figures: dict[str, Any] = {
        "pages": counts["pages"],
        "read": counts["read"],
        "title_exact": share(counts["title_right"], counts["title"]),
        "day": share(counts["day_right"], counts["day"]),
        "day_wrong": counts["day_wrong"],
        "instants": counts["instants"],
        "instant_given": share(counts["given"], counts["instants"]),
        "instant_right": share(counts["given_right"], counts["given"]),
    }
    figures |= {key: share(2 * tally["both"], tally["total"]) for key, tally in names.items()}
    figures |= {key: round(sum(found) / len(found), 4) for key, found in bodies.items()}
    return figures


def share(part: int, whole: int) -> float:
    """A share to four places; 0 of nothing is 0."""
    return round(part / max(1, whole), 4)


def score_published(wanted: str, given: str) -> Counter[str]:
    """Day (in the page's zone or UTC) and, where the gold states an instant, whether it is given and right to within a minute."""
    want = datetime.fromisoformat(wanted)
    days = {want.date().isoformat(), (want.astimezone(UTC) if want.tzinfo else want).date().isoformat()}
    found = Counter(day=1, day_right=given[:10] in days, day_wrong=bool(given) and given[:10] not in days)
    if want.tzinfo is None or (want.hour, want.minute) == (0, 0):
        return found
    found["instants"] += 1
    try:
        mine = datetime.fromisoformat(given)
    except ValueError:
        return found
    if len(given) > 10:
        mine = mine if mine.tzinfo else mine.replace(tzinfo=want.tzinfo)
        found.update(given=1, given_right=abs((mine - want).total_seconds()) <= 60)
    return found


def value_of(field: Any) -> Any:
    """A field's value, whether a record's or bare."""
    return field.get("value") if isinstance(field, dict) else field


def folded(text: Any) -> str:
    """A title or name without case, outer quotation marks, and differences of spaces and dashes."""
    return re.sub(r"[\s\-‐–—]+", " ", str(text or "")).strip(" \"'“”‘’.,").casefold()


def names_of(fields: Any) -> set[str]:
    """The folded names in a field, or in several: split at commas, "and" and their like, "by" taken off."""
    found = set[str]()
    for field in fields if isinstance(fields, list) else [fields]:
        line = re.sub(r"^\s*by\s+", "", str(value_of(field) or ""), flags=re.I)
        found |= {folded(name).lstrip("#") for name in re.split(r",|;| and | & |/", line) if folded(name)}
    return found


def grams(text: str | None) -> Counter[tuple[str, ...]]:
    """Word 4-grams with their counts."""
    words = WORD.findall((text or "").casefold())
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3)))


def overlap(wanted: Counter[tuple[str, ...]], given: Counter[tuple[str, ...]]) -> float:
    """F1 of two multisets."""
    both = sum((wanted & given).values())
    return 2 * both / (sum(wanted.values()) + sum(given.values())) if wanted and given else 0.0
