"""Ten reports from one made-up report (report.yml), each with its gold in the form of the record gold, computed from the labels.

python tests/variants/make.py OUT.jsonl        then: dateline evaluate record OUT.jsonl
"""

import hashlib
import json
import random
import re
import sys
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from babel.dates import format_date

SOURCE = Path(__file__).with_name("report.yml")
MARK = re.compile(r"‹([\w.]+)\||›")
GLUED = re.compile(r"\d\d:\d\d\d\d/")
AGENCIES = {"AA": "Anadolu Agency", "dpa": "Deutsche Presse-Agentur", "AFP": "Agence France-Presse", "EFE": "Agencia EFE", "Reuters": "Reuters",
            "AP": "Associated Press", "Xinhua": "Xinhua", "BTA": "Bulgarian News Agency", "Bernama": "Bernama",
            "UPI": "United Press International"}  # fmt: skip
ENGLISH = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
Item = dict[str, Any]


class Text:
    """The text as it grows, and where each label stands."""

    def __init__(self) -> None:
        self.text = ""
        self.spans: dict[str, list[Item]] = defaultdict(list)

    def add(self, marked: str) -> Item:
        """Add marked words; gives their span."""
        start, opened, last = len(self.text), list[tuple[str, int]](), 0
        for m in MARK.finditer(marked):
            self.text += marked[last : m.start()]
            last = m.end()
            if m.group(1):
                opened.append((m.group(1), len(self.text)))
            else:
                label, begin = opened.pop()
                self.spans[label].append(self.span(begin, len(self.text)))
        self.text += marked[last:]
        return self.span(start, len(self.text))

    def span(self, start: int, end: int) -> Item:
        """A span with its words."""
        return {"start": start, "end": end, "text": self.text[start:end]}

    def line(self, marked: str, name: str | None = None) -> None:
        """Add a line; its span goes by a name."""
        span = self.add(marked)
        if name:
            self.spans[name].append(span)
        self.text += "\n"

    def first(self, label: str) -> Item:
        """The first span of a label."""
        return self.spans[label][0]


def variants() -> list[Item]:
    """The gold rows, each with its text."""
    source = yaml.safe_load(SOURCE.read_text(encoding="utf8"))
    return [variant(source, slots, f"variant{n:02}") for n, slots in enumerate(source["variants"], start=1)]


def variant(source: Item, slots: Item, name: str) -> Item:
    """One report and its gold."""
    slots = with_dates(slots)
    text = Text()
    text.line(filled(source["headline"], slots), "headline")
    text.text += "\n"
    for piece in slots["head"]:
        write_head(text, piece, source, slots)
    order = source["orders"][slots["order"]]
    for key in order:
        text.text += "\n"
        text.line(filled(source["paragraphs"][key], slots).replace("  ", " "), f"p.{key}")
    text.text += "\n"
    for tag in source["tags"]:
        text.line("#" + filled(tag, slots), "tag")
    text.text = text.text.rstrip("\n")
    gold = {"id": name, "dct": slots["day"].isoformat(), "text": text.text, "sha256": hashlib.sha256(text.text.encode()).hexdigest()}
    return gold | {
        "article": article(text, slots, order),
        "entities": entities(text, slots),
        "statements": statements(text, slots),
        "events": events(text, slots),
        "must_not_emit": traps(text),
        "times": times(text, slots),
        "quantities": quantities(text, slots),
        "checks": checks(text, slots),
    }


def shuffled(rng: random.Random) -> tuple[Text, Item, list[str]]:
    """A report whose head stands in another order, with parts left out and blank lines set at random: text, slots, what its head holds."""
    source = yaml.safe_load(SOURCE.read_text(encoding="utf8"))
    slots = with_dates(rng.choice(source["variants"]))
    stamps = [piece for piece in slots["head"] if piece not in ("byline", "agency", "caption", "deck", "")]
    parts = [[stamps[0]], [stamps[1]], ["caption"] * rng.choice((1, 2)), *([x] for x in ("byline", "agency") if rng.random() < 0.7)]
    rng.shuffle(parts)
    if parts[0] == ["caption"]:  # alone right below the headline it would read as a deck
        parts[0] = ["caption"] * 2
    head = [piece for part in parts for piece in [*part, *([""] if rng.random() < 0.3 else [])]]
    head = rng.choice((["deck", "", *head], [*head, "", "deck"], head))
    text = Text()
    text.line(filled(source["headline"], slots), "headline")
    for piece in ["", *head]:
        write_head(text, piece, source, slots)
    for key in source["orders"][slots["order"]]:
        text.line("")
        text.line(filled(source["paragraphs"][key], slots).replace("  ", " "), "body")
    return text, slots, head


