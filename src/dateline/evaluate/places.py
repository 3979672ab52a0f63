"""`evaluate places`: names of places and their coordinates. Rows {"id", "places": [{"start", "end", "lat", "lon", "geonames_id"}]}.

Some gold counts demonyms ("American") as names of places and some does not: the switch `demonyms=0` leaves them out.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from dateline.errors import ArgumentError
from dateline.evaluate.base import Line, Row, read_rows
from dateline.find import find_places
from dateline.records import Fields, Paragraph, Place, Span, Value
from dateline.resolve import resolve_places

NEAR_KM = 161.0  # a hundred miles: the measure of Leidner (2007) and of all since
FARTHEST_KM = 20038.0  # half the girth of the Earth: what a place without coordinates counts as
EARTH_KM = 6371.0088


def predict(gold: Path, line: Line, *, demonyms: str = "1") -> Iterator[Row]:
    """The places of every text of a gold file; without demonyms when `demonyms` is 0."""
    counted = counts(demonyms)
    for row in read_rows(gold):
        yield {"id": row["id"], "places": [p for p in places_of(row, line) if counted or not p["demonym"]]}


def counts(demonyms: str) -> bool:
    """What the switch says. Raises ArgumentError."""
    if demonyms not in ("0", "1"):
        raise ArgumentError(f"demonyms={demonyms}: the values are 0 and 1")
    return demonyms == "1"


def places_of(row: Row, line: Line) -> list[Row]:
    """What the line finds in one gold row; the row's address is the report's."""
    fields = fields_of(row)
    analysis = line.analyser.analyse(row["text"], fields)
    found = find_places(analysis, line.codebook)
    places = resolve_places(found, analysis, fields, line.codebook)
    return [shown(p) | {"demonym": f.demonym} for p, f in zip(places, found, strict=True)]


def fields_of(row: Row) -> Fields:
    """The fields of a gold row: each line of its text is a paragraph."""
    body, at = [], 0
    for part in row["text"].split("\n"):
        if part.strip():
            body.append(Paragraph(span=Span(at, at + len(part))))
        at += len(part) + 1
    url = Value(value=row["url"], source="column:url", by="gold") if row.get("url") else None
    return Fields(language="en", url=url, body=tuple(body))


def shown(place: Place) -> Row:
    return {
        "start": place.span.start, "end": place.span.end, "lat": place.lat, "lon": place.lon, "geonames_id": place.geonames_id,
        "name": place.name, "kind": place.kind,
    }  # fmt: skip


def score(gold: Path, rows: list[Row], *, demonyms: str = "1") -> dict[str, Any]:
    """Recognition (strict and overlapping: precision, recall, F1) and resolution (share within 161 km, errors, their area, end to end)."""
    counted = counts(demonyms)
    mine = {row["id"]: [p for p in row.get("places", []) if counted or not p.get("demonym")] for row in rows}
    tally = Tally()
    for row in read_rows(gold):
        tally.add(row["places"], mine.get(row["id"], []))
    return tally.figures()


class Tally:
    """Counts over documents. Errors are of gold places with coordinates whose span was found exactly."""

    def __init__(self) -> None:
        self.gold = self.system = self.strict = self.overlap = self.with_point = self.ids = self.right_ids = 0
        self.errors: list[float] = []

    def add(self, gold: Sequence[Row], system: Sequence[Row]) -> None:
        """One document."""
        found = {(p["start"], p["end"]): p for p in system}
        taken: set[tuple[int, int]] = set()
        self.gold += len(gold)
        self.system += len(system)
        for place in gold:
            self.with_point += "lat" in place
            same = found.get((place["start"], place["end"]))
            if same is None:
                beside = next((k for k in found if k not in taken and k[0] < place["end"] and place["start"] < k[1]), None)
                self.overlap += beside is not None
                taken.update({beside} if beside else ())
                continue
            self.strict += 1
            self.overlap += 1
            taken.add((place["start"], place["end"]))
            self.add_point(place, same)

    def add_point(self, gold: Row, found: Row) -> None:
        if "lat" not in gold:
            return
        self.errors.append(FARTHEST_KM if found.get("lat") is None else distance(gold, found))
        if gold.get("geonames_id") and found.get("geonames_id"):
            self.ids += 1
            self.right_ids += str(gold["geonames_id"]) == str(found["geonames_id"])

    def figures(self) -> dict[str, Any]:
        """Every figure, as percentages with one decimal; None where there is nothing to count."""
        errors, n = sorted(self.errors), len(self.errors)
        near = sum(e <= NEAR_KM for e in errors)
        area = area_of(errors)
        return {
            "gold": self.gold, "sys": self.system,
            "strict": self.rates(self.strict), "overlap": self.rates(self.overlap),
            "resolved": n, "acc161": percent(near, n),
            "median_km": round(errors[n // 2], 1) if n else None, "mean_km": round(sum(errors) / n, 1) if n else None,
            "auc": None if area is None else round(area, 3),
            "end2end_acc161": percent(near, self.with_point) if n else None, "id_acc": percent(self.right_ids, self.ids),
        }  # fmt: skip

    def rates(self, right: int) -> tuple[float, float, float]:
        """Precision, recall, F1."""
        p = right / self.system if self.system else 0.0
        r = right / self.gold if self.gold else 0.0
        return round(100 * p, 1), round(100 * r, 1), round(200 * p * r / (p + r), 1) if p + r else 0.0


def percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def area_of(errors: Sequence[float]) -> float | None:
    """The area under the sorted logarithmic errors (Gritta et al. 2019): 0 is perfect, 1 is the other side of the Earth."""
    scaled = [math.log(1 + e) / math.log(1 + FARTHEST_KM) for e in errors]
    if len(scaled) < 2:
        return scaled[0] if scaled else None
    return sum((a + b) / 2 for a, b in pairwise(scaled)) / (len(scaled) - 1)


def distance(one: Row, other: Row) -> float:
    """Kilometres along the great circle."""
    lat1, lon1, lat2, lon2 = (math.radians(x) for x in (one["lat"], one["lon"], other["lat"], other["lon"]))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))
