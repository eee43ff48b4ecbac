"""The nation's communes overlaid with themselves shifted, and dissolved: our partition beside GEOS on the same linework."""

import json
import os

from peers import NotHere, run
from peers.geoprio import program

FILE = "communes-france-2018.shp.zip"


def national_file():
    path = os.path.join(os.environ.get("GEOPRIO_TEST_DATA", ""), FILE)
    if not os.path.exists(path):
        raise NotHere(f"GEOPRIO_TEST_DATA names no folder with {FILE}")
    return path


def measured(rounds, geos_rounds, say):
    path = national_file()
    found = {}
    for way, times in (("ours", rounds), ("ours-dissolve", rounds), ("geos-dissolve", geos_rounds), ("geos", geos_rounds)):
        found[way] = []
        for number in range(times):
            say(f"{way} {number + 1}/{times}")
            found[way].append(json.loads(run([program("partition_bench"), path, way])))
    return {"file": FILE, "runs": found}
