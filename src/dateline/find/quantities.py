"""Finds quantities: figures with operator, bounds and unit. Ages, dates, clock times, scores and labels ("Section 7") are none."""

import re
from typing import NamedTuple

from msgspec.structs import replace

from dateline.codebook import Codebook
from dateline.codebook.quantities import Number, Quantities
from dateline.find.paragraphs import in_each_part
from dateline.records import Analysis, Operator, Quantity
from dateline.syntax import shifted, span_of

DIGITS = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?([a-z]*)")
NUMBERED = re.compile(r"(\d+)(?:st|nd|rd|th)")
HYPHENS = ("-", "–", "—")
NAMES = frozenset({"PERSON", "ORG", "FAC", "LAW", "PRODUCT", "EVENT", "WORK_OF_ART", "GPE", "LOC", "NORP"})
TIMES = frozenset({"DATE", "TIME"})
NOUNS = frozenset({"NOUN", "PROPN"})
ALONE = frozenset({"nsubj", "nsubjpass", "dobj", "attr"})
LONGEST_OPERATOR = 5
YEARS = (1500, 2100)


class Figure(NamedTuple):
    """A number read at tokens [first, last): its value, and bounds where its own words give a range."""

    first: int
    last: int
    value: Number
    high: Number | None = None
    op: Operator = "="
    kind: str = ""  # money, percent, share, times, ordinal, duration, or nothing
    unit: str | None = None


def find_quantities(a: Analysis, codebook: Codebook) -> tuple[Quantity, ...]:
    """Every figure that counts or measures something, in order of the text; `of` is not yet known."""
    return tuple(in_each_part(a, ("quantities", codebook.digest), lambda part: quantities_in(part, codebook.quantities), moved))


def moved(quantity: Quantity, by: int) -> Quantity:
    """A quantity that stands so many characters further on."""
    return replace(quantity, span=shifted(quantity.span, by))


def quantities_in(a: Analysis, book: Quantities) -> list[Quantity]:
    """The figures of one paragraph."""
    found: list[Quantity] = []
    openers, last = book.openers, 0
    for i in [i for i, (word, tag) in enumerate(zip(a.lower, a.tag, strict=True)) if word in openers or tag == "CD" or word[0].isdigit()]:
        figure = _figure(a, book, i) if i >= last and not _mere_article(a, book, i) else None
        quantity = _quantity(a, book, figure) if figure else None
        found += [quantity] if quantity else []
        last = figure.last if figure else last
    return found


def _mere_article(a: Analysis, book: Quantities, i: int) -> bool:
    """Whether an "a" stands before none of the words that make it part of a figure: "a dozen", "an hour", "a-third"."""
    return a.lower[i] in ("a", "an") and a.tag[i + 1 : i + 2] != ["HYPH"] and book.after_article.isdisjoint(a.lower[i + 1 : i + 2])


def _figure(a: Analysis, book: Quantities, i: int) -> Figure | None:
    """The figure whose number begins at token i."""
    end = a.sentences[a.sentence[i]][1]
    figure = _fuzzy(a, book, i, end) or _ordinal(a, book, i, end) or _share(a, book, i, end) or _number(a, book, i, end)
    if figure is None or figure.kind:
        return figure
    return _measured(a, book, _ranged(a, book, figure, end), end)


def _fuzzy(a: Analysis, book: Quantities, i: int, end: int) -> Figure | None:
    for size in (3, 1):
        bounds = book.fuzzy_bounds.get(tuple(a.lower[i : i + size]))
        if bounds and i + size <= end:
            return Figure(i, i + size, bounds[0], bounds[1], ">=")
    lower = a.lower[i]
    if lower in book.vague or (lower == "a" and i + 1 < end and a.lower[i + 1] in book.vague):
        at = i + (lower == "a")
        after = at + 1 + (at + 1 < end and a.lower[at + 1] == "of")
        if after < end and a.lower[after] in book.multiples:
            return Figure(i, after + 1, book.vague[a.lower[at]] * book.multiples[a.lower[after]], None, "~")
    return None


