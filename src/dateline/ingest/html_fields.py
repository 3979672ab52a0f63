"""The data of a page → the report's own fields: JSON-LD first, then meta, then marked elements. Each value says where it stands.

The words printed on the page are read elsewhere (`html_body`); here is what the page tells machines about itself.
"""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from dateline.codebook.web import Web
from dateline.ingest.html_instants import Instant, read_instant
from dateline.ingest.html_page import Datum, Page

ARTICLE_TYPES = re.compile(r"(?:Article|Posting|Report|Review|BlogPost)$")
URL = re.compile(r"https?://\S+")
IDENTIFIER = re.compile(r"[0-9a-f-]{24,}|\d+|[\w .-]+:.*|.*=.*|(?:[\w-]+\.){2,}[a-z]{2,}", re.I)
SPACES = re.compile(r"\s+")
MOST_TAGS, LONGEST_TAG = 40, 80
LONGEST_NAME, LONGEST_HEADLINE = 60, 500
Stated = tuple[Instant, str]  # an instant and where it stands


def plain(value: object) -> str:
    """A datum as one line of text: entities resolved (also those escaped twice), markup off, spaces folded."""
    text = html.unescape(html.unescape(value)) if isinstance(value, str) else ""
    return SPACES.sub(" ", re.sub(r"<[^<>]{0,200}>", "", text)).strip()


def folded(text: str) -> str:
    """Letters and digits alone, without case: two prints of one headline are equal."""
    return re.sub(r"\W+", "", text.replace("\u00ad", "").casefold())


# ── JSON-LD ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def types_of(node: dict[str, Any]) -> list[str]:
    """The node's types, without the vocabulary's address."""
    types = node.get("@type")
    return [str(t).rsplit("/", 1)[-1] for t in (types if isinstance(types, list) else [types])]


def article_of(page: Page) -> dict[str, Any]:
    """The JSON-LD node of the page's own report, {} when there is none: of those typed as articles, the one that the page's title names."""
    articles = [n for n in page.nodes if any(ARTICLE_TYPES.search(t) for t in types_of(n)) and ("headline" in n or "datePublished" in n)]
    title = page.meta("og:title", "twitter:title")
    named = folded(title.value) if title else ""
    for node in articles:
        headline = folded(plain(node.get("headline")))
        if headline and named and (headline in named or named in headline):
            return node
    return next((n for n in articles if "articleBody" in n), articles[0] if articles else {})


def texts_in(value: Any) -> Iterator[str]:
    """The texts of a JSON-LD value that may be a text, a node with a name, or a list of either."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            item = item.get("name") or item.get("@value") or f"{item.get('givenName') or ''} {item.get('familyName') or ''}"
        for text in item if isinstance(item, list) else [item]:
            if cleaned := plain(text):
                yield cleaned


# ── headline, outlet, address ───────────────────────────────────────────────────────────────────────────────────────


def headline_of(page: Page, article: dict[str, Any], headings: Sequence[str]) -> Datum | None:
    """The headline exactly as the page prints it: the heading that its data names, or else the data's own.

    `headings` are the h1 texts of the page in order.
    """
    stated = [Datum(value=plain(article["headline"]), source="json-ld:/headline")] if plain(article.get("headline")) else []
    stated += [
        Datum(value=plain(d.value), source=d.source)
        for n in ("og:title", "twitter:title", "dc.title", "title")
        for d in page.all_metas(n)[:1]
    ]
    title = page.tree.find(".//title")
    if title is not None and plain("".join(title.itertext())):
        stated.append(Datum(value=plain("".join(title.itertext())), source="title"))
    stated = [d for d in stated if len(d.value) <= LONGEST_HEADLINE]
    headings = [h for h in headings if len(h) <= LONGEST_HEADLINE]
    for datum in stated:
        for heading in headings:
            if folded(heading) and folded(heading) == folded(datum.value):
                return Datum(value=longer_spacing(heading, datum.value), source=datum.source)
    if stated and stated[0].source.startswith("json-ld"):
        return stated[0]
    for datum in stated:
        for heading in headings:
            if len(folded(heading)) > 12 and folded(heading) in folded(datum.value):
                return Datum(value=heading, source="h1")
    stated = [Datum(value=without_site(d.value, page), source=d.source) if d.source == "title" else d for d in stated]
    if len(headings) == 1 and all(d.source == "title" for d in stated):
        return Datum(value=headings[0], source="h1")
    return stated[0] if stated else Datum(value=headings[0], source="h1") if headings else None


def without_site(title: str, page: Page) -> str:
    """The title of a page without the site's name behind a bar, or behind a dash where the page's address holds it."""
    title = max(re.split(r"\s+[|•·]\s+", title), key=len)
    head, dash, tail = re.fullmatch(r"(.+?)(\s+[-–—]\s+|)((?:(?!\s[-–—]\s).)*)", title, re.S).groups()  # type: ignore[union-attr]
    outlet = outlet_of(page, {})
    known = folded((outlet.value if outlet else "") + (address.value.split("/")[2] if (address := address_of(page)) else ""))
    return head if dash and folded(tail) and folded(tail) in known else title


def longer_spacing(printed: str, stated: str) -> str:
    """Of two equal headlines the one without soft hyphens and without space before its colon."""
    return stated if "\u00ad" in printed or re.search(r"\s[:]", printed) else printed


def outlet_of(page: Page, article: dict[str, Any]) -> Datum | None:
    """The outlet's name."""
    if found := page.meta("og:site_name"):
        return Datum(value=plain(found.value), source=found.source)
    for name in texts_in(article.get("publisher")):
        return Datum(value=name, source="json-ld:/publisher")
    found = page.meta("application-name", "apple-mobile-web-app-title", "dc.publisher", "publisher", "copyright")
    return Datum(value=plain(found.value), source=found.source) if found and not URL.match(found.value) else None


