"""Quantities: figures with their bounds, and the event each belongs to."""

from typing import Literal

from dateline.records.base import Base, Span

Operator = Literal["=", ">", ">=", "<", "<=", "~", "ordinal"]


class Quantity(Base, frozen=True, kw_only=True):
    """One figure. For fuzzy plurals `value` is the least the words can mean (dozens 24, hundreds 200) and `op` is ">=".

    `low` and `high` are what the words allow, None where open. `reported_by` are the statements whose words give the figure.
    """

    id: str
    span: Span
    value: float | int
    op: Operator = "="
    low: float | int | None = None
    high: float | int | None = None
    unit: str | None = None
    of: str | None = None
    reported_by: tuple[str, ...] = ()
    by: str = ""