def _ordinal(a: Analysis, book: Quantities, i: int, end: int) -> Figure | None:
    head = a.head[i]
    if a.dep[i] != "amod" or head <= i or head - i > 4 or i + 1 >= end:
        return None
    digits = NUMBERED.fullmatch(a.lower[i])
    value = int(digits[1]) if digits else book.ordinals.get(a.lower[i], 0)
    if value == 0:
        return None
    counted = a.lemma[head] in book.counted_from_first
    if a.pos[head] != "NOUN" or (_label(a, i) in TIMES and not counted) or _label(a, head) in NAMES:
        return None
    if (
        any(a.lemma[j] in words for j in (head, i + 1) for words in (book.durations, book.unranked, book.labels))
        or a.word[i + 1] in HYPHENS
    ):
        return None
    return Figure(i, i + 1, value, None, "ordinal", "ordinal", a.lower[head])


def _share(a: Analysis, book: Quantities, i: int, end: int) -> Figure | None:
    """ "two-thirds of", "half the", "a quarter of"; "twice the"."""
    if a.lower[i] in book.times:
        follows = a.lower[i + 1] if i + 1 < end and a.pos[i] != "VERB" else ""
        return Figure(i, i + 1, book.times[a.lower[i]], None, "=", "times", "times") if follows in book.after_times else None
    top, at = 1, i
    if a.lower[i] in book.numbers or a.lower[i] in ("a", "an"):
        top = book.numbers.get(a.lower[i], 1)
        at = i + 1
        while at < end and (a.word[at] in HYPHENS or a.tag[at] == "HYPH"):
            at += 1
    if at >= end or a.lower[at] not in book.fractions or (at == i and a.lower[i] != "half"):
        return None
    follows = a.lower[at + 1] if at + 1 < end else ""
    if follows not in book.after_share:
        return None
    whole = at + 1 + (follows == "of")
    part = _number(a, book, whole, end) if whole < end and a.lower[whole] in ("a", "an") else None
    if part:  # "half a million", "a quarter of a million"
        value = part.value * top * book.fractions[a.lower[at]]
        return Figure(i, part.last, int(value) if value == int(value) else value)
    return Figure(
        i, at + 1, round(top * book.fractions[a.lower[at]], 3) if top == 1 else _thirds(top, a.lower[at], book), None, "=", "share", "share"
    )


def _thirds(top: int, word: str, book: Quantities) -> float:
    return round(top / round(1 / book.fractions[word]), 3)


def _number(a: Analysis, book: Quantities, i: int, end: int) -> Figure | None:
    """A number in digits, words or both: "1.5 million", "two hundred and fifty", "a dozen"."""
    total, current, at, seen = 0.0, -1.0, i, False
    if a.lower[i] in ("a", "an"):
        following = a.lower[i + 1] if i + 1 < end else ""
        if following in book.durations and _bounded(a, book, i):
            return Figure(i, i + 1, 1)
        if following not in book.multiples or len(following) < 4:
            return None
        current, at = 1, i + 1
    while at < end:
        lower = a.lower[at]
        if lower in book.multiples and (len(lower) > 2 or seen):
            current = max(current, 1) * book.multiples[lower]
            if book.multiples[lower] >= 1000:
                total, current = total + current, -1
        elif lower in book.numbers and (current < 0 or _joins(current, book.numbers[lower])):
            current = max(current, 0) + book.numbers[lower]
        elif not seen and (digits := DIGITS.fullmatch(lower)) and (not digits[3] or digits[3] in book.glued):
            current = float(digits[1].replace(",", "") + (digits[2] or "")) * book.multiples.get(digits[3], 1)
        elif seen and (lower == "and" or lower in HYPHENS) and at + 1 < end and _goes_on(a, book, current, total, lower, at):
            at += 1
            continue
        else:
            break
        seen, at = True, at + 1
    if not seen:
        return None
    value = total + max(current, 0)
    return Figure(i, at, int(value) if value == int(value) else value)


def _bounded(a: Analysis, book: Quantities, i: int) -> bool:
    """Whether an operator stands right before token i: "more than a year"."""
    return any(tuple(a.lower[i - size : i]) in book.operators_before for size in range(1, min(LONGEST_OPERATOR, i) + 1))


def _joins(current: float, following: int) -> bool:
    """Whether a number word goes on from what was read: "twenty five", "hundred five"."""
    return (current % 100 == 0 and current > 0) or (current % 10 == 0 and current % 100 >= 20 and following < 10)


