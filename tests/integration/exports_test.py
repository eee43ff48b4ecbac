"""Downloads of whole layers through the real executable: read by GDAL, and a long one in little memory."""

import http.client
import json
import math
import os
import socket
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from server import Server  # noqa: E402

EXECUTABLE, DATASETS = sys.argv[1], sys.argv[2]
ATLAS = os.path.join(DATASETS, "saint-etienne")
MOST_GROWTH_KB = 16 * 1024  # the issue: whatever the size


def kilobytes(process, name):
    with open(f"/proc/{process.pid}/status", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith(name + ":"))


def write_many_circles(folder, side=40, points=800):
    """side² circles that do not touch: some 28 MB of GeoJSON."""
    circle = [(0.008 * math.cos(2 * math.pi * k / points), 0.008 * math.sin(2 * math.pi * k / points))
              for k in range(points)]
    features = []
    for row in range(side):
        for column in range(side):
            x, y = 3 + column * 0.02, 45 + row * 0.02
            ring = [[round(x + east, 7), round(y + north, 7)] for east, north in circle]
            features.append({"type": "Feature", "properties": {"code": f"{row}-{column}"},
                             "geometry": {"type": "Polygon", "coordinates": [ring + ring[:1]]}})
    with open(os.path.join(folder, "quarters.geojson"), "w", encoding="utf-8") as file:
        file.write(json.dumps({"type": "FeatureCollection", "features": features}))
    with open(os.path.join(folder, "atlas.toml"), "w", encoding="utf-8") as file:
        file.write('title = "Essai"\nmetric_crs = "EPSG:2154"\n[[editions]]\nid = "e"\nstage = "in_force"\n'
                   'quarters = { data = "quarters.geojson", code = "code" }\n')


class Exports(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(EXECUTABLE, ATLAS)
        cls.addClassCleanup(cls.server.stop)
        place = tempfile.TemporaryDirectory()
        cls.addClassCleanup(place.cleanup)
        cls.folder = place.name

    def saved(self, target):
        status, _, body = self.server.request(target)
        self.assertEqual(status, 200, target)
        path = os.path.join(self.folder, "download." + target.split("?")[0].rsplit(".", 1)[1])
        with open(path, "wb") as file:
            file.write(body)
        return path

    def test_gdal_reads_every_layer_in_both_forms_with_as_many_features_as_there_are(self):
        for layer in self.server.json("/collections")["collections"]:
            count = self.server.json(f"/collections/{layer['id']}/items")["numberMatched"]
            for form in ("geojson", "geojsonl"):
                path = self.saved(f"/exports/{layer['id']}.{form}")
                if count == 0:
                    continue
                said = subprocess.run(["ogrinfo", "-so", "-al", "-q", path], capture_output=True, text=True)
                self.assertEqual(said.returncode, 0, said.stderr)
                with open(path, encoding="utf-8") as file:
                    features = json.load(file)["features"] if form == "geojson" else [json.loads(line) for line in file]
                self.assertEqual(len(features), count, (layer["id"], form))

    def test_a_download_has_the_bytes_of_its_tag_and_is_not_sent_twice(self):
        target = "/exports/2014.quarters.geojson?tier=watch"
        status, headers, body = self.server.request(target)
        self.assertEqual(status, 200)
        self.assertEqual(self.server.request(target)[2], body)
        self.assertEqual(self.server.request(target, headers={"If-None-Match": headers["etag"]})[0], 304)
        status, _, nothing = self.server.request(target, method="HEAD")
        self.assertEqual((status, nothing), (200, b""))


class LongExport(unittest.TestCase):
    def test_a_long_download_takes_little_memory_and_a_client_who_stops_reading_holds_up_nobody(self):
        with tempfile.TemporaryDirectory() as folder:
            write_many_circles(folder)
            server = Server(EXECUTABLE, folder)
            try:
                before = kilobytes(server.process, "VmRSS")
                with open(f"/proc/{server.process.pid}/clear_refs", "w", encoding="ascii") as file:
                    file.write("5")  # the peak is counted from here on
                idle = socket.create_connection(("127.0.0.1", server.port))
                self.addCleanup(idle.close)
                idle.sendall(b"GET /exports/e.quarters.geojson HTTP/1.1\r\nHost: here\r\n\r\n")  # and reads nothing
                connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
                connection.request("GET", "/exports/e.quarters.geojson")
                answer = connection.getresponse()
                size = 0
                while piece := answer.read(1 << 20):
                    size += len(piece)
                self.assertGreater(size, 25_000_000)
                self.assertEqual(server.request("/health/live")[0], 200)
                if os.path.basename(EXECUTABLE) == "geoprio":  # a sanitizer keeps memory of its own
                    self.assertLess(kilobytes(server.process, "VmHWM") - before, MOST_GROWTH_KB)
            finally:
                server.stop()


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
