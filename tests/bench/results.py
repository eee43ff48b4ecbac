"""Writes RESULTS.md, and the plot of the growth, from what was measured."""

import math
import os
import re
import statistics

import growth_plot
from measurements import HERE, kept
from profile_section import HEAVIEST

BRACKETED = re.compile(r" \[[^]]*\]")
PAGE = os.path.join(HERE, "RESULTS.md")
PLOT = os.path.join(HERE, "growth.svg")


def spread(values, digits=0):
    """The median with the least and the most of all runs."""
    low, middle, high = min(values), statistics.median(values), max(values)
    return f"{middle:,.{digits}f} ({low:,.{digits}f}–{high:,.{digits}f})" if len(values) > 1 else f"{middle:,.{digits}f} (1 run)"


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows] + [""]


def provenance(section):
    machine = section["machine"]
    return [f"Measured on {section['on']} at `{section['commit']}`: {machine['processor']}, {machine['cores']} cores, "
            f"{machine['memory_gib']} GiB, {machine['system']}, load average {machine['load']} when it ended.", ""]


def not_here(missing):
    return [f"Not measured: {name}: {reason}." for name, reason in missing.items()] + ([""] if missing else [])


GOALS = [("Géoprio, in the process", "PostGIS ST_AsMVT, in the server", 20), ("Géoprio, in the process", "geojson-vt + vt-pbf, default tolerance", 12),
         ("Géoprio, over HTTP", "MapServer, FastCGI over HTTP", 8)]


def versions_of(engines):
    """One line an engine: what was measured, without the engine's whole configuration."""
    for name, engine in engines.items():
        if "version" in engine["about"]:
            yield f"- {name}: {re.sub(BRACKETED, '', engine['about']['version'])}"


def tiles_page(section):
    lines = ["## Cold tiles", "", "One thread, no cache, all attributes, every tile decoded (tests/bench/decoded_tile.py, GEOS): "
             "an empty tile, or features that are missing, make a time worthless. Sums are of all tiles, median of "
             f"{section['rounds']} rounds (least–most), of the time on the processor, which other work on the machine "
             "lengthens little, and of the clock; a goal counts as reached when both say so. Over HTTP it is that of all processes of the server.", *provenance(section)]
    for place, measured in section["places"].items():
        engines = measured["engines"]
        lines += [f"### {place}: {measured['polygons']:,} polygons, {measured['vertices']:,} vertices, {measured['tiles']} tiles", ""]
        zooms = list(next(iter(engines.values()))["by_zoom"])
        lines += table(["", "CPU ms", "sum ms", "MB", "features", "vertices", "valid polygons", "empty tiles"],
                       [[name, spread(e["cpu_ms"]), spread(e["sums_ms"]), f"{e['bytes'] / 1e6:.1f}", f"{e['features']:,}", f"{e['vertices']:,}",
                         f"{100 * e['valid_share']:.2f} %", e["empty"]] for name, e in engines.items()])
        lines += ["Median milliseconds of a tile, by zoom:", ""]
        lines += table(["", *(f"z{zoom} ({next(iter(engines.values()))['by_zoom'][zoom]['tiles']})" for zoom in zooms)],
                       [[name, *(f"{e['by_zoom'][zoom]['p50_ms']:.3g}" for zoom in zooms)] for name, e in engines.items()])
        rows = []
        for ours, theirs, goal in GOALS:
            if ours in engines and theirs in engines:
                ratio, by_clock = (statistics.median(engines[theirs][kind]) / statistics.median(engines[ours][kind])
                                   for kind in ("cpu_ms", "sums_ms"))
                reached = sum(of >= goal for of in (ratio, by_clock))
                rows.append([f"{ours} against {theirs}", f"1/{ratio:.1f}", f"1/{by_clock:.1f}", f"1/{goal}",
                             ("not reached", "reached by one of the two only", "reached")[reached]])
        lines += table(["all tiles", "on the processor", "by the clock", "goal", ""], rows)
        for name, engine in engines.items():
            if engine["faults"]:
                lines.append(f"What MVT 2.1 forbids, in {name}: " + "; ".join(f"{what} ({n:,})" for what, n in engine["faults"].items()) + ".")
            if "gdal" in engine:
                lines.append(f"GDAL's reader finds {engine['gdal']['features']:,} features in {name}, {engine['gdal']['invalid']} invalid.")
            if "floor_sums_ms" in engine["about"]:
                lines.append(f"{name}: as many requests of /health/live, which take nothing, take the same client "
                             f"{spread(engine['about']['floor_sums_ms'])} ms by the clock.")
            if "warm_sums_ms" in engine["about"]:
                lines.append(f"{name}: the index took {spread(engine['about']['index_ms'])} ms, apart from the tiles; "
                             f"the same tiles again from its own cache {spread(engine['about']['warm_sums_ms'])} ms.")
        lines += ["", *versions_of(engines), ""]
        lines += not_here(measured["missing"])
    sql = next((e["about"]["sql"] for p in section["places"].values() for e in p["engines"].values() if "sql" in e["about"]), None)
    if sql:
        lines += ["PostGIS is asked (EPSG:3857 with a GiST index, VACUUM ANALYZE, warm, no parallel workers, JIT off, timed by clock_timestamp()):",
                  "", "```sql", sql, "```", ""]
    lines += ["The prototype of the issue (no validity, 229 ms for a list like that of France on another day) is history and was not run.",
              "Not measured: pg_tileserv and tegola, Go programs without a package in Debian: proxy.golang.org answers 403 for "
              "github.com/CrunchyData/pg_tileserv and github.com/go-spatial/tegola (`go install`, @latest and the last known version). "
              "TileServer GL serves tiles that another "
              "program has made: pyramids are below.", ""]
    return lines


