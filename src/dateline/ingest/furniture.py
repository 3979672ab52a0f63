"""Lines of a plain text that are not the report's own words: buttons, links, captions, tags."""

import re

from dateline.codebook import Codebook
from dateline.codebook.stamps import fold_name
from dateline.ingest.lines import WORD, Line
from dateline.records import Span, Tag

HASH = re.compile(r"[#＃](?P<tag>[^#＃]+)")
SEPARATORS = re.compile(r"[,;|·•،、，/]|\s{2,}|\t")
MARK_AT_END = 45  # characters from the end of a line in which a caption's mark stands
LONGEST_TAG = 8  # words
COUNTED = re.compile(r"\d+\s+(?:comments?|shares?|views?|min(?:ute)?s? read|likes?|reads?)|[\W_\d]+|[\w-]+:\s?[\w%#. ]+;|.*[{}]\s*", re.I)
CONTACT = re.compile(r"\S+@\S+\.\w{2,}|@\w+")


def is_junk(line: Line, codebook: Codebook) -> bool:
    """Whether a line is a button, a link to another page or the like."""
    furniture = codebook.furniture
    if line.size > 18:
        return False
    if COUNTED.fullmatch(line.text) or CONTACT.fullmatch(line.text) or furniture.junk_start.match(line.text):
        return not any(c.isdigit() for c in line.text) or COUNTED.fullmatch(line.text) is None or not is_date_like(line.text)
    folded = fold_name(line.text.strip(" .:…>»|-–—!"))
    words = WORD.findall(folded)
    return folded in furniture.folded["lines"] or (
        len(folded) > 4 and bool(words) and all(w in furniture.folded["share_words"] for w in words)
    )


def is_date_like(text: str) -> bool:
    """Whether digits and signs alone may be a date or a time."""
    return bool(re.search(r"\d\s?[-/.:]\s?\d", text))


def is_caption(line: Line, codebook: Codebook) -> bool:
    """Whether a line carries a caption's label or mark."""
    if codebook.furniture.caption_start.match(line.text.lstrip("[(")):
        return True
    mark = codebook.furniture.caption_mark.search(line.text, max(0, len(line.text) - MARK_AT_END))
    return bool(mark)


def tags_of(line: Line, codebook: Codebook) -> tuple[Tag, ...]:
    """The tags of a line that holds nothing else: behind hash signs, or behind a word for tags."""
    if line.text[0] in "#＃":
        found = [(m.group("tag").strip(" ,;"), m.start()) for m in HASH.finditer(line.text)]
        good = all(value and len(value.split()) <= LONGEST_TAG for value, _ in found) and not (line.is_prose and len(found) == 1)
        return tuple(Tag(value=value, span=Span(line.start + at, line.start + at + 1 + len(value))) for value, at in found) if good else ()
    label = codebook.furniture.tag_start.match(line.text)
    return listed_tags(line, label.end()) if label else ()


def listed_tags(line: Line, start: int) -> tuple[Tag, ...]:
    """The tags of a list that starts at a place of a line."""
    cuts = [start, *(x for m in SEPARATORS.finditer(line.text, start) for x in m.span()), len(line.text)]
    found = []
    for a, b in zip(cuts[::2], cuts[1::2], strict=True):
        value = line.text[a:b].strip(" #.")
        if value:
            begin = line.start + line.text.index(value, a)
            found.append(Tag(value=value, span=Span(begin, begin + len(value))))
    return tuple(found)


def tag_list_follows(line: Line, codebook: Codebook) -> bool:
    """Whether a line is a word for tags alone, so that the lines below it are tags."""
    return line.size <= 4 and fold_name(line.text.rstrip(" :")) in codebook.furniture.folded["tag_intro"]
