#!/usr/bin/env python3
"""Makes the default atlas's data: run it in any folder, it writes beside itself; the same files every time.

What is real: the quarters' names, their communes and the public zonings they were in (quarters.csv), and roughly where
they lie. What is invented: every perimeter, every indicator, every person in the cells. The script checks that the rules
compute the tier that quarters.csv expects, by its own reading of the published formulas.
"""

import csv
import json
import math
import os
import random

HERE = os.path.dirname(os.path.abspath(__file__))

# Town halls, degrees to 3 decimals (about 100 m), read off public maps.
COMMUNES = [
    ("42005", "Andrézieux-Bouthéon", 4.260, 45.526),
    ("42044", "Le Chambon-Feugerolles", 4.325, 45.396),
    ("42095", "Firminy", 4.288, 45.388),
    ("42103", "La Grand-Croix", 4.569, 45.504),
    ("42183", "La Ricamarie", 4.363, 45.404),
    ("42186", "Rive-de-Gier", 4.617, 45.529),
    ("42189", "Roche-la-Molière", 4.323, 45.433),
    ("42207", "Saint-Chamond", 4.514, 45.475),
    ("42218", "Saint-Étienne", 4.390, 45.440),
    ("42271", "Saint-Paul-en-Jarez", 4.574, 45.484),
    ("42316", "Unieux", 4.261, 45.404),
]

# The hull that the communes' cells are clipped to: convex, anticlockwise, degrees. Illustrative.
HULL = [(4.215, 45.375), (4.300, 45.350), (4.430, 45.370), (4.610, 45.450), (4.665, 45.510), (4.650, 45.560),
        (4.560, 45.575), (4.300, 45.575), (4.215, 45.540)]

# Where each quarter lies (degrees to 3 decimals, read off public maps), and how large the illustrative perimeter is
# (hectares). Cotonne-Montferré and Solaure are moved by up to a kilometre: the communes are Voronoi cells here, and their
# true places lie in a neighbour's cell.
PLACES = {
    "montreynaud": (4.402, 45.469, 85), "tarentaize-beaubrun": (4.379, 45.437, 70),
    "quartiers-sud-est": (4.414, 45.418, 88), "cret-de-roc-soleil": (4.396, 45.446, 40),
    "cotonne-montferre": (4.368, 45.431, 40), "terrenoire": (4.436, 45.434, 50), "solaure": (4.394, 45.421, 38),
    "saint-roch": (4.394, 45.433, 26), "jacquard": (4.384, 45.445, 24), "dame-blanche": (4.375, 45.455, 30),
    "la-romiere": (4.316, 45.389, 36), "montrambert-meline": (4.344, 45.400, 42),
    "montcel-centre-ville": (4.368, 45.408, 34), "firminy-vert": (4.283, 45.382, 48),
    "layat-bas-mas": (4.299, 45.393, 28), "vigneron-piotiere": (4.266, 45.401, 32), "la-varenne": (4.316, 45.437, 26),
    "saint-julien": (4.499, 45.466, 35), "saint-chamond-centre": (4.514, 45.477, 40), "fonsala": (4.530, 45.471, 28),
    "grand-pont": (4.627, 45.524, 33), "rive-de-gier-centre": (4.611, 45.531, 38),
    "dorlay-pins-bachasse": (4.572, 45.494, 45), "la-chapelle": (4.256, 45.529, 30),
}
NOT_IN_2007 = {"la-varenne", "fonsala"}
# Redrawn between the two editions: in 2007 they were smaller, by this share of the radius.
REDRAWN = {"montreynaud": 0.93, "quartiers-sud-est": 0.85, "terrenoire": 0.9, "grand-pont": 0.88, "la-romiere": 0.92}
WITHOUT_FIGURES = "jacquard"          # too few indicators: the rules must say undetermined
ADOPTED_ELSE = ("solaure", "social_development")  # the committee adopts another tier than the rules compute

METRES_PER_DEGREE = math.pi * 6371008.8 / 180
MIDDLE = math.cos(math.radians(45.46))


# --- Geometry in a local plane of metres; degrees come out with 7 decimals.

def plane(lon, lat):
    return lon * METRES_PER_DEGREE * MIDDLE, lat * METRES_PER_DEGREE


