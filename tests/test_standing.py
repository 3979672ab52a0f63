"""Which acts are affairs of public life: sentences whose act is kept as an event, and sentences that hold none."""

import pytest

from dateline.evaluate.base import Line
from test_events import record_of

KEPT = [
    ("a state and another", "Norway expelled two Russian diplomats on Monday.", "SANCTION"),
    ("police and somebody whom the report only calls by a name", "siddiqui was picked up by police from his house in delhi.", "COERCE"),
    ("an arrest that nobody is named for", "Two editors were arrested in Minsk.", "COERCE"),
    ("force beside a word of violence", "A bomb killed nine people at a market in Quetta.", "ASSAULT"),
    ("a word that tells of the act by itself", "The minister condemned the attack on the port.", "ACCUSE"),
    ("fighters of a named front", "Fighters of the Northern Front captured the town of Kerada on Monday.", "ASSAULT"),
]

LEFT_OUT = [
    ("private life", "Maria asked her husband to sell the boat."),
    ("a firm's business", "The retailer agreed to buy its rival for two billion dollars."),
    ("an accident", "A flood killed nine people in the valley."),
    ("an animal", "Rangers shot the bear that had killed forty sheep."),
    ("a game", "The striker attacked the goal and beat the keeper in the final."),
    ("a figure of speech", "Rising rents have hit young families hard."),
    ("what is no person", "The new drug arrested the decline of the bees."),
]


@pytest.mark.parametrize(("text", "kind"), [case[1:] for case in KEPT], ids=[case[0] for case in KEPT])
def test_affairs_of_public_life_are_kept(line: Line, text: str, kind: str) -> None:
    assert kind in {e.type for e in record_of(line, text).events}


@pytest.mark.parametrize("text", [case[1] for case in LEFT_OUT], ids=[case[0] for case in LEFT_OUT])
def test_other_acts_are_no_events(line: Line, text: str) -> None:
    assert [(e.type, text[e.trigger.start : e.trigger.end]) for e in record_of(line, text).events if e.type] == []
