"""What a page prints around its headline for readers: signature, stamp, topic links. Asked where the page's data is silent.

Each answer is a Printed: the line as printed, so that it can stand in the canonical text and the value can point at it.
"""

import re
from collections.abc import Sequence
from typing import Any

from dateline.codebook.stamps import Stamps
from dateline.codebook.web import Web
from dateline.ingest.html_blocks import Block, is_caption, is_page_furniture, is_sentence, key_of, names_of
from dateline.ingest.html_fields import split_names, split_tags
from dateline.ingest.stamps import Hints, Stamp, read_stamps

FARTHEST = 25  # blocks between a headline and its signature or stamp
LONGEST_LINE, LONGEST_SIGNATURE = 160, 80
PIECES = re.compile(r"\s*[|•·●]\s*|\s+[–—]\s+")
MOST_TOPICS, LONGEST_TOPIC = 25, 60


def head_region(blocks: Sequence[Block], body: Sequence[Block], headline: str, web: Web) -> list[Block]:
    """The short blocks between the headline and the body's first sentence; without a printed headline, those just before the body."""
    if not body:
        return []
    first = blocks.index(next((b for b in body if is_sentence(b)), body[0]))
    key = key_of(headline)
    titled = max((i for i, b in enumerate(blocks[:first]) if (key and key in key_of(b.text)) or b.tag == "h1"), default=None)
    start = max(0, first - FARTHEST) if titled is None else max(titled + 1, first - 2 * FARTHEST)
    return [b for b in blocks[start:first] if len(b.text) <= LONGEST_LINE and not is_caption(b, web)]


def printed_authors(head: Sequence[Block], behind: Sequence[Block], web: Web) -> tuple[list[str], str] | None:
    """The names that sign the report in print, with their line: links to authors' pages, a line that begins as signatures do, a line named so."""
    for read in (linked_authors, introduced_authors, named_authors):
        for block in (*head, *behind) if read is not named_authors else head:
            if names := read(block, web):
                return names, block.text
    return None


def linked_authors(block: Block, web: Web) -> list[str]:
    """Names that are links to the pages of authors."""
    links = [a for a in block.path[-1].iter("a") if is_author_link(a, web)] if block.links else []
    return list(dict.fromkeys(n for a in links for n in proper_names(" ".join("".join(a.itertext()).split()), web)))


def is_author_link(link: Any, web: Web) -> bool:
    """Does a link lead to an author's page, by its `rel` or by a word of its address?"""
    if "author" in (link.get("rel") or "").split():
        return True
    steps = urlsplit_path(link.get("href") or "").split("/")
    return any(step in web.author_names for step in steps[:-1])


def urlsplit_path(address: str) -> str:
    """The path of an address, in lower case, without its last slash; "" where there is none."""
    return re.sub(r"^https?://[^/]*|[?#].*$", "", address[:500]).lower().rstrip("/")


def introduced_authors(block: Block, web: Web) -> list[str]:
    """Names behind the words that open a signature."""
    for piece in PIECES.split(block.text):
        if web.byline_start.match(piece) and (names := proper_names(piece, web)):
            return names
    return []


def named_authors(block: Block, web: Web) -> list[str]:
    """Names in a line that the page's builders call a signature."""
    if len(block.text) > LONGEST_SIGNATURE or not any(names_of(n, web) & web.author_names for n in block.path[-3:]):
        return []
    return [n for piece in PIECES.split(block.text) for n in proper_names(piece, web)]


def signature_lines(blocks: Sequence[Block], web: Web) -> list[Block]:
    """Those of the blocks that are nothing but a signature."""
    short = (b for b in blocks if len(b.text) <= LONGEST_SIGNATURE and not b.text.endswith((".", "!", "?")))
    return [b for b in short if web.byline_start.match(b.text) and introduced_authors(b, web)]


def proper_names(line: str, web: Web) -> list[str]:
    """The names of a signature that are written as names: at least two words, or an all-capital sign, none of digits."""
    names = split_names(line, web)
    return [n for n in names if not any(c.isdigit() for c in n) and is_written_as_name(n)]


def is_written_as_name(name: str) -> bool:
    """Is it written as a name is: words with capitals (or in a script without them), more than one word where there are capitals?"""
    words = [w for w in name.split() if w[:1].isalpha()]
    if not words:
        return False
    if not any(w[:1].isupper() or w[:1].islower() for w in words):
        return len(name) <= 20
    return len(words) >= 2 and words[0][:1].isupper() and words[-1][:1].isupper()


def printed_stamps(head: Sequence[Block], stamps: Stamps, hints: Hints) -> list[tuple[Stamp, str]]:
    """The stamps that the head of the report prints, in order, each with its line."""
    return [(stamp, block.text) for block in head for stamp in read_stamps(block.text, stamps, hints) if stamp.day]


def printed_topics(blocks: Sequence[Block], headline: str, web: Web) -> list[str]:
    """The texts of the links in the first list behind the headline that the page's builders name as topics and that holds few short links."""
    key = key_of(headline)
    titled = next((i for i, b in enumerate(blocks) if b.tag == "h1" or key_of(b.text) == key), 0)
    lists: dict[Any, list[Block]] = {}
    for block in blocks[titled:]:
        if 2 * block.links < len(block.text) or any(is_page_furniture(n, web) for n in block.furniture):
            continue
        for node in block.path:
            if names_of(node, web) & web.topic_names:
                lists.setdefault(node, []).append(block)
                break
    for node, inside in lists.items():
        links = [" ".join("".join(a.itertext()).split()) for a in node.iter("a")]
        links = [x for x in links if x]
        if inside and 0 < len(links) <= MOST_TOPICS and all(len(x) <= LONGEST_TOPIC for x in links):
            return split_tags(links)
    return []
