#!/usr/bin/env python3
"""Made-up coverages: cells of a jittered grid whose neighbours share every vertex of their fractal borders.

    coverage.py FOLDER [--place france|agglomeration] [--polygons N] [--levels N] [--seed N]

writes FOLDER/coverage.gpkg, FOLDER/quarters.geojson and an atlas.toml that serves both, and prints the digest of the
coverage. The same options give the same polygons on every machine: all arithmetic is on integers of 1e-7 degree, and a
corner or border depends on the seed and its place in the grid alone. Only Python's standard library is used: a
GeoPackage is an SQLite file.
"""

import argparse
import hashlib
import json
import os
import random
import sqlite3
import struct
import sys
from dataclasses import dataclass

UNIT = 10_000_000  # units in a degree

# A coarse outline of metropolitan France, and the box of an agglomeration around Saint-Étienne.
FRANCE = [(2.5, 51.0), (8.1, 49.0), (7.5, 47.6), (6.0, 46.3), (7.0, 45.5), (7.5, 43.8), (6.0, 43.1), (4.0, 43.5),
          (3.1, 42.5), (-1.6, 43.3), (-1.2, 45.8), (-4.6, 47.9), (-4.6, 48.6), (-1.6, 48.7), (-1.7, 49.6), (0.2, 49.6)]
AGGLOMERATION = [(4.12, 45.26), (4.66, 45.26), (4.66, 45.64), (4.12, 45.64)]


@dataclass(frozen=True)
class Place:
    outline: list       # longitude and latitude in degrees
    polygons: int       # how many cells, unless said otherwise
    levels: int         # a border has 2^levels segments
    seed: int
    quarters: tuple     # longitude and latitude of the tiny edition that an atlas must have


PLACES = {
    "france": Place(FRANCE, 40_000, 4, 1, (2.35, 46.8)),
    "agglomeration": Place(AGGLOMERATION, 400, 5, 2, (4.39, 45.44)),
}
# A cell is taller than wide in degrees so that it is about square on the ground at 46 degrees north.
WIDTH, HEIGHT = 7, 5
TIERS = ("priority_1", "social_development", "watch", "outside", "undetermined")
SYLLABLES = ("ba", "cor", "des", "fir", "gan", "jon", "lau", "mont", "nay", "pré", "rive", "saint", "tour", "val", "ville", "zac")


@dataclass(frozen=True)
class Cell:
    number: int
    column: int
    row: int


