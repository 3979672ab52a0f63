"""Finds time expressions by the codebook's rules: runs of words that say when, how long or how often. Nothing is resolved here."""

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec.structs import replace

from dateline.codebook import Codebook
from dateline.codebook.times import Guard, Part, Rule, TimeRules
from dateline.find.paragraphs import in_each_part
from dateline.records import Analysis, Base, FoundTime, Span
from dateline.syntax import shifted

# Text outside the paragraphs (tags, say) is not parsed; its words are read so.
LOOSE_TOKEN = re.compile(r"\w+(?:[.:/]\w+)*|[^\w\s]")
FIRST_LETTERS = frozenset("0123456789'’q")  # of a figure that may be a time: 1998, '80s, Q3
SPLIT = re.compile(r"[-–]|[^-–]+")
HYPHENS = frozenset({"-", "–"})
APOSTROPHES = frozenset({"’s", "'", "’", "‘"})


class Piece(Base, frozen=True):
    """A word, or one side of a hyphen inside a token, in lower case: characters [start, end) and the token it stands in."""

    text: str
    start: int
    end: int
    token: int


def find_times(a: Analysis, codebook: Codebook, *, language: str = "en") -> tuple[FoundTime, ...]:
    """Every time expression and every range of two, in order of the text; the words of a range are also given one by one."""
    rules = codebook.times.languages[language]
    times = in_each_part(a, ("times", language, codebook.digest), lambda part: times_in(part, rules), moved)
    times += list(loose_times(a, rules))
    return tuple(sorted(times, key=lambda t: (t.span.start, -t.span.end)))


def times_in(a: Analysis, rules: TimeRules) -> list[FoundTime]:
    """The expressions and ranges of one paragraph."""
    found = [each for run in runs(a, rules) for each in read_run(run, a, rules)]
    return [time for time, _, _ in found] + ranges(found, a, rules)


def moved(time: FoundTime, by: int) -> FoundTime:
    """A time that stands so many characters further on; a range names the places of its two sides."""
    sides = {side: at + by for side, at in time.parts.items() if isinstance(at, int)} if time.reading == "range" else {}
    return replace(time, span=shifted(time.span, by), parts={**time.parts, **sides})


def runs(a: Analysis, rules: TimeRules) -> Iterator[list[Piece]]:
    """Stretches of words that can belong to an expression, around a word without which none is."""
    block_first, block_last, done, block = 0, 0, -1, -1
    lower, anchors, vocabulary = a.lower, rules.anchors, rules.vocabulary
    for i in anchored(a, rules):
        if i < done:
            continue
        while i >= block_last:
            block += 1
            block_first, block_last = a.blocks[block].first, a.blocks[block].last
        first, last = i, i + 1
        while first > max(block_first, done) and usable(lower[first - 1], vocabulary):
            first -= 1
        while last < block_last and (usable(lower[last], vocabulary) or lower[last] in anchors):
            last += 1
        done = last
        yield [piece for t in range(first, last) for piece in pieces(a, t, rules)]


def anchored(a: Analysis, rules: TimeRules) -> list[int]:
    """Tokens that may be the heart of an expression: nearly every token of a text is refused by one look into a set."""
    anchors, shape = rules.anchors, rules.anchor_shape.fullmatch
    return [
        i
        for i, word in enumerate(a.lower)
        if word in anchors
        or (word[0] in FIRST_LETTERS and (shape(word) or "-" in word or "–" in word))
        or ("-" in word and hyphenated(word, rules))
    ]


def hyphenated(word: str, rules: TimeRules) -> bool:
    return any(side in rules.anchors or rules.anchor_shape.fullmatch(side) for side in word.split("-"))


def usable(word: str, vocabulary: frozenset[str]) -> bool:
    return word in vocabulary or word[0].isdigit() or word in APOSTROPHES or ("-" in word and word.partition("-")[0] in vocabulary)


