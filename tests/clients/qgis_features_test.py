"""QGIS reads features by its own OGC API provider: layers, pages, filters, systems."""

import os
import sys
import unittest

import headless_qgis
from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsFeatureRequest
from qgis.core import QgsProject, QgsRectangle, QgsVectorLayer
from server import Server

EXECUTABLE, DATASETS = sys.argv[1], sys.argv[2]
LAYERS = ("2014.quarters", "2014.tiers", "2014.tiers_by_commune", "2014.labels", "2014.borders", "2007.quarters",
          "communes")
CENTIMETRE = 1.5e-7  # degrees


def positions(coordinates):
    if coordinates and isinstance(coordinates[0], (int, float)):
        return [tuple(coordinates)]
    return [place for part in coordinates for place in positions(part)]


class QgisFeatures(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.application = headless_qgis.started()
        cls.server = Server(EXECUTABLE, os.path.join(DATASETS, "saint-etienne"))
        cls.addClassCleanup(cls.server.stop)

    def layer(self, name, options=""):
        layer = QgsVectorLayer(f" url='http://127.0.0.1:{self.server.port}/' typename='{name}' {options}", name, "OAPIF")
        self.assertTrue(layer.isValid(), (name, layer.error().message()))
        return layer

    def served(self, name, query=""):
        features = self.server.json(f"/collections/{name}/items?limit=10000{query}")["features"]
        return {feature["id"]: feature for feature in features}

    def test_every_kind_of_layer_has_the_served_features_attributes_and_places(self):
        for name in LAYERS:
            with self.subTest(layer=name):
                served = self.served(name)
                read = {feature["id"]: feature for feature in self.layer(name).getFeatures()}
                self.assertEqual(set(read), set(served))
                for key, feature in served.items():
                    for field, value in feature["properties"].items():
                        if isinstance(value, str):
                            self.assertEqual(read[key][field], value, (key, field))
                        elif isinstance(value, (int, float)):
                            self.assertAlmostEqual(float(read[key][field]), value, msg=(key, field))
                    mine = sorted(positions(feature["geometry"]["coordinates"]))
                    # A ring's last vertex is its first again on both sides.
                    theirs = sorted((vertex.x(), vertex.y()) for vertex in read[key].geometry().vertices())
                    self.assertEqual(len(mine), len(theirs), key)
                    for (x, y), (u, v) in zip(mine, theirs):
                        self.assertAlmostEqual(x, u, delta=CENTIMETRE)
                        self.assertAlmostEqual(y, v, delta=CENTIMETRE)

    def test_it_pages_to_the_end(self):
        before = len(self.server.lines)
        read = {feature["id"] for feature in self.layer("communes", "pageSize='7'").getFeatures()}
        self.assertEqual(read, set(self.served("communes")))
        pages = [line for line in self.server.lines[before:] if "/collections/{layer}/items" in line]
        self.assertGreater(len(pages), len(read) // 7)

    def test_a_box_and_a_condition_choose_what_the_server_chooses(self):
        layer = self.layer("2014.quarters")
        box = (4.38, 45.43, 4.40, 45.45)
        request = QgsFeatureRequest().setFilterRect(QgsRectangle(*box)).setFlags(QgsFeatureRequest.ExactIntersect)
        chosen = {feature["id"] for feature in layer.getFeatures(request)}
        self.assertEqual(chosen, set(self.served("2014.quarters", "&bbox=" + ",".join(map(str, box)))))
        self.assertTrue(0 < len(chosen) < 24)
        request = QgsFeatureRequest().setFilterExpression("\"tier\" = 'watch' AND \"population\" > 3000")
        chosen = {feature["id"] for feature in layer.getFeatures(request)}
        self.assertEqual(chosen, set(self.served("2014.quarters", "&filter=tier='watch'%20AND%20population%3E3000")))
        self.assertTrue(0 < len(chosen) < 24)

    def test_metres_that_qgis_computes_are_those_that_the_server_gives(self):
        layer = self.layer("2014.labels")
        to_lambert = QgsCoordinateTransform(layer.crs(), QgsCoordinateReferenceSystem("EPSG:2154"), QgsProject.instance())
        served = self.served("2014.labels", "&crs=http://www.opengis.net/def/crs/EPSG/0/2154")
        for feature in layer.getFeatures():
            place = to_lambert.transform(feature.geometry().asPoint())
            x, y = served[feature["id"]]["geometry"]["coordinates"]
            self.assertAlmostEqual(place.x(), x, delta=0.01)
            self.assertAlmostEqual(place.y(), y, delta=0.01)


if __name__ == "__main__":
    headless_qgis.end(unittest.main(argv=sys.argv[:1], verbosity=2, exit=False).result)
