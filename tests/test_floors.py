"""Quality has a floor: figures on the gold that may rise and never fall in passing. Skipped where the gold is missing.

Raise a floor in floors.json when a figure has risen for good; say why in the change that lowers one.
"""

import json
from pathlib import Path

from dateline.evaluate import alarms, pages, record, stamps
from dateline.evaluate.base import Line

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf8"))


def below(figures: dict[str, float], task: str) -> dict[str, tuple[float, float]]:
    """The figures that fell below their floor: (figure, floor)."""
    return {name: (figures[name], floor) for name, floor in FLOORS[task].items() if figures[name] < floor}


def test_the_seed_is_read_as_well_as_before(line: Line, seed: Path) -> None:
    gold = seed / "record.json"
    result = record.score(gold, list(record.predict(gold, line)))
    assert below({tier: met for tier, (met, _) in result["total"].items()}, "seed") == {}, result["missed"]
    assert result["sections"]["article.must"] == [27, 27]
    assert result["sections"]["times.must"] == [13, 13]
    assert result["sections"]["checks.must"] == [5, 5]


def test_labelled_reports_are_read_as_well_as_before(line: Line, gold: Path) -> None:
    dev = gold / "record" / "dev.jsonl"
    result = record.score(dev, list(record.predict(dev, line)))
    assert below({name: met for name, (met, _) in result["sections"].items()}, "record") == {}
    assert result["records missing"] == 0


def test_police_acts_are_found_as_well_as_before(line: Line, gold: Path) -> None:
    police = gold / "events" / "india_police_dev.jsonl"
    result = alarms.score(police, list(alarms.predict(police, line)))
    assert below(result, "alarms") == {}
    assert result["alarm_rate"] <= 0.8


def test_stamps_are_right_or_unknown(line: Line, gold: Path) -> None:
    stamps_gold = gold / "time" / "news_date_lines.json"
    result = stamps.score(stamps_gold, list(stamps.predict(stamps_gold, line)))
    assert below(result, "stamps") == {}
    assert result["wrong"] == 0


def test_pages_are_read_as_well_as_before(line: Line, gold: Path) -> None:
    pages_gold = gold / "pages" / "gold.jsonl"
    result = pages.score(pages_gold, list(pages.predict(pages_gold, line)))
    assert below(result, "pages") == {}
    assert result["read"] == 150
    assert result["day_wrong"] <= 1
