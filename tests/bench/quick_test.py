"""The bench in short, for what does not depend on a machine's speed: `quick_test.py COLD_TILES_PROGRAM`.

What is measured is the same everywhere, and is worth measuring: coverages are coverages, tiles decode, are valid and
have no gap.
"""

import json
import math
import os
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from coverage import UNIT, Coverage, write_atlas  # noqa: E402
from decoded_tile import BrokenTile, Geos, doubled_area, layers_of, verdict_on  # noqa: E402
from tile_lists import tile_list, tile_of, write_tile_list  # noqa: E402

PROGRAM = sys.argv[1]
SIDE = 4096 + 2 * 64  # a tile with its buffer


class Coverages(unittest.TestCase):
    def test_the_same_polygons_are_made_on_every_machine(self):
        # The digests were printed once; a change of the generator changes what every figure was measured on.
        for place, polygons, vertices, digest in (
                ("agglomeration", 100, 12800, "af0240563b40f7ee93fe97763d88d5a2850c85087aa4e2e91bfe0ab64159d2c3"),
                ("france", 500, 32000, "03eace9dd08eb2dad5016b2acc5d7777dbcd133d28915d2bd358aeea64649d09")):
            with tempfile.TemporaryDirectory() as folder:
                self.assertEqual(write_atlas(Coverage(place, polygons), folder), (vertices, digest))

    def test_neighbours_share_every_vertex_of_their_border(self):
        coverage = Coverage("france", 300)
        edges = {}
        for _, ring in coverage.rings():
            self.assertGreater(doubled_area(ring), 0)
            for edge in zip(ring, ring[1:] + ring[:1]):
                self.assertNotIn(edge, edges)
                edges[edge] = edges.get((edge[1], edge[0]), 0) + 1
        alone = {edge for edge in edges if (edge[1], edge[0]) not in edges}
        outer = {edge for border in coverage.outer_borders() for edge in zip(border, border[1:])}
        self.assertEqual({frozenset(edge) for edge in alone}, {frozenset(edge) for edge in outer})

    def test_the_lists_have_the_issues_numbers_of_tiles_each_once(self):
        for place, wanted in (("france", 207), ("agglomeration", 145)):
            tiles = tile_list(Coverage(place), place)
            self.assertEqual((len(tiles), len(set(tiles))), (wanted, wanted))
            self.assertEqual(tiles, tile_list(Coverage(place), place))


def polygon_tile(*commands):
    """A tile with one polygon feature, its geometry as MVT's numbers; all of them under 128."""
    feature = bytes([0x18, 3, 0x22, len(commands), *commands])
    layer = b"\x0a\x01a" + bytes([0x12, len(feature)]) + feature + b"\x78\x02"
    return bytes([0x1a, len(layer)]) + layer


def zigzag(value):
    return value << 1 if value >= 0 else (-value << 1) - 1


def moves(*steps):
    """MoveTo the first step, LineTo the others, ClosePath."""
    numbers = [zigzag(number) for step in steps for number in step]
    return [9, *numbers[:2], (len(steps) - 1) << 3 | 2, *numbers[2:], 15]


class Decoding(unittest.TestCase):
    """The judge itself, on tiles written by hand after MVT 2.1 §4.3."""

    def found(self, *commands):
        return verdict_on({(0, 0, 0): polygon_tile(*commands)})

    def test_a_square_is_a_valid_polygon(self):
        found = self.found(*moves((1, 1), (9, 0), (0, 9), (-9, 0)))
        self.assertEqual((found.features, found.invalid, found.faults, found.empty), (1, 0, {}, []))

    def test_a_bow_tie_is_invalid(self):
        # (0,0) (8,0) (0,9) (8,9): two sides cross; its area is not 0 because one half is turned back by (9,9).
        self.assertEqual(self.found(*moves((0, 0), (8, 0), (-8, 9), (9, 9))).invalid, 1)

    def test_a_ring_turned_the_other_way_is_a_hole_without_a_shell(self):
        found = self.found(*moves((1, 1), (0, 9), (9, 0), (0, -9)))
        self.assertEqual(list(found.faults), ["§4.3.4.4: a hole without a shell"])
        self.assertEqual(found.invalid, 1)

    def test_a_step_that_goes_nowhere_is_forbidden(self):
        self.assertIn("§4.3.3.2: LineTo goes nowhere", self.found(*moves((1, 1), (9, 0), (0, 0), (0, 9), (-9, 0))).faults)

    def test_a_tile_without_a_feature_is_empty(self):
        self.assertEqual(verdict_on({(3, 1, 2): b""}).empty, [(3, 1, 2)])

    def test_bytes_that_are_cut_off_are_no_tile(self):
        with self.assertRaises(BrokenTile):
            layers_of(polygon_tile(*moves((1, 1), (9, 0), (0, 9)))[:-3])