def address_of(page: Page) -> Datum | None:
    """The page's own address: its canonical link, or what its data says."""
    for link in page.tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and URL.fullmatch((link.get("href") or "").strip()):
            return Datum(value=link.get("href").strip(), source="link:canonical")
    found = page.meta("og:url", "twitter:url")
    return found if found and URL.fullmatch(found.value) else None


def section_of(page: Page, article: dict[str, Any]) -> Datum | None:
    """The section that the report is filed under."""
    for name in texts_in(article.get("articleSection")):
        return Datum(value=name, source="json-ld:/articleSection")
    found = page.meta(
        "article:section", "og:article:section", "og:section", "articlesection", "section", "parsely-section", "prism.section", "dc.subject"
    )
    return Datum(value=plain(found.value), source=found.source) if found else None


def descriptions_of(page: Page, article: dict[str, Any]) -> list[Datum]:
    """What the page's data gives as its summary, in order of trust."""
    own = [
        Datum(value=plain(article.get(k)), source=f"json-ld:/{k}") for k in ("description", "alternativeHeadline") if plain(article.get(k))
    ]
    return own + [
        Datum(value=plain(d.value), source=d.source)
        for n in ("og:description", "description", "twitter:description")
        for d in page.all_metas(n)
    ]


# ── instants ────────────────────────────────────────────────────────────────────────────────────────────────────────

PUBLISHED_METAS = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "published_at", "publishdate", "pubdate", "publish-date",
    "published_time", "parsely-pub-date", "sailthru.date", "cxenseparse:publishtime", "cxenseparse:recs:publishtime", "article.published", "dc.date.issued",
    "dcterms.created", "dc.date.created", "dc.date", "dcterms.date", "date", "article:post_date", "rnews:datepublished", "citation_publication_date",
)  # fmt: skip
UPDATED_METAS = (
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "lastmod",
    "dcterms.modified",
    "article.updated",
)


def published_of(page: Page, article: dict[str, Any]) -> list[Stated]:
    """When the report was published, by the page's data, in order of trust."""
    return stated_instants(page, article, "datePublished", PUBLISHED_METAS)


def updated_of(page: Page, article: dict[str, Any]) -> list[Stated]:
    """When it was changed, by the page's data, in order of trust."""
    return stated_instants(page, article, "dateModified", UPDATED_METAS)


def stated_instants(page: Page, article: dict[str, Any], key: str, metas: Iterable[str]) -> list[Stated]:
    """Every instant that the data states for this key, in order of trust."""
    nodes = [
        article,
        *(n for n in page.nodes if n is not article and any(ARTICLE_TYPES.search(t) or t.endswith("Page") for t in types_of(n))),
    ]
    written = [(n.get(key), f"json-ld:/{key}") for n in nodes] + [(d.value, d.source) for m in metas for d in page.all_metas(m)]
    return [(instant, source) for value, source in written if (instant := read_instant(value))]


def first_exact(stated: Sequence[Stated]) -> Stated | None:
    """The first statement, or a more exact one that does not contradict it: with a clock where it has none, with a zone where it has none."""
    if not stated:
        return None
    first = stated[0][0]
    if first.has_zone:
        return stated[0]
    for instant, source in stated[1:]:
        same_day = instant.value[:10] == first.value[:10]
        if instant.has_zone and (same_day if first.precision == "day" else abs(instant.moment - first.moment) <= timedelta(hours=14)):
            return instant, source
    if first.precision == "day":
        return next((s for s in stated if s[0].precision == "minute" and s[0].value[:10] == first.value), stated[0])
    return stated[0]


def timed_elements(page: Page) -> list[Stated]:
    """The instants of the page's `time` elements and of elements marked `datePublished`, from its first headline on; none of an update."""
    found: list[Stated] = []
    titled = page.tree.find(".//h1") is None
    for node in page.tree.iter("h1", "time", "span", "div", "p", "abbr"):
        titled = titled or node.tag == "h1"
        marked = node.get("itemprop") or ""
        if (
            not (marked == "datePublished" or (node.tag == "time" and titled))
            or "update" in (node.get("class") or "").lower()
            or marked == "dateModified"
        ):
            continue
        if instant := read_instant(node.get("datetime") or node.get("content")):
            found.append((instant, f"{node.tag}:{'datetime' if node.get('datetime') else 'content'}"))
        if len(found) == 3:
            break
    return found[:1]


