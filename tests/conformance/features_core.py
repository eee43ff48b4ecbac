"""OGC API – Features, Part 1 (OGC 17-069r4), annex A: core."""

import datetime
import urllib.parse

from abstract_tests import CRS84, abstract_test, box_of, box_within, boxes_meet, link, links, positions

LAYERS = "/collections/{layer}"
ITEMS = LAYERS + "/items"


def every_item(site, collection, **query):
    """All pages of a collection, by their `next` links."""
    page = site.items(collection, **query)
    pages = [page]
    while links(page, "next"):
        page = site.document(link(page, "next")["href"])
        pages.append(page)
        assert len(pages) < 500, "the pages do not end"
    return pages


@abstract_test("features-1/conf/core/http")
def http(site):
    assert site.get("/").version == 11


@abstract_test("features-1/conf/core/crs84")
def crs84(site):
    for collection in site.collections:
        answer = site.get(link(collection, "items", "application/geo+json")["href"])
        assert answer.headers["content-crs"] == f"<{CRS84}>"
        for feature in answer.json()["features"]:
            for place in positions(feature["geometry"]):
                assert -180 <= place[0] <= 180 and -90 <= place[1] <= 90, place


@abstract_test("features-1/conf/core/root-op")
def root_op(site):
    assert site.get("/").status == 200


@abstract_test("features-1/conf/core/root-success")
def root_success(site):
    for relation in ("conformance", "data"):
        assert site.get(link(site.landing, relation)["href"]).status == 200
    assert links(site.landing, "service-desc") or links(site.landing, "service-doc")


@abstract_test("features-1/conf/core/api-definition-op")
def api_definition_op(site):
    for relation in ("service-desc", "service-doc"):
        for one in links(site.landing, relation):
            answer = site.get(one["href"], accept=one["type"])
            assert answer.status == 200, (one, answer.status)
            assert answer.headers["content-type"].replace("; charset=utf-8", "") == one["type"]


@abstract_test("features-1/conf/core/api-definition-success")
def api_definition_success(site):
    assert site.api["openapi"].startswith("3.0.")


@abstract_test("features-1/conf/core/conformance-op")
def conformance_op(site):
    assert site.get("/conformance").status == 200


@abstract_test("features-1/conf/core/conformance-success")
def conformance_success(site):
    classes = site.document("/conformance")["conformsTo"]
    assert len(set(classes)) == len(classes)
    for name in ("core", "geojson", "html", "oas30"):
        assert f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{name}" in classes


@abstract_test("features-1/conf/core/fc-md-op")
def fc_md_op(site):
    assert site.get("/collections").status == 200


@abstract_test("features-1/conf/core/fc-md-success")
def fc_md_success(site):
    assert site.collections
    ids = [collection["id"] for collection in site.collections]
    assert len(set(ids)) == len(ids)


@abstract_test("features-1/conf/core/fc-md-links")
def fc_md_links(site):
    document = site.document("/collections")
    assert link(document, "self")["type"] == "application/json"
    for one in links(document, "alternate"):
        assert site.get(one["href"]).type == one["type"]


@abstract_test("features-1/conf/core/fc-md-items")
def fc_md_items(site):
    described = site.resolved(site.api["components"]["parameters"]["layer"])["schema"]["enum"]
    assert [collection["id"] for collection in site.collections] == described


@abstract_test("features-1/conf/core/fc-md-items-links")
def fc_md_items_links(site):
    for collection in site.collections:
        found = links(collection, "items")
        assert {"application/geo+json", "text/html"} <= {one["type"] for one in found}
        for one in found:
            assert site.get(one["href"], limit=1).type == one["type"]


@abstract_test("features-1/conf/core/fc-md-extent")
def fc_md_extent(site):
    for collection in site.collections:
        extent = collection["extent"]
        assert extent["spatial"].get("crs", CRS84) == CRS84
        whole = extent["spatial"]["bbox"][0]
        for page in every_item(site, collection, limit=1000):
            for feature in page["features"]:
                if feature["geometry"]:
                    assert box_within(box_of(feature["geometry"]), whole), feature["id"]


@abstract_test("features-1/conf/core/fc-md-extent-multi")
def fc_md_extent_multi(site):
    for collection in site.collections:
        extent = collection["extent"]
        for box in extent["spatial"]["bbox"]:
            assert len(box) in (4, 6)
        for begin, end in extent.get("temporal", {}).get("interval", []):
            assert begin is None or end is None or begin <= end


@abstract_test("features-1/conf/core/sfc-md-op")
def sfc_md_op(site):
    for collection in site.collections:
        assert site.get(link(collection, "self")["href"]).status == 200