def _goes_on(a: Analysis, book: Quantities, current: float, total: float, joint: str, at: int) -> bool:
    following = book.numbers.get(a.lower[at + 1], -1)
    if following < 0:
        return False
    if joint == "and":
        return (current > 0 and current % 100 == 0 and a.lower[at - 1] in book.multiples) or (current < 0 and total > 0 and following < 100)
    return current % 10 == 0 and 20 <= current <= 90 and following < 10


def _ranged(a: Analysis, book: Quantities, low: Figure, end: int) -> Figure:
    """ "five to seven", "between 5 and 7", "50-60": one figure with both bounds."""
    joint = a.lower[low.last] if low.last < end else ""
    before = a.lower[low.first - 1] if low.first else ""
    fits = joint in HYPHENS or joint == "or" or (joint == "to" and before != "from") or (joint == "and" and before == "between")
    at = low.last + 1
    if not fits or at >= end or low.op != "=":
        return low
    high = _number(a, book, at, end)
    if high is None:
        return low
    if high.value <= low.value:
        return low._replace(last=high.last, kind="score") if joint in HYPHENS else low
    factor = _shared_multiple(a, book, high) if low.value < 100 else 1
    factor = factor if low.value * factor < high.value else 1
    first = low.first - (joint == "and")
    if joint in HYPHENS and high.value >= 100 * max(low.value, 1) and factor == 1:
        return low._replace(last=high.last, kind="score")
    return Figure(first, high.last, low.value * factor, high.value, ">=")


def _shared_multiple(a: Analysis, book: Quantities, high: Figure) -> int:
    """ "two to three million": the multiple speaks of both."""
    return book.multiples.get(a.lower[high.last - 1], 1)


def _measured(a: Analysis, book: Quantities, figure: Figure, end: int) -> Figure | None:
    """The figure with its money or percent sign."""
    if figure.kind == "score":
        return figure
    first, last = figure.first, figure.last
    sign = a.lower[first - 1] if first else ""
    if sign in book.currency_codes and not sign.isalpha():
        money = figure._replace(first=first - 1, kind="money", unit=book.currency_codes[sign])
        return _money_range(a, book, money, end)
    after = a.lower[last] if last < end else ""
    if after in book.percent or " ".join(a.lower[last : last + 2]) in book.percent:
        return figure._replace(last=last + 1 + (after not in book.percent), kind="percent", unit="percent")
    if after in book.currency_codes and a.pos[last] in NOUNS | {"SYM"}:
        return figure._replace(last=last + 1, kind="money", unit=book.currency_codes[after])
    return figure


def _money_range(a: Analysis, book: Quantities, low: Figure, end: int) -> Figure:
    """ "$2 million to $3 million": one figure with both bounds."""
    joint = a.lower[low.last] if low.last < end else ""
    before = a.lower[low.first - 1] if low.first else ""
    fits = joint in HYPHENS or (joint == "to" and before != "from") or (joint == "and" and before == "between")
    if fits and low.last + 2 < end and book.currency_codes.get(a.lower[low.last + 1]) == low.unit:
        high = _number(a, book, low.last + 2, end)
        if high and high.value > low.value:
            return low._replace(first=low.first - (joint == "and"), last=high.last, high=high.value, op=">=")
    return low


def _quantity(a: Analysis, book: Quantities, f: Figure) -> Quantity | None:
    """The record of a figure, or None when it is a date, an age, a label or part of a name."""
    end = a.sentences[a.sentence[f.first]][1]
    op, first = _operator_before(a, book, f)
    op_after, after = _operator_after(a, book, f.last, end)
    counted, last = _counted(a, book, f._replace(last=after), end)
    if op_after is None:
        op_after, after = _operator_after(a, book, max(f.last, last), end)
    op = op or op_after
    if f.kind == "score" or not _counts(a, book, f, counted, first, op, end):
        return None
    unit = f.unit or _unit(a, book, f, counted)
    if unit in book.currency_codes and counted is not None:
        unit = book.currency_codes[unit]
    final: Operator = f.op if f.op == "ordinal" or (f.op == ">=" and op in (None, "~")) else op or f.op
    low, high = bounds(f, final)
    return Quantity(
        id="", span=span_of(a, first, max(f.last, last, after)), value=f.value, op=final, low=low, high=high, unit=unit,
        by=f"quantities.{f.kind or 'count'}",
    )  # fmt: skip


