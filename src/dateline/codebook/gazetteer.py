"""The gazetteer: a read-only file of places, mapped into memory and looked up by folded name. Part of the codebook's places.

The file: 8 bytes of magic, the length of a JSON header (uint32), the header, then its sections, each a plain little-endian column;
offsets in the header count from its own end.
Places: id, lat, lon (1e-5 degrees), population, parent (row), kind, name_at (into `text`). Names: hash (sorted), check, row, rank.
"""

import json
import mmap
import struct
import unicodedata
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

MAGIC = b"DLGAZ001"
KINDS = ("PCLI", "ADM1", "ADM2", "PPLC", "PPL")
NOWHERE = 2**31 - 1  # a latitude that says: no point
NONE = 2**32 - 1
SAME_WORD = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}
DROPPED = str.maketrans({**dict.fromkeys(".'’‘`ʻʿʼ´", None), **dict.fromkeys("-‐–/", " ")})


class Entry(NamedTuple):
    """One place of the gazetteer. `row` identifies it within the file; `rank` says which name was looked up: 0 its own, 1 an
    alternate, 2 its name without a generic word. `parents` are the rows of the divisions and the country around it, nearest first."""

    row: int
    rank: int
    name: str
    kind: str
    lat: float | None
    lon: float | None
    geonames_id: int | None
    population: int
    parents: tuple[int, ...]
    country: str | None = None  # ISO 3166-1 alpha-3


@lru_cache(maxsize=20_000)
def fold(name: str) -> str:
    """The form in which names are compared: no case, accents, points or apostrophes; Saint is St, Mount is Mt."""
    plain = name.casefold().translate(DROPPED)
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return " ".join([SAME_WORD.get(w, w) for w in plain.split()])


class Gazetteer:
    """The open file. Looking up touches a few pages of it; nothing is read ahead."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        view = memoryview(self._map)
        if bytes(view[:8]) != MAGIC:
            raise ValueError("not a gazetteer of this version")
        (length,) = struct.unpack("<I", view[8:12])
        self.header: dict[str, Any] = json.loads(bytes(view[12 : 12 + length]))
        base = aligned(12 + length)
        columns = {n: view[base + at : base + at + size].cast(form) for n, (at, size, form) in self.header["sections"].items()}
        self._hash, self._check, self._row, self._rank = (columns[n] for n in ("hash", "check", "row", "rank"))
        self._id, self._lat, self._lon, self._population = (columns[n] for n in ("id", "lat", "lon", "population"))
        self._parent, self._kind, self._name_at, self._text = (columns[n] for n in ("parent", "kind", "name_at", "text"))
        self.codes: list[str] = self.header["codes"]  # of the first rows: countries ("US"), then first-order divisions ("US.LA")
        self.iso3: dict[str, str] = self.header["iso3"]
        self.row_of_code = {code: row for row, code in enumerate(self.codes)}
        self._found = lru_cache(maxsize=10_000)(self._look_up)

    def __reduce__(self) -> tuple[type["Gazetteer"], tuple[Path]]:
        return Gazetteer, (self.path,)

    def look_up(self, name: str) -> tuple[Entry, ...]:
        """Every place of this name, in order of the file; none when it is unknown."""
        return self._found(fold(name))

    def knows(self, name: str) -> bool:
        """Whether some place has this name."""
        return bool(self._found(fold(name)))

    def _look_up(self, folded: str) -> tuple[Entry, ...]:
        raw = folded.encode()
        wanted, check = zlib.crc32(raw), zlib.adler32(raw) & 255
        at, entries = bisect_left(self._hash, wanted), []
        while at < len(self._hash) and self._hash[at] == wanted:
            if self._check[at] == check:
                entries.append(self.entry(self._row[at], rank=self._rank[at]))
            at += 1
        return tuple(entries)

    def entry(self, row: int, *, rank: int = 0) -> Entry:
        """The place in one row."""
        lat, at, parents = self._lat[row], self._name_at[row], self._parents(row)
        top = parents[-1] if parents else row
        known = lat != NOWHERE
        return Entry(
            row, rank, bytes(self._text[at : self._name_at[row + 1]]).decode(), KINDS[self._kind[row]],
            lat / 1e5 if known else None, self._lon[row] / 1e5 if known else None,
            self._id[row] or None, self._population[row], parents, self.iso3.get(self.codes[top]),
        )  # fmt: skip

    def _parents(self, row: int) -> tuple[int, ...]:
        found = []
        while (row := self._parent[row]) != NONE:
            found.append(row)
        return tuple(found)

    def rows_of_ids(self, numbers: Iterable[int]) -> dict[int, int]:
        """GeoNames id → row, of those among `numbers` that the file holds. Reads the whole column: for loading, not for looking up."""
        wanted = set(numbers)
        return {number: row for row, number in enumerate(self._id.tolist()) if number in wanted}


def write_gazetteer(path: Path, rows: Sequence[Any], *, sources: dict[str, str], iso3: dict[str, str]) -> None:
    """Write the file. `iso3` maps a country's two letters to three. Rows: countries first, then first-order divisions, each with `code`, then all else."""
    row_of = {r.code: i for i, r in enumerate(rows) if r.code}
    names = sorted(
        (zlib.crc32(raw), zlib.adler32(raw) & 255, row, rank)
        for row, r in enumerate(rows)
        for raw, rank in {fold(n).encode(): k for n, k in reversed(r.names)}.items()
    )
    text = [r.name.encode() for r in rows]
    ends = [0]
    for t in text:
        ends.append(ends[-1] + len(t))
    columns: dict[str, tuple[str, Any]] = {
        "hash": ("I", [n[0] for n in names]), "row": ("I", [n[2] for n in names]), "check": ("B", [n[1] for n in names]),
        "rank": ("B", [n[3] for n in names]), "id": ("I", [r.geonames_id for r in rows]),
        "lat": ("i", [NOWHERE if r.lat is None else round(r.lat * 1e5) for r in rows]),
        "lon": ("i", [0 if r.lon is None else round(r.lon * 1e5) for r in rows]),
        "population": ("I", [r.population for r in rows]), "parent": ("I", [row_of.get(r.parent, NONE) for r in rows]),
        "kind": ("B", [KINDS.index(r.kind) for r in rows]), "name_at": ("I", ends), "text": ("B", b"".join(text)),
    }  # fmt: skip
    blobs = {name: (form, array(form, values).tobytes()) for name, (form, values) in columns.items()}
    codes = [r.code for r in rows if r.kind in ("PCLI", "ADM1")]
    header: dict[str, Any] = {"sources": sources, "iso3": iso3, "places": len(rows), "names": len(names), "codes": codes, "sections": {}}
    at = 0
    for name, (form, blob) in blobs.items():
        header["sections"][name] = (at, len(blob), form)
        at = aligned(at + len(blob))
    raw = json.dumps(header, sort_keys=True, ensure_ascii=False).encode()
    with path.open("wb") as file:
        file.write((MAGIC + struct.pack("<I", len(raw)) + raw).ljust(aligned(12 + len(raw)), b"\0"))
        for _, blob in blobs.values():
            file.write(blob.ljust(aligned(len(blob)), b"\0"))


def aligned(size: int) -> int:
    """The next multiple of 8: columns are read where they stand."""
    return -(-size // 8) * 8
