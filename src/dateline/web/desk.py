"""What every page shares: the store, the visitor, the line for pasted reports, and the one answer that is a page, JSON or CSV."""

import csv
import hashlib
import hmac
import io
import logging
import secrets
import threading
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import msgspec
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dateline import __version__
from dateline.codebook import Codebook, load_codebook
from dateline.errors import ArgumentError, SlowError, StoreError
from dateline.language import Analyser, load_analyser
from dateline.records import Base
from dateline.show.seen import seen
from dateline.store import Store
from dateline.web.accounts import Visitor, digest_of, session_of

SECONDS = 10.0  # that one question to the store may take
MOST_ROWS = 100_000  # of a list as JSON or CSV
SESSION, MARK, REVIEWER = "dateline_session", "dateline_mark", "dateline_reviewer"
FORMS = {".json": "json", ".csv": "csv"}


log = logging.getLogger("dateline.web")


class Access(Base, frozen=True, kw_only=True):
    """Who may come in: everybody who can reach the address (`open`), or who has the token or an account."""

    open: bool = False
    token: str | None = None
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "::1")
    secure: bool = False


class Page(Base, frozen=True, kw_only=True):
    """What a view found: values for its template; `rows` are the same as a list, for JSON and CSV."""

    template: str
    values: dict[str, Any] = {}
    rows: list[dict[str, Any]] | None = None
    data: Any = None  # JSON that is no list
    status: int = 200


class Query(dict[str, str]):
    """What was asked; an empty string for what was not."""

    def __missing__(self, _: str) -> str:
        return ""


class Asked:
    """One request: its visitor, its query, its form of answer."""

    def __init__(self, request: Request, visitor: Visitor, mark: str, given: FormData | None = None) -> None:
        self.request, self.visitor, self.mark = request, visitor, mark
        path = request.url.path
        self.form = next((form for suffix, form in FORMS.items() if path.endswith(suffix)), "html")
        self.query = Query({k: clean(v) for k, v in request.query_params.items()})
        self.given = given

    def __getitem__(self, name: str) -> str:
        """One value of the query; empty when it is not there."""
        return self.query.get(name, "")

    def field(self, name: str) -> str:
        """One value of a posted form; empty when it is not there."""
        value = self.given.get(name) if self.given is not None else None
        return clean(value) if isinstance(value, str) else ""

    def upload(self, name: str) -> UploadFile | None:
        """An uploaded file, when one was chosen."""
        value = self.given.get(name) if self.given is not None else None
        return value if isinstance(value, UploadFile) and value.filename else None

    def path(self, name: str) -> str:
        """One part of the address."""
        return clean(str(self.request.path_params[name]))


class Desk:
    """An open desk. It holds no connection: each request opens the file, so that a running job is never in the way."""

    def __init__(self, db: str | Path, access: Access) -> None:
        self.db, self.access = db, access
        self.secret = secrets.token_bytes(32)
        self.env = environment()
        self.coding = threading.Lock()  # one report is read at a time
        self.failures: dict[str, list[float]] = {}
        self.kept: dict[Any, Any] = {}  # counts that are dear to take, until the store changes
        self.seconds = SECONDS

    def store(self) -> Store:
        """The store to read, with a bound on the time of a question."""
        store = Store(self.db, read_only=True)
        store.bound(self.seconds)
        return store

    def writing(self) -> Store:
        """The store to write."""
        return Store(self.db)

    def warm(self) -> None:
        """Load what reading a pasted report needs."""
        with self.coding:
            _ = self.book, self.analyser

    @cached_property
    def book(self) -> Codebook:
        """The codebook, loaded at its first use."""
        return load_codebook(None)

    @cached_property
    def analyser(self) -> Analyser:
        """The language model, loaded at its first use."""
        return load_analyser()

    def once(self, store: Store, key: Any, take: Callable[[], Any]) -> Any:
        """A value for this state of the store, taken once."""
        stamp = store.query(
            "SELECT max(n), (SELECT many FROM rolled_values WHERE of = 'reports' AND facet = 'all' AND value = '') FROM reports"
        )[0]
        if self.kept.get("stamp") != stamp or len(self.kept) > 500:
            self.kept.clear()
            self.kept["stamp"] = stamp
        if key not in self.kept:
            self.kept[key] = take()
        return self.kept[key]

    def visitor(self, request: Request) -> Visitor | None:
        """Who asks; None when they have to say so first."""
        if self.access.open:
            name = clean(request.cookies.get(REVIEWER, ""))[:40]
            return Visitor(name=name if name.strip() and name.isprintable() else "reviewer", role="admin")
        given = request.headers.get("authorization", "")
        if self.access.token and given.startswith("Bearer ") and same(given[7:], self.access.token):
            return Visitor(name="token", role="admin")
        cookie = request.cookies.get(SESSION)
        if not cookie:
            return None
        with self.store() as store:
            return session_of(store, cookie)

    def mark_of(self, cookie: str) -> str:
        """What a form must carry: made from the visitor's own cookie and a secret of this process."""
        return hmac.new(self.secret, cookie.encode("utf8", "replace"), hashlib.sha256).hexdigest()

    def render(self, template: str, asked: "Asked | None", **values: Any) -> str:
        """A template as text."""
        shared = {"visitor": asked and asked.visitor, "mark": asked.mark if asked else "", "open": self.access.open, "version": __version__}
        here = asked.request.url.path if asked else ""
        return self.env.get_template(template).render(here=here, query=asked.query if asked else {}, **{**shared, **values})

    def answer(self, asked: Asked, page: "Page | Response") -> Response:
        """A page in the form that was asked for."""
        if isinstance(page, Response):
            return page
        if asked.form == "json":
            what = page.data if page.data is not None else {"rows": page.rows or []}
            return Response(msgspec.json.encode(safe(what)), page.status, media_type="application/json")
        if asked.form == "csv":
            head = {"Content-Disposition": f'attachment; filename="dateline-{asked.request.url.path.strip("/").replace("/", "-")}"'}
            return Response(csv_of(page.rows or []), page.status, head, "text/csv; charset=utf-8")
        return Response(self.render(page.template, asked, **page.values), page.status, media_type="text/html")


