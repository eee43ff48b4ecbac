"""OGC API – Features, Part 3 (OGC 19-079r2): queryables and filters, by its requirements."""

import json
import math
import urllib.parse

from abstract_tests import CRS84, REL, abstract_test, box_of, link
from features_crs import transformed

TYPES = {"string", "number", "integer", "boolean"}


def queryables(site, collection):
    return site.document(link(collection, REL + "queryables")["href"], accept="application/schema+json")


def items_address(collection):
    return link(collection, "items", "application/geo+json")["href"]


def selected(site, collection, **query):
    """The ids of what a query selects."""
    page = site.document(items_address(collection), limit=10000, **query)
    assert page["numberMatched"] == page["numberReturned"] == len(page["features"])
    return [feature["id"] for feature in page["features"]]


def fields(site, collection, *types):
    """The queryables of these JSON types, by name."""
    return {name: one for name, one in queryables(site, collection)["properties"].items() if one.get("type") in types}


@abstract_test("features-3/conf/queryables/queryables-link")
def queryables_link(site):
    for collection in site.collections:
        found = link(collection, REL + "queryables", "application/schema+json")
        assert site.get(found["href"]).status == 200


@abstract_test("features-3/conf/queryables/get-queryables-op")
def get_queryables_op(site):
    for collection in site.collections:
        address = link(collection, REL + "queryables")["href"]
        assert site.get(address, accept="application/schema+json").type == "application/schema+json"


@abstract_test("features-3/conf/queryables/get-queryables-response")
def get_queryables_response(site):
    for collection in site.collections:
        schema = queryables(site, collection)
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert schema["$id"] == link(collection, REL + "queryables")["href"]
        assert schema["type"] == "object" and isinstance(schema["properties"], dict)
        assert schema["additionalProperties"] is False
        for name, one in schema["properties"].items():
            assert one.get("type") in TYPES or one.get("format", "").startswith("geometry-"), (name, one)


@abstract_test("features-3/conf/queryables/expression-construction")
def expression_construction(site):
    """A name that is no queryable is refused, with the near one."""
    for collection in site.collections:
        answer = site.get(items_address(collection), filter="no_such_queryable = 1")
        assert answer.status == 400 and answer.json()["parameter"] == "filter"
        for name in fields(site, collection, *TYPES):
            assert site.get(items_address(collection), limit=1, filter=f'"{name}" IS NULL').status == 200, name


@abstract_test("features-3/conf/queryables-query-parameters/parameters")
def query_parameters(site):
    for collection in site.collections:
        page = site.items(collection, limit=10000)["features"]
        for name in fields(site, collection, "string", "integer"):
            values = [one["properties"][name] for one in page if one["properties"][name] is not None]
            if not values or name in ("f", "crs", "bbox", "limit", "filter"):
                continue
            expected = [one["id"] for one in page if one["properties"][name] == values[0]]
            assert by_parameter(site, collection, name, values[0]) == expected, (collection["id"], name)


def by_parameter(site, collection, name, value):
    target = items_address(collection) + "?limit=10000&" + urllib.parse.urlencode({name: value})
    return [feature["id"] for feature in site.document(target)["features"]]


@abstract_test("features-3/conf/filter/filter-param")
def filter_param(site):
    parameter = site.operation("/collections/{layer}/items")[1]["filter"]
    assert parameter["in"] == "query" and not parameter["required"] and parameter["schema"]["type"] == "string"
    assert parameter["style"] == "form" and parameter["explode"] is False


