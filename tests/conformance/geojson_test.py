"""Every GeoJSON that the server writes against RFC 7946: its schema, and what no schema says."""

import json
import os
import re
import sys
import tempfile
import unittest
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "integration")]

try:
    import jsonschema
except ImportError:
    print("NOT RUN: Python's jsonschema is not on this machine. ./dev test installs it (package python3-jsonschema).",
          file=sys.stderr, flush=True)
    sys.exit(77)

from abstract_tests import box_of, positions  # noqa: E402
from server import Server  # noqa: E402

EXECUTABLE, DATASETS = sys.argv[1], sys.argv[2]
with open(os.path.join(HERE, "geojson.schema.json"), encoding="utf-8") as file:
    SCHEMA = jsonschema.Draft7Validator(json.load(file))

# Two quarters of a made-up town on longitude 180: one is cut along it as RFC 7946 §3.1.9 has it, with a hole; one
# passes it and is no quarter that a server could draw; one lies beside it. The outer ring of the first is clockwise.
ANTIMERIDIAN = {"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {"code": "cut"}, "geometry": {"type": "MultiPolygon", "coordinates": [
        [[[179.9, -17], [179.9, -16.9], [180, -16.9], [180, -17], [179.9, -17]],
         [[179.94, -16.96], [179.96, -16.96], [179.96, -16.94], [179.94, -16.94], [179.94, -16.96]]],
        [[[-180, -17], [-179.9, -17], [-179.9, -16.9], [-180, -16.9], [-180, -17]]]]}},
    {"type": "Feature", "properties": {"code": "uncut"}, "geometry": {"type": "Polygon", "coordinates": [
        [[179.9, -16], [-179.9, -16], [-179.9, -15.9], [179.9, -15.9], [179.9, -16]]]}},
    {"type": "Feature", "properties": {"code": "beside"}, "geometry": {"type": "Polygon", "coordinates": [
        [[179.8, -16.5], [179.85, -16.5], [179.85, -16.45], [179.8, -16.45], [179.8, -16.5]]]}}]}
ANTIMERIDIAN_ATLAS = """
title = "Antiméridien"
metric_crs = "EPSG:3832"
[[editions]]
id = "e"
stage = "in_force"
quarters = { data = "quarters.geojson", code = "code", name = "code" }
"""


def rings(geometry):
    """(ring, whether it is an outer one) of a geometry."""
    if geometry is None or "Polygon" not in geometry["type"]:
        return
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for polygon in polygons:
        for number, ring in enumerate(polygon):
            yield ring, number == 0


def twice_area(ring):
    """Above 0 counter-clockwise. From the first vertex on, so that no digits are lost."""
    x, y = ring[0][:2]
    return sum((a[0] - x) * (b[1] - y) - (b[0] - x) * (a[1] - y) for a, b in zip(ring, ring[1:]))


def features_of(document):
    return document["features"] if document["type"] == "FeatureCollection" else [document]