def bounds(f: Figure, op: Operator) -> tuple[Number | None, Number | None]:
    """(low, high) that the words allow; None is open."""
    if op == "=":
        return f.value, f.value
    if op in (">", ">="):
        return f.value, f.high
    if op in ("<", "<="):
        return None, f.high or f.value
    return None, None


def _operator_before(a: Analysis, book: Quantities, f: Figure) -> tuple[Operator | None, int]:
    """The operator in front and the token where it begins; words such as "the next" may stand between."""
    start = a.sentences[a.sentence[f.first]][0]
    at = f.first
    for gap in range(4):
        likely = at > start and a.lower[at - 1] in book.operator_ends
        for size in range(min(LONGEST_OPERATOR, at - start) if likely else 0, 0, -1):
            op = book.operators_before.get(tuple(a.lower[at - size : at]))
            if op and (size > 1 or _modifies(a, book, at - 1, gap)):
                return op, at - size
        if at <= start or a.lower[at - 1] not in book.between:
            break
        at -= 1
    return None, f.first


def _modifies(a: Analysis, book: Quantities, i: int, gap: int) -> bool:
    if a.lower[i] not in book.prepositions or a.lower[i] == "within":
        return True
    return gap == 0 and a.dep[i] != "prt" and (a.dep[i] != "prep" or a.lemma[a.head[i]] not in book.disputes)


def _operator_after(a: Analysis, book: Quantities, at: int, end: int) -> tuple[Operator | None, int]:
    for size in (3, 2, 1) if at < end and a.lower[at] in book.operator_starts else ():
        op = book.operators_after.get(tuple(a.lower[at : min(at + size, end)]))
        if op:
            return op, at + size
    return None, at


def _counted(a: Analysis, book: Quantities, f: Figure, end: int) -> tuple[int | None, int]:
    """The noun that is counted, and the end of its phrase; None when the figure stands alone."""
    if f.kind in ("percent", "money", "times"):
        return None, f.last
    if f.kind == "ordinal":
        return a.head[f.first], a.head[f.first] + 1
    of = f.last
    if of < end and a.lower[of] == "of":
        noun = next((c for c in a.children[of] if a.dep[c] == "pobj"), None)
        if noun is not None and noun - of <= 8 and a.pos[noun] in NOUNS:
            return noun, noun + 1
        return None, f.last
    inside = range(f.first, f.last)
    for i in reversed(inside):
        noun = a.head[i]
        while noun in inside and a.head[noun] != noun:
            noun = a.head[noun]
        if (
            f.last <= noun < min(end, f.last + 7)
            and a.pos[noun] in NOUNS
            and a.dep[i] in ("nummod", "quantmod", "compound", "amod", "nmod", "det", "npadvmod")
        ):
            return _whole_noun(a, noun, end)
    return _next_noun(a, f, end)


def _whole_noun(a: Analysis, noun: int, end: int) -> tuple[int, int]:
    """A noun with what a hyphen joins to it ("non-Russians")."""
    while noun + 2 < end and a.word[noun + 1] in HYPHENS and a.end[noun] == a.start[noun + 1] and a.pos[noun + 2] in NOUNS | {"ADJ"}:
        noun += 2
    return noun, noun + 1


def _next_noun(a: Analysis, f: Figure, end: int) -> tuple[int | None, int]:
    """Where the parse does not join number and noun: the noun that ends the words right behind."""
    at = f.last
    while at < end and (a.pos[at] in ("ADJ", "NOUN", "PROPN", "NUM") or a.word[at] in HYPHENS or a.tag[at] in ("VBN", "``")):
        at += 1
    noun = at - 1
    while noun >= f.last and a.pos[noun] != "NOUN":
        noun -= 1
    return _whole_noun(a, noun, end) if noun >= f.last and noun - f.last <= 4 else (None, f.last)


