"""The default atlas through the real executable, as a planner's browser and a specialist's client would ask it."""

import json
import os
import re
import resource
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from server import Server  # noqa: E402

EXECUTABLE, DATASETS = sys.argv[1], sys.argv[2]
ATLAS = os.path.join(DATASETS, "saint-etienne")

# The tiers that public zonings suggest for the quarters of Saint-Étienne Métropole; undetermined: the quarter whose
# indicators are left out on purpose (datasets/README.md).
PROXY_TIERS = {
    "montreynaud": "priority_1", "tarentaize-beaubrun": "priority_1", "quartiers-sud-est": "social_development",
    "cret-de-roc-soleil": "social_development", "cotonne-montferre": "social_development",
    "terrenoire": "social_development", "solaure": "watch", "saint-roch": "watch", "jacquard": "watch",
    "dame-blanche": "watch", "la-romiere": "social_development", "montrambert-meline": "social_development",
    "montcel-centre-ville": "social_development", "firminy-vert": "watch", "layat-bas-mas": "watch",
    "vigneron-piotiere": "watch", "la-varenne": "watch", "saint-julien": "social_development",
    "saint-chamond-centre": "social_development", "fonsala": "watch", "grand-pont": "social_development",
    "rive-de-gier-centre": "social_development", "dorlay-pins-bachasse": "social_development",
    "la-chapelle": "social_development"}


