"""Reads typed YAML and JSON files below one folder and gathers every fault of form, with file and key."""

from pathlib import Path
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


class Words(frozenset[str]):
    """Words to look up. In a file they are a list, or one text with commas between them."""


class Loader:
    """Reads typed YAML files below one folder and gathers their faults."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.faults = folder, list[str]()

    def read(self, name: str, form: type[T]) -> T | None:
        """The content of one file as `form`; None (and a fault) when it does not fit."""
        path = self.folder / name
        try:
            decode = msgspec.json.decode if path.suffix == ".json" else msgspec.yaml.decode
            return decode(path.read_bytes(), type=form, dec_hook=_words)
        except FileNotFoundError:
            self.faults.append(f"{name}: missing")
        except (msgspec.ValidationError, msgspec.DecodeError) as fault:
            self.faults.append(f"{name}: {fault}")
        return None

    def check(self, name: str, key: str, good: object, what: str) -> None:
        """Record a fault at a key of a file unless `good`."""
        if not good:
            self.faults.append(f"{name}: {key}: {what}")


def _words(form: type, written: Any) -> Words:
    """`written` as Words: the one form here that YAML and JSON do not have."""
    if form is not Words:
        raise NotImplementedError(form)
    if isinstance(written, str):
        return Words(" ".join(word.split()) for word in written.split(",") if word.strip())
    if isinstance(written, list) and all(isinstance(word, str) for word in written):
        return Words(written)
    raise ValueError("Expected words: a list of texts, or one text with commas between the words")
