"""What marked reports teach about the age of events: a logistic model of new, background and ongoing. See learned/age.card.md."""

from collections.abc import Iterable
from math import exp

from dateline.codebook.loader import Loader
from dateline.records import Base, Novelty

LEARNED = "learned/age.json"
AGES: tuple[Novelty, ...] = ("new", "background", "ongoing")


class Ages(Base, frozen=True, kw_only=True):
    """Weights (log-odds) of what may be known of an event, for each age in the order of AGES; what "new" must be ahead by to be believed."""

    margin: float
    weights: dict[str, tuple[float, float, float]]

    def shares(self, known: Iterable[str]) -> tuple[float, float, float]:
        """The share of such events that have each age; what the model has not met counts nothing."""
        met = [self.weights[piece] for piece in known if piece in self.weights]
        new, background, ongoing = (exp(sum(column)) for column in zip((0.0, 0.0, 0.0), *met, strict=True))
        whole = new + background + ongoing
        return new / whole, background / whole, ongoing / whole

    def judge(self, known: Iterable[str]) -> Novelty:
        """The likeliest age, where "new" must be ahead by the margin."""
        new, background, ongoing = self.shares(known)
        return max(zip((new - self.margin, background, ongoing), AGES, strict=True))[1]


def read_ages(loader: Loader) -> Ages | None:
    """This part, or None with its faults kept in the loader."""
    return loader.read(LEARNED, Ages)
