"""QGIS draws the tiers as the rules file says: from a GeoPackage, from .qml and .sld, and from vector tiles."""

import os
import sys
import tempfile
import tomllib
import unittest
from collections import Counter

import headless_qgis
from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsMapRendererCustomPainterJob
from qgis.core import QgsFillSymbol, QgsMapSettings, QgsPointXY, QgsProject, QgsRectangle, QgsVectorLayer, QgsWkbTypes
from qgis.core import QgsVectorTileBasicRenderer, QgsVectorTileBasicRendererStyle, QgsVectorTileLayer
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage, QPainter
from server import Server

EXECUTABLE, DATASETS = sys.argv[1], sys.argv[2]
ATLAS = os.path.join(DATASETS, "saint-etienne")
SCREENSHOTS = os.environ.get("GEOPRIO_SCREENSHOTS", "")
STYLED = ("2014.quarters", "2014.tiers", "2014.tiers_by_commune")
MOTIFS = {"solid": [], "diagonal": ["LinePatternFill"], "cross": ["LinePatternFill"] * 2, "dots": ["PointPatternFill"]}
AROUND = 12  # pixels from the middle of a quarter that are looked at


def rules_tiers():
    with open(os.path.join(ATLAS, "rules.toml"), "rb") as file:
        return tomllib.load(file)["tiers"]


