"""The record task: a whole record against a report labelled item by item. One function a section; the same figures as the shared scorer.

GOLD is one worked report (JSON, its text in the file that `meta.source` names, beside it) or JSONL with the text in each row.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from dateline.evaluate.base import Line, Row
from dateline.ingest.report import make_report
from dateline.ingest.text import fields_of_text
from dateline.pipeline import read_record, with_language
from dateline.records import Value

WORD = re.compile(r"\w+(?:['’]\w+)*")
OPERATORS_ALIKE = {"=", "ordinal"}
CHECK_SLACK, CHECK_TIMES = 60, 3  # characters more, and times as many, that a check may point at than the gold does

Verdicts = Iterator[tuple[str, str, bool, str]]  # tier, id, met, note


def predict(gold: Path, line: Line) -> Iterator[Row]:
    """Records of the gold's reports, coded as `dateline code` would code a corpus with a `published` column."""
    for row in read_gold(gold):
        fields = fields_of_text(row["text"], line.codebook)
        if fields.published is None and row.get("dct"):
            fields = replace(fields, published=Value(value=row["dct"], source="column:dct", by="column"))
        name = str(row.get("id", gold.name))
        report = make_report(raw=row["text"].encode(), text=row["text"], fields=fields, read_from=name, identity=name)
        yield msgspec.to_builtins(read_record(with_language(report), line.codebook, line.analyser))


def score(gold: Path, rows: list[Row], **_: str) -> dict[str, Any]:
    """Items met and asked for by section and tier, the parts of an item, and the totals."""
    records = {r.get("text_sha256"): r for r in rows}
    table: Counter[tuple[str, bool]] = Counter()
    parts: Counter[str] = Counter()
    missed, missing = [], 0
    for row in read_gold(gold):
        record = records.get(hashlib.sha256(row["text"].encode()).hexdigest())
        missing += record is None
        sheet = Sheet(row, record or {}, parts)
        for section, judge in SECTIONS.items():
            for tier, item, met, note in judge(sheet):
                table[f"{section}.{tier}", met] += 1
                if not met:
                    missed.append(f"{row.get('id', '')} {section} {tier} {item}: {note}")
    keys = sorted({key for key, _ in table})
    sections = {key: [table[key, True], table[key, True] + table[key, False]] for key in keys}
    total = {t: [sum(v[i] for k, v in sections.items() if k.endswith("." + t)) for i in (0, 1)] for t in ("must", "should", "stretch")}
    return {"sections": sections, "total": total, "parts": dict(sorted(parts.items())), "records missing": missing, "missed": missed}


def read_gold(gold: Path) -> list[Row]:
    """The labelled reports of a file, each with its text."""
    raw = gold.read_text(encoding="utf8")
    try:
        row = json.loads(raw)
    except json.JSONDecodeError:
        return [json.loads(line) for line in raw.split("\n") if line.strip()]
    if not row.get("text"):
        with gold.with_name(row["meta"]["source"]).open(encoding="utf8", newline="") as source:
            row["text"] = source.read()
    return [row]


class Sheet:
    """One labelled report beside its record, with what several sections share."""

    def __init__(self, gold: Row, record: Row, parts: Counter[str]) -> None:
        self.gold, self.record, self.parts = gold, record, parts
        self.text: str = gold["text"]
        self.report: Row = record.get("report") or {}
        self.names = {e["id"]: e["norm"] for e in gold.get("entities", []) if isinstance(e, dict)}
        self.statements, self.events = listed(record.get("statements")), listed(record.get("events"))
        self.triggers = [self.tokens(g["trigger"]) for g in gold.get("events", [])]
        self.events_found: set[int] = set()

    def tokens(self, spans: Any) -> set[int]:
        """Where the words inside one span or several begin."""
        spans = [s for s in listed(spans) if s and s.get("start") is not None]
        return {m.start() + s["start"] for s in spans for m in WORD.finditer(self.text[s["start"] : s["end"]])}

    def words(self, span: Row) -> str:
        """The characters of a span."""
        return self.text[span["start"] : span["end"]]

    def name(self, key: Any) -> Any:
        """An entity's normal name; anything else as it is."""
        return self.names.get(key, key)


