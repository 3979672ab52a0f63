"""Checks on names and sources: one person spelled in several ways, and how many first sources the report names."""

import re
import unicodedata
from collections.abc import Iterator

from dateline.codebook import Codebook
from dateline.records import Check, Record, Span


def name_variants(record: Record, text: str, codebook: Codebook) -> Iterator[Check]:
    """One person under names that differ in hyphens, capitals, accents or spaces alone."""
    for actor in record.actors:
        if actor.type != "PERSON":
            continue
        forms: dict[str, dict[str, Span]] = {}
        for span in sorted(actor.mentions):
            printed = " ".join(text[span.start : span.end].split())
            if _is_name(printed):
                forms.setdefault(_fold(printed), {}).setdefault(printed, span)
        for spellings in forms.values():
            if len(spellings) > 1:
                says = f"{actor.name} is spelled {len(spellings)} ways: {', '.join(spellings)}."
                yield Check(check="name_variants", result="flag", spans=tuple(spellings.values()), says=says)


def _is_name(printed: str) -> bool:
    """Whether a mention is a name in full: several words, all with a capital, nothing of a possessor."""
    parts = re.split(r"[\s-]", printed)
    return (
        len(parts) > 1
        and parts[0][:1].isupper()
        and sum(p[:1].islower() for p in parts) <= len(parts) // 3
        and not re.search(r"['’]s\b", printed)
    )


def _fold(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name)
    return re.sub(r"[\W_]+", "", "".join(c for c in plain if not unicodedata.combining(c))).casefold()


def origins(record: Record, text: str, codebook: Codebook) -> Iterator[Check]:
    """How many first sources stand behind the report, by what it names."""
    if not record.origins:
        return
    named = [o for o in record.origins if o.kind != "unnamed"]
    unnamed = len(record.origins) - len(named)
    says = f"{len(named)} named source(s){': ' if named else ''}{', '.join(o.name for o in named)}; {unnamed} unnamed."
    spans = tuple(o.span for o in record.origins if o.span)
    yield Check(check="origins", result="flag" if len(named) < 2 else "pass", spans=spans, says=says)
