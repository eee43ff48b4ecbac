"""Reloading through the real executable: a new atlas is published whole, a broken one not at all, and nobody notices."""

import json
import os
import shutil
import signal
import sys
import tempfile
import threading
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from server import Server  # noqa: E402

EXECUTABLE, DATASETS = sys.argv[1], sys.argv[2]
RELOADS = int(os.environ.get("GEOPRIO_RELOADS", "25"))
TILE = "/xyz/2014.quarters/9/262/183.mvt"


class Reload(unittest.TestCase):
    def setUp(self):
        self.place = tempfile.TemporaryDirectory()
        self.atlas = os.path.join(self.place.name, "atlas")
        shutil.copytree(os.path.join(DATASETS, "saint-etienne"), self.atlas)
        self.servers = []

    def tearDown(self):
        for server in self.servers:
            if server.process.poll() is None:
                self.assertEqual(server.stop(), 0)
        self.place.cleanup()

    def serve(self, *options):
        self.servers.append(Server(EXECUTABLE, self.atlas, *options))
        return self.servers[-1]

    def rename_a_quarter(self, name):
        """Gives the first quarter of 2014 another name."""
        path = os.path.join(self.atlas, "quarters-2014.geojson")
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
        document["features"][0]["properties"]["name"] = name
        with open(path + ".new", "w", encoding="utf-8") as file:
            json.dump(document, file)
        os.replace(path + ".new", path)

    def break_the_atlas(self):
        with open(os.path.join(self.atlas, "atlas.toml"), "a", encoding="utf-8") as file:
            file.write("\n[broken\n")

    def test_a_changed_source_is_served_after_sighup(self):
        server = self.serve()
        before = server.json("/health/ready")["fingerprint"]
        etag = server.request(TILE)[1]["etag"]
        self.rename_a_quarter("Renamed For A Test")
        server.process.send_signal(signal.SIGHUP)
        server.wait_for_line("event=reloaded")
        after = server.json("/health/ready")["fingerprint"]
        self.assertNotEqual(after, before)
        status, headers, body = server.request(TILE, headers={"If-None-Match": etag})
        self.assertEqual((status, headers["etag"]), (200, f'"{after}"'))
        self.assertIn(b"Renamed For A Test", body)
        # The old address is answered with the new tile, and no longer for ever.
        self.assertEqual(server.request(f"{TILE}?v={before}")[1]["cache-control"], "no-cache")
        self.assertIn("immutable", server.request(f"{TILE}?v={after}")[1]["cache-control"])

    def test_a_broken_source_leaves_the_old_atlas_up_and_says_why(self):
        server = self.serve()
        before = server.json("/health/ready")
        tile = server.request(TILE)[2]
        self.break_the_atlas()
        server.process.send_signal(signal.SIGHUP)
        server.wait_for_line("event=reload_failed")
        self.assertEqual(server.json("/health/ready"), before)
        self.assertEqual(server.request(TILE)[2], tile)
        line = next(line for line in server.lines if "event=reload_failed" in line)
        self.assertIn("atlas.toml", line)
        self.assertIn(before["fingerprint"], line)

    def refuse_a_quarter(self):
        """A quarter without a shape is refused by the load."""
        path = os.path.join(self.atlas, "quarters-2014.geojson")
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
        document["features"][0]["geometry"] = None
        with open(path, "w", encoding="utf-8") as file:
            json.dump(document, file)

    def test_an_atlas_that_refuses_more_is_published_only_when_that_is_allowed(self):
        careful, careless = self.serve(), self.serve("--allow-refusals")
        before = careful.json("/health/ready")
        self.refuse_a_quarter()
        for server in (careful, careless):
            server.process.send_signal(signal.SIGHUP)
        careful.wait_for_line("event=reload_failed")
        careless.wait_for_line("event=reloaded")
        self.assertEqual(careful.json("/health/ready"), before)
        self.assertEqual(careless.json("/health/ready")["refusals"], before["refusals"] + 1)

    def test_with_watch_a_changed_source_is_served_without_being_told(self):
        server = self.serve("--watch")
        self.rename_a_quarter("Seen By Itself")
        server.wait_for_line("event=reloaded")
        self.assertIn(b"Seen By Itself", server.request(TILE)[2])

    def resident_kilobytes(self, server):
        with open(f"/proc/{server.process.pid}/status", encoding="ascii") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmRSS:"))

    def test_many_reloads_under_load_fail_no_request_and_keep_no_memory(self):
        server = self.serve("--access-log", "off")
        failures, asked, stop = [], [0], threading.Event()

        def client():
            place = 0
            while not stop.is_set():
                place += 1
                target = (TILE, f"/xyz/2014.tiers,communes/14/{8380 + place % 20}/{5860 + place // 20 % 20}.mvt",
                          "/health/ready", "/collections/2014.quarters/items?limit=5")[place % 4]
                try:
                    status = server.request(target)[0]
                except OSError as fault:
                    status = repr(fault)
                asked[0] += 1
                if status not in (200, 204):
                    failures.append((target, status))

        clients = [threading.Thread(target=client) for _ in range(4)]
        for thread in clients:
            thread.start()
        try:
            sizes = []
            for number in range(1, RELOADS + 1):
                server.process.send_signal(signal.SIGHUP)
                server.wait_for_line("event=reloaded", number)
                sizes.append(self.resident_kilobytes(server))
        finally:
            stop.set()
            for thread in clients:
                thread.join()
        self.assertEqual(failures, [])
        self.assertGreater(asked[0], RELOADS)
        early, late = sizes[len(sizes) // 5:2 * len(sizes) // 5], sizes[-(len(sizes) // 5):]
        print(f"{RELOADS} reloads, {asked[0]} requests, resident kB: first {sizes[0]}, "
              f"early {max(early)}, late {max(late)}, most {max(sizes)}")
        # Two atlases and the load's garbage fill the heap within a few reloads; from there on it only breathes.
        self.assertLess(max(late), 1.25 * max(early))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
