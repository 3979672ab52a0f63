"""The blocks of a page → those that are the report: body paragraphs, deck, captions. Own reading of the page's structure.

The report's place is the element that most of the page's running text stands in; inside it, blocks are left out that the page's builders
name as furniture, that lead to other stories, or that hold a line known from many pages (codebook, part `web`).
"""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from dateline.codebook.web import Web
from dateline.ingest.html_blocks import (
    CAPTION_TAGS,
    HEADINGS,
    PAGE_TAGS,
    Block,
    is_caption,
    is_furniture_line,
    is_page_furniture,
    is_sentence,
    key_of,
    letters_of,
    names_of,
)

# How much of the running text an element must hold for the search to go into it; how much a second part or the rest of the page must hold
# for a doubt; and how little a named part of the report must hold to be believed furniture: builders name whole pages "sidebar-grid".
SHARE_OF_ROOT = 0.7
SHARE_OF_SECOND, SHARE_OF_PAGE = 0.2, 0.8
MOST_FURNITURE = 0.3
MOST_PAGE_FURNITURE = 0.5
WEIGHT_OF_FURNITURE, WEIGHT_OF_UNSAID = 0.02, 0.1

LISTED = frozenset({"li", "tr"})
PARAGRAPHS = frozenset({"p", "li", "blockquote", "tr", "td", "dd", "pre", "span", "a", "b", "strong", "em", "font"})
SUBTITLES = frozenset({"h2", "h3"})
SHORTEST_DECK, LONGEST_DECK = 25, 700  # characters
SHORTEST_CAPTION = 12
MOST_LOOSE_ENDS = 3  # blocks
SHORTEST_REPEATED = 40  # letters: shorter lines recur in lists and tables with good reason
NEAR = 12  # blocks between a headline and its deck


def masses_of(blocks: Iterable[Block]) -> dict[Any, float]:
    """Element → the running text in it."""
    total: dict[Any, float] = {}
    for block in blocks:
        if block.mass:
            for node in block.path:
                total[node] = total.get(node, 0) + block.mass
    return total


def root_of(blocks: Sequence[Block], web: Web, *, said: str = "") -> Any | None:
    """The element that the report stands in: from the top, into the child that holds most running text, for as long as one holds most.

    `said` holds the letters (`letters_of`) of what another reader takes for the report; lines that it lacks then weigh a tenth.
    """
    raw = masses_of(blocks)
    if not raw:
        return None
    total = max(raw.values())
    weighed: dict[Any, float] = {}
    for block in blocks:
        weight = float(block.mass)
        if not weight:
            continue
        if any(is_page_furniture(n, web) and raw[n] < MOST_PAGE_FURNITURE * total for n in block.furniture):
            weight *= WEIGHT_OF_FURNITURE
        if said and key_of(block.text) not in said:
            weight *= WEIGHT_OF_UNSAID
        for node in block.path:
            weighed[node] = weighed.get(node, 0) + weight
    root = next(iter(weighed))
    while True:
        inner = max((child for child in root if child in weighed and child.tag not in PARAGRAPHS), key=lambda n: weighed[n], default=None)
        if inner is None or weighed[inner] < SHARE_OF_ROOT * weighed[root]:
            return with_paragraphs_beside(root, blocks)
        root = inner


def with_paragraphs_beside(root: Any, blocks: Sequence[Block]) -> Any:
    """The root, or the element around it where paragraphs of running text stand beside it: some pages fold away all but the first."""
    for _ in range(2):
        parent = root.getparent()
        beside = [
            b for b in blocks if b.tag == "p" and b.mass and len(b.path) > 1 and b.path[-2] is parent and not b.furniture and not b.links
        ]
        if parent is None or parent.tag in ("body", "html") or not beside:
            break
        root = parent
    return root


def is_divided(blocks: Sequence[Block], root: Any) -> bool:
    """Is it open where the report stands: two parts of `root` hold much of it, or the page holds as much outside?"""
    mass = masses_of(blocks)
    parts = sorted((mass[child] for child in root if child in mass and child.tag not in PARAGRAPHS), reverse=True)
    return (len(parts) > 1 and parts[1] >= SHARE_OF_SECOND * mass[root]) or mass[root] < SHARE_OF_PAGE * max(mass.values())


def body_of(blocks: Sequence[Block], root: Any, web: Web, *, headline: str = "") -> list[Block]:
    """The blocks of the report inside `root`: paragraphs, subheadings and list items, in order."""
    inside = [b for b in blocks if root in b.path]
    furniture = furniture_in(inside, root, web)
    kept = [b for b in inside if not in_furniture(b, furniture, web) and not is_furniture_line(b, web) and not is_caption(b, web)]
    return without_loose_ends(without_repeats(kept, headline))


def furniture_in(blocks: Sequence[Block], root: Any, web: Web) -> set[Any]:
    """The elements inside `root` that are named furniture, by names that do not hold a large part of the report on this page."""
    total, holds, named = 0, dict[str, int](), dict[Any, frozenset[str]]()
    for block in blocks:
        total += block.mass
        inner = block.path[block.path.index(root) + 1 :] if block.furniture else ()
        around = [n for n in block.furniture if n in inner]
        for node in around:
            if node not in named:
                named[node] = furniture_words(node, web)
        for word in frozenset[str]().union(*(named[n] for n in around)):
            holds[word] = holds.get(word, 0) + block.mass
    believed = {word for word, mass in holds.items() if mass < MOST_FURNITURE * total}
    return {node for node, words in named.items() if words & believed}


