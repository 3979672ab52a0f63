"""Records → files. One small file a format; writers.py is the table."""

from dateline.export.writers import WRITERS

__all__ = ["WRITERS"]