# ── authors ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def authors_of(page: Page, article: dict[str, Any], web: Web) -> tuple[list[str], str]:
    """The names in the page's data that sign the report, and where they stand; ([], "") when none does."""
    for key in ("author", "creator"):
        names = names_in(texts_in(resolved(article.get(key), page.nodes)), web)
        if names:
            return names, f"json-ld:/{key}"
    for meta in (
        "author",
        "article:author",
        "og:article:author",
        "byl",
        "parsely-author",
        "cxenseparse:author",
        "dc.creator",
        "dcterms.creator",
        "sailthru.author",
    ):
        names = names_in((plain(d.value) for d in page.all_metas(meta)), web)
        if names:
            return names, f"meta:{meta}"
    for node in page.nodes:
        if any(ARTICLE_TYPES.search(t) for t in types_of(node)) and (
            names := names_in(texts_in(resolved(node.get("author"), page.nodes)), web)
        ):
            return names, "json-ld:/author"
    return [], ""


def resolved(value: Any, nodes: Sequence[dict[str, Any]]) -> Any:
    """A JSON-LD value with references (`@id`) to nodes of the page replaced by the nodes."""
    named = {str(n["@id"]): n for n in nodes if "@id" in n and "name" in n}
    items = value if isinstance(value, list) else [value]
    return [named.get(str(v.get("@id")), v) if isinstance(v, dict) and "name" not in v else v for v in items]


def names_in(lines: Iterable[str], web: Web) -> list[str]:
    """The names in lines of authors: split where names are joined, without what stands around names."""
    found: dict[str, str] = {}
    for line in lines:
        for part in split_names(line, web):
            found.setdefault(part.casefold(), part)
    return list(found.values())


def split_names(line: str, web: Web) -> list[str]:
    """The names in one line: "By A, B and C" → A, B, C; "A, reporter in Rome" → A."""
    line = re.sub(r"\s*\([^()]{1,40}\)|https?://\S+|\S+@\S+", "", line).strip()
    line = web.byline_start.sub("", line)
    parts = [without_end(p.strip(" ,;|-–—:\u00a0"), web) for p in web.name_joint.split(line)]
    names = [p for p in parts if is_name(p)]
    return (
        names[:1]
        if len(names) < len(parts) and names and parts[0] == names[0] and not any(p[:1].isupper() and " " in p for p in names[1:])
        else names
    )


def without_end(part: str, web: Web) -> str:
    """A part of a signature without the place or day behind its name ("Ann Bell in Rome"); a role ("editor at large") stays whole."""
    name = web.name_end.sub("", part)
    return name if name and name.split()[-1][:1].isupper() else part


def is_name(text: str) -> bool:
    """Could this be a name: a few words, not a sentence, an address or a number?"""
    return (
        bool(text)
        and len(text) <= LONGEST_NAME
        and len(text.split()) <= 5
        and any(c.isalpha() for c in text)
        and not re.search(r"[/@<>{}=]|\d{3}", text)
    )


# ── tags ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def tags_of(page: Page, article: dict[str, Any]) -> list[Datum]:
    """The topics under which the data files the report: those of the most trusted place that names any, each once.

    A later place that holds all of them and more is taken instead. Lists that name the outlet itself describe the outlet.
    """
    outlet = outlet_of(page, article)
    chosen: list[Datum] = []
    for source, written in tag_sources(page, article):
        tags = split_tags(written)
        names = {t.casefold() for t in tags}
        if not tags or (
            source.endswith("keywords") and source.startswith("meta") and outlet and len(tags) > 1 and describes(outlet.value, tags)
        ):
            continue
        if not chosen or (len(names) > len(chosen) and all(t.value.casefold() in names for t in chosen)):
            chosen = [Datum(value=t, source=source) for t in tags]
    return chosen


def tag_sources(page: Page, article: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Where pages keep topics, in order of trust."""
    yield "json-ld:/keywords", list(texts_in(article.get("keywords")))
    for meta in ("article:tag", "og:article:tag", "news_keywords", "keywords", "parsely-tags", "og:tags", "classification-tags", "tags"):
        yield f"meta:{meta}", [plain(d.value) for d in page.all_metas(meta)]
    yield "link:tag", [plain("".join(a.itertext())) for a in page.tree.iter("a") if "tag" in (a.get("rel") or "").split()]


def describes(outlet: str, tags: Sequence[str]) -> bool:
    """Do these keywords hold the outlet's own name?"""
    name = folded(outlet)
    return any(name in folded(t) or (len(folded(t)) > 3 and folded(t) in name) for t in tags if len(folded(t)) > 1)


def split_tags(written: Iterable[str]) -> list[str]:
    """Tags from lists and from lines joined by commas or semicolons; identifiers, settings and addresses left out."""
    found: dict[str, str] = {}
    for line in written:
        for tag in re.split(r"[,;|、،]", line):
            tag = tag.strip(" #\t'\"")
            if tag and len(tag) <= LONGEST_TAG and not IDENTIFIER.fullmatch(tag):
                found.setdefault(tag.casefold(), tag)
    return list(found.values())[:MOST_TAGS]
