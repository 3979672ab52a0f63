"""The tree of a page → its blocks of text, in order, and what can be said of one block: its names, whether it is a caption or furniture.

Read before the report's place on the page is known (`html_body` finds it).
"""

import re
from functools import lru_cache
from typing import Any

from lxml import etree

from dateline.codebook.web import Web

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "li", "main", "menu", "nav",
    "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
})  # fmt: skip
LEFT_OUT = frozenset({
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "applet", "video", "audio", "canvas", "map", "button",
    "select", "option", "textarea", "input", "nav", "head", "dialog",
})  # fmt: skip
CELLS = frozenset({"td", "th"})
LONG_CELL = 80  # characters: above, a cell of a table is a part of a page's layout and stands by itself
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
NEVER_FURNITURE = HEADINGS | {"html", "body", "main", "tr", "tbody", "table"}
CAPTION_TAGS = frozenset({"figure", "figcaption"})
PAGE_TAGS = frozenset({"footer", "aside"})
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
WORDS_OF_A_NAME = re.compile(r"[a-z]+|[A-Z]+(?![a-z])|[A-Z][a-z]+")
LONG_WORD = 7  # letters of a name's word, above which it may be two written as one
CUT_SHORT = ("...", "…")
ENDS_A_SENTENCE = re.compile(r"[.!?…:。！？؟।।՞]['\"”’»«“)\]]*$")
NOT_SAID = re.compile("[\u00ad\u200b\u2060\ufeff]")  # soft hyphens and the like: marks for the printer, inside words
LETTERS = re.compile(r"\w+")
SHORTEST_RUNNING, LONG_LINE = 50, 90  # bytes: from here a line weighs as running text; from here it is a sentence without its mark
MOST_LINKED = 0.4  # of a block's characters: above, it is a list of links
LINK_ALONE, LEAST_UNLINKED = 0.6, 40  # a block of links with fewer characters beside them leads elsewhere
LONGEST_CREDITED, LONGEST_BESIDE = 320, 220  # characters of a caption: with a credit, and alone beside an image
BULLETS = " -–—*•►▶→»|(["
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
        if self.tag in HEADINGS or self.links > MOST_LINKED * len(self.text):
            return 0
        size = len(self.text.encode())
        return 0 if size < SHORTEST_RUNNING else (size - self.links) * (2 if self.tag == "p" else 1)


@lru_cache(maxsize=50_000)
def words_of_names(names: str, not_a_name: frozenset[str], inside: tuple[str, ...]) -> frozenset[str]:
    """The classes and their words, lower-cased; classes that say what an element has or lacks give no words.

    A long word that holds one of `inside` gives that too: builders also write `relatedposts` and `postmeta`.
    """
    found: set[str] = set()
    for name in names[:400].split():
        found.add(name.lower())
        words = [w.lower() for w in WORDS_OF_A_NAME.findall(name)]
        if words and (len(words) == 1 or words[0] not in not_a_name):
            found.update(words)
            found.update(part for w in words if len(w) > LONG_WORD for part in inside if part in w)
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


def is_furniture_line(block: Block, web: Web) -> bool:
    """Is the block a link to another story, or a line known from many pages?"""
    text, unlinked = block.text, len(block.text) - block.links
    if (
        block.links > LINK_ALONE * len(text)
        and unlinked < LEAST_UNLINKED
        and (block.tag != "p" or text.endswith(CUT_SHORT) or not ENDS_A_SENTENCE.search(text))
    ):
        return True
    folded = text[: web.lines.short + 1].casefold()
    if folded.strip(" .:!…►▶→»|-–—*[]()") in web.lines.whole:
        return True
    if len(text) > web.lines.short:
        return False
    return bool(web.lines.beginning.match(folded.lstrip(BULLETS))) or any(h in folded for h in web.lines.holds)


def is_sentence(block: Block) -> bool:
    """Does the block read as running text: long, or closed as a sentence is?"""
    return block.tag not in HEADINGS and (len(block.text.encode()) >= LONG_LINE or bool(ENDS_A_SENTENCE.search(block.text)))
