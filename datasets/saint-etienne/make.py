#!/usr/bin/env python3
"""Makes the default atlas's data: `make.py [FOLDER]` writes into FOLDER, or beside itself; the same files every time.

What is real: the quarters' names, their communes and the public zonings they were in (quarters.csv), and roughly where
they lie. What is invented: every perimeter, every indicator, every person in the cells. The script checks that the rules
compute the tier that quarters.csv expects, by its own reading of the published formulas.
"""

import csv
import json
import math
import os
import random
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
OUTPUT = sys.argv[1] if len(sys.argv) > 1 else HERE

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
    """200 m cells of EPSG:2154 that lie in a quarter or near one, or near a town hall, with invented people: many in the
    quarters, fewer and fewer away from them. Some 230,000, the order of the territory's 11 communes."""
    noise = random.Random("cells")
    anchors = [(lambert93(lon, lat), math.sqrt(hectares * 1e4 / math.pi)) for lon, lat, hectares in PLACES.values()]
    anchors += [(lambert93(lon, lat), 300.0) for _, _, lon, lat in COMMUNES]
    reach = 900.0
    wanted = {}
    for (x, y), radius in anchors:
        far = radius + reach
        for i in range(int((x - far) // 200), int((x + far) // 200) + 1):
            for j in range(int((y - far) // 200), int((y + far) // 200) + 1):
                away = max(0.0, math.hypot(i * 200 + 100 - x, j * 200 + 100 - y) - radius)
                if away <= reach:
                    wanted[i, j] = min(away, wanted.get((i, j), reach))
    hull = [plane(*corner) for corner in HULL]
    cells = []
    for (i, j), away in sorted(wanted.items()):
        centre = plane(*from_lambert93(i * 200 + 100, j * 200 + 100))
        if not inside(centre, hull):
            continue
        home = next((code for code in sorted(rings) if inside(centre, rings[code])), None)
        people = noise.randrange(120, 420) if home else int(noise.randrange(10, 240) * math.exp(-away / 700)) + 1
        corners = [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1)]
        ring = [from_lambert93(a * 200, b * 200) for a, b in corners]
        cells.append((home, people, feature({"cell": f"200mN{j * 200}E{i * 200}", "ind": people}, ring)))
    return cells


# --- Indicators: invented, chosen so that the scores fall where the tier wants them.

def read_rules():
    """The axes, the levels and the settings of rules.toml, read by a reader just large enough for that file."""
    axes, levels, settings = {}, {}, {}
    current = settings
    with open(os.path.join(HERE, "rules.toml"), encoding="utf-8") as file:
        for line in file:
            line = line.split(" #")[0].strip()
            if line.startswith("[[axes."):
                current = {}
                axes.setdefault(line[7:-2], []).append(current)
            elif line.startswith("["):
                current = levels if line == "[levels]" else {}
            elif "=" in line:
                key, value = (part.strip() for part in line.split("=", 1))
                if value[0] in '"0123456789':
                    current[key] = value.strip('"') if value.startswith('"') else float(value)
    return axes, levels, settings


AXES, LEVELS, SETTINGS = read_rules()
SPAN = SETTINGS["span"]


def rounded(value):
    """To 2 decimals, halves away from zero (C's round, not Python's)."""
    return None if value is None else math.copysign(math.floor(abs(value) * 100 + 0.5) / 100, value)


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


def axis_score(axis, row):
    """The axis's rounded score (None without any figure) and the share of its weight that is present."""
    present = [(i["weight"], score_of(i, row[i["id"]])) for i in AXES[axis] if row[i["id"]] is not None]
    if row["households"] < SETTINGS["min_households"]:
        present = []
    weight = sum(w for w, _ in present)
    score = sum(w * s for w, s in present) / weight if weight else None
    return rounded(score), weight / sum(i["weight"] for i in AXES[axis])


def tier_of(row, earlier, listed):
    """The tier by rules.toml's ordered conditions; `earlier`: the same code's row of the previous edition, or None."""
    (social, social_coverage), (urban, urban_coverage) = (axis_score(axis, row) for axis in ("social", "urban"))
    before = axis_score("social", earlier)[0] if earlier else None
    delta = rounded(social - before) if before is not None and social is not None else None
    high, moderate = LEVELS["high"], LEVELS["moderate"]
    if social_coverage < SETTINGS["min_coverage"] or urban_coverage < SETTINGS["min_coverage"]:
        return "undetermined"
    if social >= high:
        return "priority_1" if urban >= high else "social_development"
    worse = delta is not None and delta >= LEVELS["deterioration"]
    return "watch" if social >= moderate or urban >= moderate or listed or worse else "outside"


# (social, urban) around which the indicators are drawn, by expected tier.
TARGETS = {"priority_1": (74, 68), "social_development": (66, 34), "watch": (36, 24)}


def indicator_rows(codes, tiers, people, edition):
    rows = {}
    for code in codes:
        noise = random.Random(f"indicators {edition} {code}")
        row = {"code": code, "households": round(people[code] / noise.uniform(1.9, 2.4))}
        for axis, target in zip(("social", "urban"), TARGETS[tiers[code]]):
            # In 2007 most quarters stood a little better: deltas stay under the level of deterioration.
            middle = target + noise.uniform(-3, 3) - (3 if edition == "2007" else 0)
            for indicator in AXES[axis]:
                share = min(96, max(4, middle + noise.uniform(-11, 11)))
                value = value_for(indicator, share)
                row[indicator["id"]] = round(value) if indicator["unit"] == "€" else round(value, 1)
        if edition == "2014" and code == WITHOUT_FIGURES:
            for indicator in AXES["social"][:4] + AXES["urban"][:3]:
                row[indicator["id"]] = None
        rows[code] = row
    return rows


def check_tiers(rows, tiers, earlier):
    """Fails unless the rules compute the expected tier of every row."""
    computed = {}
    for code, row in rows.items():
        # Nothing in `earlier` is outside or undetermined: being there is being listed.
        computed[code] = tier_of(row, earlier.get(code), code in earlier)
        expected = "undetermined" if earlier and code == WITHOUT_FIGURES else tiers[code]
        assert computed[code] == expected, f"{code}: {computed[code]} in place of {expected}"
    assert not earlier or computed[ADOPTED_ELSE[0]] != ADOPTED_ELSE[1]


# --- Writing

def feature(properties, ring):
    closed = [list(point) for point in ring + ring[:1]]
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [closed]}}


def write_features(name, features):
    with open(os.path.join(OUTPUT, name), "w", encoding="utf-8") as file:
        file.write('{"type":"FeatureCollection","features":[\n')
        file.write(",\n".join(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features))
        file.write("\n]}\n")


def write_table(name, rows):
    columns = ["code", "households"] + [i["id"] for axis in ("social", "urban") for i in AXES[axis]]
    with open(os.path.join(OUTPUT, name), "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(columns)
        for row in rows.values():
            writer.writerow(["" if row[c] is None else row[c] for c in columns])


def check_places(rings, table, cells):
    """Each quarter lies in its own communes, in no other, and apart from every other quarter."""
    cell_of = {code: ring for (code, _, _, _), ring in zip(COMMUNES, cells)}
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


def quarter_properties(code, row):
    return {"code": code, "name": row["name_fr"], "communes": row["insee_com"].replace(",", ";"), "sector": row["sector"],
            "zus_1996": row["zus_1996"], "npnru_2014": row["npnru_2014"] or None,
            "qpv_2015": "QPV" if row["qpv_2015"] == "yes" else None}


def main():
    with open(os.path.join(HERE, "quarters.csv"), encoding="utf-8") as file:
        table = {row["slug"]: row for row in csv.DictReader(file, delimiter=";")}
    cells = voronoi_cells()
    write_features("communes.geojson", [
        feature({"insee_com": code, "lib_com": name}, [degrees(*p) for p in ring])
        for (code, name, _, _), ring in zip(COMMUNES, cells)])

    rings = {code: perimeter(code) for code in table}
    check_places(rings, table, cells)
    populated = population_cells(rings)
    write_features("cells.geojson", [cell for _, _, cell in populated])
    people = {code: sum(count for home, count, _ in populated if home == code) for code in table}

    tiers = {code: row["proxy_tier"] for code, row in table.items()}
    earlier = {}
    for edition in ("2007", "2014"):
        codes = [code for code in table if edition == "2014" or code not in NOT_IN_2007]
        shrink = REDRAWN if edition == "2007" else {}
        write_features(f"quarters-{edition}.geojson", [
            feature(quarter_properties(code, table[code]), [degrees(*p) for p in perimeter(code, shrink.get(code, 1.0))])
            for code in codes])
        rows = indicator_rows(codes, tiers, people, edition)
        check_tiers(rows, tiers, earlier)
        write_table(f"indicators-{edition}.csv", rows)
        earlier = rows


if __name__ == "__main__":
    # Check of the projection against the published pair: 4.39203 E 45.437121 N is 808829.634, 6482924.577.
    assert math.dist(lambert93(4.39203, 45.437121), (808829.634, 6482924.577)) < 0.002
    main()