def pyramids_page(section):
    lines = ["## Whole pyramids", "", *provenance(section)]
    for place, measured in section["places"].items():
        low, deep = measured["zooms"]
        lines += [f"### {place}, z{low}–z{deep}", ""]
        lines += table(["", "seconds", "MB", "command"],
                       [[name, spread([r["seconds"] for r in m["runs"]], 1), f"{m['runs'][-1]['megabytes']:.1f}", f"`{m['command']}`"]
                        for name, m in measured["makers"].items()])
        medians = {name: statistics.median(run["seconds"] for run in m["runs"]) for name, m in measured["makers"].items()}
        ours = medians.pop("geoprio tiles", None)
        if ours and medians:
            faster = min(medians, key=medians.get)
            ratio = medians[faster] / ours
            lines += [f"`geoprio tiles` takes 1/{ratio:.1f} of the time of the faster one, {faster}; goal 1/5: "
                      f"{'reached' if ratio >= 5 else 'not reached'}.", ""]
        lines += not_here(measured["missing"])
    return lines


def partition_page(section):
    lines = ["## Partition", "", "The nation's communes overlaid with themselves shifted by 0.013 degree, each way in a process of its own; ours with "
             "nesting, owners and areas, GEOS' GEOSUnaryUnionPrec and GEOSPolygonize on the same linework.", *provenance(section)]
    if "runs" not in section:
        return lines + not_here(section["missing"])
    runs = section["runs"]
    peak = {way: statistics.median(run["peak_kb"] for run in runs[way]) / 1024 for way in runs}
    seconds = {way: [run["seconds"] for run in runs[way]] for way in ("ours", "geos")}
    cpu = {way: [run["cpu_seconds"] for run in runs[way]] for way in ("ours", "geos")}
    time_ratio = statistics.median(seconds["geos"]) / statistics.median(seconds["ours"])
    cpu_ratio = statistics.median(cpu["geos"]) / statistics.median(cpu["ours"])
    lines += table(["", "seconds", "seconds on the processor, all threads", "peak MB of the process", "faces"],
                   [[way, spread(seconds[way], 2), spread(cpu[way], 2), f"{peak[way]:,.0f}", f"{runs[way][0]['faces']:,}"]
                    for way in ("ours", "geos")])
    memory_ratio = peak["geos"] / peak["ours"]
    rows = [["time", f"1/{time_ratio:.1f}", "1/20", "reached" if time_ratio >= 20 else "not reached"],
            ["time on the processor", f"1/{cpu_ratio:.1f}", "", ""],
            ["memory", f"1/{memory_ratio:.1f}", "1/10", "reached" if memory_ratio >= 10 else "not reached"],
            ["faces", "the same" if runs["ours"][0]["faces"] == runs["geos"][0]["faces"] else "DIFFERENT", "the same", ""]]
    for grouping in ("by_three", "by_department"):
        ours = [run[grouping]["cpu_seconds"] for run in runs["ours-dissolve"]]
        theirs = [run[grouping]["cpu_seconds"] for run in runs["geos-dissolve"]]
        ratio = statistics.median(theirs) / statistics.median(ours)
        same = abs(runs["ours-dissolve"][0][grouping]["area"] / runs["geos-dissolve"][0][grouping]["area"] - 1) < 1e-9
        coordinates = statistics.median(run[grouping]["coordinates"]["cpu_seconds"] for run in runs["ours-dissolve"])
        rows.append([f"dissolve {grouping.replace('_', ' ')} ({spread(ours, 3)} s against {spread(theirs, 1)} s on the processor, as chains; "
                     f"{coordinates:.2f} s with all coordinates; "
                     f"areas {'agree to 1e-9' if same else 'DIFFER'})", f"1/{ratio:.0f}", "1/500", "reached" if ratio >= 500 else "not reached"])
    return lines + table(["", "measured", "goal", ""], rows)