def article(sheet: Sheet) -> Verdicts:
    """The report's own fields."""
    for g in sheet.gold.get("article", []):
        yield tier(g), g["id"], article_met(sheet, g), g["field"]


def article_met(sheet: Sheet, g: Row) -> bool:
    """Whether one field of the gold is met."""
    field, report = g["field"], sheet.report
    if field.startswith("body_p"):
        body, n = listed(report.get("body")), int(field[6:]) - 1
        return n < len(body) and sheet.tokens(body[n].get("span")) == sheet.tokens(g["span"])
    if field.startswith("tag_"):
        return any(fold(t.get("value", "")).lstrip("#") == fold(g["value"]) for t in listed(report.get("tags")))
    if field in ("caption", "caption_duplicate"):
        captions = listed(report.get("captions"))
        spans = [c.get("span") for c in captions] + [s for c in captions for s in listed(c.get("duplicates"))]
        return any(s and sheet.tokens(s) == sheet.tokens(g["span"]) for s in spans)
    if field.startswith("weekday_"):
        return fold((report.get(field[8:]) or {}).get("weekday") or "") == fold(g["value"])
    mine = report.get(field)
    value = mine.get("value") if isinstance(mine, dict) else mine
    if g["value"] is None or value is None:
        return g["value"] is None and value is None
    same = fold(value) == fold(g["value"]) or (field in ("published", "updated") and fold(value).startswith(fold(g["value"])))
    if same and (g.get("span") or {}).get("text") and isinstance(mine, dict) and mine.get("span"):
        return bool(sheet.tokens(mine["span"]) & sheet.tokens(g["span"]))
    return same


def entities(sheet: Sheet) -> Verdicts:
    """Actors and places: a mention with the same tokens under a name that agrees."""
    places = [dict(p, mentions=[p["span"]]) for p in listed(sheet.record.get("places")) if p.get("span")]
    things = [(t.get("name"), [sheet.tokens(m) for m in listed(t.get("mentions"))]) for t in listed(sheet.record.get("actors")) + places]
    for g in sheet.gold.get("entities", []):
        wanted = [sheet.tokens(m) for m in g["mentions"]]
        met = any(names_agree(name, g["norm"]) and any(m in wanted for m in mentions) for name, mentions in things)
        yield tier(g), g["id"], met, g["norm"]


def statements(sheet: Sheet) -> Verdicts:
    """Statements and, after them, their chains."""
    gold, matched = sheet.gold.get("statements", []), match_statements(sheet)
    for i, g in enumerate(gold):
        mine = matched.get(i)
        who, speaker = sheet.name(g.get("speaker")), ((mine or {}).get("speaker") or {}).get("name")
        kind = mine is not None and (mine.get("kind") == g["kind"] or g["kind"] not in ("direct", "mixed", "indirect"))
        said = mine is not None and (speaker is None if not who else speaker is not None and names_agree(speaker, who))
        sheet.parts.update(
            {"statements found": mine is not None, "statement kind": kind, "statement speaker": said, "statements of gold": 1}
        )
        note = "not found" if mine is None else f"kind {mine.get('kind')}, speaker {speaker}"
        yield tier(g), g["id"], kind and said, note
    sheet.parts.update({"statements of record": len(sheet.statements), "statements matched": len(matched)})


def match_statements(sheet: Sheet) -> dict[int, Row]:
    """Gold statement → the record's, by overlap of content (Jaccard at least .5), the best pairs first."""
    contents = [sheet.tokens(m.get("content") or []) for m in sheet.statements]
    pairs = []
    for i, g in enumerate(sheet.gold.get("statements", [])):
        wanted = sheet.tokens(g["content"])
        pairs += [(len(wanted & c) / len(wanted | c), -i, -j) for j, c in enumerate(contents) if wanted | c]
    matched: dict[int, Row] = {}
    used: set[int] = set()
    for overlap, i, j in sorted(pairs, reverse=True):
        if overlap >= 0.5 and -i not in matched and -j not in used:
            matched[-i] = sheet.statements[-j]
            used.add(-j)
    return matched


