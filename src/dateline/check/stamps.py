"""Checks on stamps: does the printed weekday fit the day, and is the stamp well formed."""

import re
from collections.abc import Iterator
from datetime import date

from dateline.codebook import Codebook
from dateline.records import Check, Record, Span

GLUED = re.compile(r"\d{1,2}:\d{2}\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d\d{1,2}:\d\d")


def weekday(record: Record, text: str, codebook: Codebook) -> Iterator[Check]:
    """The weekday that a stamp, or a date in the text, prints against the weekday of that day."""
    names = codebook.checks.weekdays
    for label, value in (("published", record.report.published), ("updated", record.report.updated)):
        if value and value.span and value.weekday and (day := _day(value.value)):
            yield _compare(value.weekday, day, value.span, f"The stamp ({label})", names)
    for time in record.times:
        said = text[time.span.start : time.span.end]
        printed = next((n for n in names if n in said and re.search(rf"\b{n}\b", said)), None)
        if printed and re.search(r"\d", said) and (day := _day(time.value)):
            yield _compare(printed, day, time.span, "The text", names)


def _compare(printed: str, day: date, span: Span, where: str, names: tuple[str, ...]) -> Check:
    real = names[day.weekday()]
    says = f"{where} prints {printed} for {day}, which is a {real}."
    return Check(check="weekday", result="pass" if printed == real else "fail", spans=(span,), says=says)


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def stamp_format(record: Record, text: str, codebook: Codebook) -> Iterator[Check]:
    """A clock glued to its date: it was read, and a person should know how."""
    for value in (record.report.published, record.report.updated):
        if value and value.span and (m := GLUED.search(text, value.span.start, value.span.end)):
            says = f"Time and date are printed without a space ({m[0]}); read as {value.value}."
            yield Check(check="stamp_format", result="flag", spans=(Span(*m.span()),), says=says)
