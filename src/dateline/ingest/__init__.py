"""Bytes → Report. One small file a format; `readers.py` is the table."""

from dateline.ingest.readers import checked_options, read_reports
from dateline.ingest.units import Raw, Unit, read_unit, read_units

__all__ = ["Raw", "Unit", "checked_options", "read_reports", "read_unit", "read_units"]
