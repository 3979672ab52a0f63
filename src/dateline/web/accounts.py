"""Accounts and sessions: passwords as argon2id, sessions by a random cookie whose digest alone is kept."""

import hashlib
import secrets
import time
from datetime import UTC, datetime
from importlib.resources import files

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from dateline.errors import ArgumentError
from dateline.records import Base
from dateline.store import Store

ROLES = ("read", "review", "admin")  # each may do what those before it may
SHORTEST_PASSWORD = 10
HOURS = 12.0
ARGON = PasswordHasher()
NOBODY = ARGON.hash("nobody has this password")  # a name that is not there takes as long as a wrong password


class Visitor(Base, frozen=True, kw_only=True):
    """Who asks, in which role."""

    name: str
    role: str

    def may(self, role: str) -> bool:
        """Whether the visitor's role includes another."""
        return ROLES.index(self.role) >= ROLES.index(role)


def open_tables(store: Store) -> None:
    """Make the desk's tables, and those of the stories, where they are missing."""
    for package in ("dateline.web", "dateline.stories"):
        store.script((files(package) / "schema.sql").read_text(encoding="utf8"))
    store.analyse()


def add_user(store: Store, name: str, password: str, role: str) -> None:
    """Add an account, or change its password and role. Raises ArgumentError."""
    if role not in ROLES:
        raise ArgumentError(f"no such role: {role!r}; accepted are {', '.join(ROLES)}")
    if not name.strip() or len(name) > 40 or not name.isprintable():
        raise ArgumentError("give a name of 1 to 40 printable characters")
    if len(password) < SHORTEST_PASSWORD:
        raise ArgumentError(f"give a password of {SHORTEST_PASSWORD} characters or more")
    open_tables(store)
    row = (name.strip(), role, ARGON.hash(password), now())
    store.change(
        [
            ("DELETE FROM sessions WHERE name = ?", [(row[0],)]),
            ("DELETE FROM users WHERE name = ?", [(row[0],)]),
            ("INSERT INTO users VALUES (?, ?, ?, ?)", [row]),
        ]
    )


def has_users(store: Store) -> bool:
    """Whether anybody has an account."""
    return bool(store.query("SELECT 1 FROM users LIMIT 1"))


def check_password(store: Store, name: str, password: str) -> Visitor | None:
    """The visitor whose name and password these are; None when they are nobody's."""
    found = store.query("SELECT name, role, password FROM users WHERE name = ?", (name,))
    try:
        ARGON.verify(found[0][2] if found else NOBODY, password)
    except (VerificationError, InvalidHashError):
        return None
    return Visitor(name=found[0][0], role=found[0][1]) if found else None


def begin_session(store: Store, visitor: Visitor) -> str:
    """The cookie of a new session; sessions that ran out are forgotten."""
    cookie = secrets.token_urlsafe(32)
    row = (digest_of(cookie), visitor.name, visitor.role, time.time() + HOURS * 3600)
    store.change([("DELETE FROM sessions WHERE expires < ?", [(time.time(),)]), ("INSERT INTO sessions VALUES (?, ?, ?, ?)", [row])])
    return cookie


def session_of(store: Store, cookie: str) -> Visitor | None:
    """Whose session a cookie is; None when it ran out or never was."""
    found = store.query("SELECT name, role FROM sessions WHERE digest = ? AND expires > ?", (digest_of(cookie), time.time()))
    return Visitor(name=found[0][0], role=found[0][1]) if found else None


def end_session(store: Store, cookie: str) -> None:
    """Forget a session."""
    store.change([("DELETE FROM sessions WHERE digest = ?", [(digest_of(cookie),)])])


def digest_of(cookie: str) -> str:
    """What is kept of a cookie."""
    return hashlib.sha256(cookie.encode()).hexdigest()


def now() -> str:
    """The instant, in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