def degrees(x, y):
    return round(x / METRES_PER_DEGREE / MIDDLE, 7), round(y / METRES_PER_DEGREE, 7)


def area(ring):
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1])) / 2


def clipped(ring, point, normal):
    """The part of a convex ring on the side of `point` that `normal` does not point to."""
    def side(p):
        return (p[0] - point[0]) * normal[0] + (p[1] - point[1]) * normal[1]
    kept = []
    for a, b in zip(ring, ring[1:] + ring[:1]):
        sa, sb = side(a), side(b)
        if sa <= 0:
            kept.append(a)
        if (sa < 0 < sb) or (sb < 0 < sa):
            t = sa / (sa - sb)
            kept.append((a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])))
    return kept


def inside(point, ring):
    x, y = point
    odd = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1]):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            odd = not odd
    return odd


def edges_cross(ring_a, ring_b):
    def turn(p, q, r):
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])
    for a, b in zip(ring_a, ring_a[1:] + ring_a[:1]):
        for c, d in zip(ring_b, ring_b[1:] + ring_b[:1]):
            if turn(a, b, c) * turn(a, b, d) < 0 and turn(c, d, a) * turn(c, d, b) < 0:
                return True
    return False


def voronoi_cells():
    """Each commune's cell: the hull's points nearest to its town hall. Shared corners come out equal to 7 decimals."""
    halls = [plane(lon, lat) for _, _, lon, lat in COMMUNES]
    cells = []
    for index, hall in enumerate(halls):
        ring = [plane(*corner) for corner in HULL]
        for other, place in enumerate(halls):
            if other != index:
                middle = ((hall[0] + place[0]) / 2, (hall[1] + place[1]) / 2)
                ring = clipped(ring, middle, (place[0] - hall[0], place[1] - hall[1]))
        cells.append(ring)
    # One corner, one pair of decimals: corners within a centimetre of one another are the same.
    corners = []
    for ring in cells:
        for position, corner in enumerate(ring):
            same = next((c for c in corners if math.dist(c, corner) < 0.01), None)
            if same is None:
                corners.append(corner)
            ring[position] = same or corner
    return cells


def perimeter(code, shrink=1.0):
    """An irregular ring of the wanted area around the quarter's place: a circle with three waves and some noise."""
    lon, lat, hectares = PLACES[code]
    noise = random.Random("perimeter " + code)
    centre = plane(lon, lat)
    count = noise.randrange(16, 34)
    waves = [(noise.uniform(0.05, 0.16), noise.uniform(0, math.tau), k) for k in (2, 3, 5)]
    ring = []
    for step in range(count):
        angle = math.tau * (step + noise.uniform(-0.25, 0.25)) / count
        radius = 1 + sum(a * math.cos(k * angle + phase) for a, phase, k in waves) + noise.uniform(-0.05, 0.05)
        ring.append((radius * math.cos(angle), radius * math.sin(angle)))
    scale = math.sqrt(hectares * 1e4 / area(ring)) * shrink
    return [(centre[0] + scale * x, centre[1] + scale * y) for x, y in ring]


# --- Lambert-93 (EPSG:2154), from IGN's NTG 71 (Lambert conformal conic with two parallels on GRS 80).

A, F = 6378137.0, 1 / 298.257222101
E = math.sqrt(F * (2 - F))


def isometric(lat):
    s = E * math.sin(lat)
    return math.log(math.tan(math.pi / 4 + lat / 2) * ((1 - s) / (1 + s)) ** (E / 2))


def normal_radius(lat):
    return A / math.sqrt(1 - (E * math.sin(lat)) ** 2)


PHI_1, PHI_2, PHI_0 = (math.radians(v) for v in (44, 49, 46.5))
N = (math.log(normal_radius(PHI_2) * math.cos(PHI_2) / (normal_radius(PHI_1) * math.cos(PHI_1)))
     / (isometric(PHI_1) - isometric(PHI_2)))
C = normal_radius(PHI_1) * math.cos(PHI_1) / N * math.exp(N * isometric(PHI_1))
Y_0 = 6600000 + C * math.exp(-N * isometric(PHI_0))


def lambert93(lon, lat):
    r = C * math.exp(-N * isometric(math.radians(lat)))
    gamma = N * math.radians(lon - 3)
    return 700000 + r * math.sin(gamma), Y_0 - r * math.cos(gamma)