def pieces(a: Analysis, token: int, rules: TimeRules) -> list[Piece]:
    """The token's words as the rules spell them: hyphens inside stand alone, a guarded word that fails its guard is hidden."""
    word, start = a.lower[token].replace("’", "'"), a.start[token]
    if len(word) > 1 and ("-" in word or "–" in word) and word not in rules.vocabulary:
        return [Piece(m.group(), start + m.start(), start + m.end(), token) for m in SPLIT.finditer(word)]
    guard = rules.guards.get(word)
    if guard and not next_to_figure(a, token) and not passes(guard, a, token):
        word = "\0"
    return [Piece(word, start, a.end[token], token)]


def passes(guard: Guard, a: Analysis, token: int) -> bool:
    if guard.beside_figure or (guard.capital and not a.word[token][0].isupper()):
        return False
    return not guard.pos or a.pos[token] in guard.pos


def next_to_figure(a: Analysis, token: int) -> bool:
    return a.word[token][0].isupper() and token + 1 < len(a.word) and a.word[token + 1][:1].isdigit()


def read_run(run: list[Piece], a: Analysis, rules: TimeRules) -> Iterator[tuple[FoundTime, int, int]]:
    """The expressions of one run with their first and last token (the latter excluded)."""
    begins, ends, at = [], {}, 0
    for k, piece in enumerate(run):
        begins.append(at)
        at += len(piece.text) + 1
        ends[at] = k
    text, at = "".join(piece.text + " " for piece in run), 0
    for begin, piece in enumerate(run):
        if begins[begin] < at or not (piece.text in rules.starters or piece.text[0] in FIRST_LETTERS):
            continue
        match = rules.any_rule.match(text, begins[begin])
        fit = fitting(rules, int(match.lastgroup[1:]), text, begins[begin], a, run, ends, begin) if match and match.lastgroup else None
        if fit:
            k, at = fit
            first, last = piece, run[ends[at]]
            yield found_time(rules, k, text[begins[begin] : at], first, last), first.token, last.token + 1


def fitting(
    rules: TimeRules, first_rule: int, text: str, at: int, a: Analysis, run: list[Piece], ends: dict[int, int], begin: int
) -> tuple[int, int] | None:
    """The first rule from `first_rule` on that fits at a place and that its neighbours allow, with the end of its words."""
    for k in range(first_rule, len(rules.rules)):
        match = re.compile(rules.parts[k]).match(text, at)
        if match is None or match.end() not in ends:
            continue
        first, last = run[begin].token, run[ends[match.end()]].token
        if refused(rules.rules[k], a, first, last):
            return None  # its neighbours say that these words are something else
        if allowed(rules.rules[k], a, first, last):
            return k, match.end()
    return None


def refused(rule: Rule, a: Analysis, first: int, last: int) -> bool:
    """Whether a neighbour stands that the rule excludes."""
    before = a.lower[first - 1] if first else ""
    after = a.lower[last + 1] if last + 1 < len(a.lower) else ""
    return after in rule.not_before or before in rule.not_after


def allowed(rule: Rule, a: Analysis, first: int, last: int) -> bool:
    """Whether the word before and the parts of speech are those that the rule asks for."""
    before = a.lower[first - 1] if first else ""
    return (
        (not rule.after or before in rule.after)
        and (not rule.pos or a.pos[first] in rule.pos)
        and (not rule.last_pos or a.pos[last] in rule.last_pos)
    )


def found_time(rules: TimeRules, k: int, text: str, first: Piece, last: Piece) -> FoundTime:
    rule = rules.rules[k]
    match = re.fullmatch(rules.parts[k], text)  # compiled once, kept by the re module
    groups = match.groupdict() if match else {}
    said = {group: value(rules, rules.group_class[k][group], words) for group, words in groups.items() if words is not None}
    return FoundTime(
        span=Span(first.start, last.end),
        type=rule.type,
        rule=f"{rules.language}: {rule.name}",
        reading=rule.reading,
        parts={**rule.set, **plain(said)},
    )


def plain(said: dict[str, Part]) -> dict[str, Part]:
    """Parts under the names of their groups; the second of a pair of numbers is `upper`, a figure is a number."""
    out: dict[str, Part] = {}
    for group, part in said.items():
        name = group.partition("__")[0]
        name = "number" if name == "figure" else name
        out["upper" if name == "number" and "number" in out else name] = part
    return out


