"""Checks on days and counts: anniversaries, time elapsed, intervals inside intervals, counts that contain counts."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from dateline.check.words import inside, words
from dateline.codebook import Codebook
from dateline.records import Check, Quantity, Record, Span, Time

NEAR = 2  # years: further apart, two days of one date are no anniversary of each other
MONTHS = {"Y": 12.0, "M": 1.0, "W": 12 / 52, "D": 12 / 365}


def anniversary(record: Record, text: str, codebook: Codebook) -> Iterator[Check]:
    """An anniversary's number against two days that the report gives independently: the occasion and what it recalls."""
    days = [(t, d) for t in record.times if (d := full_day(t))]
    for time in record.times:
        count = _ordinal_in(time.span, record.quantities)
        if count is None or "annivers" not in text[time.span.start : time.span.end].casefold():
            continue
        pairs = [
            (o, b, bd, od.year - bd.year) for o, od in days for b, bd in days if _same_date(od, bd) and od.year > bd.year and o != time
        ]
        for occasion, base, day, years in pairs:
            if abs(years - count) <= NEAR:
                says = f"{text[time.span.start : time.span.end]}: {day} and {occasion.value[:10]} are {years} years apart."
                yield Check(
                    check="anniversary", result="pass" if years == count else "fail", spans=(occasion.span, time.span, base.span), says=says
                )
                break


def elapsed(record: Record, text: str, codebook: Codebook) -> Iterator[Check]:
    """A stretch of time "after" a happening against the day that another sentence gives the same kind of happening."""
    until = _published(record)
    for time in record.times:
        months = _months(time.value) if time.type == "DURATION" else None
        if months is None or until is None or not re.match(r"\s+(?:after|since)\b", text[time.span.end : time.span.end + 12]):
            continue
        kinds = _kinds(text, Span(time.span.end, _sentence_end(text, time.span.end)), codebook)
        other = _dated_alike(record, text, time, kinds, until, codebook)
        if other and other.start:
            passed = _months_between(other.start, until)
            holds = passed >= months if time.mod in ("MORE_THAN", "EQUAL_OR_MORE") else abs(passed - months) <= max(1.0, months / 4)
            says = f"“{text[time.span.start : time.span.end]}” after it: {other.value} to {until} is about {passed:.0f} months."
            yield Check(check="elapsed", result="pass" if holds else "fail", spans=(time.span, other.span), says=says)


def _dated_alike(record: Record, text: str, time: Time, kinds: set[str], until: str, codebook: Codebook) -> Time | None:
    """The last day or month that another sentence gives a happening of these kinds: the nearest before it in the text's own words."""
    here = _sentence(text, time.span)
    found = [
        (other.start, other)
        for other in record.times
        if other.type == "DATE" and other.start and len(other.value) >= len("2019-02") and other.start < until
        if not (here.start <= other.span.start < here.end) and kinds & _kinds(text, _sentence(text, other.span), codebook)
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def containment(record: Record, text: str, codebook: Codebook) -> Iterator[Check]:
    """A day inside the range that its own sentence gives, and a count inside the count it is a part of."""
    for a, b in pairwise(sorted(record.quantities, key=lambda q: q.span)):
        between = text[a.span.end : b.span.start]
        if b.span.start - a.span.end < 25 and any(w in between for w in codebook.checks.includes) and a.op != "ordinal" != b.op:
            fits = b.value <= a.value or a.op in (">", ">=", "~")
            says = f"“{text[b.span.start : b.span.end]}” is a part of “{text[a.span.start : a.span.end]}”."
            yield Check(check="containment", result="pass" if fits else "fail", spans=(a.span, b.span), says=says)
    for whole in (t for t in record.times if t.type == "INTERVAL" and t.start and t.end):
        sentence = _sentence(text, whole.span)
        for part in record.times:
            apart = part.span.end <= whole.span.start or whole.span.end <= part.span.start
            beside = part.type == "DATE" and apart and inside(part.span, [sentence])
            # A day outside may speak of something else: nothing is said of it.
            if beside and part.start and part.end and str(whole.start) <= part.start and part.end <= str(whole.end):
                says = f"{part.value} lies inside {whole.value}."
                yield Check(check="containment", result="pass", spans=(whole.span, part.span), says=says)


def full_day(time: Time) -> date | None:
    """The day of a time that names one; None for a month, a year, a range."""
    try:
        return date.fromisoformat(time.value[:10]) if time.type in ("DATE", "TIME", "SET") else None
    except ValueError:
        return None


def _same_date(a: date, b: date) -> bool:
    return (a.month, a.day) == (b.month, b.day)


def _ordinal_in(span: Span, quantities: tuple[Quantity, ...]) -> int | None:
    return next((int(q.value) for q in quantities if q.op == "ordinal" and inside(q.span, [span])), None)


def _published(record: Record) -> str | None:
    return record.report.reference.value[:10] if record.report.reference else None


def _months(value: str) -> float | None:
    m = re.fullmatch(r"P(\d+(?:\.\d+)?)([YMWD])", value)
    return float(m[1]) * MONTHS[m[2]] if m else None


def _months_between(first: str, last: str) -> float:
    return (date.fromisoformat(last[:10]) - date.fromisoformat(first[:10])).days * 12 / 365.25


def _sentence(text: str, span: Span) -> Span:
    start = max(text.rfind(mark, 0, span.start) for mark in ("\n", ". ", "? ", "! ")) + 1
    return Span(start, _sentence_end(text, span.end))


def _sentence_end(text: str, at: int) -> int:
    ends = [e for mark in ("\n", ". ", "? ", "! ") if (e := text.find(mark, at)) >= 0]
    return min(ends, default=len(text))


def _kinds(text: str, span: Span, codebook: Codebook) -> set[str]:
    said = [w.said for w in words(text, span)]
    return {kind for kind, lemmas in codebook.checks.happenings.items() if any(w.startswith(lemmas) for w in said)}
