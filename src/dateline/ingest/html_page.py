"""The bytes of a web page → its tree and its data (JSON-LD, meta, link). The first step of reading HTML; nothing is fetched.

Every step is linear in the size of the page, and sizes are bounded, so that a hostile page costs seconds at most.
"""

import codecs
import html
import json
import re
from collections.abc import Iterator
from typing import Any

import charset_normalizer
from lxml import etree

from dateline.errors import ReportError
from dateline.records import Base

MOST_MARKUP = 12_000_000  # characters of a page once its scripts and styles are off; news pages stay below a tenth of it
MOST_DATA = 2_000_000  # characters of one JSON-LD block
DEEPEST = 200  # levels of elements below which text is no longer told apart

DECLARED = re.compile(rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.I)
# Browsers read these names as the wider set; so do we, or quotation marks turn into control characters.
READ_AS = {
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
    "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932",
    "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "big5": "big5hkscs",
}  # fmt: skip
LONG_TAG = re.compile(r"<([A-Za-z][\w:-]{0,40})\b[^<>]{50000,}>")  # a parser may take the square of the number of a tag's attributes
CONTROLS = re.compile("[\0-\x08\x0e-\x1f]")
MOST_CONTROLS = 0.02  # as a share of the characters: above, the bytes are no text
NOT_TEXT = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
ARTICLE_DATA_LIMIT = 2_000  # nodes of JSON-LD looked at


MIXED = "dateline.mixed"


