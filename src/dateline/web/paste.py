"""Paste and see: a report goes in, its record comes out at once. Nothing is kept unless the person says so."""

import base64
import binascii
import unicodedata
from datetime import date, timedelta

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from dateline.engines import Job, coding_of
from dateline.ingest import Raw, checked_options, read_unit
from dateline.pipeline import code_reports
from dateline.records import Record, Rejected, Report
from dateline.rows import prepared
from dateline.show.page import view_of
from dateline.web import rolled
from dateline.web.desk import Asked, Desk, Page

MOST_BYTES = 1024 * 1024  # of a pasted report
MOST_CHARACTERS = 150_000  # a long feature has 60,000
PATIENCE = 60.0  # seconds to wait while other reports are read


def first_page(desk: Desk, asked: Asked) -> Page:
    """The place to paste, and what the store holds."""
    with desk.store() as store:
        counts = [(what, rolled.total(store, what, {}) or 0) for what in ("reports", "statements", "events")]
        failed = rolled.commonest(store, "reports", "check", 8)
        latest = store.query(
            "SELECT id, headline, outlet, published FROM reports WHERE published IS NOT NULL ORDER BY published DESC, id LIMIT 8"
        )
    return Page(template="first.html", values={"counts": counts, "failed": failed, "latest": latest, "most": MOST_CHARACTERS})


def paste(desk: Desk, asked: Asked) -> Page:
    """The record of what was pasted or uploaded."""
    raw, name = sent(asked)
    report, record, reason = read(desk, raw, name)
    if reason or report is None or record is None:
        raise HTTPException(400, f"This cannot be read: {reason}")
    kept = base64.b64encode(raw).decode()
    return Page(
        template="report.html", values={**view_of(record, report.text), "kept": kept, "name": name, "hits": 0, "story": None, "judged": {}}
    )


def keep(desk: Desk, asked: Asked) -> Response:
    """Read it again and write it to the store."""
    try:
        raw = base64.b64decode(asked.field("kept"), validate=True)
    except binascii.Error:
        raise HTTPException(400, "The form is damaged: paste the report again.") from None
    report, record, reason = read(desk, raw[:MOST_BYTES], plain_name(asked.field("name")))
    if reason or report is None or record is None:
        raise HTTPException(400, f"This cannot be read: {reason}")
    coding = coding_of(Job(), desk.book)
    with desk.writing() as store:
        store.add([prepared(report, record)], coding=coding)
    return RedirectResponse(f"/report/{report.id}", 303)


def sent(asked: Asked) -> tuple[bytes, str]:
    """The bytes that were pasted or uploaded, and a name that tells text from HTML."""
    upload = asked.upload("file")
    if upload:
        raw = upload.file.read(MOST_BYTES + 1)
        name = plain_name(upload.filename or "")
    else:
        raw, name = asked.field("text").replace("\r\n", "\n").encode(), "pasted"
    if len(raw) > MOST_BYTES:
        raise HTTPException(400, "This is longer than any report: the desk reads up to 1 MB.")
    if not raw.strip():
        raise HTTPException(400, "There is nothing to read: paste a report, or choose a file.")
    stem = name.rpartition(".")[0] if name.lower().endswith((".txt", ".html", ".htm", ".md")) else name
    return raw, f"{stem or 'report'}.{'html' if is_page(raw, name) else 'txt'}"


def is_page(raw: bytes, name: str) -> bool:
    """Whether bytes are a web page."""
    start = raw[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return name.lower().endswith((".html", ".htm")) or start.startswith((b"<!doctype html", b"<html", b"<head")) or b"<html" in start


def plain_name(given: str) -> str:
    """The last part of a file's name, without anything that could act."""
    last = given.replace("\\", "/").rpartition("/")[2]
    return "".join(c if unicodedata.category(c)[0] in "LNPS" or c == " " else "_" for c in last).strip(" .!#")[-80:] or "report"


def read(desk: Desk, raw: bytes, name: str) -> tuple[Report | None, Record | None, str]:
    """Report and record, or why there is none."""
    if not desk.coding.acquire(timeout=PATIENCE):
        raise HTTPException(503, "Other reports are being read: try again in a minute.")
    try:
        options = checked_options(desk.book, None, date.today() + timedelta(days=1))
        items = list(read_unit(Raw(raw=raw, read_from=name, identity=name), options))
        if items and isinstance(items[0], Report) and len(items[0].text) > MOST_CHARACTERS:
            return None, None, f"it is longer than {MOST_CHARACTERS:,} characters"
        done = next(code_reports(items[:1], desk.book, desk.analyser), None)
    finally:
        desk.coding.release()
    if done is None:
        return None, None, "no report was found in it"
    if isinstance(done, Rejected):
        return None, None, done.reason if done.stage == "ingest" else "it broke the reader; the fault is ours"
    return done[0], done[1], ""