def growth_verdicts(sizes):
    """By how much each figure grows from one size to the next, beside n log n; a hot tile is not to grow at all."""
    ordered = sorted(sizes.values(), key=lambda size: size["polygons"])
    figures = {"load": lambda size: size["load_ms"], "resident memory": lambda size: size["resident_kb"], "peak memory": lambda size: size["peak_kb"],
               **{f"cold tile, z{zoom}": lambda size, zoom=zoom: size["cold_ms"].get(zoom) for zoom in ordered[0]["cold_ms"]},
               "hot tile": lambda size: statistics.median(size["hot_us"]) if size.get("hot_us") else None}
    rows = []
    for before, after in zip(ordered, ordered[1:]):
        allowed = after["polygons"] * math.log(after["polygons"]) / (before["polygons"] * math.log(before["polygons"]))
        grown = {name: figure(after) / figure(before) for name, figure in figures.items() if figure(before) and figure(after)}
        beyond = [name for name, ratio in grown.items() if ratio > (1.25 if name == "hot tile" else allowed)]
        worst = max((name for name in grown if name.startswith("cold")), key=grown.get, default=None)
        zoom = worst[len("cold tile, z"):] if worst else ""
        bytes_grow = after["tile_bytes"][zoom] / before["tile_bytes"][zoom] if worst and "tile_bytes" in before and "tile_bytes" in after else None
        rows.append([f"{before['polygons']:,} to {after['polygons']:,}", f"{allowed:.1f}", f"{grown['load']:.1f}", f"{grown['peak memory']:.1f}",
                     f"{grown[worst]:.1f} (z{zoom}{f', its bytes {bytes_grow:.1f}' if bytes_grow else ''})" if worst else "", f"{grown['hot tile']:.2f}" if "hot tile" in grown else "",
                     ", ".join(beyond) or "nothing"])
    return table(["from … to … polygons", "n log n grows by", "load", "peak memory", "cold tile, the most", "hot tile", "beyond its goal"], rows)


GROWTH_LIMITS = (
    "What reads on where it read grows as the tile's bytes do (assemble_polygons, add_part, cut_polygons). What grows faster is what a core's "
    "cache no longer holds: the numbers of values that features share, which are looked up in no order (add_feature), new memory, whose pages "
    "the kernel clears, and bytes that are written once and not read again (memmove). Each function does the same steps for a feature at "
    "either size.")