def from_lambert93(x, y):
    r = math.hypot(x - 700000, Y_0 - y)
    lon = 3 + math.degrees(math.atan2(x - 700000, Y_0 - y) / N)
    wanted = -math.log(r / C) / N
    lat = 2 * math.atan(math.exp(wanted)) - math.pi / 2
    for _ in range(12):
        s = E * math.sin(lat)
        lat = 2 * math.atan(((1 + s) / (1 - s)) ** (E / 2) * math.exp(wanted)) - math.pi / 2
    return round(lon, 7), round(math.degrees(lat), 7)


def population_cells(rings):
    """200 m cells of EPSG:2154 whose centre lies in a quarter or within about 400 m of one, with invented people."""
    noise = random.Random("cells")
    wanted = set()
    for code in sorted(rings):
        lon, lat, hectares = PLACES[code]
        x, y = lambert93(lon, lat)
        reach = math.sqrt(hectares * 1e4 / math.pi) + 400
        for i in range(int((x - reach) // 200), int((x + reach) // 200) + 1):
            for j in range(int((y - reach) // 200), int((y + reach) // 200) + 1):
                if math.hypot(i * 200 + 100 - x, j * 200 + 100 - y) <= reach:
                    wanted.add((i, j))
    features = []
    for i, j in sorted(wanted):
        centre = plane(*from_lambert93(i * 200 + 100, j * 200 + 100))
        dense = any(inside(centre, ring) for ring in rings.values())
        people = noise.randrange(120, 420) if dense else noise.randrange(10, 130)
        corners = [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1)]
        ring = [from_lambert93(a * 200, b * 200) for a, b in corners]
        features.append(feature({"cell": f"200mN{j * 200}E{i * 200}", "ind": people}, ring))
    return features


# --- Indicators: invented, chosen so that the scores fall where the tier wants them.

def rules_indicators():
    """The indicators of rules.toml by axis, read by a reader just large enough for that file."""
    axes, levels, current = {}, {}, None
    with open(os.path.join(HERE, "rules.toml"), encoding="utf-8") as file:
        for line in file:
            line = line.split(" #")[0].strip()
            if line.startswith("[[axes."):
                current = {}
                axes.setdefault(line[7:-2], []).append(current)
            elif line.startswith("["):
                current = levels if line == "[levels]" else None
            elif "=" in line and current is not None:
                key, value = (part.strip() for part in line.split("=", 1))
                current[key] = value.strip('"') if value.startswith('"') else float(value)
    return axes


SPAN = 2.0


def value_for(indicator, score):
    """The value whose score is `score`: the inverse of the rules' formula."""
    reference, share = indicator["reference"], score / 100
    if indicator["direction"] == "higher_is_worse":
        return reference + share * (reference * SPAN - reference)
    return reference - share * (reference - reference / SPAN)


def score_of(indicator, value):
    reference = indicator["reference"]
    if indicator["direction"] == "higher_is_worse":
        share = (value - reference) / (reference * SPAN - reference)
    else:
        share = (reference - value) / (reference - reference / SPAN)
    return 100 * min(1, max(0, share))


def axis_score(indicators, row):
    present = [(i["weight"], score_of(i, row[i["id"]])) for i in indicators if row.get(i["id"]) is not None]
    total = sum(i["weight"] for i in indicators)
    weight = sum(w for w, _ in present)
    score = sum(w * s for w, s in present) / weight if weight else None
    return (None if score is None else round(score * 100) / 100), weight / total


# (social, urban) around which the indicators are drawn, by expected tier.
TARGETS = {"priority_1": (74, 68), "social_development": (66, 34), "watch": (36, 24)}


def indicator_rows(codes, tiers, edition):
    axes = rules_indicators()
    rows = []
    for code in codes:
        noise = random.Random(f"indicators {edition} {code}")
        row = {"code": code, "households": noise.randrange(420, 3900)}
        for axis, target in zip(("social", "urban"), TARGETS[tiers[code]]):
            # In 2007 most quarters stood a little better: deltas stay under the level of deterioration.
            middle = target + noise.uniform(-3, 3) - (3 if edition == "2007" else 0)
            for indicator in axes[axis]:
                share = min(96, max(4, middle + noise.uniform(-11, 11)))
                row[indicator["id"]] = round(value_for(indicator, share), 0 if indicator["unit"] == "€" else 1)
        if edition == "2014" and code == WITHOUT_FIGURES:
            for indicator in axes["social"][:4] + axes["urban"][:3]:
                row[indicator["id"]] = None
        rows.append(row)
    return axes, rows


def tier_of(axes, row, previous):
    (social, social_coverage), (urban, urban_coverage) = (axis_score(axes[a], row) for a in ("social", "urban"))
    if social_coverage < 0.6 or urban_coverage < 0.6:
        return "undetermined"
    if social >= 50 and urban >= 50:
        return "priority_1"
    if social >= 50:
        return "social_development"
    if urban >= 50 or social >= 25 or urban >= 25 or previous:
        return "watch"
    return "outside"


# --- Writing

def feature(properties, ring):
    closed = [list(point) for point in ring + ring[:1]]
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [closed]}}


def write_features(name, features):
    with open(os.path.join(HERE, name), "w", encoding="utf-8") as file:
        file.write('{"type":"FeatureCollection","features":[\n')
        file.write(",\n".join(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features))
        file.write("\n]}\n")


def write_table(name, axes, rows):
    columns = ["code", "households"] + [i["id"] for axis in ("social", "urban") for i in axes[axis]]
    with open(os.path.join(HERE, name), "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow(["" if row.get(c) is None else row[c] for c in columns])


def main():
    with open(os.path.join(HERE, "quarters.csv"), encoding="utf-8") as file:
        table = {row["slug"]: row for row in csv.DictReader(file, delimiter=";")}
    cells = voronoi_cells()
    cell_of = {code: ring for (code, _, _, _), ring in zip(COMMUNES, cells)}
    write_features("communes.geojson", [
        feature({"insee_com": code, "lib_com": name}, [degrees(*p) for p in ring])
        for (code, name, _, _), ring in zip(COMMUNES, cells)])

    rings = {code: perimeter(code) for code in table}
    for code, row in table.items():
        wanted = row["insee_com"].split(",")
        for corner in rings[code]:
            assert any(inside(corner, cell_of[commune]) for commune in wanted), f"{code} leaves {wanted}"
        for commune in wanted:
            assert any(inside(corner, cell_of[commune]) for corner in rings[code]), f"{code} is not in {commune}"
        for other in table:
            if other < code:
                assert not edges_cross(rings[code], rings[other]), f"{code} crosses {other}"
                assert not inside(rings[code][0], rings[other]), f"{code} is in {other}"

    tiers = {code: row["proxy_tier"] for code, row in table.items()}
    for edition in ("2007", "2014"):
        codes = [code for code in table if edition == "2014" or code not in NOT_IN_2007]
        shrink = REDRAWN if edition == "2007" else {}
        write_features(f"quarters-{edition}.geojson", [
            feature({"code": code, "name": table[code]["name_fr"], "communes": table[code]["insee_com"].replace(",", ";"),
                     "sector": table[code]["sector"], "zus_1996": table[code]["zus_1996"],
                     "npnru_2014": table[code]["npnru_2014"] or None,
                     "qpv_2015": "QPV" if table[code]["qpv_2015"] == "yes" else None},
                    [degrees(*p) for p in perimeter(code, shrink.get(code, 1.0))])
            for code in codes])
        axes, rows = indicator_rows(codes, tiers, edition)
        for row in rows:
            expected = tiers[row["code"]]
            if edition == "2014" and row["code"] == WITHOUT_FIGURES:
                expected = "undetermined"
            computed = tier_of(axes, row, edition == "2014" and row["code"] not in NOT_IN_2007)
            assert computed == expected, f"{edition} {row['code']}: {computed} in place of {expected}"
        write_table(f"indicators-{edition}.csv", axes, rows)
    assert tiers[ADOPTED_ELSE[0]] != ADOPTED_ELSE[1]
    write_features("cells.geojson", population_cells(rings))


if __name__ == "__main__":
    # Check of the projection against the published pair: 4.39203 E 45.437121 N is 808829.634, 6482924.577.
    assert math.dist(lambert93(4.39203, 45.437121), (808829.634, 6482924.577)) < 0.002
    main()
