"""Web pages: their data, what they print, and what a hostile page must not do. Every page here is made up."""

import gzip
import itertools
import json
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.codebook import Codebook, load_codebook
from dateline.evaluate import pages
from dateline.evaluate.codebook_web import check_web
from dateline.ingest.html import read_html
from dateline.ingest.html_dates import writes_out
from dateline.ingest.html_fields import split_names
from dateline.ingest.html_instants import read_instant
from dateline.ingest.html_page import decode
from dateline.records import Rejected, Report

HEADLINE = "Bridge at Karlov stays shut until spring"
PARAGRAPHS = (
    "The road bridge at Karlov will not open before April, the regional council said on Monday after engineers found new cracks.",
    "“We would rather pay for ferries than for funerals,” said the council's chair, Milena Dvorak, who had the crossing closed.",
    "Some nine thousand people use the bridge each day, and the nearest other crossing is forty minutes away by road.",
)


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return load_codebook()


def page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>".encode()


def article(inside: str = "", *, before: str = "", after: str = "") -> str:
    words = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    return f"<div class='site'><nav><a href='/'>Home</a></nav><main><article><h1>{HEADLINE}</h1>{before}<div class='story'>{words}{inside}</div></article>{after}</main></div>"


def data(**values: Any) -> str:
    node = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": HEADLINE, **values}
    return f"<script type='application/ld+json'>{json.dumps(node)}</script>"


def read(raw: bytes, codebook: Codebook, **options: Any) -> Report:
    (report,) = read_html(raw, codebook, read_from="made.html", **options)
    assert isinstance(report, Report), report
    return report


def said(report: Report) -> list[str]:
    return [report.text[p.span.start : p.span.end] for p in report.fields.body]


# ── body ────────────────────────────────────────────────────────────────────────────────────────────────────────────

FURNITURE = [
    (
        "a list of other stories named so",
        "<div class='related-stories'><p>Council chair faces a vote of confidence over the budget of the coming year.</p></div>",
    ),
    (
        "names written as one word",
        "<div class='singlepostmeta'><p>Filed under roads by the desk; you can follow the answers to this entry by feed.</p></div>",
    ),
    ("a link to another story", "<p>Also on our pages: <a href='/x'>Karlov ferries to run day and night from the first of March</a></p>"),
    ("a link alone that breaks off", "<p><a href='/x'>The engineers who found the cracks say that they were not the first to…</a></p>"),
    ("a label of advertising", "<p>Advertisement</p>"),
    ("a call to sign up", "<p>Sign up for our morning letter and have the day's reports before breakfast.</p>"),
    ("a hidden box", "<div style='display: none'><p>You have read your last free report of this month, dear reader of ours.</p></div>"),
    ("a footer", "<footer><p>The Karlov Courier is printed by a cooperative of its readers, and has been since 1951.</p></footer>"),
    ("a heading that nothing follows", "<h3>More from the region</h3>"),
    ("the headline again", f"<h2>{HEADLINE}</h2>"),
    ("consent asked for in German", "<p>Ich bin damit einverstanden, dass mir Karten eines anderen Dienstes gezeigt werden.</p>"),
    ("a script", "<script>document.write('<p>Words that only a machine wrote into this page, and no reader.</p>')</script>"),
]


@pytest.mark.parametrize(("why", "markup"), FURNITURE, ids=[f[0] for f in FURNITURE])
def test_furniture_is_left_out(why: str, markup: str, codebook: Codebook) -> None:
    assert said(read(page(article(markup)), codebook)) == list(PARAGRAPHS)


KEPT = [
    (
        "a subheading with text under it",
        "<h2>What the engineers found</h2><p>The cracks run along the second pier, and they are wider than a hand.</p>",
    ),
    ("a list", "<ul><li>The ferry leaves every half hour from the old quay.</li><li>A ticket costs as much as a loaf of bread.</li></ul>"),
    (
        "a linked sentence",
        "<p><a href='/r'>The engineers' report was handed to the council a week before the closure was made public.</a></p>",
    ),
    (
        "an embedded post",
        "<div class='social-embed'><blockquote><p>Closed again! My children will be late for school until the summer, and who pays?</p></blockquote></div>",
    ),
    (
        "a class that says what an element lacks",
        "<div class='no-sidebar'><p>Buses will turn back at the station, and the school will open an hour later.</p></div>",
    ),
    (
        "a table's rows",
        "<p>The crossings, counted:</p><table><tr><td>2023</td><td>8,811</td></tr><tr><td>2024</td><td>9,040</td></tr></table>",
    ),
]


