"""The language pass: text → Analysis. The only door to the NLP library; nothing of it leaves this package."""

from dateline.language.analyse import Analyser, load_analyser
from dateline.language.detect import detect_language
from dateline.language.model import DEFAULT_MODEL, model_digest

__all__ = ["DEFAULT_MODEL", "Analyser", "detect_language", "load_analyser", "model_digest"]
