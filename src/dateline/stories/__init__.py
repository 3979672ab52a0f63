"""Comparing reports, over the store: copies, stories, independent origins, and who said it first."""

from dateline.stories.build import Built, build_stories, open_tables, undo_join
from dateline.stories.said import Found, Hit, search_reports, who_said
from dateline.stories.story import Story, list_stories, read_story

__all__ = [
    "Built", "Found", "Hit", "Story", "build_stories", "list_stories", "open_tables", "read_story", "search_reports", "undo_join", "who_said",
]  # fmt: skip
