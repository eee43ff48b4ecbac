"""Where the time goes: the heaviest functions of a load, of cold tiles and of hot requests, by perf."""

import os
import re
import shutil
import signal
import subprocess
import time

from partition_section import national_file
from peers import NotHere
from peers.geoprio import EXECUTABLE, TOP, Server, program
from tile_lists import write_tile_list
from tiles_section import site_of

HEAVIEST = 12


def recorded(command, data, hertz=999):
    done = subprocess.run(["perf", "record", "-q", "-F", str(hertz), "-o", data, "--", *command], capture_output=True, text=True)
    if done.returncode != 0:
        raise NotHere(f"perf cannot record here: {done.stderr.strip()[:200]}")


def plain(symbol):
    """A function's name without its parameters and our own namespaces."""
    name = re.sub(r"\(anonymous namespace\)::|geoprio::|\[abi:cxx11\]", "", symbol)
    return (re.split(r"[<(]|\s{2,}", name)[0] or name).strip()


def seconds_by_function(data, hertz=999):
    """Seconds on the processor of each function itself, all of the kernel's as one."""
    said = subprocess.run(["perf", "report", "-q", "-i", data, "--no-children", "-g", "none", "-n", "--sort", "symbol"],
                          capture_output=True, text=True).stdout
    seconds = {}
    for line in said.splitlines():
        found = re.match(r"\s*[0-9.]+%\s+([0-9]+)\s+\[(.)\]\s+(.*)", line)
        if found:
            name = "kernel" if found.group(2) == "k" else plain(found.group(3))
            seconds[name] = seconds.get(name, 0) + int(found.group(1)) / hertz
    return seconds


def heaviest(data):
    """(share of the samples in percent, function) of the heaviest functions themselves, without what they call."""
    said = subprocess.run(["perf", "report", "-q", "-i", data, "--no-children", "-g", "none", "--sort", "symbol", "--percent-limit", "0.5"],
                          capture_output=True, text=True).stdout
    rows = []
    for line in said.splitlines():
        found = re.match(r"\s*([0-9.]+)%\s+\[(.)\]\s+(.*)", line)
        if found:
            rows.append([float(found.group(1)), plain(found.group(3)) + (" (kernel)" if found.group(2) == "k" else "")])
    return rows[:HEAVIEST]


def binaries(data):
    """(share of the samples in percent, program, library, kernel or vdso) of those that take one percent and more."""
    said = subprocess.run(["perf", "report", "-q", "-i", data, "--no-children", "-g", "none", "--sort", "dso", "--percent-limit", "1"],
                          capture_output=True, text=True).stdout
    found = (re.match(r"\s*([0-9.]+)%\s+(\S+)", line) for line in said.splitlines())
    return [[float(row.group(1)), row.group(2).strip("[]").removesuffix(".kallsyms")] for row in found if row]


def hot_requests(data, connections):
    """wrk asks for one tile over and over while perf looks at the server alone."""
    if not shutil.which("wrk"):
        raise NotHere("wrk is not here")
    server = Server(EXECUTABLE, os.path.join(TOP, "datasets", "saint-etienne"), "--access-log", "off")
    try:
        url = f"http://127.0.0.1:{server.port}/xyz/2014.quarters/12/2098/1466.mvt"
        asking = subprocess.Popen(["wrk", "-t1", f"-c{connections}", "-d6s", url], stdout=subprocess.DEVNULL)
        watching = subprocess.Popen(["perf", "record", "-q", "-F", "999", "-o", data, "-p", str(server.process.pid)], stderr=subprocess.DEVNULL)
        asking.wait()
        watching.send_signal(signal.SIGINT)
        watching.wait()
    finally:
        server.stop()


def measured(work, say):
    if not shutil.which("perf"):
        raise NotHere("perf (linux-perf) is not here")
    data = os.path.join(work, "perf.data")
    profiles, missing = {}, {}

    def profile(name, record):
        say(name)
        try:
            record()
            profiles[name] = {"binaries": binaries(data), "functions": heaviest(data)}
        except NotHere as reason:
            missing[name] = str(reason)

    def cold(deepest, shallowest):
        site, tiles, _ = site_of("france", work)
        tile_list = os.path.join(work, "profile-list")
        write_tile_list([tile for tile in tiles if shallowest <= tile[0] <= deepest], tile_list)
        built = os.path.join(work, "france.geoprio")
        subprocess.run([EXECUTABLE, "build", site.atlas, "-o", built], check=True, stdout=subprocess.DEVNULL)
        recorded([program("cold_tiles"), built, "coverage", tile_list, "--rounds", "40"], data)

    profile("cold tiles of France, z6 to z9", lambda: cold(9, 6))
    profile("cold tiles of France, z13 and z14", lambda: cold(14, 13))
    def load():
        site, _, _ = site_of("france", work)
        recorded([EXECUTABLE, "build", site.atlas, "-o", os.path.join(work, "france.geoprio")], data)

    profile("load of France, 40,000 polygons", load)
    def pyramid(place, max_zoom):
        site, _, _ = site_of(place, work)
        recorded([EXECUTABLE, "tiles", site.atlas, "-o", os.path.join(work, "profile.pmtiles"), "--layers", "coverage", "--max-zoom", str(max_zoom)], data)

    profile("whole pyramid of the agglomeration, z0 to z14", lambda: pyramid("agglomeration", 14))
    profile("whole pyramid of France, z0 to z11", lambda: pyramid("france", 11))
    profile("partition of the nation's communes twice", lambda: recorded([program("partition_bench"), national_file(), "ours"], data))
    profile("hot requests, 64 connections", lambda: hot_requests(data, 64))
    profile("hot requests, one connection", lambda: hot_requests(data, 1))
    return {"profiles": profiles, "missing": missing}
