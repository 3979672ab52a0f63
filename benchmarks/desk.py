"""The desk at size: a store of generated rows, the time of each page, many readers beside a running job, and what a browser sees.

    python benchmarks/desk.py fill big.db --reports 100000 --events 10
    python benchmarks/desk.py pages big.db                      each page alone
    python benchmarks/desk.py readers big.db --readers 50       50 readers while `dateline code` writes into the same store
    python benchmarks/desk.py browser big.db                    first paint, and frames while the timeline is moved (Playwright, Chromium)

Each but the first starts a desk of its own on 127.0.0.1, asks nothing else, and with `--out FILE` writes its result as JSON. The rows are
made directly, without reading any text: the records hold what a page of one report shows, no more.
"""

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from generator import report

from dateline.records import Event, Fields, Link, Novelty, Paragraph, Party, Record, Report, Span, Speaker, Statement, Value, When, Where
from dateline.rows import Prepared, prepared
from dateline.store import Store
from dateline.web.accounts import open_tables

COUNTRIES = "KEN UGA PER CHL GEO NPL GHA IRQ POL SDN BOL JOR VNM TUN SRB NER LAO YEM CUB MLI TCD NOR ECU LBN MWI ARM THA EGY TUR BRA IND FRA".split()  # noqa: SIM905
TYPES = {"AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "COOPERATE": 2, "AID": 2, "RETREAT": 2, "REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3,
         "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4}  # fmt: skip
WORDS = "market harbour strike court army minister union river bridge police road village fuel grain border treaty vote census lorry school".split()  # noqa: SIM905
SYLLABLES = ["ka", "lo", "mi", "ren", "dar", "sun", "tel", "vor", "bas", "gin", "pol", "che", "mar", "uta"]
RARE = [a + b + c for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES]  # 2,744 seldom words
NAMES = [
    f"{a} {b}"
    for a in "Amara Bruno Celia Elena Farid Greta Hamid Ines Jonas Kofi".split()  # noqa: SIM905
    for b in "Abdi Castro Haddad Kamau Novak Silva Tamm Varga".split()  # noqa: SIM905
]
START = date(2019, 1, 1)


def reports(many: int, events: int, *, first: int = 0) -> Iterator[Prepared]:
    """Reports as the store takes them."""
    rng = random.Random(first + 1)
    weights = [1 / (i + 1) for i in range(len(COUNTRIES))]
    for n in range(first, first + many):
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
        novelty: Novelty = rng.choices(("new", "background", "ongoing"), (6, 3, 1))[0]
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


WARM = 8  # of each page, after the first
LONGEST = 60.0  # seconds that an answer may take
PAUSE = (1.0, 3.0)  # seconds that a reader looks at what came


@contextmanager
def served(db: Path) -> Iterator[tuple[str, float, int]]:
    """A desk of its own on this machine: its address, the seconds until its first answer, and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    begun = time.perf_counter()
    desk = subprocess.Popen(
        [sys.executable, "-m", "dateline.cli", "serve", "--db", str(db), "--port", str(port)], stdout=subprocess.DEVNULL
    )
    base = f"http://127.0.0.1:{port}"
    try:
        while desk.poll() is None:
            try:
                ask(base + "/help")
                break
            except OSError:
                time.sleep(0.05)
        yield base, time.perf_counter() - begun, desk.pid
    finally:
        desk.terminate()
        desk.wait(30)


def ask(address: str) -> tuple[int, float]:
    """Status and seconds of one answer."""
    start = time.perf_counter()
    try:
        with urllib.request.urlopen(address, timeout=LONGEST) as answer:
            answer.read()
            status = answer.status
    except urllib.error.HTTPError as fault:
        status = fault.code
    return status, time.perf_counter() - start


def cpu_of(process: int) -> float:
    """Seconds of processor that a process has used: on a busy machine this is what a page costs."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def paths_of(base: str) -> list[str]:
    """Every page that is asked for; those of a report by the id of one that is there."""
    with urllib.request.urlopen(base + "/search.json?of=events&place=77", timeout=LONGEST) as answer:
        rows = json.load(answer)["rows"]
    return [*PAGES, *(f"/report/{rows[0]['report']}{q}" for q in ("", "?q=harbour"))] if rows else PAGES


def pages(db: Path) -> dict[str, Any]:
    """Each page alone: its first answer, right after the start, and the median of the next."""
    found: dict[str, Any] = {}
    with served(db) as (base, started, desk):
        found["seconds until the first answer"] = round(started, 2)
        for path in PAGES:
            status, first = ask(base + path)
            found[path] = {"first ms": round(first * 1000), "status": status}
        before = -1.0
        while cpu_of(desk) - before > 0.2:  # until what it loads at its start is loaded
            before = cpu_of(desk)
            time.sleep(3)
        for path in paths_of(base):
            before = cpu_of(desk)
            took = [ask(base + path) for _ in range(WARM)]
            cpu = round((cpu_of(desk) - before) / WARM * 1000)
            found.setdefault(path, {}).update({"median ms": round(median(s for _, s in took) * 1000), "cpu ms": cpu, "status": took[-1][0]})
            print(f"{found[path]}   {path}", flush=True)
    return found


def readers(db: Path, many: int, seconds: float) -> dict[str, Any]:
    """Many readers at once, each looking a while at what came, while `dateline code` writes reports into the same store."""
    answers: list[tuple[int, float, str]] = []
    with tempfile.TemporaryDirectory() as folder, served(db) as (base, *_):
        corpus = Path(folder) / "reports.jsonl"
        seed = int(time.time())  # other reports each time: those that stand there already are not coded again
        corpus.write_text("".join(json.dumps(report(seed + n)) + "\n" for n in range(3000)), encoding="utf8")
        paths = paths_of(base)
        before = reports_in(base)
        job = subprocess.Popen(
            [sys.executable, "-m", "dateline.cli", "code", str(corpus), "--db", str(db)], stderr=subprocess.PIPE, text=True
        )
        while reports_in(base) == before and job.poll() is None:
            time.sleep(0.2)
        end = time.monotonic() + seconds

        def read(n: int) -> None:
            rng = random.Random(n)
            while time.monotonic() < end:
                time.sleep(rng.uniform(*PAUSE))
                path = rng.choice(paths)
                try:
                    answers.append((*ask(base + path), path))
                except OSError as fault:
                    answers.append((0, LONGEST, f"{path}: {fault}"))

        threads = [threading.Thread(target=read, args=(n,)) for n in range(many)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        running = job.poll() is None
        coded = reports_in(base) - before
        job.send_signal(signal.SIGINT)
        said = job.communicate(timeout=120)[1]
    cuts = quantiles([s for _, s, _ in answers], n=20)
    faults = Counter(f"{status} {path}" for status, _, path in answers if status != 200)
    slowest = sorted(((round(s * 1000), p) for _, s, p in answers), reverse=True)[:5]
    return {
        "readers": many, "answers": len(answers), "seconds": seconds, "median ms": round(median(s for _, s, _ in answers) * 1000),
        "p95 ms": round(cuts[18] * 1000), "faults": dict(faults), "slowest": slowest, "reports coded meanwhile": coded,
        "the job ran to the end of it": running, "the job said locked": "locked" in said,
    }  # fmt: skip


def reports_in(base: str) -> int:
    """How many reports the store holds."""
    with urllib.request.urlopen(base + "/search/counts.json", timeout=LONGEST) as answer:
        return int(json.load(answer)["total"])


PAINTED = """() => new Promise((done) => new PerformanceObserver((list) => {
  const found = list.getEntriesByName("first-contentful-paint");
  if (found.length) done(found[0].startTime);
}).observe({ type: "paint", buffered: true }))"""
# While the timeline is dragged to and fro: the time between two frames, and how long each drawing kept the page.
PAN = """async () => {
  const holder = document.getElementById("drawing"), box = holder.getBoundingClientRect(), y = box.top + 60, at = box.left + box.width / 2;
  const times = [], send = (kind, x) => holder.dispatchEvent(new PointerEvent(kind, { clientX: x, clientY: y, button: 0, bubbles: true }));
  for (let i = 0; i < 6; i++) holder.dispatchEvent(new WheelEvent("wheel", { deltaY: -1, clientX: at, clientY: y, cancelable: true }));
  await new Promise(requestAnimationFrame);
  send("pointerdown", at);
  await new Promise((done) => {
    let last = performance.now(), n = 0;
    requestAnimationFrame(function frame(now) {
      times.push(now - last);
      last = now;
      send("pointermove", at + 200 * Math.sin(n / 12));
      if (++n < 240) requestAnimationFrame(frame); else done();
    });
  });
  send("pointerup", at);
  return times.slice(2);
}"""


def spent(cost: Any) -> float:
    """Seconds of processor that the page's own thread has used: on a busy machine frames wait, and this does not."""
    return float(next(m["value"] for m in cost.send("Performance.getMetrics")["metrics"] if m["name"] == "TaskDuration"))


def browser(db: Path) -> dict[str, Any]:
    """First contentful paint of the main pages, and the frames while the timeline is moved."""
    from playwright.sync_api import sync_playwright

    found: dict[str, Any] = {"first contentful paint ms": {}}
    with served(db) as (base, *_), sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"), args=["--no-sandbox"]
        )
        for path in ("/", "/search", "/search?q=harbour", "/timeline", "/map", "/network", "/dyad?a=KEN&b=UGA", "/review?of=events"):
            painted = []
            for _ in range(3):
                page = chromium.new_context(base_url=base, viewport={"width": 1280, "height": 860}).new_page()
                page.goto(path, wait_until="load")
                painted.append(page.evaluate(PAINTED))
                page.context.close()
            found["first contentful paint ms"][path] = round(median(painted))
        page = chromium.new_context(base_url=base, viewport={"width": 1280, "height": 860}).new_page()
        page.goto("/timeline?type=ASSAULT")
        page.wait_for_selector("[data-ready]", timeout=60_000)
        cost = page.context.new_cdp_session(page)
        cost.send("Performance.enable", {"timeDomain": "threadTicks"})
        before = spent(cost)
        times = sorted(page.evaluate(PAN))
        drawing = (spent(cost) - before) * 1000 / len(times)
        chromium.close()
    found["frames while panning"] = {
        "events": "those of one type", "frames": len(times), "median ms": round(median(times), 1), "p95 ms": round(times[int(len(times) * 0.95)], 1),
        "longest ms": round(times[-1], 1), "over 50 ms": sum(t > 50 for t in times),
        "processor ms a frame": round(drawing, 1),
    }  # fmt: skip
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["fill", "pages", "readers", "browser"])
    parser.add_argument("db", type=Path)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--events", type=int, default=10)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    if args.what == "fill":
        fill(args.db, args.reports, args.events)
    else:
        run = {
            "pages": lambda: pages(args.db),
            "readers": lambda: readers(args.db, args.readers, args.seconds),
            "browser": lambda: browser(args.db),
        }
        result = {"cpus": os.cpu_count(), "load": round(os.getloadavg()[0], 1), **run[args.what]()}
        print(json.dumps(result, indent=1, ensure_ascii=False))
        if args.out:
            args.out.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")
