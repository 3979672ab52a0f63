"""The desk without a browser: who gets in, what is refused, what filters find, what judgements become, and that no report acts on a page."""

import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from starlette.testclient import TestClient

from dateline.errors import ArgumentError
from dateline.evaluate.record import read_gold
from dateline.rows import prepared
from dateline.show.seen import SEEN
from dateline.store import Store
from dateline.web import Address, make_app
from dateline.web import judgements as kept
from dateline.web.accounts import add_user
from dateline.web.app import ADDRESSES
from dateline.web.desk import Access, Desk
from dateline.web.filters import NAMES, days_of
from dateline.web.serve import access_of
from desk_store import TEXT, TRICKS, fill, report

HOST = "http://127.0.0.1"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    fill(tmp_path / "news.db")
    return Desk(tmp_path / "news.db", Access(open=True))


@pytest.fixture
def client(desk: Desk) -> TestClient:
    return TestClient(make_app(desk), base_url=HOST, raise_server_exceptions=False)


def mark_of(client: TestClient, path: str = "/") -> str:
    found = re.search(r'name="mark" value="(\w+)"', client.get(path).text)
    assert found
    return found[1]


def post(client: TestClient, path: str, **fields: str) -> httpx.Response:
    return client.post(path, data={"mark": mark_of(client), **fields}, follow_redirects=False)


def rows(client: TestClient, path: str) -> list[dict[str, Any]]:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["rows"]
    return found


# Who gets in


@pytest.mark.parametrize(
    ("address", "users", "word"),
    [
        (Address(host="0.0.0.0"), False, "token"),
        (Address(host="192.168.0.5"), False, "token"),
        (Address(host="192.168.0.5", token="short"), False, "characters"),
        (Address(host="192.168.0.5", token="t" * 20), False, "clear"),
        (Address(host="0.0.0.0", token="t" * 20, plain_http=True), False, "--name"),
        (Address(host="127.0.0.1", names=("desk.example.org",)), False, "token"),
        (Address(host="127.0.0.1", login=True), False, "token"),
    ],
)
def test_it_refuses_to_start_where_anybody_could_come_in(address: Address, users: bool, word: str) -> None:
    with pytest.raises(ArgumentError, match=word):
        access_of(address, users=users)


def test_it_is_open_on_this_machine_and_closed_elsewhere() -> None:
    assert access_of(Address(), users=False).open
    assert not access_of(Address(login=True), users=True).open
    elsewhere = access_of(Address(host="10.0.0.1", behind_https=True), users=True)
    assert not elsewhere.open
    assert elsewhere.secure


def closed(tmp_path: Path, **more: Any) -> TestClient:
    fill(tmp_path / "closed.db", 4)
    with Store(tmp_path / "closed.db") as store:
        for name, role in (("rita", "read"), ("vera", "review"), ("ada", "admin")):
            add_user(store, name, f"password of {name}", role)
    return TestClient(make_app(Desk(tmp_path / "closed.db", Access(**more))), base_url=HOST, raise_server_exceptions=False)


def sign_in(client: TestClient, name: str, password: str) -> httpx.Response:
    return client.post(
        "/login", data={"mark": mark_of(client, "/login"), "name": name, "password": password, "next": "/search"}, follow_redirects=False
    )


def test_accounts_and_roles(tmp_path: Path) -> None:
    client = closed(tmp_path)
    assert client.get("/search", follow_redirects=False).headers["location"] == "/login?next=/search"
    assert client.get("/search.json").status_code == 401
    assert sign_in(client, "rita", "wrong password").status_code == 401
    answer = sign_in(client, "rita", "password of rita")
    assert answer.status_code == 303
    assert {"HttpOnly", "SameSite=strict"} <= {p.strip() for p in answer.headers["set-cookie"].split(";")}
    assert client.get("/search").status_code == 200
    assert client.get("/review").status_code == 403
    with Store(tmp_path / "closed.db") as store:
        assert "password" not in store.query("SELECT password FROM users WHERE name = 'rita'")[0][0]
        assert client.cookies["dateline_session"] not in str(store.query("SELECT * FROM sessions"))
    client.post("/logout", data={"mark": mark_of(client, "/search")})
    assert client.get("/search.json").status_code == 401
    assert sign_in(client, "vera", "password of vera").status_code == 303
    assert client.get("/review").status_code == 200


