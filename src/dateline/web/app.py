"""The application: every address of the desk in one table."""

import logging
from copy import copy
from importlib.resources import files
from typing import NamedTuple

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from dateline.web import entrance, judge, paste, pictures, read, searching
from dateline.web.accounts import Visitor
from dateline.web.desk import Asked, Desk, Page, View, view
from dateline.web.filters import NAMES, schema_of
from dateline.web.guard import Guard, TooMuch

FORMS = ("", ".json", ".csv")
LISTS = ("", ".json", ".csv")
DATA = ("", ".json")
HERE = ("",)


class Address(NamedTuple):
    """One address: its path, its view, the forms it comes in, who may, and what it says, in a sentence."""

    path: str
    view: View
    forms: tuple[str, ...]
    says: str
    role: str = "read"
    post: bool = False
    public: bool = False
    takes: tuple[str, ...] = ()

    @property
    def checked(self) -> bool:
        """Whether its values are refused where they are no filter's."""
        return "of" in self.takes or self.path == "/said"


FILTERS = NAMES
ADDRESSES = (
    Address("/", paste.first_page, HERE, "Paste a report, or look into the store."),
    Address("/paste", paste.paste, HERE, "The record of a report that is sent; nothing is kept.", post=True),
    Address("/keep", paste.keep, HERE, "Keep a report that was read.", role="review", post=True),
    Address("/search", searching.search, LISTS, "Reports, statements or events that meet every filter.", takes=(*FILTERS, "sort", "skip")),
    Address("/search/counts", searching.counts, DATA, "How many rows a search has, and its facets.", takes=FILTERS),
    Address("/said", searching.said, LISTS, "Who said this, first and where.", takes=("q",)),
    Address("/searches", searching.saved, LISTS, "The saved searches."),
    Address("/searches/save", searching.save, HERE, "Keep a search under a name.", role="review", post=True),
    Address("/searches/forget", searching.forget, HERE, "Forget a saved search.", role="review", post=True),
    Address("/report/{id}", read.report, DATA, "One report with its record.", takes=("q",)),
    Address("/stories", read.stories, LISTS, "The stories of the store, the largest first."),
    Address("/story/{id}", read.story, DATA, "One story: copies folded, origins counted, differences side by side."),
    Address(
        "/timeline", pictures.timeline, LISTS, "Happenings by the day they happened, and printings beside them.", takes=(*FILTERS, "by")
    ),
    Address("/map", pictures.world, LISTS, "Happenings by place.", takes=FILTERS),
    Address("/network", pictures.network, LISTS, "Who does what to whom, and who speaks of whom.", takes=(*FILTERS, "tie")),
    Address("/dyad", pictures.dyad, LISTS, "Two actors, month by month.", takes=("a", "b")),
    Address("/review", judge.queue, HERE, "The next item that you have not decided.", role="review", takes=FILTERS),
    Address("/review/item/{report}/{section}/{id}", judge.item, HERE, "One item to decide.", role="review", takes=FILTERS),
    Address("/review/judge", judge.decide, HERE, "Keep a judgement and go on.", role="review", post=True),
    Address("/review/undo", judge.undo, HERE, "Take back your last judgement.", role="review", post=True),
    Address("/review/bulk", judge.bulk, HERE, "Accept exactly the filtered set.", role="review", post=True),
    Address("/review/add", judge.add, HERE, "Add what the machine missed.", role="review", post=True),
    Address("/review/name", judge.name, HERE, "Say under which name you review on an open desk.", post=True),
    Address("/judgements", judge.judgements, LISTS, "Every judgement, the newest first.", takes=("who", "report", "gone")),
    Address("/agreement", judge.agreement, LISTS, "How far reviewers agree, and where they do not."),
    Address("/gold", judge.gold, (".jsonl",), "Judgements as gold that `dateline evaluate record` reads.", takes=("who",)),
    Address("/help", entrance.help_page, HERE, "Keys and words.", public=True),
    Address("/login", entrance.login_page, HERE, "Sign in.", public=True),
    Address("/login", entrance.login, HERE, "Sign in.", public=True, post=True),
    Address("/logout", entrance.logout, HERE, "Sign out.", post=True),
)
STATIC = {
    ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".json": "application/json", ".svg": "image/svg+xml",
}  # fmt: skip
FREE: dict[str, object] = {"type": "string"}
SCHEMAS: dict[str, dict[str, object]] = {
    "sort": {"type": "string", "enum": ["", *searching.SORTS]}, "by": {"type": "string", "enum": [*pictures.BINS]},
    "skip": {"type": "string", "pattern": f"^({searching.SKIPS})?$"}, "tie": {"type": "string", "enum": ["", "said"]},
}  # fmt: skip
REFUSALS = {
    status: {"description": says}
    for status, says in {
        "303": "Go on there.", "400": "A value is not accepted.", "401": "Sign in first.", "403": "Not allowed.", "404": "Not there.",
        "414": "The address is too long.", "503": "It took too long.",
    }.items()
}  # fmt: skip
WARMED: tuple[tuple[str, View, bytes], ...] = (
    ("/", paste.first_page, b""),
    *(("/search/counts", searching.counts, b"of=" + of) for of in (b"events", b"reports", b"statements")),
    ("/timeline", pictures.timeline, b""), ("/map", pictures.world, b""), ("/dyad", pictures.dyad, b""), ("/network", pictures.network, b""),
)  # fmt: skip
log = logging.getLogger("dateline.web")