@abstract_test("features-1/conf/core/sfc-md-success")
def sfc_md_success(site):
    for collection in site.collections:
        assert site.document(link(collection, "self")["href"]) == collection | {
            "links": site.document(link(collection, "self")["href"])["links"]}, collection["id"]


@abstract_test("features-1/conf/core/fc-op")
def fc_op(site):
    for collection in site.collections:
        answer = site.get(link(collection, "items", "application/geo+json")["href"])
        assert answer.status == 200 and answer.type == "application/geo+json"


@abstract_test("features-1/conf/core/fc-bbox-definition")
def fc_bbox_definition(site):
    parameter = site.operation(ITEMS)[1]["bbox"]
    assert parameter["in"] == "query" and not parameter["required"]
    assert parameter["style"] == "form" and parameter["explode"] is False
    schema = parameter["schema"]
    assert schema["type"] == "array" and schema["items"] == {"type": "number"}
    assert (schema["minItems"], schema["maxItems"]) == (4, 6)  # so 1.0.0 of the standard; 1.0.1 has the choice
    assert [(one["minItems"], one["maxItems"]) for one in schema["oneOf"]] == [(4, 4), (6, 6)]


@abstract_test("features-1/conf/core/fc-bbox-response")
def fc_bbox_response(site):
    for collection in site.collections:
        west, south, east, north = collection["extent"]["spatial"]["bbox"][0]
        quarter = [west, south, (west + east) / 2, (south + north) / 2]
        everything = {feature["id"]: feature for page in every_item(site, collection, limit=1000)
                      for feature in page["features"]}
        elsewhere = ([-1.5, 50, 1.5, 53], [-80, -5, -70, 5], [177, 65, -177, 70], [-180, 85, 180, 90],
                     [-180, -90, 180, -85])
        for box in elsewhere:  # over the meridian, the equator, longitude 180 and the poles
            assert site.items(collection, bbox=",".join(map(str, box)))["numberMatched"] == 0, box
        for box in (quarter, [*quarter[:2], -100, *quarter[2:], 9000], [west, south, east, north]):
            page = site.items(collection, limit=10000, bbox=",".join(map(str, box)))
            selected = {feature["id"] for feature in page["features"]}
            flat = box if len(box) == 4 else [*box[:2], *box[3:5]]
            for name, feature in everything.items():
                bounds = box_of(feature["geometry"])
                assert name not in selected or boxes_meet(bounds, flat), (collection["id"], name)
                assert name in selected or not box_within(bounds, flat), (collection["id"], name)


@abstract_test("features-1/conf/core/fc-limit-definition")
def fc_limit_definition(site):
    parameter = site.operation(ITEMS)[1]["limit"]
    assert parameter["in"] == "query" and not parameter["required"]
    assert parameter["style"] == "form" and parameter["explode"] is False
    schema = parameter["schema"]
    assert schema["type"] == "integer" and schema["minimum"] == 1
    assert schema["minimum"] <= schema["default"] <= schema["maximum"]


@abstract_test("features-1/conf/core/fc-limit-response")
def fc_limit_response(site):
    most = site.operation(ITEMS)[1]["limit"]["schema"]["maximum"]
    for collection in site.collections:
        for limit in (1, 5, most, most + 1):
            page = site.items(collection, limit=limit)
            assert len(page["features"]) == min(limit, most, page["numberMatched"])


@abstract_test("features-1/conf/core/fc-time-definition")
def fc_time_definition(site):
    parameter = site.operation(ITEMS)[1]["datetime"]
    assert parameter["in"] == "query" and not parameter["required"]
    assert parameter["style"] == "form" and parameter["explode"] is False
    assert parameter["schema"]["type"] == "string"


@abstract_test("features-1/conf/core/fc-time-response")
def fc_time_response(site):
    for collection in site.collections:
        interval = collection["extent"].get("temporal", {}).get("interval", [[None, None]])[0]
        begin, end = interval
        for asked, low, high in (("1900-01-01", "1900", "1900"), ("2010-06-01T12:00:00Z", "2010-06-01", "2010-06-02"),
                                 ("2010-06-01T12:00:00+02:00", "2010-06-01", "2010-06-02"),
                                 ("2016-01-01/..", "2016-01-01", "9999"), ("../2008-01-01", "0000", "2008-01-02"),
                                 ("/2008-01-01", "0000", "2008-01-02"), ("2013-01-01/2018-01-01", "2013", "2018-02")):
            page = site.items(collection, datetime=asked, limit=1)
            meets = (begin is None or begin <= high) and (end is None or low <= end)
            assert bool(page["numberMatched"]) == meets, (collection["id"], asked, page["numberMatched"])


