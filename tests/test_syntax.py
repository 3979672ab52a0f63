"""Laws of the small questions to a parse."""

from hypothesis import given
from hypothesis import strategies as st

from dateline.records import Span
from dateline.syntax import Stretches

SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 40), st.integers(0, 30))


@given(stretches=st.lists(SPANS, max_size=12), asked=SPANS)
def test_stretches_over_a_span_are_those_that_hold_all_of_it(stretches: list[Span], asked: Span) -> None:
    holding = [n for n, s in enumerate(stretches) if s.start <= asked.start and asked.end <= s.end]
    assert Stretches((s, n) for n, s in enumerate(stretches)).over(asked) == holding