def furniture_words(node: Any, web: Web) -> frozenset[str]:
    """Why an element is taken for furniture: words of its names, or its tag."""
    words = names_of(node, web) & web.furniture_names.all
    return words | {node.tag} if node.tag in PAGE_TAGS or node.tag in CAPTION_TAGS else words


def in_furniture(block: Block, furniture: set[Any], web: Web) -> bool:
    """Is the block in furniture? Words quoted inside an embedded box (a post, a letter) are not."""
    around = [n for n in block.furniture if n in furniture]
    if around and any(n.tag == "blockquote" for n in block.path):
        return any(is_page_furniture(n, web) for n in around)
    return bool(around)


def without_repeats(blocks: Sequence[Block], headline: str) -> list[Block]:
    """Each line once, and not the headline's."""
    seen = {headline_key} if (headline_key := key_of(headline)) else set()
    kept: list[Block] = []
    for block in blocks:
        key = key_of(block.text)
        kicked = block.tag in HEADINGS and len(headline_key) > 12 and key_of(headline) in letters_of(block.text)
        if block.tag == "h1" or kicked or (key in seen and len(key) > SHORTEST_REPEATED):
            continue
        seen.add(key)
        kept.append(block)
    return kept


def without_loose_ends(blocks: Sequence[Block]) -> list[Block]:
    """Without the short lines before the first sentence and after the last, and without headings that nothing follows."""
    whole = [i for i, b in enumerate(blocks) if is_sentence(b)]
    if not whole:
        return list(blocks)
    middle = [
        b
        for i, b in enumerate(blocks)
        if whole[0] <= i <= whole[-1] or (i < whole[0] and b.tag in HEADINGS) or (i > whole[-1] and b.tag in LISTED)
    ]
    return [b for i, b in enumerate(middle) if b.tag not in HEADINGS or i + 1 < len(middle)]


def deck_of(blocks: Sequence[Block], body: Sequence[Block], web: Web, *, headline: str, descriptions: Sequence[str]) -> Block | None:
    """The standfirst: a sentence or two between headline and body that the page's data repeats or its builders name so.

    A first paragraph of the body that the description quotes is no standfirst; it stays in the body.
    """
    if not body:
        return None
    first = next((i for i, b in enumerate(blocks) if b is next((p for p in body if is_sentence(p)), body[0])), 0)
    titled = max((i for i, b in enumerate(blocks[:first]) if b.tag == "h1" or key_of(b.text) == key_of(headline)), default=-1)
    described = {key_of(d)[:40] for d in descriptions if len(d) >= SHORTEST_DECK}
    ending = first + 1 if is_named_deck(blocks[first], body, web) else first
    between = [
        b
        for b in blocks[max(titled + 1, ending - NEAR) : ending]
        if SHORTEST_DECK <= len(b.text) <= LONGEST_DECK and 3 * b.links < len(b.text)
    ]
    between = [b for b in between if not is_caption(b, web) and not is_furniture_line(b, web) and key_of(b.text) != key_of(headline)]
    by_data = (b for b in between if key_of(b.text)[:40] in described)
    by_name = (b for b in between if is_named_deck(b, body, web))
    by_tag = (b for b in between if b.tag in SUBTITLES and titled >= 0)
    return next(chain(by_data, by_name, by_tag), None)


def captions_of(blocks: Sequence[Block], body: Sequence[Block], root: Any, web: Web, *, headline: str) -> list[Block]:
    """The words of figures that stand in the report, between headline and the body's end, each once."""
    if not body:
        return []
    last = blocks.index(body[-1])
    titled = next((i for i, b in enumerate(blocks) if b.tag == "h1" or key_of(b.text) == key_of(headline)), blocks.index(body[0]))
    seen, found = {key_of(b.text) for b in body}, []
    for i, block in enumerate(blocks[titled : last + 3], titled):
        inside = root in block.path or i < last
        if (
            not inside
            or not is_caption(block, web)
            or not SHORTEST_CAPTION <= len(block.text) <= LONGEST_DECK
            or is_furniture_line(block, web)
        ):
            continue
        if any(names_of(n, web) & web.furniture_names.stories or n.tag in PAGE_TAGS for n in block.furniture) or key_of(block.text) in seen:
            continue
        seen.add(key_of(block.text))
        found.append(block)
    return found


def is_named_deck(block: Block, body: Sequence[Block], web: Web) -> bool:
    """Do the page's builders call the block's element, or one around it and no other paragraph of the body, a standfirst?"""
    others = [b for b in body if b is not block]
    if block.tag == "p" and any(b.tag == "p" and b.path[-2] is block.path[-2] for b in others):
        return False  # the first of several paragraphs is the report's beginning, whatever its name
    return any(names_of(n, web) & web.deck_names and not any(n in b.path for b in others) for n in block.path[-2:])
