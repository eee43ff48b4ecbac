"""What every public address owes to any client: HEAD, CORS, tags, compression, ids that are percent-encoded."""

import gzip
import http.client
import json
import os
import sys
import tempfile
import unittest
from urllib.parse import quote, urlsplit

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from server import Server  # noqa: E402

EXECUTABLE, DATASETS = sys.argv[1], sys.argv[2]
ATLAS = os.path.join(DATASETS, "saint-etienne")

# One address of each kind, and whether its tag is that of the bytes or, where a time stands in it, a weak one.
STRONG, WEAK = '"', 'W/"'
ADDRESSES = {
    "/": STRONG, "/?f=html": STRONG, "/conformance": STRONG, "/api": STRONG, "/api?f=html": STRONG,
    "/collections": STRONG, "/collections/2014.quarters": STRONG, "/collections/2014.quarters/queryables": STRONG,
    "/collections/2014.quarters/schema": STRONG, "/collections/2014.quarters/items": WEAK,
    "/collections/2014.quarters/items?f=html": STRONG, "/collections/2014.quarters/items/montreynaud": STRONG,
    "/collections/2014.quarters/tiles": STRONG, "/collections/2014.quarters/tiles/WebMercatorQuad": STRONG,
    "/tiles": STRONG, "/tiles/WebMercatorQuad": STRONG, "/tileMatrixSets": STRONG,
    "/tileMatrixSets/WebMercatorQuad": STRONG, "/xyz/2014.tiers,communes.json": STRONG,
    "/xyz/2014.tiers/11/1048/733.mvt": STRONG, "/styles": STRONG, "/styles/2014.tiers": STRONG,
    "/sprites/tiers.json": STRONG, "/sprites/tiers@2x.png": STRONG, "/editions": STRONG, "/editions/2014": STRONG,
    "/editions/2014/quarters/montreynaud": STRONG, "/exports/2014.quarters.geojson": STRONG,
    "/exports/2014.quarters.csv": STRONG,
}
if os.environ["GEOPRIO_WEB"] == "ON":
    ADDRESSES["/assets/map.css"] = STRONG
# What is refused, and how.
REFUSALS = {
    "/nothing": 404, "/collections/none": 404, "/collections?limit=1": 400, "/collections?f=tiff": 406,
    "/collections/2014.quarters/items?bbox=1": 400, "/xyz/2014.tiers/30/0/0.mvt": 404, "/exports/2014.tiers.doc": 404,
    "/editions/1999": 404, "/%zz": 400,
}
ID = "a/b.c é"


def write_odd_atlas(folder):
    square = [[[4.38, 45.43], [4.40, 45.43], [4.40, 45.45], [4.38, 45.45], [4.38, 45.43]]]
    feature = {"type": "Feature", "properties": {"code": ID, "name": "Été"},
               "geometry": {"type": "Polygon", "coordinates": square}}
    with open(os.path.join(folder, "quarters.geojson"), "w", encoding="utf-8") as file:
        json.dump({"type": "FeatureCollection", "features": [feature]}, file)
    with open(os.path.join(folder, "atlas.toml"), "w", encoding="utf-8") as file:
        file.write('title = "Essai"\nmetric_crs = "EPSG:2154"\n[[editions]]\nid = "e"\nstage = "in_force"\n'
                   'quarters = { data = "quarters.geojson", code = "code", name = "name" }\n')


