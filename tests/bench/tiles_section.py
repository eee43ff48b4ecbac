"""Cold tiles: the same lists of tiles from the same coverages, of Géoprio and of what a user would pick instead."""

import importlib
import os
import subprocess

from coverage import Coverage, write_atlas
from decoded_tile import verdict_on
from measurements import summary
from peers import NotHere, Site
from tile_lists import tile_list

# (name in the tables, module, function). Each is prepared, warmed and ended before the next one starts.
ENGINES = [
    ("Géoprio, in the process", "geoprio", "measured"),
    ("PostGIS ST_AsMVT, in the server", "postgis", "measured"),
    ("geojson-vt + vt-pbf", "geojson_vt", "measured"),
    ("Géoprio, over HTTP", "geoprio", "measured_over_http"),
    ("MapServer, FastCGI over HTTP", "mapserver", "measured"),
    ("TiPg, over HTTP", "over_postgis", "tipg"),
    ("Martin, over HTTP", "over_postgis", "martin"),
]


def site_of(place, work, polygons=None):
    """The place's atlas, made anew, and its tiles."""
    coverage = Coverage(place, polygons)
    folder = os.path.join(work, place)
    vertices, digest = write_atlas(coverage, folder)
    return Site(place, folder, work), tile_list(coverage, place), {
        "polygons": len(coverage.cells), "vertices": vertices, "digest": digest}


def gdal_verdict(tiles, work):
    """How many features GDAL's own reader finds, and how many of them GEOS through GDAL calls invalid."""
    path = os.path.join(work, "read-by-gdal.mvt")
    features = invalid = 0
    for data in tiles.values():
        with open(path, "wb") as file:
            file.write(data)
        said = subprocess.run(["ogr2ogr", "-f", "CSV", "/vsistdout/", path, "-oo", "CLIP=NO", "-dialect", "SQLite", "-sql",
                               "SELECT COUNT(*), SUM(NOT ST_IsValid(geometry)) FROM coverage"], capture_output=True, text=True)
        row = said.stdout.splitlines()[1].split(",") if said.returncode == 0 else ["0", "0"]
        features += int(row[0].strip('"') or 0)
        invalid += int(row[1].strip('"') or 0)
    return {"features": features, "invalid": invalid}


def measured(work, rounds, say):
    found = {}
    for place in ("agglomeration", "france"):
        site, tiles, described = site_of(place, work)
        engines, missing = {}, {}
        for name, module, function in ENGINES:
            say(f"{place}: {name}")
            try:
                result = getattr(importlib.import_module("peers." + module), function)(site, tiles, rounds)
            except NotHere as reason:
                missing[name] = str(reason)
                continue
            for variant, measurement in (result if isinstance(result, dict) else {"": result}).items():
                label = f"{name}, {variant}" if variant else name
                engines[label] = summary(measurement, verdict_on(measurement.tiles))
                if module == "geoprio" and function == "measured":
                    engines[label]["gdal"] = gdal_verdict(measurement.tiles, work)
        found[place] = {**described, "tiles": len(tiles), "engines": engines, "missing": missing}
    return {"rounds": rounds, "places": found}
