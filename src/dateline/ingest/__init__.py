"""Bytes → Report. One small file a format; `readers.py` is the table."""

from dateline.ingest.readers import read_reports

__all__ = ["read_reports"]