@abstract_test("features-3/conf/filter/filter-lang-param")
def filter_lang_param(site):
    schema = site.operation("/collections/{layer}/items")[1]["filter-lang"]["schema"]
    assert set(schema["enum"]) == {"cql2-text", "cql2-json"} and schema["default"] == "cql2-text"
    collection = site.collections[0]
    text, tree = "id IS NOT NULL", json.dumps({"op": "not", "args": [{"op": "isNull", "args": [{"property": "id"}]}]})
    everything = selected(site, collection)
    assert everything == selected(site, collection, filter=text)
    assert everything == selected(site, collection, filter=text, filter_lang="cql2-text")
    assert everything == selected(site, collection, filter=tree, filter_lang="cql2-json")
    assert site.get(items_address(collection), filter=text, filter_lang="ecql").status == 400
    assert site.get(items_address(collection), filter=tree, filter_lang="cql2-text").status == 400


@abstract_test("features-3/conf/filter/filter-crs-wgs84")
def filter_crs_wgs84(site):
    """Without filter-crs a geometry is longitude and latitude."""
    for collection in site.collections:
        west, south, east, north = collection["extent"]["spatial"]["bbox"][0]
        everything = selected(site, collection)
        box = f"S_INTERSECTS(geometry, BBOX({west},{south},{east},{north}))"
        assert selected(site, collection, filter=box) == everything
        assert selected(site, collection, filter=box, filter_crs=CRS84) == everything
        turned = f"S_INTERSECTS(geometry, BBOX({south},{west},{north},{east}))"
        assert selected(site, collection, filter=turned) == []


@abstract_test("features-3/conf/filter/filter-crs-param")
def filter_crs_param(site):
    collection = next(one for one in site.collections if one["id"].endswith(".labels"))
    feature = site.items(collection, limit=1)["features"][0]
    place = feature["geometry"]["coordinates"]
    for address in collection["crs"]:
        (x, y), = transformed([tuple(place)], address)
        if not all(map(math.isfinite, (x, y))):
            continue
        margin = 1e-6 if address.endswith(("4326", "CRS84")) else 0.1
        box = f"S_INTERSECTS(geometry, BBOX({x - margin!r},{y - margin!r},{x + margin!r},{y + margin!r}))"
        assert selected(site, collection, filter=box, filter_crs=address) == [feature["id"]], address
    answer = site.get(items_address(collection), filter="id = 'x'", filter_crs=CRS84.replace("CRS84", "CRS99"))
    assert answer.status == 400 and answer.json()["parameter"] == "filter-crs"


@abstract_test("features-3/conf/filter/mixing-expressions")
def mixing_expressions(site):
    """A filter and the other parameters are all asked for at once."""
    for collection in site.collections:
        first = site.items(collection, limit=1)["features"][0]
        box = ",".join(map(repr, box_of(first["geometry"])))
        both = set(selected(site, collection, bbox=box)) & set(selected(site, collection, filter="id > 'c'"))
        assert set(selected(site, collection, bbox=box, filter="id > 'c'")) == both


@abstract_test("features-3/conf/filter/response")
def filter_response(site):
    for collection in site.collections:
        everything = set(selected(site, collection))
        for name in fields(site, collection, "string"):
            page = site.items(collection, limit=10000)["features"]
            values = sorted({one["properties"][name] for one in page if one["properties"][name]})
            for value in values[:2]:
                quoted = value.replace("'", "''")
                expected = {one["id"] for one in page if one["properties"][name] == value}
                assert set(selected(site, collection, filter=f"\"{name}\" = '{quoted}'")) == expected <= everything
        assert site.get(items_address(collection), filter="id = ").status == 400


@abstract_test("features-3/conf/features-filter/response")
def features_filter_response(site):
    """The pages of a filtered collection count what the filter leaves, and lead to one another."""
    collection = next(one for one in site.collections if one["id"].endswith(".quarters"))
    page = site.items(collection, limit=5, filter="tier IS NOT NULL")
    found = [feature["id"] for feature in page["features"]]
    while any(one["rel"] == "next" for one in page["links"]):
        following = site.document(link(page, "next")["href"])
        assert following["numberMatched"] == page["numberMatched"]
        page = following
        found += [feature["id"] for feature in page["features"]]
    assert found == selected(site, collection, filter="tier IS NOT NULL") and len(found) == page["numberMatched"]
