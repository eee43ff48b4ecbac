"""MapServer 8 through FastCGI behind nginx, on a shapefile in EPSG:3857 with its spatial index: one process, one core."""

import glob
import os
import shutil
import subprocess
import time

from http_timing import free_port, timed_requests
from peers import Measurement, NotHere, run

MAP_FILE = """MAP
  NAME "bench"
  SIZE 256 256
  EXTENT -20037508.34 -20037508.34 20037508.34 20037508.34
  PROJECTION "init=epsg:3857" END
  OUTPUTFORMAT
    NAME "mvt"
    DRIVER MVT
    FORMATOPTION "EXTENT=4096"
    FORMATOPTION "EDGE_BUFFER=64"
  END
  LAYER
    NAME "coverage"
    TYPE POLYGON
    STATUS ON
    DATA "{shapefile}"
    PROJECTION "init=epsg:3857" END
    METADATA "gml_include_items" "all" END
    PROCESSING "CLOSE_CONNECTION=DEFER"
  END
END
"""
NGINX = """daemon off;
master_process off;
pid {work}/nginx.pid;
error_log {work}/nginx-errors;
events {{ worker_connections 64; }}
http {{
  access_log off;
  client_body_temp_path {work}; proxy_temp_path {work}; fastcgi_temp_path {work}; uwsgi_temp_path {work}; scgi_temp_path {work};
  fastcgi_buffers 64 256k; fastcgi_buffer_size 256k;
  keepalive_requests 1000000;
  server {{
    listen 127.0.0.1:{port};
    location / {{
      fastcgi_pass unix:{work}/mapserv.socket;
      fastcgi_keep_conn on;
      fastcgi_param QUERY_STRING $query_string;
      fastcgi_param REQUEST_METHOD $request_method;
      fastcgi_param SERVER_NAME localhost;
      fastcgi_param SERVER_PORT {port};
      fastcgi_param SCRIPT_NAME /;
      fastcgi_param MS_MAPFILE {work}/bench.map;
    }}
  }}
}}
"""


def ended(process):
    process.terminate()
    try:
        process.wait(timeout=2)
    except subprocess.TimeoutExpired:
        process.kill()  # mapserv only looks at the signal after its next request
        process.wait()


def measured(site, tiles, rounds):
    programs = {name: shutil.which(name, path=os.environ["PATH"] + ":/usr/lib/cgi-bin:/usr/sbin") for name in
                ("mapserv", "nginx", "spawn-fcgi", "shptree")}
    for name, path in programs.items():
        if path is None:
            raise NotHere(f"{name} is not installed (Debian packages cgi-mapserver, mapserver-bin, nginx-light, spawn-fcgi)")
    work = os.path.join(site.work, "mapserver")
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work)
    shapefile = os.path.join(work, "coverage.shp")
    run(["ogr2ogr", "-f", "ESRI Shapefile", shapefile, site.package, "coverage", "-t_srs", "EPSG:3857", "-lco", "ENCODING=UTF-8"])
    run([programs["shptree"], shapefile])
    port = free_port()
    for name, text in (("bench.map", MAP_FILE.format(shapefile=shapefile)), ("nginx.conf", NGINX.format(work=work, port=port)),
                       ("mapserver.conf", 'CONFIG\n  ENV\n    "MS_MAP_PATTERN" "^/"\n  END\nEND\n')):
        with open(os.path.join(work, name), "w", encoding="utf-8") as file:
            file.write(text)
    environment = dict(os.environ, MAPSERVER_CONFIG_FILE=f"{work}/mapserver.conf")
    mapserv = subprocess.Popen([programs["spawn-fcgi"], "-n", "-s", f"{work}/mapserv.socket", "--", programs["mapserv"]],
                               env=environment, stdout=subprocess.DEVNULL)
    nginx = subprocess.Popen([programs["nginx"], "-c", f"{work}/nginx.conf", "-p", work, "-e", f"{work}/nginx-errors"])
    try:
        url = f"http://127.0.0.1:{port}/?mode=tile&tilemode=gmap&layers=coverage&map.imagetype=mvt&tile="
        urls = {(z, x, y): f"{url}{x}+{y}+{z}" for z, x, y in tiles}
        until = time.monotonic() + 30
        while True:
            try:  # the first round reads the files into memory and is left out
                timed_requests(urls, work, 1, [])
                break
            except RuntimeError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)
        milliseconds, cpu_ms, bytes_of = timed_requests(urls, work, rounds, [mapserv.pid, nginx.pid])
    finally:
        ended(nginx)
        ended(mapserv)
    version = run([programs["mapserv"], "-v"]).split("OUTPUT=")[0].strip()
    return Measurement(milliseconds, cpu_ms, bytes_of, {"version": version, "map": MAP_FILE})
