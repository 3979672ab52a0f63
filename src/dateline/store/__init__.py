"""The store: reports as received, their records, and tables to ask. SQLite by default."""

from dateline.store.sqlite import Store

__all__ = ["Store"]