def write_head(text: Text, piece: str, source: Item, slots: Item) -> None:
    """One line above the body."""
    if piece in ("deck", "caption"):
        text.line(filled(source[piece], slots), "deck" if piece == "deck" else "caption.line")
    elif piece in ("byline", "agency"):
        text.line(slots["byline" if piece == "byline" else "sign"], piece)
    else:
        text.line(stamped(piece, slots))


# ── slots ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def with_dates(slots: Item) -> Item:
    """The slots with everything that follows from the dates."""
    day, (hour, minute) = date.fromisoformat(str(slots["published"])[:10]), map(int, str(slots["published"])[11:16].split(":"))
    peace, eve = date.fromisoformat(str(slots["peace"])), day - timedelta(days=1)
    assert (peace.month, peace.day) == (eve.month, eve.day), slots["country"]
    years = eve.year - peace.year
    summit = date(day.year - 1 - (day.month < 4), 2, 1)
    return slots | {
        "day": day, "hour": hour, "minute": minute, "update": date.fromisoformat(str(slots["updated"])), "evening": eve, "ceasefire": peace,
        "weekday": ENGLISH[day.weekday()], "eve": ENGLISH[eve.weekday()], "nth": ordinal(years), "number": years,
        "y1": slots["years"][0], "y2": slots["years"][1], "peace": f"{peace:%B} {peace.day}, {peace.year}",
        "He": "She" if slots["she"] else "He", "His": "Her" if slots["she"] else "His",
        "from": summit.year - 1, "to": summit.year, "summit": f"{summit:%B %Y}", "summit_month": f"{summit:%Y-%m}",
        "summit_end": (summit.replace(month=3) - timedelta(days=1)).isoformat(),
    }  # fmt: skip