def growth_profiles(sizes):
    """What of a load and of the z6 tiles grows, from the largest size but one to the largest."""
    ordered = sorted((size for size in sizes.values() if size.get("profiles")), key=lambda size: size["polygons"])[-2:]
    if len(ordered) < 2:
        return []
    lines = []
    for what, title in (("load", "Seconds on the processor of a load, its tiles snapped and its file written (`geoprio build`)"),
                        ("z6", "Seconds on the processor of all z6 tiles, from a built file")):
        before, after = (size["profiles"][what] for size in ordered)
        rows = [["all", sum(before.values()), sum(after.values())]]
        rows += [[f"`{name}`" if name != "kernel" else name, before.get(name, 0), after[name]] for name in sorted(after, key=after.get, reverse=True)[:HEAVIEST]]
        lines += [f"{title}, by function:", ""]
        lines += table(["function", *(f"{size['polygons']:,}" for size in ordered), "times"],
                       [[name, f"{low:.3g}", f"{high:.3g}", f"{high / low:.1f}" if low else ""] for name, low, high in rows])
    return lines


def growth_page(section):
    sizes = section["sizes"]
    zooms = sorted({zoom for size in sizes.values() for zoom in size["cold_ms"]}, key=int)
    lines = ["## Growth", "", "More and more polygons over the same land: medians of cold tiles in milliseconds on the processor, and "
             "microseconds on the processor that the server takes for a cached tile of about 5 kB, 64 connections. Before each load as much "
             "memory as it takes is touched by another process and given back: a hypervisor takes away what its guest does not use, and gives "
             "it again at several times a page's cost.", *provenance(section)]
    lines += table(["polygons", "vertices", "load s", "resident MB", "peak MB", *(f"z{zoom}" for zoom in zooms), "hot us"],
                   [[f"{s['polygons']:,}", f"{s['vertices']:,}", f"{s['load_ms'] / 1000:.2f}", f"{s['resident_kb'] / 1024:,.0f}",
                     f"{s['peak_kb'] / 1024:,.0f}", *(f"{s['cold_ms'][zoom]:.3g}" if zoom in s["cold_ms"] else "" for zoom in zooms),
                     spread(s["hot_us"], 1) if s.get("hot_us") else ""]
                    for s in sorted(sizes.values(), key=lambda s: s["polygons"])])
    lines += growth_verdicts(sizes)
    lines += growth_profiles(sizes)
    if any(size.get("profiles") for size in sizes.values()):
        lines += [GROWTH_LIMITS, ""]
    with open(PLOT, "w", encoding="utf-8") as file:
        file.write(growth_plot.svg(sizes))
    return lines + not_here(section["missing"]) + ["![Load, memory and cold tiles by number of polygons](growth.svg)", ""]


# Resident, at the peak, and seconds until it is ready.
MEMORY_GOALS = {"default": (80, None, 5), "nation": (250, 400, None), "nation, reloaded once": (None, 700, None),
                "nation twice, from its built file": (None, None, 0.2)}


def memory_page(section):
    lines = ["## Memory of `geoprio serve`", "", "When it listens, before any request; reloaded, when the new atlas "
             "is published and the old one gone. *Nation twice* is the communes and the communes shifted by 0.013 degree.", *provenance(section)]
    rows = []
    for atlas, runs in section["atlases"].items():
        resident, peak, ready = MEMORY_GOALS[atlas]
        rows.append([atlas, spread([run["ready_s"] for run in runs], 2), ready or "", spread([run["resident_kb"] / 1024 for run in runs]),
                     resident or "", spread([run["peak_kb"] / 1024 for run in runs]), peak or ""])
    return lines + table(["atlas", "ready after s", "goal", "resident MB", "goal", "peak MB", "goal"], rows) + not_here(section["missing"])


