"""The straight line: files → Report → Analysis → Findings → Record. The only place where stages meet.

    for coded in code_reports(read_reports(paths, codebook), codebook, analyser): ...

A bad report becomes a `Rejected` here, and nowhere else; the run goes on.
"""

import re
import traceback
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple, cast, get_args

from msgspec.structs import replace

from dateline import __version__
from dateline.check import run_checks
from dateline.codebook import Codebook
from dateline.find import Findings, find_actors, find_events, find_places, find_quantities, find_statements, find_times
from dateline.language import Analyser, detect_language
from dateline.records import Actor, Analysis, Event, Fields, Place, Record, Rejected, Report, Stage, Statement, Time
from dateline.resolve import (
    countries_of_places,
    date_events,
    date_statements,
    judge_confidence,
    judge_novelty,
    keep_public,
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


class Referred(NamedTuple):
    """What the words of a report refer to."""

    statements: tuple[Statement, ...]
    events: tuple[Event, ...]
    actors: tuple[Actor, ...]
    times: tuple[Time, ...]
    places: tuple[Place, ...]


Coded = tuple[Report, Record] | Rejected
BATCH_CHARACTERS = 100_000  # parsed together; by size, not by count, so that memory stays flat


def code_reports(reports: Iterable[Report | Rejected], codebook: Codebook, analyser: Analyser | None) -> Iterator[Coded]:
    """Each report with its record, in order; what cannot be read comes out as Rejected. Without an analyser, the fields only."""
    for batch in batches(reports):
        yield from code_batch(batch, codebook, analyser)


def code_batch(batch: list[Report | Rejected], codebook: Codebook, analyser: Analyser | None) -> Iterator[Coded]:
    """One batch: its paragraphs are parsed together first, then each report goes down the line alone."""
    batch = [with_language(item) if isinstance(item, Report) else item for item in batch]
    if analyser:
        with suppress(Exception):  # what breaks here breaks again below, where it is known whose it is
            analyser.read_ahead((r.text, r.fields) for r in batch if isinstance(r, Report) and r.fields.language in ANALYSED_LANGUAGES)
    for item in batch:
        if isinstance(item, Rejected):
            yield item
            continue
        try:
            record = read_record(item, codebook, analyser)
        except Exception as fault:  # the one broad catch: a report that breaks a stage is set aside, and the run goes on
            yield Rejected(read_from=item.read_from, stage=stage_of(fault), reason=f"{type(fault).__name__}: {fault}")
        else:
            yield item, record


def read_record(report: Report, codebook: Codebook, analyser: Analyser | None) -> Record:
    """The whole line for one report; for a language without an analyser, the report's own fields and the checks on them."""
    if analyser is None or report.fields.language not in ANALYSED_LANGUAGES:
        return check(bare_record(report, codebook, stages_not_run=STAGES), report.text, codebook)
    analysis = analyser.analyse(report.text, report.fields)
    record = resolve(find(analysis, codebook), analysis, report, analyser, codebook)
    analysis.kept.clear()  # what resolvers keep there points back at it: nothing would free the two but the collector, late
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
    """What those words refer to, and how sure each event is."""
    statements, events, actors, times, places = refer(found, analysis, report.fields, codebook)
    events = judge_confidence(events, analysis, codebook, actors=actors)
    quantities, events = resolve_quantities(found.quantities, events, analysis, codebook, statements=statements)
    return replace(
        bare_record(report, codebook, model=analyser.digest[:16]),
        statements=statements,
        narration=resolve_narration(analysis, codebook, statements=statements, events=events),
        events=events,
        times=times,
        places=places,
        actors=actors,
        quantities=quantities,
        origins=name_origins(statements, report.fields, actors, codebook),
    )


def refer(found: Findings, analysis: Analysis, fields: Fields, codebook: Codebook) -> Referred:
    """Days, places, actors, speakers, chains; every event, however sure."""
    actors = resolve_actors(found.actors, analysis, fields, codebook)
    times = resolve_times(found.times, analysis, fields, codebook)
    places = resolve_places(found.places, analysis, fields, codebook)
    actors = countries_of_places(actors, places)
    statements = resolve_statements(found.statements, analysis, fields, codebook, actors=actors, times=times, places=places)
    statements = date_statements(statements, analysis, fields, codebook, times=times)
    events = resolve_events(found.events, analysis, fields, codebook, actors=actors, statements=statements, times=times)
    events = date_events(events, analysis, fields, codebook, times=times, statements=statements)
    events = keep_public(events, analysis, codebook, actors=actors)
    events = place_events(events, analysis, fields, codebook, places=places)
    events = judge_novelty(events, analysis, fields, codebook, times=times, statements=statements)
    return Referred(statements, events, actors, times, places)


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


def with_language(report: Report) -> Report:
    """The report with the language it is written in, where its own data does not state one."""
    if report.fields.language:
        return report
    spans = [p.span for p in report.fields.body]
    words = "\n".join(report.text[s.start : s.end] for s in spans) or report.text
    return replace(report, fields=replace(report.fields, language=detect_language(words)))


def batches(reports: Iterable[Report | Rejected]) -> Iterator[list[Report | Rejected]]:
    """Consecutive reports in lists of about BATCH_CHARACTERS."""
    batch: list[Report | Rejected] = []
    size = 0
    for item in reports:
        batch.append(item)
        size += len(item.text) if isinstance(item, Report) else 0
        if size >= BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def stage_of(fault: BaseException) -> Stage:
    """The stage in whose code an error was raised: the last module of ours that the traceback passed through."""
    for frame in reversed(traceback.extract_tb(fault.__traceback__)):
        found = re.search(r"dateline[/\\](\w+)[/\\]", frame.filename)
        if found and found[1] in get_args(Stage):
            return cast(Stage, found[1])
    return "resolve"
