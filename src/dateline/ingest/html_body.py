"""The tree of a page → the blocks of text that are the report: deck, body paragraphs, captions. Own reading of the page's structure.

A page is cut into blocks. The report's place is the element that most of its running text stands in; inside it, blocks are left out that the
page's builders name as furniture, that are links to other stories, or that hold a line known from many pages (codebook, part `web`).
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from lxml import etree

from dateline.codebook.web import Web

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
LEFT_OUT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "applet",
        "video",
        "audio",
        "canvas",
        "map",
        "button",
        "select",
        "option",
        "textarea",
        "input",
        "nav",
        "head",
        "dialog",
    ]
)
LISTED = frozenset({"li", "tr"})
PARAGRAPHS = frozenset({"p", "li", "blockquote", "tr", "td", "dd", "pre", "span", "a", "b", "strong", "em", "font"})
CELLS = frozenset({"td", "th"})
LONG_CELL = 80  # characters: above, a cell of a table is a part of a page's layout and stands by itself
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
NEVER_FURNITURE = HEADINGS | {"html", "body", "main", "tr", "tbody", "table"}
CAPTION_TAGS = frozenset({"figure", "figcaption"})
PAGE_TAGS = frozenset({"footer", "aside"})
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
WORDS_OF_A_NAME = re.compile(r"[a-z]+|[A-Z]+(?![a-z])|[A-Z][a-z]+")
CUT_SHORT = ("...", "…")
ENDS_A_SENTENCE = re.compile(r"[.!?…:。！？؟।।՞]['\"”’»«“)\]]*$")
NOT_SAID = re.compile("[\u00ad\u200b\u2060\ufeff]")  # soft hyphens and the like: marks for the printer, inside words
LETTERS = re.compile(r"\w+")

# How much of the running text an element must hold for the search to go into it, and how little a named part of
# the report must hold to be believed furniture: builders name whole pages "sidebar-grid" and whole reports "post-author".
SHARE_OF_ROOT = 0.7
SHARE_OF_SECOND, SHARE_OF_PAGE = 0.2, 0.6
MOST_FURNITURE = 0.3
MOST_PAGE_FURNITURE = 0.5

SUBTITLES = frozenset({"h2", "h3"})
SHORTEST_DECK, LONGEST_DECK = 25, 700  # characters
SHORTEST_CAPTION = 12
MOST_LOOSE_ENDS = 3
SHORTEST_REPEATED = 40  # letters: shorter lines recur in lists and tables with good reason
LONGEST_CREDITED, LONGEST_BESIDE = 320, 220
OPENING_MARKS = "“\"„«»‘'"


class Block:
    """One stretch of text between block elements, with the elements around it, the outermost first."""

    __slots__ = ("furniture", "links", "mass", "path", "tag", "text")

    def __init__(self, text: str, links: int, path: tuple[Any, ...], furniture: tuple[Any, ...]) -> None:
        self.text, self.links, self.path, self.furniture = text, min(links, len(text)), path, furniture
        self.tag: str = next((n.tag for n in reversed(path) if n.tag in BLOCKS), "body")
        self.mass = self._mass()

    def _mass(self) -> int:
        """Weight as running text: its bytes outside links; nothing for headings, short lines and lists of links."""
        if self.tag in HEADINGS or self.links > 0.4 * len(self.text):
            return 0
        size = len(self.text.encode())
        return 0 if size < 50 else (size - self.links) * (2 if self.tag == "p" else 1)


@lru_cache(maxsize=50_000)
def words_of_names(names: str, not_a_name: frozenset[str], inside: tuple[str, ...]) -> frozenset[str]:
    """The words in a class or id attribute, lower-cased; classes that say what an element has or lacks give none.

    A long word that holds one of `inside` gives that too: builders also write `relatedposts` and `postmeta`.
    """
    found: set[str] = set()
    for name in names[:400].split():
        words = [w.lower() for w in WORDS_OF_A_NAME.findall(name)]
        if words and (len(words) == 1 or words[0] not in not_a_name):
            found.update(words)
            found.update(part for w in words if len(w) > 7 for part in inside if part in w)
    return frozenset(found)


def names_of(node: Any, web: Web) -> frozenset[str]:
    """The words that the page's builders call this element by."""
    names = f"{node.get('class') or ''} {node.get('id') or ''}"
    return words_of_names(names, web.not_a_name, web.furniture_names.inside) if len(names) > 1 else frozenset()