class Coverage:
    """The cells of a place; `ring(cell)` is its border, anticlockwise and not closed, in units."""

    def __init__(self, place="france", polygons=None, levels=None, seed=None):
        described = PLACES[place]
        self.outline = [(round(x * UNIT), round(y * UNIT)) for x, y in described.outline]
        self.levels = described.levels if levels is None else levels
        self.seed = described.seed if seed is None else seed
        wanted = polygons or described.polygons
        self.west = min(x for x, _ in self.outline)
        self.south = min(y for _, y in self.outline)
        self.north = max(y for _, y in self.outline)
        self.step = self._largest_step(wanted)
        self.cells = [Cell(number, column, row) for number, (column, row) in
                      enumerate(place for place, _ in zip(self._places(self.step), range(wanted)))]
        self.quarters = described.quarters

    def _places(self, step):
        """Columns and rows of the cells whose centre is in the outline, from the south, then from the west."""
        width, height = step * WIDTH, step * HEIGHT
        corners = self.outline[1:] + self.outline[:1]
        for row in range((self.north - self.south) // height + 1):
            y = self.south + row * height + height // 2
            crossings = sorted(a[0] + (b[0] - a[0]) * (y - a[1]) // (b[1] - a[1])
                               for a, b in zip(self.outline, corners) if (a[1] <= y) != (b[1] <= y))
            for left, right in zip(crossings[::2], crossings[1::2]):
                first = -((self.west + width // 2 - left) // width)
                for column in range(first, (right - self.west - width // 2) // width + 1):
                    yield column, row

    def _largest_step(self, wanted):
        """The coarsest grid that has at least as many cells as are wanted."""
        low, high = 1, UNIT
        while high - low > 1:
            middle = (low + high) // 2
            # So many cells would not be counted in a lifetime: bounded by what is asked for.
            enough = sum(1 for _ in zip(self._places(middle), range(wanted))) == wanted
            low, high = (middle, high) if enough else (low, middle)
        return low

    def _dice(self, kind, column, row):
        return random.Random(((self.seed * 4 + kind) << 48) + ((column + (1 << 20)) << 24) + row)

    def corner(self, column, row):
        width, height = self.step * WIDTH, self.step * HEIGHT
        jitter = self._dice(0, column, row).getrandbits(16)
        return (self.west + column * width + ((jitter & 255) - 128) * width // 800,
                self.south + row * height + ((jitter >> 8) - 128) * height // 800)

    def border(self, kind, column, row):
        """From the corner to the next one east (kind 1) or north (kind 2), the last point left out."""
        here = self.corner(column, row)
        there = self.corner(column + 1, row) if kind == 1 else self.corner(column, row + 1)
        dice = self._dice(kind, column, row).getrandbits(8 << self.levels)
        points = [here, there]
        for level in range(self.levels):
            finer = []
            last = len(points) - 2
            for place, ((ax, ay), (bx, by)) in enumerate(zip(points, points[1:])):
                sideways = (dice & 255) - 128
                dice >>= 8
                # Gently where a border ends, so that the borders that meet in a corner do not cross each other.
                bend = 3200 if level and place in (0, last) else 1000
                finer += [(ax, ay), ((ax + bx) // 2 - (by - ay) * sideways // bend, (ay + by) // 2 + (bx - ax) * sideways // bend)]
            points = finer + [there]
        return points[:-1]

    def rings(self):
        """Each cell with its ring, row by row; a border is made once for the two cells that share it."""
        borders = {}
        row = None
        for cell in self.cells:
            if cell.row != row:
                borders = {key: points for key, points in borders.items() if key[2] == cell.row}
                row = cell.row

            def along(kind, column, row):
                key = (kind, column, row)
                if key not in borders:
                    borders[key] = self.border(*key)
                return borders[key]

            column = cell.column
            north = along(1, column, row + 1)
            west = along(2, column, row)
            yield cell, (along(1, column, row) + along(2, column + 1, row) +
                         [self.corner(column + 1, row + 1)] + north[:0:-1] +
                         [self.corner(column, row + 1)] + west[:0:-1])

    def outer_borders(self):
        """The borders that only one cell has, as lists of points with both ends."""
        times = {}
        for cell in self.cells:
            for key in ((1, cell.column, cell.row), (1, cell.column, cell.row + 1),
                        (2, cell.column, cell.row), (2, cell.column + 1, cell.row)):
                times[key] = times.get(key, 0) + 1
        for (kind, column, row), count in times.items():
            if count == 1:
                end = self.corner(column + 1, row) if kind == 1 else self.corner(column, row + 1)
                yield self.border(kind, column, row) + [end]

    def attributes(self, cell):
        """code, name, population, density, tier."""
        dice = self._dice(3, cell.column, cell.row)
        name = "-".join(SYLLABLES[dice.getrandbits(4)] + SYLLABLES[dice.getrandbits(4)] for _ in range(1 + dice.getrandbits(1)))
        population = dice.getrandbits(4 + dice.getrandbits(3))
        return (f"C{cell.number:07}", name.capitalize(), population, dice.getrandbits(20) / 1024, TIERS[dice.getrandbits(8) % 5])


def polygon_blob(ring):
    """A GeoPackage geometry: header of 8 bytes without envelope, then a WKB polygon."""
    flat = [number / UNIT for point in ring for number in point] + [ring[0][0] / UNIT, ring[0][1] / UNIT]
    return b"GP\0\1" + struct.pack("<iBIII", 4326, 1, 3, 1, len(ring) + 1) + struct.pack(f"<{len(flat)}d", *flat)


GEOPACKAGE = """
PRAGMA application_id = 0x47504B47;
PRAGMA user_version = 10300;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY,
  organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
INSERT INTO gpkg_spatial_ref_sys VALUES ('Undefined cartesian', -1, 'NONE', -1, 'undefined', NULL),
  ('Undefined geographic', 0, 'NONE', 0, 'undefined', NULL),
  ('WGS 84', 4326, 'EPSG', 4326, 'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]]', NULL);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
  srs_id INTEGER);
INSERT INTO gpkg_contents VALUES ('coverage', 'features', 'coverage', '', '2014-01-01T00:00:00.000Z', NULL, NULL, NULL, NULL, 4326);
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL, PRIMARY KEY (table_name, column_name));
INSERT INTO gpkg_geometry_columns VALUES ('coverage', 'geom', 'POLYGON', 4326, 0, 0);
CREATE TABLE coverage (fid INTEGER PRIMARY KEY, geom POLYGON, code TEXT, name TEXT, population INTEGER, density REAL, tier TEXT);
"""

ATLAS = """# Made by tests/bench/coverage.py: nothing in it is real.
title = "Couverture de mesure"
metric_crs = "EPSG:2154"

[[perimeters]]
id = "coverage"
data = "coverage.gpkg"
code = "code"
name = "name"

[[editions]]
id = "2014"
stage = "in_force"
quarters = { data = "quarters.geojson", code = "code" }
"""


def quarters_document(coverage):
    """Two small squares: an atlas needs an edition, and it should weigh nothing."""
    features = []
    for number, east in enumerate((0, 0.004)):
        x, y = coverage.quarters[0] + east, coverage.quarters[1]
        square = [[round(x + dx, 7), round(y + dy, 7)] for dx, dy in ((0, 0), (0.003, 0), (0.003, 0.003), (0, 0.003), (0, 0))]
        features.append({"type": "Feature", "properties": {"code": f"Q{number}"},
                         "geometry": {"type": "Polygon", "coordinates": [square]}})
    return {"type": "FeatureCollection", "features": features}


def write_atlas(coverage, folder):
    """The files of an atlas; gives the number of vertices and the digest of geometry and attributes."""
    os.makedirs(folder, exist_ok=True)
    package = os.path.join(folder, "coverage.gpkg")
    if os.path.exists(package):
        os.remove(package)
    digest, vertices = hashlib.sha256(), 0
    with open(os.path.join(folder, "quarters.geojson"), "w", encoding="utf-8") as file:
        json.dump(quarters_document(coverage), file)
    with open(os.path.join(folder, "atlas.toml"), "w", encoding="utf-8") as file:
        file.write(ATLAS)
    connection = sqlite3.connect(package, isolation_level=None)
    connection.executescript(GEOPACKAGE)
    connection.execute("BEGIN")
    for cell, ring in coverage.rings():
        row = (cell.number + 1, polygon_blob(ring), *coverage.attributes(cell))
        vertices += len(ring)
        digest.update(row[1] + repr(row[2:]).encode())
        connection.execute("INSERT INTO coverage VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    connection.execute("COMMIT")
    connection.close()
    return vertices, digest.hexdigest()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder")
    parser.add_argument("--place", choices=sorted(PLACES), default="france")
    parser.add_argument("--polygons", type=int)
    parser.add_argument("--levels", type=int)
    parser.add_argument("--seed", type=int)
    options = parser.parse_args()
    coverage = Coverage(options.place, options.polygons, options.levels, options.seed)
    vertices, digest = write_atlas(coverage, options.folder)
    json.dump({"polygons": len(coverage.cells), "vertices": vertices, "digest": digest}, sys.stdout)
    print()


if __name__ == "__main__":
    main()
