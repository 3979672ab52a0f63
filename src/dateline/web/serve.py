"""Starts the desk: decides who may come in before a socket is opened."""

import ipaddress
import threading
from pathlib import Path

from dateline.errors import ArgumentError
from dateline.records import Base
from dateline.store import Store
from dateline.web.accounts import has_users, open_tables
from dateline.web.app import make_app, warm
from dateline.web.desk import Access, Desk

SHORTEST_TOKEN = 16
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Address(Base, frozen=True, kw_only=True):
    """Where the desk listens, and how people get in."""

    host: str = "127.0.0.1"
    port: int = 8321
    token: str | None = None
    login: bool = False
    names: tuple[str, ...] = ()  # under which it is reached, besides `host`
    certificate: Path | None = None
    key: Path | None = None
    behind_https: bool = False
    plain_http: bool = False


def access_of(address: Address, *, users: bool) -> Access:
    """Who may come in at an address. Raises ArgumentError where anybody could."""
    token = address.token or None
    if token and len(token) < SHORTEST_TOKEN:
        raise ArgumentError(f"a token needs {SHORTEST_TOKEN} characters or more")
    local = is_loopback(address.host) and not address.names
    if local and not token and not address.login:
        return Access(open=True, hosts=(*LOOPBACK, address.host.lower()))
    if not token and not users:
        raise ArgumentError(
            f"{address.host} can be reached by others: give --token, or add an account first: dateline serve --db FILE --add-user NAME --role admin"
        )
    https = bool(address.certificate) or address.behind_https
    if not is_loopback(address.host) and not https and not address.plain_http:
        raise ArgumentError(
            "passwords would cross the network in the clear: give --certificate and --key, or --behind-https when a proxy "
            "speaks HTTPS, or --plain-http when the network itself is trusted"
        )
    if is_wild(address.host) and not address.names:
        raise ArgumentError(f"{address.host} means every address of this machine: give the name people will use with --name")
    return Access(open=False, token=token, hosts=(*LOOPBACK, address.host.lower(), *(n.lower() for n in address.names)), secure=https)


def serve(db: str | Path, address: Address) -> None:
    """Serve a store until it is stopped. Raises ArgumentError or StoreError before it starts."""
    if "://" in str(db):
        raise ArgumentError(f"{str(db).partition('://')[0]}://: the desk reads a store in a file; code the reports into one with --db FILE")
    import uvicorn

    with Store(db) as store:
        open_tables(store)
        users = has_users(store)
    desk = Desk(db, access_of(address, users=users))
    threading.Thread(target=warm, args=(desk,), daemon=True).start()
    uvicorn.run(
        make_app(desk), host=address.host, port=address.port, log_level="warning", server_header=False, date_header=True, ws="none",
        ssl_certfile=address.certificate, ssl_keyfile=address.key, timeout_keep_alive=10, limit_concurrency=200,
        h11_max_incomplete_event_size=16384, proxy_headers=False,
    )  # fmt: skip


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_wild(host: str) -> bool:
    """Whether an address stands for all of them."""
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False
