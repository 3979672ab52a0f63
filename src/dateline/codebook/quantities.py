"""Number words, fuzzy plurals, operators and units: what a figure in a text is made of."""

from dateline.codebook.loader import Loader
from dateline.records import Base, Operator

Number = float | int


class Harm(Base, frozen=True, kw_only=True):
    """Lemmas that make a count one of deaths, injured, arrests: the noun counted, the verb that governs it, a verb that takes lives."""

    nouns: list[str]
    verbs: list[str]
    claims: list[str] = []


class Form(Base, frozen=True, kw_only=True):
    """The form of quantities.yml."""

    numbers: dict[str, int]
    multiples: dict[str, int]
    glued: list[str]
    fuzzy: dict[str, tuple[int, int]]
    vague: dict[str, int]
    fractions: dict[str, float]
    times: dict[str, int]
    ordinals: dict[str, int]
    counted_from_first: list[str]
    before: dict[Operator, list[str]]
    after: dict[Operator, list[str]]
    between: list[str]
    currencies: dict[str, list[str]]
    percent: list[str]
    durations: list[str]
    harms: dict[str, Harm]
    labels: list[str]
    ignored: list[str]
    ages: list[str]
    prepositions: list[str]
    tolls: list[str]
    bare_toll: str
    deadly: list[str]
    after_times: list[str]
    after_share: list[str]
    age_verbs: list[str]
    named_numbers: dict[str, list[str]]
    disputes: list[str]
    pointing: list[str]
    unranked: list[str]
    measures: list[str]
    suffered: list[str]


class Quantities(Base, frozen=True, kw_only=True):
    """This part of the codebook, ready to be asked by lower-case word. Operators are keyed by their words in a tuple."""

    numbers: dict[str, int]
    multiples: dict[str, int]
    glued: frozenset[str]
    fuzzy: dict[tuple[str, ...], tuple[int, int]]
    vague: dict[str, int]
    fractions: dict[str, float]
    times: dict[str, int]
    ordinals: dict[str, int]
    counted_from_first: frozenset[str]
    before: dict[tuple[str, ...], Operator]
    after: dict[tuple[str, ...], Operator]
    between: frozenset[str]
    openers: frozenset[str]  # words that may open a figure in words
    currencies: dict[str, str]
    percent: frozenset[str]
    durations: frozenset[str]
    harm_nouns: dict[str, str]
    harm_verbs: dict[str, str]
    claim_verbs: dict[str, str]
    labels: frozenset[str]
    ignored: frozenset[str]
    ages: frozenset[str]
    prepositions: frozenset[str]
    tolls: frozenset[str]
    bare_toll: str
    deadly: frozenset[str]
    after_times: frozenset[str]
    after_share: frozenset[str]
    age_verbs: frozenset[str]
    named_numbers: dict[str, list[str]]
    disputes: frozenset[str]
    pointing: frozenset[str]
    unranked: frozenset[str]
    measures: frozenset[str]
    suffered: frozenset[str]


def read_quantities(loader: Loader) -> Quantities | None:
    """This part, or None with its faults kept in the loader."""
    form = loader.read("quantities.yml", Form)
    if form is None:
        return None
    for name, (low, high) in form.fuzzy.items():
        loader.check("quantities.yml", f"fuzzy: {name}", low < high, "the least must be below the most")
    return Quantities(
        numbers=form.numbers,
        multiples=form.multiples,
        glued=frozenset(form.glued),
        fuzzy={tuple(name.split()): bounds for name, bounds in form.fuzzy.items()},
        vague=form.vague,
        fractions=form.fractions,
        times=form.times,
        ordinals=form.ordinals,
        counted_from_first=frozenset(form.counted_from_first),
        before={tuple(words.split()): op for op, listed in form.before.items() for words in listed},
        after={tuple(words.split()): op for op, listed in form.after.items() for words in listed},
        between=frozenset(form.between),
        openers=frozenset(
            {"a", "an", "tens", *form.numbers, *form.fuzzy, *form.ordinals, *form.multiples, *form.vague, *form.fractions, *form.times}
        ),
        currencies={word.casefold(): code for code, words in form.currencies.items() for word in words},
        percent=frozenset(form.percent),
        durations=frozenset(form.durations),
        harm_nouns={lemma: unit for unit, harm in form.harms.items() for lemma in harm.nouns},
        harm_verbs={lemma: unit for unit, harm in form.harms.items() for lemma in harm.verbs},
        claim_verbs={lemma: unit for unit, harm in form.harms.items() for lemma in harm.claims},
        labels=frozenset(form.labels),
        ignored=frozenset(form.ignored),
        ages=frozenset(form.ages),
        prepositions=frozenset(form.prepositions),
        tolls=frozenset(form.tolls),
        bare_toll=form.bare_toll,
        deadly=frozenset(form.deadly),
        after_times=frozenset(form.after_times),
        after_share=frozenset(form.after_share),
        age_verbs=frozenset(form.age_verbs),
        named_numbers=form.named_numbers,
        disputes=frozenset(form.disputes),
        pointing=frozenset(form.pointing),
        unranked=frozenset(form.unranked),
        measures=frozenset(form.measures),
        suffered=frozenset(form.suffered),
    )