def test_a_token_lets_in_and_too_many_tries_do_not(tmp_path: Path) -> None:
    client = closed(tmp_path, token="a token of some length", secure=True)
    assert client.get("/search.json", headers={"authorization": "Bearer a token of some length"}).status_code == 200
    assert client.get("/search.json", headers={"authorization": "Bearer something else"}).status_code == 401
    insecure = TestClient(client.app, base_url="https://127.0.0.1", raise_server_exceptions=False)
    assert [sign_in(insecure, "ada", "no").status_code for _ in range(6)] == [401] * 5 + [429]
    assert "Secure" in sign_in(insecure, "", "a token of some length").headers["set-cookie"]


@pytest.mark.parametrize("path", [a.path for a in ADDRESSES if a.post])
def test_no_form_is_taken_without_its_mark(client: TestClient, path: str) -> None:
    client.get("/")
    assert client.post(path, data={"mark": "0" * 64}).status_code == 403
    assert client.post(path).status_code == 403
    mark = mark_of(client)
    assert client.post(path, data={"mark": mark}, headers={"origin": "http://evil.example"}).status_code == 403
    assert client.post(path, data={"mark": mark}, headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_headers_hosts_and_sizes(client: TestClient) -> None:
    answer = client.get("/")
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert client.get("/", headers={"host": "evil.example"}).status_code == 421
    assert client.get("/", headers={"host": "127.0.0.1.evil.example:80"}).status_code == 421
    assert client.get("/search?q=" + "a" * 9000).status_code == 414
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post("/paste", content=b"x" * (5 * 1024 * 1024)).status_code == 413
    assert client.post("/paste", content=iter([b"x" * 1024 * 1024] * 6), headers=form).status_code == 413


@pytest.mark.parametrize(
    "name", ["../desk.py", "..%2f..%2fcli.py", "%2e%2e/desk.py", "schema.sql", "report.html", "body.html", "", "C:\\x.js", "desk.css%00.js"]
)
def test_no_file_but_ours_is_served(client: TestClient, name: str) -> None:
    assert client.get("/static/" + name).status_code == 404
    assert client.get("/static/desk.css").status_code == 200


def test_a_fault_tells_nothing(desk: Desk) -> None:
    desk.render = lambda *a, **k: "broke" if a[0] == "error.html" else 1 / 0  # type: ignore[assignment,method-assign,return-value]
    answer = TestClient(make_app(desk), base_url=HOST, raise_server_exceptions=False).get("/")
    assert answer.status_code == 500
    assert answer.text == "broke"
    assert "content-security-policy" in answer.headers


# No report acts on a page

PATHS = [
    "/", "/search", "/search?of=events", "/search?of=statements", "/search?q=otieno", "/said?q=nobody", "/stories", "/timeline", "/map", "/network",
    "/network?tie=said", "/dyad?a=KEN&b=UGA", "/review", "/review?of=statements", "/judgements", "/agreement", "/searches", "/help", "/openapi.json",
]  # fmt: skip


def test_hostile_reports_stay_text(client: TestClient, tmp_path: Path) -> None:
    with Store(tmp_path / "news.db", read_only=True) as store:
        bad = store.query("SELECT id FROM reports WHERE outlet = ?", (TRICKS[1],))[0][0]
    tricky = [f"/report/{bad}", f"/report/{bad}?q=owned", f"/review/item/{bad}/events/e0", f"/review/item/{bad}/statements/s0"]
    tricky += [f"/search?q={t}" for t in ("<script>", '"><img src=x>', "' OR 1=1 --", "javascript:alert(1) x")]
    tricky += [
        '/search?actor="><script>alert(1)</script>',
        "/dyad?a=<script>&b={{7*7}}",
        "/login?next=//evil.example",
        "/login?next=javascript:alert(1)",
    ]
    for path in [*PATHS, *tricky]:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.text[:300])
        if "html" in answer.headers["content-type"]:
            assert_tame(answer.text, path)