def chains(sheet: Sheet) -> Verdicts:
    """The links that the gold names, in order, and none that it lacks."""
    matched = match_statements(sheet)
    own = [v["value"] for f in ("agency", "outlet") if isinstance(v := sheet.report.get(f), dict)]
    for i, g in enumerate(sheet.gold.get("statements", [])):
        given = [x for x in listed(g.get("chain") or g.get("source_chain")) if isinstance(x, str) and "(" not in x and "@" not in x]
        links = [[sheet.name(y) for y in x.split("|")] for x in given]
        if not links:
            continue
        mine = matched.get(i)
        sheet.parts["chains"] += mine is not None
        have = [c["name"] for c in listed((mine or {}).get("chain")) if c.get("name")]
        reached, invented = follow(have, links, own)
        sheet.parts["chains with an invented link"] += bool(invented)
        if len(links) > 1:
            yield "should", g["id"], reached == len(links) and not invented, f"{links} vs {have}"


def follow(have: list[str], links: list[list[str]], own: list[str]) -> tuple[int, list[str]]:
    """How far a chain follows the gold's links, and which of its links the gold lacks."""
    reached, invented = 0, []
    for name in have:
        if reached < len(links) and any(names_agree(name, x) for x in links[reached]):
            reached += 1
        elif not any(names_agree(name, x) for link in links for x in link) and not any(names_agree(name, o) for o in own):
            invented.append(name)
    return reached, invented


def events(sheet: Sheet) -> Verdicts:
    """Events: found by trigger or by sentence and type; then novelty, status, interval, actor and type."""
    gold, parts = sheet.gold.get("events", []), sheet.parts
    for g, trigger in zip(gold, sheet.triggers, strict=True):
        dated = bool((g.get("when") or {}).get("start") or (g.get("when") or {}).get("end"))
        best = best_event(sheet, g, trigger)
        met, note = False, "not found"
        if best:
            index, judged = best
            sheet.events_found.add(index)
            parts.update("event " + part for part, ok in judged.items() if ok)
            parts.update({"events found": 1, "when of dated" if dated else "when of undated": judged["when"], "dated events found": dated})
            met, note = all(judged.values()), ", ".join(part for part, ok in judged.items() if not ok) or "ok"
        parts.update({"events of gold": 1, "dated events of gold": dated})
        yield tier(g), g["id"], met, note
    actual = [j for j, e in enumerate(sheet.events) if e.get("status", "actual") == "actual"]
    parts.update({"events of record": len(actual), "events matched": sum(j in sheet.events_found for j in actual)})


def best_event(sheet: Sheet, g: Row, trigger: set[int]) -> tuple[int, dict[str, bool]] | None:
    """The record's event that meets most parts of a gold event, among those not yet taken."""
    kind, best = g.get("type", g.get("plover")), None
    kinds = re.split(r"\W+", kind) if kind else []
    for j, e in enumerate(sheet.events):
        mine = sheet.tokens(e.get("trigger"))
        near = mine & trigger or (g.get("span") and mine and mine <= sheet.tokens(g["span"]) and e.get("type") in kinds)
        if near and j not in sheet.events_found:
            judged = judge_event(sheet, g, e, kinds)
            if best is None or sum(judged.values()) > sum(best[1].values()):
                best = j, judged
    return best


