"""What a person looks for, as terms: "phrases" kept, everything else a word of its own."""

import re

from dateline.errors import ArgumentError


def terms_of(words: str) -> tuple[str, ...]:
    """Each word, and each phrase in quotation marks as words with a space between. Raises ArgumentError for no words."""
    parts = re.findall(r'"([^"]+)"|([\w’\']+)', words)
    terms = (" ".join(re.findall(r"\w+", phrase or word)) for phrase, word in parts)
    found = tuple(term for term in terms if term)
    if not found:
        raise ArgumentError("nothing to look for: give a word, or a phrase in quotation marks")
    return found
