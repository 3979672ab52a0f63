"""Time expressions as rules over words: the form of this part of the codebook, and how a rule becomes a regular expression.

A language is one file `times/<code>.yml`. Its `words` are classes (word → value), its `shapes` are classes of figures, its
`rules` say in a small pattern language which runs of tokens are a time expression and which reading they have:

    the words themselves      day before
    <weekday>                 a word of that class, kept under the name of the class
    <number:first>            the same, kept under another name
    {clock}                   a phrase defined once under `phrases`
    [on]  (last|past)         optional, alternatives

Rules are tried in the order of the file; the first that fits at a token wins, so longer ones stand first.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from dateline.codebook.loader import Loader
from dateline.records import Base, TimeType

SHIPPED_LANGUAGES = ("en", "de")
# Sets of words that tell tense and the order of happenings; a language may leave any of them out.
WHEN = frozenset(
    {
        "able",
        "able_adjectives",
        "after",
        "again",
        "ahead_adjectives",
        "ahead_heads",
        "ahead_nouns",
        "ahead_until",
        "ahead_verbs",
        "amid",
        "attempts",
        "before",
        "beginnings",
        "begins",
        "begun",
        "behind_adjectives",
        "blamed",
        "blamed_for",
        "by",
        "comes_from",
        "condition",
        "continue",
        "could",
        "definite",
        "during",
        "going",
        "gone",
        "had",
        "have",
        "indefinite",
        "lasting",
        "lasting_states",
        "light",
        "looking_back",
        "loose",
        "hoped_nouns",
        "hoped_of",
        "hoped_verbs",
        "hoped_with",
        "lately",
        "maybe",
        "modal",
        "moment",
        "occasions",
        "once",
        "persons",
        "present",
        "reporting",
        "since",
        "states",
        "stop",
        "taking_up",
        "then",
        "until",
        "when",
        "where",
        "while",
        "will",
        "with_infinitive",
        "within",
    }
)
ELEMENT = re.compile(r"<(\w+)(?::(\w+))?>|\{(\w+)\}|([\[\]()|])|([^\s<>{}\[\]()|]+)")
Part = str | int | float


class Shape(Base, frozen=True, kw_only=True):
    """A class of tokens known by their form. `kind` says what their text becomes: a whole number, its digits, or itself."""

    form: str
    kind: str = "text"
    anchor: bool = False


class Rule(Base, frozen=True, kw_only=True):
    """One kind of time expression: its pattern, TIMEX3 type, and the reading that turns its parts into a value.

    `set` adds parts that the words imply; `not_before`, `not_after` and `after` look at the neighbouring word; `pos` and
    `last_pos` limit the universal part of speech of the first and the last token.
    """

    name: str
    pattern: str
    type: TimeType = "DATE"
    reading: str
    set: dict[str, Part] = {}
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    pos: tuple[str, ...] = ()
    last_pos: tuple[str, ...] = ()


class Range(Base, frozen=True, kw_only=True):
    """Words that join two times to one range: `opens` before the first (empty: nothing needed), `joins` between them."""

    opens: str = ""
    joins: str


class Holiday(Base, frozen=True, kw_only=True):
    """A day of the calendar with a name: month and day, the nth weekday of a month (-1: last), or days from Easter Sunday.

    `moon` names a table of `times/moon.json`, the days of a feast that follows the moon; `sighted` says that where the moon is watched
    for it may be kept a day earlier or later, `lasts` how many days it goes on.
    """

    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    nth: int | None = None
    easter: int | None = None
    moon: str | None = None
    sighted: bool = False
    lasts: int = 1
    days: tuple[str, ...] = ()


class Moon(Base, frozen=True, kw_only=True):
    """The days of the feasts that follow the moon, written by training/build_moon_feasts.py."""

    feasts: dict[str, tuple[str, ...]]


class Guard(Base, frozen=True, kw_only=True):
    """A word that is a time word only beside a figure, or else when written with a capital, or only as these parts of speech."""

    beside_figure: bool = False
    capital: bool = False
    pos: tuple[str, ...] = ()


class TimesForm(Base, frozen=True, kw_only=True):
    """The form of one language's file."""

    language: str
    anchors: tuple[str, ...]
    words: dict[str, dict[str, Part]]
    number_joins: tuple[str, ...] = ()
    shapes: dict[str, Shape]
    guards: dict[str, Guard] = {}
    holidays: dict[str, Holiday] = {}
    phrases: dict[str, str] = {}
    rules: tuple[Rule, ...]
    ranges: tuple[Range, ...] = ()
    when: dict[str, tuple[str, ...]] = {}
    kin: dict[str, tuple[str, ...]] = {}