class QgisStyles(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.application = headless_qgis.started()
        cls.server = Server(EXECUTABLE, ATLAS)
        cls.addClassCleanup(cls.server.stop)
        place = tempfile.TemporaryDirectory()
        cls.addClassCleanup(place.cleanup)
        cls.folder = place.name

    def saved(self, target):
        status, _, body = self.server.request(target)
        self.assertEqual(status, 200, target)
        path = os.path.join(self.folder, os.path.basename(target))
        with open(path, "wb") as file:
            file.write(body)
        return path

    def package(self, name, default_style=True):
        options = QgsVectorLayer.LayerOptions(QgsProject.instance().transformContext(), default_style)
        path = self.saved(f"/exports/{name}.gpkg")
        layer = QgsVectorLayer(f"{path}|layername={name}", name, "ogr", options)
        self.assertTrue(layer.isValid(), name)
        return layer

    def picture(self, layers, lon, lat, name, metres_a_pixel=4, size=640):
        """What QGIS draws around a place, in Web Mercator."""
        settings = QgsMapSettings()
        settings.setLayers(layers)
        mercator = QgsCoordinateReferenceSystem("EPSG:3857")
        settings.setDestinationCrs(mercator)
        to_mercator = QgsCoordinateTransform(QgsCoordinateReferenceSystem("OGC:CRS84"), mercator, QgsProject.instance())
        middle = to_mercator.transform(QgsPointXY(lon, lat))
        half = size / 2 * metres_a_pixel
        settings.setExtent(QgsRectangle(middle.x() - half, middle.y() - half, middle.x() + half, middle.y() + half))
        settings.setOutputSize(QSize(size, size))
        settings.setBackgroundColor(QColor("#808080"))
        image = QImage(QSize(size, size), QImage.Format_RGB32)
        painter = QPainter(image)
        job = QgsMapRendererCustomPainterJob(settings, painter)
        job.start()
        job.waitForFinished()
        painter.end()
        if SCREENSHOTS:
            os.makedirs(SCREENSHOTS, exist_ok=True)
            image.save(os.path.join(SCREENSHOTS, name + ".png"))
        return image

    def colours_in_the_middle(self, image):
        """The colours around the middle, the commonest first."""
        x, y = image.width() // 2, image.height() // 2
        seen = Counter(image.pixelColor(i, j).name().upper()
                       for i in range(x - AROUND, x + AROUND) for j in range(y - AROUND, y + AROUND))
        return [colour for colour, _ in seen.most_common()]

    def quarter_of(self, tier):
        """The middle of the tier's widest quarter."""
        quarters = self.server.json(f"/collections/2014.quarters/items?tier={tier}&sortby=-area_m2&limit=1")["features"]
        label = self.server.json(f"/collections/2014.labels/items/{quarters[0]['id']}")
        return label["geometry"]["coordinates"]

    def assert_categories(self, layer):
        renderer = layer.renderer()
        self.assertEqual(renderer.type(), "categorizedSymbol", layer.name())
        self.assertEqual(renderer.classAttribute(), "tier")
        categories = renderer.categories()
        self.assertEqual([one.value() for one in categories], [tier["code"] for tier in rules_tiers()])
        for category, tier in zip(categories, rules_tiers()):
            self.assertEqual(category.label(), tier["label"])
            layers = category.symbol().symbolLayers()
            if "fill" not in tier:
                self.assertEqual(layers[0].brushStyle(), 0)  # Qt.NoBrush
                continue
            self.assertEqual(layers[0].fillColor().name().upper(), tier["fill"])
            motif = [one.layerType() for one in layers[1:-1]]
            self.assertEqual(motif, MOTIFS[tier["pattern"]], tier["code"])
            self.assertEqual(layers[-1].color().name().upper(), tier["outline"])
            self.assertEqual(layers[-1].useCustomDashPattern(), "dash" in tier)

    def assert_drawn(self, layer, name, motifs=True):
        """Each filled tier has its colour in the middle of a quarter of it; names would lie over it."""
        layer.setLabelsEnabled(False)
        drawn = 0
        for tier in rules_tiers():
            served = self.server.json(f"/collections/2014.quarters/items?tier={tier['code']}")["numberMatched"]
            if "fill" not in tier or served == 0:
                continue
            image = self.picture([layer], *self.quarter_of(tier["code"]), f"{name}-{tier['code']}")
            colours = self.colours_in_the_middle(image)
            self.assertEqual(colours[0], tier["fill"], (name, tier["code"]))
            self.assertEqual(len(colours) > 1, motifs and tier["pattern"] != "solid", (name, tier["code"], colours))
            drawn += 1
        self.assertGreaterEqual(drawn, 3)

    def test_a_geopackage_opens_with_the_tiers_of_the_rules(self):
        for name in STYLED:
            with self.subTest(layer=name):
                self.assert_categories(self.package(name))

    def test_a_geopackage_of_communes_opens_as_any_other(self):
        self.assertEqual(self.package("communes").renderer().type(), "singleSymbol")

    def test_what_qgis_draws_from_a_geopackage_has_the_colours_of_the_rules(self):
        for name in ("2014.quarters", "2014.tiers"):
            self.assert_drawn(self.package(name), "qgis-" + name)
        quarters = self.package("2014.quarters")
        self.assertTrue(quarters.labelsEnabled())
        self.picture([quarters], 4.39, 45.44, "qgis-quarters", metres_a_pixel=16, size=900)

    def test_a_layer_of_the_features_interface_takes_the_qml(self):
        layer = QgsVectorLayer(f" url='http://127.0.0.1:{self.server.port}/' typename='2014.quarters'", "quarters", "OAPIF")
        said, done = layer.loadNamedStyle(self.saved("/styles/2014.tiers.qml"))
        self.assertTrue(done, said)
        self.assert_categories(layer)
        self.assert_drawn(layer, "qgis-features")

    def test_a_layer_takes_the_sld(self):
        layer = self.package("2014.quarters", default_style=False)
        said, done = layer.loadSldStyle(self.saved("/styles/2014.tiers.sld"))
        self.assertTrue(done, said)
        rules = {rule.label(): rule for rule in layer.renderer().rootRule().children()}
        for tier in rules_tiers():
            self.assertEqual(tier["label"] in rules, "fill" in tier, tier["code"])
            if "fill" in tier:
                self.assertEqual(rules[tier["label"]].symbol().symbolLayer(0).fillColor().name().upper(), tier["fill"])
                self.assertEqual(rules[tier["label"]].filterExpression().replace('"', ""), f"tier = '{tier['code']}'")
        # The motifs are GeoServer's marks, which QGIS passes over.
        self.assert_drawn(layer, "qgis-sld", motifs=False)

    def test_vector_tiles_open_by_their_address_and_are_drawn_tile_by_tile(self):
        described = self.server.json("/xyz/2014.tiers,2014.quarters.json")
        address = described["tiles"][0].split("?")[0]
        layer = QgsVectorTileLayer(
            f"type=xyz&url={address}&zmin={described['minzoom']}&zmax={described['maxzoom']}", "tiles")
        self.assertTrue(layer.isValid())
        styles = []
        for tier in rules_tiers():
            if "fill" not in tier:
                continue
            style = QgsVectorTileBasicRendererStyle(tier["code"], "2014.tiers", QgsWkbTypes.PolygonGeometry)
            style.setFilterExpression(f"\"tier\" = '{tier['code']}'")
            style.setSymbol(QgsFillSymbol.createSimple({"color": tier["fill"], "outline_style": "no"}))
            styles.append(style)
        renderer = QgsVectorTileBasicRenderer()
        renderer.setStyles(styles)
        layer.setRenderer(renderer)
        for code, fill in [(tier["code"], tier["fill"]) for tier in rules_tiers() if "fill" in tier]:
            image = self.picture([layer], *self.quarter_of(code), "qgis-tiles-" + code)
            self.assertEqual(self.colours_in_the_middle(image), [fill], code)

if __name__ == "__main__":
    headless_qgis.end(unittest.main(argv=sys.argv[:1], verbosity=2, exit=False).result)
