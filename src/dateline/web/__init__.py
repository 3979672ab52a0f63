"""The desk: one process and one file; read, search, review, and see reports over time, space and between actors."""

from dateline.web.app import make_app
from dateline.web.serve import Address, serve

__all__ = ["Address", "make_app", "serve"]
