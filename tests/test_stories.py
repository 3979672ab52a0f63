"""Copies, joins, origins and who said it first, over a small store of reports written for it."""

import json
from collections.abc import Iterator

import pytest

from dateline.run import code_paths
from dateline.store import Store
from dateline.stories import build_stories, list_stories, read_story, search_reports, undo_join, who_said
from dateline.stories.instants import earlier, instant_key
from dateline.stories.prints import longest_run, runs, share

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


def test_runs_of_words_tell_what_two_texts_share() -> None:
    import numpy as np

    a, b = runs("one two three four five six seven eight"), runs("zero one two three four five six nine")
    assert len(a) == 4
    assert share(np.unique(a), np.unique(b)) == (0.5, 0.5)
    assert longest_run(a, np.unique(b)) == 6
    assert len(runs("")) == 0
    assert len(runs("two words")) == 1