def value(rules: TimeRules, name: str, words: str) -> Part:
    """What the words of one class mean."""
    shape = rules.shapes.get(name)
    if shape is None:
        return rules.words[name][words]
    if shape.kind == "int":
        return int(re.sub(r"\D", "", words))
    if shape.kind == "number":
        return number(words)
    return words.replace(" ", "")


def number(words: str) -> Part:
    """12, 1,200, 2.5, "5 1/2"."""
    whole, _, half = words.replace(",", "").partition(" ")
    figure = float(whole) + (0.5 if half else 0)
    return int(figure) if figure == int(figure) else figure


def ranges(found: list[tuple[FoundTime, int, int]], a: Analysis, rules: TimeRules) -> list[FoundTime]:
    """Two days, months or years joined by words of the codebook to one INTERVAL: "from May to July", "1914-1918"."""
    joins = {(r.opens, r.joins): r for r in rules.ranges}
    out = []
    for (one, first, middle), (other, begin, _) in pairwise(found):
        if begin - middle != 1 or {one.type, other.type} - {"DATE", "TIME"}:
            continue
        join, before = a.lower[middle], a.lower[first - 1] if first else ""
        rule = joins.get((before, join)) or joins.get(("", join))
        if rule is None or (join not in HYPHENS and not comparable(one, other)):
            continue
        start = a.start[first - 1] if rule.opens else one.span.start
        out.append(
            FoundTime(
                span=Span(start, other.span.end), type="INTERVAL", rule=f"{rules.language}: range {rule.opens} {rule.joins}", reading="range",
                parts={"first": one.span.start, "last": other.span.start},
            )
        )  # fmt: skip
    return out


def comparable(one: FoundTime, other: FoundTime) -> bool:
    """Both name a place in the calendar: "from then to Friday" is no range of the calendar."""
    return "reference" not in (one.reading, other.reading)


def loose_times(a: Analysis, rules: TimeRules) -> Iterator[FoundTime]:
    """Full dates, years and ranges of years in the text outside the paragraphs: tags and other lines that are not parsed."""
    at = 0
    for begin, end in [*((b.start, b.end) for b in a.blocks), (len(a.text), len(a.text))]:
        gap = a.text[at:begin]
        if any(c.isdigit() for c in gap):
            yield from loose_in(gap, at, a.text, rules)
        at = max(at, end)


def loose_in(gap: str, shift: int, text: str, rules: TimeRules) -> Iterator[FoundTime]:
    for line in re.finditer(r"[^\n]+", gap):
        run = [
            Piece(m.group().lower(), shift + line.start() + m.start(), shift + line.start() + m.end(), -1)
            for m in LOOSE_TOKEN.finditer(line.group())
        ]
        found = [
            f
            for f in read_loose(run, rules)
            if f.reading in ("date", "digits", "year", "year_range") and not text[f.span.start - 1 : f.span.start].isdigit()
        ]
        yield from found
        for one, other in pairwise(found):
            if text[one.span.end : other.span.start] in HYPHENS and one.reading == other.reading == "year":
                yield FoundTime(
                    span=Span(one.span.start, other.span.end), type="INTERVAL", rule=f"{rules.language}: range of years", reading="range",
                    parts={"first": one.span.start, "last": other.span.start},
                )  # fmt: skip


def read_loose(run: list[Piece], rules: TimeRules) -> Iterator[FoundTime]:
    begins, ends, at = {}, {}, 0
    for k, piece in enumerate(run):
        begins[at] = k
        at += len(piece.text) + 1
        ends[at] = k
    for match in rules.any_rule.finditer("".join(piece.text + " " for piece in run)):
        if match.start() in begins and match.end() in ends and match.lastgroup:
            found = found_time(rules, int(match.lastgroup[1:]), match.group(), run[begins[match.start()]], run[ends[match.end()]])
            if "year" in found.parts or found.reading in ("digits", "year_range"):
                yield found
