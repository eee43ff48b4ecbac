"""Servers that put PostGIS' ST_AsMVT behind HTTP: TiPg (PyPI) and Martin (crates.io), each with no cache of its own.

The processor's time is theirs and that of PostgreSQL's backends. Martin is asked for the table in EPSG:3857 that
postgis.py fills; TiPg, which looks for features by longitude and latitude, for the same one in EPSG:4326.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

from http_timing import free_port, timed_requests
from peers import Measurement, NotHere, run
from peers.postgis import Cluster

BACKENDS = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
SLOW_ROUNDS = 5  # of what takes as long as PostGIS itself, and more


def measured_server(site, tiles, rounds, command, environment, path, about, prepare):
    """`command(database URL, port)` starts it; `path` is that of a tile; `prepare` is SQL, after the tables were filled."""
    with Cluster(site.work, free_port()) as cluster:
        cluster.fill(site.package)
        cluster.sql(prepare)
        port = free_port()
        log = os.path.join(site.work, "peer.log")
        with open(log, "wb") as words:
            server = subprocess.Popen(command(cluster.url, port), env=dict(os.environ, **environment(cluster.url)), stdout=words, stderr=words)
        try:
            origin = f"http://127.0.0.1:{port}"
            urls = {(z, x, y): origin + path.format(z=z, x=x, y=y) for z, x, y in tiles}
            wait_until_answered(next(iter(urls.values())), server, log)
            timed_requests(urls, site.work, 1, [])  # warms, and opens the connections
            backends = [int(pid) for pid in cluster.sql(BACKENDS, "-At").split()]
            milliseconds, cpu_ms, bytes_of = timed_requests(urls, site.work, min(rounds, SLOW_ROUNDS), [server.pid, *backends])
        finally:
            server.send_signal(signal.SIGTERM)
            try:
                server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
    return Measurement(milliseconds, cpu_ms, bytes_of, {"version": about})


def wait_until_answered(url, server, log):
    until = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(url, timeout=60).close()
            return
        except (urllib.error.URLError, OSError) as fault:
            if server.poll() is not None or time.monotonic() > until:
                with open(log, encoding="utf-8", errors="replace") as words:
                    raise NotHere(f"it does not answer ({fault}): {words.read()[-300:]}") from fault
            time.sleep(0.2)


def installed_tipg(work):
    """The folder of an environment that has it."""
    place = os.path.join(work, "tipg")
    if not os.path.exists(os.path.join(place, "bin", "uvicorn")):
        try:
            run([sys.executable, "-m", "venv", place])
            run([os.path.join(place, "bin", "pip"), "-q", "install", "tipg", "uvicorn"])
        except RuntimeError as error:
            raise NotHere(f"PyPI's tipg did not install ({str(error)[-200:]})") from error
    return place


def tipg(site, tiles, rounds):
    place = installed_tipg(site.work)
    version = run([os.path.join(place, "bin", "python"), "-c", "import tipg; print(tipg.__version__)"]).strip()
    return measured_server(
        site, tiles, rounds,
        lambda _, port: [os.path.join(place, "bin", "uvicorn"), "tipg.main:app", "--port", str(port), "--log-level", "warning"],
        lambda url: {"DATABASE_URL": url, "TIPG_MAX_FEATURES_PER_TILE": "1000000", "TIPG_TILE_BUFFER": "64", "DB_MAX_CONN_SIZE": "1"},
        "/collections/public.source/tiles/WebMercatorQuad/{z}/{x}/{y}", f"TiPg {version}, uvicorn, one process, table in EPSG:4326",
        "DROP TABLE coverage; CREATE INDEX ON source USING gist (geom); VACUUM ANALYZE source;")


def martin(site, tiles, rounds):
    program = shutil.which("martin") or os.path.join(site.work, "martin", "bin", "martin")
    if not os.path.exists(program):
        raise NotHere("no Debian package, no `martin` in the path; `cargo install martin` said that 1.16.1 requires rustc 1.98, and 1.95 was there")
    version = run([program, "--version"]).strip()
    return measured_server(
        site, tiles, rounds,
        lambda url, port: [program, "--listen-addresses", f"127.0.0.1:{port}", "--cache-size", "0", "--workers", "1", url],
        lambda _: {"RUST_LOG": "warn"}, "/coverage/{z}/{x}/{y}", f"{version}, one worker", "DROP TABLE source")
