"""The first sources behind a report, as the report names them."""

from typing import Literal

from dateline.codebook import Codebook
from dateline.records import Actor, Fields, Origin, Statement

Kind = Literal["person", "agency", "document", "outlet", "unnamed"]
SECOND_HAND = frozenset({"believes", "plans", "wants"})  # thoughts laid to somebody are no source of the report


def name_origins(statements: tuple[Statement, ...], fields: Fields, actors: tuple[Actor, ...], codebook: Codebook) -> tuple[Origin, ...]:
    """Each origin once, in order of its first mention: who speaks first in each outermost chain, not counting who only passes it on."""
    by_id = {actor.id: actor for actor in actors}
    found: dict[str, Origin] = {}
    for s in statements:
        if s.speaker is None or s.nested_in is not None or s.type in SECOND_HAND:
            continue
        actor = by_id.get(s.speaker.actor or "")
        key = s.speaker.actor or s.speaker.name.casefold()
        if key not in found:
            found[key] = Origin(name=s.speaker.name, span=s.speaker.span, kind=kind_of(s.speaker.name, actor, codebook))
    return tuple(found.values())


def kind_of(name: str, actor: Actor | None, codebook: Codebook) -> Kind:
    """person, agency, outlet, document, or unnamed for a source that has no name of its own."""
    if codebook.agencies.agency(name):
        return "agency"
    if codebook.agencies.outlet(name):
        return "outlet"
    words = name.casefold().replace("-", " ").split()
    if any(w in codebook.statements.documents or w.removesuffix("s") in codebook.statements.documents for w in words):
        return "document"
    if actor and actor.type == "PERSON" and name[:1].isupper():
        return "person"
    return "unnamed" if not name[:1].isupper() else "person"
