"""The dateline of a report, at the start of its first paragraph: NAIROBI, Kenya, Aug. 7 (AP) — place, day and agency."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from dateline.codebook import Codebook
from dateline.codebook.gazetteer import fold
from dateline.ingest.stamps import NO_HINTS, Hints, Stamp, read_stamp
from dateline.records import Span, Value

CAPITALS = r"(?:[A-ZÀ-ÞŁŚŻŠŽČĆĐİĞŞ][A-ZÀ-ÞŁŚŻŠŽČĆĐİĞŞ.'’\-]+|ST\.?)(?:[ /-][A-ZÀ-ÞŁŚŻŠŽČĆĐİĞŞ][A-ZÀ-ÞŁŚŻŠŽČĆĐİĞŞ.'’\-]*){0,4}"
TITLED = r"[A-ZÀ-ÞŁŚŻŠŽČĆĐİĞŞ][\w.'’\-]+(?: (?:[a-z]{2,3} )?[A-ZÀ-ÞŁŚŻŠŽČĆĐİĞŞ][\w.'’\-]+){0,3}"
REGION = rf"(?:, (?:{TITLED}|[A-Z]\.[A-Z]\.?(?:[A-Z]\.)?))?"
FULL_DAY = r", (?P<day>[^()\n:]{3,32}?\d[^()\n:]{0,12}?)"
DAY = rf"(?:{FULL_DAY})?"
CREDIT = r"(?:\s*\((?P<credit>[^()\n]{2,60}?)\s*\)|\s*/(?P<wire>[A-Za-z ]{3,24})/)"
DASH = r"\s*(?:\.?[-–—_]+|:)(?=\s|[A-Z“\"]|$)\s*"
SHOUTED = re.compile(rf"\(?(?P<place>{CAPITALS}{REGION}){DAY}{CREDIT}?\)?{DASH}")
CREDITED = re.compile(rf"\(?(?P<place>{TITLED}{REGION}){DAY}{CREDIT}{DASH}")
INSIDE = re.compile(rf"\((?P<place>{CAPITALS}|{TITLED}){DAY}\s*(?:\((?P<credit>[^()\n]{{2,40}})\))?{DASH}?\)\s*{DASH}?")
DATED = re.compile(rf"(?P<place>{TITLED}{REGION}), (?P<day>[^()\n:]{{2,24}}?\d{{4}}|\d{{1,2}} \w+|\w+\.? \d{{1,2}}){DASH}")
DASHED = re.compile(rf"(?P<place>{TITLED}{REGION})\s+[–—-]+\s+(?=[A-Z“\"])")
AGENCY_ALONE = re.compile(r"\((?P<credit>[^()\n]{2,40})\)\s*(?:[-–—_]+\s*)?(?=\S)")
ALONE = re.compile(rf"(?P<place>{TITLED}{REGION}){FULL_DAY}{CREDIT}?\s*$")  # on a line of its own
LOWERED = re.compile(rf"(?P<place>[^\W\d_][\w.'’\-]+(?: [^\W\d_][\w.'’\-]+){{0,3}}){FULL_DAY}{CREDIT}?{DASH}")  # in a text without capitals
TITLE = re.compile(
    r"[A-ZÀ-Þ][\w.'’&\-]*(?: (?:(?:of|the|de|del|da|do|and|&) )*[A-ZÀ-Þ][\w.'’&\-]*){0,4}"
)  # how an agency's name is written
FORMS = (INSIDE, SHOUTED, CREDITED, DATED, DASHED, ALONE, LOWERED)
BY_DAY = (ALONE, LOWERED)  # datelines only where they state their day in full
MOST_PLACE_WORDS = 6
SPEAKING = re.compile(r"[A-Z][A-Z.'’ -]+:")  # how the turns of a transcript open
LARGE = 50_000  # people: a town that a bare "KHOST:" may name


class PlaceLine(NamedTuple):
    """What a dateline says: the place as printed, the agency or outlet it credits, and its day where a year is stated."""

    place: Value | None
    agency: Value | None
    outlet: Value | None
    day: Value | None
    span: Span  # all of it, to its dash


def opening_place_line(paragraphs: Sequence[str], at: int, codebook: Codebook, hints: Hints) -> PlaceLine | None:
    """The dateline that opens a body whose first paragraph stands at `at`; None where it opens otherwise, or is a transcript."""
    turns = sum(SPEAKING.match(p) is not None for p in paragraphs)
    return read_place_line(paragraphs[0], at, codebook, hints) if paragraphs and (turns < 2 or not SPEAKING.match(paragraphs[0])) else None


def read_place_line(paragraph: str, at: int, codebook: Codebook, hints: Hints) -> PlaceLine | None:
    """The dateline that opens a paragraph standing at `at`; None when it opens with something else."""
    head = paragraph[:160]
    for form in FORMS:
        m = form.match(head) if form is not LOWERED or paragraph == paragraph.lower() else None
        if m and (form not in BY_DAY or states_day(m, codebook, hints)):
            read = place_line_of(m, at, codebook, hints, sure=form is not DASHED and form is not SHOUTED)
            if read:
                return read
    m = AGENCY_ALONE.match(head)
    agency, outlet = credit_values(m, at, codebook) if m else (None, None)
    return PlaceLine(None, agency, outlet, None, span_of(m, at)) if m and (agency or outlet) else None


def opens_shouted(words: str, codebook: Codebook) -> bool:
    """Whether words open with a place in capitals and a dash: the strong form of a dateline."""
    m = SHOUTED.match(words[:160])
    return m is not None and place_line_of(m, 0, codebook, NO_HINTS, sure=False) is not None


def place_line_of(m: re.Match[str], at: int, codebook: Codebook, hints: Hints, *, sure: bool) -> PlaceLine | None:
    """The parts of a match; None when neither agency nor day bears out that its first words are a place."""
    parts = m.groupdict()
    agency, outlet = credit_values(m, at, codebook)
    stamp = read_stamp(parts["day"], codebook.stamps, hints) if parts.get("day") else None
    place = parts["place"].strip(" ,")
    if parts.get("credit") and not (agency or outlet) and not may_credit(parts["credit"], place, codebook, dated=bool(parts.get("day"))):
        return None
    words = place.split()
    if len(words) > MOST_PLACE_WORDS or codebook.agencies.agency(place) or fits_no_place(words[0], codebook):
        return None
    if not sure and not (agency or outlet) and m.group().rstrip().endswith(":") and not is_town(place, codebook):
        return None
    begin = at + m.start("place")
    value = Value(value=place, span=Span(begin, begin + len(place)), by="text.dateline")
    return PlaceLine(value, agency, outlet, day_value(stamp, at + m.start("day")) if stamp else None, span_of(m, at))


def states_day(m: re.Match[str], codebook: Codebook, hints: Hints) -> bool:
    """Whether a match states its day in full, of an agency or of a town of some size."""
    stamp = read_stamp(m["day"], codebook.stamps, hints)
    town = m["place"].partition(",")[0]
    known = codebook.places.look_up(town)
    large = any(e.kind.startswith("PPL") and e.population >= LARGE for e in known)
    return stamp is not None and stamp.day is not None and (large or any(credit_values(m, 0, codebook)))


def span_of(m: re.Match[str], at: int) -> Span:
    """The characters of a match in a paragraph that stands at `at`, without the space behind it."""
    return Span(at, at + len(m.group().rstrip()))


def may_credit(words: str, place: str, codebook: Codebook, *, dated: bool) -> bool:
    """Whether words in brackets may name an agency that the codebook does not know: written as a name, behind a day or a town."""
    return TITLE.fullmatch(words.strip()) is not None and (dated or is_town(place.partition(",")[0].title(), codebook))


def is_town(name: str, codebook: Codebook) -> bool:
    """Whether a place of some size bears this very name: no "UPDATE:", and nobody's surname."""
    known = [e for e in codebook.places.look_up(name) if e.rank == 0 and fold(e.name) == fold(name)]
    return any(e.kind == "PPLC" or (e.kind.startswith("PPL") and e.population >= LARGE) for e in known)


