"""A second reader of a page's body: trafilatura. Asked where the page's structure leaves open which of its parts is the report."""

import logging

from dateline.ingest.html_page import Page

MOST_MARKUP_READ_TWICE = 3_000_000  # characters: above, the second reading would take longer than the doubt is worth

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # its complaints about single pages are no news to our reader


def second_reading(page: Page) -> str:
    """What trafilatura takes for the report's text; "" when it finds none."""
    if page.markup > MOST_MARKUP_READ_TWICE:
        return ""
    import trafilatura  # here, because it takes a third of a second to load and only pages need it

    return trafilatura.extract(page.text, include_comments=False, include_images=False, fast=True) or ""