def assert_tame(page: str, path: str) -> None:
    """Only our own markup: no foreign tag, no handler, no style, no script in the page, no control or direction character."""
    assert not re.search(r"<script(?! src=\"/static/\w+\.js\" defer></script>)", page), path
    assert not re.search(r"<[^>]*\s(on\w+|style)=", re.sub(r'"[^"]*"', '""', page)), path
    assert not re.search(r"<(img|iframe|object|embed|base|style|meta http)", page), path
    assert not re.search(r'(href|src|action)="(?!/|#|\?)', page), path
    assert "49" not in re.findall(r"\{\{ ?7", page), path
    assert not set(map(ord, page)) & (set(SEEN) - {13}), path


def test_csv_cells_do_not_run(client: TestClient) -> None:
    for line in client.get("/search.csv?of=reports").text.splitlines():
        assert not re.match(r"[=+@-]", line)
    assert "text/csv" in client.get("/search.csv").headers["content-type"]


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_address_breaks_it(client: TestClient, data: st.DataObject) -> None:
    address = data.draw(st.sampled_from([a for a in ADDRESSES if not a.post]))
    path = address.path + data.draw(st.sampled_from(sorted(address.forms)))
    for name in re.findall(r"{(\w+)}", path):
        path = path.replace(
            "{" + name + "}",
            httpx.QueryParams({"x": data.draw(st.text(min_size=1, max_size=12))}).__str__()[2:].replace("+", "%20").replace(".", "%2E"),
        )
    query = data.draw(
        st.dictionaries(st.sampled_from([*NAMES, "sort", "skip", "tie", "a", "b", "next", "who"]), st.text(max_size=20), max_size=4)
    )
    answer = client.get(path, params=query, follow_redirects=False)
    assert answer.status_code in (200, 303, 400, 404), (path, query, answer.text[:300])


# What filters find


@pytest.mark.parametrize(
    ("query", "many"),
    [
        ("of=events", 25), ("of=events&type=COERCE", 13), ("of=events&novelty=background", 12), ("of=events&day=2019", 12), ("of=events&day=2019-03-01", 12),
        ("of=events&day=2018..2020", 12), ("of=events&actor=KEN&recipient=UGA", 12), ("of=events&between=UGA | KEN", 12), ("of=events&place=191245", 12),
        ("of=events&least=0.8", 13), ("of=events&outlet=Daily", 8), ("of=statements&speaker=Amina Otieno", 12), ("of=statements&q=burned", 13),
        ("of=reports&outlet=Daily", 4), ("of=reports&check=weekday", 12), ("of=reports&q=fishes", 13), ("of=reports&q=nothinglikethis", 0),
        ("of=reports&printed=2024-05-14", 2), ("of=reports&novelty=background", 12), ("of=reports&q=otieno&outlet=Daily", 4),
        ("of=reports&speaker=Amina Otieno&outlet=Daily&q=otieno", 4),
    ],
)  # fmt: skip
def test_filters(client: TestClient, query: str, many: int) -> None:
    data = client.get("/search.json?" + query).json()
    assert data["total"] == len(data["rows"]) == many


def test_a_bad_filter_is_told(client: TestClient) -> None:
    assert "2024-05" in client.get("/search?of=events&day=soon").text
    assert client.get("/search?of=nothing").status_code == 400
    assert client.get("/search?novelty=old").status_code == 400
    assert client.get("/search?skip=-1").status_code == 400