def _counts(a: Analysis, book: Quantities, f: Figure, counted: int | None, first: int, op: Operator | None, end: int) -> bool:
    """Whether a figure counts something, and is no date, clock time, age, label or part of a name."""
    if f.kind in ("money", "percent", "ordinal", "share", "times"):
        return True
    before = a.lower[f.first - 1] if f.first else ""
    after = a.lower[f.last] if f.last < end else ""
    if f.value == 1 and after == "of" and op is None:
        return False
    if counted is not None and a.lemma[counted] in book.named_numbers.get(a.lower[f.first], ()):
        return False
    apart = counted is not None and a.tag[counted] == "NNS" and a.entity[counted] != a.entity[f.first]
    if (
        after in book.ignored
        or after == ":"
        or _is_age(a, book, f, counted, first, end)
        or (_label(a, f.first) in NAMES and f.op != ">=" and not apart)
    ):
        return False
    if before.rstrip("s") in book.labels and a.pos[f.first - 1] in NOUNS and a.sentence[f.first - 1] == a.sentence[f.first] and op is None:
        return False
    if op is None and f.value != 1 and counted is not None and a.tag[counted] != "NNS" and _in_a_name(a, f, counted):
        return False
    timed = _label(a, f.first) in TIMES and (not apart or _is_year(a, f) or _after_month(a, f.first))
    if (counted is not None and a.lemma[counted] in book.durations) or after in book.durations or timed:
        return _lasts(a, book, f, counted, op)
    if _is_year(a, f) and op is None and (counted != f.last or not apart or a.pos[f.first - 1] in ("DET", "ADP", "PART", "PRON")):
        return False
    if after in HYPHENS and a.end[f.last - 1] == a.start[f.last] and f.last + 1 < end and a.start[f.last + 1] == a.end[f.last]:
        return a.lemma[f.last + 1] in book.measures
    if counted is not None or f.op == ">=" or op is not None:
        return True
    return before not in book.pointing and a.tag[f.last - 1] == "CD" and (_stands_alone(a, f) or _toll(a, book, f) is not None)


def _stands_alone(a: Analysis, f: Figure) -> bool:
    """A number without a noun counts as an argument of its verb ("12 died") or behind a dash ("raids – eight in one night")."""
    before = a.word[f.first - 1] if f.first else ""
    return a.lower[f.first] != "one" and (a.dep[f.last - 1] in ALONE or before in HYPHENS or before == "--")


def _in_a_name(a: Analysis, f: Figure, counted: int) -> bool:
    """Whether a number stands among proper nouns: an address ("131 West Street"), a road ("U.S. 83 south")."""
    before = f.first - 1
    joined = f.first > 0 and a.pos[before] == "PROPN" and a.sentence[before] == a.sentence[f.first]
    return joined or (a.pos[counted] == "PROPN" and a.pos[f.last] == "PROPN" and a.tag[counted] != "NNPS")


def _after_month(a: Analysis, i: int) -> bool:
    """Whether the word before belongs to the same date: "Sept. 11 attacks"."""
    return i > 0 and a.entity[i - 1] == a.entity[i] and a.pos[i - 1] == "PROPN"


def _lasts(a: Analysis, book: Quantities, f: Figure, counted: int | None, op: Operator | None) -> bool:
    """A duration counts as a figure when it is bounded ("more than a year") or measures a noun ("three-day trip")."""
    joined = f.last < len(a.word) and a.word[f.last] in HYPHENS
    noun = counted if counted is not None else f.last
    of = noun + 1 < len(a.word) and a.lower[noun + 1] == "of" and a.dep[noun] in ("nsubj", "nsubjpass", "dobj")
    return (op is not None and counted is not None) or joined or of


def _is_age(a: Analysis, book: Quantities, f: Figure, counted: int | None, first: int, end: int) -> bool:
    """Whether a number tells how old somebody is: "54-year-old", "aged 7", "Ivo Maric, nearly 60,", "she was about ten"."""
    around = a.lower[f.last : min(f.last + 5, end)]
    if not book.ages.isdisjoint(around) and any(word.split("-")[0].rstrip("s") in book.durations for word in around):
        return True
    if first and (a.lower[first - 1] in book.ages or a.word[first - 1] == "#"):
        return True
    if counted is not None:
        return False
    if first > 1 and a.word[first - 1] == "," and f.last < end and a.word[f.last] in (",", ".", ";", "―", *HYPHENS):
        return _label(a, first - 2) == "PERSON" or a.pos[first - 2] == "PROPN"
    verb = a.head[f.last - 1]
    return a.lemma[verb] in book.age_verbs and any(a.dep[c] == "nsubj" and a.pos[c] == "PRON" for c in a.children[verb])


