"""Servers of OGC API – Features over PostGIS: TiPg (Python) and pg_featureserv (Go), each on a cluster of its own."""

import os
import shutil
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request

from http_timing import free_port
from partition_section import national_file
from peers import NotHere, run
from peers.over_postgis import installed_tipg
from peers.postgis import Cluster


def end_of(reason):
    """Its last words, on one line."""
    return " ".join(str(reason).split()[-16:]).rstrip(".")


def tipg(work, cluster, port):
    """The command, its environment, and where the layer is."""
    # A socket is asyncpg's host, when its slashes are escaped.
    socket_folder = urllib.parse.quote(cluster.folder, safe="")
    environment = {"DATABASE_URL": f"postgresql://{cluster.user}@{socket_folder}/postgres",
                   "TIPG_DB_SCHEMAS": '["public"]', "TIPG_MAX_FEATURES_PER_QUERY": "100000"}
    return ([os.path.join(installed_tipg(work), "bin", "uvicorn"), "tipg.main:app", "--port", str(port), "--log-level", "warning"], environment,
            "/collections/public.communes/items?limit=100000&f=geojson")


def pg_featureserv(work, cluster, port):
    program = shutil.which("pg_featureserv") or os.path.join(work, "pg_featureserv")
    if not os.path.exists(program):
        if shutil.which("go") is None:
            raise NotHere("there is neither a pg_featureserv nor a Go to build it with")
        try:
            run(["go", "install", "github.com/CrunchyData/pg_featureserv@latest"], env=dict(os.environ, GOBIN=os.path.abspath(work)))
        except RuntimeError as reason:
            raise NotHere(f"Go cannot build it: {end_of(reason)}") from reason
    environment = {"DATABASE_URL": f"host={cluster.folder} user={cluster.user} dbname=postgres",
                   "PGFS_SERVER_HTTPPORT": str(port), "PGFS_SERVER_HTTPHOST": "127.0.0.1",
                   "PGFS_PAGING_LIMITMAX": "100000", "PGFS_SERVER_WRITETIMEOUTSEC": "600"}
    return [program], environment, "/collections/public.communes/items.json?limit=100000"


PEERS = {"TiPg": tipg, "pg_featureserv": pg_featureserv}


def measured(peer, work, rounds, downloaded):
    with Cluster(work) as cluster:
        cluster.sql("CREATE EXTENSION postgis;")
        run(["ogr2ogr", "-f", "PostgreSQL", cluster.source, "/vsizip/" + national_file(), "-nln", "communes", "-nlt", "MULTIPOLYGON",
             "-lco", "GEOMETRY_NAME=geom", "--config", "PG_USE_COPY", "YES"])
        cluster.sql("VACUUM ANALYZE communes;")
        port = free_port()
        command, environment, target = peer(work, cluster, port)
        log = os.path.join(work, "feature-server.log")
        with open(log, "w", encoding="utf-8") as words:
            process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=words, stderr=words, cwd=work)
        try:
            wait_until_ready(process, port, log)
            return [downloaded(port, target, process) for _ in range(rounds)]
        finally:
            process.terminate()
            process.wait(30)


def wait_until_ready(process, port, log, within_s=60):
    until = time.monotonic() + within_s
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/collections", timeout=5).close()
            return
        except (urllib.error.URLError, OSError) as reason:
            if process.poll() is not None or time.monotonic() > until:
                with open(log, encoding="utf-8", errors="replace") as words:
                    raise RuntimeError(f"it does not answer ({reason}): {words.read()[-500:]}") from reason
            time.sleep(0.1)
