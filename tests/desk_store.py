"""A small store for the tests of the desk: records written by hand, so that no language model is needed; one of them hostile in every field."""

import hashlib
from pathlib import Path

from dateline.records import (
    Check,
    Event,
    Fields,
    Link,
    Paragraph,
    Party,
    Place,
    Quantity,
    Record,
    Report,
    Span,
    Speaker,
    Statement,
    Value,
    When,
    Where,
)
from dateline.rows import prepared
from dateline.store import Store
from dateline.web.accounts import open_tables

TEXT = """Kenya's minister Amina Otieno said on Tuesday that police had arrested 40 people in Kisumu.

“Nobody who burned a market will sleep at home this week,” Otieno told reporters.

In 2019 the army raided the same harbour after a quarrel with Uganda over fish."""
TRICKS = (
    "<script>document.title='owned'</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)", "{{ 7*7 }}{% raw %}", "\u202egnp.exe\u2066",
    "\x1b[31mred\x07\x08", "</textarea></div></html>", "=HYPERLINK(\"http://x\")", "' OR 1=1 --", "a\u0000b", "&lt;b&gt;", "\u200f\u061c", "x" * 3000,
)  # fmt: skip


def span(text: str, words: str) -> Span:
    """Where words stand in a text."""
    at = text.index(words)
    return Span(at, at + len(words))


def value(words: str, text: str = "") -> Value:
    """A field of a report."""
    found = text.find(words) if text else -1
    return Value(
        value=words, span=Span(found, found + len(words)) if found >= 0 else None, source=None if found >= 0 else "column:x", by="test"
    )


def event(
    text: str,
    id: str,
    trigger: str,
    *,
    type: str,
    day: str | None,
    novelty: str = "new",
    who: str,
    whom: str,
    country: str,
    other: str,
    place: str | None = None,
) -> Event:
    """One event at the words of its trigger."""
    parties = {"actor": (Party(name=who, country=country),), "recipient": (Party(name=whom, country=other),) if whom else ()}
    where = Where(name=place, lat=-0.1, lon=34.75, geonames_id=191245, country="KEN") if place else None
    quad = 4 if type in ("COERCE", "ASSAULT") else 1
    return Event(
        id=id, trigger=span(text, trigger), type=type, quad=quad, when=When(start=day, end=day, precision="day", basis="stated") if day else When(),
        where=where, reported_as=novelty, evidence=(span(text, trigger),), confidence=0.9 if novelty == "new" else 0.4, by="test", **parties,  # type: ignore[arg-type]
    )  # fmt: skip


def report(n: int, text: str = TEXT, *, headline: str = "Kenya holds 40 after looting", outlet: str = "Lake News") -> tuple[Report, Record]:
    """A report and its record; `n` moves its day."""
    day = f"2024-05-{14 + n % 10:02}"
    fields = Fields(
        headline=value(headline),
        published=value(day + "T10:00:00+00:00"),
        outlet=value(outlet),
        language="en",
        body=(Paragraph(span=Span(0, len(text))),),
    )
    identity = f"report{n}"
    digest = hashlib.sha256(f"{n}{text}".encode("utf8", "replace")).hexdigest()[:16]
    sha = hashlib.sha256(text.encode("utf8", "replace")).hexdigest()
    raw = text.encode("utf8", "replace")
    made = Report(id=digest, read_from=f"{identity}.txt", text=text, raw=raw, text_sha256=sha, fields=fields)
    said = Statement(
        id="s0", kind="direct", type="said", speaker=Speaker(name="Amina Otieno", span=span(text, "Otieno")),
        content=(span(text, "Nobody who burned a market will sleep at home this week"),),
        quoted=(span(text, "Nobody who burned a market will sleep at home this week"),),
        chain=(Link(name="Amina Otieno", basis="stated"), Link(name=outlet, basis="document")), confidence=0.95, by="test",
    )  # fmt: skip
    events = (
        event(text, "e0", "arrested", type="COERCE", day=day, who="police", whom="people", country="KEN", other="KEN", place="Kisumu"),
        event(
            text,
            "e1",
            "raided",
            type="ASSAULT",
            day="2019-03-01",
            novelty="background",
            who="the army",
            whom="Uganda",
            country="KEN",
            other="UGA",
        ),
    )
    record = Record(
        id=digest, read_from=made.read_from, text_sha256=sha, language="en", codebook="c" * 16, model="m" * 16, dateline_version="0", report=fields,
        statements=(said,), events=events, quantities=(Quantity(id="q0", span=span(text, "40"), value=40, unit="people", of="e0"),),
        places=(Place(span=span(text, "Kisumu"), name="Kisumu", lat=-0.1, lon=34.75, country="KEN"),),
        checks=(Check(check="weekday", result="fail", spans=(span(text, "Tuesday"),), says="It says Tuesday, and the day was a Wednesday."),),
    )  # fmt: skip
    return made, record


def hostile() -> tuple[Report, Record]:
    """A report with a trick in every field that a page shows."""
    from msgspec.structs import replace

    trick = " ".join(TRICKS)
    text = TEXT + "\n\n" + trick
    made, record = report(77, text, headline=TRICKS[0] + TRICKS[4], outlet=TRICKS[1])
    fields = replace(record.report, **{n: value(trick) for n in ("byline", "section", "agency", "dateline_place", "url", "deck")})
    said = replace(
        record.statements[0],
        speaker=Speaker(name=trick),
        chain=(Link(name=trick, basis="stated"), Link(name=TRICKS[1], basis="stated")),
        by=trick,
    )
    parties = (Party(name=trick, country=TRICKS[0][:20]),)
    told = replace(
        record.events[0], actor=parties, recipient=parties, where=Where(name=trick, lat=1.0, lon=1.0, country=TRICKS[1]), by=trick
    )
    checks = (Check(check=TRICKS[1], result="fail", spans=(Span(0, 5),), says=trick),)
    return replace(made, fields=fields, read_from=trick), replace(
        record, read_from=trick, report=fields, statements=(said,), events=(told,), checks=checks
    )


def fill(path: Path, many: int = 12, *, tricks: bool = True) -> list[str]:
    """Make a store; the ids of its reports."""
    outlets = ("Lake News", "Daily", "Morning Wire")
    made = [report(n, TEXT + f"\n\nA line of its own, number {n}.", outlet=outlets[n % 3]) for n in range(many)]
    made += [hostile()] if tricks else []
    with Store(path) as store:
        open_tables(store)
        store.add([prepared(r, c) for r, c in made], coding="test/1")
        first, second = made[0][0].id, made[1][0].id
        store.change([
            ("INSERT INTO stories VALUES (?, ?)", [(first, first), (second, first), (made[2][0].id, first)]),
            ("INSERT INTO copies VALUES (?, ?, 'near', 0.9, 40)", [(second, first)]),
            ("INSERT INTO joins VALUES (?, ?, 'quotation', 'both quote Amina Otieno')", [(first, made[2][0].id)]),
        ])  # fmt: skip
    return [r.id for r, _ in made]
