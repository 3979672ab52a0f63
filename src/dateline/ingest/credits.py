"""Credit lines of a report: who signed it, which agency sent it, when it was stamped, in which section it stood."""

import re
from typing import NamedTuple

from msgspec.structs import replace

from dateline.codebook import Codebook
from dateline.codebook.stamps import fold_name
from dateline.ingest.lines import WORD, Line
from dateline.ingest.stamps import LONGEST, Hints, Stamp, plain_digits, read_stamps
from dateline.records import Span, Value

BAR = re.compile(r"\s*[|•·●▪◆►»›]\s*|\s+[-–—/]+\s+|\s*\t\s*|\s{3,}|\s*/\s*(?=[A-Z]{2})")
NAME = re.compile(r"(?:[^\W\d_][\w.'’\-]*)")
URL = re.compile(r"(?:https?://|www\.)\S+", re.I)
AT_PLACE = re.compile(r"(?P<name>[^,()]{2,40}?)\s*(?:,\s*[^\W\d_][\w.' -]{2,30}|\(\s*[^\W\d_][\w.' -]{2,30}\)?)")
BEFORE_PLACE = re.compile(r"[^\W\d_][\w.' -]{2,30}?\s*(?:\(\s*(?P<in>[^()]{2,20}?)\s*\)?|[-–—|/]\s*(?P<by>[^()]{2,20}))")
LOWER_WORD = re.compile(r"\s[a-z]{2,4}\s")
PLACE_NAME = re.compile(r"(?:[^\W\d_a-zà-ÿ][\w.'’-]*(?: [^\W\d_a-zà-ÿ][\w.'’-]*){0,2})?")  # or nothing
EMAIL = re.compile(r"\S+@\S+\.\w+|@\w+")
EDGES = " \t,;:.|-–—•·()[]/\\*«»<>\u200e\u200f"
MOST_NAME_WORDS = 5
MOST_UNKNOWN = 2  # words of a stamp's line that nothing explains


class Credit(NamedTuple):
    """One thing that a credit line says: the field, its value."""

    field: str
    value: Value


def credits_of(line: Line, codebook: Codebook, hints: Hints) -> list[Credit] | None:
    """What a line of credits and stamps says; None when the line is something else."""
    if len(line.text) > LONGEST:
        return None
    stamps = read_stamps(line.text, codebook.stamps, hints)
    found = [stamp_credit(s, line, labelled=i > 0) for i, s in enumerate(stamps)]
    unknown = 0
    for start, end in rests(line.text, stamps):
        for a, b in segments(line.text, start, end):
            credits = credits_in(line.text[a:b], line.start + a, codebook)
            found += credits
            if credits:
                continue
            if not is_filling(line.text[a:b], codebook):
                unknown += len(WORD.findall(line.text[a:b]))
    signed = stamps or any(c.field in ("agency", "outlet") for c in found)
    if not found or unknown > (MOST_UNKNOWN if signed else 0):
        return None
    return found


def stamp_credit(stamp: Stamp, line: Line, *, labelled: bool) -> Credit:
    """The field of a stamp: an unlabelled second one is the update."""
    field = stamp.label or ("updated" if labelled else "published")
    span = Span(line.start + stamp.span.start, line.start + stamp.span.end)
    return Credit(field, Value(value=stamp.value, span=span, by=f"text.stamp/{stamp.by}", weekday=stamp.weekday, precision=stamp.precision))


def rests(text: str, stamps: tuple[Stamp, ...]) -> list[tuple[int, int]]:
    """The stretches of a line that its stamps leave."""
    edges = [0, *(x for s in stamps for x in (s.span.start, s.span.end)), len(text)]
    return list(zip(edges[::2], edges[1::2], strict=True))