def make_app(desk: Desk) -> ASGIApp:
    """The application for a desk."""
    routes = [
        Route(
            address.path + form,
            view(desk, address.view, role=address.role, public=address.public, post=address.post),
            methods=["POST" if address.post else "GET"],
        )
        # a suffix first, or "/report/x.json" would be a report named "x.json"
        for address in ADDRESSES for form in sorted(address.forms, reverse=True)
    ]  # fmt: skip
    routes += [Route("/static/{name}", static), Route("/openapi.json", view(desk, openapi)), Route("/favicon.ico", icon)]

    async def told(request: Request, fault: Exception) -> Response:
        if isinstance(fault, TooMuch):
            return PlainTextResponse(str(fault), 413)
        status = fault.status_code if isinstance(fault, HTTPException) else 500
        if status == 500:
            log.error("a page failed: %s", request.url.path, exc_info=fault)
        detail = fault.detail if isinstance(fault, HTTPException) else ""
        says = {404: "There is nothing at this address.", 405: "This address is not asked that way.", 500: "Something broke at the desk."}
        message = detail if detail and status in (400, 401, 403, 429, 503) else says.get(status, "This cannot be answered.")
        if isinstance(fault, HTTPException) and status == 404 and detail != "Not Found":
            message = detail
        headers = dict(fault.headers or {}) if isinstance(fault, HTTPException) else {}
        if request.url.path == "/login" and status == 405:
            headers["Allow"] = "GET, HEAD, POST"  # the one address that is asked both ways
        if request.url.path.endswith((".json", ".csv", ".jsonl")):
            return JSONResponse({"error": message}, status, headers)
        return Response(desk.render("error.html", None, status=status, message=message), status, headers, "text/html")

    app = Starlette(routes=routes, exception_handlers={HTTPException: told, TooMuch: told, Exception: told})
    app.router.redirect_slashes = False
    return Guard(app, hosts=desk.access.hosts)


def warm(desk: Desk) -> None:
    """Take what the first pages need before anybody waits for it: the counts of the whole store, the codebook, the language model."""
    patient = copy(desk)  # it shares what is kept
    patient.seconds = 600.0
    for path, function, query in WARMED:
        scope = {"type": "http", "method": "GET", "path": path, "query_string": query, "headers": []}
        function(patient, Asked(Request(scope), Visitor(name="", role="read"), ""))
    desk.warm()


async def static(request: Request) -> Response:
    """A file of ours, by its bare name; nothing else of the machine can be named."""
    name = request.path_params["name"]
    kind = STATIC.get("." + name.rpartition(".")[2])
    for package in ("dateline.web", "dateline.show"):
        folder = files(package) / "static"
        if kind and name in {f.name for f in folder.iterdir()}:
            return Response((folder / name).read_bytes(), media_type=kind, headers={"Cache-Control": "max-age=300"})
    raise HTTPException(404, "Not Found")


async def icon(_: Request) -> Response:
    """Browsers ask for it."""
    return PlainTextResponse("", 204)


def openapi(_: Desk, __: Asked) -> Page:
    """The desk's addresses as OpenAPI 3.1."""
    paths: dict[str, dict[str, object]] = {}
    for address in ADDRESSES:
        for form in address.forms:
            names = [p[1:-1] for p in address.path.split("/") if p.startswith("{")]
            given = [{"name": n, "in": "path", "required": True, "schema": {"type": "string"}} for n in names]
            given += [
                {"name": n, "in": "query", "required": False, "schema": SCHEMAS.get(n) or (schema_of(n) if address.checked else FREE)}
                for n in address.takes
            ]
            kind = {"": "text/html", ".json": "application/json", ".csv": "text/csv", ".jsonl": "application/x-ndjson"}[form]
            answers = {"200": {"description": "The answer.", "content": {kind: {}}}, **REFUSALS}
            body: dict[str, object] = {"requestBody": {"content": {"multipart/form-data": {}}}} if address.post else {}
            paths.setdefault(address.path + form, {})["post" if address.post else "get"] = {
                "summary": address.says, "parameters": given, "responses": answers, **body,
            }  # fmt: skip
    return Page(template="", data={"openapi": "3.1.0", "info": {"title": "Dateline's desk", "version": "1"}, "paths": paths})
