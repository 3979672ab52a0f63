"""The event part of the codebook: its form, its examples, and a category or a whole codebook that a user adds."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from dateline.codebook import load_codebook
from dateline.codebook.events import expand, head_and_rest, read_events
from dateline.codebook.load import SHIPPED
from dateline.codebook.loader import Loader
from dateline.evaluate.attribution import record_of
from dateline.evaluate.base import Line
from dateline.evaluate.codebook_events import analyse_examples, check_events, read_examples, read_marks
from dateline.find.event_types import classify, find_triggers
from dateline.records import Span

PLOVER = {
    "AGREE": (1, 2.5), "CONSULT": (1, 2.5), "SUPPORT": (1, 5.0), "CONCEDE": (1, 4.5), "COOPERATE": (2, 9.5), "AID": (2, 10.0),
    "RETREAT": (2, 6.5), "REQUEST": (3, 0.0), "ACCUSE": (3, -3.0), "REJECT": (3, -2.0), "THREATEN": (3, -3.5), "PROTEST": (4, -5.0),
    "SANCTION": (4, -6.0), "MOBILIZE": (4, -5.5), "COERCE": (4, -7.0), "ASSAULT": (4, -9.0),
}  # fmt: skip

DANCE = """
type: DANCE
definition: Public dancing by officials.
source: made up for a test
quad: 1
score: 1.0
cameo: "05"
triggers:
  - verbs: waltz, tango with
    nouns: waltz
"""


def test_every_type_of_plover_with_quad_and_score(line: Line) -> None:
    assert {name: (c.quad, c.score) for name, c in line.codebook.events.categories.items()} == PLOVER


def test_scores_and_codes_of_modes_stand_in_for_the_types(line: Line) -> None:
    events = line.codebook.events
    assert (events.score("RETREAT", "disarm"), events.cameo("RETREAT", "disarm")) == (10.0, "0873")
    assert events.score("RETREAT", "no such mode") == 6.5
    assert (events.score(None), events.cameo(None), events.quad(None)) == (None, None, None)


@pytest.mark.parametrize(
    ("kind", "phrase", "head", "rest"),
    [
        ("verbs", "take into custody", "take", ("into", "custody")),
        ("verbs", "test-fire", "fire", ("test",)),
        ("nouns", "hunger strike", "strike", ("hunger",)),
        ("nouns", "state of siege", "state", ("of", "siege")),
    ],
)
def test_the_head_of_a_phrase(kind: str, phrase: str, head: str, rest: tuple[str, ...]) -> None:
    assert head_and_rest(kind, phrase) == (head, rest)


def test_named_lists_are_spelt_out() -> None:
    assert expand("{arms}, flag", {"arms": frozenset({"gun", "bomb"})}) == {"gun", "bomb", "flag"}


def test_marks_come_out_of_a_sentence() -> None:
    text, spans = read_marks("[Oslo] {held} two {talks} with <Bonn>.", "here")
    assert text == "Oslo held two talks with Bonn."
    assert spans == {"[": [Span(0, 4)], "{": [Span(5, 9), Span(14, 19)], "<": [Span(25, 29)]}


@pytest.mark.parametrize("marked", ["[Oslo {met} <Bonn>", "[Oslo] met <Bonn>", "[Oslo} met"])
def test_marks_that_do_not_fit_are_named(marked: str) -> None:
    with pytest.raises(ValueError, match=r"file, line 3"):
        read_marks(marked, "file, line 3")


def test_a_hundred_examples_a_type() -> None:
    counts = {name: sum(e.type == name for e in read_examples()) for name in PLOVER}
    assert {name: n for name, n in counts.items() if n < 100} == {}


def test_the_examples_come_out_both_ways(line: Line) -> None:
    assert check_events(line.codebook, line) == []


def copied(tmp_path: Path, *, without_model: bool = False) -> Path:
    folder = tmp_path / "data"
    shutil.copytree(SHIPPED / "events", folder / "events")
    if not without_model:
        shutil.copytree(SHIPPED / "learned", folder / "learned")
    return folder


@pytest.mark.parametrize("without_model", [False, True])
def test_a_category_is_added_by_a_file(without_model: bool, tmp_path: Path, line: Line) -> None:
    folder = copied(tmp_path, without_model=without_model)
    (folder / "events" / "DANCE.yml").write_text(DANCE)
    loader = Loader(folder)
    book = SimpleNamespace(events=read_events(loader))
    assert loader.faults == []
    examples = [e for e in read_examples() if e.type == "COERCE" and e.mode == "arrest"][:1]
    (a,) = analyse_examples([e.__class__(**{**e_fields(e), "text": "The premier waltzed past the queen."}) for e in examples], line)
    assert [classify(a, t, book).type for t in find_triggers(a, book)] == ["DANCE"]  # type: ignore[arg-type]


def test_an_added_category_is_coded_in_a_record(tmp_path: Path, line: Line) -> None:
    shutil.copytree(SHIPPED, tmp_path / "data")
    (tmp_path / "data" / "events" / "DANCE.yml").write_text(DANCE)
    book = load_codebook(tmp_path / "data")
    record = record_of("made up", "Ana Brod waltzed with a friend on Monday.", Line(codebook=book, analyser=line.analyser))
    assert [(e.type, [p.name for p in e.actor]) for e in record.events] == [("DANCE", ["Ana Brod"])]


def e_fields(example: object) -> dict[str, object]:
    return {name: getattr(example, name) for name in example.__struct_fields__}  # type: ignore[attr-defined]


def test_faults_are_reported_at_once_with_file_and_key(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "events" / "DANCE.yml").write_text(
        DANCE.replace("quad: 1", "quad: 7").replace("waltz, tango with", "waltz\n    mode: slow\n    with: '{none}'")
    )
    (folder / "events" / "SING.yml").write_text("type: SING\n")
    loader = Loader(folder)
    assert read_events(loader) is None
    (folder / "events" / "SING.yml").unlink()
    again = Loader(folder)
    assert read_events(again) is None
    assert any("SING.yml" in f for f in loader.faults)
    assert [f.split(":")[1].strip() for f in again.faults] == ["quad", "triggers[0].mode", "triggers[0].with"]
