#!/usr/bin/env python3
"""What the default atlas promises of its shapes: borders shared vertex for vertex, quarters that a town could have."""

import json
import math
import os
import unittest

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FOLDER = os.path.join(TOP, "datasets", "saint-etienne")
# Hectares of a square degree at 45.46 N, on a sphere of the ellipsoid's mean radius: within 0.5 %, enough here.
HECTARES = (math.pi / 180 * 6371008.8) ** 2 * math.cos(math.radians(45.46)) / 1e4


def features(name):
    with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
        return json.load(file)["features"]


def ring_of(feature):
    """The closed ring of a feature that has no hole."""
    (ring,) = feature["geometry"]["coordinates"]
    return [tuple(point) for point in ring]


def edges_of(feature):
    ring = ring_of(feature)
    return list(zip(ring, ring[1:]))


def square_degrees(feature):
    """The signed area: positive for an anticlockwise ring, as RFC 7946 §3.1.6 wants shells."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in edges_of(feature)) / 2


def turn(a, b, c):
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def cross(one, other):
    (a, b), (c, d) = one, other
    return turn(a, b, c) * turn(a, b, d) < 0 and turn(c, d, a) * turn(c, d, b) < 0


class DefaultAtlas(unittest.TestCase):
    def test_communes_share_their_borders_vertex_for_vertex(self):
        edges = [edge for commune in features("communes.geojson") for edge in edges_of(commune)]
        self.assertEqual(len(edges), len(set(edges)))
        # What no neighbour has the other way round is the hull: one closed ring, nothing left over.
        following = {a: b for a, b in edges if (b, a) not in set(edges)}
        start = place = next(iter(following))
        steps = 0
        while steps == 0 or place != start:
            place = following[place]
            steps += 1
        self.assertEqual(steps, len(following))

    def test_there_are_11_communes_and_24_quarters_two_of_them_new(self):
        self.assertEqual(len(features("communes.geojson")), 11)
        earlier, later = ({f["properties"]["code"] for f in features(f"quarters-{edition}.geojson")}
                          for edition in ("2007", "2014"))
        self.assertEqual(len(later), 24)
        self.assertEqual(later - earlier, {"la-varenne", "fonsala"})
        self.assertEqual(earlier - later, set())

    def test_quarters_are_plausible_irregular_polygons(self):
        for edition in ("2007", "2014"):
            for quarter in features(f"quarters-{edition}.geojson"):
                with self.subTest(edition=edition, quarter=quarter["properties"]["code"]):
                    edges = edges_of(quarter)
                    self.assertTrue(12 <= len(edges) <= 40)
                    self.assertTrue(20 <= square_degrees(quarter) * HECTARES <= 90)
                    self.assertFalse(any(cross(a, b) for i, a in enumerate(edges) for b in edges[i + 2:]))

    def test_quarters_of_an_edition_stay_apart(self):
        for edition in ("2007", "2014"):
            quarters = features(f"quarters-{edition}.geojson")
            for i, one in enumerate(quarters):
                for other in quarters[i + 1:]:
                    self.assertFalse(any(cross(a, b) for a in edges_of(one) for b in edges_of(other)),
                                     (one["properties"]["code"], other["properties"]["code"]))

    def test_shells_are_anticlockwise_and_coordinates_have_seven_decimals(self):
        for name in ("communes", "quarters-2007", "quarters-2014", "cells"):
            for feature in features(f"{name}.geojson"):
                self.assertGreater(square_degrees(feature), 0)
                for point in ring_of(feature):
                    self.assertEqual(point, (round(point[0], 7), round(point[1], 7)))

    def test_the_people_are_of_the_order_of_the_eleven_communes(self):
        # Some 300,000 lived there in 2013 (census, rounded); only the surroundings of quarters and town halls are peopled here.
        people = [cell["properties"]["ind"] for cell in features("cells.geojson")]
        self.assertGreater(min(people), 0)
        self.assertTrue(150_000 < sum(people) < 330_000)

    def test_the_whole_stays_small(self):
        self.assertLess(sum(entry.stat().st_size for entry in os.scandir(FOLDER)), 1_500_000)


if __name__ == "__main__":
    unittest.main()