@pytest.mark.parametrize(
    ("given_", "first", "last"),
    [
        ("2024", "2024", "2024-12-31"),
        ("2024-02", "2024-02", "2024-02-31"),
        ("2024-02-03", "2024-02-03", "2024-02-03"),
        ("..2024-02", "0000", "2024-02-31"),
        ("2023..", "2023", "9999"),
    ],
)
def test_days(given_: str, first: str, last: str) -> None:
    assert days_of(given_, "day") == (first, last)


def test_a_report_opens_at_the_words(client: TestClient, tmp_path: Path) -> None:
    name = rows(client, "/search.json?q=fish&outlet=Daily")[0]["report"]
    page = client.get(f"/report/{name}?q=fishes").text
    assert re.search(r'class="[^"]*k-hit[^"]*" data-keys="[^"]*">fish<', page)
    data = client.get(f"/report/{name}.json").json()
    assert data["text"].startswith(TEXT)
    assert data["record"]["id"] == name


def test_pictures_count_what_search_lists(client: TestClient) -> None:
    days = rows(client, "/timeline.json?type=COERCE")
    assert sum(d["new"] for d in days) == 13
    assert sum(d["printed"] for d in days) == 13
    places = rows(client, "/map.json?type=COERCE")
    assert {p["place"]: p["events"] for p in places}["Kisumu"] == 12
    assert rows(client, "/network.json?novelty=background") == [{"from": "KEN", "to": "UGA", "quad": 4, "many": 12}]
    assert rows(client, "/dyad.json?a=KEN&b=UGA")[0] == {
        "month": "2019-03", "verbal_cooperation": 0, "material_cooperation": 0, "verbal_conflict": 0, "material_conflict": 12, "events": 12
    }  # fmt: skip
    assert rows(client, "/dyad.json?a=UGA&b=KEN") == rows(client, "/dyad.json?a=KEN&b=UGA")


def test_stories(client: TestClient) -> None:
    name = rows(client, "/stories.json")[0]["story"]
    data = client.get(f"/story/{name}.json").json()
    assert len(data["members"]) == 3
    page = client.get(f"/story/{name}").text
    assert "1 copy" in page
    assert "both quote Amina Otieno" in page
    assert client.get("/story/none").status_code == 404


def test_saved_searches(client: TestClient) -> None:
    assert post(client, "/searches/save", name="arrests", of="events", type="COERCE").headers["location"] == "/search?of=events&type=COERCE"
    assert rows(client, "/searches.json")[0]["query"] == "of=events&type=COERCE"
    post(client, "/searches/forget", n=str(rows(client, "/searches.json")[0]["n"]))
    assert rows(client, "/searches.json") == []


# Judgements


def judge(client: TestClient, item: dict[str, Any], verdict: str, **more: str) -> httpx.Response:
    return post(
        client, "/review/judge", item_report=item["report"], section="events", item=item["id"], verdict=verdict, of="events", **more
    )


def test_a_judgement_goes_on_and_is_taken_back(client: TestClient) -> None:
    first = client.get("/review?type=ASSAULT", follow_redirects=False).headers["location"]
    found = re.match(r"/review/item/(\w+)/events/(\w+)\?type=ASSAULT", first)
    assert found
    item = {"report": found[1], "id": found[2]}
    onward = judge(client, item, "accept", type="ASSAULT").headers["location"]
    assert onward != first
    assert "1 decided, 11 to go" in client.get(onward).text
    assert post(client, "/review/undo", type="ASSAULT", of="events").headers["location"].startswith(first.partition("?")[0])
    assert "0 decided, 12 to go" in client.get(onward).text
    assert rows(client, "/judgements.json") == []


