"""What events that people judged teach about new ones: for each mark a logistic model over what is known of an event."""

from collections.abc import Iterable
from math import exp

from dateline.codebook.loader import Loader
from dateline.records import Base

LEARNED = "learned/confidence.json"


class Model(Base, frozen=True, kw_only=True):
    """One logistic model: weights (log-odds) of what may be known of an event. See learned/confidence.card.md."""

    intercept: float
    weights: dict[str, float]

    def share(self, known: Iterable[str]) -> float:
        """The share of such events that are right; what the model has not met counts nothing."""
        weight = self.weights.get
        return 1 / (1 + exp(-self.intercept - sum([weight(piece, 0.0) for piece in known])))


class ConfidenceFile(Base, frozen=True, kw_only=True):
    """The file as a researcher edits it: what an event must reach to stand in a record."""

    least_told: float  # of act and status
    least: float  # of every part


class Confidence(ConfidenceFile, frozen=True, kw_only=True):
    """The same, with a model for each mark: act, status, age, actor, recipient."""

    marks: dict[str, Model]


def read_confidence(loader: Loader) -> Confidence | None:
    """This part, or None with its faults kept in the loader."""
    file = loader.read("confidence.yml", ConfidenceFile)
    marks = loader.read(LEARNED, dict[str, Model])
    if file is None or marks is None:
        return None
    return Confidence(least_told=file.least_told, least=file.least, marks=marks)
