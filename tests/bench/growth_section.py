"""How load, memory, a cold tile and a hot one grow with the number of polygons, over the same land."""

import os
import shutil
import statistics
import sys

from peers import run
from peers.geoprio import EXECUTABLE, Server, cut_in_process, program
from profile_section import recorded, seconds_by_function
from serving import measure
from tile_lists import write_tile_list
from tiles_section import site_of

SIZES = (1_000, 10_000, 100_000, 1_000_000)
# A polygon of 64 vertices takes this many bytes at the peak of a load; a size that does not fit is named, not tried.
PEAK_BYTES_A_POLYGON = 20_000
TOUCHED_BYTES_A_POLYGON = 8_000
HOT_BYTES = 5_000
PROFILE_HERTZ = 499
PROFILED_ROUNDS = (1, 11)


def memory_free():
    with open("/proc/meminfo", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("MemAvailable")) * 1024


def have_memory_at_hand(polygons):
    """Touches what the load will take, in a process of its own, and gives it back: a hypervisor takes away what a guest
    has not used for some seconds, and each page that it gives again costs several times what one at hand does (8 GB:
    7.0 microseconds a page against 2.7). Only a load of gigabytes meets that, and it would look like growth.
    """
    run([sys.executable, "-c", f"b'1' * {polygons * TOUCHED_BYTES_A_POLYGON}"])


def hot_us(built, bytes_of, rounds):
    """Microseconds of the server's processor for a request of a cached tile, of about the same bytes at every size."""
    if not shutil.which("wrk"):
        return []
    zoom, column, row = min(bytes_of, key=lambda place: abs(len(bytes_of[place]) - HOT_BYTES))
    server = Server(EXECUTABLE, built, "--access-log", "off")
    try:
        return [measure(server.port, f"/xyz/coverage/{zoom}/{column}/{row}.mvt", [server.process.pid], 64, 2)[0] for _ in range(rounds)]
    finally:
        server.stop()


def built_and_profiled(site, built, tiles, work):
    """Builds the atlas, and says where the time goes: seconds of a load and of a round of z6 tiles, {what: {function: seconds}}."""
    build = [EXECUTABLE, "build", site.atlas, "-o", built]
    if not shutil.which("perf"):
        run(build)
        return {}
    data = os.path.join(work, "growth.perf")
    recorded(build, data, PROFILE_HERTZ)
    profiles = {"load": seconds_by_function(data, PROFILE_HERTZ)}
    tile_list = os.path.join(work, "growth-list")
    write_tile_list([tile for tile in tiles if tile[0] == 6], tile_list)
    rounds = {}
    # What the process takes besides is in both, and goes by subtraction.
    for count in PROFILED_ROUNDS:
        recorded([program("cold_tiles"), built, "coverage", tile_list, "--rounds", str(count)], data, PROFILE_HERTZ)
        rounds[count] = seconds_by_function(data, PROFILE_HERTZ)
    few, many = PROFILED_ROUNDS
    profiles["z6"] = {name: max(0, seconds - rounds[few].get(name, 0)) / (many - few) for name, seconds in rounds[many].items()}
    os.remove(data)
    return profiles


def measured(work, rounds, sizes, say):
    found, missing = {}, {}
    built = os.path.join(work, "growth.geoprio")
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
        profiles = built_and_profiled(site, built, tiles, work)
        found[str(polygons)] = {**described, "load_ms": said["load_ms"], "resident_kb": said["resident_kb"], "peak_kb": said["peak_kb"],
                                "cold_ms": {str(zoom): statistics.median(values) for zoom, values in sorted(medians.items())},
                                "tile_bytes": {str(zoom): statistics.median(values) for zoom, values in sorted(sizes_of.items())},
                                "hot_us": hot_us(built, bytes_of, rounds), "profiles": profiles}
        os.remove(built)
    return {"sizes": found, "missing": missing, "rounds": rounds}