@pytest.mark.parametrize(("why", "markup"), KEPT, ids=[k[0] for k in KEPT])
def test_words_of_the_report_are_kept(why: str, markup: str, codebook: Codebook) -> None:
    found = said(read(page(article(markup)), codebook))
    assert found[: len(PARAGRAPHS)] == list(PARAGRAPHS)
    assert len(found) > len(PARAGRAPHS)


def test_pieces_of_a_report_in_boxes_named_sidebar_are_kept(codebook: Codebook) -> None:
    """Builders name the whole grid of a page "sidebar": a name that holds most of the report says nothing."""
    boxes = "".join(f"<div class='sidebar-grid'><p>{p}</p></div>" for p in PARAGRAPHS)
    assert said(read(page(f"<main><h1>{HEADLINE}</h1>{boxes}</main>"), codebook)) == list(PARAGRAPHS)


def test_the_first_paragraph_beside_a_folded_body_is_kept(codebook: Codebook) -> None:
    folded = "".join(f"<p>{p}</p>" for p in PARAGRAPHS[1:])
    markup = f"<h1>{HEADLINE}</h1><div class='text'><p>{PARAGRAPHS[0]}</p><div class='more'>{folded}</div></div>"
    assert said(read(page(markup), codebook)) == list(PARAGRAPHS)


CAPTIONS = [
    ("a figure", "<figure><img src='b.jpg'><figcaption>The closed bridge on Monday</figcaption></figure>", "The closed bridge on Monday"),
    ("a named element", "<div class='photo-caption'>The closed bridge on Monday</div>", "The closed bridge on Monday"),
    ("a credit", "<p>The closed bridge on Monday (Photo: Ana Brod)</p>", "The closed bridge on Monday (Photo: Ana Brod)"),
    ("alone beside an image", "<div><div><img src='b.jpg'></div><p>The closed bridge on Monday</p></div>", "The closed bridge on Monday"),
]


@pytest.mark.parametrize(("why", "markup", "caption"), CAPTIONS, ids=[c[0] for c in CAPTIONS])
def test_captions_are_told_from_body(why: str, markup: str, caption: str, codebook: Codebook) -> None:
    report = read(page(article(markup + "<p>The council meets again on Thursday to decide on the ferries.</p>")), codebook)
    assert [c.value for c in report.fields.captions] == [caption]
    assert caption not in said(report)


DECK = "Nine thousand people a day must take the ferry or drive for forty minutes"
DECKS = [
    ("named so", f"<p class='standfirst'>{DECK}</p>", ""),
    ("a heading below the headline", f"<h2>{DECK}</h2>", ""),
    ("told by the description", f"<div>{DECK}</div>", f"<meta name='description' content='{DECK}'>"),
]


@pytest.mark.parametrize(("why", "markup", "head"), DECKS, ids=[d[0] for d in DECKS])
def test_deck_as_printed_has_its_span(why: str, markup: str, head: str, codebook: Codebook) -> None:
    report = read(page(article(before=f"<header>{markup}</header>"), head), codebook)
    deck = report.fields.deck
    assert deck
    assert deck.span
    assert report.text[deck.span.start : deck.span.end] == DECK == deck.value
    assert said(report) == list(PARAGRAPHS)


def test_a_description_that_is_not_printed_has_a_from_and_no_span(codebook: Codebook) -> None:
    report = read(page(article(), f"<meta property='og:description' content='{DECK}'>"), codebook)
    assert report.fields.deck
    assert report.fields.deck.span is None
    assert report.fields.deck.source == "meta:og:description"


def test_a_description_that_begins_as_the_body_does_is_no_deck(codebook: Codebook) -> None:
    report = read(page(article(), f"<meta name='description' content='{PARAGRAPHS[0][:90]}…'>"), codebook)
    assert report.fields.deck is None
    assert said(report)[0] == PARAGRAPHS[0]


def test_a_body_that_only_the_data_holds_is_read(codebook: Codebook) -> None:
    """Some pages are built in the browser: what they print is a headline and a plea to switch scripts on."""
    words = [p + " And so it will stay for now, the council said, whatever the ferry company may say." for p in PARAGRAPHS]
    raw = page(f"<h1>{HEADLINE}</h1><p>Switch scripts on.</p>", data(articleBody="\n\n".join(words)))
    assert said(read(raw, codebook)) == words