def exports_page(section):
    lines = ["## Whole layers", "", "The nation's 35,357 communes as one GeoJSON: the seconds until the last byte, the milliseconds until "
             "the first one of the body, and how far the process that answers grew while it did (PostgreSQL's own not counted).", *provenance(section)]
    rows = []
    ours = statistics.median(run["seconds"] for run in section["ways"]["Géoprio, .geojson"])
    for way, runs in section["ways"].items():
        seconds = [run["seconds"] for run in runs]
        rows.append([way, spread(seconds, 2), f"{statistics.median(seconds) / ours:.1f}",
                     spread([run["first_ms"] for run in runs], 1) if "first_ms" in runs[0] else "",
                     spread([run["grown_kb"] / 1024 for run in runs], 1) if "grown_kb" in runs[0] else "", f"{runs[0]['bytes'] / 1e6:.1f}"])
    lines += table(["", "seconds", "times ours", "first byte ms", "grown MB", "MB"], rows)
    return lines + not_here(section["missing"])


# What stands behind each table of the section.
SERVING_LIMITS = {"hot": "The bare loop (bare_loop.cpp) parses nothing and writes prepared bytes, with one epoll_wait, one recv and one send for a request: "
                         "nginx / bare loop is the most that any server could reach here. Ours makes one system call more, a recv that finds nothing: "
                         "Asio's reactor tries to read before it waits, and its other way (async_wait) makes an epoll_ctl instead. The rest is parsing, "
                         "finding the tile and writing the head; the profiles of hot requests say how little of the whole is the server's own code. "
                         "With one connection most of the time is waking the client's core and being woken by it (_raw_spin_unlock_irqrestore, "
                         "finish_task_switch), which every server pays alike: what is left to be faster in is a few microseconds."}


def serving_page(section):
    lines = ["## Serving", "", *provenance(section)]
    for scenario, page in section.get("pages", {}).items():
        lines += [page.strip(), "", *([SERVING_LIMITS[scenario], ""] if scenario in SERVING_LIMITS else [])]
    return lines + not_here(section.get("missing", {}))


def micro_page(section):
    lines = ["## Microbenchmarks", "", "Google Benchmark, time on the processor: median and standard deviation of "
             f"{section.get('rounds', 0)} runs. The scene is made up: some 600 polygons (tests/geo/tiling/made_up_coverage.hpp).", *provenance(section)]
    if "benchmarks" not in section:
        return lines + not_here(section["missing"])
    rows = [[name, f"{one['median']:,.3g} {one['unit']}", f"{one['stddev']:,.2g}",
             ", ".join([one["label"]] * bool(one["label"]) + [f"{value:,.0f} {what}" for what, value in one.get("of", {}).items()])]
            for name, one in section["benchmarks"].items()]
    return lines + table(["", "median", "± ", "of"], rows)


def profile_page(section):
    lines = ["## Where the time goes", "", "perf, samples at 999 Hz: whose code it is, and the heaviest functions themselves, without what they call.", *provenance(section)]
    for name, profile in section.get("profiles", {}).items():
        lines += [f"### {name}", "", ", ".join(f"{binary} {share:.1f} %" for share, binary in profile["binaries"]) + ".", ""]
        lines += table(["%", "function"], [[f"{share:.1f}", f"`{function}`"] for share, function in profile["functions"]])
    return lines + not_here(section.get("missing", {}))


PAGES = {"tiles": tiles_page, "pyramids": pyramids_page, "partition": partition_page, "growth": growth_page, "memory": memory_page,
         "exports": exports_page, "serving": serving_page, "micro": micro_page, "profile": profile_page}


def write():
    measured = kept()
    lines = ["# What was measured", "",
             "Written by `./dev bench` (`./dev bench tiles partition` measures these two again) from measurements.json: medians with the "
             "least and the most of all runs. Ratios are what to read: absolute figures move with the machine.", ""]
    for section, page in PAGES.items():
        if section in measured:
            lines += page(measured[section]) if set(measured[section]) - {"on", "commit", "machine", "missing"} else [
                f"## {section.capitalize()}", "", *not_here(measured[section]["missing"])]
    with open(PAGE, "w", encoding="utf-8") as file:
        file.write("\n".join(lines).rstrip() + "\n")
