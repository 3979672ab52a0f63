"""The codebook: what a researcher edits. Data in `data/`, one Struct a part, loaded once and passed down."""

from dateline.codebook.load import Codebook, load_codebook

__all__ = ["Codebook", "load_codebook"]
