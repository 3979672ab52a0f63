"""The page and the terminal: nothing from outside, everything escaped, every item's characters lit, and short reports stand too."""

import io
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rich.console import Console

import desk_store
from dateline.evaluate.base import Line
from dateline.ingest import read_reports
from dateline.pipeline import code_reports
from dateline.records import Record, Rejected
from dateline.show import page, terminal
from dateline.show.items import items_of, segments_of
from dateline.show.seen import SEEN

EXAMPLE = Path(__file__).parent.parent / "examples" / "report.txt"
HOSTILE = """<script>alert(1)</script> & "minister" <b>resigns</b> [bold]now[/bold]

By <img src=x onerror=alert(2)>
Published: 3 May 2021

The minister </span></div><script src="http://evil.example/x.js"></script> told reporters on Monday: "I <b>resign</b> & go, {{ 7*7 }}."

Police arrested 12 people' onmouseover='alert(3) in Lima on Sunday [/red], officials said.
"""
QUIET = "A quiet town by the river.\n"
GERMAN = (
    "Polizei nimmt neun Menschen fest\n\n3. Mai 2021\n\nDie Polizei in Köln hat am Montag neun Menschen festgenommen, sagte der Minister.\n"
)


class Seen(HTMLParser):
    """Every tag with its attributes, and the text of the report with the keys over each piece."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.keys: list[tuple[int, int, set[str]]] = []
        self.depth = 0
        self.open: list[set[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        if self.depth or given.get("id") == "report":
            self.depth += 1
            self.open.append(set((given.get("data-keys") or "").split()))

    def handle_endtag(self, tag: str) -> None:
        if self.depth:
            self.depth -= 1
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.keys.append((len(self.text), len(self.text) + len(data), self.open[-1]))
            self.text += data


def read(line: Line, path: Path) -> tuple[Record, str]:
    found = next(code_reports(read_reports([path], line.codebook), line.codebook, line.analyser))
    assert not isinstance(found, Rejected)
    return found[1], found[0].text


@pytest.fixture(scope="module")
def example(line: Line) -> tuple[Record, str]:
    """The example, coded."""
    return read(line, EXAMPLE)


@pytest.fixture(scope="module")
def hostile(line: Line, tmp_path_factory: pytest.TempPathFactory) -> tuple[Record, str]:
    """A report that tries to break out of the page."""
    path = tmp_path_factory.mktemp("hostile") / "hostile.txt"
    path.write_text(HOSTILE, encoding="utf8")
    return read(line, path)


def seen(coded: tuple[Record, str]) -> Seen:
    parser = Seen()
    parser.feed(page(*coded))
    return parser


def printed(coded: tuple[Record, str], width: int) -> str:
    out = io.StringIO()
    terminal(*coded, Console(file=out, width=width, highlight=False))
    return out.getvalue()


def test_the_page_needs_nothing_from_outside(example: tuple[Record, str]) -> None:
    for tag, given in seen(example).tags:
        assert tag not in ("link", "iframe", "object", "embed", "base", "img")
        assert not {"src", "href", "action"} & given.keys()
    assert not re.search(r"url\(|@import|https?://", page(*example))


def test_a_hostile_report_stays_text(hostile: tuple[Record, str], example: tuple[Record, str]) -> None:
    parser = seen(hostile)
    assert parser.text == hostile[1]
    assert {tag for tag, _ in parser.tags} <= {tag for tag, _ in seen(example).tags}
    assert [tag for tag, _ in parser.tags].count("script") == 1
    assert not any(name.startswith("on") for _, given in parser.tags for name in given)
    assert "{{ 7*7 }}" in parser.text


def test_control_and_direction_characters_are_seen_and_do_not_act() -> None:
    made, record = desk_store.hostile()
    assert {0x1B, 0x202E} <= {ord(c) for c in made.text}
    for shown in (page(record, made.text), printed((record, made.text), 100)):
        assert not {ord(c) for c in shown} & set(SEEN)
    parser = seen((record, made.text))
    assert parser.text == made.text.translate(SEEN)


@pytest.mark.parametrize("which", ["example", "hostile"])
def test_every_items_characters_light_up_with_it(which: str, request: pytest.FixtureRequest) -> None:
    coded = request.getfixturevalue(which)
    record, text = coded
    parser = seen(coded)
    shown = {given["data-key"] for _, given in parser.tags if "data-key" in given}
    items = [item for group in items_of(record, text).values() for item in group]
    assert len(items) > 10
    assert shown == {item.key for item in items}
    for item in items:
        lit = {i for start, end, keys in parser.keys if item.key in keys for i in range(start, end)}
        assert lit == {i for span in item.spans for i in range(span.start, span.end)}, item.key


def test_the_pieces_are_the_text(example: tuple[Record, str]) -> None:
    record, text = example
    assert "".join(piece.text for piece in segments_of(text, items_of(record, text))) == text


def test_keys_are_unique_and_every_bar_leads_to_an_item(example: tuple[Record, str]) -> None:
    tags = seen(example).tags
    ids = [given["id"] for _, given in tags if "id" in given]
    assert len(ids) == len(set(ids))
    bars = [given["data-goto"] for _, given in tags if "data-goto" in given]
    assert bars
    assert set(bars) <= set(ids)


@pytest.mark.parametrize(
    ("text", "says"), [(QUIET, "no day of printing stated"), (GERMAN, "not run: language, find, resolve"), ("x\n", "x")]
)
def test_short_reports_stand_too(line: Line, tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "x.txt"
    path.write_text(text, encoding="utf8")
    coded = read(line, path)
    assert says in page(*coded)
    assert seen(coded).text == text
    assert "x.txt" in printed(coded, 80)


@pytest.mark.parametrize("width", [40, 80, 150])
def test_the_terminal_keeps_its_width_and_loses_no_item(example: tuple[Record, str], width: int) -> None:
    out = printed(example, width)
    assert max(map(len, out.splitlines())) <= width
    for title in ("Who said what", "What happened", "Figures", "Checks"):
        assert title in out
    for statement in example[0].statements:
        assert f"{statement.id} " in out


def test_brackets_are_printed_as_they_stand(hostile: tuple[Record, str]) -> None:
    assert "[bold]now[/bold]" in printed(hostile, 150)


def test_the_places_in_the_terminal_are_in_order(example: tuple[Record, str]) -> None:
    places = [(int(a), int(b)) for a, b in re.findall(r"(\d+)–(\d+)\s*$", printed(example, 110), flags=re.M)]
    assert len(places) > 20
    assert all(a < b for a, b in places)
