"""Géoprio itself: inside the process by cold_tiles, and over HTTP by the real executable with no cache."""

import json
import os
import shutil
import sys

from http_timing import timed_requests
from peers import Measurement, run
from tile_lists import write_tile_list

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
sys.path.insert(0, os.path.join(TOP, "tests", "integration"))
from server import Server  # noqa: E402

BUILD = os.environ.get("GEOPRIO_BUILD", os.path.join(TOP, "build", "release"))
EXECUTABLE = os.path.join(BUILD, "geoprio")


def program(name):
    return os.path.join(BUILD, "tests", "bench", name)


def cut_in_process(atlas, tiles, work, rounds):
    """What cold_tiles prints, and the bytes of its tiles."""
    folder = os.path.join(work, "own-tiles")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    tile_list = os.path.join(work, "tile-list")
    write_tile_list(tiles, tile_list)
    said = json.loads(run([program("cold_tiles"), atlas, "coverage", tile_list, "--rounds", str(rounds), "--write", folder]))
    bytes_of = {}
    for place in tiles:
        with open(os.path.join(folder, "-".join(map(str, place)) + ".mvt"), "rb") as file:
            bytes_of[place] = file.read()
    return said, bytes_of


def measured(site, tiles, rounds):
    said, bytes_of = cut_in_process(site.atlas, tiles, site.work, rounds)
    milliseconds = {(row["zoom"], row["column"], row["row"]): row["ms"] for row in said["tiles"]}
    about = {name: value for name, value in said.items() if name.endswith("_kb") or name == "load_ms"}
    return Measurement(milliseconds, said["cpu_sums_ms"], bytes_of, {"version": "this source", **about})


def measured_over_http(site, tiles, rounds):
    """Every request is a miss: each is cut, compressed and sent, as the first visitor of a place would have it."""
    uncached = os.path.join(site.atlas, "uncached.toml")
    with open(os.path.join(site.atlas, "atlas.toml"), encoding="utf-8") as file:
        text = file.read()
    with open(uncached, "w", encoding="utf-8") as file:
        file.write(text + "\n[tiles]\ncache_mb = 0\n")
    server = Server(EXECUTABLE, uncached, "--access-log", "off", ready_s=900)
    try:
        urls = {(z, x, y): f"http://127.0.0.1:{server.port}/xyz/coverage/{z}/{x}/{y}.mvt" for z, x, y in tiles}
        milliseconds, cpu_ms, bytes_of = timed_requests(urls, site.work, rounds, [server.process.pid])
        # As many answers that take nothing: what the client and the wire make of the clock's time, whoever answers.
        alive = dict.fromkeys(urls, f"http://127.0.0.1:{server.port}/health/live")
        floor, _, _ = timed_requests(alive, site.work, rounds, [])
    finally:
        server.stop()
    floor_sums = [sum(of_place[number] for of_place in floor.values()) for number in range(rounds)]
    return Measurement(milliseconds, cpu_ms, bytes_of, {"version": "this source, cache_mb = 0", "floor_sums_ms": floor_sums})
