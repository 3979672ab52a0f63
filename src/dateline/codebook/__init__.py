"""The codebook: what a researcher edits. Data in `data/`, one Struct a part, loaded once and passed down."""

from dateline.codebook.load import Codebook, copy_codebook, load_codebook

__all__ = ["Codebook", "copy_codebook", "load_codebook"]