def test_a_correction_keeps_both_sides(client: TestClient) -> None:
    item = rows(client, "/search.json?of=events&type=COERCE&outlet=Daily")[0]
    assert judge(client, item, "accept", f_status="alleged", f_start="2024-05-13", f_actor="police", note="heard twice").status_code == 303
    kept_ = rows(client, "/judgements.json")[0]
    assert kept_["verdict"] == "correct"
    assert json.loads(kept_["correction"]) == {"status": "alleged", "start": "2024-05-13"}
    assert kept_["note"] == "heard twice"
    assert judge(client, item, "accept", f_status="nonsense").status_code == 400
    assert judge(client, item, "accept", f_start="2024-13-40").status_code == 400
    assert judge(client, item, "accept", f_first="5", f_last="99999999").status_code == 400


def test_bulk_takes_exactly_what_was_shown(client: TestClient) -> None:
    page = client.get("/review?type=COERCE&outlet=Daily").text
    found = re.search(r'name="set" value="(\w+)"', page)
    assert found
    assert "exactly the <b>4</b>" in page
    item = rows(client, "/search.json?of=events&type=COERCE&outlet=Daily")[0]
    judge(client, item, "reject")
    changed = post(client, "/review/bulk", set=found[1], type="COERCE", outlet="Daily", of="events")
    assert changed.status_code == 400
    assert "now holds 3" in changed.text
    again = re.search(r'name="set" value="(\w+)"', client.get("/review?type=COERCE&outlet=Daily").text)
    assert again
    assert post(client, "/review/bulk", set=again[1], type="COERCE", outlet="Daily", of="events").status_code == 303
    assert sorted(r["verdict"] for r in rows(client, "/judgements.json")) == ["accept", "accept", "accept", "reject"]
    post(client, "/review/undo")
    assert [r["verdict"] for r in rows(client, "/judgements.json")] == ["reject"]


def test_judgements_survive_recoding(client: TestClient, desk: Desk) -> None:
    items = rows(client, "/search.json?of=events&outlet=Daily&type=ASSAULT")[:2]
    for item in items:
        judge(client, item, "accept")
    with desk.writing() as store:
        made, record = next(
            (r, c)
            for n in range(12)
            for r, c in [report(n, TEXT + f"\n\nA line of its own, number {n}.", outlet="Daily")]
            if r.id == items[0]["report"]
        )
        renamed = replace(record, events=(replace(record.events[1], id="e7"),))
        emptied_made, emptied = next(
            (r, c)
            for n in range(12)
            for r, c in [report(n, TEXT + f"\n\nA line of its own, number {n}.", outlet="Daily")]
            if r.id == items[1]["report"]
        )
        store.add([prepared(made, renamed), prepared(emptied_made, replace(emptied, events=()))], coding="test/2")
    found = {r["report"]: r for r in rows(client, "/judgements.json")}
    assert found[items[0]["report"]]["item"] == "e7"
    assert found[items[1]["report"]]["item"] is None
    assert found[items[1]["report"]]["gone"]
    assert len(rows(client, "/judgements.json?gone=1")) == 1


def test_an_item_is_found_where_its_words_moved() -> None:
    _, record = report(1)
    moved = "A new first line.\n\n" + TEXT
    shift = len(moved) - len(TEXT)
    from dateline.records import Span

    there = replace(record, events=tuple(replace(e, trigger=Span(e.trigger.start + shift, e.trigger.end + shift)) for e in record.events))
    span = record.events[1].trigger
    found = kept.same_item(there, moved, "events", span, "raided")
    assert found
    assert found.id == "e1"
    assert kept.same_item(there, "nothing of it", "events", span, "raided") is None


