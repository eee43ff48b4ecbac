"""Downloads in the formats that GDAL writes, read again by GDAL's own tools and held against /items."""

import json
import math
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
import zipfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from server import Server  # noqa: E402

EXECUTABLE, DATASETS = sys.argv[1], sys.argv[2]
ATLAS = os.path.join(DATASETS, "saint-etienne")
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
KML = "{http://www.opengis.net/kml/2.2}"
WITH_GEOMETRY = ("gpkg", "fgb", "shp.zip", "csv")
FORMATS = WITH_GEOMETRY + ("ods", "kml")


def features_of(path, layer):
    """What GDAL reads, as GeoJSON in the file's own system."""
    place = "/vsizip/" + path if path.endswith(".zip") else path
    options = ["-oo", "GEOM_POSSIBLE_NAMES=WKT"] if path.endswith(".csv") else []
    said = subprocess.run(
        ["ogr2ogr", "-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=9", *options, "/vsistdout/", place, layer],
        capture_output=True, text=True)
    if said.returncode != 0:
        raise AssertionError(said.stderr)
    return json.loads(said.stdout)["features"]


def vertices(geometry):
    def walk(part):
        if isinstance(part[0], (int, float)):
            yield tuple(part[:2])
        else:
            for inner in part:
                yield from walk(inner)
    return list(walk(geometry["coordinates"])) if geometry else []


def farthest(vertices_of_one, others):
    """The largest distance from a vertex to the nearest of the others, up to a cell's width."""
    cell = 0.5
    cells = {}
    for x, y in others:
        cells.setdefault((math.floor(x / cell), math.floor(y / cell)), []).append((x, y))
    worst = 0
    for x, y in vertices_of_one:
        column, row = math.floor(x / cell), math.floor(y / cell)
        near = [place for i in (-1, 0, 1) for j in (-1, 0, 1) for place in cells.get((column + i, row + j), [])]
        worst = max(worst, min((math.dist((x, y), place) for place in near), default=math.inf))
    return worst


def as_number(value):
    if isinstance(value, bool):
        return float(value)
    try:
        return float(value)
    except (TypeError, ValueError):
        return {"true": 1.0, "false": 0.0}.get(value, value)