class Manners(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server(EXECUTABLE, ATLAS)
        cls.addClassCleanup(cls.server.stop)

    def test_head_has_the_status_and_the_headers_of_get(self):
        for address in [*ADDRESSES, *REFUSALS]:
            status, headers, body = self.server.request(address)
            head_status, head_headers, nothing = self.server.request(address, method="HEAD")
            headers.pop("date"), head_headers.pop("date")
            self.assertEqual((head_status, nothing), (status, b""), address)
            self.assertEqual(head_headers, headers, address)
            if "transfer-encoding" not in headers:
                self.assertEqual(int(head_headers["content-length"]), len(body), address)

    def test_any_page_of_any_site_may_read_every_answer_errors_and_304_included(self):
        answers = {address: self.server.request(address) for address in [*ADDRESSES, *REFUSALS]}
        for address, status in REFUSALS.items():
            self.assertEqual(answers[address][0], status, address)
        for address in ADDRESSES:
            tag = answers[address][1]["etag"]
            answers[f"304 {address}"] = self.server.request(address, headers={"If-None-Match": tag})
        answers["405"] = self.server.request("/collections", method="DELETE")
        answers["413"] = self.server.request("/collections", body=b"x" * 10)
        answers["431"] = self.server.request("/", headers={"X-Long": "x" * 9000})
        answers["416"] = self.server.request("/exports/2014.quarters.csv", headers={"Range": "bytes=99999999-"})
        answers["preflight"] = self.server.request("/collections", method="OPTIONS")
        for name in ("405", "413", "431", "416"):
            self.assertEqual(answers[name][0], int(name))
        for name, (_, headers, _) in answers.items():
            self.assertEqual(headers.get("access-control-allow-origin"), "*", name)

    def test_a_request_that_is_no_http_gets_a_problem_that_any_page_may_read(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        self.addCleanup(connection.close)
        connection.putrequest("GET", "/", skip_host=True)
        connection.endheaders()
        answer = connection.getresponse()
        self.assertEqual(answer.status, 400)
        self.assertEqual(answer.headers["Access-Control-Allow-Origin"], "*")
        self.assertEqual(json.loads(answer.read())["type"], "urn:geoprio:problem:malformed-request")

    def test_what_a_client_has_is_not_sent_again(self):
        for address, beginning in ADDRESSES.items():
            _, headers, _ = self.server.request(address)
            tag = headers["etag"]
            self.assertTrue(tag.startswith(beginning), (address, tag))
            for known in (tag, "*", f'"other", {tag}', "W/" + tag.removeprefix("W/")):
                status, again, body = self.server.request(address, headers={"If-None-Match": known})
                self.assertEqual((status, body), (304, b""), (address, known))
                self.assertEqual(again["etag"], tag, address)
                self.assertEqual(again.get("vary"), headers.get("vary"), address)
            self.assertEqual(self.server.request(address, headers={"If-None-Match": '"other"'})[0], 200, address)

    def test_a_document_comes_in_the_encoding_liked_most_each_under_its_own_tag(self):
        address = "/collections"
        _, plain_headers, plain = self.server.request(address)
        tags = {plain_headers["etag"]}
        for accepted, chosen in {"gzip": "gzip", "br": "br", "zstd": "zstd", "gzip, br, zstd": "br",
                                 "gzip;q=1, br;q=0.9": "gzip", "br;q=0, *;q=0.1": "zstd"}.items():
            _, headers, body = self.server.request(address, headers={"Accept-Encoding": accepted})
            self.assertEqual(headers.get("content-encoding"), chosen, accepted)
            self.assertIn("Accept-Encoding", headers["vary"])
            self.assertLess(len(body), len(plain) // 2)
            if chosen == "gzip":
                self.assertEqual(gzip.decompress(body), plain)
            tags.add(headers["etag"])
            again = self.server.request(
                address, headers={"Accept-Encoding": accepted, "If-None-Match": headers["etag"]})
            self.assertEqual(again[0], 304, accepted)
        self.assertEqual(len(tags), 4)
        for accepted in ("identity", "gzip;q=0", "compress"):
            self.assertNotIn("content-encoding",
                             self.server.request(address, headers={"Accept-Encoding": accepted})[1], accepted)
        small = self.server.request("/health/ready", headers={"Accept-Encoding": "gzip"})
        self.assertNotIn("content-encoding", small[1])

    def test_a_download_is_compressed_while_it_is_made(self):
        address = "/exports/communes.geojson"
        _, plain_headers, plain = self.server.request(address)
        status, headers, body = self.server.request(address, headers={"Accept-Encoding": "gzip"})
        self.assertEqual((status, headers["content-encoding"]), (200, "gzip"))
        self.assertEqual(gzip.decompress(body), plain)
        self.assertNotEqual(headers["etag"], plain_headers["etag"])
        _, headers, body = self.server.request(address, headers={"Accept-Encoding": "zstd, gzip"})
        self.assertEqual(headers["content-encoding"], "zstd")
        self.assertLess(len(body), len(plain))
        # A file that has ranges has them of its own bytes.
        packaged = self.server.request("/exports/communes.csv", headers={"Accept-Encoding": "gzip"})
        self.assertNotIn("content-encoding", packaged[1])

    def test_an_unknown_parameter_is_named_with_the_near_one(self):
        for address, parameter, near in (
                ("/collections/2014.quarters/items?limt=3", "limt", "limit"),
                ("/collections/2014.quarters/items?box=1,2,3,4", "box", "bbox"),
                ("/exports/2014.quarters.csv?sortBy=name", "sortBy", "sortby"),
                ("/collections/2014.quarters/items/montreynaud?csr=x", "csr", "crs"),
                ("/collections?lng=fr", "lng", "lang")):
            status, _, body = self.server.request(address)
            problem = json.loads(body)
            self.assertEqual((status, problem["parameter"], problem.get("suggestion")), (400, parameter, near))
        for address in ("/?f=html&utm_source=x", "/styles?x=1", "/xyz/2014.tiers/11/1048/733.mvt?token=1"):
            self.assertIn(self.server.request(address)[0], (200, 204), address)

    def test_lists_are_capped(self):
        names = [field for field in self.server.json("/collections/2014.quarters/schema")["properties"]]
        for address, parameter in (
                ("/tiles/WebMercatorQuad/0/0/0?collections=" + ",".join(f"c{n}" for n in range(9)), "collections"),
                ("/collections/2014.quarters/items?sortby=" + ",".join(names[1:10]), "sortby"),
                ("/collections/2014.quarters/items?properties=code,code", "properties"),
                ("/collections/2014.quarters/items?bbox=" + ",".join("1" * 7), "bbox")):
            status, _, body = self.server.request(address)
            self.assertEqual((status, json.loads(body)["parameter"]), (400, parameter), address)


class OddIds(unittest.TestCase):
    """An id with a slash, a dot, a space and an accent, through every place where ids stand in addresses."""

    @classmethod
    def setUpClass(cls):
        place = tempfile.TemporaryDirectory()
        cls.addClassCleanup(place.cleanup)
        write_odd_atlas(place.name)
        cls.server = Server(EXECUTABLE, place.name)
        cls.addClassCleanup(cls.server.stop)

    def followed(self, address):
        parts = urlsplit(address)
        return self.server.json(parts.path + (f"?{parts.query}" if parts.query else ""))

    def test_links_lead_to_the_item_and_to_what_is_said_of_the_quarter(self):
        encoded = quote(ID, safe="")
        page = self.server.json("/collections/e.quarters/items")
        self.assertEqual([feature["id"] for feature in page["features"]], [ID])
        item = self.server.json(f"/collections/e.quarters/items/{encoded}")
        self.assertEqual((item["id"], item["properties"]["code"]), (ID, ID))
        for link in item["links"]:
            if link["rel"] == "self":
                self.assertEqual(self.followed(link["href"])["id"], ID)
        quarter = self.server.json(f"/editions/e/quarters/{encoded}")
        self.assertEqual(quarter["code"], ID)
        for link in quarter["links"]:
            if link["type"] != "text/html":
                self.followed(link["href"])
        # A slash that is not encoded parts the path, as it should.
        self.assertEqual(self.server.request("/collections/e.quarters/items/" + quote(ID, safe="/"))[0], 404)

    def test_filters_and_downloads_find_it(self):
        encoded = quote(ID, safe="")
        self.assertEqual(self.server.json(f"/collections/e.quarters/items?code={encoded}")["numberMatched"], 1)
        filtered = quote(f"code = '{ID}'", safe="")
        self.assertEqual(
            self.server.json(f"/collections/e.quarters/items?filter={filtered}")["features"][0]["id"], ID)
        self.assertEqual(self.server.json(f"/exports/e.quarters.geojson?id={encoded}")["features"][0]["id"], ID)

    def test_its_page_names_it_and_its_links_are_encoded_again(self):
        status, _, body = self.server.request("/collections/e.quarters/items?f=html")
        self.assertEqual(status, 200)
        self.assertIn(f"/collections/e.quarters/items/{quote(ID, safe='')}?f=html", body.decode())

    def test_the_tile_has_it_as_a_property(self):
        # Web Mercator tile 10/524/366 holds 4.39 E, 45.44 N.
        status, _, body = self.server.request("/xyz/e.quarters/10/524/366.mvt")
        self.assertEqual(status, 200)
        self.assertIn(ID.encode(), body)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