def test_agreement(client: TestClient) -> None:
    items = rows(client, "/search.json?of=events&type=ASSAULT")[:4]
    for who, verdicts in (("anna", "accept accept reject reject"), ("bert", "accept reject reject reject")):
        client.cookies.set("dateline_reviewer", who, domain="127.0.0.1")
        for item, verdict in zip(items, verdicts.split(), strict=True):
            judge(client, item, verdict)
    pair = rows(client, "/agreement.json")[0]
    assert (pair["items"], pair["same"], pair["differ"]) == (4, 3, 1)
    assert pair["kappa"] == pytest.approx(0.5)
    assert pair["span_f1"] == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("yes", "value"), [([], None), ([(True, True)], None), ([(True, True), (False, False)], 1.0), ([(True, False), (False, True)], -1.0)]
)
def test_kappa(yes: list[tuple[bool, bool]], value: float | None) -> None:
    assert kept.kappa(yes) == value


def test_gold_is_read_by_evaluate(client: TestClient, tmp_path: Path) -> None:
    item, other = rows(client, "/search.json?of=events&outlet=Daily&report=" + rows(client, "/search.json?outlet=Daily")[0]["report"])
    judge(client, item, "accept", f_status="alleged")
    judge(client, other, "reject")
    text = client.get(f"/report/{item['report']}.json").json()["text"]
    at = text.index("burned")
    post(
        client,
        "/review/add",
        item_report=item["report"],
        section="events",
        f_type="ASSAULT",
        f_actor="nobody",
        f_first=str(at),
        f_last=str(at + 6),
        of="events",
    )
    (tmp_path / "gold.jsonl").write_bytes(client.get("/gold.jsonl").content)
    row = read_gold(tmp_path / "gold.jsonl")[0]
    assert {e["trigger"]["text"]: e["status"] for e in row["events"]} == {item["words"]: "alleged", "burned": "actual"}
    assert [g["span"]["text"] for g in row["must_not_emit"]] == [other["words"]]
    from dateline.evaluate.record import score

    figures = score(tmp_path / "gold.jsonl", [client.get(f"/report/{item['report']}.json").json()["record"]])
    assert figures["records missing"] == 0
    assert figures["parts"]["events of gold"] == 2


# Paste and see


def test_a_pasted_report_is_read_and_not_kept(client: TestClient, line: object) -> None:
    text = (
        "NAIROBI, May 14, 2024 (Reuters) - Police arrested 40 people in Kisumu on Monday, the minister said.\r\n\r\nShe spoke in Nairobi."
    )
    answer = post(client, "/paste", text=text)
    assert answer.status_code == 200
    assert "Nothing of this is kept" in answer.text
    assert "arrested" in answer.text
    assert_tame(answer.text, "/paste")
    assert rows(client, "/search.json?q=Nairobi") == []
    found = re.search(r'name="kept" value="([^"]+)"', answer.text)
    assert found
    kept_ = post(client, "/keep", kept=found[1], name="pasted.txt")
    assert kept_.status_code == 303
    assert client.get(kept_.headers["location"]).status_code == 200
    assert len(rows(client, "/search.json?q=Nairobi")) == 1


def test_what_cannot_be_read_is_told(client: TestClient, line: object) -> None:
    assert "nothing to read" in post(client, "/paste", text="  ").text
    assert "longer" in post(client, "/paste", text="word " * 40_000).text
    assert post(client, "/keep", kept="!!!", name="x").status_code == 400
    for trick in TRICKS[:8]:
        answer = post(client, "/paste", text=trick)
        assert answer.status_code in (200, 400)
        assert_tame(answer.text, trick)


def test_an_uploaded_page_is_read(client: TestClient, line: object) -> None:
    told = "".join(
        f"<p>Police arrested {n} people in Kisumu on Monday, and the minister said that the market would open again.</p>"
        for n in (40, 12, 7)
    )
    page = f"<html lang=en><head><title>Forty held</title></head><body><article><h1>Forty held</h1>{told}</article></body></html>"
    files = {"file": ("../../etc/<b>x.html", page.encode(), "text/html")}
    answer = client.post("/paste", data={"mark": mark_of(client)}, files=files)
    assert answer.status_code == 200
    assert "arrested" in answer.text
    assert "&lt;article" not in answer.text
    assert_tame(answer.text, "upload")
