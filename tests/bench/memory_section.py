"""What `geoprio serve` keeps in memory and how soon it is ready: the default atlas, the nation's communes, a built file."""

import os
import signal
import time

from partition_section import national_file
from peers import NotHere, run
from peers.geoprio import EXECUTABLE, TOP, Server

NATION = """title = "La nation"
metric_crs = "EPSG:2154"

[[perimeters]]
id = "communes"
data = "{communes}"
code = "code"

{more}[[editions]]
id = "2014"
stage = "in_force"
quarters = {{ data = "{quarters}", code = "code" }}
"""

SHIFTED = """[[perimeters]]
id = "shifted"
data = "shifted.fgb"
code = "code"

"""


def kilobytes(process, name):
    with open(f"/proc/{process.pid}/status", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith(name + ":"))


def of_serving(atlas, reloads=0):
    """Seconds until it listens, and its memory then (or after so many reloads) and at its peak."""
    before = time.monotonic()
    server = Server(EXECUTABLE, atlas, "--access-log", "off", ready_s=1800)
    try:
        ready = time.monotonic() - before
        for number in range(reloads):
            server.process.send_signal(signal.SIGHUP)
            server.wait_for_line("event=reloaded", count=number + 1, within_s=1800)
        return {"ready_s": ready, "resident_kb": kilobytes(server.process, "VmRSS"),
                "peak_kb": kilobytes(server.process, "VmHWM")}
    finally:
        server.stop()


def national_atlas(work, name, more=""):
    folder = os.path.join(work, name)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "atlas.toml"), "w", encoding="utf-8") as file:
        file.write(NATION.format(communes=national_file(), more=more,
                                 quarters=os.path.join(TOP, "datasets", "saint-etienne", "quarters-2014.geojson")))
    return folder


def built_twice(work):
    """The built file of the communes and the communes shifted by 0.013 degree."""
    folder = national_atlas(work, "nation-twice", SHIFTED)
    shifted = os.path.join(folder, "shifted.fgb")
    if not os.path.exists(shifted):
        layer = os.path.basename(national_file()).split(".")[0]
        run(["ogr2ogr", "-f", "FlatGeobuf", shifted, "/vsizip/" + national_file(), "-dialect", "sqlite", "-nlt", "MULTIPOLYGON",
             "-sql", f'SELECT ShiftCoords(geometry, 0.013, 0) AS geometry, * FROM "{layer}"'])
    built = os.path.join(work, "nation-twice.geoprio")
    run([EXECUTABLE, "build", folder, "-o", built])
    return built


def measured(work, rounds, say):
    found, missing = {}, {}

    def measure(name, atlas, reloads=0):
        say(name)
        found[name] = [of_serving(atlas, reloads) for _ in range(rounds)]

    measure("default", os.path.join(TOP, "datasets", "saint-etienne"))
    try:
        nation = national_atlas(work, "nation")
        measure("nation", nation)
        measure("nation, reloaded once", nation, reloads=1)
        measure("nation twice, from its built file", built_twice(work))
    except NotHere as reason:
        missing["nation"] = str(reason)
    return {"atlases": found, "missing": missing}
