"""The desk at size: a store of generated rows, and the time of each page at the server.

    python benchmarks/desk.py fill big.db --reports 100000 --events 10
    dateline serve --db big.db &
    python benchmarks/desk.py pages http://127.0.0.1:8321 --readers 1
    python benchmarks/desk.py pages http://127.0.0.1:8321 --readers 50 --seconds 60      with a job writing meanwhile: --job big.db

The rows are made directly, without reading any text: the records hold what a page of one report shows, no more.
"""

import argparse
import hashlib
import json
import random
import threading
import time
import urllib.request
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median, quantiles

from dateline.records import Event, Fields, Link, Paragraph, Party, Record, Report, Span, Speaker, Statement, Value, When, Where
from dateline.rows import Prepared, prepared
from dateline.store import Store
from dateline.web.accounts import open_tables

COUNTRIES = [
    "KEN",
    "UGA",
    "PER",
    "CHL",
    "GEO",
    "NPL",
    "GHA",
    "IRQ",
    "POL",
    "SDN",
    "BOL",
    "JOR",
    "VNM",
    "TUN",
    "SRB",
    "NER",
    "LAO",
    "YEM",
    "CUB",
    "MLI",
    "TCD",
    "NOR",
    "ECU",
    "LBN",
    "MWI",
    "ARM",
    "THA",
    "EGY",
    "TUR",
    "BRA",
    "IND",
    "FRA",
]
TYPES = {"AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "COOPERATE": 2, "AID": 2, "RETREAT": 2, "REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3,
         "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4}  # fmt: skip
WORDS = [
    "market",
    "harbour",
    "strike",
    "court",
    "army",
    "minister",
    "union",
    "river",
    "bridge",
    "police",
    "road",
    "village",
    "fuel",
    "grain",
    "border",
    "treaty",
    "vote",
    "census",
    "lorry",
    "school",
]
SYLLABLES = ["ka", "lo", "mi", "ren", "dar", "sun", "tel", "vor", "bas", "gin", "pol", "che", "mar", "uta"]
RARE = [a + b + c for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES]  # 2,744 seldom words
NAMES = [
    f"{a} {b}"
    for a in ["Amara", "Bruno", "Celia", "Elena", "Farid", "Greta", "Hamid", "Ines", "Jonas", "Kofi"]
    for b in ["Abdi", "Castro", "Haddad", "Kamau", "Novak", "Silva", "Tamm", "Varga"]
]
START = date(2019, 1, 1)


def reports(many: int, events: int, seed: int = 1) -> Iterator[Prepared]:
    """Reports as the store takes them."""
    rng = random.Random(seed)
    weights = [1 / (i + 1) for i in range(len(COUNTRIES))]
    for n in range(many):
        day = START + timedelta(days=rng.randrange(2000))
        lines, spans, at = [], [], 0
        for _ in range(events):
            words = [rng.choice(WORDS) if rng.random() < 0.15 else RARE[int(len(RARE) * rng.random() ** 3)] for _ in range(9)]
            line = f"{rng.choice(NAMES)} said the {words[0]} near the {words[1]} met the {' '.join(words[2:])}."
            spans.append((at, Span(at, at + len(line)), Span(at + line.index(" met") + 1, at + line.index(" met") + 4)))
            lines.append(line)
            at += len(line) + 1
        text = "\n".join(lines) + f"\nNumber {n}."
        yield prepared(*made(n, text, day, spans, rng, weights))


def made(
    n: int, text: str, day: date, spans: list[tuple[int, Span, Span]], rng: random.Random, weights: list[float]
) -> tuple[Report, Record]:
    """One report with its record."""
    digest = hashlib.sha256(f"{n}".encode()).hexdigest()
    value = {k: Value(value=v, source="column", by="made") for k, v in {
        "headline": f"{rng.choice(WORDS).title()} and {rng.choice(WORDS)}, number {n}", "outlet": f"Outlet {rng.randrange(120)}",
        "agency": rng.choice(("AP", "AFP", "Reuters")), "published": f"{day}T{rng.randrange(24):02}:00:00+00:00"}.items()}  # fmt: skip
    fields = Fields(**value, language="en", body=(Paragraph(span=Span(0, len(text))),))  # type: ignore[arg-type]
    told, said = [], []
    for i, (_, whole, trigger) in enumerate(spans):
        one, other = rng.choices(COUNTRIES, weights, k=2)
        kind = rng.choice(list(TYPES))
        novelty = rng.choices(("new", "background", "ongoing"), (6, 3, 1))[0]
        when = str(day - timedelta(days=rng.randrange(3) if novelty == "new" else rng.randrange(9000)))
        place = rng.randrange(3000)
        told.append(Event(
            id=f"e{i}", trigger=trigger, type=kind, quad=TYPES[kind], actor=(Party(name=f"the {one} army", country=one),),
            recipient=(Party(name=f"the {other} state", country=other),), when=When(start=when, end=when, precision="day", basis="stated"),
            where=Where(name=f"Place {place}", lat=place % 120 - 55.0, lon=place * 7 % 340 - 170.0, geonames_id=place, country=COUNTRIES[place % len(COUNTRIES)]),
            status=rng.choices(("actual", "planned", "alleged"), (8, 1, 1))[0], reported_as=novelty, confidence=rng.random(), by="made",
        ))  # fmt: skip
        if i % 3 == 0:
            name = rng.choice(NAMES)
            said.append(
                Statement(
                    id=f"s{i}",
                    kind="indirect",
                    type="said",
                    speaker=Speaker(name=name),
                    content=(whole,),
                    chain=(Link(name=name, basis="stated"),),
                    by="made",
                )
            )
    report = Report(id=digest[:16], read_from=f"made#{n}", text=text, raw=text.encode(), text_sha256=digest, fields=fields)
    record = Record(id=digest[:16], read_from=report.read_from, text_sha256=digest, language="en", codebook="made", model=None, dateline_version="0",
                    report=fields, events=tuple(told), statements=tuple(said))  # fmt: skip
    return report, record


def fill(db: Path, many: int, events: int) -> None:
    """Make the store, in batches."""
    start = time.monotonic()
    with Store(db) as store:
        store.query("PRAGMA cache_size = -500000")  # half a gigabyte: the indices of a large store do not fit the default
        open_tables(store)
        batch: list[Prepared] = []
        for report in reports(many, events):
            batch.append(report)
            if len(batch) == 2000:
                store.add(batch, coding="made")
                batch = []
        store.add(batch, coding="made")
    print(f"{many} reports, {many * events} events, {db.stat().st_size / 1e6:.0f} MB, {time.monotonic() - start:.0f} s")


PAGES = [
    "/", "/search", "/search?q=harbour", "/search?q=harbour+treaty+census", "/search?of=events", "/search?of=events&type=ASSAULT",
    "/search?of=events&type=ASSAULT&actor=KEN&day=2022", "/search?of=events&place=77", "/search?of=statements&speaker=Kofi+Silva",
    "/search?of=statements&q=lorry", "/search?q=treaty&type=ASSAULT&actor=PER", "/said?q=harbour+near+the+treaty", "/timeline", "/timeline.json?actor=KEN&day=2022",
    "/map", "/network", "/network?actor=KEN", "/dyad?a=KEN&b=UGA", "/review?of=events&type=AID&day=2022-05", "/stories", "/judgements",
]  # fmt: skip


def ask(address: str) -> float:
    """Seconds that one answer took."""
    start = time.perf_counter()
    with urllib.request.urlopen(address, timeout=60) as answer:
        answer.read()
    return time.perf_counter() - start


def pages(base: str, readers: int, seconds: float, job: Path | None) -> None:
    """Time each page alone, or all of them under many readers."""
    with urllib.request.urlopen(base + "/search.json?q=harbour&outlet=Outlet+3", timeout=60) as answer:
        one = json.load(answer)["rows"][0]["report"]
    paths = [*PAGES, f"/report/{one}", f"/report/{one}?q=harbour"]
    if readers == 1:
        for path in paths:
            try:
                took = [ask(base + path) for _ in range(6)]
            except OSError as fault:
                print(f"{fault}   {path}", flush=True)
                continue
            print(f"{median(took[1:]) * 1000:7.0f} ms median   {took[0] * 1000:7.0f} ms first   {path}", flush=True)
        return
    taken: list[float] = []
    faults: list[str] = []
    end = time.monotonic() + seconds

    def read(n: int) -> None:
        rng = random.Random(n)
        while time.monotonic() < end:
            try:
                taken.append(ask(base + rng.choice(paths)))
            except OSError as fault:
                faults.append(str(fault))
            time.sleep(rng.uniform(1, 3))  # a person looks at what came

    def write(db: Path) -> None:
        rows = reports(10_000_000, 10, seed=2)
        with Store(db) as store:
            while time.monotonic() < end:
                batch = [next(rows)._replace(id=f"j{random.getrandbits(56):014x}") for _ in range(20)]
                store.add(batch, coding="job")
                time.sleep(0.5)

    threads = [threading.Thread(target=read, args=(n,)) for n in range(readers)]
    threads += [threading.Thread(target=write, args=(job,))] if job else []
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    cuts = quantiles(taken, n=20)
    print(
        f"{len(taken)} answers to {readers} readers: median {median(taken) * 1000:.0f} ms, p95 {cuts[18] * 1000:.0f} ms, {len(faults)} faults {set(faults) or ''}"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["fill", "pages"])
    parser.add_argument("target")
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--events", type=int, default=10)
    parser.add_argument("--readers", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--job", type=Path)
    args = parser.parse_args()
    if args.what == "fill":
        fill(Path(args.target), args.reports, args.events)
    else:
        pages(args.target, args.readers, args.seconds, args.job)
