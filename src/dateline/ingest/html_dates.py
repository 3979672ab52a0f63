"""The last way to a page's day: htmldate, believed only where it cannot have made the day up."""

import logging
import re
from datetime import date

from dateline.ingest.html_page import Page

MOST_MARKUP = 1_000_000  # characters
EARLIEST = "1995-01-01"

logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def guessed_day(page: Page) -> str | None:
    """The ISO day of publication that htmldate finds, or None.

    Where it finds only a month or a year it answers with their first day, so a first day counts only where the page writes it out.
    """
    if page.markup > MOST_MARKUP:
        return None
    from htmldate import find_date  # here, because it is slow to load and only pages without a day need it

    found: str | None = find_date(page.text, original_date=True, extensive_search=False, min_date=EARLIEST)
    if found is None or (found.endswith("-01") and not writes_out(page.text, date.fromisoformat(found))):
        return None
    return found


def writes_out(markup: str, day: date) -> bool:
    """Does the markup hold this day in figures, year first or day first?"""
    y, m, d = f"{day.year}", f"0?{day.month}", f"0?{day.day}"
    return bool(re.search(rf"\b(?:{y}(?P<a>[-/.]?){m}(?P=a){d}|{d}(?P<b>[-/.]){m}(?P=b){y})(?!\d)", markup))
