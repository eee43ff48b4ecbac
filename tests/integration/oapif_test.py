"""GDAL's own OGC API driver against the server: it lists, reads, pages and reprojects every layer."""

import csv
import json
import os
import subprocess
import sys
import tempfile
import unittest
import urllib.parse

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from server import Server  # noqa: E402

EXECUTABLE, DATASETS = sys.argv[1], sys.argv[2]
ATLAS = os.path.join(DATASETS, "saint-etienne")
CENTIMETRE = 1.5e-7  # degrees


def run(*command):
    result = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if result.returncode != 0:
        raise AssertionError(f"{' '.join(command)}: {result.stdout}{result.stderr}")
    return result.stdout


def positions(coordinates):
    """Every position of a geometry's coordinates, in order."""
    if coordinates and isinstance(coordinates[0], (int, float)):
        return [tuple(coordinates)]
    return [position for part in coordinates for position in positions(part)]


class Oapif(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(EXECUTABLE, ATLAS)
        cls.source = f"OAPIF:http://127.0.0.1:{cls.server.port}"
        cls.place = tempfile.TemporaryDirectory()

    @classmethod
    def tearDownClass(cls):
        cls.place.cleanup()
        cls.server.stop()

    def read(self, layer, *options):
        """The features of a layer as GDAL reads them, by id."""
        out = os.path.join(self.place.name, "out.geojson")
        if os.path.exists(out):
            os.remove(out)
        run("ogr2ogr", "-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=9", *options, out, self.source, layer)
        with open(out, encoding="utf-8") as file:
            return {f["properties"]["id"]: f for f in json.load(file)["features"]}

    def served(self, layer, query=""):
        page = self.server.json(f"/collections/{layer}/items?limit=10000{query}")
        return {f["id"]: f for f in page["features"]}

    def assert_same_place(self, one, other, tolerance):
        self.assertEqual(one["type"].replace("Multi", ""), other["type"].replace("Multi", ""))
        mine, theirs = positions(one["coordinates"]), positions(other["coordinates"])
        self.assertEqual(len(mine), len(theirs))
        for (x, y), (u, v) in zip(mine, theirs):
            self.assertAlmostEqual(x, u, delta=tolerance)
            self.assertAlmostEqual(y, v, delta=tolerance)

    def test_it_lists_every_collection(self):
        listed = run("ogrinfo", "-q", self.source)
        for collection in self.server.json("/collections")["collections"]:
            self.assertIn(collection["id"], listed)

    def test_it_reads_every_layer_with_its_count_and_its_coordinates(self):
        for collection in self.server.json("/collections")["collections"]:
            layer = collection["id"]
            read, served = self.read(layer), self.served(layer)
            self.assertEqual(set(read), set(served), layer)
            for key, feature in served.items():
                self.assert_same_place(read[key]["geometry"], feature["geometry"], CENTIMETRE)

    def test_it_follows_the_pages_to_the_end(self):
        read = self.read("communes", "-oo", "PAGE_SIZE=7")
        self.assertEqual(set(read), set(self.served("communes")))

    def test_coordinates_are_the_source_files(self):
        with open(os.path.join(ATLAS, "communes.geojson"), encoding="utf-8") as file:
            source = {f["properties"]["insee_com"]: f for f in json.load(file)["features"]}
        for key, feature in self.read("communes").items():
            mine = {(round(x, 6), round(y, 6)) for x, y in positions(feature["geometry"]["coordinates"])}
            theirs = {(round(x, 6), round(y, 6)) for x, y in positions(source[key]["geometry"]["coordinates"])}
            self.assertEqual(mine, theirs, key)

    def test_its_own_box_selects_what_the_servers_does(self):
        box = ["4.38", "45.43", "4.40", "45.45"]
        self.assertEqual(set(self.read("2014.quarters", "-spat", *box)),
                         set(self.served("2014.quarters", "&bbox=" + ",".join(box))))

    def test_metres_from_the_server_are_those_that_gdal_computes(self):
        served = self.served("2014.labels", "&crs=http://www.opengis.net/def/crs/EPSG/0/2154")
        computed = self.read("2014.labels", "-t_srs", "EPSG:2154")
        self.assertEqual(len(served), 24)
        for key, feature in served.items():
            self.assert_same_place(computed[key]["geometry"], feature["geometry"], 0.01)

    def test_latitude_comes_first_in_epsg_4326(self):
        address = "http://www.opengis.net/def/crs/EPSG/0/4326"
        longitude_first = self.read("2014.labels")
        for key, feature in self.served("2014.labels", f"&crs={address}").items():
            lat, lon = feature["geometry"]["coordinates"]
            swapped = {"type": "Point", "coordinates": [lon, lat]}
            self.assert_same_place(swapped, longitude_first[key]["geometry"], CENTIMETRE)

    def test_filters_select_what_gdals_own_sql_does(self):
        """The same conditions, by the server on its atlas and by OGR SQL on a copy of the layer."""
        copy = os.path.join(self.place.name, "quarters.geojson")
        run("ogr2ogr", "-f", "GeoJSON", "-nln", "quarters", copy, self.source, "2014.quarters")
        conditions = [
            ("tier = 'watch'",) * 2,
            ("tier IN ('watch', 'priority_1') AND population > 3000",) * 2,
            ("score_social BETWEEN 40 AND 60",) * 2,
            ("NOT (tier_rank >= 2)",) * 2,
            ("tier_adopted IS NULL",) * 2,
            ("name LIKE 'S%'",) * 2,
            ("score_social - score_urban > 5",) * 2,
            ("S_INTERSECTS(geometry, POLYGON((4.35 45.4, 4.42 45.42, 4.38 45.48, 4.35 45.4)))",
             "ST_Intersects(geometry, GeomFromText('POLYGON((4.35 45.4, 4.42 45.42, 4.38 45.48, 4.35 45.4))'))"),
            ("S_WITHIN(geometry, BBOX(4.3, 45.4, 4.42, 45.46))",
             "ST_Within(geometry, GeomFromText('POLYGON((4.3 45.4, 4.42 45.4, 4.42 45.46, 4.3 45.46, 4.3 45.4))'))")]
        for cql, sql in conditions:
            query = "&filter=" + urllib.parse.quote(cql)
            out = os.path.join(self.place.name, "chosen.csv")
            if os.path.exists(out):
                os.remove(out)
            run("ogr2ogr", "-f", "CSV", "-dialect", "SQLite", "-sql",
                f"SELECT id, geometry FROM quarters WHERE {sql}", out, copy)
            with open(out, encoding="utf-8", newline="") as file:
                expected = {row["id"] for row in csv.DictReader(file)}
            self.assertEqual(set(self.served("2014.quarters", query)), expected, cql)
            self.assertTrue(0 < len(expected) < 24, f"{cql}: {len(expected)} tell nothing")

    def test_gdals_own_attribute_filter_reads_the_same(self):
        read = self.read("2014.quarters", "-where", "tier = 'watch' AND population > 3000")
        query = "&filter=" + urllib.parse.quote("tier = 'watch' AND population > 3000")
        self.assertEqual(set(read), set(self.served("2014.quarters", query)))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