class GeoJson(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(EXECUTABLE, os.path.join(DATASETS, "saint-etienne"))
        cls.layers = cls.server.json("/collections")["collections"]

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def read(self, target, server=None):
        status, headers, body = (server or self.server).request(target)
        self.assertEqual(status, 200, target)
        self.assertEqual(headers["content-type"], "application/geo+json", target)
        return body.decode()

    def hold_to_the_standard(self, text, where):
        """What RFC 7946 asks of a text in CRS84."""
        document = json.loads(text)
        fault = jsonschema.exceptions.best_match(SCHEMA.iter_errors(document))
        self.assertIsNone(fault, f"{where}: {fault and fault.message[:300]}")
        # §11.2 has 6 decimals do; the project's grid has 7. A number of a property may have more.
        geometries = re.findall(r'"geometry":\{.*?\}', text)
        self.assertFalse([one for one in geometries if re.search(r"\d\.\d{8,}|\d[eE]", one)], f"{where}: decimals")
        identifiers = [feature.get("id") for feature in features_of(document)]
        self.assertEqual(len(set(identifiers)), len(identifiers), f"{where}: ids")
        for feature in features_of(document):
            self.hold_geometry_to_the_standard(feature["geometry"], f"{where}, {feature.get('id')}")
        return document

    def hold_geometry_to_the_standard(self, geometry, where):
        for place in positions(geometry):
            self.assertEqual(len(place), 2, where)
            self.assertTrue(-180 <= place[0] <= 180 and -90 <= place[1] <= 90, f"{where}: {place}")
        for ring, outer in rings(geometry):
            self.assertEqual(ring[0], ring[-1], f"{where}: a ring is closed")
            # §3.1.6, the right-hand rule.
            self.assertEqual(twice_area(ring) > 0, outer, f"{where}: outer counter-clockwise, holes clockwise")
            for one, other in zip(ring, ring[1:]):
                self.assertNotEqual(one, other, f"{where}: a vertex twice")
                self.assertLessEqual(abs(one[0] - other[0]), 180, f"{where}: across the antimeridian")

    def test_the_schema_refuses_what_the_standard_refuses(self):
        """The schema is our own: it is held to what RFC 7946 says must not be."""
        point = {"type": "Point", "coordinates": [1, 2]}
        feature = {"type": "Feature", "geometry": point, "properties": {}}
        self.assertTrue(SCHEMA.is_valid(feature))
        for broken in ({**feature, "crs": {}}, {**feature, "geometry": {"type": "Point", "coordinates": [1]}},
                       {"type": "Feature", "geometry": point}, {**feature, "id": None},
                       {**feature, "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [0, 0]]]}},
                       {**feature, "geometry": {"type": "Curve", "coordinates": [1, 2]}},
                       {"type": "FeatureCollection", "features": [point]}, point, {"type": "FeatureCollection"}):
            self.assertFalse(SCHEMA.is_valid(broken), broken)

    def test_every_layers_items_keep_to_the_standard(self):
        for layer in self.layers:
            target = f"/collections/{layer['id']}/items?limit=10000"
            document = self.hold_to_the_standard(self.read(target), target)
            self.assertTrue(document["features"], target)

    def test_a_single_item_keeps_to_the_standard(self):
        for layer in self.layers:
            for feature in self.server.json(f"/collections/{layer['id']}/items?limit=3")["features"]:
                target = f"/collections/{layer['id']}/items/{urllib.parse.quote(feature['id'], safe='')}"
                document = self.hold_to_the_standard(self.read(target), target)
                self.assertEqual(document["type"], "Feature")

    def test_whole_layers_keep_to_the_standard(self):
        for layer in self.layers:
            target = f"/exports/{layer['id']}.geojson"
            self.hold_to_the_standard(self.read(target), target)

    def test_each_line_of_a_layer_in_lines_is_a_feature(self):
        for layer in self.layers:
            status, headers, body = self.server.request(f"/exports/{layer['id']}.geojsonl")
            self.assertEqual(status, 200)
            lines = body.decode().splitlines()
            self.assertTrue(lines)
            for line in lines:
                self.assertEqual(self.hold_to_the_standard(line, layer["id"])["type"], "Feature")

    def test_whatever_else_the_interface_describes_as_geojson_keeps_to_the_standard(self):
        for path, operations in self.server.json("/api")["paths"].items():
            answers = operations.get("get", {}).get("responses", {}).get("200", {}).get("content", {})
            if "{" in path or "application/geo+json" not in answers:
                continue
            status, headers, body = self.server.request(path)
            self.assertIn(status, (200, 404), path)  # 404: an atlas without a store has no contributions
            if status == 200:
                self.assertEqual(headers["content-type"], "application/geo+json", path)
                self.hold_to_the_standard(body.decode(), path)

    def test_a_collections_box_is_that_of_its_features(self):
        for layer in self.layers:
            page = self.server.json(f"/collections/{layer['id']}/items?limit=10000")
            boxes = [box_of(feature["geometry"]) for feature in page["features"] if feature["geometry"]]
            whole = [*(min(box[axis] for box in boxes) for axis in (0, 1)),
                     *(max(box[axis] for box in boxes) for axis in (2, 3))]
            self.assertEqual(layer["extent"]["spatial"]["bbox"], [whole], layer["id"])

    def test_every_items_properties_keep_to_the_schema_of_its_layer(self):
        for layer in self.layers:
            schema = jsonschema.Draft7Validator(self.server.json(f"/collections/{layer['id']}/schema"))
            for feature in self.server.json(f"/collections/{layer['id']}/items?limit=10000")["features"]:
                fault = jsonschema.exceptions.best_match(schema.iter_errors(feature["properties"]))
                self.assertIsNone(fault, f"{layer['id']}, {feature['id']}: {fault and fault.message}")

    def test_in_another_system_there_is_no_crs_member_either(self):
        """The header Content-Crs says it (OGC 18-058r1 /req/crs/ogc-crs-header); RFC 7946 §4 took `crs` out."""
        for layer in self.layers:
            crs = urllib.parse.quote("http://www.opengis.net/def/crs/EPSG/0/2154", safe="")
            document = json.loads(self.read(f"/collections/{layer['id']}/items?limit=5&crs={crs}"))
            self.assertIsNone(jsonschema.exceptions.best_match(SCHEMA.iter_errors(document)))
            for feature in document["features"]:
                for ring, outer in rings(feature["geometry"]):
                    self.assertEqual(twice_area(ring) > 0, outer, layer["id"])


class Antimeridian(GeoJson):
    """The same tests for an atlas on longitude 180."""

    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.TemporaryDirectory()
        for name, text in (("quarters.geojson", json.dumps(ANTIMERIDIAN)), ("atlas.toml", ANTIMERIDIAN_ATLAS)):
            with open(os.path.join(cls.place.name, name), "w", encoding="utf-8") as out:
                out.write(text)
        cls.server = Server(EXECUTABLE, cls.place.name)
        cls.layers = cls.server.json("/collections")["collections"]

    @classmethod
    def tearDownClass(cls):
        super().tearDownClass()
        cls.place.cleanup()

    def test_in_another_system_there_is_no_crs_member_either(self):
        """Lambert-93 does not reach there."""

    def test_a_quarter_cut_along_the_antimeridian_stays_cut(self):
        feature = self.server.json("/collections/e.quarters/items/cut")
        self.assertEqual(feature["geometry"]["type"], "MultiPolygon")
        east, west = sorted(feature["geometry"]["coordinates"], key=lambda polygon: -polygon[0][0][0])
        self.assertEqual({place[0] for place in east[0]}, {179.9, 180})
        self.assertEqual({place[0] for place in west[0]}, {-180, -179.9})
        self.assertEqual([len(east), len(west)], [2, 1])

    def test_a_quarter_that_passes_the_antimeridian_is_refused_rather_than_drawn_around_the_earth(self):
        self.assertEqual(self.server.json("/health/ready")["refusals"], 1)
        found = self.server.json("/collections/e.quarters/items")["features"]
        self.assertEqual({feature["id"] for feature in found}, {"cut", "beside"})


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
