"""The codebook tests itself: every part's examples, both ways. One module a part (codebook_PART.py); this is the table."""

import importlib
from pathlib import Path

import msgspec
from rich.console import Console

from dateline.codebook import Codebook, load_codebook
from dateline.errors import ArgumentError
from dateline.evaluate.base import Line

PARTS = ("events", "statements", "times", "actors", "places", "web", "stamps", "furniture", "agencies")


def check_codebook(part: str | None, folder: Path | None, tell: Console) -> list[str]:
    """Every fault of content, one line each: an example that is not found, one that should not be, a pattern that no example reaches.

    Raises CodebookError for faults of form, ArgumentError for an unknown part.
    """
    if part is not None and part not in PARTS:
        raise ArgumentError(f"no examples for {part!r}; the parts with examples are {', '.join(PARTS)}")
    line = Line(codebook=load_codebook(folder))
    faults: list[str] = []
    for name in [part] if part else PARTS:
        check = getattr(importlib.import_module(f"dateline.evaluate.codebook_{name}"), f"check_{name}")
        try:
            found = check(line.codebook, line)
        except (OSError, msgspec.MsgspecError) as fault:
            found = [f"{name}: its examples cannot be read: {fault}"]
        tell.print(f"{name}: {len(found)} fault(s)")
        faults += found
    return faults


def show_codebook(part: str | None, folder: Path | None, out: Console) -> None:
    """Print the names of the parts, or one part as YAML."""
    book = load_codebook(folder)
    parts = [f for f in Codebook.__struct_fields__ if f != "digest"]
    if part is None:
        out.print(f"codebook {book.digest}: {', '.join(parts)}")
        return
    if part not in parts:
        raise ArgumentError(f"no part named {part!r}; the parts are {', '.join(parts)}")
    value = book.places.words if part == "places" else getattr(book, part)  # the gazetteer itself is no text
    out.print(msgspec.yaml.encode(msgspec.to_builtins(value, enc_hook=str, order="deterministic")).decode(), markup=False)
