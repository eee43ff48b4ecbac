"""What was measured, kept as JSON beside RESULTS.md so that one section can be measured again alone."""

import json
import math
import os
import platform
import statistics
import subprocess
import time

HERE = os.path.dirname(os.path.abspath(__file__))
KEPT = os.path.join(HERE, "measurements.json")


def kept():
    if not os.path.exists(KEPT):
        return {}
    with open(KEPT, encoding="utf-8") as file:
        return json.load(file)


def keep(section, measured):
    """Adds a section with the day, the machine and the commit it was measured on."""
    everything = kept()
    everything[section] = {"on": time.strftime("%Y-%m-%d"), "commit": commit(), "machine": machine(), **measured}
    with open(KEPT, "w", encoding="utf-8") as file:
        json.dump(everything, file, indent=1, ensure_ascii=False)
        file.write("\n")


def commit():
    said = subprocess.run(["git", "-C", HERE, "describe", "--always", "--dirty"], capture_output=True, text=True)
    return said.stdout.strip() or "not in a repository"


def machine():
    model = "unknown processor"
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        for line in file:
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    with open("/proc/meminfo", encoding="utf-8") as file:
        memory = int(file.readline().split()[1]) / (1 << 20)
    return {"processor": model, "cores": os.cpu_count(), "memory_gib": round(memory), "system": platform.platform(terse=True),
            "load": round(os.getloadavg()[0], 1)}


def percentile(values, share):
    """The smallest value that at least this share of all are not above."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def summary(measurement, verdict):
    """A peer's tiles as the tables need them: each tile by the median of its rounds."""
    medians = {place: statistics.median(spent) for place, spent in measurement.milliseconds.items()}
    rounds = len(next(iter(measurement.milliseconds.values())))
    if len(measurement.cpu_ms) != rounds:
        raise RuntimeError(f"{len(measurement.cpu_ms)} rounds were timed on the processor, {rounds} by the clock")
    by_zoom = {}
    for zoom in sorted({place[0] for place in medians}):
        values = [spent for place, spent in medians.items() if place[0] == zoom]
        by_zoom[str(zoom)] = {"tiles": len(values), "p50_ms": statistics.median(values), "p95_ms": percentile(values, 0.95),
                              "sum_ms": sum(values), "bytes": sum(len(measurement.tiles[p]) for p in medians if p[0] == zoom)}
    return {"cpu_ms": measurement.cpu_ms, "sums_ms": [sum(spent[number] for spent in measurement.milliseconds.values()) for number in range(rounds)],
            "by_zoom": by_zoom, "bytes": verdict.bytes, "features": verdict.features, "vertices": verdict.vertices,
            "valid_share": verdict.valid_share, "faults": verdict.faults, "empty": len(verdict.empty), "about": measurement.about}
