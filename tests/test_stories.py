"""Copies, joins, origins and who said it first, over a small store of reports written for it."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.run import code_paths
from dateline.store import Store
from dateline.stories import build_stories, list_stories, read_story, search_reports, undo_join, who_said
from dateline.stories.copies import Text, find_copies
from dateline.stories.instants import earlier, instant_key
from dateline.stories.joins import MOST_HOLDERS, POINTS, Signs, find_joins
from dateline.stories.prints import longest_run, runs, share, told_of

DISPATCH = """Kenya's Interior Minister Amina Otieno said on Tuesday that police had arrested 40 people after a night of looting in Kisumu.

“Nobody who burned a market will sleep at home this week, and nobody who paid for petrol will either,” Otieno told reporters in Nairobi.

Traders near the lake swept glass from the pavement while two lorries carried away charred timber stacked beside the fish stalls.

The county has asked for tents and clean water, and a church opened its hall to families whose roofs had fallen in.

Prices of maize doubled in March after rain spoiled the stores along the railway, and the union of millers blamed late imports."""
OTHER = """The finance ministry in Oslo cut its forecast for growth on Thursday as herring catches shrank for a third season running.

Analysts had expected a smaller revision because the fleet added four new trawlers last autumn and diesel fell in price.

“We are poorer than we thought in January,” said the minister, Ingrid Solberg."""
OWN_WORDS = """Officers held dozens of suspects in Kisumu after shops were set alight, Interior Minister Amina Otieno said.

“Nobody who burned a market will sleep at home this week, and nobody who paid for petrol will either,” she said.

