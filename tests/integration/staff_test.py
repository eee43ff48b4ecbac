"""Drafts through the real executable: there for staff on every route, and for everyone else as if they were not."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest
from urllib.parse import quote

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from server import Server  # noqa: E402

EXECUTABLE, DATASETS, FIXTURES = sys.argv[1], sys.argv[2], sys.argv[3]
DRAFT, NOWHERE = "2024-draft", "2024-other"
# The draft's own: DESIGN §6 names the layers, make.py of the fixture what is in them.
DRAFT_LAYERS = {f"{DRAFT}.{kind}" for kind in
                ("quarters", "tiers", "borders", "tiers_by_commune", "labels", "band_priority_1_500m")}
# Where the default atlas has land, in z/x/y.
TILES = [(8, 131, 91), (12, 2097, 1466), (14, 8391, 5865)]
FORMATS = ["geojson", "geojsonl", "gpkg", "fgb", "shp.zip", "csv", "ods", "kml"]
# One host for both servers: documents hold links.
HOST = {"Host": "atlas.test"}


def atlas_in(folder, name, file):
    """A copy of an atlas file of the fixture, with a store and the data where they lie."""
    place = os.path.join(folder, name)
    shutil.copytree(FIXTURES, place)
    with open(os.path.join(place, file), encoding="utf-8") as source:
        text = source.read().replace("../../../datasets/saint-etienne", os.path.join(DATASETS, "saint-etienne"))
    os.remove(os.path.join(place, "public.toml"))
    with open(os.path.join(place, "atlas.toml"), "w", encoding="utf-8") as target:
        target.write('store = "consultation.gpkg"\n' + text)
    return place


def token(atlas, role="viewer"):
    made = subprocess.run([EXECUTABLE, "token", "create", atlas, "--role", role], capture_output=True, text=True,
                          timeout=120, check=True)
    return made.stdout.strip()


def bearer(secret):
    return {"Authorization": "Bearer " + secret, **HOST}


def tile_of(names, z, x, y):
    return f"/xyz/{names}/{z}/{x}/{y}.mvt"


def addresses_of(layer):
    """All that DESIGN §6 serves of one layer."""
    one = quote(layer)
    paths = [f"/collections/{one}{rest}" for rest in
             ("", "/queryables", "/schema", "/items?limit=1000", "/items?f=html", "/tiles", "/tiles/WebMercatorQuad")]
    paths += [f"/xyz/{one}.json", f"/tiles/WebMercatorQuad?collections={one}"]
    for z, x, y in TILES:
        paths += [tile_of(one, z, x, y), f"/collections/{one}/tiles/WebMercatorQuad/{z}/{y}/{x}",
                  f"/tiles/WebMercatorQuad/{z}/{y}/{x}?collections={one}"]
    return paths + [f"/exports/{one}.{form}" for form in FORMATS]


def addresses_of_edition(edition, quarter):
    paths = [f"/editions/{edition}", f"/editions/{edition}?f=html", f"/editions/{edition}/quarters/{quarter}",
             f"/locate?lon=4.39&lat=45.44&edition={edition}"]
    return paths + [f"/styles/{edition}.tiers{form}" for form in ("", "?f=html", ".qml", ".sld")]


GENERAL = ["/?f=json", "/conformance", "/api", "/collections", "/collections?f=html", "/tiles", "/tiles/WebMercatorQuad",
           "/tiles/WebMercatorQuad/12/1466/2097", "/tileMatrixSets", "/tileMatrixSets/WebMercatorQuad", "/styles",
           "/styles/kiosk", "/sprites/tiers.json", "/sprites/tiers@2x.png", "/editions", "/locate?lon=4.39&lat=45.44",
           "/search?q=soleil", "/search?q=montreynaud", "/contributions", "/health/ready"]


class Staff(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.atlas = atlas_in(cls.folder.name, "with", "atlas.toml")
        cls.viewer, cls.moderator = token(cls.atlas), token(cls.atlas, "moderator")
        cls.servers = []
        cls.server = cls.started(cls.atlas)

    @classmethod
    def tearDownClass(cls):
        for server in cls.servers:
            if server.process.poll() is None:
                assert server.stop() == 0

    @classmethod
    def started(cls, atlas, *options):
        cls.servers.append(Server(EXECUTABLE, atlas, *options))
        return cls.servers[-1]

    def of_staff(self, path, server=None):
        return (server or self.server).request(path, headers=bearer(self.viewer))

    def of_all(self, path, server=None):
        return (server or self.server).request(path, headers=HOST)

    def layers(self, headers):
        return {one["id"] for one in self.server.json("/collections", headers=headers)["collections"]}

    def test_staff_see_the_draft_and_each_of_its_layers_on_every_route(self):
        everyone, staff = self.layers(HOST), self.layers(bearer(self.viewer))
        self.assertEqual(staff - everyone, DRAFT_LAYERS)
        self.assertEqual(everyone - staff, set())
        for path in [path for layer in sorted(staff) for path in addresses_of(layer)] + GENERAL:
            with self.subTest(path):
                status, headers, _ = self.of_staff(path)
                self.assertIn(status, (200, 204))
                if path != "/health/ready":  # the same for everyone, and asks nobody
                    self.assertEqual(headers["cache-control"], "private, no-store")
                    self.assertNotIn("access-control-allow-origin", headers)
        for path in addresses_of_edition(DRAFT, "soleil-bas"):
            with self.subTest(path):
                self.assertEqual(self.of_staff(path)[0], 200)
        names = [one["code"] for one in json.loads(self.of_staff("/search?q=soleil")[2])["results"]]
        self.assertIn("soleil-bas", names)
        self.assertNotIn(b"soleil-bas", self.of_all("/search?q=soleil")[2])

    def test_every_path_of_the_description_was_asked(self):
        """So that a route that comes later is not forgotten here."""
        asked = {"/collections/{layer}" + rest for rest in
                 ("", "/queryables", "/schema", "/items", "/items/{id}", "/tiles", "/tiles/WebMercatorQuad",
                  "/tiles/WebMercatorQuad/{z}/{y}/{x}")}
        asked |= {"/xyz/{layers}.json", "/xyz/{layers}/{z}/{x}/{y}.mvt", "/tiles/WebMercatorQuad/{z}/{y}/{x}",
                  "/exports/{layer}.{format}", "/styles/{id}", "/styles/{id}.{format}", "/sprites/{file}",
                  "/editions/{id}", "/editions/{id}/quarters/{code}", "/", "/locate", "/search", "/contributions"}
        asked |= {path.split("?")[0] for path in GENERAL}
        same_for_everyone = {"/assets/{path}", "/basemap/{file}", "/kiosk", "/moderation", "/health/live", "/metrics"}
        by_their_own = {"/contributions/{id}", "/session"}  # consultation_test.py and the service's own tests
        self.assertEqual(set(self.server.json("/api")["paths"]) - asked - same_for_everyone - by_their_own, set())

    def test_everyone_gets_for_the_draft_what_they_get_for_nothing_at_all(self):
        paths = [path for layer in sorted(DRAFT_LAYERS) for path in addresses_of(layer)]
        paths += [f"/collections/{DRAFT}.quarters/items/soleil-bas", f"/contributions?edition={DRAFT}"]
        paths += addresses_of_edition(DRAFT, "soleil-bas")
        for path in paths:
            with self.subTest(path):
                status, headers, body = self.of_all(path)
                other_status, other_headers, other_body = self.of_all(path.replace(DRAFT, NOWHERE))
                self.assertIn(status, (400, 404))
                self.assertEqual(status, other_status)
                self.assertEqual(body, other_body.replace(NOWHERE.encode(), DRAFT.encode()))
                for fields in (headers, other_headers):
                    fields.pop("date")
                self.assertEqual(headers, other_headers)
        # Names near the draft's are not led to it.
        for path in ("/editions/2024-draf", "/collections/2024-draft.quarter", "/styles/2024-draft.tier"):
            self.assertNotIn(DRAFT, json.loads(self.of_all(path)[2]).get("suggestion", ""))

    def test_what_everyone_gets_is_byte_for_byte_what_an_atlas_without_the_draft_gives(self):
        without = self.started(atlas_in(self.folder.name, "without", "public.toml"))
        layers = sorted(self.layers(HOST))
        paths = GENERAL + [path for layer in layers for path in addresses_of(layer)]
        paths += [path for edition in ("2007", "2014") for path in addresses_of_edition(edition, "montreynaud")]
        timed = (".gpkg", ".ods", ".shp.zip", ".kml", ".fgb")  # GDAL writes the time into them
        for path in paths:
            with self.subTest(path):
                one, other = self.of_all(path), self.of_all(path, without)
                self.assertEqual(one[0], other[0])
                if path.endswith(timed):
                    continue
                self.assertEqual(one[2], other[2])
                self.assertEqual({**one[1], "date": ""}, {**other[1], "date": ""})

    def test_a_session_of_the_moderators_page_shows_the_draft_and_ends(self):
        headers = {"Content-Type": "application/json"}
        status, begun, _ = self.server.request("/session", "POST", headers, json.dumps({"token": self.viewer}))
        self.assertEqual(status, 204)
        cookie = {"Cookie": begun["set-cookie"].split(";")[0]}
        self.assertEqual(self.server.json("/session", headers=cookie), {"role": "viewer"})
        shown = [one["id"] for one in self.server.json("/editions", headers=cookie)["editions"]]
        self.assertIn(DRAFT, shown)
        ended = self.server.request("/session", "DELETE", {**cookie, "Origin": f"http://127.0.0.1:{self.server.port}"})
        self.assertEqual(ended[0], 204)
        self.assertIn("Max-Age=0", ended[1]["set-cookie"])
        self.assertEqual(self.server.request(f"/editions/{DRAFT}")[0], 404)

    def test_a_bad_token_is_a_401_and_a_revoked_one_from_the_next_request_on(self):
        for path in ("/editions", "/collections", tile_of("communes", 12, 2097, 1466), "/exports/communes.csv", "/?f=json"):
            status, headers, _ = self.server.request(path, headers=bearer("0123"))
            self.assertEqual((path, status), (path, 401))
            self.assertIn("www-authenticate", headers)
        secret = token(self.atlas)
        self.assertEqual(self.server.request(f"/editions/{DRAFT}", headers=bearer(secret))[0], 200)
        made = subprocess.run([EXECUTABLE, "token", "list", self.atlas], capture_output=True, text=True, check=True)
        identifier = made.stdout.strip().splitlines()[-1].split()[0]
        subprocess.run([EXECUTABLE, "token", "revoke", self.atlas, identifier], capture_output=True, check=True)
        self.assertEqual(self.server.request(f"/editions/{DRAFT}", headers=bearer(secret))[0], 401)

    def test_no_other_sites_page_is_let_in_with_a_token(self):
        asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET",
                 "Access-Control-Request-Headers": "authorization"}
        _, headers, _ = self.server.request("/editions", "OPTIONS", asked)
        self.assertNotIn("authorization", headers["access-control-allow-headers"].lower())
        self.assertNotIn("access-control-allow-credentials", headers)

    def test_the_first_edition_shown_is_public_for_staff_too(self):
        for document, member in (("/?f=json", "default_edition"), ("/editions", "current")):
            self.assertEqual(json.loads(self.of_staff(document)[2])[member], json.loads(self.of_all(document)[2])[member])

    def test_a_tile_for_staff_is_made_for_the_whole_atlas_and_kept_apart(self):
        fingerprints = [json.loads(answer[2])["fingerprint"] for answer in (self.of_staff("/?f=json"), self.of_all("/?f=json"))]
        self.assertNotEqual(*fingerprints)
        path = tile_of(f"{DRAFT}.quarters", 12, 2097, 1466) + "?v=" + fingerprints[0]
        self.assertEqual(self.of_staff(path)[0], 200)
        self.assertEqual(self.of_all(path)[0], 404)
        dated = tile_of("2014.quarters", 12, 2097, 1466) + "?v=" + fingerprints[1]
        self.assertIn("immutable", self.of_all(dated)[1]["cache-control"])
        self.assertEqual(self.of_staff(dated)[1]["cache-control"], "private, no-store")


class Changes(unittest.TestCase):
    """Reloading, watching, and built files."""

    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.atlas = atlas_in(place.name, "atlas", "atlas.toml")
        self.viewer = token(self.atlas)

    def serve(self, atlas, *options):
        server = Server(EXECUTABLE, atlas, *options)
        self.addCleanup(lambda: server.process.poll() is None and server.stop())
        return server

    def fingerprints(self, server):
        return [server.json("/?f=json", headers=headers)["fingerprint"] for headers in (bearer(self.viewer), HOST)]

    def rename_a_quarter(self):
        path = os.path.join(self.atlas, "quarters-2024-draft.geojson")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        with open(path + ".new", "w", encoding="utf-8") as file:
            file.write(text.replace("Soleil (bas)", "Soleil levant"))
        os.replace(path + ".new", path)

    def named(self, server):
        path = f"/collections/{DRAFT}.quarters/items/soleil-bas"
        return server.json(path, headers=bearer(self.viewer))["properties"]["name"]

    def changed_while_watched(self, server, cause):
        whole, public = self.fingerprints(server)
        self.rename_a_quarter()
        cause()
        server.wait_for_line("event=reloaded")
        self.assertEqual(self.named(server), "Soleil levant")
        changed = self.fingerprints(server)
        self.assertNotEqual(changed[0], whole)
        self.assertEqual(changed[1], public)

    def test_a_reload_brings_the_changed_draft_to_staff_and_changes_nothing_for_everyone(self):
        server = self.serve(self.atlas)
        self.changed_while_watched(server, lambda: server.process.send_signal(signal.SIGHUP))

    def test_a_draft_is_watched_too(self):
        self.changed_while_watched(self.serve(self.atlas, "--watch"), lambda: None)

    def test_a_draft_that_becomes_public_is_there_for_everyone_after_a_reload(self):
        server = self.serve(self.atlas)
        path = os.path.join(self.atlas, "atlas.toml")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace('stage = "draft"', 'stage = "consultation"'))
        server.process.send_signal(signal.SIGHUP)
        server.wait_for_line("event=reloaded")
        self.assertEqual(server.request(f"/editions/{DRAFT}")[0], 200)

    def test_a_built_file_holds_the_draft_for_staff_and_shows_it_to_nobody_else(self):
        built = os.path.join(self.atlas, "built.geoprio")
        subprocess.run([EXECUTABLE, "build", self.atlas, "-o", built], capture_output=True, check=True, timeout=600)
        server, from_sources = self.serve(built), self.serve(self.atlas)
        self.assertEqual(self.fingerprints(server), self.fingerprints(from_sources))
        self.assertEqual(self.named(server), "Soleil (bas)")
        path = tile_of(f"{DRAFT}.tiers", 12, 2097, 1466)
        self.assertEqual(server.request(path)[0], 404)
        answers = [one.request(path, headers=bearer(self.viewer)) for one in (server, from_sources)]
        self.assertEqual(answers[0][0], 200)
        self.assertEqual(answers[0][2], answers[1][2])
        checked = subprocess.run([EXECUTABLE, "check", built, "--json"], capture_output=True, check=True, timeout=120)
        self.assertIn(DRAFT, {one["set"] for one in json.loads(checked.stdout)["sources"]})
        for atlas in (built, self.atlas):
            pyramid = os.path.join(self.atlas, "all.pmtiles")
            refused = subprocess.run([EXECUTABLE, "tiles", atlas, "-o", pyramid, "--layers", f"{DRAFT}.quarters"],
                                     capture_output=True, timeout=600)
            self.assertNotEqual(refused.returncode, 0)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