# ── fields ──────────────────────────────────────────────────────────────────────────────────────────────────────────

HEADLINES = [
    ("data and heading agree: as printed", data(), HEADLINE, HEADLINE),
    ("no data but the title with the site's name", f"<title>{HEADLINE} | The Karlov Courier</title>", HEADLINE, HEADLINE),
    ("entities escaped twice", data(headline="Karlov &amp;quot;shut&amp;quot; until spring"), "", 'Karlov "shut" until spring'),
    ("soft hyphens in print", data(headline=HEADLINE), HEADLINE.replace("Bridge", "Bri\u00addge"), HEADLINE),
    ("og:title with the site's name", f"<meta property='og:title' content='{HEADLINE} - Courier'>", HEADLINE, HEADLINE),
]


@pytest.mark.parametrize(("why", "head", "heading", "wanted"), HEADLINES, ids=[h[0] for h in HEADLINES])
def test_headline(why: str, head: str, heading: str, wanted: str, codebook: Codebook) -> None:
    body = article().replace(f"<h1>{HEADLINE}</h1>", f"<h1>{heading}</h1>" if heading else "")
    report = read(page(body, head), codebook)
    assert report.fields.headline
    assert report.fields.headline.value == wanted
    assert report.fields.headline.span
    assert report.text.startswith(wanted)


INSTANTS = [
    ("2026-03-02T09:05:00Z", "2026-03-02T09:05:00+00:00"),
    ("2026-03-02T11:05:00.123+0200", "2026-03-02T11:05:00+02:00"),
    ("2026-03-02 11:05", "2026-03-02T11:05:00"),
    ("20260302T110500+01", "2026-03-02T11:05:00+01:00"),
    ("2026-03-02T11:05:00.0000000Z", "2026-03-02T11:05:00+00:00"),
    ("Mon, 02 Mar 2026 09:05:00 GMT", "2026-03-02T09:05:00+00:00"),
    ("1772442300", "2026-03-02T09:05:00+00:00"),
    ("1772442300000", "2026-03-02T09:05:00+00:00"),
    ("2026-03-02", "2026-03-02"),
    ("2026-02-30", None),
    ("0001-01-01T00:00:00", None),
    ("March", None),
    ("", None),
    (None, None),
    ({"x": 1}, None),
]


@pytest.mark.parametrize(("written", "wanted"), INSTANTS)
def test_instants(written: object, wanted: str | None) -> None:
    found = read_instant(written)
    assert (found.value if found else None) == wanted