def judge_event(sheet: Sheet, g: Row, e: Row, kinds: list[str]) -> dict[str, bool]:
    """The parts of an event, each met or not."""
    novelty = {"background-ongoing": "ongoing"}.get(g["reported_as"], g["reported_as"])
    sides = listed(e.get("actor")) + (listed(e.get("recipient")) if g.get("symmetric") else [])
    actors = listed(g.get("actor"))
    return {
        "reported_as": e.get("reported_as") == novelty or (novelty == "ongoing" and e.get("reported_as") == "background"),
        "status": e.get("status", "actual") == g.get("status", "actual"),
        "when": lies_inside(e.get("when"), g.get("when")),
        "actor": not actors
        or any("(" in str(a) for a in actors)
        or any(names_agree((s or {}).get("name"), sheet.name(a)) for a in actors for s in sides),
        "type": not kinds or e.get("type") in kinds,
    }


def traps(sheet: Sheet) -> Verdicts:
    """What a careless coder would emit. A trap avoided counts only where half of the gold's events were found."""
    awake = 2 * len(sheet.events_found) >= len(sheet.gold.get("events", []))
    for g in sheet.gold.get("must_not_emit", []):
        if g.get("span"):
            caught = TRAPS.get(g.get("kind", "event"), caption_trap)(sheet, g)
            note = (g.get("wrong") or g.get("why", "")) if caught else "fewer than half of the events found"
            yield tier(g), g["id"], awake and not caught, note


def event_trap(sheet: Sheet, g: Row) -> bool:
    """An actual event there that is new, or that no gold event knows."""
    span = sheet.tokens(g["span"])
    real = any(span & t for t in sheet.triggers)
    actual = [e for e in sheet.events if e.get("status", "actual") == "actual" and sheet.tokens(e.get("trigger")) & span]
    return any(e.get("reported_as") == "new" or not real for e in actual)


def place_trap(sheet: Sheet, g: Row) -> bool:
    """An event placed at that span, or a new event at that name."""
    span, word = sheet.tokens(g["span"]), sheet.words(g["span"])
    real = any(span & sheet.tokens(e["span"]) for e in sheet.gold["events"] if e.get("where") and e.get("span"))
    for e in sheet.events:
        where = sheet.tokens((e.get("where") or {}).get("span"))
        new = e.get("reported_as") == "new"
        if (where & span and new) or (where == span and not real):
            return True
        if new and where and where <= span and names_agree((e.get("where") or {}).get("name"), word):
            return True
    return False


def actor_after_trap(sheet: Sheet, g: Row) -> bool:
    """That actor in an event that starts after the day given."""
    word = sheet.words(g["span"])
    return any(
        names_agree((p or {}).get("name"), word) and ((e.get("when") or {}).get("start") or "") > g["after"]
        for e in sheet.events
        for p in listed(e.get("actor")) + listed(e.get("recipient"))
    )


def speaker_trap(sheet: Sheet, g: Row) -> bool:
    """A speaker, or a person, there."""
    span = sheet.tokens(g["span"])
    people = [a for a in listed(sheet.record.get("actors")) if a.get("type") == "PERSON"]
    speaks = any(sheet.tokens((m.get("speaker") or {}).get("span")) & span for m in sheet.statements)
    return speaks or any(sheet.tokens(q) & span for a in people for q in listed(a.get("mentions")))


def caption_trap(sheet: Sheet, g: Row) -> bool:
    """The line taken for body, or for a caption of its own."""
    span = sheet.tokens(g["span"])
    in_body = any(sheet.tokens((b or {}).get("span")) & span for b in listed(sheet.report.get("body")))
    return in_body or any(sheet.tokens(c.get("span")) == span for c in listed(sheet.report.get("captions")))


def times(sheet: Sheet) -> Verdicts:
    """Times: same tokens, same value."""
    mine = [(sheet.tokens(t.get("span")), fold(t.get("value"))) for t in listed(sheet.record.get("times"))]
    for g in sheet.gold.get("times", []):
        met = (sheet.tokens(g["span"]), fold(g["value"])) in mine
        yield tier(g), g["id"], met, f"{sheet.words(g['span'])} = {g['value']}"


