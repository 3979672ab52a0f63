"""Number words, fuzzy plurals, operators and units: what a figure in a text is made of."""

from functools import cached_property

from dateline.codebook.loader import Loader, Words
from dateline.records import Base, Operator

Number = float | int


class Harm(Base, frozen=True, kw_only=True):
    """Lemmas that make a count one of deaths, injured, arrests: the noun counted, the verb that governs it, a verb that takes lives."""

    nouns: Words
    verbs: Words
    claims: Words = Words()


class Quantities(Base, frozen=True, kw_only=True, dict=True):
    """This part of the codebook, by lower-case word; what each list is for stands in quantities.yml."""

    numbers: dict[str, int]
    multiples: dict[str, int]
    glued: Words
    fuzzy: dict[str, tuple[int, int]]
    vague: dict[str, int]
    fractions: dict[str, float]
    times: dict[str, int]
    ordinals: dict[str, int]
    counted_from_first: Words
    before: dict[Operator, Words]
    after: dict[Operator, Words]
    between: Words
    currencies: dict[str, Words]
    percent: Words
    durations: Words
    harms: dict[str, Harm]
    labels: Words
    ignored: Words
    ages: Words
    prepositions: Words
    tolls: Words
    bare_toll: str
    deadly: Words
    after_times: Words
    after_share: Words
    age_verbs: Words
    named_numbers: dict[str, Words]
    disputes: Words
    pointing: Words
    unranked: Words
    measures: Words
    suffered: Words

    @cached_property
    def openers(self) -> frozenset[str]:
        """Words that may open a figure in words."""
        tables = (self.numbers, self.fuzzy, self.ordinals, self.multiples, self.vague, self.fractions, self.times)
        return frozenset({"a", "an", "tens"}.union(*tables))

    @cached_property
    def after_article(self) -> frozenset[str]:
        """Words before which "a" and "an" are part of a figure."""
        fuzzy = (word for words in self.fuzzy_bounds if words[0] in ("a", "an") for word in words[1:2])
        return frozenset({"-", "–", "—"}.union(fuzzy, self.durations, self.multiples, self.vague, self.fractions))

    @cached_property
    def fuzzy_bounds(self) -> dict[tuple[str, ...], tuple[int, int]]:
        """The words of a fuzzy number → the least and the most that it can mean."""
        return {tuple(name.split()): bounds for name, bounds in self.fuzzy.items()}

    @cached_property
    def operators_before(self) -> dict[tuple[str, ...], Operator]:
        """The words of an operator before its figure → the operator."""
        return {tuple(words.split()): op for op, listed in self.before.items() for words in listed}

    @cached_property
    def operators_after(self) -> dict[tuple[str, ...], Operator]:
        """The words of an operator behind its figure → the operator."""
        return {tuple(words.split()): op for op, listed in self.after.items() for words in listed}

    @cached_property
    def operator_ends(self) -> frozenset[str]:
        """Last words of the operators before a figure."""
        return frozenset(words[-1] for words in self.operators_before)

    @cached_property
    def operator_starts(self) -> frozenset[str]:
        """First words of the operators behind a figure."""
        return frozenset(words[0] for words in self.operators_after)

    @cached_property
    def currency_codes(self) -> dict[str, str]:
        """A currency's sign or word → its ISO 4217 code."""
        return {word.casefold(): code for code, words in self.currencies.items() for word in words}

    @cached_property
    def harm_nouns(self) -> dict[str, str]:
        """Lemma of those counted → unit."""
        return {lemma: unit for unit, harm in self.harms.items() for lemma in harm.nouns}

    @cached_property
    def harm_verbs(self) -> dict[str, str]:
        """Lemma of the verb that governs those counted → unit."""
        return {lemma: unit for unit, harm in self.harms.items() for lemma in harm.verbs}

    @cached_property
    def claim_verbs(self) -> dict[str, str]:
        """Lemma of a verb that takes lives → unit."""
        return {lemma: unit for unit, harm in self.harms.items() for lemma in harm.claims}


def read_quantities(loader: Loader) -> Quantities | None:
    """This part, or None with its faults kept in the loader."""
    book = loader.read("quantities.yml", Quantities)
    for name, (low, high) in book.fuzzy.items() if book else ():
        loader.check("quantities.yml", f"fuzzy: {name}", low < high, "the least must be below the most")
    return book
