"""Which language a report is written in. Sits before the language pass; uses py3langid's shipped model."""

import py3langid

ENOUGH = 600  # characters: twice as many as change no answer any more over 1,858 texts in a dozen languages


def detect_language(text: str) -> str | None:
    """ISO 639-1 code of the language of `text`, or None when it holds no letters to judge by."""
    if not any(c.isalpha() for c in text):
        return None
    return str(py3langid.classify(text[:ENOUGH])[0])
