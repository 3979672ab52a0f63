"""The straight line: files → Report → Analysis → Findings → Record. The only place where stages meet.

    for record in code(paths): ...

A bad report becomes a `Rejected` here, and nowhere else; the run goes on.
"""

from msgspec.structs import replace

from dateline import __version__
from dateline.check import run_checks
from dateline.codebook import Codebook
from dateline.find import Findings, find_actors, find_events, find_places, find_quantities, find_statements, find_times
from dateline.language import Analyser
from dateline.records import Analysis, Record, Report
from dateline.resolve import (
    date_events,
    judge_novelty,
    name_origins,
    place_events,
    resolve_actors,
    resolve_events,
    resolve_narration,
    resolve_places,
    resolve_quantities,
    resolve_statements,
    resolve_times,
)

ANALYSED_LANGUAGES = ("en",)
STAGES = ("language", "find", "resolve")


def read_record(report: Report, analyser: Analyser, codebook: Codebook) -> Record:
    """The whole line for one report; for a language without an analyser, the report's own fields and the checks on them."""
    if report.fields.language not in ANALYSED_LANGUAGES:
        return check(bare_record(report, codebook, stages_not_run=STAGES), report.text, codebook)
    analysis = analyser.analyse(report.text, report.fields)
    record = resolve(find(analysis, codebook), analysis, report, analyser, codebook)
    return check(record, report.text, codebook)


def find(analysis: Analysis, codebook: Codebook) -> Findings:
    """Which words say it: candidate spans, nothing resolved."""
    statements = find_statements(analysis, codebook)
    actors = find_actors(analysis, codebook)
    return Findings(
        statements=statements,
        actors=actors,
        times=find_times(analysis, codebook),
        places=find_places(analysis, codebook),
        quantities=find_quantities(analysis, codebook),
        events=find_events(analysis, codebook, statements=statements, actors=actors),
    )


def resolve(found: Findings, analysis: Analysis, report: Report, analyser: Analyser, codebook: Codebook) -> Record:
    """What those words refer to: days, places, actors, speakers, chains."""
    fields = report.fields
    actors = resolve_actors(found.actors, analysis, fields, codebook)
    times = resolve_times(found.times, analysis, fields, codebook)
    places = resolve_places(found.places, analysis, fields, codebook)
    statements = resolve_statements(found.statements, analysis, fields, codebook, actors=actors, times=times, places=places)
    events = resolve_events(found.events, analysis, fields, codebook, actors=actors, statements=statements, times=times)
    events = date_events(events, analysis, fields, codebook, times=times, statements=statements)
    events = place_events(events, analysis, fields, codebook, places=places)
    events = judge_novelty(events, analysis, fields, codebook, times=times, statements=statements)
    quantities, events = resolve_quantities(found.quantities, events, analysis, codebook)
    return replace(
        bare_record(report, codebook, model=analyser.digest[:16]),
        statements=statements,
        narration=resolve_narration(analysis, codebook, statements=statements, events=events),
        events=events,
        times=times,
        places=places,
        actors=actors,
        quantities=quantities,
        origins=name_origins(statements, fields, actors, codebook),
    )


def check(record: Record, text: str, codebook: Codebook) -> Record:
    """The record with what the checks found in it."""
    return replace(record, checks=run_checks(record, text, codebook))


def bare_record(report: Report, codebook: Codebook, *, model: str | None = None, stages_not_run: tuple[str, ...] = ()) -> Record:
    """A record that holds the report's own fields only."""
    return Record(
        id=report.id,
        read_from=report.read_from,
        text_sha256=report.text_sha256,
        language=report.fields.language,
        stages_not_run=stages_not_run,
        codebook=codebook.digest,
        model=model,
        dateline_version=__version__,
        report=report.fields,
    )