PUBLISHED = [
    ("the data's instant", data(datePublished="2026-03-02T11:05:00+02:00"), "", "2026-03-02T11:05:00+02:00", "json-ld:/datePublished"),
    ("a zone that only meta states", data(datePublished="2026-03-02T11:05:00") + "<meta property='article:published_time' content='2026-03-02T11:05:00+02:00'>", "", "2026-03-02T11:05:00+02:00", "meta:article:published_time"),
    ("a clock that only a time element states", data(datePublished="2026-03-02"), "<time datetime='2026-03-02T11:05:00+02:00'>2 March</time>", "2026-03-02T11:05:00+02:00", "time:datetime"),
    ("a meta of another day does not count", data(datePublished="2026-03-02") + "<meta name='date' content='2026-03-05T08:00:00Z'>", "", "2026-03-02", "json-ld:/datePublished"),
    ("a day after the last one believed", data(datePublished="2031-01-05T08:00:00Z"), "", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("why", "head", "before", "wanted", "source"), PUBLISHED, ids=[p[0] for p in PUBLISHED])
def test_published(why: str, head: str, before: str, wanted: str | None, source: str | None, codebook: Codebook) -> None:
    published = read(page(article(before=before), head), codebook, latest=date(2026, 11, 1)).fields.published
    assert (published.value if published else None, published.source if published else None) == (wanted, source)


def test_a_printed_stamp_has_its_characters(codebook: Codebook) -> None:
    report = read(page(article(before="<div>Monday, 2 March 2026, 11:05</div>")), codebook)
    published = report.fields.published
    assert published
    assert published.value == "2026-03-02T11:05"
    assert published.weekday == "Monday"
    assert published.span
    assert "2 March 2026" in report.text[published.span.start : published.span.end]


def test_updated_only_when_later(codebook: Codebook) -> None:
    same = read(page(article(), data(datePublished="2026-03-02T11:05:00Z", dateModified="2026-03-02T11:05:00Z")), codebook)
    changed = read(page(article(), data(datePublished="2026-03-02T11:05:00Z", dateModified="2026-03-02T15:00:00Z")), codebook)
    assert same.fields.updated is None
    assert changed.fields.updated
    assert changed.fields.updated.value == "2026-03-02T15:00:00+00:00"


@pytest.mark.parametrize(
    ("markup", "day", "wanted"),
    [
        ("/2026/03/01/bridge", "2026-03-01", True),
        ("1.3.2026", "2026-03-01", True),
        ("March 2026", "2026-03-01", False),
        ("2026-03-010", "2026-03-01", False),
    ],
)
def test_a_first_day_counts_only_where_it_is_written_out(markup: str, day: str, wanted: bool) -> None:
    assert writes_out(markup, date.fromisoformat(day)) is wanted


SIGNATURES = [
    ("persons of the data", data(author=[{"@type": "Person", "name": "Ana Brod"}, {"name": "Jan Holub (jh)"}]), "", "Ana Brod, Jan Holub", None),
    ("one text with an and", data(author="By Ana Brod and Jan Holub"), "", "Ana Brod, Jan Holub", None),
    ("given and family name", data(author={"givenName": "Ana", "familyName": "Brod"}), "", "Ana Brod", None),
    ("an agency is split off", data(author=[{"name": "Ana Brod"}, {"name": "Reuters"}]), "", "Ana Brod", "Reuters"),
    ("an agency alone signs", data(author={"name": "Reuters"}), "", "Reuters", "Reuters"),
    ("meta", "<meta name='author' content='Ana Brod'>", "", "Ana Brod", None),
    ("an address is no author", "<meta property='article:author' content='https://social.example/courier'>", "", None, None),
    ("a printed line", "", "<p>By Ana Brod</p>", "Ana Brod", None),
    ("a link to an author's page", "", "<div><a href='/author/ana-brod/'>Ana Brod</a>, roads</div>", "Ana Brod", None),
    ("print before an outlet's name in the data", "<meta property='og:site_name' content='Karlov Courier'>" + data(author="Karlov Courier"), "<p>By Ana Brod</p>", "Ana Brod", None),
]  # fmt: skip


@pytest.mark.parametrize(("why", "head", "before", "byline", "agency"), SIGNATURES, ids=[s[0] for s in SIGNATURES])
def test_signatures(why: str, head: str, before: str, byline: str | None, agency: str | None, codebook: Codebook) -> None:
    fields = read(page(article(before=before), head), codebook).fields
    assert (fields.byline.value if fields.byline else None) == byline
    assert (fields.agency.value if fields.agency else None) == agency


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Von Ana Brod und Jan Holub", ["Ana Brod", "Jan Holub"]),
        ("Par Ana Brod", ["Ana Brod"]),
        ("Ana Brod, professor of bridges at the University of Karlov", ["Ana Brod"]),
        ("Posted by Ana Brod on Monday", ["Ana Brod"]),
        ("ana@courier.example", []),
        ("山田 太郎、鈴木 花子", ["山田 太郎", "鈴木 花子"]),
    ],
)
def test_names_of_a_line(line: str, names: list[str], codebook: Codebook) -> None:
    assert split_names(line, codebook.web) == names


TAGS = [
    ("keywords of the data", data(keywords="Roads, Karlov, section:news"), "", ["Roads", "Karlov"]),
    ("meta", "<meta property='article:tag' content='Roads'><meta property='article:tag' content='Karlov'>", "", ["Roads", "Karlov"]),
    ("a longer list that holds the first", data(keywords=["Roads"]) + "<meta name='keywords' content='Ferries, Roads'>", "", ["Ferries", "Roads"]),
    ("keywords of the outlet", "<meta property='og:site_name' content='Karlov Courier'><meta name='keywords' content='karlov courier, news, sport'>", "", []),
    ("links in a list named so", "", "<ul class='tag-list'><li><a href='/t/r'>Roads</a></li><li><a href='/t/k'>Karlov</a></li></ul>", ["Roads", "Karlov"]),
]  # fmt: skip


@pytest.mark.parametrize(("why", "head", "after", "wanted"), TAGS, ids=[t[0] for t in TAGS])
def test_tags(why: str, head: str, after: str, wanted: list[str], codebook: Codebook) -> None:
    assert [t.value for t in read(page(article(after=after), head), codebook).fields.tags] == wanted


