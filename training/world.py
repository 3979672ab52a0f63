"""Outlines of the world for the desk's map: countries of Natural Earth (public domain) from the npm package world-atlas 2.0.2 (ISC), as rings of
longitude and latitude to a tenth of a degree.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz && python training/world.py package/countries-110m.json
"""

import json
import sys
from pathlib import Path
from typing import Any

OUT = Path(__file__).parent.parent / "src/dateline/web/static/world.json"


def rings(topology: dict[str, Any]) -> list[list[float]]:
    """Every ring, flat: longitude, latitude, longitude, latitude, …"""
    arcs = [points(arc, topology["transform"]) for arc in topology["arcs"]]
    shapes = topology["objects"]["countries"]["geometries"]
    polygons = [p for s in shapes for p in (s["arcs"] if s["type"] == "MultiPolygon" else [s["arcs"]])]
    found = [unrolled(flat) for polygon in polygons for ring in polygon if len(flat := joined(ring, arcs)) >= 8]
    return [copy for ring in found for copy in both_sides(ring)]


def unrolled(ring: list[float]) -> list[float]:
    """The ring without jumps across the date line: longitudes run on past 180; a ring around the pole is closed along it."""
    flat = ring[:2]
    for x, y in zip(ring[2::2], ring[3::2], strict=True):
        turns = round((flat[-2] - x) / 360)
        flat += [round(x + 360 * turns, 1), y]
    if abs(flat[-2] - flat[0]) > 180:
        pole = -90.0 if flat[1] < 0 else 90.0
        flat += [flat[-2], pole, flat[0], pole]
    return flat


def both_sides(ring: list[float]) -> list[list[float]]:
    """The ring, and again on the other side of the map where it runs out of it."""
    least, most = min(ring[::2]), max(ring[::2])
    shifts = [0.0, *([-360.0] if most > 180 else []), *([360.0] if least < -180 else [])]
    return [[round(v + (s if i % 2 == 0 else 0), 1) for i, v in enumerate(ring)] for s in shifts]


def points(arc: list[list[int]], transform: dict[str, list[float]]) -> list[tuple[float, float]]:
    """An arc's points; they are kept as steps."""
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    x = y = 0
    found = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        found.append((round(x * sx + tx, 1), round(y * sy + ty, 1)))
    return found


def joined(ring: list[int], arcs: list[list[tuple[float, float]]]) -> list[float]:
    """The arcs of a ring behind each other; a negative one runs backwards."""
    flat: list[float] = []
    for i in ring:
        for point in arcs[i] if i >= 0 else arcs[~i][::-1]:
            if tuple(flat[-2:]) != point:
                flat += point
    return flat


if __name__ == "__main__":
    OUT.write_text(json.dumps({"rings": rings(json.loads(Path(sys.argv[1]).read_text()))}, separators=(",", ":")) + "\n")
