"""The codebook's part `web` tested by its own examples: lines, names, credits and signatures of pages."""

from collections.abc import Callable
from typing import Any

from dateline.codebook.load import Codebook
from dateline.evaluate.base import examples_of
from dateline.ingest.html_blocks import Block, is_furniture_line, words_of_names
from dateline.records import Base

FILE = "examples/web.yml"


class Pair(Base, frozen=True, kw_only=True):
    """Texts that a rule finds, and texts that it does not."""

    found: tuple[str, ...]
    not_found: tuple[str, ...]


class Examples(Base, frozen=True, kw_only=True):
    """examples/web.yml."""

    lines: Pair
    names: Pair
    credits: Pair
    signatures: Pair


def check_web(codebook: Codebook, line: Any = None) -> list[str]:
    """One fault for each example that is not read as it says."""
    web = codebook.web
    examples = examples_of(codebook, "web", Examples)
    rules: dict[str, Callable[[str], bool]] = {
        "lines": lambda text: is_furniture_line(Block(text, 0, (), ()), web),
        "names": lambda text: bool(words_of_names(text, web.not_a_name, web.furniture_names.inside) & web.furniture_names.all),
        "credits": lambda text: bool(web.credit.search(text)),
        "signatures": lambda text: bool(web.byline_start.match(text)),
    }
    faults = []
    for name, finds in rules.items():
        pair: Pair = getattr(examples, name)
        faults += [f"{FILE}: {name}.found: {text!r} is not found" for text in pair.found if not finds(text)]
        faults += [f"{FILE}: {name}.not_found: {text!r} is found" for text in pair.not_found if finds(text)]
    return faults
