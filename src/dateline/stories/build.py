"""Draws copies, joins and stories anew from a store, in one transaction: the same store gives the same stories."""

from datetime import date
from importlib.resources import files

from dateline.records import Base
from dateline.store import Store
from dateline.stories.copies import find_copies, texts_of
from dateline.stories.joins import day_of, find_joins, signs_of, stories_of


class Built(Base, frozen=True, kw_only=True):
    """What a store was found to hold."""

    reports: int
    copies: int
    joins: int
    stories: int


def open_tables(store: Store) -> None:
    """Make the tables of this package where they are missing."""
    store.script((files("dateline.stories") / "schema.sql").read_text(encoding="utf8"))


def build_stories(store: Store) -> Built:
    """Find copies, join what is left into stories, and write both. Joins that a person has undone stay undone."""
    open_tables(store)
    copies = list(find_copies(texts_of(store)))
    copied = {c.report for c in copies}
    joins = find_joins(signs_of(*found) for report in by_day(store) if report not in copied and (found := store.record(report)))
    undone = {(a, b) for a, b in store.query("SELECT a, b FROM undone")}
    kept = [j for j in joins if (j.a, j.b) not in undone]
    ids = [report for (report,) in store.query("SELECT id FROM reports ORDER BY id")]
    nearest = {c.report: c.original for c in reversed(copies)}  # a merged copy goes with the one it took most from
    pairs = [(j.a, j.b) for j in kept] + [(a, b) for b, a in nearest.items() if (a, b) not in undone]
    stories = stories_of(ids, pairs)
    store.change(
        [
            *((f"DELETE FROM {table}", [()]) for table in ("copies", "joins", "stories")),
            (
                "INSERT INTO copies VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                [(c.report, c.original, c.kind, c.contained, c.longest) for c in copies],
            ),
            ("INSERT INTO joins VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", [(j.a, j.b, j.reason, j.says) for j in kept]),
            ("INSERT INTO stories VALUES (?, ?)", sorted(stories.items())),
        ]
    )
    return Built(reports=len(ids), copies=len(copied), joins=len(kept), stories=len(set(stories.values())))


def by_day(store: Store) -> list[str]:
    """The ids of a store's reports in order of the day they were printed, those without one first."""
    days = ((day_of(published) or date.min, report) for report, published in store.query("SELECT id, published FROM reports"))
    return [report for _, report in sorted(days)]


def undo_join(store: Store, a: str, b: str, *, who: str) -> None:
    """Take two reports of one story apart; it holds for every later drawing."""
    open_tables(store)
    store.change([("INSERT INTO undone VALUES (?, ?, ?) ON CONFLICT DO NOTHING", [(a, b, who), (b, a, who)])])