def fits_no_place(word: str, codebook: Codebook) -> bool:
    """Whether the first word is one that opens a sentence and not a place."""
    return word.casefold() in codebook.furniture.folded["sentence_words"]


def credit_values(m: re.Match[str], at: int, codebook: Codebook) -> tuple[Value | None, Value | None]:
    """The agency and the outlet in the brackets of a dateline."""
    agency = outlet = None
    for group in ("credit", "wire"):
        printed = m.groupdict().get(group)
        for part in re.finditer(r"[^/,;|&]+", printed or ""):
            name = part.group().strip()
            begin = at + m.start(group) + part.start() + len(part.group()) - len(part.group().lstrip())
            span = Span(begin, begin + len(name))
            if not agency and (found := codebook.agencies.agency(name)):
                agency = Value(value=found.name, span=span, by="text.dateline")
            elif not outlet and (known := codebook.agencies.outlet(name)):
                outlet = Value(value=known.name, span=span, by="text.dateline")
    return agency, outlet


def day_value(stamp: Stamp, at: int) -> Value:
    """The day of a dateline, as the day of publication: only where it states its year."""
    span = Span(at + stamp.span.start, at + stamp.span.end)
    return Value(value=stamp.value, span=span, by="text.dateline", weekday=stamp.weekday, precision=stamp.precision)