def ordinal(n: int) -> str:
    """33rd of 33."""
    return f"{n}" + ("th" if 10 < n % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th"))


def filled(marked: str, slots: Item) -> str:
    """Marked words with their slots filled."""
    return re.sub(r"\{(\w+)\}", lambda m: str(slots[m.group(1)]), marked)


def stamped(form: str, slots: Item) -> str:
    """A stamp's line: {dd/mm/yyyy} and the like of the day of publication, {u:…} of the update."""
    return re.sub(r"\{(u:)?([^}]+)\}", lambda m: part_of_stamp(m.group(2), slots, slots["update"] if m.group(1) else slots["day"]), form)


def part_of_stamp(part: str, slots: Item, day: date) -> str:
    """One part of a stamp, in the language of the variant."""
    language, hour = slots["language"], slots["hour"]
    named = {"Weekday": "EEEE", "wd": "EEEEEE", "Month": "MMMM", "mon": "MMM"}
    if part in named:
        return format_date(day, named[part], locale=language)
    plain = {
        "HH:MM": f"{hour:02}:{slots['minute']:02}", "HH.MM": f"{hour:02}.{slots['minute']:02}", "h:MM": f"{hour % 12}:{slots['minute']:02}",
        "HH": f"{hour:02}", "MM": f"{slots['minute']:02}", "dd/mm/yyyy": f"{day:%d/%m/%Y}", "dd.mm.yyyy": f"{day:%d.%m.%Y}",
        "d.m.yyyy": f"{day.day}.{day.month}.{day.year}", "d": str(day.day), "d.": f"{day.day}.", "yyyy": str(day.year), "be": str(day.year + 543),
    }  # fmt: skip
    return plain[part]


# ── gold ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def article(text: Text, slots: Item, order: list[str]) -> list[Item]:
    """The report's own fields."""
    stamp = f"{slots['day'].isoformat()}T{slots['hour']:02}:{slots['minute']:02}"
    first, again = text.spans["caption.line"]
    rows = [
        ("headline", text.first("headline"), text.first("headline")["text"]), ("byline", text.first("byline"), slots["byline"]),
        ("published", text.first("published"), stamp), ("updated", text.first("updated"), slots["update"].isoformat()),
        ("agency", text.first("agency"), AGENCIES[slots["sign"]]), ("caption", first, first["text"]), ("caption_duplicate", again, again["text"]),
        ("deck", text.first("deck"), text.first("deck")["text"]), ("language", None, "en"),
    ]  # fmt: skip
    rows += [(f"body_p{n}", text.first(f"p.{key}"), text.first(f"p.{key}")["text"]) for n, key in enumerate(order, start=1)]
    rows += [(f"tag_{n}", span, span["text"][1:]) for n, span in enumerate(text.spans["tag"], start=1)]
    must = [{"field": f, "span": s, "value": v, "tier": "must"} for f, s, v in rows]
    weekdays = [("pw", "published", slots["day"]), ("uw", "updated", slots["update"])]
    should = [{"field": f"weekday_{f}", "span": text.first(x), "value": ENGLISH[d.weekday()]} for x, f, d in weekdays if text.spans[x]]
    should += [{"field": f, "span": None, "value": None} for f in ("outlet", "url", "dateline_place")]
    return numbered("A", must + [s | {"tier": "should"} for s in should])


def numbered(letter: str, items: list[Item]) -> list[Item]:
    """The items with ids."""
    return [{"id": f"{letter}{n:02}"} | item for n, item in enumerate(items, start=1)]


def entities(text: Text, slots: Item) -> list[Item]:
    """Who and what is named."""
    rows = [("leader", "PERSON", slots["leader"]), ("leader2", "PERSON", slots["leader2"]), ("country", "GPE", slots["country"]),
            ("neighbour", "GPE", slots["neighbour"]), ("capital", "GPE", slots["capital"]), ("city", "GPE", slots["city"]),
            ("agency2", "ORG", slots["agency2"]), ("agency", "ORG", AGENCIES[slots["sign"]])]  # fmt: skip
    return [{"id": i, "type": kind, "norm": norm, "mentions": text.spans[i], "tier": "must"} for i, kind, norm in rows]


def statements(text: Text, slots: Item) -> list[Item]:
    """Who says what."""
    rows = [("s1", "indirect", "leader", "should"), ("s2", "mixed", "leader", "must"), ("s3", "mixed", "leader", "must"),
            ("s4", "reported", "media reports", "should"), ("s5", "indirect", "agency2", "must"), ("s6", "direct", "leader", "must"),
            ("s8", "indirect", "leader", "must"), ("s9", "direct", "leader", "must"), ("s10", "indirect", "leader", "must"),
            ("s11", "indirect", "leader", "should")]  # fmt: skip
    return [
        {
            "id": i.upper(),
            "kind": kind,
            "speaker": speaker,
            "content": text.first(f"{i}.content"),
            "cue": text.first(f"{i}.cue"),
            "tier": tier,
        }
        for i, kind, speaker, tier in rows
    ]


def events(text: Text, slots: Item) -> list[Item]:
    """What happened."""
    eve, day = slots["evening"].isoformat(), slots["day"].isoformat()
    peace, war = slots["ceasefire"].isoformat(), (f"{slots['y1']}-01-01", f"{slots['y2']}-12-31")
    talks, before = (f"{slots['from']}-01-01", f"{slots['to']}-12-31"), f"{slots['evening'].year - 1}-{eve[5:]}"
    rows = [
        ("e1", "ceremony", None, ["leader"], (eve, eve), "new", "must"), ("e2", "ceremony", None, [], (eve, eve), "new", "should"),
        ("e3", "lead", None, [], (day, day), "new", "should"), ("e4", "warning", "THREATEN", ["leader"], (eve, eve), "new", "must"),
        ("e6", "peace", "AGREE", [], (peace, peace), "background", "must"), ("e7", "war", "ASSAULT", [], war, "background", "should"),
        ("e10", "meetings", "CONSULT", ["leader"], talks, "background", "must"), ("e11", "meetings", "CONSULT", ["leader"], talks, "background", "should"),
        ("e12", "meetings", "CONSULT", [], (f"{slots['summit_month']}-01", slots["summit_end"]), "background", "must"),
        ("e15", "since", None, [], (None, before), "background", "should"),
    ]  # fmt: skip
    return [
        {"id": i.upper(), "trigger": text.first(i), "span": text.first(f"p.{p}"), "plover": kind, "actor": actors,
         "when": {"start": when[0], "end": when[1]}, "where": "city" if i == "e12" else None, "reported_as": said, "tier": tier}
        for i, p, kind, actors, when, said, tier in rows
    ]  # fmt: skip


def traps(text: Text) -> list[Item]:
    """What a careless coder would take for an event, a place or a speaker."""
    rows = [("x2", "event", "should"), ("e6", "event", "must"), ("e10", "event", "must"), ("x6", "event", "must"), ("city", "place", "must"),
            ("x10", "event", "should"), ("byline", "speaker", "must")]  # fmt: skip
    found = [{"span": text.first(i), "kind": kind, "tier": tier, "wrong": i} for i, kind, tier in rows]
    return numbered("X", [*found, {"span": text.spans["caption.line"][1], "kind": "caption", "tier": "must", "wrong": "caption"}])


def times(text: Text, slots: Item) -> list[Item]:
    """When the words say."""
    eve = slots["evening"].isoformat()
    rows = [("t6", slots["day"].isoformat()), ("t7", f"{eve}TEV"), ("t8", eve), ("t9", f"{slots['y1']}/{slots['y2']}"),
            ("t10", slots["ceasefire"].isoformat()), ("t12", f"{slots['from']}/{slots['to']}"), ("t13", str(slots["from"])),
            ("t14", str(slots["to"])), ("t15", slots["summit_month"])]  # fmt: skip
    must = [{"id": i.upper(), "span": text.first(i), "value": value, "tier": "must"} for i, value in rows]
    return [*must, {"id": "T11", "span": text.first("t11"), "value": "P1Y", "tier": "should"}]


def quantities(text: Text, slots: Item) -> list[Item]:
    """How many."""
    meetings = {"three": 3, "four": 4, "five": 5, "six": 6}[slots["meetings"]]
    rows = [
        ("q1", ">", slots["thousands"] * 1000, "must"),
        ("q2", ">=", meetings, "must"),
        ("q3", "=", 2, "must"),
        ("q4", "ordinal", slots["number"], "should"),
    ]
    return [{"id": i.upper(), "span": text.first(i), "op": op, "value": value, "tier": tier} for i, op, value, tier in rows]


def checks(text: Text, slots: Item) -> list[Item]:
    """What in the report agrees or disagrees with itself."""
    weekdays = [text.first(stamp) for stamp, day in (("published", "pw"), ("updated", "uw")) if text.spans[day]]
    names = [text.first("headline") | span for span in (text.first("leader"), text.first("leader.variant"))]
    rows = [
        ("anniversary", "pass", [text.first("t7"), text.first("q4"), text.first("t10")], "must"),
        ("quotation_in_deck", "fail", [text.first("s2.quoted"), text.first("s2.verbatim")], "must"),
        ("quotation_partial", "pass", [text.first("s3.quoted"), text.first("s3.same")], "must"),
        ("repeated_line", "flag", text.spans["caption.line"], "must"),
        ("doubled_word", "flag", [text.first("k9")], "should"),
        ("name_variants", "flag", names, "should"),
        ("elapsed", "pass", [text.first("t11"), text.first("t15")], "should"),
        ("containment", "pass", [text.first("t12"), text.first("q2")], "should"),
    ]
    if weekdays:
        rows.insert(0, ("weekday", "pass", weekdays, "must"))
    if GLUED.search(text.first("published")["text"]):
        rows.append(("stamp_format", "flag", [text.first("published")], "should"))
    return numbered("K", [{"name": n, "result": r, "spans": s, "tier": t} for n, r, s, t in rows])


def main() -> None:
    """Write the gold rows to the file named on the command line."""
    Path(sys.argv[1]).write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in variants()), encoding="utf8")


if __name__ == "__main__":
    main()
