"""Signing in and out, and the page of keys."""

import time

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from dateline.web.accounts import Visitor, begin_session, check_password, end_session
from dateline.web.desk import SESSION, Asked, Desk, Page, clean, safe_path, same

TRIES, WINDOW = 5, 60.0  # wrong passwords for one name, in so many seconds


def help_page(desk: Desk, asked: Asked) -> Page:
    """Keys and words."""
    return Page(template="help.html")


def login_page(desk: Desk, asked: Asked) -> Page:
    """The form to sign in."""
    return Page(template="login.html", values={"next": safe_path(asked["next"]), "wrong": False})


def login(desk: Desk, asked: Asked) -> Page | Response:
    """Sign in with a name and a password, or with the token alone."""
    name, secret = asked.field("name").strip()[:40], asked.field("password")[:200]
    since = time.monotonic() - WINDOW
    desk.failures = {k: kept for k, v in desk.failures.items() if (kept := [t for t in v if t > since])}
    if len(desk.failures.get(name, [])) >= TRIES:
        raise HTTPException(429, "Too many wrong passwords for this name: wait a minute.")
    with desk.writing() as store:
        visitor = check_password(store, name, secret) if name else None
        if not name and desk.access.token and same(secret, desk.access.token):
            visitor = Visitor(name="token", role="admin")
        if visitor is None:
            desk.failures.setdefault(name, []).append(time.monotonic())
            return Page(template="login.html", values={"next": safe_path(asked.field("next")), "wrong": True}, status=401)
        cookie = begin_session(store, visitor)
    response = RedirectResponse(safe_path(asked.field("next")), 303)
    response.set_cookie(SESSION, cookie, httponly=True, samesite="strict", secure=desk.access.secure, max_age=12 * 3600)
    return response


def logout(desk: Desk, asked: Asked) -> Response:
    """Sign out: the session is forgotten on both sides."""
    with desk.writing() as store:
        end_session(store, clean(asked.request.cookies.get(SESSION, "")))
    response = RedirectResponse("/login" if not desk.access.open else "/", 303)
    response.delete_cookie(SESSION, httponly=True, samesite="strict", secure=desk.access.secure)
    return response
