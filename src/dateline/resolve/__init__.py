"""What the words refer to: days, places, actors, speakers, chains. Each function is given what it needs and returns new records."""

from dateline.resolve.actors import countries_of_places, resolve_actors
from dateline.resolve.confidence import judge_confidence
from dateline.resolve.events import resolve_events
from dateline.resolve.narration import resolve_narration
from dateline.resolve.novelty import judge_novelty
from dateline.resolve.origins import name_origins
from dateline.resolve.places import resolve_places
from dateline.resolve.quantities import resolve_quantities
from dateline.resolve.standing import keep_public
from dateline.resolve.statements import resolve_statements
from dateline.resolve.times import resolve_times
from dateline.resolve.when import date_events, date_statements
from dateline.resolve.where import place_events

__all__ = [
    "countries_of_places", "date_events", "date_statements", "judge_confidence", "judge_novelty", "keep_public", "name_origins", "place_events", "resolve_actors", "resolve_events", "resolve_narration",
    "resolve_places", "resolve_quantities", "resolve_statements", "resolve_times",
]  # fmt: skip