class TimeRules(Base, frozen=True, kw_only=True):
    """One language's rules, compiled. `anchors` are the words without which no expression is; `vocabulary` every word of any."""

    language: str
    words: dict[str, dict[str, Part]]
    shapes: dict[str, Shape]
    guards: dict[str, Guard]
    holidays: dict[str, Holiday]
    rules: tuple[Rule, ...]
    parts: tuple[str, ...]  # an expression with named groups for each rule: compiled when the rule first fits
    group_class: tuple[dict[str, str], ...]  # for each rule: group → class
    any_rule: Any  # one compiled pattern: group r<k> for rule k
    anchors: frozenset[str]
    anchor_shape: Any
    vocabulary: frozenset[str]
    starters: frozenset[str]  # words that an expression can begin with; figures, which are known by their form, stand aside
    ranges: tuple[Range, ...]
    when: dict[str, frozenset[str]]
    kin: dict[str, str]  # lemma → the kind of happening that it names, so that "the deal" is known again as what was agreed


class NewsDay(Base, frozen=True, kw_only=True):
    """A learned logistic model: does a happening without a time share the day of the news? Its card stands beside its file."""

    threshold: float
    weights: dict[str, float]


class Times(Base, frozen=True, kw_only=True):
    """Time expressions as rules, a set for each language; and the model that the dating of events asks."""

    languages: dict[str, TimeRules]
    newsday: NewsDay


def read_times(loader: Loader) -> Times | None:
    """This part, or None with its faults kept in the loader."""
    languages: dict[str, TimeRules] = {}
    moon = loader.read("times/moon.json", Moon)
    for code in SHIPPED_LANGUAGES:
        form = loader.read(f"times/{code}.yml", TimesForm)
        rules = form and moon and compile_rules(with_moon(form, moon, loader, f"times/{code}.yml"), loader, f"times/{code}.yml")
        if rules:
            languages[code] = rules
    newsday = loader.read("learned/newsday.json", NewsDay)
    return Times(languages=languages, newsday=newsday) if newsday and len(languages) == len(SHIPPED_LANGUAGES) else None


def with_moon(form: TimesForm, moon: Moon, loader: Loader, file: str) -> TimesForm:
    """The form with the days of its feasts of the moon."""
    for name, holiday in form.holidays.items():
        loader.check(file, f"holidays.{name}", holiday.moon is None or holiday.moon in moon.feasts, "names no table of times/moon.json")
    days = {name: moon.feasts.get(h.moon, ()) for name, h in form.holidays.items() if h.moon}
    return replace(form, holidays={name: replace(h, days=days.get(name, ())) for name, h in form.holidays.items()})


def compile_rules(form: TimesForm, loader: Loader, file: str) -> TimeRules | None:
    """The rules of one language as regular expressions; None when one of them cannot be compiled."""
    words = with_compounds(form)
    before = len(loader.faults)
    for name in form.anchors:
        loader.check(file, f"anchors.{name}", name in words or name in form.shapes, "names no class of words or shapes")
    for name in form.when:
        loader.check(file, f"when.{name}", name in WHEN, f"is no set of words; the sets are {', '.join(sorted(WHEN))}")
    compiler = Compiler(words, form.shapes, form.phrases)
    parts, classes = [], []
    for rule in form.rules:
        try:
            named, groups = compiler.compile(rule.pattern)
        except KeyError as unknown:
            loader.check(file, f"rules.{rule.name}", False, f"names no class or phrase: {unknown}")
            continue
        parts.append(named)
        classes.append(groups)
    any_rule = compile_all(form.rules, parts, loader, file) if len(loader.faults) == before else None
    if any_rule is None:
        return None
    anchor_words = {heart_of(word) for name in form.anchors for word in words.get(name, {})}
    shapes = [s.form for s in form.shapes.values() if s.anchor]
    return TimeRules(
        language=form.language,
        words=words,
        shapes=form.shapes,
        guards=form.guards,
        holidays=form.holidays,
        rules=form.rules,
        parts=tuple(parts),
        group_class=tuple(classes),
        any_rule=any_rule,
        anchors=frozenset(anchor_words),
        anchor_shape=re.compile("|".join(shapes) or r"(?!)"),
        vocabulary=frozenset(compiler.literals | {piece for table in words.values() for word in table for piece in word.split()}),
        starters=frozenset().union(*(compiler.first_words(rule.pattern) for rule in form.rules)),
        ranges=form.ranges,
        when={key: frozenset(form.when.get(key, ())) for key in WHEN},
        kin={word: kind for kind, words in form.kin.items() for word in words},
    )


def heart_of(word: str) -> str:
    """The last piece of an entry that is a word: of "new year 's" it is "year"."""
    pieces = word.split()
    return next((piece for piece in reversed(pieces) if piece.isalpha() or len(piece) > 2), pieces[-1])