class DefaultAtlas(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(EXECUTABLE, ATLAS)

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def quarters(self, edition):
        return self.server.json(f"/collections/{edition}.quarters/items?limit=1000")["features"]

    def test_the_server_is_ready_without_refusals(self):
        ready = self.server.json("/health/ready")
        self.assertTrue(ready["ready"])
        self.assertEqual(ready["refusals"], 0)
        self.assertRegex(ready["fingerprint"], "^[0-9a-f]{16}$")

    def test_two_editions_are_public_and_the_consultation_is_the_current_one(self):
        editions = self.server.json("/editions")
        self.assertEqual({e["id"]: e["stage"] for e in editions["editions"]},
                         {"2007": "superseded", "2014": "consultation"})
        self.assertEqual(editions["current"], "2014")

    def test_the_rules_compute_each_quarters_expected_tier_but_one_without_figures(self):
        computed = {f["id"]: f["properties"]["tier_computed"] for f in self.quarters("2014")}
        self.assertEqual(set(computed), set(PROXY_TIERS))
        different = {code: tier for code, tier in computed.items() if tier != PROXY_TIERS[code]}
        self.assertEqual(list(different.values()), ["undetermined"])

    def test_one_adopted_tier_differs_from_the_computed_one(self):
        adopted = [f["properties"] for f in self.quarters("2014") if f["properties"]["tier_adopted"]]
        self.assertEqual(len(adopted), 1)
        self.assertNotEqual(adopted[0]["tier_adopted"], adopted[0]["tier_computed"])
        self.assertEqual(adopted[0]["tier"], adopted[0]["tier_adopted"])

    def test_2007_holds_every_quarter_but_two(self):
        self.assertEqual({f["id"] for f in self.quarters("2007")}, set(PROXY_TIERS) - {"la-varenne", "fonsala"})

    def test_tiers_sum_to_the_quarters(self):
        tiers = [f["properties"] for f in self.server.json("/collections/2014.tiers/items")["features"]]
        quarters = [f["properties"] for f in self.quarters("2014")]
        self.assertEqual(sum(t["quarter_count"] for t in tiers), len(quarters))
        area = sum(q["area_m2"] for q in quarters)
        self.assertAlmostEqual(sum(t["area_m2"] for t in tiers) / area, 1, places=6)
        people = sum(q["population"] for q in quarters)
        self.assertAlmostEqual(sum(t["population"] for t in tiers) / people, 1, places=4)
        by_commune = self.server.json("/collections/2014.tiers_by_commune/items?limit=1000")["features"]
        self.assertAlmostEqual(sum(f["properties"]["area_m2"] for f in by_commune) / area, 1, places=6)
        # By tier, in the order of the tiers, each with its communes together.
        of_pairs = [f["properties"]["tier"] for f in by_commune]
        self.assertEqual(of_pairs, sorted(of_pairs, key=[t["tier"] for t in tiers].index))

    def test_a_quarter_that_straddles_two_communes_is_in_both(self):
        montrambert = next(f for f in self.quarters("2014") if f["id"] == "montrambert-meline")
        self.assertEqual(montrambert["properties"]["communes"], "42044;42183")

    def test_every_quarter_explains_its_tier(self):
        for feature in self.quarters("2014"):
            record = self.server.json(f"/editions/2014/quarters/{feature['id']}")
            explanation = record["explanation"]
            self.assertEqual(explanation["rule"], feature["properties"]["tier_computed"])
            self.assertTrue(explanation["condition"])
            self.assertEqual({axis["id"] for axis in explanation["axes"]}, {"social", "urban"})
            self.assertEqual(sum(len(axis["indicators"]) for axis in explanation["axes"]), 15)

    def test_every_layer_is_listed_and_has_tiles(self):
        layers = {c["id"] for c in self.server.json("/collections")["collections"]}
        expected = {f"{e}.{kind}" for e in ("2007", "2014") for kind in ("quarters", "tiers", "tiers_by_commune", "borders", "labels")}
        expected |= {"communes", "2014.band_priority_1_300m"}
        self.assertEqual(layers, expected)
        for layer in sorted(layers):
            document = self.server.json(f"/xyz/{layer}.json")
            self.assertEqual(document["tilejson"], "3.0.0")
            self.assertEqual([v["id"] for v in document["vector_layers"]], [layer])
            # Tile 9/262/183 holds the whole agglomeration (4.39 E, 45.44 N).
            status, headers, body = self.server.request(f"/xyz/{layer}/9/262/183.mvt")
            self.assertEqual(status, 200, layer)
            self.assertEqual(headers["content-type"], "application/vnd.mapbox-vector-tile")
            self.assertIn(layer.encode(), body)

    def test_tiles_outside_are_refused_and_empty_ones_say_so(self):
        self.assertEqual(self.server.request("/xyz/2014.tiers/9/100/100.mvt")[0], 204)
        for target in ("/xyz/2014.tiers/17/0/0.mvt", "/xyz/2014.tiers/3/8/0.mvt", "/xyz/nothing/3/0/0.mvt"):
            status, headers, body = self.server.request(target)
            self.assertEqual(status, 404, target)
            self.assertEqual(headers["content-type"], "application/problem+json")
            self.assertEqual(json.loads(body)["status"], 404)

    def test_a_tile_is_the_same_one_after_a_restart(self):
        other = Server(EXECUTABLE, ATLAS)
        try:
            for target in ("/xyz/2014.tiers,communes/9/262/183.mvt", "/xyz/2014.quarters/14/8391/5865.mvt"):
                mine, theirs = self.server.request(target), other.request(target)
                self.assertEqual(mine[2], theirs[2])
                self.assertEqual(mine[1]["etag"], theirs[1]["etag"])
            self.assertEqual(self.server.json("/health/ready"), other.json("/health/ready"))
        finally:
            self.assertEqual(other.stop(), 0)

    def test_routes_that_do_not_exist_yet_are_problems(self):
        for target in ("/exports/2014.tiers.pdf", "/crossings?edition=2014&with=communes", "/changes?from=2007&to=2014",
                       "/metrics", "/contributions"):
            status, headers, _ = self.server.request(target)
            self.assertEqual((status, headers["content-type"]), (404, "application/problem+json"), target)

    def test_sigterm_ends_it_with_0_and_the_log_has_no_address_or_query(self):
        other = Server(EXECUTABLE, ATLAS)
        other.request("/collections/communes/items?bbox=4.123,45.1,4.5,45.6", headers={"User-Agent": "secret-agent"})
        self.assertEqual(other.stop(), 0)
        log = "".join(other.lines)
        self.assertIn("/collections/{layer}/items", log)
        for never in ("4.123", "secret-agent", "bbox"):
            self.assertNotIn(never, log)


class Folder(unittest.TestCase):
    def test_the_atlas_folder_may_be_read_only(self):
        with tempfile.TemporaryDirectory() as place:
            copy = os.path.join(place, "atlas")
            shutil.copytree(ATLAS, copy)
            before = sorted(os.listdir(copy))
            os.chmod(copy, stat.S_IRUSR | stat.S_IXUSR)
            try:
                server = Server(EXECUTABLE, copy)
                self.assertEqual(server.stop(), 0)
                self.assertEqual(sorted(os.listdir(copy)), before)
            finally:
                os.chmod(copy, stat.S_IRWXU)


class Check(unittest.TestCase):
    def run_check(self, *options):
        return subprocess.run([EXECUTABLE, "check", ATLAS, *options], capture_output=True, text=True, timeout=300)

    def test_check_is_clean_and_gives_the_documented_keys(self):
        result = self.run_check("--json")
        self.assertEqual(result.returncode, 0, result.stderr)
        report = json.loads(result.stdout)
        for key in ("fingerprint", "sources", "repairs", "refusals", "slivers", "overlaps", "population", "warnings"):
            self.assertIn(key, report)
        quarters = next(s for s in report["sources"] if s["set"] == "2014")
        self.assertEqual((quarters["read"], quarters["refused"]), (24, 0))

    def test_geos_agrees_with_every_tier_overlay(self):
        result = self.run_check("--verify")
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

    def test_an_edition_without_rules_has_no_overlay_to_verify(self):
        with tempfile.TemporaryDirectory() as place:
            atlas = os.path.join(place, "atlas")
            shutil.copytree(ATLAS, atlas)
            path = os.path.join(atlas, "atlas.toml")
            with open(path, encoding="utf-8") as file:
                before, of_2014 = file.read().split('id = "2014"')
            ranking = re.compile(r"^(rules|indicators|bands) = .*\n", re.MULTILINE)
            for text, verified in ((ranking.sub("", before) + 'id = "2014"' + of_2014, ["2014"]),
                                   (ranking.sub("", before + 'id = "2014"' + of_2014), [])):
                with open(path, "w", encoding="utf-8") as file:
                    file.write(text)
                result = subprocess.run([EXECUTABLE, "check", atlas, "--verify"], capture_output=True, text=True)
                self.assertEqual(result.returncode, 0, result.stdout[-500:] + result.stderr)
                overlays = re.findall(r"^(\S+)\.tiers .* ok$", result.stdout, re.MULTILINE)
                self.assertEqual(sorted(set(overlays)), verified)
                self.assertEqual("Rien à vérifier" in result.stdout, not verified)

    def test_a_missing_atlas_is_unusable(self):
        result = subprocess.run([EXECUTABLE, "check", "/nowhere/atlas.toml"], capture_output=True, text=True)
        self.assertEqual(result.returncode, 2)
        self.assertIn("/nowhere/atlas.toml", result.stderr)


class FewFiles(unittest.TestCase):
    def test_idle_clients_leave_files_for_downloads(self):
        # What systemd and Debian's shells give: few at first, more for who asks.
        few = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (64, few[1]))
        try:
            server = Server(EXECUTABLE, ATLAS)
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, few)
        try:
            idle = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(100)]
            self.assertEqual(server.request("/exports/2014.quarters.gpkg")[0], 200)
            for connection in idle:
                connection.close()
        finally:
            self.assertEqual(server.stop(), 0)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
