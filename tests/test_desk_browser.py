"""The desk in a real browser: a person's ways through it, by mouse and by keyboard, and no serious finding of axe on any page.

Skipped where there is no Chromium or no Playwright.
"""

import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline.store import Store
from dateline.web import make_app
from dateline.web.accounts import add_user
from dateline.web.desk import Access, Desk
from desk_store import TEXT, fill

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: the desk is not tried in a browser")
expect = playwright.expect  # asks until it is so, or five seconds have passed; the page's policy lets no test wait on a script of its own
CHROMIUM = next((p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here: the desk is not tried in a browser")
AXE = Path(__file__).parent / "vendor" / "axe.min.js"


class Served:
    """A desk on a port of its own, in a thread."""

    def __init__(self, desk: Desk) -> None:
        import uvicorn

        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.desk, self.address = desk, f"http://127.0.0.1:{port}"
        self.server = uvicorn.Server(uvicorn.Config(make_app(desk), host="127.0.0.1", port=port, log_level="error"))
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.02)

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as p:
        found = p.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    fill(tmp_path / "news.db")
    found = Served(Desk(tmp_path / "news.db", Access(open=True)))
    yield found
    found.stop()


@pytest.fixture
def page(browser: Any, served: Served) -> Iterator[Any]:
    """A page whose console must stay silent: a refusal of the policy, or an error of a script, fails the test."""
    context = browser.new_context(base_url=served.address, viewport={"width": 1280, "height": 900}, accept_downloads=True)
    found = context.new_page()
    said: list[str] = []
    found.on("console", lambda m: said.append(m.text) if m.type in ("error", "warning") else None)
    found.on("pageerror", lambda e: said.append(str(e)))
    found.on("dialog", lambda d: said.append(f"dialog {d.message}"))
    yield found
    context.close()
    assert not [s for s in said if "favicon" not in s]


def test_paste_and_see(page: Any, line: object) -> None:
    page.goto("/")
    page.get_by_role("button", name="Try an example").click()
    expect(page.locator("#text")).to_have_value(re.compile(r"[\s\S]{100}"))
    page.locator("#text").press("Control+Enter")
    expect(page.locator("body")).to_contain_text("Nothing of this is kept")
    page.locator(".item.statement").first.click()
    expect(page.locator("#report .on")).not_to_have_count(0)
    page.locator("#report .k-event").first.click()
    expect(page.locator(".item.on")).to_have_count(1)


def test_search_opens_at_the_hit(page: Any) -> None:
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("quarrel")
    page.keyboard.press("Enter")
    page.wait_for_selector(".found mark")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    hit = page.locator(".k-hit.on")
    expect(hit).to_have_text("quarrel")
    expect(hit).to_be_in_viewport()


def test_an_event_opens_at_its_characters(page: Any) -> None:
    page.goto("/search?of=events&type=ASSAULT")
    page.locator(".found .head").first.click()
    expect(page.locator("#report .on")).to_have_text("raided")
    expect(page.locator(".item.on")).to_have_id("e1")


def test_facets_narrow_and_widen(page: Any) -> None:
    page.goto("/search?of=events")
    page.locator(".facets a", has_text="COERCE").first.click()
    page.wait_for_url(re.compile("type=COERCE"))
    expect(page.locator(".told")).to_contain_text("13 events")
    page.locator(".facets .chosen").first.click()
    page.wait_for_url(lambda u: "COERCE" not in u)
    expect(page.locator(".told")).to_contain_text("25 events")


def progress(page: Any) -> Any:
    return expect(page.locator(".progress > span").first)


def test_review_by_keyboard(page: Any, served: Served) -> None:
    page.goto("/review?type=ASSAULT")
    progress(page).to_have_text("0 decided, 12 to go")
    for n, key in enumerate(("a", "x", " ")):
        with page.expect_navigation():
            page.keyboard.press(key)
        progress(page).to_contain_text(f"{n + 1} decided")
    with page.expect_navigation():
        page.keyboard.press("u")
    progress(page).to_contain_text("2 decided")
    page.keyboard.press("n")
    page.keyboard.type("seen axes")
    page.keyboard.press("Escape")
    with page.expect_navigation():
        page.keyboard.press("a")
    with served.desk.store() as store:
        rows = store.query("SELECT verdict, note FROM judgements WHERE undone IS NULL ORDER BY n")
    assert rows == [("accept", None), ("reject", None), ("accept", "seen axes")]


def test_a_span_is_corrected_by_selecting(page: Any, served: Served) -> None:
    page.goto("/review?type=ASSAULT&outlet=Daily")
    page.evaluate(
        """() => new Promise((heard) => {
          document.addEventListener('selectionchange', heard, {once: true});
          const own = document.getElementById('own'), after = own.nextSibling, range = document.createRange();
          range.setStart(own.firstChild, 0);
          range.setEnd(after, after.textContent.indexOf(' harbour') + 8);
          const chosen = getSelection(); chosen.removeAllRanges(); chosen.addRange(range);
        })"""
    )
    page.keyboard.press("s")
    page.locator("select[name=f_status]").first.select_option("alleged")
    with page.expect_navigation():
        page.locator("#judge button.yes").click()
    with served.desk.store() as store:
        verdict, correction = store.query("SELECT verdict, correction FROM judgements")[0]
    at = TEXT.index("raided")
    assert verdict == "correct"
    assert f'"last": "{at + len("raided the same harbour")}"' in correction
    assert '"status": "alleged"' in correction


def test_bulk_and_back(page: Any) -> None:
    page.goto("/review?type=COERCE&outlet=Daily")
    page.get_by_text("Accept all 4 of this filter").click()
    with page.expect_navigation():
        page.locator("[data-bulk]").click()
    expect(page.locator("h1")).to_contain_text("All 4 events of this set are decided")
    with page.expect_navigation():
        page.keyboard.press("u")
    page.goto("/review?type=COERCE&outlet=Daily")
    progress(page).to_have_text("0 decided, 4 to go")


@pytest.mark.parametrize(
    ("path", "mark", "ends"),
    [
        ("/timeline", "a.bin", "of=events"),
        ("/map", "a[data-go]", "of=events"),
        ("/network", "a.tie", "of=events"),
        ("/network", "a.actor", "of=events"),
        ("/dyad?a=KEN&b=UGA", "a.month", "between=KEN"),
    ],
)
def test_every_mark_leads_to_its_evidence(page: Any, path: str, mark: str, ends: str) -> None:
    page.goto(path)
    page.wait_for_selector(f"#drawing {mark}", state="attached")
    marks = page.locator(f"#drawing {mark}")
    target = next(marks.nth(i) for i in range(marks.count()) if "place=191245" in marks.nth(i).get_attribute("href") or path != "/map")
    href, label = target.get_attribute("href"), target.get_attribute("aria-label")
    assert ends in href
    page.goto(href)
    found = page.inner_text(".told b")
    assert re.search(rf"\b{found}\b", label) or mark == "a.actor"
    assert int(found) > 0


def test_the_timeline_moves_and_saves(page: Any) -> None:
    page.goto("/timeline")
    told = page.locator("#drawing svg > text:last-child")
    before = told.text_content()
    page.keyboard.press("-")
    expect(told).not_to_have_text(before)
    for kind, start in (("svg", b"<svg"), ("png", b"\x89PNG")):
        with page.expect_download() as down:
            page.locator(f"[data-save={kind}]").click()
        assert Path(down.value.path()).read_bytes().startswith(start)


def test_the_map_is_brushed_by_time(page: Any) -> None:
    page.goto("/map")
    brushed, held = page.locator("#brushed"), page.locator("#drawing a[data-go]:not([href*='day=2024-05'])")
    expect(brushed).to_have_text("all months")
    expect(held).not_to_have_count(0)
    page.focus("[data-end=from]")
    page.keyboard.press("End")
    expect(brushed).to_have_text("2024-05")
    expect(page).to_have_url(re.compile("day=2024-05$"))
    expect(page.locator("#drawing a[data-go][href*='day=2024-05']")).not_to_have_count(0)
    expect(held).to_have_count(0)
    page.reload()
    expect(brushed).to_have_text("2024-05")
    page.click("#unbrush")
    expect(brushed).to_have_text("all months")
    expect(page).not_to_have_url(re.compile("day"))


def test_a_dyad_shows_its_empty_months(page: Any) -> None:
    page.goto("/dyad?a=KEN&b=KEN")
    expect(page.locator("#drawing a.month")).not_to_have_count(0)
    page.goto("/dyad?a=KEN&b=UGA")
    expect(page.locator(".found li")).to_have_count(12)


def test_a_story(page: Any) -> None:
    page.goto("/stories")
    page.locator(".found .head").first.click()
    expect(page.locator("main")).to_contain_text(re.compile("had it first|cannot be told"))
    page.get_by_text("1 copy").click()
    expect(page.locator("details[open] .tag")).to_have_text("near")


def test_help(page: Any) -> None:
    page.goto("/search")
    page.keyboard.press("?")
    expect(page.locator("dialog[open] h1")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_login(browser: Any, tmp_path: Path) -> None:
    fill(tmp_path / "closed.db", 3)
    with Store(tmp_path / "closed.db") as store:
        add_user(store, "vera", "a long password", "review")
    served = Served(Desk(tmp_path / "closed.db", Access()))
    context = browser.new_context(base_url=served.address)
    found = context.new_page()
    found.goto("/stories")
    assert found.url.endswith("/login?next=/stories")
    found.fill("input[name=name]", "vera")
    found.fill("input[name=password]", "a wrong password")
    found.keyboard.press("Enter")
    found.wait_for_selector("[role=alert]")
    found.fill("input[name=name]", "vera")
    found.fill("input[name=password]", "a long password")
    found.keyboard.press("Enter")
    found.wait_for_url("**/stories")
    found.get_by_role("button", name="Sign out").click()
    found.wait_for_url("**/login")
    context.close()
    served.stop()


def every_page(served: Served) -> list[str]:
    with served.desk.store() as store:
        report, bad = (store.query(f"SELECT id FROM reports ORDER BY n {order} LIMIT 1")[0][0] for order in ("", "DESC"))
        story = store.query("SELECT story FROM stories LIMIT 1")[0][0]
    return [
        "/", "/search?q=harbour", "/search?of=events&day=2019", "/search?of=statements", "/said?q=nobody", "/stories", f"/story/{story}", "/timeline", "/map",
        "/network", "/dyad?a=KEN&b=UGA", "/review", "/review?of=statements", "/judgements", "/agreement", "/searches", "/help", "/login", "/nothing",
        f"/report/{report}?q=fish", f"/report/{bad}",
    ]  # fmt: skip


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_nothing_serious(browser: Any, served: Served, scheme: str, width: int) -> None:
    context = browser.new_context(base_url=served.address, color_scheme=scheme, viewport={"width": width, "height": 850}, bypass_csp=True)
    found = context.new_page()
    faults = []
    for path in every_page(served)[:: 1 if scheme == "light" else 2]:  # a page costs axe a second and more
        found.goto(path)
        if found.locator("#picture").count():
            found.wait_for_selector("#drawing svg")
        found.add_script_tag(path=AXE)
        broken = found.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']})")["violations"]
        faults += [f"{path} {v['id']}: {v['nodes'][0]['html'][:160]}" for v in broken if v["impact"] in ("serious", "critical")]
        wide = found.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        faults += [f"{path} is {wide} pixels too wide"] if wide > 1 else []
    context.close()
    assert not faults, "\n".join(faults)
