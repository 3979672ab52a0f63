"""Builds a Report: its id, its hashes, its fields. Every reader ends here."""

import hashlib

from dateline.records import Fields, Report


def make_report(*, raw: bytes, text: str, fields: Fields, read_from: str, identity: str) -> Report:
    """A Report whose id is the hash of the bytes and of `identity` (the URL, or outlet and row id, or the relative path)."""
    return Report(
        id=hashlib.sha256(raw + b"\0" + identity.encode()).hexdigest()[:16],
        read_from=read_from,
        text=text,
        raw=raw,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        fields=fields,
    )