def blocks_of(tree: Any, web: Web) -> list[Block]:
    """Every block of text of the page, in order. Linear in the size of the page."""
    found: list[Block] = []
    stack: list[Any] = []
    furniture: list[Any] = []
    words: list[str] = []
    links = in_link = 0
    broken = False

    def close() -> None:
        nonlocal links, broken
        if words and (text := " ".join(NOT_SAID.sub("", "".join(words)).split())):
            found.append(Block(text, links, tuple(stack), tuple(furniture)))
        words.clear()
        links, broken = 0, False

    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, node in walk:
        tag = node.tag
        if event == "start":
            if tag in BLOCKS:
                close()
            stack.append(node)
            in_link += tag == "a"
            if tag in LEFT_OUT or node.get("hidden") is not None or HIDDEN.search(node.get("style") or ""):
                walk.skip_subtree()
                continue
            if tag in PAGE_TAGS or tag in CAPTION_TAGS or (tag not in NEVER_FURNITURE and names_of(node, web) & web.furniture_names.all):
                furniture.append(node)
            if tag == "br":
                if broken and words:
                    close()
                broken = True
                words.append(" ")
            words_here = node.text
        else:
            if tag in BLOCKS or (tag in CELLS and sum(map(len, words)) > LONG_CELL):
                close()
            elif tag in CELLS:
                words.append(" ")
            if furniture and furniture[-1] is node:
                furniture.pop()
            stack.pop()
            in_link -= tag == "a"
            words_here = node.tail
        if words_here:
            words.append(words_here)
            links += len(words_here) if in_link else 0
            broken = broken and not words_here.strip()
    close()
    return found


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
            weight *= 0.02
        if said and key_of(block.text) not in said:
            weight *= 0.1
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


def is_page_furniture(node: Any, web: Web) -> bool:
    """Does this element belong to the page around any report?"""
    return node.tag in PAGE_TAGS or node.tag in CAPTION_TAGS or bool(names_of(node, web) & web.furniture_names.page)


def is_caption(block: Block, web: Web) -> bool:
    """Does this block stand in a figure or an element named as a caption, alone beside an image, or does it end in a credit as pictures' words do?"""
    if any(n.tag in CAPTION_TAGS or names_of(n, web) & web.furniture_names.caption for n in block.furniture):
        return True
    return len(block.text) <= LONGEST_CREDITED and (bool(web.credit.search(block.text)) or is_alone_beside_image(block))


def is_alone_beside_image(block: Block) -> bool:
    """Is the block the only text of an element that holds an image outside the block's own element?"""
    if block.tag in HEADINGS or block.links or len(block.path) < 3 or len(block.text) > LONGEST_BESIDE or block.text[0] in OPENING_MARKS:
        return False
    own, around = block.path[-1], block.path[-2]
    if around.tag in ("body", "article", "main") or len(around) > 6 or not any(c is not own and has_image(c) for c in around):
        return False
    return len(letters_of("".join(around.itertext()))) <= 1.2 * len(letters_of(block.text))


def has_image(node: Any) -> bool:
    """Is the element an image, or does it hold one?"""
    return node.tag in ("img", "picture") or node.find(".//img") is not None


def key_of(text: str) -> str:
    """The beginning of a line without case, spaces and punctuation: two prints of one line have the same."""
    return letters_of(text[:200])[:80]


def letters_of(text: str) -> str:
    """A text without case, spaces and punctuation."""
    return "".join(LETTERS.findall(text.casefold()))


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


def is_furniture_line(block: Block, web: Web) -> bool:
    """Is the block a link to another story, or a line known from many pages?"""
    text, unlinked = block.text, len(block.text) - block.links
    if (
        block.links > 0.6 * len(text)
        and unlinked < 40
        and (block.tag != "p" or text.endswith(CUT_SHORT) or not ENDS_A_SENTENCE.search(text))
    ):
        return True
    folded = text[: web.lines.short + 1].casefold()
    if folded.strip(" .:!…►▶→»|-–—*[]()") in web.lines.whole:
        return True
    return len(text) <= web.lines.short and (
        folded.lstrip(" -–—*•►→»|([").startswith(web.lines.begins) or any(h in folded for h in web.lines.holds)
    )


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


def is_sentence(block: Block) -> bool:
    """Does the block read as running text: long, or closed as a sentence is?"""
    return block.tag not in HEADINGS and (len(block.text.encode()) >= 90 or bool(ENDS_A_SENTENCE.search(block.text)))


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
        for b in blocks[max(titled + 1, ending - 12) : ending]
        if SHORTEST_DECK <= len(b.text) <= LONGEST_DECK and 3 * b.links < len(b.text)
    ]
    between = [b for b in between if not is_caption(b, web) and not is_furniture_line(b, web) and key_of(b.text) != key_of(headline)]
    for told in (
        lambda b: key_of(b.text)[:40] in described,
        lambda b: is_named_deck(b, body, web),
        lambda b: b.tag in SUBTITLES and titled >= 0,
    ):
        if found := next((b for b in between if told(b)), None):
            return found
    return None


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
