"""OGC API – Features, Part 2 (OGC 18-058r1), annex A. GDAL's gdaltransform is who says where a position lies."""

import re
import shutil
import subprocess

from abstract_tests import CRS84, Skipped, abstract_test, box_of, link, positions
from features_core import item

UNKNOWN = "http://www.opengis.net/def/crs/EPSG/0/0"
LAMBERT_93 = "http://www.opengis.net/def/crs/EPSG/0/2154"


def content_crs(answer):
    return answer.headers["content-crs"]


def transformed(places, address):
    """Positions in longitude and latitude as another system writes them, in the order of its axes."""
    if shutil.which("gdaltransform") is None:
        raise Skipped("gdaltransform (gdal-bin) is not here")
    code = address.rsplit("/", 1)[1]
    if code in ("CRS84",):
        return places
    text = "\n".join(f"{x!r} {y!r}" for x, y in places)
    result = subprocess.run(["gdaltransform", "-s_srs", "OGC:CRS84", "-t_srs", f"EPSG:{code}", "-output_xy"],
                            input=text, capture_output=True, text=True, timeout=60, check=True)
    found = [tuple(map(float, line.split())) for line in result.stdout.splitlines()]
    # gdaltransform writes easting first whatever the system says; EPSG:4326 has latitude first.
    return [(y, x) for x, y in found] if code == "4326" else found


@abstract_test("features-2/conf/crs/crs-uri")
def crs_uri(site):
    for collection in site.collections:
        assert len(set(collection["crs"])) == len(collection["crs"])
        for address in collection["crs"]:
            assert re.fullmatch(r"http://www\.opengis\.net/def/crs/(OGC/1\.3/CRS84|EPSG/0/\d+)", address), address


@abstract_test("features-2/conf/crs/default-crs")
def default_crs(site):
    for collection in site.collections:
        assert collection["crs"][0] == CRS84


@abstract_test("features-2/conf/crs/storageCrs")
def storage_crs(site):
    for collection in site.collections:
        assert collection["storageCrs"] in collection["crs"]


@abstract_test("features-2/conf/crs/crs-parameter")
def crs_parameter(site):
    described = site.operation("/collections/{layer}/items")[1]["crs"]
    assert described["in"] == "query" and not described["required"]
    for collection in site.collections:
        assert set(collection["crs"]) == set(described["schema"]["enum"])
        items = link(collection, "items", "application/geo+json")["href"]
        first = site.items(collection, limit=1)["features"][0]["id"]
        for address in collection["crs"]:
            for answer in (site.get(items, limit=1, crs=address), item(site, collection, first, crs=address)):
                assert answer.status == 200, (collection["id"], address, answer.status)
                assert content_crs(answer) == f"<{address}>"
                assert content_crs(site.get(link(answer.json(), "self")["href"])) == f"<{address}>"


@abstract_test("features-2/conf/crs/crs-parameter-default")
def crs_parameter_default(site):
    for collection in site.collections:
        first = site.items(collection, limit=1)["features"][0]["id"]
        assert content_crs(item(site, collection, first)) == f"<{CRS84}>"
        plain, named = site.items(collection), site.items(collection, crs=CRS84)
        assert plain["features"] == named["features"]


@abstract_test("features-2/conf/crs/crs-parameter-invalid")
def crs_parameter_invalid(site):
    for collection in site.collections:
        items = link(collection, "items", "application/geo+json")["href"]
        first = site.items(collection, limit=1)["features"][0]["id"]
        for answer in (site.get(items, crs=UNKNOWN), item(site, collection, first, crs=UNKNOWN),
                       site.get(items, crs="EPSG:2154x")):
            assert answer.status == 400 and answer.json()["parameter"] == "crs"
            assert set(answer.json()["allowed"]) == set(collection["crs"])


@abstract_test("features-2/conf/crs/crs-parameter-transform")
def crs_parameter_transform(site):
    """Vertex by vertex, where the answer has those of CRS84; a long edge may have more between them."""
    kinds = [next(one for one in site.collections if one["id"].endswith(kind))
             for kind in ("quarters", "labels", "borders")]
    for collection in kinds:
        plain = site.items(collection, limit=2)["features"]
        for address in collection["crs"]:
            degrees = address.endswith(("4326", "CRS84"))
            tolerance = 2e-7 if degrees else 0.02
            for feature, moved in zip(plain, site.items(collection, limit=2, crs=address)["features"]):
                there = transformed(list(positions(feature["geometry"])), address)
                here = list(positions(moved["geometry"]))
                assert len(here) >= len(there)
                for x, y in there:
                    near = min(max(abs(x - place[0]), abs(y - place[1])) for place in here)
                    assert near <= tolerance, (collection["id"], address, feature["id"], near)


@abstract_test("features-2/conf/crs/bbox-crs-parameter")
def bbox_crs_parameter(site):
    """A box of one small layer's first feature, in each system that is true to its surroundings."""
    collection = next(one for one in site.collections if one["id"].endswith(".labels"))
    feature = site.items(collection, limit=1)["features"][0]
    items = link(collection, "items", "application/geo+json")["href"]
    for address in collection["crs"]:
        here = item(site, collection, feature["id"], crs=address).json()
        box = box_of(here["geometry"])
        margin = 1e-6 if address.endswith(("4326", "CRS84")) else 0.1
        grown = [box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin]
        answer = site.get(items, **{"bbox": ",".join(map(repr, grown)), "bbox-crs": address})
        assert answer.status == 200, (address, answer.body[:200])
        assert [one["id"] for one in answer.json()["features"]] == [feature["id"]], address


@abstract_test("features-2/conf/crs/bbox-crs-parameter-default")
def bbox_crs_parameter_default(site):
    for collection in site.collections:
        west, south, east, north = collection["extent"]["spatial"]["bbox"][0]
        box = f"{west},{south},{(west + east) / 2},{(south + north) / 2}"
        plain, named = site.items(collection, bbox=box), site.items(collection, bbox=box, bbox_crs=CRS84)
        assert plain["numberMatched"] == named["numberMatched"]
        assert [one["id"] for one in plain["features"]] == [one["id"] for one in named["features"]]


@abstract_test("features-2/conf/crs/bbox-crs-parameter-invalid")
def bbox_crs_parameter_invalid(site):
    for collection in site.collections:
        items = link(collection, "items", "application/geo+json")["href"]
        answer = site.get(items, **{"bbox": "4,45,5,46", "bbox-crs": UNKNOWN})
        assert answer.status == 400 and answer.json()["parameter"] == "bbox-crs"