def _is_year(a: Analysis, f: Figure) -> bool:
    return f.last - f.first == 1 and a.word[f.first].isdigit() and len(a.word[f.first]) == 4 and YEARS[0] <= f.value <= YEARS[1]


def _label(a: Analysis, i: int) -> str:
    return a.entities[a.entity[i]].label if a.entity[i] >= 0 else ""


def _toll(a: Analysis, book: Quantities, f: Figure) -> int | None:
    """The noun of a sum that a lone number states: "the death toll rose to 17", "the number of wounded stands at 40"."""
    at = f.last - 1
    verb = a.head[a.head[at]] if a.dep[at] == "pobj" else a.head[at]
    if a.dep[at] not in ("pobj", "attr", "dobj", "acomp", "nummod") or a.pos[verb] not in ("VERB", "AUX"):
        return None
    sums = [c for c in a.children[verb] if a.dep[c] in ("nsubj", "nsubjpass", "dobj") and a.lemma[c] in book.tolls]
    return sums[0] if sums else None


def _of_toll(a: Analysis, book: Quantities, toll: int) -> str | None:
    """What a sum adds up: its own modifier, what stands behind its "of", or deaths for a bare toll."""
    for c in a.children[toll]:
        inside = [x for x in a.children[c] if a.dep[x] == "pobj"] if a.lower[c] == "of" else [c]
        for noun in inside:
            unit = book.harm_nouns.get(a.lemma[noun].lower()) or book.harm_nouns.get(a.lower[noun])
            if unit:
                return unit
            if a.lower[c] == "of":
                return a.lower[noun]
    return "deaths" if a.lemma[toll] == book.bare_toll else None


def _unit(a: Analysis, book: Quantities, f: Figure, counted: int | None) -> str | None:
    """deaths, injured, arrests, …, or the counted noun as printed."""
    toll = _toll(a, book, f) if counted is None else None
    if toll is not None:
        return _of_toll(a, book, toll)
    token = counted if counted is not None else f.last - 1
    joined = [a.head[token]] if a.dep[token] == "conj" and a.pos[a.head[token]] in NOUNS else []
    joined += [c for c in a.children[token] if a.dep[c] == "conj" and a.pos[c] in NOUNS]
    harm = next((unit for i in (token, *joined) if (unit := _harm(a, book, i))), None)  # "six officers and ten rebels dead"
    return harm or (a.lower[counted] if counted is not None else None)


def _harm(a: Analysis, book: Quantities, i: int) -> str | None:
    lemma, head, dep = a.lemma[i].lower(), a.head[i], a.dep[i]
    if dep == "pobj" and a.lower[head] == "of":
        head, dep = a.head[a.head[head]], a.dep[a.head[head]]  # "arrested dozens of students"
    elif dep == "pobj" and a.lower[head] in book.prepositions:
        head, dep = a.head[head], "dobj"  # an operator that was parsed as a preposition: "claimed over forty lives"
    if a.lemma[head] in book.claim_verbs and dep == "dobj" and lemma in book.harm_nouns:
        return book.claim_verbs[a.lemma[head]]
    if lemma in book.harm_nouns and lemma != "life":
        return book.harm_nouns[lemma]
    for j in (head, *(c for c in a.children[i] if a.dep[c] in ("acl", "amod", "appos")), *_results(a, i)):
        word = a.lemma[j].lower()
        if a.lower[j] in book.harm_nouns and (j != head or dep in ("nummod", "nsubj")):
            return book.harm_nouns[a.lower[j]]
        if j != i and any(a.lower[c] in book.deadly for c in a.children[j]):
            return "deaths"
        if word in book.harm_verbs and j != i:
            suffers = word in book.suffered
            if j != head or (dep == "nsubj") == suffers or dep in ("nsubjpass", "dobj"):
                return book.harm_verbs[word]
    return None


def _results(a: Analysis, i: int) -> list[int]:
    """What a noun is said to be left as: "left five officers dead"."""
    head = a.head[i]
    return [c for c in a.children[head] if c != i and a.dep[c] in ("oprd", "acomp", "advcl", "acl") and a.pos[c] in ("ADJ", "VERB")]
