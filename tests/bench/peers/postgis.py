"""PostGIS' ST_AsMVT, as Martin and pg_tileserv ask it, timed inside the server so that no client and no wire counts.

A cluster of its own in the bench's folder, without a network port; one core (no parallel workers); geometry in
EPSG:3857 with a GiST index, VACUUM ANALYZE, a first round left out to warm the buffers. JIT is off: it only costs here.
"""

import csv
import glob
import io
import json
import os
import pwd
import shutil

from peers import Measurement, NotHere, run

CLUSTER_OPTIONS = ("-c shared_buffers=1GB -c work_mem=256MB -c jit=off "
                   "-c max_parallel_workers_per_gather=0 -c fsync=off -c autovacuum=off")
TILE_SQL = """
SELECT ST_AsMVT(tile, 'coverage', 4096, 'geom', 'fid') FROM (
  SELECT fid, code, name, population, density, tier,
         ST_AsMVTGeom(geom, ST_TileEnvelope(z, x, y), 4096, 64, true) AS geom
  FROM coverage WHERE geom && ST_TileEnvelope(z, x, y, margin => 64.0 / 4096)) AS tile
WHERE geom IS NOT NULL"""
SETUP = f"""
CREATE EXTENSION IF NOT EXISTS postgis;
DROP TABLE IF EXISTS coverage;
CREATE TABLE coverage AS
  SELECT fid, code, name, population, density, tier, ST_Transform(geom, 3857) AS geom FROM source;
ALTER TABLE coverage ADD PRIMARY KEY (fid);
CREATE INDEX ON coverage USING gist (geom);
VACUUM ANALYZE coverage;
CREATE OR REPLACE FUNCTION tile_of(z integer, x integer, y integer) RETURNS bytea LANGUAGE sql STABLE AS $$ {TILE_SQL} $$;
CREATE OR REPLACE FUNCTION processor_ms() RETURNS double precision LANGUAGE sql VOLATILE AS
  $$ SELECT split_part(pg_read_file('/proc/self/schedstat'), ' ', 1)::double precision / 1e6 $$;
-- Only making tiles lies between the two readings of the processor: what is kept of them is handed out afterwards.
CREATE OR REPLACE FUNCTION timed(rounds integer) RETURNS TABLE (cpu_ms double precision, ms double precision[])
LANGUAGE plpgsql AS $$
DECLARE
  wanted record; before timestamptz; made bytea; started double precision;
BEGIN
  FOR number IN 0..rounds LOOP
    ms := ARRAY[]::double precision[];
    started := processor_ms();
    FOR wanted IN SELECT * FROM wanted_tiles ORDER BY wanted_tiles.number LOOP
      before := clock_timestamp();
      SELECT tile_of(wanted.z, wanted.x, wanted.y) INTO made;
      ms := ms || extract(epoch FROM clock_timestamp() - before)::double precision * 1000;
    END LOOP;
    cpu_ms := processor_ms() - started;
    IF number > 0 THEN RETURN NEXT; END IF;
  END LOOP;
END $$;
"""


class Cluster:
    """A PostgreSQL server of our own, gone at the end. Without a port it listens on its socket alone."""

    def __init__(self, folder, port=None):
        self.port = port
        found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))
        if not found or not glob.glob("/usr/share/postgresql/*/extension/postgis.control"):
            raise NotHere("PostGIS is not installed (Debian packages postgresql and postgresql-15-postgis-3)")
        self.programs = os.path.dirname(found[-1])
        self.folder = os.path.join(folder, "postgres")
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(self.folder)
        # PostgreSQL refuses to run as root.
        self.other = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        self.user = "postgres" if self.other else pwd.getpwuid(os.geteuid()).pw_name
        if self.other:
            shutil.chown(self.folder, "postgres")
            os.chmod(folder, 0o755)

    def __enter__(self):
        cluster = os.path.join(self.folder, "cluster")
        run([*self.other, f"{self.programs}/initdb", "-D", cluster, "-A", "trust", "-E", "UTF8", "--no-locale"], cwd="/")
        # The server would hold the pipes open: its words go to a file.
        run([*self.other, f"{self.programs}/pg_ctl", "-D", cluster, "-w", "-l", os.path.join(self.folder, "log"), "-o",
             f"-k {self.folder} {self.listening} {CLUSTER_OPTIONS}", "start"], cwd="/")
        return self

    @property
    def listening(self):
        return f"-c listen_addresses=127.0.0.1 -p {self.port}" if self.port else "-c listen_addresses=''"

    def __exit__(self, *_):
        run([*self.other, f"{self.programs}/pg_ctl", "-D", os.path.join(self.folder, "cluster"), "-m", "fast", "stop"], cwd="/")
        shutil.rmtree(self.folder, ignore_errors=True)

    def sql(self, text, *options):
        return run([f"{self.programs}/psql", "-h", self.folder, "-p", str(self.port or 5432), "-U", self.user, "-d", "postgres", "-v", "ON_ERROR_STOP=1",
                    "-q", *options], input=text)

    @property
    def source(self):
        return f"PG:host={self.folder} port={self.port or 5432} user={self.user} dbname=postgres"

    @property
    def url(self):
        return f"postgresql://{self.user}:any@127.0.0.1:{self.port}/postgres"

    def fill(self, package):
        """The coverage as the table `coverage`, in EPSG:3857, indexed and analysed."""
        self.sql("CREATE EXTENSION postgis;")
        run(["ogr2ogr", "-f", "PostgreSQL", self.source, package, "coverage", "-nln", "source", "-overwrite",
             "-lco", "GEOMETRY_NAME=geom", "-lco", "FID=fid", "-lco", "SPATIAL_INDEX=NONE", "--config", "PG_USE_COPY", "YES"])
        self.sql(SETUP)


def measured(site, tiles, rounds):
    csv.field_size_limit(1 << 30)
    with Cluster(site.work) as cluster:
        cluster.fill(site.package)
        wanted = ",".join(f"({n},{z},{x},{y})" for n, (z, x, y) in enumerate(tiles))
        cluster.sql("CREATE TABLE wanted_tiles (number integer, z integer, x integer, y integer);"
                    f"INSERT INTO wanted_tiles VALUES {wanted};")
        rounds_timed = json.loads(cluster.sql(f"SELECT json_agg(timed) FROM timed({rounds})", "-At"))
        rows = cluster.sql("COPY (SELECT z, x, y, encode(tile_of(z, x, y), 'hex') FROM wanted_tiles ORDER BY number) TO STDOUT WITH CSV")
        version = cluster.sql("SELECT postgis_full_version()", "-At").strip()
    if len(rounds_timed) != rounds or any(len(timed["ms"]) != len(tiles) for timed in rounds_timed):
        raise RuntimeError("PostGIS did not time every tile in every round")
    milliseconds = {place: [timed["ms"][number] for timed in rounds_timed] for number, place in enumerate(tiles)}
    bytes_of = {(int(z), int(x), int(y)): bytes.fromhex(tile) for z, x, y, tile in csv.reader(io.StringIO(rows))}
    return Measurement(milliseconds, [timed["cpu_ms"] for timed in rounds_timed], bytes_of, {"version": version, "sql": TILE_SQL.strip()})
