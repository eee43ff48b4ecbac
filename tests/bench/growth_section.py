"""How load, memory and a cold tile grow with the number of polygons, over the same land."""

import statistics

from peers.geoprio import cut_in_process
from tiles_section import site_of

SIZES = (1_000, 10_000, 100_000, 1_000_000)
# A polygon of 64 vertices takes this many bytes at the peak of a load; a size that does not fit is named, not tried.
PEAK_BYTES_A_POLYGON = 30_000


def memory_free():
    with open("/proc/meminfo", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("MemAvailable")) * 1024


def measured(work, rounds, sizes, say):
    found, missing = {}, {}
    for polygons in sizes:
        say(f"{polygons} polygons")
        if polygons * PEAK_BYTES_A_POLYGON > memory_free():
            missing[str(polygons)] = f"needs about {polygons * PEAK_BYTES_A_POLYGON / 1e9:.0f} GB of memory"
            continue
        site, tiles, described = site_of("france", work, polygons)
        said, _ = cut_in_process(site.atlas, tiles, work, rounds)
        medians = {}
        for row in said["tiles"]:
            medians.setdefault(row["zoom"], []).append(statistics.median(row["cpu_ms"]))
        found[str(polygons)] = {**described, "load_ms": said["load_ms"], "resident_kb": said["resident_kb"], "peak_kb": said["peak_kb"],
                                "cold_ms": {str(zoom): statistics.median(values) for zoom, values in sorted(medians.items())}}
    return {"sizes": found, "missing": missing, "rounds": rounds}
