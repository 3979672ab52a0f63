"""The loader: word lists in either form, and faults that name file and key."""

from pathlib import Path

import pytest

from dateline.codebook.loader import Loader, Words
from dateline.records import Base


class Part(Base, frozen=True, kw_only=True):
    verbs: Words
    by_unit: dict[str, Words] = {}


@pytest.mark.parametrize(
    "written",
    ["verbs: [die, fall ill]", "verbs: die, fall ill", "verbs: >-\n  die,\n  fall\n  ill,"],
    ids=["a list", "commas", "commas over lines"],
)
def test_words_are_a_list_or_a_text_with_commas(tmp_path: Path, written: str) -> None:
    (tmp_path / "part.yml").write_text(written)
    part = Loader(tmp_path).read("part.yml", Part)
    assert part is not None
    assert part.verbs == {"die", "fall ill"}


@pytest.mark.parametrize(
    ("written", "key"),
    [("verbs: 3", "$.verbs"), ("verbs: [die, 3]", "$.verbs"), ("verbs: die\nby_unit: {dead: {die: 1}}", "$.by_unit[...]")],
)
def test_anything_else_is_a_fault_with_file_and_key(tmp_path: Path, written: str, key: str) -> None:
    (tmp_path / "part.yml").write_text(written)
    loader = Loader(tmp_path)
    assert loader.read("part.yml", Part) is None
    assert loader.faults == [f"part.yml: Expected words: a list of texts, or one text with commas between the words - at `{key}`"]
