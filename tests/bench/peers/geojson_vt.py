"""geojson-vt 3 with vt-pbf in Node: what a page or a small server in JavaScript cuts tiles with.

The index is built apart (its time is said); a tile's time is getTile, which drills down as far as it must, and the
encoding. With the default tolerance, which simplifies without regard to neighbours, and with tolerance 0.
"""

import json
import os
import shutil

from peers import Measurement, NotHere, run
from tile_lists import write_tile_list

HERE = os.path.dirname(os.path.abspath(__file__))
TOLERANCES = {"default tolerance": 3, "tolerance 0": 0}


def installed(work):
    """A folder with the modules of the lock file; the source tree is only read."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        raise NotHere("Node 18 or later with npm is not installed")
    place = os.path.join(work, "node")
    os.makedirs(place, exist_ok=True)
    for name in ("package.json", "package-lock.json", "geojson_vt.mjs"):
        shutil.copy(os.path.join(HERE, name), place)
    if not os.path.isdir(os.path.join(place, "node_modules")):
        run(["npm", "ci", "--no-audit", "--no-fund", "--silent"], cwd=place)
    return place


def measured(site, tiles, rounds):
    """A Measurement for each tolerance, and one more with the warm times of each."""
    modules = installed(site.work)
    source = os.path.join(site.work, f"{site.place}.geojson")
    tile_list = os.path.join(site.work, f"{site.place}.txt")
    if os.path.exists(source):
        os.remove(source)
    run(["ogr2ogr", "-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=7", source, site.package, "coverage"])
    write_tile_list(tiles, tile_list)
    deepest = max(zoom for zoom, _, _ in tiles)
    found = {}
    for name, tolerance in TOLERANCES.items():
        folder = os.path.join(site.work, "geojson-vt-tiles")
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        said = json.loads(run(["node", "--max-old-space-size=12000", os.path.join(modules, "geojson_vt.mjs"), source, tile_list,
                               str(rounds), str(tolerance), str(deepest), folder]))
        bytes_of = {}
        for place in tiles:
            with open(os.path.join(folder, "-".join(map(str, place)) + ".mvt"), "rb") as file:
                bytes_of[place] = file.read()
        about = {"index_ms": said["index_ms"], "resident_mb": said["resident_mb"],
                 "version": f"geojson-vt 3.2.1, vt-pbf 3.1.3, Node {said['node']}",
                 "warm_sums_ms": [sum(of_round) for of_round in said["warm"]]}
        milliseconds = {place: [of_round[number] for of_round in said["cold"]] for number, place in enumerate(tiles)}
        found[name] = Measurement(milliseconds, said["cold_cpu"], bytes_of, about)
    return found
