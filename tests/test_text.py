"""Plain-text scrapes: a table of pages, the seed, and laws that hold for any text."""

import json
import random
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dateline.codebook import Codebook, load_codebook
from dateline.evaluate.codebook_agencies import check_agencies
from dateline.evaluate.codebook_furniture import check_furniture
from dateline.evaluate.codebook_stamps import check_stamps
from dateline.ingest.stamps import Hints
from dateline.ingest.text import fields_of_text
from dateline.records import Fields, Span
from variants import make

SCRAPES = yaml.safe_load((Path(__file__).parent / "scrapes.yml").read_text(encoding="utf8"))
SINGLE = ("headline", "byline", "section", "agency", "published", "updated", "dateline_place", "outlet", "url", "deck")
HINTS = Hints(latest=date(2026, 1, 1))


@cache
def book() -> Codebook:
    """The codebook."""
    return load_codebook()


def read(text: str) -> Fields:
    """The fields of a text."""
    return fields_of_text(text, book(), HINTS)


@pytest.mark.parametrize("scrape", SCRAPES, ids=[s["name"] for s in SCRAPES])
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_scrapes(scrape: dict[str, Any], ends: str) -> None:
    text, expect = scrape["text"].replace("\n", ends), scrape["expect"]
    fields = read(text)
    for name in SINGLE:
        value = getattr(fields, name)
        assert (value.value if value else None) == expect.get(name), name
    body = [text[p.span.start : p.span.end] for p in fields.body]
    assert len(body) == len(expect["body"]), body
    assert all(got.startswith(first) for got, first in zip(body, expect["body"], strict=True)), body
    captions = [c.value for c in fields.captions]
    assert len(captions) == len(expect.get("captions", [])), captions
    assert all(got.startswith(first) for got, first in zip(captions, expect.get("captions", []), strict=True)), captions
    assert [t.value for t in fields.tags] == expect.get("tags", [])


LEAD = "A bomb went off in the vegetable market on Saturday and hurt thirty people, officials said."


@pytest.mark.parametrize(
    ("opening", "dateline", "place"),
    [
        ("NAIROBI, March 14, 2023 (Reuters) - ", "NAIROBI, March 14, 2023 (Reuters) -", "NAIROBI"),
        ("LAHORE: ", "LAHORE:", "LAHORE"),
        ("BRATISLAVA, March 14 (Danube Wire) - ", "BRATISLAVA, March 14 (Danube Wire) -", "BRATISLAVA"),
        ("NAIROBI, Kenya (Savanna News) -- ", "NAIROBI, Kenya (Savanna News) --", "NAIROBI, Kenya"),
        ("Bogota, Apr 30 (Cordillera).- ", "Bogota, Apr 30 (Cordillera).-", "Bogota"),
        ("JOHN SMITH (Republican) - ", None, None),
        ("MADRID, May 3 (see page 4) - ", None, None),
        ("NEW DELHI: ", "NEW DELHI:", "NEW DELHI"),
        ("(Reuters) - ", "(Reuters) -", None),
        ("UPDATE: ", None, None),
        ("HOLT: ", None, None),
        ("", None, None),
    ],
)
def test_a_dateline_ends_at_its_dash_or_colon(opening: str, dateline: str | None, place: str | None) -> None:
    text = f"Bomb at market hurts thirty\n\n{opening}{LEAD}\n\nNobody claimed it. The town had been quiet since the spring, traders said."
    fields = read(text)
    assert (text[fields.dateline.start : fields.dateline.end] if fields.dateline else None) == dateline
    assert (fields.dateline_place.value if fields.dateline_place else None) == place


@pytest.mark.parametrize(
    ("opening", "place", "agency"),
    [
        ("Frankfurt, 10 March 2025 (dpa)\n\n", "Frankfurt", "Deutsche Presse-Agentur"),
        ("Nairobi, Kenya, 10 March 2025\n\n", "Nairobi, Kenya", None),
        ("frankfurt, mar 10 2025: ", "frankfurt", None),
        ("Harbour, 10 March 2025\n\n", None, None),
    ],
)
def test_a_dateline_with_its_day(opening: str, place: str | None, agency: str | None) -> None:
    text = opening + (LEAD if opening[0].isupper() else LEAD.lower())
    fields = read(text)
    assert fields.published
    assert (fields.published.value, fields.published.weekday) == ("2025-03-10", None)
    assert (fields.dateline_place.value if fields.dateline_place else None) == place
    assert (fields.agency.value if fields.agency else None) == agency


@pytest.mark.parametrize("opening", ["frankfurt: ", "frankfurt, mar 10: ", "apples, mar 10 2025: "])
def test_words_without_capitals_are_a_dateline_only_with_a_town_and_a_full_day(opening: str) -> None:
    assert read(opening + LEAD.lower()).dateline is None


def test_the_turns_of_a_transcript_are_no_datelines() -> None:
    text = "The candidates on the harbour\n\nJACKSON: The quay stays with the town, and nobody here doubts it.\n\nMURPHY: Then why was it put up for sale in May?"
    assert read(text).dateline is None


def test_a_repeated_caption_is_kept_once_with_its_duplicate() -> None:
    text = next(s["text"] for s in SCRAPES if s["name"] == "no blank lines at all")
    (caption,) = read(text).captions
    (again,) = caption.duplicates
    assert text[again.start : again.end] == text[caption.span.start : caption.span.end] == "The mayor at the bridge"
    assert caption.span.end < again.start


