"""Checks: for each, a report of our own in which it passes or fails, with the words it looked at marked in the text."""

import re

import pytest

from dateline.check import CHECKS
from dateline.evaluate.base import Line
from dateline.ingest.report import make_report
from dateline.ingest.text import fields_of_text
from dateline.pipeline import read_record, with_language
from dateline.records import Check

HEAD = "Council seeks calm in Tamale\n\n10:15 14/03/2023, Tuesday\nReuters\n\n"
CASES = [
    # check, result, the report; [marked] words must be looked at
    (
        "weekday",
        "pass",
        "Talks in Oslo\n\n[10:15 14/03/2023, Tuesday]\n\nThe two sides met again in Oslo after a long break, officials said.",
    ),
    (
        "weekday",
        "fail",
        "Talks in Oslo\n\n[10:15 14/03/2023, Friday]\n\nThe two sides met again in Oslo after a long break, officials said.",
    ),
    ("stamp_format", "flag", "Talks in Oslo\n\n[10:1514/03/2023]\n\nThe two sides met again in Oslo after a long break, officials said."),
    (
        "anniversary",
        "pass",
        HEAD
        + "Crowds gathered [on Monday] to mark [the 10th anniversary] of the flood.\n\nThe dam broke on [March 13, 2013], killing 40 people.",
    ),
    (
        "anniversary",
        "fail",
        HEAD
        + "Crowds gathered [on Monday] to mark [the 11th anniversary] of the flood.\n\nThe dam broke on [March 13, 2013], killing 40 people.",
    ),
    (
        "elapsed",
        "pass",
        HEAD
        + "The visit comes [more than two years] after the collapse of talks between the camps.\n\nA summit in [June 2020] ended in anger.",
    ),
    ("containment", "pass", HEAD + "The envoys held [at least five meetings], including [two summits], in Geneva."),
    ("containment", "fail", HEAD + "The envoys held [two meetings], including [five summits], in Geneva."),
    (
        "quotation_in_deck",
        "fail",
        "Mayor ['will never sell the harbour']\n\n14/03/2023\n\nMayor Ana Sousa spoke on the quay.\n\n"
        "“My council [will never agree to sell the old harbour] to anyone,” Sousa said.",
    ),
    (
        "quotation_in_deck",
        "pass",
        "Mayor 'will never sell [the old harbour]'\n\n14/03/2023\n\nMayor Ana Sousa spoke on the quay.\n\n“This council will never sell the old harbour,” Sousa said.",
    ),
    (
        "quotation_partial",
        "pass",
        HEAD + "Sousa called the plan “[a gift to smugglers].”\n\n“It is a ruin for us and [a gift to smugglers] everywhere,” Sousa said.",
    ),
    ("doubled_word", "flag", HEAD + "The minister said [the the] road would open in spring, and nobody believed her."),
    (
        "state",
        "flag",
        HEAD + "Veterans marked [the end of] the war on Sunday.\n\nThe neighbours are [still at war], for no treaty was ever signed.",
    ),
    (
        "headline_term",
        "fail",
        "Harbour sale is [treason], Sousa says\n\n10:15 14/03/2023, Tuesday\nReuters\n\n“Nobody will sell one stone of the quay,” Sousa said.\n\n"
        "She called whoever signs it guilty of [treason], aides said.",
    ),
    ("name_variants", "flag", HEAD + "[Kwame Ata-Boateng] spoke first.\n\nLater [Kwame Ata Boateng] denied the charge, and Boateng left."),
    (
        "repeated_line",
        "flag",
        "Talks in Oslo\n\n14/03/2023\n[Delegates arrive at the hall]\n[Delegates arrive at the hall]\n\nThe two sides met again in Oslo, officials said.",
    ),
]


def checks_of(text: str, line: Line) -> tuple[Check, ...]:
    report = make_report(raw=text.encode(), text=text, fields=fields_of_text(text, line.codebook), read_from="t", identity="t")
    return read_record(with_language(report), line.codebook, line.analyser).checks


def unmarked(marked: str) -> tuple[str, list[tuple[int, int]]]:
    spans, text = [], ""
    for piece in re.split(r"(\[[^\]]*\])", marked):
        if piece.startswith("["):
            spans.append((len(text), len(text) + len(piece) - 2))
            piece = piece[1:-1]
        text += piece
    return text, spans


@pytest.mark.parametrize(("name", "result", "marked"), CASES)
def test_each_check_finds_what_is_marked(name: str, result: str, marked: str, line: Line) -> None:
    text, spans = unmarked(marked)
    found = [c for c in checks_of(text, line) if c.check == name and c.result == result]
    assert found, [(c.check, c.result, c.says) for c in checks_of(text, line)]
    looked_at = [s for c in found for s in c.spans]
    for first, last in spans:
        assert any(s.start < last and first < s.end for s in looked_at), text[first:last]
    assert all(c.says.endswith(".") for c in found)


def test_only_the_speaker_of_a_headline_is_held_to_its_words(line: Line) -> None:
    text = (
        "Envoys agree on harbour inspections, Sousa says\n\n10:15 14/03/2023, Tuesday\nReuters\n\nMayor Ana Sousa said envoys had agreed on the "
        "inspections.\n\n“Nobody asked the people on the quay,” union leader Lars Holm said."
    )
    assert [c for c in checks_of(text, line) if c.check == "headline_term"] == []


@pytest.mark.parametrize(
    "name", ["doubled_word", "quotation_in_deck", "repeated_line", "stamp_format", "weekday", "name_variants", "state", "containment"]
)
def test_a_clean_report_gives_no_finding(name: str, line: Line) -> None:
    text = (
        HEAD.replace(", Tuesday", "")
        + "She said that that was all she had had time for.\n\nThe council meets again in April.\n\nIt held three votes last year."
    )
    assert [c for c in checks_of(text, line) if c.check == name] == []


def test_the_table_names_every_check_in_its_order() -> None:
    assert list(CHECKS)[:3] == ["weekday", "anniversary", "elapsed"]
    assert all(check.__doc__ for check in CHECKS.values())
