"""What a kiosk asks of a running server: where a place is, what a name leads to, and the backdrop by parts."""

import json
import os
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from server import Server  # noqa: E402

EXECUTABLE, DATASETS = sys.argv[1], sys.argv[2]
# Made up, in the columns of the Base Adresse Nationale.
ADDRESSES = """id;id_fantoir;numero;rep;nom_voie;code_postal;code_insee;nom_commune;lon;lat
42218_1_00007;;7;;Rue du Puits Couriot;42000;42218;Saint-Étienne;4.3700;45.4390
42218_1_00009;;9;bis;Rue du Puits Couriot;42000;42218;Saint-Étienne;4.3702;45.4391
75056_1_00001;;1;;Rue de Rivoli;75001;75056;Paris;2.3610;48.8550
"""


class Questions(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.atlas = os.path.join(cls.folder.name, "atlas")
        shutil.copytree(os.path.join(DATASETS, "saint-etienne"), cls.atlas)
        with open(os.path.join(cls.atlas, "atlas.toml"), "a", encoding="utf-8") as file:
            file.write('\n[addresses]\ndata = "adresses.csv"\n[kiosk]\nnear_limit_m = 30\n'
                       '[basemap]\nstyle = { pmtiles = "fond.pmtiles", attribution = "Essai" }\n')
        with open(os.path.join(cls.atlas, "adresses.csv"), "w", encoding="utf-8") as file:
            file.write(ADDRESSES)
        cls.backdrop = bytes(range(256)) * 20000
        with open(os.path.join(cls.atlas, "fond.pmtiles"), "wb") as file:
            file.write(cls.backdrop)
        cls.server = Server(EXECUTABLE, cls.atlas, "--access-log", "on")

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.folder.cleanup()

    def test_an_address_leads_to_a_place_and_the_place_to_an_answer(self):
        found = self.server.json("/search?q=7%20r%20du%20puis%20couriot")["results"][0]
        self.assertEqual((found["kind"], found["code"]), ("address", "42218_1_00007"))
        told = self.server.json(f"/locate?lon={found['lon']}&lat={found['lat']}")
        self.assertIn(told["answer"], ("inside", "outside", "near_limit", "unavailable"))
        self.assertIn("42218", [one["code"] for one in told["memberships"] if one["set"] == "communes"])

    def test_an_address_outside_the_atlas_is_found_and_nothing_is_claimed_of_it(self):
        found = self.server.json("/search?q=1%20rue%20de%20rivoli%20paris")["results"][0]
        self.assertEqual(found["label"], "1 Rue de Rivoli, 75001 Paris")
        self.assertEqual(self.server.json(f"/locate?lon={found['lon']}&lat={found['lat']}")["answer"], "unavailable")

    def test_pages_are_told_of_kiosk_addresses_and_basemap(self):
        landing = self.server.json("/?f=json")
        self.assertEqual(landing["kiosk"], {"idle_s": 60, "warning_s": 20, "near_limit_m": 30})
        self.assertIs(landing["addresses"], True)
        self.assertTrue(landing["basemap"]["pmtiles"].endswith("/basemap/fond.pmtiles"))

    def test_the_backdrop_comes_whole_and_by_parts(self):
        status, headers, body = self.server.request("/basemap/fond.pmtiles", headers={"Range": "bytes=300-511"})
        self.assertEqual((status, body), (206, self.backdrop[300:512]))
        self.assertEqual(headers["content-range"], f"bytes 300-511/{len(self.backdrop)}")
        status, _, body = self.server.request("/basemap/fond.pmtiles")
        self.assertEqual((status, len(body)), (200, len(self.backdrop)))
        self.assertEqual(body, self.backdrop)
        status, headers, body = self.server.request("/basemap/fond.pmtiles", method="HEAD")
        self.assertEqual((status, body), (200, b""))
        self.assertEqual(self.server.request("/basemap/atlas.toml")[0], 404)

    def test_no_place_and_no_question_is_in_the_log(self):
        self.server.request("/locate?lon=4.3712345&lat=45.4398765")
        self.server.request("/search?q=montreynaud-secret")
        self.server.wait_for_line("route=/search")
        self.server.wait_for_line("route=/locate")
        log = "".join(self.server.lines)
        for secret in ("4.3712345", "45.4398765", "secret", "montreynaud"):
            self.assertNotIn(secret, log)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
