"""The SLD of every style, held to the structure that OGC's schema allows; and both stylesheets to the rules' colours."""

import os
import re
import sys
import tomllib
import unittest
import xml.etree.ElementTree as ElementTree

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from server import Server  # noqa: E402

EXECUTABLE, DATASETS = sys.argv[1], sys.argv[2]
ATLAS = os.path.join(DATASETS, "saint-etienne")
SLD, OGC = "http://www.opengis.net/sld", "http://www.opengis.net/ogc"
# StyledLayerDescriptor.xsd and filter.xsd 1.0.0: an element's children, in their order, of the elements that we use.
CHILDREN = {
    "StyledLayerDescriptor": "Name? Title? Abstract? NamedLayer*",
    "NamedLayer": "Name LayerFeatureConstraints? (NamedStyle|UserStyle)*",
    "UserStyle": "Name? Title? Abstract? IsDefault? FeatureTypeStyle+",
    "FeatureTypeStyle": "Name? Title? Abstract? FeatureTypeName? SemanticTypeIdentifier* Rule+",
    "Rule": "Name? Title? Abstract? LegendGraphic? (Filter|ElseFilter)? MinScaleDenominator? MaxScaleDenominator? "
            "(LineSymbolizer|PolygonSymbolizer|PointSymbolizer|TextSymbolizer|RasterSymbolizer)+",
    "PolygonSymbolizer": "Geometry? Fill? Stroke?",
    "LineSymbolizer": "Geometry? Stroke?",
    "Fill": "GraphicFill? CssParameter*",
    "Stroke": "(GraphicFill|GraphicStroke)? CssParameter*",
    "GraphicFill": "Graphic",
    "Graphic": "(ExternalGraphic|Mark)* Opacity? Size? Rotation?",
    "Mark": "WellKnownName? Fill? Stroke?",
    "Filter": "PropertyIsEqualTo",
    "PropertyIsEqualTo": "PropertyName Literal"}
TEXTS = {"Name", "Title", "CssParameter", "WellKnownName", "Size", "PropertyName", "Literal"}


def local(element):
    return element.tag.rsplit("}", 1)[1]


def as_pattern(children):
    """`A? (B|C)*` as a pattern over `A,B,C,`."""
    return re.compile(re.sub(r"\w+", lambda name: f"(?:{name.group()},)", children).replace(" ", ""))


class Stylesheets(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(EXECUTABLE, ATLAS)
        cls.addClassCleanup(cls.server.stop)
        with open(os.path.join(ATLAS, "rules.toml"), "rb") as file:
            cls.tiers = tomllib.load(file)["tiers"]

    def sheet(self, style, relation_type):
        """By the link of its type."""
        address = next(link["href"] for link in style["links"] if link["type"] == relation_type)
        status, headers, body = self.server.request("/" + address.split("/", 3)[3])
        self.assertEqual((status, headers["content-type"]), (200, relation_type))
        return ElementTree.fromstring(body)

    def styles(self):
        styles = self.server.json("/styles")["styles"]
        self.assertEqual({style["id"] for style in styles}, {"2007.tiers", "2014.tiers", "kiosk"})
        # The kiosk's is for one page; no desktop has a use for it.
        return [style for style in styles if style["id"] != "kiosk"]

    def assert_structure(self, element):
        name = local(element)
        self.assertEqual(element.tag.split("}")[0][1:], OGC if name in ("Filter", "PropertyIsEqualTo", "PropertyName",
                                                                        "Literal") else SLD)
        if name in TEXTS:
            self.assertEqual(len(element), 0)
            self.assertTrue(element.text)
            self.assertEqual(set(element.attrib), {"name"} if name == "CssParameter" else set())
            return
        children = "".join(local(child) + "," for child in element)
        self.assertRegex(children, "^" + as_pattern(CHILDREN[name]).pattern + "$", name)
        for child in element:
            self.assert_structure(child)

    def test_an_sld_has_the_structure_that_the_schema_allows(self):
        for style in self.styles():
            root = self.sheet(style, "application/vnd.ogc.sld+xml;version=1.0")
            self.assertEqual(root.attrib["version"], "1.0.0")
            self.assert_structure(root)

    def test_both_name_every_tier_with_the_colour_of_the_rules(self):
        drawn = {tier["label"]: tier["fill"] for tier in self.tiers if "fill" in tier}
        for style in self.styles():
            sld = self.sheet(style, "application/vnd.ogc.sld+xml;version=1.0")
            told = {rule.find(f"{{{SLD}}}Title").text: next(rule.iter(f"{{{SLD}}}CssParameter")).text
                    for rule in sld.iter(f"{{{SLD}}}Rule")}
            self.assertEqual(told, drawn)
            qml = self.sheet(style, "application/vnd.qgis.qml")
            symbols = {symbol.get("name"): symbol for symbol in qml.findall("renderer-v2/symbols/symbol")}
            told = {}
            for category in qml.iter("category"):
                fill = symbols[category.get("symbol")].find("layer")
                properties = {one.get("k"): one.get("v") for one in fill.findall("prop")}
                if properties["style"] == "solid":
                    red, green, blue, _ = map(int, properties["color"].split(","))
                    told[category.get("label")] = f"#{red:02X}{green:02X}{blue:02X}"
            self.assertEqual(told, drawn)

    def test_a_layer_that_has_tiers_leads_to_its_styles(self):
        for layer, wanted in (("2014.quarters", 3), ("2014.tiers", 3), ("2014.tiers_by_commune", 3), ("communes", 0)):
            links = [link for link in self.server.json(f"/collections/{layer}")["links"] if link["rel"] == "style"]
            self.assertEqual(len(links), wanted, layer)
            for link in links:
                self.assertEqual(self.server.request("/" + link["href"].split("/", 3)[3])[0], 200)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