def _as_western(fault: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8, inside a page that is: old parts of it, read as Windows-1252."""
    if not isinstance(fault, UnicodeDecodeError):
        raise fault
    return fault.object[fault.start : fault.end].decode("cp1252", errors="replace"), fault.end


codecs.register_error(MIXED, _as_western)


class Datum(Base, frozen=True, kw_only=True):
    """One value of the page's data and where it stands there, as a record's `from` says it."""

    value: str
    source: str


class Page:
    """A parsed page: its characters without scripts, its tree, its meta values in order of the page, and the nodes of its JSON-LD."""

    def __init__(self, tree: Any, text: str) -> None:
        self.tree = tree
        self.text, self.markup = text, len(text)
        self.metas = metas_of(tree)
        self.nodes = list(nodes_of(tree))

    @property
    def language(self) -> str | None:
        """The language that the page names for itself, two letters; pages are often wrong about it."""
        named = (self.tree.get("lang") or self.tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "")[:2].lower()
        return named if named.isalpha() else None

    def meta(self, *names: str) -> Datum | None:
        """The first meta of the first of these names that holds something."""
        return next((found[0] for name in names if (found := self.metas.get(name))), None)

    def all_metas(self, name: str) -> list[Datum]:
        """Every meta of this name, in order of the page."""
        return self.metas.get(name, [])


def open_page(raw: bytes, *, charset: str | None = None) -> Page:
    """Decode and parse. `charset` is what the transport said. Raises ReportError where there is no page to read."""
    written = decode(raw, charset=charset)
    if len(CONTROLS.findall(written[:200_000])) > MOST_CONTROLS * len(written[:200_000]):
        raise ReportError("the bytes are no text: a page in HTML is expected")
    text = LONG_TAG.sub(r"<\1>", without_scripts(written))
    if len(text) > MOST_MARKUP:
        raise ReportError(f"the page has {len(text):,} characters of markup; at most {MOST_MARKUP:,} are read")
    if not text.strip():
        raise ReportError("the page is empty")
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    tree = etree.fromstring(text.encode("utf-8"), parser)
    if tree is None:
        raise ReportError("there is no HTML in it")
    flatten_depths(tree)
    return Page(tree, text)


def decode(raw: bytes, *, charset: str | None = None) -> str:
    """The page's characters: byte-order mark, strict UTF-8, what transport or page declare, then a guess; never an error."""
    for mark, name in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if raw.startswith(mark):
            return raw.decode(name, errors="replace")
    named = DECLARED.search(raw[:8192])
    names = [n.lower() for n in (charset, named and named[1].decode("ascii")) if n]
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        if "utf-8" in names or "utf8" in names:
            return raw.decode("utf-8", errors=MIXED)
    for name in names:
        if text := _decoded(raw, READ_AS.get(name, name)):
            return text
    guess = charset_normalizer.from_bytes(raw[:65_536]).best()
    return raw.decode(guess.encoding if guess else "cp1252", errors="replace")


def _decoded(raw: bytes, name: str) -> str | None:
    try:
        codec = codecs.lookup(name)
    except LookupError:
        return None
    # A page that says hex or zip is not talking about characters.
    return raw.decode(codec.name, errors="replace") if getattr(codec, "_is_text_encoding", True) else None


def without_scripts(text: str) -> str:
    """The page without scripts (JSON-LD excepted), styles, and characters that no text holds. Linear also where tags never close."""
    kept, at, lower = list[str](), 0, text.lower()
    if len(lower) != len(text):  # a few letters change their length when lowered; then only ASCII is folded
        lower = text.translate({c: c + 32 for c in range(65, 91)})
    for opening in re.finditer(r"<(script|style)\b", lower):
        if opening.start() < at:
            continue
        ends = lower.find(">", opening.end(), opening.end() + 20_000)
        if ends >= 0 and "ld+json" in lower[opening.end() : ends]:
            continue
        closing = lower.find("</" + opening[1], opening.end())
        kept.append(text[at : opening.start()])
        at = len(text) if closing < 0 else (lower.find(">", closing) + 1 or len(text))
        if closing < 0:
            break
    kept.append(text[at:])
    return NOT_TEXT.sub("", "".join(kept))


def flatten_depths(tree: Any) -> None:
    """Cut what lies deeper than DEEPEST levels down to its text: later steps may recurse."""
    depth, deep = 0, []
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if event == "end" and depth == DEEPEST and len(node):
            deep.append(node)
    for node in deep:
        words = " ".join(node.itertext())
        for child in list(node):
            node.remove(child)
        node.text = words


def metas_of(tree: Any) -> dict[str, list[Datum]]:
    """Lower-cased name, property or itemprop of each meta → its values."""
    found: dict[str, list[Datum]] = {}
    for node in tree.iter("meta"):
        content = (node.get("content") or "").strip()
        if not content or len(content) > 20_000:
            continue
        for key in dict.fromkeys((node.get("property") or node.get("name") or node.get("itemprop") or "").lower().split()):
            found.setdefault(key, []).append(Datum(value=html.unescape(content), source=f"meta:{key}"))
    return found


def nodes_of(tree: Any) -> Iterator[dict[str, Any]]:
    """Every node of the page's JSON-LD that has a type, outer nodes first; broken blocks are mended or passed over."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        yield from _typed_nodes(_read_json("".join(script.itertext())))


def _typed_nodes(data: Any) -> Iterator[dict[str, Any]]:
    queue, seen = [data], 0
    while queue and seen < ARTICLE_DATA_LIMIT:
        item, seen = queue.pop(0), seen + 1
        if isinstance(item, list):
            queue = item[:200] + queue
        elif isinstance(item, dict):
            if "@type" in item:
                yield item
            queue += [v for k, v in item.items() if k in ("@graph", "mainEntity", "mainEntityOfPage", "subjectOf", "hasPart")]


def _read_json(text: str) -> Any:
    if len(text) > MOST_DATA:
        return None
    text = re.sub(
        r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|(?://\s*)?\]\]>|/\*\s*\]\]>\s*\*/)\s*;?\s*$", "", text
    )
    for candidate in (text, _mended(text)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _mended(text: str) -> str:
    """The two faults seen most: a comma before a closing bracket, and a semicolon after the last."""
    return re.sub(r",(\s{0,40}[}\]])", r"\1", text.strip().rstrip(";"))
