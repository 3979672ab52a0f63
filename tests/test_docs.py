"""The documents are true: every field of the record is described, and nothing is described that is gone; every command is in the README."""

import re
from pathlib import Path

import msgspec
import pytest

from dateline.check import CHECKS
from dateline.records import Record

ROOT = Path(__file__).parent.parent
DOCUMENTED = (ROOT / "docs" / "record.md").read_text(encoding="utf8")


def schema() -> dict[str, list[str]]:
    """The fields of every type of the contract, by name."""
    types = msgspec.json.schema(Record)["$defs"]
    return {name: list(t["properties"]) for name, t in types.items()}


def sections() -> dict[str, list[str]]:
    """The fields that docs/record.md describes, by heading."""
    parts = re.split(r"^## (\w+)\n", DOCUMENTED, flags=re.M)
    rows = {name: re.findall(r"^\| (`[^|]*`) \|", text, flags=re.M) for name, text in zip(parts[1::2], parts[2::2], strict=True)}
    return {name: [field for row in found for field in re.findall(r"`(\w+)`", row)] for name, found in rows.items()}


@pytest.mark.parametrize("name", sorted(schema()))
def test_every_field_of_the_record_is_described(name: str) -> None:
    assert sorted(sections()[name]) == sorted(schema()[name])


def test_nothing_is_described_that_is_gone() -> None:
    assert sorted(sections()) == sorted(schema())


def test_every_check_is_described() -> None:
    for name in CHECKS:
        assert f"`{name}`" in DOCUMENTED


def test_local_links_lead_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text(encoding="utf8")):
            assert (page.parent / target).exists(), f"{page.relative_to(ROOT)} links to {target}"
