"""The events task: what a person marked in a report, against a record."""

from pathlib import Path
from typing import Any

import pytest

from dateline.errors import ArgumentError
from dateline.evaluate import marked

TEXT = "Troops shelled Goma on Monday. The shelling was condemned by Kenya, whose envoy met the governor."
GOLD = f"""
- id: one
  published: 2020-05-05
  text: {TEXT}
  events:
  - {{at: "Troops {{shelled}} Goma", also: ["The {{shelling}}"], type: ASSAULT, actor: [Troops], recipient: [Goma], status: actual, age: new, day: 2020-05-04}}
  - {{at: "{{condemned}} by", type: ACCUSE, actor: [Kenya], recipient: ["= Rebel troops"], status: actual, age: new, day: null}}
  - {{at: "envoy {{met}} the", type: CONSULT, actor: [envoy], recipient: [the governor], status: actual, age: new, day: null}}
"""


def event(word: str, kind: str, actor: str = "", recipient: str = "", **more: Any) -> dict[str, Any]:
    def party(name: str) -> list[dict[str, Any]]:
        at = TEXT.find(name)
        return [{"name": name, "span": {"start": at, "end": at + len(name)} if at >= 0 else None}] if name else []

    at = TEXT.index(word)
    return {
        "trigger": {"start": at, "end": at + len(word)}, "type": kind, "actor": party(actor), "recipient": party(recipient), "status": "actual",
        "reported_as": "new", "when": {"start": None, "end": None}, "confidence": 0.5, **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("events", "right", "wrong"),
    [
        ([event("shelled", "ASSAULT", "Troops", "Goma", when={"start": "2020-05-04", "end": "2020-05-04"})], ["shelled"], []),
        ([event("shelling", "ASSAULT", "Troops", "Goma")], ["shelling"], []),  # another mention of it
        ([event("condemned", "ACCUSE", "Kenya", "troops")], ["condemned"], []),  # by its name, wherever it stands
        ([event("condemned", "ACCUSE", "Kenya", "Goma")], [], ["recipient"]),
        ([event("condemned", "REJECT", "Kenya", "troops", status="planned")], [], ["type", "status"]),
        ([event("met", "CONSULT", "the governor", "envoy")], ["met"], []),  # a mutual act has no sides
        ([event("met", "CONSULT", "envoy")], [], ["actor"]),
        ([event("Monday", "PROTEST", "Goma")], [], []),
    ],
)
def test_marks(tmp_path: Path, events: list[dict[str, Any]], right: list[str], wrong: list[str]) -> None:
    (tmp_path / "gold.yml").write_text(GOLD, encoding="utf8")
    found = marked.score(tmp_path / "gold.yml", [{"read_from": "one", "events": events}])
    assert (found["marked"], found["told"], found["right"]) == (3, 1, len(right))
    assert len([f for f in found["faults"] if "missed" in f]) == (3 if events[0]["type"] == "PROTEST" else 2)
    told = [f for f in found["faults"] if "missed" not in f]
    assert told == [] if right else (f"wrong {wrong}" if wrong else "not marked") in told[0]


def test_two_mentions_of_one_event_are_one_right_and_one_too_many(tmp_path: Path) -> None:
    (tmp_path / "gold.yml").write_text(GOLD, encoding="utf8")
    events = [event(word, "ASSAULT", "Troops", "Goma") for word in ("shelled", "shelling")]
    found = marked.score(tmp_path / "gold.yml", [{"read_from": "one", "events": events}])
    assert (found["found"], found["right"], found["precision"]) == (1, 1, 50.0)


def test_what_is_only_supposed_need_not_be_marked(tmp_path: Path) -> None:
    (tmp_path / "gold.yml").write_text(GOLD, encoding="utf8")
    events = [event("Monday", "PROTEST", status="hypothetical"), event("met", "CONSULT", "envoy", "the governor", status="hypothetical")]
    found = marked.score(tmp_path / "gold.yml", [{"read_from": "one", "events": events}])
    assert (found["told"], found["found"], found["right"]) == (1, 1, 0)


@pytest.mark.parametrize(("old", "new"), [("{shelled}", "shelled"), ("{met}", "{meets}"), ("age: new", "age: fresh")])
def test_a_fault_in_the_marks_is_told(tmp_path: Path, old: str, new: str) -> None:
    (tmp_path / "gold.yml").write_text(GOLD.replace(old, new, 1), encoding="utf8")
    with pytest.raises(ArgumentError, match=r"accepted|form"):
        marked.score(tmp_path / "gold.yml", [])


@pytest.mark.parametrize("path", sorted((Path(__file__).parents[1] / "training" / "reports").glob("*.yml")), ids=lambda p: p.stem)
def test_the_reports_of_our_own_are_in_form(path: Path) -> None:
    found = marked.score(path, [])
    assert found["marked"] > 400
    assert len(found["faults"]) == found["marked"]