def test_outlet_section_and_address(codebook: Codebook) -> None:
    head = (
        data(publisher={"name": "Courier Press"}, articleSection=["Region"])
        + "<link rel='canonical' href='https://courier.example/bridge'>"
    )
    fields = read(page(article(), head), codebook).fields
    assert [v.value if v else None for v in (fields.outlet, fields.section, fields.url)] == [
        "Courier Press",
        "Region",
        "https://courier.example/bridge",
    ]


def test_a_dateline_opens_the_body(codebook: Codebook) -> None:
    body = article().replace("<p>The road", "<p>KARLOV (Reuters) - The road")
    fields = read(page(body), codebook).fields
    assert fields.dateline_place
    assert fields.dateline_place.value == "KARLOV"
    assert fields.agency
    assert fields.agency.value == "Reuters"


BROKEN_DATA = [
    "{",
    "[1, 2",
    '{"@type": "NewsArticle", "headline": "Bridge at Karlov stays shut until spring",}',
    "<!-- {} -->",
    "null",
    '"x"',
    '{"@type": 5}',
    '{"@type":"NewsArticle","author":[null,{"name":[]}]}',
]


@pytest.mark.parametrize("written", BROKEN_DATA)
def test_broken_data_never_stops_a_page(written: str, codebook: Codebook) -> None:
    report = read(page(article(), f"<script type='application/ld+json'>{written}</script>"), codebook)
    assert report.fields.headline
    assert report.fields.headline.value == HEADLINE


# ── bytes ───────────────────────────────────────────────────────────────────────────────────────────────────────────

ENCODINGS = [
    ("utf-8", "Předseda řekl: „Ne“", "utf-8", ""),
    ("cp1250 declared", "Předseda řekl: „Ne“", "cp1250", "<meta charset='windows-1250'>"),
    (
        "latin-1 declared means cp1252",
        "Le maire a dit « non » – c’est tout",
        "cp1252",
        "<meta http-equiv='Content-Type' content='text/html; charset=iso-8859-1'>",
    ),
    ("declared wrongly, but UTF-8", "Předseda řekl: „Ne“", "utf-8", "<meta charset='iso-8859-1'>"),
    ("gbk declared", "市长星期一说大桥要到春天才会开放", "gb18030", "<meta charset='gb2312'>"),
    ("UTF-16 with its mark", "Předseda řekl: „Ne“", "utf-16", ""),
]


@pytest.mark.parametrize(("why", "words", "encoding", "head"), ENCODINGS, ids=[e[0] for e in ENCODINGS])
def test_encodings(why: str, words: str, encoding: str, head: str) -> None:
    assert words in decode(f"<html><head>{head}</head><body><p>{words}</p></body></html>".encode(encoding))


def test_old_bytes_inside_a_page_of_utf8_are_read() -> None:
    assert decode("<meta charset='utf-8'><p>Straße k".encode() + b"\xf6" + b"nnen</p>").endswith("können</p>")


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (bytes(range(32)) * 400, "no text"),
        (b"<html><body><img></body></html>", "no text"),
        (b"<p>x" * 4_000_000, "at most"),
    ],
)
def test_what_is_no_page_is_rejected_with_its_reason(raw: bytes, reason: str, codebook: Codebook) -> None:
    (found,) = read_html(raw, codebook, read_from="x.html")
    assert isinstance(found, Rejected)
    assert found.stage == "ingest"
    assert reason in found.reason


