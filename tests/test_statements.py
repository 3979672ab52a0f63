"""Statements: which words are laid to whom. The cases stand in the codebook's examples; here are the laws, the marks and the chains."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.evaluate.attribution import record_of, score
from dateline.evaluate.base import Line
from dateline.evaluate.codebook_statements import check_statements
from dateline.find.statements.quotes import quoted_runs
from dateline.records import Analysis, Block, FoundStatement, Record, Span
from dateline.resolve.chains import nested


def plain(text: str) -> Analysis:
    """An analysis without grammar: one block a line, one token a character."""
    blocks, at = [], 0
    for line in text.split("\n"):
        blocks.append(Block(kind="body", start=at, end=at + len(line), first=at, last=at + len(line), index=len(blocks)))
        at += len(line) + 1
    n, empty = len(text), [""] * len(text)
    return Analysis(
        text=text, blocks=tuple(blocks), start=list(range(n)), end=list(range(1, n + 1)), word=list(text), lower=empty, lemma=empty, pos=empty,
        tag=empty, dep=empty, head=list(range(n)), sentence=[0] * n, children=[()] * n, left=list(range(n)), right=list(range(n)),
        entity=[-1] * n, sentences=((0, n),), sentence_block=(0,), entities=(),
    )  # fmt: skip


def quoted(text: str) -> list[str]:
    """What stands in quotation marks, as text."""
    return [text[r.start : r.end] for r in quoted_runs(plain(text))]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ('"The pier is closed," she said. "Come back in May."', ["The pier is closed,", "Come back in May."]),
        ("“The pier is closed,” she said.", ["The pier is closed,"]),
        ("The crew's boat was called 'Dawn' by the workers' children.", ["Dawn"]),
        ("He said 'the farmers' own land' was sold.", ["the farmers' own land"]),
        ("''The pier is closed,'' she said.", ["The pier is closed,"]),
        # A quotation over two paragraphs opens again; only the last one closes.
        ("“The pier is closed.\n“It will open in May,” she said.", ["The pier is closed.", "It will open in May,"]),
        # An odd mark costs its own paragraph only.
        ('The beam was 5" thick.\n"It held," she said.', ["It held,"]),
        ("«Le pont est fermé», she said.", ["Le pont est fermé"]),
        ("It wasn’t the dog’s fault.", []),
    ],
)
def test_marks_pair_by_kind_and_paragraph(text: str, runs: list[str]) -> None:
    assert quoted(text) == runs


@given(st.text(alphabet="ab .,\n\"'“”‘’", max_size=60))
def test_runs_lie_in_one_paragraph_and_in_order(text: str) -> None:
    a = plain(text)
    runs = quoted_runs(a)
    assert all(a.blocks[r.block].start <= r.start <= r.end <= a.blocks[r.block].end for r in runs)
    assert [r.block for r in runs] == sorted(r.block for r in runs)


def test_the_examples_of_the_codebook(line: Line) -> None:
    assert check_statements(line.codebook, line) == []


def record(text: str, line: Line) -> Record:
    return record_of("test", text, line)


REPORT = """Ferry ran aground in fog

