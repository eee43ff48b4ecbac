#!/usr/bin/env python3
"""Hot tiles through the whole server beside nginx's static files: `serving.py EXECUTABLE [hot|mixed|tileserver-gl] [--seconds S] [--runs N]`.

CPU time per request is what is compared, from /proc/PID/task/*/schedstat of all threads: requests per second would
measure wrk, which fills its own core first. nginx serves the very bytes that geoprio answers with, from files, with one
worker, sendfile and tcp_nopush; access logs are off on both sides. bare_loop answers with them too, and does nothing
but that: what it takes is the system's share, below which no server comes. Prints Markdown. Needs wrk and nginx
(Debian: wrk, nginx-light).
"""

import argparse
import http.client
import json
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time

from http_timing import free_port

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(TOP, "tests", "integration"))
from server import Server  # noqa: E402

SIZES = {"1 kB": 1_000, "10 kB": 10_000, "50 kB": 50_000}
GOALS = {"1 kB": 1.4, "10 kB": 1.2, "50 kB": 0.85}


def write_atlas(folder, side=40, seed=20140101):
    """A seeded coverage of side x side crooked cells of about a kilometre, every border shared by two of them."""
    chance = random.Random(seed)
    step, west, south = 0.01, 4.0, 45.2
    node = {(i, j): (round(west + (i + chance.uniform(-.3, .3)) * step, 7),
                     round(south + (j + chance.uniform(-.3, .3)) * step, 7))
            for i in range(side + 1) for j in range(side + 1)}
    middles = {}

    def border(a, b):
        """From a to b by six points that the neighbour sees in the other order."""
        key = (min(a, b), max(a, b))
        if key not in middles:
            (ax, ay), (bx, by) = node[key[0]], node[key[1]]
            middles[key] = [(round(ax + (bx - ax) * t / 7 + chance.uniform(-.0003, .0003), 7),
                             round(ay + (by - ay) * t / 7 + chance.uniform(-.0003, .0003), 7)) for t in range(1, 7)]
        return [node[a]] + (middles[key] if a == key[0] else middles[key][::-1])

    features = []
    for i in range(side):
        for j in range(side):
            corners = [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1)]
            ring = [p for a, b in zip(corners, corners[1:] + corners[:1]) for p in border(a, b)]
            features.append({"type": "Feature", "properties": {"code": f"{i}-{j}", "name": f"Quartier {i}-{j}"},
                             "geometry": {"type": "Polygon", "coordinates": [ring + ring[:1]]}})
    with open(os.path.join(folder, "quarters.geojson"), "w", encoding="utf-8") as file:
        json.dump({"type": "FeatureCollection", "features": features}, file)
    with open(os.path.join(folder, "atlas.toml"), "w", encoding="utf-8") as file:
        file.write('title = "Banc"\nmetric_crs = "EPSG:2154"\n[[editions]]\nid = "e"\nstage = "in_force"\n'
                   'quarters = { data = "quarters.geojson", code = "code", name = "name" }\n')


def tile_of(lon, lat, zoom):
    import math
    side = 1 << zoom
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return int((lon + 180) / 360 * side), int(y * side)


def tiles_by_size(server):
    """For each size the tile whose bytes come nearest to it: {name: (target, bytes)}."""
    found = {}
    for layers in ("e.quarters", "e.labels"):
        for zoom in range(5, 16):
            for lon, lat in ((4.2, 45.4), (4.1, 45.3), (4.05, 45.5)):
                column, row = tile_of(lon, lat, zoom)
                target = f"/xyz/{layers}/{zoom}/{column}/{row}.mvt"
                status, _, body = server.request(target)
                assert status in (200, 204), (target, status)
                for name, size in SIZES.items():
                    if body and (name not in found or abs(len(body) - size) < abs(len(found[name][1]) - size)):
                        found[name] = (target, body)
    return found


class Nginx:
    def __init__(self, folder, files):
        root = os.path.join(folder, "www")
        os.makedirs(root)
        for name, body in files.items():
            with open(os.path.join(root, name), "wb") as file:
                file.write(body)
        os.chmod(folder, 0o755)
        self.port = free_port()
        configuration = os.path.join(folder, "nginx.conf")
        with open(configuration, "w", encoding="ascii") as file:
            file.write(f"""daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000;
  types {{ application/vnd.mapbox-vector-tile mvt; }}
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{ listen 127.0.0.1:{self.port}; root {root}; }} }}""")
        self.process = subprocess.Popen(["nginx", "-c", configuration], stderr=subprocess.DEVNULL)
        until = time.monotonic() + 10
        while True:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/" + next(iter(files)))
                assert connection.getresponse().status == 200
                break
            except OSError:
                assert time.monotonic() < until, "nginx does not listen"
                time.sleep(0.05)
        children = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=True)
        self.pids = [self.process.pid] + [int(pid) for pid in children.stdout.split()]

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=10)