LONG = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
HOSTILE = {
    "elements nested without end": "<div>" * 100_000 + LONG,
    "scripts that never close": "<script>" * 100_000 + LONG,
    "an element of a million attributes": "<div " + " ".join(f"a{i}=1" for i in range(200_000)) + f">{LONG}</div>",
    "one huge attribute": f"<div class='{'related ' * 500_000}'>{LONG}</div>",
    "a script of forty megabytes": f"<script>{'a' * 40_000_000}</script>{LONG}",
    "brackets only": "<" * 500_000,
    "NULs": f"<h1>{HEADLINE}</h1>\0" + LONG,
    "data nested without end": f"<script type='application/ld+json'>{'[' * 100_000}</script>{LONG}",
    "comments that never close": "<!--" * 100_000 + LONG,
    "many headings": f"<h1>{HEADLINE}</h1>" * 5_000 + LONG,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_bounded_in_time(name: str, codebook: Codebook) -> None:
    started = time.process_time()
    (found,) = read_html(HOSTILE[name].encode(), codebook, read_from="x.html")
    assert isinstance(found, Report | Rejected)
    assert time.process_time() - started < 5


# ── laws ────────────────────────────────────────────────────────────────────────────────────────────────────────────

markup = st.lists(
    st.sampled_from(["<p>", "</p>", "<div class='ad'>", "</div>", "<h1>", "</h1>", "<br><br>", "<ul><li>", "<figure>", "</figure>", "<a href='/author/x'>", "</a>", "By Ana Brod", "\u00ad", "<table><td>", *PARAGRAPHS, DECK, "2 March 2026"])
    | st.text(max_size=20),
    max_size=40,
).map("".join)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(markup)
def test_every_span_is_in_the_text_and_every_value_has_a_place(codebook: Codebook, words: str) -> None:
    raw = page(words, data(author="Ana Brod", keywords="a, b"))
    first, second = list(read_html(raw, codebook, read_from="x")), list(read_html(raw, codebook, read_from="x"))
    assert first == second
    for report in first:
        if isinstance(report, Report):
            check_spans(report)


def check_spans(report: Report) -> None:
    fields = report.fields
    for value in (
        fields.headline,
        fields.byline,
        fields.agency,
        fields.published,
        fields.updated,
        fields.deck,
        fields.outlet,
        fields.url,
        fields.section,
    ):
        if value:
            assert value.span or value.source
            assert not value.span or 0 <= value.span.start < value.span.end <= len(report.text)
    for written in (fields.headline, fields.deck):
        if written and written.span:
            assert report.text[written.span.start : written.span.end] == written.value
    assert all(report.text[c.span.start : c.span.end] == c.value for c in fields.captions)
    spans = sorted([p.span for p in fields.body] + [c.span for c in fields.captions])
    assert all(a.end < b.start for a, b in itertools.pairwise(spans))


# ── the task ────────────────────────────────────────────────────────────────────────────────────────────────────────


class Reading:
    """As much of a Line as reading needs."""

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook


def test_task_on_a_made_up_gold(tmp_path: Path, codebook: Codebook) -> None:
    (tmp_path / "html").mkdir()
    head = data(datePublished="2026-03-02T11:05:00+02:00", author="Ana Brod", keywords="Roads")
    (tmp_path / "html" / "xx_Courier.html.gz").write_bytes(gzip.compress(page(article(), head)))
    row = {
        "id": "xx_Courier",
        "title": HEADLINE,
        "authors": ["Ana Brod", "Jan Holub"],
        "published": "2026-03-02T09:05:00+00:00",
        "topics": ["Roads"],
        "body": "\n".join(PARAGRAPHS),
    }
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(row))
    figures = pages.score(gold, list(pages.predict(gold, Reading(codebook))))  # type: ignore[arg-type]
    assert figures == {
        "pages": 1, "read": 1, "title_exact": 1.0, "day": 1.0, "day_wrong": 0, "instants": 1, "instant_given": 1.0, "instant_right": 1.0,
        "authors": 0.6667, "topics": 1.0, "body other": 1.0,
    }  # fmt: skip


FLOORS = {
    "read": 150,
    "title_exact": 0.94,
    "day": 0.983,
    "instant_given": 0.98,
    "instant_right": 0.98,
    "authors": 0.94,
    "topics": 0.89,
    "body aeb": 0.981,
    "body other": 0.96,
}


def test_gold_floors_and_equal_figures(gold: Path, codebook: Codebook) -> None:
    """One run over the gold: our figures are the shared scorer's, and none is below its floor."""
    import subprocess
    import sys
    import tempfile

    path = gold / "pages" / "gold.jsonl"
    rows = list(pages.predict(path, Reading(codebook)))  # type: ignore[arg-type]
    figures = pages.score(path, rows)
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf8") as out:
        out.write("\n".join(json.dumps(r) for r in rows))
        out.flush()
        shared = subprocess.run(
            [sys.executable, str(gold / "pages" / "score.py"), str(path), out.name], capture_output=True, text=True, check=True
        )
    assert figures == json.loads(shared.stdout)
    assert figures["day_wrong"] <= 1
    assert {k: figures[k] for k, floor in FLOORS.items() if figures[k] < floor} == {}


def test_codebook_examples_of_web(codebook: Codebook) -> None:
    assert check_web(codebook) == []
