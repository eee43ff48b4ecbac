"""What `geoprio serve` keeps in memory: the default atlas, and the nation's communes."""

import os
import time

from partition_section import national_file
from peers import NotHere
from peers.geoprio import EXECUTABLE, TOP, Server

NATION = """title = "La nation"
metric_crs = "EPSG:2154"

[[perimeters]]
id = "communes"
data = "{communes}"
code = "code"

[[editions]]
id = "2014"
stage = "in_force"
quarters = {{ data = "{quarters}", code = "code" }}
"""


def kilobytes(process, name):
    with open(f"/proc/{process.pid}/status", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith(name + ":"))


def of_serving(atlas):
    """Seconds until it listens, and its memory then and at its peak."""
    before = time.monotonic()
    server = Server(EXECUTABLE, atlas, "--access-log", "off", ready_s=1800)
    try:
        return {"ready_s": time.monotonic() - before, "resident_kb": kilobytes(server.process, "VmRSS"),
                "peak_kb": kilobytes(server.process, "VmHWM")}
    finally:
        server.stop()


def measured(work, rounds, say):
    default = os.path.join(TOP, "datasets", "saint-etienne")
    atlases = {"default": default}
    missing = {}
    try:
        nation = os.path.join(work, "nation")
        os.makedirs(nation, exist_ok=True)
        with open(os.path.join(nation, "atlas.toml"), "w", encoding="utf-8") as file:
            file.write(NATION.format(communes=national_file(), quarters=os.path.join(default, "quarters-2014.geojson")))
        atlases["nation"] = nation
    except NotHere as reason:
        missing["nation"] = str(reason)
    found = {}
    for name, atlas in atlases.items():
        say(name)
        found[name] = [of_serving(atlas) for _ in range(rounds)]
    return {"atlases": found, "missing": missing}