class BareLoop:
    """bare_loop, built beside the executable, on one body: by reference from where the server sends so (KeptBytes)."""

    def __init__(self, executable, folder, body):
        path = os.path.join(folder, "body")
        with open(path, "wb") as file:
            file.write(body)
        self.port = free_port()
        program = os.path.join(os.path.dirname(os.path.abspath(executable)), "tests", "bench", "bare_loop")
        self.process = subprocess.Popen([program, str(self.port), path, "sendfile" if len(body) >= 16 * 1024 else "writev"])
        until = time.monotonic() + 10
        while True:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/")
                assert connection.getresponse().read() == body
                break
            except OSError:
                assert time.monotonic() < until and self.process.poll() is None, "bare_loop does not listen"
                time.sleep(0.05)

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=10)


def cpu_seconds(pids):
    """What all threads of these processes have run."""
    total = 0
    for pid in pids:
        for task in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{task}/schedstat", encoding="ascii") as file:
                total += int(file.read().split()[0])
    return total / 1e9


MICROSECONDS = {"us": 1, "ms": 1e3, "s": 1e6}


def wrk(url, connections, seconds, extra=()):
    """(requests, p99 in microseconds) of one run."""
    output = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", *extra, url],
                            capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in output, output
    p99 = re.search(r"99%\s+([\d.]+)(us|ms|s)", output)
    return int(re.search(r"(\d+) requests in", output)[1]), float(p99[1]) * MICROSECONDS[p99[2]]


def measure(port, target, pids, connections, seconds):
    before = cpu_seconds(pids)
    requests, p99 = wrk(f"http://127.0.0.1:{port}{target}", connections, seconds)
    return (cpu_seconds(pids) - before) / requests * 1e6, p99


def hot(server, folder, runs, seconds, executable):
    """Hot tiles by keep-alive beside nginx and the bare loop."""
    tiles = tiles_by_size(server)
    names = {size: f"{number}.mvt" for number, size in enumerate(SIZES)}
    nginx = Nginx(folder, {names[size]: body for size, (_, body) in tiles.items()})
    print("| tile | bytes | connections | nginx us | ours us | ratio | goal | nginx p99 us | ours p99 us | bare loop p99 us | spread of ours | bare loop us | nginx / bare loop |")
    print("|---|---|---|---|---|---|---|---|---|---|---|---|---|")
    try:
        for size, (target, body) in tiles.items():
            bare = BareLoop(executable, folder, body)
            for connections in (1, 64):
                theirs, ours, least = [], [], []
                for _ in range(runs):  # in turns, so that what else the machine does meets all
                    theirs.append(measure(nginx.port, "/" + names[size], nginx.pids, connections, seconds))
                    ours.append(measure(server.port, target, [server.process.pid], connections, seconds))
                    least.append(measure(bare.port, "/", [bare.process.pid], connections, seconds))
                their_cpu, our_cpu, least_cpu = (statistics.median(cpu for cpu, _ in of) for of in (theirs, ours, least))
                their_p99, our_p99, least_p99 = (
                    f"{statistics.median(tails):.0f} ({min(tails):.0f}–{max(tails):.0f})"
                    for tails in ([p99 for _, p99 in of] for of in (theirs, ours, least)))
                cpus = [cpu for cpu, _ in ours]
                print(f"| {size} | {len(body)} | {connections} | {their_cpu:.2f} | {our_cpu:.2f} | "
                      f"{their_cpu / our_cpu:.2f} | {GOALS[size]} | {their_p99} | {our_p99} | {least_p99} | "
                      f"{min(cpus):.2f}–{max(cpus):.2f} | {least_cpu:.2f} | {their_cpu / least_cpu:.2f} |", flush=True)
            bare.stop()
    finally:
        nginx.stop()


