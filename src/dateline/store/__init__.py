"""The store: reports as received, their records, and tables to ask. SQLite by default, PostgreSQL for a team."""

from dateline.store.store import Store
from dateline.store.words import terms_of

__all__ = ["Store", "terms_of"]
