"""What stands before every page: the host asked for, the size and time of a request, and the headers that keep report text from acting."""

import asyncio
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 4 * 1024 * 1024  # of a request
LONGEST_ADDRESS = 4096
SECONDS = 30.0  # to receive a request
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class TooMuch(Exception):  # noqa: N818 - it is a state of the request, not a fault of ours
    """The request is larger, or slower, than the desk takes."""


class Guard:
    """Around the whole application."""

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str], seconds: float = SECONDS) -> None:
        self.app, self.hosts, self.seconds = app, frozenset(hosts), seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what is not for us, bound what is, and set the headers of every answer."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        headers = Headers(scope=scope)
        started = False

        async def answer(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                out = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    out[name] = value
                if "cache-control" not in out:
                    out["Cache-Control"] = "no-store"
            await send(message)

        refused = self.refusal(headers, scope)
        if refused:
            await refused(scope, receive, answer)
            return
        try:
            await self.app(scope, self.bounded(receive), answer)
        except TooMuch as fault:
            if not started:
                await PlainTextResponse(str(fault), 413)(scope, receive, answer)

    def refusal(self, headers: Headers, scope: Scope) -> PlainTextResponse | None:
        """Why a request is not even looked at."""
        if host_of(headers.get("host", "")) not in self.hosts:
            return PlainTextResponse("This desk does not answer under that name.", 421)
        if len(scope.get("raw_path") or b"") + len(scope.get("query_string") or b"") > LONGEST_ADDRESS:
            return PlainTextResponse("The address is too long.", 414)
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()) or int(length[:12]) > MOST_BYTES:
            return PlainTextResponse(f"A request may hold {MOST_BYTES // 1024 // 1024} MB.", 413)
        return None

    def bounded(self, receive: Receive) -> Receive:
        """The request's body, counted and timed: a length that a header claims proves nothing."""
        size = 0
        end = asyncio.get_running_loop().time() + self.seconds
        done = False

        async def count() -> Message:
            nonlocal size, done
            if done:
                return await receive()
            try:
                async with asyncio.timeout_at(end):
                    message = await receive()
            except TimeoutError:
                raise TooMuch("The request came too slowly.") from None
            size += len(message.get("body", b""))
            done = not message.get("more_body", False)
            if size > MOST_BYTES:
                raise TooMuch(f"A request may hold {MOST_BYTES // 1024 // 1024} MB.")
            return message

        return count


def host_of(header: str) -> str:
    """The name in a Host header, without its port."""
    name = header.rpartition(":")[0] if header.rpartition(":")[2].isdigit() and not header.endswith("]") else header
    return name.strip("[]").lower()
