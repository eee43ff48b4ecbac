"""A whole layer as one GeoJSON: our stream beside ogr2ogr on the same layer, and beside TiPg and pg_featureserv."""

import http.client
import os
import subprocess
import time

from memory_section import kilobytes, national_atlas
from partition_section import national_file
from peers import NotHere, feature_servers, run
from peers.geoprio import EXECUTABLE, Server


def downloaded(port, target, process=None):
    """Seconds, milliseconds until the first byte of the body, bytes, and how far the process grew at its peak."""
    if process is not None:
        # 5: the highest resident size so far is forgotten (proc(5)).
        with open(f"/proc/{process.pid}/clear_refs", "w", encoding="ascii") as file:
            file.write("5")
        resident = kilobytes(process, "VmRSS")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    began = time.monotonic()
    connection.request("GET", target)
    answer = connection.getresponse()
    piece = answer.read1(1 << 16)
    first = time.monotonic() - began
    count = 0
    while piece:
        count += len(piece)
        piece = answer.read1(1 << 20)
    seconds = time.monotonic() - began
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{target}: {answer.status}")
    found = {"seconds": seconds, "first_ms": first * 1000, "bytes": count}
    if process is not None:
        found["grown_kb"] = kilobytes(process, "VmHWM") - resident
    return found


def of_ours(work, rounds):
    server = Server(EXECUTABLE, national_atlas(work, "nation"), "--access-log", "off", ready_s=900)
    try:
        # From the very first on: memory grows then, if ever.
        return {f"Géoprio, .{form}": [downloaded(server.port, f"/exports/communes.{form}", server.process)
                                      for _ in range(rounds)] for form in ("geojson", "geojsonl")}
    finally:
        server.stop()


def of_ogr2ogr(work, rounds):
    """From FlatGeobuf, which costs ogr2ogr least to read, into a file."""
    source, made = os.path.join(work, "communes.fgb"), os.path.join(work, "communes.geojson")
    if not os.path.exists(source):
        run(["ogr2ogr", "-f", "FlatGeobuf", "-nlt", "MULTIPOLYGON", source, "/vsizip/" + national_file()])
    found = []
    for _ in range(rounds):
        if os.path.exists(made):
            os.remove(made)
        began = time.monotonic()
        subprocess.run(["ogr2ogr", "-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=7", made, source], check=True)
        found.append({"seconds": time.monotonic() - began, "bytes": os.path.getsize(made)})
    return found


def measured(work, rounds, say):
    try:
        national_file()
    except NotHere as reason:
        return {"missing": {"exports": str(reason)}}
    say("Géoprio")
    ways, missing = of_ours(work, rounds), {}
    say("ogr2ogr")
    ways["ogr2ogr, FlatGeobuf to a file"] = of_ogr2ogr(work, rounds)
    for name, peer in feature_servers.PEERS.items():
        say(name)
        try:
            ways[name] = feature_servers.measured(peer, work, rounds, downloaded)
        except (NotHere, RuntimeError) as reason:
            missing[name] = str(reason)
    return {"ways": ways, "missing": missing}
