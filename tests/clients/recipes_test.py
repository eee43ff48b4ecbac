"""A recipe of the README, taken out of it and run as it stands on the real server: recipes_test.py EXECUTABLE DATASETS NAME."""

import json
import os
import re
import subprocess
import sys
import tempfile
import unittest

import tools
from server import Server

EXECUTABLE, DATASETS, RECIPE = sys.argv[1:4]
HERE = os.path.dirname(os.path.abspath(__file__))
README = os.path.join(HERE, os.pardir, os.pardir, "README.md")
WRITTEN_ADDRESS = "http://127.0.0.1:8080"


def recipe(title):
    """The first block of code below that heading."""
    with open(README, encoding="utf-8") as file:
        section = file.read().split("\n## Recettes", 1)[1].split(f"\n### {title}\n", 1)[1]
    return re.search(r"```[a-z]+\n(.*?)```", section, re.DOTALL).group(1)


class Recipes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(EXECUTABLE, os.path.join(DATASETS, "saint-etienne"))
        cls.addClassCleanup(cls.server.stop)
        place = tempfile.TemporaryDirectory()
        cls.addClassCleanup(place.cleanup)
        cls.folder = place.name

    def block(self, title, name):
        """The recipe in a file, with the address of this test's server in place of the README's."""
        text = recipe(title)
        self.assertIn(WRITTEN_ADDRESS, text)
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace(WRITTEN_ADDRESS, f"http://127.0.0.1:{self.server.port}"))
        return path

    def said_by(self, *command):
        result = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, timeout=300)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        return result.stdout

    def quarters(self, query=""):
        return self.server.json(f"/collections/2014.quarters/items?limit=10000{query}")["features"]

    def population_by_tier(self):
        sums = {}
        for quarter in self.quarters():
            properties = quarter["properties"]
            sums[properties["tier"]] = sums.get(properties["tier"], 0) + (properties["population"] or 0)
        return sums

    def assert_tells_the_population(self, said):
        for tier, people in self.population_by_tier().items():
            self.assertRegex(said, rf"\b{tier}\s+{people:g}(\.0)?\b")

    def qgis(self):
        # The console has these names; nothing else is added to what the README says.
        path = self.block("QGIS", "recipe.py")
        said = self.said_by(
            sys.executable, "-c",
            f"import sys; sys.path.insert(0, {HERE!r}); import headless_qgis; application = headless_qgis.started()\n"
            "import json; from qgis.core import *\n"
            f"exec(open({path!r}).read())\n"
            "print(json.dumps([len(list(quartiers.getFeatures())), quartiers.renderer().type(),"
            " len(QgsProject.instance().mapLayers())]))\n"
            "QgsProject.instance().clear()")
        self.assertEqual(json.loads(said.splitlines()[-1]), [len(self.quarters()), "categorizedSymbol", 1])

    def ogr2ogr(self):
        self.said_by("sh", "-eu", self.block("ogr2ogr", "recipe.sh"))
        said = self.said_by("ogrinfo", "-so", "veille.gpkg", "2014.quarters")
        self.assertIn(f"Feature Count: {len(self.quarters('&tier=watch'))}\n", said)
        self.assertIn('ID["EPSG",2154]', said)

    def python(self):
        self.assert_tells_the_population(self.said_by(sys.executable, self.block("Python", "recipe.py")))

    def r(self):
        self.assert_tells_the_population(self.said_by("Rscript", self.block("R", "recipe.R")))

    def maplibre(self):
        quarter = max(self.quarters(), key=lambda one: one["properties"]["area_m2"])
        place = self.server.json(f"/collections/2014.labels/items/{quarter['id']}")["geometry"]["coordinates"]
        view = self.server.json("/styles/2014.tiers")
        said = self.said_by("node", os.path.join(HERE, "recipe_page.mjs"), self.block("MapLibre", "recipe.html"),
                            json.dumps({"center": view["center"], "zoom": view["zoom"], "place": place}))
        properties = quarter["properties"]
        self.assertEqual(json.loads(said), f"{properties['name']} : {properties['tier']}")


NEEDS = {"qgis": lambda: tools.needs_module("qgis", "python3-qgis"),
         "ogr2ogr": lambda: tools.needs_program("ogr2ogr", "gdal-bin"),
         "python": lambda: tools.needs_module("geopandas", "python3-geopandas"),
         "r": lambda: tools.needs_r_package("sf", "r-cran-sf"),
         "maplibre": lambda: (tools.needs_program("chromium", "chromium"), tools.needs_node_modules())}

if __name__ == "__main__":
    NEEDS[RECIPE]()
    outcome = unittest.TextTestRunner(verbosity=2).run(unittest.TestSuite([Recipes(RECIPE)]))
    sys.exit(not outcome.wasSuccessful())
