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
    return [flat for polygon in polygons for ring in polygon if len(flat := joined(ring, arcs)) >= 8]


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
