"""Which words say it: spans and nothing resolved. One module a thing; no module imports another stage."""

from dateline.find.actors import find_actors
from dateline.find.events import find_events
from dateline.find.places import find_places
from dateline.find.quantities import find_quantities
from dateline.find.statements import find_statements
from dateline.find.times import find_times
from dateline.records import Base, FoundActor, FoundEvent, FoundPlace, FoundStatement, FoundTime, Quantity


class Findings(Base, frozen=True, kw_only=True):
    """Everything that was found in one analysis, in order of the text."""

    statements: tuple[FoundStatement, ...] = ()
    events: tuple[FoundEvent, ...] = ()
    times: tuple[FoundTime, ...] = ()
    places: tuple[FoundPlace, ...] = ()
    actors: tuple[FoundActor, ...] = ()
    quantities: tuple[Quantity, ...] = ()


__all__ = ["Findings", "find_actors", "find_events", "find_places", "find_quantities", "find_statements", "find_times"]
