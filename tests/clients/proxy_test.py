"""Behind nginx, under a path of its own: every link of every document and page leads through nginx again."""

import json
import os
import re
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.request
from html.parser import HTMLParser
from urllib.parse import quote, urljoin, urlsplit

from tools import needs_program

NGINX = needs_program("nginx", "nginx-light")

from certificate import write_pair  # noqa: E402
from database import free_port  # noqa: E402
from server import Server  # noqa: E402

EXECUTABLE, DATASETS = sys.argv[1], sys.argv[2]
ATLAS = os.path.join(DATASETS, "saint-etienne")
ID = "a/b.c é"
MOST_ADDRESSES = 400
OURS = ("127.0.0.1", "localhost")

CONFIGURATION = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{
    listen 127.0.0.1:{port}{tls};
    location /geoprio/ {{
      {location}
    }}
  }}
}}
"""
# README.md shows these two.
PATH_STAYS = """
      proxy_pass http://127.0.0.1:{upstream};
"""
PATH_IS_TAKEN_OFF = """
      proxy_pass http://127.0.0.1:{upstream}/;
      proxy_set_header Forwarded "";
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header X-Forwarded-Host $http_host;
      proxy_set_header X-Forwarded-Prefix /geoprio;
"""


class Nginx:
    """Listens on a port before `geoprio` is there: the public URL has it."""

    def __init__(self, folder, location, upstream, port, certificate=None, key=None):
        tls = f" ssl; ssl_certificate {certificate}; ssl_certificate_key {key}" if certificate else ""
        configuration = os.path.join(folder, "nginx.conf")
        with open(configuration, "w", encoding="ascii") as file:
            file.write(CONFIGURATION.format(folder=folder, port=port, tls=tls,
                                            location=location.format(upstream=upstream)))
        self.process = subprocess.Popen([NGINX, "-c", configuration, "-p", folder, "-e", f"{folder}/error.log"])
        until = time.monotonic() + 30
        while not os.path.exists(f"{folder}/nginx.pid") and time.monotonic() < until:
            if self.process.poll() is not None:
                raise AssertionError(open(f"{folder}/error.log", encoding="utf-8").read())
            time.sleep(0.02)

    def stop(self):
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(timeout=30)


class References(HTMLParser):
    """What a page names: links, its files, and what its map draws."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name in ("href", "src", "data-tilejson", "data-style", "data-features") and value:
                if not value.startswith("#"):
                    self.found.append(value)