@abstract_test("features-1/conf/core/fc-response")
def fc_response(site):
    for collection in site.collections:
        page = site.items(collection)
        assert page["type"] == "FeatureCollection" and isinstance(page["features"], list)


@abstract_test("features-1/conf/core/fc-links")
def fc_links(site):
    for collection in site.collections:
        found = []
        for page in every_item(site, collection, limit=3):
            assert link(page, "self")["type"] == "application/geo+json"
            alternate = link(page, "alternate", "text/html")
            assert site.get(alternate["href"]).type == "text/html"
            found += [feature["id"] for feature in page["features"]]
        assert len(found) == len(set(found)) == page["numberMatched"]
        for one in page["links"]:
            assert one["rel"] and one["type"]


@abstract_test("features-1/conf/core/fc-timeStamp")
def fc_time_stamp(site):
    stamp = datetime.datetime.fromisoformat(site.items(site.collections[0])["timeStamp"].replace("Z", "+00:00"))
    assert abs((datetime.datetime.now(datetime.timezone.utc) - stamp).total_seconds()) < 600


@abstract_test("features-1/conf/core/fc-numberMatched")
def fc_number_matched(site):
    for collection in site.collections:
        pages = every_item(site, collection, limit=4)
        count = sum(len(page["features"]) for page in pages)
        assert {page["numberMatched"] for page in pages} == {count}
        box = ",".join(map(str, box_of(pages[0]["features"][0]["geometry"])))
        selected = every_item(site, collection, limit=2, bbox=box)
        assert {page["numberMatched"] for page in selected} == {sum(len(page["features"]) for page in selected)}


@abstract_test("features-1/conf/core/fc-numberReturned")
def fc_number_returned(site):
    for collection in site.collections:
        for page in every_item(site, collection, limit=4):
            assert page["numberReturned"] == len(page["features"])


@abstract_test("features-1/conf/core/f-op")
def f_op(site):
    for collection in site.collections:
        for feature in site.items(collection, limit=10)["features"]:
            assert item(site, collection, feature["id"]).status == 200


def item(site, collection, name, **query):
    base = link(collection, "items", "application/geo+json")["href"]
    return site.get(f"{base}/{urllib.parse.quote(name, safe='')}", **query)


@abstract_test("features-1/conf/core/f-success")
def f_success(site):
    for collection in site.collections:
        for feature in site.items(collection, limit=10)["features"]:
            alone = item(site, collection, feature["id"])
            assert alone.type == "application/geo+json"
            alone = alone.json()
            assert {name: alone[name] for name in ("type", "id", "geometry", "properties")} == feature


@abstract_test("features-1/conf/core/f-links")
def f_links(site):
    for collection in site.collections:
        feature = item(site, collection, site.items(collection, limit=1)["features"][0]["id"]).json()
        assert link(feature, "self")["type"] == "application/geo+json"
        assert site.get(link(feature, "alternate", "text/html")["href"]).type == "text/html"
        assert site.document(link(feature, "collection")["href"])["id"] == collection["id"]


@abstract_test("features-1/conf/core/query-param-invalid")
def query_param_invalid(site):
    items = link(site.collections[0], "items", "application/geo+json")["href"]
    for target, name, value in ((items, "limit", "0"), (items, "limit", "-1"), (items, "limit", "many"),
                                (items, "bbox", "1,2,3"), (items, "bbox", "1,2,three,4"), (items, "bbox", "5,46,4,45x"),
                                (items, "datetime", "yesterday"), (items, "datetime", "2015-02-30"),
                                (items, "offset", "-1"), (items, "lang", "zz"), ("/collections", "lang", "zz"),
                                ("/conformance", "lang", "zz"), ("/tiles", "lang", "zz"), ("/styles", "lang", "zz"),
                                ("/tiles", "collections", "")):
        answer = site.get(target, **{name: value})
        assert answer.status == 400 and answer.type == "application/problem+json", (target, name, value, answer.status)
        problem = answer.json()
        assert problem["status"] == 400 and problem["parameter"] == name and problem["detail"]


@abstract_test("features-1/conf/core/query-param-unknown")
def query_param_unknown(site):
    collection = site.collections[0]
    items = link(collection, "items", "application/geo+json")["href"]
    feature = site.items(collection, limit=1)["features"][0]["id"]
    for target in ("/", "/conformance", "/api", "/collections", link(collection, "self")["href"], items,
                   f"{items}/{feature}", link(collection, "self")["href"] + "/queryables"):
        answer = site.get(target, unknownQueryParameter="1")
        assert answer.status == 400, (target, answer.status)