Our reporter saw four burned kiosks and a police post with broken windows; residents said the trouble began over a football match."""

ROWS = [
    {
        "id": "wire",
        "text": DISPATCH,
        "published": "2024-05-14T10:00:00+00:00",
        "agency": "Reuters",
        "outlet": "Wire",
        "headline": "Kenya holds 40 after looting",
    },
    {
        "id": "late",
        "text": DISPATCH,
        "published": "2024-05-14T15:00:00+03:00",
        "agency": "Reuters",
        "outlet": "Daily",
        "headline": "Forty held in Kenya",
    },
    {
        "id": "cut",
        "text": "\n\n".join(DISPATCH.split("\n\n")[2:4]),
        "published": "2024-05-14T18:00:00+00:00",
        "outlet": "Brief",
        "headline": "After the fire",
    },
    {"id": "own", "text": OWN_WORDS, "published": "2024-05-14T11:30:00+00:00", "outlet": "Lake News", "headline": "Kisumu counts the cost"},
    {"id": "other", "text": OTHER, "published": "2024-05-16", "outlet": "Nordic", "headline": "Norway expects less"},
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, dict[str, str]]]:
    folder = tmp_path_factory.mktemp("stories")
    corpus = folder / "rows.jsonl"
    corpus.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf8")
    code_paths([str(corpus)], db=folder / "news.db")
    with Store(folder / "news.db") as store:
        ids = {headline: i for i, headline in store.query("SELECT id, headline FROM reports")}
        build_stories(store)
        yield store, {row["id"]: ids[row["headline"]] for row in ROWS}


def test_copies_are_found_with_their_original_and_kind(built: tuple[Store, dict[str, str]]) -> None:
    store, ids = built
    found = {(report, original): kind for report, original, kind in store.query("SELECT report, original, kind FROM copies")}
    assert found == {(ids["late"], ids["wire"]): "exact", (ids["cut"], ids["wire"]): "cut"}


def test_two_reporters_at_one_speech_are_a_story_and_no_copies(built: tuple[Store, dict[str, str]]) -> None:
    store, ids = built
    story = read_story(store, ids["own"])
    assert {m.id for m in story.members} == {ids[i] for i in ("wire", "late", "cut", "own")}
    assert any("Nobody who burned a market" in why for why in story.why)
    assert story.origins == ("Lake News", "Reuters")
    assert story.first == ids["wire"]  # 15:00+03:00 is two hours later, not five
    assert [s for s, _, _ in list_stories(store)] == [story.id]


def test_an_undone_join_stays_undone(built: tuple[Store, dict[str, str]]) -> None:
    store, ids = built
    undo_join(store, ids["own"], ids["wire"], who="test")
    build_stories(store)
    assert ids["own"] not in {m.id for m in read_story(store, ids["wire"]).members}
    store.script("DELETE FROM undone")
    build_stories(store)
    assert ids["own"] in {m.id for m in read_story(store, ids["wire"]).members}


def test_who_said_it_first(built: tuple[Store, dict[str, str]]) -> None:
    store, ids = built
    hits = who_said(store, "nobody who paid for petrol")
    assert [h.report for h in hits] == [ids["wire"], ids["own"], ids["late"]]
    assert all(h.exact and h.speaker and "Otieno" in h.speaker for h in hits)
    stemmed = who_said(store, "burns the markets")
    assert stemmed
    assert not any(h.exact for h in stemmed)


def test_search_finds_words_and_marks_them(built: tuple[Store, dict[str, str]]) -> None:
    store, ids = built
    assert [f.report for f in search_reports(store, 'herring "third season"')] == [ids["other"]]
    assert "«herring»" in search_reports(store, "herring")[0].snippet
    assert search_reports(store, 'herring" OR NEAR(') == []  # no operator of a query gets through


@pytest.mark.parametrize(
    ("a", "b", "first"),
    [
        ("2024-05-14T10:00:00+00:00", "2024-05-14T15:00:00+03:00", True),
        ("2024-05-14T12:30:00+00:00", "2024-05-14T15:00:00+03:00", False),
        ("2024-05-14", "2024-05-14T15:00:00+03:00", None),  # a day leaves the hour open
        ("2024-05-10", "2024-05-14T15:00", True),
        ("2024-05-14T10:00", "2024-05-14T15:00:00+03:00", None),  # no zone
        (None, "2024-05-14", None),
    ],
)
def test_earlier_is_said_only_when_it_is_sure(a: str | None, b: str | None, first: bool | None) -> None:
    assert earlier(a, b) is first


def test_unknown_instants_sort_last() -> None:
    assert sorted([None, "2024-05-14T15:00:00+03:00", "2024-05-14T11:00:00+00:00"], key=instant_key)[-1] is None


SIGNS = st.dictionaries(
    st.tuples(st.sampled_from(sorted(POINTS)), st.sampled_from("abcd")), st.just("both say so"), max_size=5
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.none() | st.integers(0, 30), SIGNS), max_size=12))
def test_joins_are_those_of_every_two_reports_of_one_week(reports: list[tuple[int | None, dict[tuple[str, str], str]]]) -> None:
    """Only a week of reports is kept; nothing that comparing each with each would join is lost."""
    days = [(None if n is None else date(2024, 5, 1) + timedelta(days=n), keys) for n, keys in reports]
    signs = [Signs(id=f"r{i:02}", day=day, keys=keys) for i, (day, keys) in enumerate(days)]
    wanted = set()
    for one, other in combinations(signs, 2):
        shared = Counter(reason for reason, _ in one.keys.keys() & other.keys.keys())
        close = not one.day or not other.day or abs((one.day - other.day).days) <= 7
        if close and sum(min(2, n * POINTS[reason]) for reason, n in shared.items()) >= 2:
            wanted |= {(one.id, other.id, reason) for reason in shared}
    found = find_joins(sorted(signs, key=lambda s: (s.day or date.min, s.id)))
    assert [(j.a, j.b, j.reason) for j in found] == sorted(wanted)


def test_a_sign_that_too_many_reports_hold_joins_none() -> None:
    crowd = [Signs(id=f"r{i:03}", day=date(2024, 5, 1), keys={("event", "a"): ""}) for i in range(MOST_HOLDERS + 1)]
    assert find_joins(crowd) == []
    assert len(find_joins(crowd[:5])) == 10


WEATHER = (
    "Lima will see {sky} skies on {day}, with a high of {a} degrees and a low of {b}, the weather office said in its daily forecast. Winds from"
    " the south will reach {c} kilometres an hour by noon and drop after sunset, and fog is expected over the harbour of Callao. The Rimac stood"
    " at {d} centimetres at the old gauge. The next forecast will be issued at six o'clock and read out on the radio."
)
MATCH = (
    "On {day} {team} beat {rivals} {a}-{b} at home in front of {d} spectators, a result that keeps hopes of the title alive. The scoring was"
    " opened by {one} in minute {c} with a low shot from the edge of the box, and {two} added another before the break. The visitors pulled one"
    " back, but found no way through a crowded defence, and the coach of {rivals} said that his side had been the better one."
)
TOLL = (
    "A ferry with {a} people on board sank off the coast of Samar on {day}, and {b} of them were pulled from the water by fishermen from Guiuan. The"
    " Coast Guard sent 3 ships and 2 aircraft. The owner, Visayan Lines, said that the vessel had left Tacloban at 05:40 with life vests for all."
)


@pytest.mark.parametrize(
    ("form", "one", "other", "copied"),
    [
        # the same sentences in one town on two days, with other figures
        (WEATHER, {"sky": "clear", "day": "Monday", "a": 24, "b": 15, "c": 18, "d": 112}, {"sky": "hazy", "day": "Friday", "a": 27, "b": 17, "c": 9, "d": 131}, False),
        (
            MATCH,
            {"day": "Monday", "team": "Aucas", "rivals": "Delfin", "a": 2, "b": 1, "c": 17, "d": 8200, "one": "Kofi Mensah", "two": "Ruiz"},
            {"day": "Sunday", "team": "Orense", "rivals": "Macara", "a": 3, "b": 1, "c": 54, "d": 11350, "one": "Luis Paz", "two": "Varela"},
            False,
        ),
        # one dispatch sent again with a higher toll
        (TOLL, {"a": 120, "b": 61, "day": "Monday"}, {"a": 123, "b": 74, "day": "Monday"}, True),
        (WEATHER, {"sky": "clear", "day": "Monday", "a": 24, "b": 15, "c": 18, "d": 112}, {"sky": "fair", "day": "Monday", "a": 24, "b": 15, "c": 18, "d": 112}, True),
    ],
)  # fmt: skip
def test_reports_in_one_form_are_copies_only_when_they_tell_the_same(
    form: str, one: dict[str, Any], other: dict[str, Any], copied: bool
) -> None:
    """What a form's slots hold decides: names and figures."""
    texts = [text_in("one", form.format(**one)), text_in("other", form.format(**other))]
    assert [c.report for c in find_copies(iter(texts))] == (["other"] if copied else [])


def text_in(name: str, words: str) -> Text:
    """Words as the finder of copies takes them."""
    numbers = runs(words)
    return Text(id=name, url=None, sha256=name, numbers=numbers, distinct=np.unique(numbers), told=told_of(words))


def test_runs_of_words_tell_what_two_texts_share() -> None:
    a, b = runs("one two three four five six seven eight"), runs("zero one two three four five six nine")
    assert len(a) == 4
    assert share(np.unique(a), np.unique(b)) == (0.5, 0.5)
    assert longest_run(a, np.unique(b)) == 6
    assert len(runs("")) == 0
    assert len(runs("two words")) == 1
