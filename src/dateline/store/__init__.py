"""The store: reports as received, their records, and tables to ask. SQLite by default."""

from dateline.rows import COLUMNS, FIELDS, field_values, rows_of
from dateline.store.sqlite import Store

__all__ = ["COLUMNS", "FIELDS", "Store", "field_values", "rows_of"]
