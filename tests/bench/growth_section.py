"""How load, memory, a cold tile and a hot one grow with the number of polygons, over the same land."""

import os
import shutil
import statistics
import sys

from peers.geoprio import EXECUTABLE, Server, cut_in_process
from peers import run
from serving import measure
from tiles_section import site_of

SIZES = (1_000, 10_000, 100_000, 1_000_000)
# A polygon of 64 vertices takes this many bytes at the peak of a load; a size that does not fit is named, not tried.
PEAK_BYTES_A_POLYGON = 20_000
TOUCHED_BYTES_A_POLYGON = 8_000
HOT_BYTES = 5_000


def memory_free():
    with open("/proc/meminfo", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("MemAvailable")) * 1024


def have_memory_at_hand(polygons):
    """Touches what the load will take, in a process of its own, and gives it back: a hypervisor takes away what a guest
    has not used for some seconds, and each page that it gives again costs several times what one at hand does (8 GB:
    7.0 microseconds a page against 2.7). Only a load of gigabytes meets that, and it would look like growth.
    """
    run([sys.executable, "-c", f"b'1' * {polygons * TOUCHED_BYTES_A_POLYGON}"])


def hot_us(site, bytes_of, work, rounds):
    """Microseconds of the server's processor for a request of a cached tile, of about the same bytes at every size."""
    if not shutil.which("wrk"):
        return []
    zoom, column, row = min(bytes_of, key=lambda place: abs(len(bytes_of[place]) - HOT_BYTES))
    built = os.path.join(work, "growth.geoprio")
    run([EXECUTABLE, "build", site.atlas, "-o", built])
    server = Server(EXECUTABLE, built, "--access-log", "off")
    try:
        return [measure(server.port, f"/xyz/coverage/{zoom}/{column}/{row}.mvt", [server.process.pid], 64, 2)[0] for _ in range(rounds)]
    finally:
        server.stop()
        os.remove(built)


def measured(work, rounds, sizes, say):
    found, missing = {}, {}
    for polygons in sizes:
        say(f"{polygons} polygons")
        if polygons * PEAK_BYTES_A_POLYGON > memory_free():
            missing[str(polygons)] = f"needs about {polygons * PEAK_BYTES_A_POLYGON / 1e9:.0f} GB of memory"
            continue
        site, tiles, described = site_of("france", work, polygons)
        have_memory_at_hand(polygons)
        said, bytes_of = cut_in_process(site.atlas, tiles, work, rounds)
        medians, sizes_of = {}, {}
        for row in said["tiles"]:
            medians.setdefault(row["zoom"], []).append(statistics.median(row["cpu_ms"]))
        for (zoom, _, _), data in bytes_of.items():
            sizes_of.setdefault(zoom, []).append(len(data))
        found[str(polygons)] = {**described, "load_ms": said["load_ms"], "resident_kb": said["resident_kb"], "peak_kb": said["peak_kb"],
                                "cold_ms": {str(zoom): statistics.median(values) for zoom, values in sorted(medians.items())},
                                "tile_bytes": {str(zoom): statistics.median(values) for zoom, values in sorted(sizes_of.items())},
                                "hot_us": hot_us(site, bytes_of, work, rounds)}
    return {"sizes": found, "missing": missing, "rounds": rounds}