@pytest.mark.parametrize("gold", make.variants(), ids=lambda g: g["id"])
def test_variants(gold: dict[str, Any]) -> None:
    fields = read(gold["text"])
    captions = [s for c in fields.captions for s in (c.span, *c.duplicates)]
    for item in gold["article"]:
        name, span = item["field"], item["span"]
        if name.startswith("body_p"):
            assert fields.body[int(name[6:]) - 1].span == Span(span["start"], span["end"])
        elif name.startswith("caption"):
            assert Span(span["start"], span["end"]) in captions
        elif name.startswith("tag_"):
            assert fields.tags[int(name[4:]) - 1].value == item["value"]
        elif name.startswith("weekday_"):
            assert getattr(fields, name[8:]).weekday == item["value"]
        elif name != "language":
            value = getattr(fields, name)
            assert (value.value if value else "").startswith(item["value"] or ""), name
            assert (value is None) == (item["value"] is None), name


@pytest.mark.parametrize("seed", range(60))
def test_heads_in_any_order(seed: int) -> None:
    text, slots, head = make.shuffled(random.Random(seed))
    fields = read(text.text)
    wanted = {
        "headline": text.first("headline")["text"],
        "byline": slots["byline"] if "byline" in head else None,
        "agency": make.AGENCIES[slots["sign"]] if "agency" in head else None,
        "deck": text.first("deck")["text"] if "deck" in head else None,
    }
    assert {name: v.value if (v := getattr(fields, name)) else None for name in wanted} == wanted
    assert fields.published is not None
    assert fields.published.value[:16] == f"{slots['day'].isoformat()}T{slots['hour']:02}:{slots['minute']:02}"
    assert fields.updated is not None
    assert fields.updated.value == slots["update"].isoformat()
    (caption,) = fields.captions
    assert 1 + len(caption.duplicates) == head.count("caption")
    assert [p.span for p in fields.body] == [Span(s["start"], s["end"]) for s in text.spans["body"]]


def test_seed_is_read_whole(seed: Path) -> None:
    text = (seed / "report.txt").read_bytes().decode()
    gold = json.loads((seed / "record.json").read_text(encoding="utf8"))["article"]
    fields = read(text)
    wanted = {g["field"]: g["value"] for g in gold}
    for name in SINGLE:
        if name in wanted:
            value = getattr(fields, name)
            assert (value.value if value else None) == wanted[name], name
    assert [t.value for t in fields.tags] == [v for f, v in wanted.items() if f.startswith("tag_")]
    bodies = [g["span"] for g in gold if g["field"].startswith("body_p")]
    assert [p.span for p in fields.body] == [Span(s["start"], s["end"]) for s in bodies]
    assert fields.published is not None
    assert fields.published.weekday == wanted["weekday_published"]


def spans_of(fields: Fields) -> list[Span]:
    """Every span of some fields."""
    single = [v.span for name in SINGLE if (v := getattr(fields, name)) and v.span]
    captions = [s for c in fields.captions for s in (c.span, *c.duplicates)]
    return [*single, *captions, *(p.span for p in fields.body), *(t.span for t in fields.tags if t.span)]


LINES = st.sampled_from(
    [
        "The minister said on Monday that the talks would go on for another week.", "Talks go on", "By Jane Roe", "AA", "28/07/2020", "",
        "Updated: 3 May 2021 10:00", "#peace", "Tags: a, b", "Photo: AFP", "ROME (AP) —", "ROME, May 3 (AP) — Talks went on, it said.", "Share",
        "Published", "https://example.org/a", "World", "“No,” he said.", "- AFP", "1,234", "۱۳۹۹/۰۵/۰۷", "x" * 90, "two\u2028lines", "…",
    ]
)  # fmt: skip


@given(st.lists(LINES, max_size=14), st.sampled_from(["\n", "\n\n", "\r\n", " \n"]))
def test_every_span_says_what_it_claims(lines: list[str], joint: str) -> None:
    text = joint.join(lines)
    fields = read(text)
    for span in spans_of(fields):
        assert 0 <= span.start < span.end <= len(text)
        assert not text[span.start].isspace()
        assert not text[span.end - 1].isspace()
    for value in (fields.headline, fields.deck, fields.byline):
        assert value is None or (value.span and " ".join(text[value.span.start : value.span.end].split()) == value.value)
    for tag in fields.tags:
        assert tag.span is not None
        assert text[tag.span.start : tag.span.end].lstrip("#") == tag.value
    paragraphs = [p.span for p in fields.body]
    assert all(a.end <= b.start for a, b in pairwise(paragraphs))
    assert read(text) == fields


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    for span in spans_of(read(text)):
        assert 0 <= span.start < span.end <= len(text)


def test_every_word_of_the_body_is_kept(gold: Path) -> None:
    """What is neither field nor furniture is body: little of a corpus of clean texts may be left out."""
    rows = [json.loads(line) for line in (gold / "quotes" / "polnear_dev.jsonl").read_text(encoding="utf8").splitlines()]
    kept = sum(span.end - span.start for row in rows for span in spans_of(read(row["text"])))
    assert kept > 0.985 * sum(len(row["text"].strip()) for row in rows)


@pytest.mark.parametrize("check", [check_stamps, check_furniture, check_agencies])
def test_the_codebook_finds_its_examples(check: Any) -> None:
    assert check(book(), None) == []