class Packages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(EXECUTABLE, ATLAS)
        cls.addClassCleanup(cls.server.stop)
        place = tempfile.TemporaryDirectory()
        cls.addClassCleanup(place.cleanup)
        cls.folder = place.name

    def saved(self, layer, form, query=""):
        target = f"/exports/{layer}.{form}{query}"
        status, headers, body = self.server.request(target)
        self.assertEqual(status, 200, (target, body[:300]))
        self.assertEqual(int(headers["content-length"]), len(body))
        path = os.path.join(self.folder, f"{layer}.{form}")
        with open(path, "wb") as file:
            file.write(body)
        return path

    def items(self, layer, query=""):
        return self.server.json(f"/collections/{layer}/items{query or '?'}&limit=10000")["features"]

    def names_in(self, path, form):
        """What a field is called in the file → in the atlas."""
        if form == "kml":
            return {"Name": "name"}  # KML's own element of every placemark
        if form != "shp.zip":
            return {}
        with zipfile.ZipFile(path) as archive:
            lines = archive.read("LISEZMOI.txt").decode("utf-8").split("Champs", 1)
        pairs = [line.split(" : ") for line in lines[1].splitlines()[1:]] if len(lines) == 2 else []
        return {short: name for short, name in pairs}

    def assert_same(self, layer, form, query="", tolerance=1e-7):
        path = self.saved(layer, form, query)
        ours = self.items(layer, query)
        read = features_of(path, layer)
        label = f"{layer}.{form}{query}"
        self.assertEqual(len(read), len(ours), label)
        names = self.names_in(path, form)
        names = self.names_in(path, form)
        # FlatGeobuf's index puts its features in an order of its own.
        read.sort(key=lambda feature: feature["properties"]["id"])
        for one, other in zip(sorted(ours, key=lambda feature: feature["properties"]["id"]), read):
            found = {names.get(name, name): value for name, value in other["properties"].items()}
            for name, value in one["properties"].items():
                if value is None:
                    self.assertIn(found.get(name), (None, ""), (label, name))
                elif isinstance(value, str):
                    self.assertEqual(str(found[name]), value, (label, name))
                else:
                    self.assertAlmostEqual(as_number(found[name]), float(value), delta=1e-9 * abs(float(value)),
                                           msg=f"{label} {name}")
            if form == "ods":
                continue
            self.assertLess(farthest(vertices(one["geometry"]), vertices(other["geometry"])), tolerance, label)
            self.assertLess(farthest(vertices(other["geometry"]), vertices(one["geometry"])), tolerance, label)

    def layers(self):
        return [layer["id"] for layer in self.server.json("/collections")["collections"]]

    def test_gdal_reads_every_layer_in_every_format_as_items_tell_it(self):
        for layer in self.layers():
            for form in FORMATS:
                with self.subTest(layer=layer, form=form):
                    self.assert_same(layer, form, tolerance=2e-7)

    def test_the_same_in_lambert_93_and_filtered(self):
        for form in WITH_GEOMETRY:
            for query in (f"?crs={EPSG}2154", f"?crs={EPSG}3857&tier=watch", f"?crs={EPSG}4326"):
                with self.subTest(form=form, query=query):
                    # Latitude first in EPSG:4326's items, easting first in files: as vertices, swapped.
                    if "4326" in query:
                        path = self.saved("2014.quarters", form, query)
                        ours = self.items("2014.quarters", query)
                        read = features_of(path, "2014.quarters")
                        swapped = [(x, y) for one in ours for y, x in vertices(one["geometry"])]
                        found = [place for one in read for place in vertices(one["geometry"])]
                        self.assertEqual(len(read), len(ours))
                        self.assertLess(max(farthest(swapped, found), farthest(found, swapped)), 2e-7)
                    else:
                        self.assert_same("2014.quarters", form, query, tolerance=0.01)

    def test_a_file_knows_its_system(self):
        for form, said in (("gpkg", 'ID["EPSG",2154]'), ("fgb", 'ID["EPSG",2154]'), ("shp.zip", "Lambert-93")):
            path = self.saved("2014.tiers", form, f"?crs={EPSG}2154")
            place = "/vsizip/" + path if form == "shp.zip" else path
            told = subprocess.run(["ogrinfo", "-so", place, "2014.tiers"], capture_output=True, text=True).stdout
            self.assertIn(said, told, form)

    def test_a_package_tells_where_it_comes_from(self):
        for form in ("gpkg", "ods"):
            rows = features_of(self.saved("2014.tiers", form), "metadonnees")
            told = [(row["properties"]["cle"], row["properties"]["valeur"]) for row in rows]
            self.assertIn(("Couche", "2014.tiers"), told)
            self.assertIn(("Système de coordonnées", "OGC:CRS84"), told)
            self.assertTrue(any(key == "Décision" and "2014-10-15" in value for key, value in told), told)
        with zipfile.ZipFile(self.saved("2014.tiers", "shp.zip")) as archive:
            self.assertIn("Couche : 2014.tiers\r\n", archive.read("LISEZMOI.txt").decode("utf-8"))

    def test_a_layer_s_description_is_in_the_file_where_the_format_has_a_place_for_it(self):
        decision = "Décision : "
        kml = ElementTree.parse(self.saved("2014.tiers", "kml")).getroot()
        described = [one.text for one in kml.iterfind(f".//{KML}Document/{KML}description")]
        self.assertEqual(len(described), 1)
        database = sqlite3.connect(self.saved("2014.tiers", "gpkg"))
        described += [row[0] for row in database.execute(
            "SELECT description FROM gpkg_contents WHERE table_name = '2014.tiers'")]
        database.close()
        for text in described:
            self.assertIn("Couche : 2014.tiers\n", text)
            self.assertTrue(any(line.startswith(decision) and "2014-10-15" in line for line in text.splitlines()), text)
        # FlatGeobuf: since GDAL 3.9.
        options = subprocess.run(["ogrinfo", "--format", "FlatGeobuf"], capture_output=True, text=True).stdout
        with open(self.saved("2014.tiers", "fgb"), "rb") as file:
            self.assertEqual(decision.encode() in file.read(), 'name="DESCRIPTION"' in options)

    def test_a_csv_names_what_tells_of_it(self):
        _, headers, _ = self.server.request("/exports/2014.tiers.csv", method="HEAD")
        described = re.findall(r'<http://[^/]+([^>]+)>; rel="describedby"', headers["link"])
        self.assertEqual(described, ["/collections/2014.tiers", "/editions/2014"])
        layer, edition = (self.server.json(path) for path in described)
        self.assertEqual((layer["id"], layer["edition"]), ("2014.tiers", edition["id"]))
        self.assertTrue(any(one["date"] == "2014-10-15" for one in edition["decisions"]), edition)

    def test_a_spreadsheet_without_geometry_says_so_before_and_after_it_is_downloaded(self):
        rows = features_of(self.saved("2014.tiers", "ods"), "metadonnees")
        told = {row["properties"]["cle"]: row["properties"]["valeur"] for row in rows}
        self.assertIn("absente", told["Géométrie"])
        links = self.server.json("/collections/2014.tiers?lang=fr")["links"]
        self.assertIn("sans sa géométrie", next(one["title"] for one in links if one["href"].endswith(".ods")))

    def test_a_csv_quotes_no_number(self):
        with open(self.saved("2014.quarters", "csv"), encoding="utf-8-sig") as file:
            lines = file.read().splitlines()
        place = lines[0].split(";").index("tier_rank")
        # The geometry is quoted: the lines' other cells are counted from the end.
        from_end = place - len(lines[0].split(";"))
        ranks = [line.split(";")[from_end] for line in lines[1:]]
        self.assertTrue(set(ranks) <= {"1", "2", "3", ""}, ranks)
        self.assertIn("1", ranks)

    def test_a_geopackage_holds_the_style_that_qgis_looks_for(self):
        path = self.saved("2014.quarters", "gpkg")
        database = sqlite3.connect(path)
        columns = [row[1] for row in database.execute("PRAGMA table_info(layer_styles)")][1:]
        # QGIS 3.22, QgsOgrProviderMetadata::saveStyle.
        self.assertEqual(columns, ["f_table_catalog", "f_table_schema", "f_table_name", "f_geometry_column", "styleName",
                                   "styleQML", "styleSLD", "useAsDefault", "description", "owner", "ui", "update_time"])
        name, column, style, qml, sld, default = database.execute(
            "SELECT f_table_name, f_geometry_column, styleName, styleQML, styleSLD, useAsDefault FROM layer_styles"
        ).fetchone()
        self.assertEqual((name, style, default), ("2014.quarters", "2014.tiers", 1))
        self.assertEqual(database.execute("SELECT column_name FROM gpkg_geometry_columns").fetchall(), [(column,)])
        self.assertEqual(qml, self.server.request("/styles/2014.tiers.qml")[2].decode("utf-8"))
        self.assertEqual(sld, self.server.request("/styles/2014.tiers.sld")[2].decode("utf-8"))
        database.close()
        database = sqlite3.connect(self.saved("communes", "gpkg"))
        self.assertEqual(database.execute("SELECT name FROM sqlite_master WHERE name = 'layer_styles'").fetchall(), [])
        database.close()

    def test_a_download_is_gone_on_with(self):
        target = "/exports/2014.quarters.gpkg"
        status, headers, whole = self.server.request(target)
        self.assertEqual(status, 200)
        half = len(whole) // 2
        parts = b""
        for wanted in (f"bytes=0-{half - 1}", f"bytes={half}-"):
            status, part, body = self.server.request(
                target, headers={"Range": wanted, "If-Range": headers["etag"]})
            self.assertEqual(status, 206)
            self.assertEqual(part["etag"], headers["etag"])
            parts += body
        self.assertEqual(parts, whole)
        status, past, body = self.server.request(target, headers={"Range": f"bytes={len(whole)}-"})
        self.assertEqual((status, past["content-range"]), (416, f"bytes */{len(whole)}"))
        self.assertEqual(past["content-type"], "application/problem+json")
        self.assertIn(str(len(whole)), json.loads(body)["detail"])

    def test_halves_of_two_servers_files_are_never_joined(self):
        other = Server(EXECUTABLE, ATLAS)
        try:
            for form in FORMATS:
                target = f"/exports/2014.labels.{form}"
                _, mine, my_bytes = self.server.request(target)
                _, theirs, their_bytes = other.request(target)
                self.assertEqual(mine["etag"] == theirs["etag"], my_bytes == their_bytes, form)
                status, _, body = other.request(target, headers={"Range": "bytes=9-", "If-Range": mine["etag"]})
                self.assertEqual((status, body), (206, my_bytes[9:]) if my_bytes == their_bytes else (200, their_bytes))
                # What it has tells the same all the same.
                self.assertEqual(other.request(target, headers={"If-None-Match": mine["etag"]})[0], 304)
            # GeoPackage holds the time to the millisecond.
            self.assertNotEqual(self.server.request("/exports/2014.labels.gpkg")[2],
                                other.request("/exports/2014.labels.gpkg")[2])
        finally:
            other.stop()

    def test_head_tells_the_length_and_a_tag_saves_a_second_download(self):
        for form in FORMATS:
            target = f"/exports/2014.quarters.{form}"
            status, headers, body = self.server.request(target, method="HEAD")
            self.assertEqual((status, body), (200, b""))
            self.assertEqual(int(headers["content-length"]), len(self.server.request(target)[2]))
            self.assertEqual(self.server.request(target, headers={"If-None-Match": headers["etag"]})[0], 304)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