class Tiles(unittest.TestCase):
    """Every tile of the agglomeration's list, and those above it, from a coarser coverage of the same land."""

    @classmethod
    def setUpClass(cls):
        cls.coverage = Coverage("agglomeration", 100)
        tiles = [tile_of(4.39, 45.45, zoom) for zoom in range(9)] + tile_list(cls.coverage, "agglomeration")
        with tempfile.TemporaryDirectory() as folder:
            write_atlas(cls.coverage, folder)
            write_tile_list(tiles, os.path.join(folder, "tiles"))
            done = subprocess.run([PROGRAM, folder, "coverage", os.path.join(folder, "tiles"), "--rounds", "1", "--write", folder],
                                  capture_output=True, text=True, check=True)
            cls.said = json.loads(done.stdout)
            cls.tiles = {}
            for place in tiles:
                with open(os.path.join(folder, "-".join(map(str, place)) + ".mvt"), "rb") as file:
                    cls.tiles[place] = file.read()

    def test_every_tile_is_reported_with_its_size(self):
        self.assertEqual({(row["zoom"], row["column"], row["row"]): row["bytes"] for row in self.said["tiles"]},
                         {place: len(data) for place, data in self.tiles.items()})

    def test_every_polygon_is_valid_and_every_tile_with_land_at_a_visible_size_has_some(self):
        found = verdict_on(self.tiles)
        self.assertGreater(found.features, 1000)
        self.assertEqual((found.invalid, found.faults), (0, {}))
        # At zoom 5 a cell of some 4 km is a dozen units across; further up all of them may have collapsed.
        self.assertEqual([place for place in found.empty if place[0] >= 5], [])

    def inside(self):
        """The tiles whose box with its buffer no outer border comes near: they are wholly inside, or outside."""
        boxes = []
        for border in self.coverage.outer_borders():
            boxes.append((min(x for x, _ in border), min(y for _, y in border), max(x for x, _ in border), max(y for _, y in border)))
        for zoom, column, row in self.tiles:
            # 32 units more than the buffer: simplifying may move the outer border a little.
            margin, count = 96 / 4096, 1 << zoom
            west, east = (((column + side) / count * 360 - 180) * UNIT for side in (-margin, 1 + margin))
            north, south = (math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * (row + side) / count)))) * UNIT
                            for side in (-margin, 1 + margin))
            if all(high_x < west or low_x > east or high_y < south or low_y > north for low_x, low_y, high_x, high_y in boxes):
                yield zoom, column, row

    def test_polygons_fill_a_tile_wholly_inside_the_land_exactly(self):
        inside = list(self.inside())
        self.assertGreater(len(inside), 50)
        geos = Geos()
        for place in inside:
            features = [feature for layer in layers_of(self.tiles[place]) for feature in layer.features]
            exact = sum(doubled_area(ring) for feature in features for rings in feature.polygons for ring in rings)
            self.assertEqual(exact, 2 * SIDE * SIDE, place)
            # And by GEOS, in whose eyes holes are holes.
            self.assertEqual(sum(geos.verdict(feature.polygons)[1] for feature in features), SIDE * SIDE, place)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