def quantities(sheet: Sheet) -> Verdicts:
    """Figures: overlapping span, same operator, same value (a fuzzy plural may differ by a factor of two)."""
    mine = listed(sheet.record.get("quantities"))
    for i, g in enumerate(sheet.gold.get("quantities", [])):
        span = sheet.tokens(g["span"])
        met = any(sheet.tokens(q.get("span")) & span and same_figure(q, g) for q in mine)
        yield tier(g), g.get("id", f"q{i}"), met, f"{g['op']}{g['value']}"


def same_figure(mine: Row, g: Row) -> bool:
    """Whether operator and value of two figures agree."""
    a, b = mine.get("value"), g["value"]
    if not ({mine.get("op"), g["op"]} <= OPERATORS_ALIKE or mine.get("op") == g["op"]):
        return False
    numbers = isinstance(a, int | float) and isinstance(b, int | float)
    return a == b or bool(a and b and numbers and g["op"] == ">=" and a / b in (0.5, 2))


def checks(sheet: Sheet) -> Verdicts:
    """Checks of the same name that touch the gold's spans: all with its result, together on every span, none much larger."""
    mine, met_by = listed(sheet.record.get("checks")), set()
    for g in sheet.gold.get("checks", []):
        found = re.match(r"pass|fail|flag", g["result"].lower())
        result = found[0] if found else "flag"
        wanted = sheet.tokens(g["spans"])
        near = [j for j, c in enumerate(mine) if c.get("check") == g["name"] and wanted & sheet.tokens(c.get("spans") or [])]
        there = sheet.tokens([s for j in near for s in mine[j]["spans"]])
        touched = sum(bool(sheet.tokens(s) & there) for s in g["spans"])
        most = CHECK_SLACK + CHECK_TIMES * size(g["spans"])
        right = all(mine[j].get("result") == result and size(mine[j]["spans"]) <= most for j in near)
        met = bool(near) and right and touched >= len(g["spans"]) - (len(g["spans"]) > 2)
        met_by.update(near if met else [])
        yield tier(g), g["id"], met, g["name"]
    sheet.parts.update({"checks of record": len(mine), "checks matched": len(met_by)})


SECTIONS: dict[str, Callable[[Sheet], Verdicts]] = {
    "article": article, "entities": entities, "statements": statements, "chains": chains, "events": events, "traps": traps,
    "times": times, "quantities": quantities, "checks": checks,
}  # fmt: skip
TRAPS: dict[str, Callable[[Sheet, Row], bool]] = {
    "event": event_trap, "place": place_trap, "actor_after": actor_after_trap, "speaker": speaker_trap, "caption": caption_trap,
}  # fmt: skip


def tier(g: Row) -> str:
    """must, should or stretch."""
    return str(g.get("tier", "must"))


def listed(x: Any) -> list[Any]:
    """A list, whatever was given."""
    return [] if x is None else list(x) if isinstance(x, list | tuple) else [x]


def fold(x: Any) -> str:
    """Case, spaces, dashes and outer marks folded away."""
    return re.sub(r"[\s\-‐–—]+", " ", str(x)).strip(" \"'“”‘’.,").casefold()


def names_agree(a: Any, b: Any) -> bool:
    """Whether the words of one name contain the other's."""
    one, two = (set(WORD.findall(fold(x))) - {"the"} for x in (a, b))
    return bool(one and two) and (one <= two or two <= one)


def lies_inside(mine: Row | None, gold: Row | None) -> bool:
    """Whether the record's interval lies within the gold's; where the gold has none, whether the record gives no start."""
    g0, g1 = (gold or {}).get("start"), (gold or {}).get("end")
    m0, m1 = (mine or {}).get("start"), (mine or {}).get("end")
    if g0 is None and g1 is None:
        return m0 is None
    after = g0 is None or (m0 is not None and m0[:10] >= g0[:10])
    return after and (g1 is None or (m1 is not None and m1[:10] <= g1[:10]))


def size(spans: Any) -> int:
    """Characters that the spans hold."""
    return sum(s["end"] - s["start"] for s in listed(spans))
