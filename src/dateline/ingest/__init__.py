"""Bytes → Report. One small file a format; `readers.py` is the table."""
