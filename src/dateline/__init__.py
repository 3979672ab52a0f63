"""Dateline reads news reports and writes a checked record of each."""

__version__ = "0.1.0"