class TileServerGl:
    """tileserver-gl-light on a PMTiles archive that `geoprio tiles` made of the same atlas; `program` is its script."""

    def __init__(self, program, executable, folder):
        subprocess.run([executable, "tiles", folder, "-o", os.path.join(folder, "e.pmtiles"), "--layers", "e.quarters"],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for name in ("fonts", "sprites", "styles"):
            os.makedirs(os.path.join(folder, name), exist_ok=True)
        paths = {"root": ".", "fonts": "fonts", "sprites": "sprites", "styles": "styles", "mbtiles": ".", "pmtiles": "."}
        with open(os.path.join(folder, "config.json"), "w", encoding="ascii") as file:
            json.dump({"options": {"paths": paths}, "styles": {}, "data": {"e": {"pmtiles": "e.pmtiles"}}}, file)
        self.port = free_port()
        self.process = subprocess.Popen(["node", program, "--config", "config.json", "-p", str(self.port)], cwd=folder,
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.said = []
        for line in self.process.stdout:
            self.said.append(line)
            if "Startup complete" in line:
                break
        else:
            raise RuntimeError("tileserver-gl-light did not start: " + "".join(self.said[-3:]))
        threading.Thread(target=self.process.stdout.read, daemon=True).start()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def tileserver_gl(server, folder, runs, seconds, executable, program):
    """A hot tile beside tileserver-gl-light, which reads it from a file at every request."""
    target = next(target for target, _ in tiles_by_size(server).values() if "e.quarters" in target)
    theirs_target = target.replace("/xyz/e.quarters", "/data/e").replace(".mvt", ".pbf")
    peer = TileServerGl(program, executable, folder)
    print("| connections | tileserver-gl-light us | ours us | ratio | their p99 us | our p99 us |\n|---|---|---|---|---|---|")
    try:
        for connections in (1, 64):
            theirs, ours = [], []
            for _ in range(runs):
                theirs.append(measure(peer.port, theirs_target, [peer.process.pid], connections, seconds))
                ours.append(measure(server.port, target, [server.process.pid], connections, seconds))
            (their_cpu, their_p99), (our_cpu, our_p99) = ([statistics.median(column) for column in zip(*all_runs)] for all_runs in (theirs, ours))
            print(f"| {connections} | {their_cpu:.0f} | {our_cpu:.1f} | {their_cpu / our_cpu:.0f} | {their_p99:.0f} | {our_p99:.0f} |", flush=True)
    finally:
        peer.stop()
    print(f"\n{peer.said[0].strip().removeprefix('Starting ')}, `{theirs_target}` from an archive of the same tiles; microseconds on the processor for a request.")


def mixed(server, folder, runs, seconds):
    """Nine hot tiles to one cold one, GeoJSON pages beside: the hot ones' p99 against what it is alone.

    The hot ones are timed by wrk; the cold ones and the pages are asked for beside it at a ninth of its rate.
    """
    tiles = tiles_by_size(server)
    target = tiles["10 kB"][0]
    url = f"http://127.0.0.1:{server.port}{target}"
    script = os.path.join(folder, "rate.lua")
    with open(script, "w", encoding="ascii") as file:  # a client that pauses: hot ones at a steady rate, not a flood
        file.write('request = function() return wrk.format("GET") end\ndelay = function() return 4 end\n')
    alone, beside, cold_rates = [], [], []
    cold = iter([(zoom, x, y) for zoom in (14, 15, 16)
                 for x in range(*sorted((tile_of(4.0, 45.4, zoom)[0], tile_of(4.4, 45.4, zoom)[0])))
                 for y in range(*sorted((tile_of(4.1, 45.6, zoom)[1], tile_of(4.1, 45.2, zoom)[1])))])
    for _ in range(runs):
        requests, p99 = wrk(url, 8, seconds, ("-s", script))
        alone.append(p99)
        pause = 9 * seconds / requests
        stop, count = threading.Event(), [0]

        def ask(next_target, wait):
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
            while not stop.wait(wait):
                connection.request("GET", next_target())
                answer = connection.getresponse()
                answer.read()
                assert answer.status in (200, 204), answer.status
                count[0] += 1

        def cold_tile():
            zoom, x, y = next(cold)
            return f"/xyz/e.quarters/{zoom}/{x}/{y}.mvt"

        threads = [threading.Thread(target=ask, args=(cold_tile, pause)),
                   threading.Thread(target=ask, args=(lambda: "/collections/e.quarters/items?limit=100", 0.1))]
        for thread in threads:
            thread.start()
        try:
            requests, p99 = wrk(url, 8, seconds, ("-s", script))
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        beside.append(p99)
        cold_rates.append(count[0] / (count[0] + requests))
    ratio = statistics.median(beside) / statistics.median(alone)
    print(f"| hot p99 alone us | beside us | ratio | goal | share of cold and pages |\n|---|---|---|---|---|\n"
          f"| {statistics.median(alone):.0f} | {statistics.median(beside):.0f} | {ratio:.2f} | 3 | "
          f"{statistics.median(cold_rates):.3f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("executable")
    parser.add_argument("scenario", nargs="?", choices=("hot", "mixed", "tileserver-gl"), default="hot")
    parser.add_argument("--seconds", type=int, default=2)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--tileserver-gl", help="the script that starts tileserver-gl-light")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        write_atlas(folder)
        server = Server(asked.executable, folder, "--access-log", "off")
        try:
            if asked.scenario == "tileserver-gl":
                tileserver_gl(server, folder, asked.runs, asked.seconds, asked.executable, asked.tileserver_gl)
            elif asked.scenario == "hot":
                hot(server, folder, asked.runs, asked.seconds, asked.executable)
            else:
                mixed(server, folder, asked.runs, asked.seconds)
        finally:
            server.stop()


if __name__ == "__main__":
    main()