def compile_all(rules: tuple[Rule, ...], parts: list[str], loader: Loader, file: str) -> Any:
    """One expression that tries every rule in order, or None with the rule at fault kept in the loader."""
    bodies = [without_names(named) for named in parts]
    try:
        return re.compile("(?<![^ ])(?:" + "|".join(f"(?P<r{k}>{body})" for k, body in enumerate(bodies)) + ")")
    except re.error:
        for rule, body in zip(rules, bodies, strict=True):
            try:
                re.compile(body)
            except re.error as fault:
                loader.check(file, f"rules.{rule.name}", False, f"cannot be compiled: {fault}")
        return None


def without_names(named: str) -> str:
    """An expression without the names of its groups."""
    return re.sub(r"\?P<\w+>", "?:", named)


def with_compounds(form: TimesForm) -> dict[str, dict[str, Part]]:
    """The word classes, with numbers such as "twenty - one" written out from tens and ones."""
    words = {name: dict(table) for name, table in form.words.items()}
    numbers = words.get("number", {})
    tens = [(w, n) for w, n in numbers.items() if isinstance(n, int) and 20 <= n <= 90 and n % 10 == 0]
    ones = [(w, n) for w, n in numbers.items() if isinstance(n, int) and 1 <= n <= 9 and " " not in w and w.isalpha() and len(w) > 2]
    for join in form.number_joins:
        for ten, a in tens:
            numbers.update({f"{ten}{join}{one}": a + b for one, b in ones})
    return words


def any_of(words: Iterable[str]) -> str:
    """An expression for any of these words, the longest that fits first; common beginnings are written once, which matches faster."""
    tree: dict[str, Any] = {}
    for word in words:
        at = tree
        for letter in word:
            at = at.setdefault(letter, {})
        at[""] = {}
    return branches(tree)


def branches(tree: dict[str, Any]) -> str:
    """One node of the tree of letters as an expression; the end of a word is tried last."""
    out = [re.escape(letter) + branches(below) for letter, below in sorted(tree.items()) if letter]
    if not out:
        return ""
    body = out[0] if len(out) == 1 and "" not in tree else "(?:" + "|".join(out) + ")"
    return body + "?" if "" in tree else body


class Compiler:
    """Turns patterns of one language into regular expressions over tokens that each end in one blank."""

    def __init__(self, words: dict[str, dict[str, Part]], shapes: dict[str, Shape], phrases: dict[str, str]) -> None:
        self.words, self.shapes, self.phrases, self.literals = words, shapes, phrases, set[str]()
        self.classes = {name: any_of(table) for name, table in words.items()} | {
            name: f"(?:{shape.form})" for name, shape in shapes.items()
        }

    def compile(self, pattern: str) -> tuple[str, dict[str, str]]:
        """The expression with named groups, and group → class. Raises KeyError for an unknown class or phrase."""
        groups: dict[str, str] = {}
        return self._expand(pattern, groups), groups

    def first_words(self, pattern: str) -> frozenset[str]:
        """The words that what fits a pattern can begin with."""
        return self._firsts(iter(ELEMENT.findall(pattern)))[0]

    def _firsts(self, elements: Iterator[tuple[str, ...]]) -> tuple[frozenset[str], bool]:
        """First words of the elements up to the end of their group, and whether they may fit nothing at all."""
        firsts, empty_fits, at_start = frozenset[str](), False, True
        for name, _, phrase, sign, word in elements:
            if sign in (")", "]"):
                break
            if sign == "|":
                empty_fits, at_start = empty_fits or at_start, True
                continue
            found, may_fail = frozenset({word}), False
            if sign:
                found, may_fail = self._firsts(elements)
            elif phrase:
                found, may_fail = self._firsts(iter(ELEMENT.findall(self.phrases[phrase])))
            elif name:
                found = frozenset(entry.split()[0] for entry in self.words.get(name, ()))
            if at_start:
                firsts, at_start = firsts | found, may_fail or sign == "["
        return firsts, empty_fits or at_start

    def _expand(self, pattern: str, groups: dict[str, str]) -> str:
        out: list[str] = []
        for name, other, phrase, sign, word in ELEMENT.findall(pattern):
            if name:
                group = other or name
                group = self._free(group, groups)
                groups[group] = name
                out.append(f"(?P<{group}>{self.classes[name]}) ")
            elif phrase:
                out.append(f"(?:{self._expand(self.phrases[phrase], groups)})")
            elif sign:
                out.append({"[": "(?:", "]": ")?", "(": "(?:", ")": ")", "|": "|"}[sign])
            else:
                self.literals.add(word)
                out.append(re.escape(word) + " ")
        return "".join(out)

    def _free(self, group: str, groups: dict[str, str]) -> str:
        """A name that stands in two alternatives is written group, group__2, …: an expression has each name once."""
        k, name = 1, group
        while name in groups:
            k += 1
            name = f"{group}__{k}"
        return name
