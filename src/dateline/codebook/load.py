"""Loads the codebook: the world's names and verbs as data. Every fault of form is reported at once, with file and key.

A part of the codebook is one YAML file (or one folder of them) in `data/`, one Struct that says its form in a module of this
package, and one field of `Codebook`. Example sentences stand in `data/examples/` and are read only by `evaluate/`.
"""

import hashlib
import shutil
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

from dateline.codebook.actors import Actors, read_actors
from dateline.codebook.agencies import Agencies, read_agencies
from dateline.codebook.ages import Ages, read_ages
from dateline.codebook.case import CaseWords, read_case
from dateline.codebook.checks import Checks, read_checks
from dateline.codebook.confidence import Confidence, read_confidence
from dateline.codebook.events import Events, read_events
from dateline.codebook.furniture import Furniture, read_furniture
from dateline.codebook.happenings import Happenings, read_happenings
from dateline.codebook.loader import Loader
from dateline.codebook.places import Places, read_places
from dateline.codebook.quantities import Quantities, read_quantities
from dateline.codebook.roles import Roles, read_roles
from dateline.codebook.stamps import Stamps, read_stamps
from dateline.codebook.standing import Standing, read_standing
from dateline.codebook.statements import Statements, read_statements
from dateline.codebook.status import StatusWords, read_status
from dateline.codebook.times import Times, read_times
from dateline.codebook.web import Web, read_web
from dateline.errors import ArgumentError, CodebookError
from dateline.records import Base

SHIPPED = Path(str(files("dateline.codebook") / "data"))


class Codebook(Base, frozen=True, kw_only=True):
    """Every part of the codebook, read once and passed down. `digest` names its exact content."""

    digest: str
    agencies: Agencies
    stamps: Stamps
    furniture: Furniture
    statements: Statements
    events: Events
    happenings: Happenings
    roles: Roles
    status: StatusWords
    standing: Standing
    confidence: Confidence
    ages: Ages
    actors: Actors
    times: Times
    places: Places
    quantities: Quantities
    checks: Checks
    case: CaseWords
    web: Web


PARTS: dict[str, Callable[[Loader], Any]] = {
    "agencies": read_agencies,
    "stamps": read_stamps,
    "furniture": read_furniture,
    "statements": read_statements,
    "events": read_events,
    "happenings": read_happenings,
    "roles": read_roles,
    "status": read_status,
    "standing": read_standing,
    "confidence": read_confidence,
    "ages": read_ages,
    "actors": read_actors,
    "times": read_times,
    "places": read_places,
    "quantities": read_quantities,
    "checks": read_checks,
    "case": read_case,
    "web": read_web,
}


LOADED: dict[tuple[Path, str], Codebook] = {}  # the last one read, by folder and digest: one job asks for it twice


def load_codebook(folder: Path | None = None) -> Codebook:
    """The codebook in `folder` (the shipped one by default). Raises ArgumentError when there is no such folder, CodebookError listing every fault."""
    if folder and not folder.is_dir():
        raise ArgumentError(f"{folder}: no such folder; `dateline codebook copy {folder}` makes one to edit")
    loader = Loader(folder or SHIPPED)
    digest = digest_of(loader.folder)
    key = (loader.folder, digest)  # a copy of the same words has examples of its own
    if (kept := LOADED.get(key)) is not None:
        return kept
    parts = {name: read(loader) for name, read in PARTS.items()}
    if loader.faults:
        raise CodebookError(loader.faults)
    LOADED.clear()
    book = LOADED[key] = Codebook(digest=digest, **parts)
    return book


def copy_codebook(to: Path, folder: Path | None = None) -> None:
    """Copy a codebook (the shipped one by default), examples and all, into a new folder. Raises ArgumentError when something stands there."""
    if to.exists():
        raise ArgumentError(f"{to} is there already; accepted is the name of a new folder")
    shutil.copytree(folder or SHIPPED, to)


def load_case() -> CaseWords:
    """The shipped words that are written with a capital: the one part that the language pass needs. Raises CodebookError."""
    loader = Loader(SHIPPED)
    words = read_case(loader)
    if words is None or loader.faults:
        raise CodebookError(loader.faults)
    return words


def digest_of(folder: Path) -> str:
    """16 hex digits over every file of the codebook that decides an output (examples do not)."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and "examples" not in p.parts):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:16]