def strings_of(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings_of(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings_of(one)


def addresses_in_json(document):
    for text in strings_of(document):
        if not re.match(r"https?://", text) or urlsplit(text).hostname not in OURS:
            continue
        if "{" in text:  # a template: Saint-Étienne at zoom 11
            text = re.sub(r"\{z\}|\{tileMatrix\}", "11", text)
            text = re.sub(r"\{x\}|\{tileCol\}", "1048", text)
            text = re.sub(r"\{y\}|\{tileRow\}", "733", text)
        yield text + ".json" if text.endswith("/sprites/tiers") else text


def is_of_few_layers(address):
    """One edition's layer and a context set stand for all: the rest differ in nothing but their names."""
    layer = re.search(r"/(?:collections|exports|xyz)/([^/?]+)", urlsplit(address).path)
    return layer is None or layer[1].startswith(("2014.quarters", "communes"))


class Proxied(unittest.TestCase):
    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.folder = place.name
        self.context = None

    def got(self, address, accept="*/*"):
        """(status, content type, body)"""
        asked = urllib.request.Request(address, headers={"Accept": accept})
        try:
            with urllib.request.urlopen(asked, timeout=60, context=self.context) as answer:
                return answer.status, answer.headers.get_content_type(), answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers.get_content_type(), error.read()

    def all_that_is_linked(self, base):
        """Follows every link from the landing document and from the map's page; each must begin with `base`."""
        unread, seen = [base + "/?f=json", base + "/?f=html", base + "/collections/2014.quarters/items?limit=10"], set()
        while unread and len(seen) < MOST_ADDRESSES:
            address = unread.pop(0)
            if address in seen or not is_of_few_layers(address):
                continue
            seen.add(address)
            status, kind, body = self.got(address, "text/html" if "f=html" in address else "*/*")
            self.assertIn(status, (200, 204), address)
            if kind == "text/html":
                found = [urljoin(address, one) for one in References(body.decode()).found]
                found = [one for one in found if urlsplit(one).hostname in OURS]
            elif kind.endswith("json") and "/exports/" not in address:
                found = list(addresses_in_json(json.loads(body)))
            else:
                continue
            for one in found:
                self.assertTrue(one.startswith(base + "/") or one == base, f"{one} in {address}")
            unread += [one.split("#")[0] for one in found]
        return seen

    def check_links(self, base):
        seen = self.all_that_is_linked(base)
        for part in ("/assets/map.js", "/assets/document.css", "/sprites/tiers", "/xyz/2014.quarters/11/1048/733.mvt",
                     "offset=10", "/exports/2014.quarters.gpkg", "/styles/2014.tiers", "/api",
                     "/tiles/WebMercatorQuad/11/733/1048", "/editions/2014"):
            self.assertTrue(any(part in address for address in seen), part)

    def test_a_path_that_stays_in_front_is_known_from_the_public_url(self):
        port = free_port()
        base = f"http://127.0.0.1:{port}/geoprio"
        server = Server(EXECUTABLE, ATLAS, "--public-url", base + "/")
        self.addCleanup(server.stop)
        nginx = Nginx(self.folder, PATH_STAYS, server.port, port)
        self.addCleanup(nginx.stop)
        self.check_links(base)
        self.assertEqual(self.got(f"http://127.0.0.1:{port}/geoprio/nothing")[0], 404)
        # Whoever asks the server itself, past the proxy, needs no path.
        self.assertEqual(server.request("/collections")[0], 200)

    def test_an_id_with_a_slash_comes_through_a_proxy_that_leaves_the_path_alone(self):
        atlas = os.path.join(self.folder, "atlas")
        os.mkdir(atlas)
        shape = {"type": "Polygon", "coordinates": [[[4.3, 45.4], [4.4, 45.4], [4.4, 45.5], [4.3, 45.4]]]}
        with open(os.path.join(atlas, "quarters.geojson"), "w", encoding="utf-8") as file:
            json.dump({"type": "FeatureCollection", "features": [
                {"type": "Feature", "properties": {"code": ID}, "geometry": shape}]}, file)
        with open(os.path.join(atlas, "atlas.toml"), "w", encoding="utf-8") as file:
            file.write('title = "Essai"\nmetric_crs = "EPSG:2154"\n[[editions]]\nid = "e"\nstage = "in_force"\n'
                       'quarters = { data = "quarters.geojson", code = "code" }\n')
        port = free_port()
        base = f"http://127.0.0.1:{port}/geoprio"
        server = Server(EXECUTABLE, atlas, "--public-url", base)
        self.addCleanup(server.stop)
        nginx = Nginx(self.folder, PATH_STAYS, server.port, port)
        self.addCleanup(nginx.stop)
        status, _, body = self.got(f"{base}/collections/e.quarters/items/{quote(ID, safe='')}")
        self.assertEqual((status, json.loads(body)["id"]), (200, ID))

    def test_a_trusted_proxy_that_ends_tls_and_takes_its_path_off_is_believed(self):
        self.behind_tls("--trusted-proxy", "127.0.0.0/8", "--trusted-proxy", "::1")
        self.check_links(self.base)

    def test_a_proxy_that_nobody_trusts_is_not(self):
        self.behind_tls("--trusted-proxy", "192.0.2.0/24")
        for address in addresses_in_json(json.loads(self.got(self.base + "/?f=json")[2])):
            self.assertFalse(address.startswith(("https:", self.base)), address)

    def behind_tls(self, *options):
        certificate, key = write_pair(self.folder)
        self.context = ssl.create_default_context(cafile=certificate)
        port = free_port()
        self.base = f"https://localhost:{port}/geoprio"
        server = Server(EXECUTABLE, ATLAS, *options)
        self.addCleanup(server.stop)
        nginx = Nginx(self.folder, PATH_IS_TAKEN_OFF, server.port, port, certificate, key)
        self.addCleanup(nginx.stop)


if __name__ == "__main__":
    shutil.which("openssl") or sys.exit("openssl is not here")
    unittest.main(argv=sys.argv[:1], verbosity=2)
