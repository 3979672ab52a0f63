"""The language pass: the fast one is the stock one, column by column; paragraphs are parsed alone; offsets hold."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import ModelError
from dateline.evaluate.base import Line, read_rows
from dateline.ingest.text import fields_of_text
from dateline.language import fast as fast_pass
from dateline.language import load_analyser
from dateline.language.columns import Columns
from dateline.language.model import DEFAULT_MODEL, Pass, load_pass
from dateline.records import Fields, Paragraph, Span

PARAGRAPHS = [
    "The minister said on Monday that talks with the rebels had collapsed, and blamed “foreign hands”.",
    "I'm gonna say it: he gotta go, y'all. It ain't over. C'm on, let's leave.",
    "There's a truce; there are no talks. There was nothing left.",
    "Mr. O'Neil's 3.5-million-euro plan (U.S.-backed) won't pass — not in Nov. 2019, he wrote.",
    "\u00a0",
    "  ",
    "- «Никто», said Ms Petrova, 54.",
    "POLICE ARREST 12 IN HARARE RAID",
    "police arrest 12 in harare raid after a shooting near the market on tuesday night",
]


@pytest.fixture(scope="module")
def passes() -> tuple[Pass, Pass]:
    return load_pass(DEFAULT_MODEL, fast=False)[0], load_pass(DEFAULT_MODEL, fast=True)[0]


def differences(stock: list[Columns], fast: list[Columns]) -> list[tuple[int, str]]:
    return [(i, f) for i, (a, b) in enumerate(zip(stock, fast, strict=True)) for f in Columns._fields if getattr(a, f) != getattr(b, f)]


def test_fast_pass_equals_stock_on_hard_paragraphs(passes: tuple[Pass, Pass]) -> None:
    stock, fast = (list(p.columns(PARAGRAPHS)) for p in passes)
    assert differences(stock, fast) == []
    again = list(passes[1].columns(reversed(PARAGRAPHS)))  # from what it has kept, in another order
    assert differences(stock, again[::-1]) == []


def test_fast_pass_equals_stock_on_news(passes: tuple[Pass, Pass], gold: Path) -> None:
    texts = [row["text"] for row in read_rows(gold / "quotes" / "polnear_dev.jsonl")[:25]]
    paragraphs = [p for text in texts for p in re.findall(r"[^\n]+", text)]
    stock, fast = (list(p.columns(paragraphs)) for p in passes)
    assert sum(len(c.word) for c in stock) > 20_000
    assert differences(stock, fast) == []


def test_words_forgotten_with_their_batch_change_nothing(passes: tuple[Pass, Pass], monkeypatch: pytest.MonkeyPatch) -> None:
    for bound in ("KEPT_VOCABULARY", "KEPT_LABELS", "KEPT_WORDS"):
        monkeypatch.setattr(fast_pass, bound, 0)
    new = [f"Zebu{i}ran met Kolan{i} in Tarnis{i}ville, which {i}dised the gnorling{i}s." for i in range(3 * fast_pass.BATCH)]
    fast = list(passes[1].columns(new + PARAGRAPHS))
    held = len(passes[1]._vocab.strings)  # type: ignore[attr-defined]
    assert list(passes[1].columns(new + PARAGRAPHS)) == fast
    assert len(passes[1]._vocab.strings) == held  # type: ignore[attr-defined]
    assert differences(list(passes[0].columns(new + PARAGRAPHS)), fast) == []


def body_of(text: str) -> Fields:
    return Fields(body=tuple(Paragraph(span=Span(*m.span())) for m in re.finditer(r"\S[^\n]*", text)))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PARAGRAPHS[:4]) | st.text("abc DEF.,“”’'0123é\u200b🙂-", max_size=60), max_size=5))
def test_every_token_stands_where_it_says(line: Line, paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraphs)
    a = line.analyser.analyse(text, body_of(text))
    for i, word in enumerate(a.word):
        assert text[a.start[i] : a.end[i]].replace("\u00a0", " ") == word.replace("\u00a0", " ")
        assert a.left[i] <= i <= a.right[i]
        assert a.head[i] == i or i in a.children[a.head[i]]
    assert a.start == sorted(a.start)


def test_a_paragraph_is_read_the_same_wherever_it_stands(line: Line) -> None:
    first, second = PARAGRAPHS[0], PARAGRAPHS[3]
    alone = line.analyser.analyse(first, body_of(first))
    text = f"{second}\n\n{first}"
    behind = line.analyser.analyse(text, body_of(text))
    n = len(alone.word)
    assert behind.word[-n:] == alone.word
    assert behind.dep[-n:] == alone.dep
    assert [h - len(behind.word) + n for h in behind.head[-n:]] == alone.head


@pytest.mark.parametrize(
    "dateline",
    ["NAIROBI (Reuters) - ", "DES MOINES, Iowa, Sept. 4 (UPI) — ", "OSLO, March 14, 2023 — ", "(AP) — ", "Quito, 3 May 2021 (AFP) – ", ""],
)
def test_a_dateline_is_parsed_apart_from_the_paragraph_it_opens(line: Line, dateline: str) -> None:
    lead = "Rebels seized the border town of Kerada on Monday, residents said."
    text = f"Rebels seize town\n\n{dateline}{lead}\n\nThey left at dawn, the mayor of the town said on the radio."
    a = line.analyser.analyse(text, fields_of_text(text, line.codebook))
    assert [text[b.start : b.end].strip() for b in a.blocks if b.kind == "dateline"] == ([dateline.strip()] if dateline else [])
    (first,) = [b for b in a.blocks if b.kind == "body" and b.index == 0]
    assert text[first.start : first.end].strip() == lead
    (verb,) = [i for i in range(first.first, first.last) if a.word[i] == "seized"]
    assert [a.word[c] for c in a.children[verb] if a.dep[c] == "nsubj"] == ["Rebels"]


def test_an_unknown_model_is_named_with_the_default() -> None:
    with pytest.raises(ModelError, match=r"no_such_model.*en_core_web_sm"):
        load_analyser("no_such_model")