def segments(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of a stretch between bars and dashes, without what stands at their edges."""
    cuts = [start, *(x for m in BAR.finditer(text, start, end) for x in m.span()), end]
    found = []
    for a, b in zip(cuts[::2], cuts[1::2], strict=True):
        while a < b and text[a] in EDGES:
            a += 1
        while b > a and text[b - 1] in EDGES:
            b -= 1
        if a < b:
            found.append((a, b))
    return found


def is_filling(text: str, codebook: Codebook) -> bool:
    """Whether nothing but labels, weekdays and the small words of a stamp's line stand there."""
    if codebook.furniture.desk_start.match(text):
        return True
    stamps = codebook.stamps
    folded = fold_name(plain_digits(text))
    left = stamps.label_pattern.sub(" ", folded)
    return all(w in stamps.around or w in stamps.weekdays or w.isdigit() for w in WORD.findall(left))


def credits_in(text: str, at: int, codebook: Codebook) -> list[Credit]:
    """What one segment says: an agency, an outlet, a byline, a section, an address; nothing when it says none of these."""
    for read in (url_credit, agency_credit, outlet_credit, house_credit, byline_credit, section_credit):
        credit = read(text, at, codebook)
        if credit:
            return [credit, *agency_behind(text, credit, at, codebook)]
    return []


def agency_behind(text: str, credit: Credit, at: int, codebook: Codebook) -> list[Credit]:
    """The agency that stands behind a byline's names: "By Jane Roe, Associated Press"."""
    if credit.field != "byline" or credit.value.span is None:
        return []
    start = credit.value.span.end - at
    found = (
        agency_credit(m.group().strip(EDGES), at + m.start() + leading(m.group()), codebook) for m in re.finditer(r"[^,;|(]+", text[start:])
    )
    return [moved(c, start) for c in found if c][:1]


def leading(text: str) -> int:
    """Characters before the first that says something."""
    return len(text) - len(text.lstrip(EDGES))


def moved(credit: Credit, by: int) -> Credit:
    """A credit whose span was counted from a later place of its line."""
    span = credit.value.span
    return credit if span is None else Credit(credit.field, replace(credit.value, span=Span(span.start + by, span.end + by)))


def url_credit(text: str, at: int, codebook: Codebook) -> Credit | None:
    """A web address alone."""
    label = codebook.furniture.url_start.match(text)
    start = label.end() if label else 0
    m = URL.fullmatch(text, start)
    return Credit("url", Value(value=text[start:], span=Span(at + start, at + len(text)), by="text.url")) if m else None


def agency_credit(text: str, at: int, codebook: Codebook) -> Credit | None:
    """An agency alone, with or without the words for a source or an author before it."""
    for start in (0, *(m.end() for p in (codebook.furniture.source_start, codebook.furniture.byline_start) if (m := p.match(text)))):
        printed = text[start:].strip(EDGES)
        agency = codebook.agencies.agency(printed) if printed else None
        if agency:
            begin = at + text.index(printed, start)
            return Credit("agency", Value(value=agency.name, span=Span(begin, begin + len(printed)), by="text.agency"))
    placed = AT_PLACE.fullmatch(text)
    agency = codebook.agencies.agency(placed["name"]) if placed else None
    if placed and agency:
        begin = at + placed.start("name")
        return Credit("agency", Value(value=agency.name, span=Span(begin, begin + len(placed["name"])), by="text.agency.place"))
    signed = BEFORE_PLACE.fullmatch(text)
    group = "in" if signed and signed["in"] else "by"
    agency = codebook.agencies.by_sign.get(signed[group]) if signed else None
    if signed and agency:
        span = Span(at + signed.start(group), at + signed.end(group))
        return Credit("agency", Value(value=agency.name, span=span, by="text.agency.place"))
    return None


def outlet_credit(text: str, at: int, codebook: Codebook) -> Credit | None:
    """An outlet alone or with a place, behind a word for a source, or behind a mark of copyright."""
    placed = AT_PLACE.fullmatch(text)
    for printed in (text, placed["name"] if placed else ""):
        if alone := codebook.agencies.outlet(printed):
            return Credit("outlet", Value(value=alone.name, span=Span(at, at + len(printed)), by="text.outlet"))
    for pattern in (codebook.furniture.source_start, codebook.furniture.copyright_start):
        m = pattern.match(text)
        printed = re.sub(r"^\d{4}(?:[-–]\d{4})?\W*|[.,]?\s*(?i:all rights reserved)\.?$", "", text[m.end() :]).strip(EDGES) if m else ""
        outlet = codebook.agencies.outlet(printed)
        if outlet:
            begin = at + text.index(printed)
            return Credit("outlet", Value(value=outlet.name, span=Span(begin, begin + len(printed)), by="text.outlet"))
    return None


def house_credit(text: str, at: int, codebook: Codebook) -> Credit | None:
    """A byline that names a desk ("News Service", "By our correspondent")."""
    m = codebook.furniture.byline_start.match(text)
    for start in (0, m.end() if m else 0):
        if fold_name(text[start:]) in codebook.furniture.folded["house_bylines"]:
            return Credit("byline", Value(value=text[start:], span=Span(at + start, at + len(text)), by="text.byline.house"))
    return None


def byline_credit(text: str, at: int, codebook: Codebook) -> Credit | None:
    """Authors behind a word that opens a byline; an agency among them is left to its own field."""
    m = codebook.furniture.byline_start.match(text)
    if not m:
        return None
    start, end = m.end(), names_end(text, m.end(), codebook)
    if end <= start:
        return None
    return Credit("byline", Value(value=text[start:end], span=Span(at + start, at + end), by="text.byline.intro"))


def names_end(text: str, start: int, codebook: Codebook) -> int:
    """Where the names that start at `start` end: before a comma with a role, an agency or a place; `start` when no name stands there."""
    small, end = codebook.furniture.folded["name_joiners"] | codebook.furniture.folded["name_particles"], start
    for part in re.finditer(r"[^,;|(]+", text[start:]):
        words = part.group().split()
        if not words or not is_name(words, small) or codebook.agencies.agency(part.group().strip()):
            break
        if end > start and (len(words) == 1 or fold_name(part.group()) in codebook.furniture.folded["byline_roles"]):
            break
        end = start + part.end() - (len(part.group()) - len(part.group().rstrip()))
    return end


def is_name(words: list[str], small: frozenset[str]) -> bool:
    """Whether words read as one or several people's names: capitals, with small words between them, no digits."""
    names = [w for w in words if fold_name(w) not in small]
    if not names or len(names) > 2 * MOST_NAME_WORDS or any(c.isdigit() for w in words for c in w):
        return False
    return NAME.match(names[0]) is not None and not any(w[0].islower() for w in names)


def bare_name(line: Line, codebook: Codebook) -> Credit | None:
    """A line that is a person's name (or two joined), with or without a role: two to five words, all in capitals but particles."""
    folded = codebook.furniture.folded
    at_place = next((m for m in LOWER_WORD.finditer(line.text) if m.group().strip() in folded["section_before"]), None)
    text = line.text[: at_place.start()] if at_place else line.text
    end = names_end(text, 0, codebook)
    words = text[:end].split()
    rest = text[end:].strip(EDGES)
    small = folded["name_joiners"] | folded["name_particles"]
    if not 2 <= len(words) <= MOST_NAME_WORDS + 4 or not (fold_name(rest) in folded["byline_roles"] or PLACE_NAME.fullmatch(rest)):
        return None
    if all(w[0].isupper() or fold_name(w) in small for w in words) and not line.ends_sentence:
        return Credit("byline", Value(value=text[:end], span=Span(line.start, line.start + end), by="text.byline.name"))
    return None


def section_credit(text: str, at: int, codebook: Codebook) -> Credit | None:
    """A section of the site, alone or behind its label, or the last of a trail of them."""
    m = codebook.furniture.section_start.match(text)
    start = m.end() if m else 0
    first, _, others = text.partition(" ")
    if fold_name(first) in codebook.furniture.folded["section_before"] and fold_name(others) in codebook.furniture.folded["sections"]:
        start = len(first) + 1
    parts = [p for p in re.split(r"\s*[>›»]\s*", text[start:]) if p]
    if parts and (m or all(fold_name(p) in codebook.furniture.folded["sections"] for p in parts)):
        begin = at + text.rindex(parts[-1])
        return Credit("section", Value(value=parts[-1], span=Span(begin, begin + len(parts[-1])), by="text.section"))
    return None