View = Callable[[Desk, Asked], Page | Response]


def view(desk: Desk, function: View, *, role: str = "read", public: bool = False, post: bool = False) -> Callable[[Request], Any]:
    """An endpoint from a view: who may, the mark of a form, and the one place where errors become pages."""

    async def endpoint(request: Request) -> Response:
        cookie = request.cookies.get(SESSION if request.cookies.get(SESSION) else MARK, "")
        fresh = "" if cookie else secrets.token_urlsafe(24)
        visitor = await run_in_threadpool(desk.visitor, request)
        if visitor is None and not public:
            if request.method == "GET" and Asked(request, Visitor(name="", role="read"), "").form == "html":
                return RedirectResponse(f"/login?next={safe_path(request.url.path)}", 303)
            raise HTTPException(401, "Sign in first, or send the token: Authorization: Bearer TOKEN.")
        if visitor is not None and not visitor.may(role):
            raise HTTPException(403, f"Your account may not do this: it needs the role {role}.")
        mark = desk.mark_of(cookie or fresh)
        if not post:
            response = await run_in_threadpool(run, desk, function, Asked(request, visitor or Visitor(name="", role="read"), mark))
        else:
            bearer = request.headers.get("authorization", "").startswith("Bearer ")
            async with request.form(max_files=1, max_fields=60, max_part_size=3 * 1024 * 1024) as given:
                sent = given.get("mark")
                if not bearer and not (cookie and isinstance(sent, str) and same(sent, mark) and own_origin(request)):
                    raise HTTPException(
                        403, "This form is too old, or did not come from this desk. Go back, load the page anew, and try again."
                    )
                asked = Asked(request, visitor or Visitor(name="", role="read"), mark, given)
                response = await run_in_threadpool(run, desk, function, asked)
        if fresh:
            response.set_cookie(MARK, fresh, httponly=True, samesite="strict", secure=desk.access.secure)
        return response

    return endpoint


def run(desk: Desk, function: View, asked: Asked) -> Response:
    """One view, its expected errors told in words."""
    try:
        return desk.answer(asked, function(desk, asked))
    except ArgumentError as fault:
        raise HTTPException(400, str(fault)) from None
    except SlowError:
        raise HTTPException(503, f"This question took longer than {SECONDS:g} seconds: narrow it.") from None
    except StoreError as fault:
        log.error("the store failed: %s", asked.request.url.path, exc_info=fault)
        raise HTTPException(503, "The store cannot be read or written just now.") from None


def own_origin(request: Request) -> bool:
    """Whether a form came from a page of this desk, as far as the browser says."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site and site not in ("same-origin", "none"):
        return False
    return not origin or origin.partition("://")[2] == request.headers.get("host")


def same(a: str, b: str) -> bool:
    """Whether two secrets are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(digest_of(a), digest_of(b))


def clean(value: str) -> str:
    """A value from outside as text that every library takes: no lone surrogates, no NUL."""
    return value.encode("utf8", "replace").decode().replace("\0", "�")


def safe_path(path: str) -> str:
    """A path of this desk to come back to; the first page for anything else."""
    return path if path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable() else "/"


def safe(what: Any) -> Any:
    """Data without lone surrogates, which JSON cannot hold."""
    if isinstance(what, str):
        return what if what.isascii() else what.encode("utf8", "replace").decode()
    if isinstance(what, dict):
        return {k: safe(v) for k, v in what.items()}
    return [safe(v) for v in what] if isinstance(what, list | tuple) else what


def csv_of(rows: list[dict[str, Any]]) -> bytes:
    """Rows as CSV; a cell that a spreadsheet would run gets a quotation mark before it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if rows:
        writer.writerow(rows[0])
    writer.writerows([cell(value) for value in row.values()] for row in rows)
    return out.getvalue().encode("utf8", "replace")


def cell(value: Any) -> Any:
    """One cell."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def environment() -> Environment:
    """Jinja over the desk's templates and the page of one report: everything escaped, nothing silently blank."""
    loader = ChoiceLoader([PackageLoader("dateline.web"), PackageLoader("dateline.show", "static")])
    env = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=seen)
    env.globals.update(with_one=with_one, without=without)
    return env


def with_one(address: str, name: str, value: object) -> str:
    """An address's query with one value set; another filter means the first page again."""
    kept = {k: v for k, v in parse_qsl(address) if k not in (name, "skip")}
    return urlencode({**kept, name: str(value)})


def without(address: str, name: str) -> str:
    """An address's query without one value."""
    return urlencode([(k, v) for k, v in parse_qsl(address) if k not in (name, "skip")])