The ferry Alma ran aground on Monday off the island of Hestur, harbour master Jonas Dahl said.
"We heard a bang and then silence," Dahl told the Nordic Tribune. "Nobody panicked."
The Nordic Tribune cited the coast guard as saying that the radar had failed.
"""


def test_chain_names_the_paper_that_was_told(line: Line) -> None:
    found = record(REPORT, line)
    said = next(s for s in found.statements if REPORT[s.content[0].start :].startswith("We heard"))
    assert said.kind == "direct"
    assert said.speaker is not None
    assert said.speaker.name == "Jonas Dahl"
    assert [link.basis for link in said.chain] == ["stated", "stated"]
    assert "Nordic Tribune" in (said.chain[1].name or "")
    assert len(said.content) == 2


def test_chain_names_who_quoted(line: Line) -> None:
    found = record(REPORT, line)
    said = next(s for s in found.statements if REPORT[s.content[0].start :].startswith(("that the radar", "the radar")))
    assert said.speaker is not None
    assert said.speaker.name.removeprefix("the ") == "coast guard"
    assert "Nordic Tribune" in (said.chain[1].name or "")


def test_a_link_that_is_stated_lies_in_its_sentence(line: Line) -> None:
    for s in record(REPORT, line).statements:
        for link in s.chain:
            assert (link.basis == "stated") <= (link.span is not None)
            assert (link.basis == "document") <= bool(link.reason)


def test_a_deck_that_changes_a_quotation_is_marked(line: Line) -> None:
    text = (
        "Mayor says the market 'must move for good'\n\n"
        "“The market must move to the harbour for good and all,” mayor Lena Brandt said on Friday.\n"
    )
    found = record(text, line)
    marked = [f for s in found.statements for f in s.fidelity]
    assert [f.result for f in marked] == ["altered"]


def contents(text: str, line: Line) -> list[list[str]]:
    """The content of each statement, as text."""
    return [[text[c.start : c.end] for c in s.content] for s in record(text, line).statements]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A mark whose partner stands inside stays; those around the whole content go.
        ("The engineer said on Monday that the bridge was 'safe for trucks'.", [["that the bridge was 'safe for trucks'"]]),
        ("\"I told them 'no,'\" said Ada Brook. \"They heard 'maybe.'\"", [["I told them 'no,'", "They heard 'maybe.'"]]),
        ('The mayor said the workers\' demands were "fair and late".', [['the workers\' demands were "fair and late"']]),
        # The inquit in the last paragraph covers the paragraphs left open before it.
        ("“The pier is closed.\n\n“It will open in May,” said Ada Brook.\n", [["The pier is closed.", "It will open in May"]]),
        # What goes on over paragraphs ends where the next statement begins.
        (
            "“The pier is closed,” she said. “Nobody knows why.\n\n“It will open in May.\n\n“That is all,” she added.\n",
            [["The pier is closed", "Nobody knows why.", "It will open in May."], ["That is all"]],
        ),
        ("'Nobody warned us,' say fishermen after ferry sinks\n", [["Nobody warned us"]]),
    ],
)
def test_marks_and_paragraphs(text: str, expected: list[list[str]], line: Line) -> None:
    assert contents(text, line) == expected


@settings(max_examples=8, deadline=None)
@given(st.lists(st.sampled_from(REPORT.splitlines()), min_size=1, max_size=4))
def test_same_text_same_statements_and_spans_inside(line: Line, lines: list[str]) -> None:
    text = "\n".join(lines)
    once, again = record(text, line), record(text, line)
    assert once.statements == again.statements
    assert all(0 <= c.start < c.end <= len(text) for s in once.statements for c in s.content)


def rows(path: Path, *attributions: dict[str, object]) -> Path:
    path.write_text(
        json.dumps({"id": "a", "text": "The cat, said Bo, slept. Al left, Bo thinks.", "attributions": list(attributions)}) + "\n"
    )
    return path


def test_score_counts_content_and_source(tmp_path: Path) -> None:
    gold = rows(
        tmp_path / "gold.jsonl",
        {"source": [[14, 16]], "cue": [[9, 13]], "content": [[0, 7], [18, 23]], "kind": "indirect"},
        {"source": [[34, 36]], "cue": [[37, 43]], "content": [[25, 32]], "kind": "indirect"},
    )
    found = [
        {
            "id": "a",
            "attributions": [
                {"source": [[14, 16]], "cue": [[9, 13]], "content": [[0, 7]]},
                {"source": [], "cue": [], "content": [[25, 32]]},
            ],
        }
    ]
    figures = score(gold, found)
    assert figures["content_match"]["F1"] == 100.0
    assert figures["content_exact"]["F1"] == 50.0
    assert figures["full_soft"]["F1"] == 50.0
    assert score(gold, found, cues="speech")["gold"] == 1


def test_score_equals_the_shared_scorer(gold: Path) -> None:
    import importlib.util

    spec = importlib.util.spec_from_file_location("shared_score", gold / "quotes" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    shared = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(shared)
    path = gold / "quotes" / "polnear_dev.jsonl"
    documents = shared.load(path)
    # Predictions made wrong in several ways from the gold itself.
    found = [
        {
            "id": d["id"],
            "attributions": [
                {**x, "source": x["source"] if n % 5 else [], "content": x["content"][: 1 + n % 3], "cue": x["cue"][: n % 4]}
                for n, x in enumerate(d["attributions"])
                if n % 7
            ],
        }
        for d in documents
    ]
    predicted = {d["id"]: d["attributions"] for d in found}
    for split in (False, True):
        shared.SPLIT = split
        for kinds, cues in (("", ""), ("direct", ""), ("", "speech,according")):
            theirs = shared.score(documents, predicted, set(kinds.split(",")) - {""}, set(cues.split(",")) - {""})
            assert score(path, found, split=split, kinds=kinds, cues=cues) == theirs


WORDS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 40), st.integers(1, 30))
FOUND = st.builds(lambda cue, content: FoundStatement(kind="indirect", type="said", cue=(cue,), content=(content,)), WORDS, WORDS)


@given(found=st.lists(FOUND, max_size=8))
def test_no_statement_is_inside_itself_however_far_up(found: list[FoundStatement]) -> None:
    inside = nested(found)
    for k, _ in enumerate(found):
        above, seen = inside[k], set[int]()
        while above is not None:
            assert above != k
            assert above not in seen
            seen.add(above)
            above = inside[above]


def test_of_two_statements_that_hold_each_others_cues_the_smaller_is_inside() -> None:
    larger = FoundStatement(kind="indirect", type="said", cue=(Span(10, 14),), content=(Span(15, 60),))
    smaller = FoundStatement(kind="indirect", type="said", cue=(Span(40, 44),), content=(Span(0, 20),))
    assert nested([larger, smaller]) == [None, 0]


def test_nothing_is_said_after_the_printing(line: Line) -> None:
    text = "March 14, 2023\n\nThe army will free the men if the truce lasts until Ramadan, an officer who asked not to be named told the agency."
    assert [s.said_when and s.said_when.start <= "2023-03-14" for s in record_of("made up", text, line).statements] in ([None], [True])
