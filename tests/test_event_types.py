"""Which words name an act, and which type: sentences with [actor] {trigger} <recipient> marked, and what should come out."""

import json
import subprocess
import sys
from pathlib import Path

import hypothesis
import pytest
from hypothesis import strategies as st

from dateline.evaluate import pairs
from dateline.evaluate.base import Line
from dateline.evaluate.codebook_events import read_marks
from dateline.find.event_types import Pair, classify, code_pair, find_triggers
from dateline.records import Analysis, Fields, Paragraph, Span

GOLD = Path(__file__).parents[2] / "shared" / "gold" / "events"

# Why the case is there, the sentence, the type, its mode, its status.
CODED = [
    ("active", "[Border police] {arrested} <the strike leader>.", "COERCE", "arrest", "actual"),
    ("passive", "<The strike leader> was {arrested} by [border police].", "COERCE", "arrest", "actual"),
    ("nominal", "The {arrest} of <the strike leader> by [border police] was filmed.", "COERCE", "arrest", "actual"),
    ("light verb", "[The envoy] {held talks} with <the mutineers>.", "CONSULT", None, "actual"),
    ("phrasal verb", "[Rebels] {handed over} <eight hostages>.", "RETREAT", "release", "actual"),
    ("the object decides", "[The president] {declared} a state of {emergency} in <the valley>.", "COERCE", "martial-law", "actual"),
    ("the object decides", "[The president] {declared} a {ceasefire} with <the rebels>.", "RETREAT", "ceasefire", "actual"),
    ("ending an act", "[The union] {called off} the {strike} against <the ministry>.", "RETREAT", "ceasefire", "actual"),
    ("ending an act", "[Norway] {cut} {aid} to <the junta>.", "SANCTION", "discontinue", "actual"),
    ("the future", "[The premier] will {visit} <Warsaw> in May.", "CONSULT", "visit", "planned"),
    ("a plan", "[The ministry] plans to {deport} <the preachers>.", "COERCE", "deport", "planned"),
    ("a matrix verb", "[The colonel] {threatened} to shell <the harbour>.", "THREATEN", "violence", "actual"),
    ("a refusal", "[The rebels] {refused} to release <the pilots>.", "REJECT", "yield", "actual"),
    ("what a call was for", "[The king] {called} <the widow> to {congratulate} her on the prize.", "SUPPORT", None, "actual"),
    ("told to act", "[Oslo] said <the bloc> must {withdraw} its troops.", "REQUEST", None, "actual"),
    ("words, not arms", "[The senator] {launched} a scathing {attack} on <the bishop>.", "ACCUSE", "disapprove", "actual"),
]  # fmt: skip


def analysis_of(text: str, line: Line) -> Analysis:
    return line.analyser.analyse(text, Fields(language="en", body=(Paragraph(span=Span(0, len(text))),)))


def coded(marked: str, line: Line) -> tuple[Pair, Analysis, list[Span]]:
    text, spans = read_marks(marked, "test")
    a = analysis_of(text, line)
    source, target = (spans[mark][0] if spans[mark] else None for mark in "[<")
    return code_pair(a, source, target, line.codebook), a, spans["{"]


@pytest.mark.parametrize(("why", "marked", "kind", "mode", "status"), CODED, ids=[f"{c[0]}: {c[2]}" for c in CODED])
def test_the_trigger_between_two_parties_and_its_type(why: str, marked: str, kind: str, mode: str | None, status: str, line: Line) -> None:
    pair, a, wanted = coded(marked, line)
    assert pair.judged.type == kind
    assert mode is None or pair.judged.mode == mode
    assert pair.status == status
    assert pair.trigger is not None
    assert any(s.start <= a.start[i] < s.end for s in wanted for i in (pair.trigger.head, pair.trigger.core)), a.word[pair.trigger.core]


@pytest.mark.parametrize(
    ("marked", "root"),
    [
        ("[The premier] will {visit} <Warsaw> in May.", "AGREE"),
        ("[The ministry] plans to {deport} <the preachers>.", "THREATEN"),
        ("[Vilnius] did not {sign} the treaty with <Minsk>.", "REJECT"),
        ("[A court] {convicted} <the banker>.", "ACCUSE"),
        ("[The navy] {imposed a blockade} on <the port>.", "ASSAULT"),
    ],
)
def test_the_convention_of_sentence_pair_sets(marked: str, root: str, line: Line) -> None:
    assert coded(marked, line)[0].root(line.codebook) == root


@pytest.mark.parametrize("text", ["The valley is green.", "Prices rose by two per cent.", "She reads in the evening."])
def test_plain_words_are_no_triggers(text: str, line: Line) -> None:
    assert find_triggers(analysis_of(text, line), line.codebook) == []


def test_a_trigger_without_parties_has_a_type(line: Line) -> None:
    a = analysis_of("Two reporters were arrested.", line)
    (trigger,) = find_triggers(a, line.codebook)
    judged = classify(a, trigger, line.codebook)
    assert (judged.type, judged.mode) == ("COERCE", "arrest")
    assert 0.5 < judged.confidence <= 1.0


def test_a_date_is_no_part_of_a_phrase(line: Line) -> None:
    a = analysis_of("The king called the sultan on Friday.", line)
    assert all(a.word[i] != "on" for t in find_triggers(a, line.codebook) for i in t.tokens)


ROOTS = st.sampled_from(sorted(set(pairs.QUAD) - set(pairs.FOLD)))


@hypothesis.given(rows=st.lists(st.tuples(ROOTS, ROOTS | st.none()), min_size=1, max_size=40))
def test_answers_that_equal_the_gold_score_full_marks(rows: list[tuple[str, str | None]], tmp_path_factory: pytest.TempPathFactory) -> None:
    gold = tmp_path_factory.mktemp("pairs") / "gold.jsonl"
    gold.write_text("".join(json.dumps({"id": i, "root": w}) + "\n" for i, (w, _) in enumerate(rows)))
    full = pairs.score(gold, [{"id": i, "root": w} for i, (w, _) in enumerate(rows)])
    assert full["root_macro_f1"] == full["quad_macro_f1"] == full["binary_macro_f1"] == 100.0
    some = pairs.score(gold, [{"id": i, "root": g} for i, (_, g) in enumerate(rows)])
    assert some["answered"] == sum(g is not None for _, g in rows)
    assert some["root_accuracy"] <= full["root_accuracy"]


def test_the_figures_are_those_of_the_shared_scorer(tmp_path: Path) -> None:
    scorer, gold = GOLD / "score.py", GOLD / "plv_dev.jsonl"
    if not scorer.exists():
        pytest.skip("../shared/gold/events is not here")
    wanted = [json.loads(row) for row in gold.read_text().splitlines()]
    told = [{"id": r["id"], "root": wanted[(7 * i) % len(wanted)]["root"] if i % 3 else r["root"]} for i, r in enumerate(wanted) if i % 11]
    given_rows = tmp_path / "told.jsonl"
    given_rows.write_text("".join(json.dumps(r) + "\n" for r in told))
    theirs = json.loads(subprocess.run([sys.executable, scorer, "pairs", gold, given_rows], capture_output=True, check=True).stdout)
    ours = pairs.score(gold, told)
    assert {key: ours[key] for key in theirs} == theirs
