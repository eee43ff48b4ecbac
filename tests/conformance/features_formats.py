"""OGC API – Features, Part 1 (OGC 17-069r4), annex A: GeoJSON, HTML, OpenAPI 3.0."""

import re

from abstract_tests import abstract_test, link, links
from features_core import item

DOCUMENTS = ("/", "/conformance", "/collections", "/collections/{}", "/collections/{}/items",
             "/collections/{}/items/{}")


def documents(site):
    """An address of each kind of document that Part 1 knows."""
    collection = site.collections[0]
    feature = site.items(collection, limit=1)["features"][0]["id"]
    return [pattern.format(collection["id"], feature) for pattern in DOCUMENTS]


@abstract_test("features-1/conf/geojson/definition")
def geojson_definition(site):
    for collection in site.collections:
        items = link(collection, "items", "application/geo+json")["href"]
        assert site.get(items, accept="application/geo+json").type == "application/geo+json"
        feature = site.items(collection, limit=1)["features"][0]["id"]
        assert item(site, collection, feature).type == "application/geo+json"


@abstract_test("features-1/conf/geojson/content")
def geojson_content(site):
    """What GeoJSON asks of the features themselves is in geojson_test.py."""
    for target in documents(site)[:4]:
        answer = site.get(target, accept="application/json")
        assert answer.type == "application/json" and isinstance(answer.json(), dict)
    for collection in site.collections:
        page = site.items(collection, limit=1)
        assert {"type", "features", "links", "timeStamp", "numberMatched", "numberReturned"} <= set(page)
        alone = item(site, collection, page["features"][0]["id"]).json()
        assert alone["type"] == "Feature" and "links" in alone


@abstract_test("features-1/conf/html/definition")
def html_definition(site):
    for target in documents(site):
        assert site.get(target, accept="text/html").type == "text/html", target
        assert site.get(target, accept="text/html,application/xhtml+xml,*/*;q=0.8").type == "text/html", target


@abstract_test("features-1/conf/html/content")
def html_content(site):
    """The page holds what the JSON holds, and its links lead on."""
    for target in documents(site)[1:]:
        page = site.get(target, accept="text/html").body.decode()
        assert page.lower().startswith("<!doctype html>")
        for one in site.document(target)["links"]:
            if one["rel"] in ("items", "next", "collection"):
                place = one["href"].removeprefix(site.address).split("?")[0]
                assert place in page, (target, one)
    identifier = site.items(site.collections[0], limit=1)["features"][0]["id"]
    assert identifier in site.get(documents(site)[4], accept="text/html").body.decode()


@abstract_test("features-1/conf/oas30/completeness")
def oas30_completeness(site):
    """Every operation that the links lead to is described, with the types that it answers in."""
    patterns = {path: re.compile("^" + re.sub(r"\\\{[a-z]+\\\}", "[^/]+", re.escape(path)) + "$")
                for path in site.api["paths"]}
    seen = [site.landing, site.document("/collections")] + site.collections
    seen += [site.items(collection, limit=1) for collection in site.collections]
    for document in seen:
        for one in document["links"]:
            path = one["href"].removeprefix(site.address).split("?")[0] or "/"
            found = [name for name, pattern in patterns.items() if pattern.match(path)]
            assert found, f"{path} is not described"


@abstract_test("features-1/conf/oas30/exceptions-codes")
def oas30_exception_codes(site):
    for path, operations in site.api["paths"].items():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                if int(status) >= 400:
                    assert "application/problem+json" in site.resolved(response)["content"], (path, status)
    items = link(site.collections[0], "items", "application/geo+json")["href"]
    for target, accept, status in ((items + "?limit=0", None, "400"), (items + "/none-of-that-id", None, "404"),
                                   ("/collections/none", None, "404"), (items, "image/tiff", "406")):
        answer = site.get(target, accept=accept)
        assert str(answer.status) == status and answer.type == "application/problem+json", (target, answer.status)
    assert {"400", "404", "406"} <= set(site.operation("/collections/{layer}/items")[0]["responses"])


@abstract_test("features-1/conf/oas30/definition-1")
def oas30_definition_1(site):
    for one in links(site.landing, "service-desc"):
        answer = site.get(one["href"], accept=one["type"])
        assert answer.headers["content-type"] == "application/vnd.oai.openapi+json;version=3.0" == one["type"]


@abstract_test("features-1/conf/oas30/definition-2")
def oas30_definition_2(site):
    """The document keeps to OpenAPI 3.0; schemathesis_test.py gives it to a validator, this holds what needs none."""
    assert re.fullmatch(r"3\.0\.\d", site.api["openapi"])
    assert site.api["info"]["title"] and site.api["info"]["version"]
    names = []
    for path, operations in site.api["paths"].items():
        for method, operation in operations.items():
            names.append(operation["operationId"])
            assert operation["responses"], (path, method)
            inside = {one["name"] for one in map(site.resolved, operation.get("parameters", [])) if one["in"] == "path"}
            assert inside == set(re.findall(r"\{([a-z]+)\}", path)), (path, inside)
    assert len(set(names)) == len(names)


@abstract_test("features-1/conf/oas30/oas-impl")
def oas30_impl(site):
    """What is described is there: every address without parameters answers as described."""
    for path, operations in site.api["paths"].items():
        if "{" in path or "get" not in operations:
            continue
        answer = site.get(path)
        described = operations["get"]["responses"].get(str(answer.status))
        assert described, (path, answer.status)
        assert answer.type in {name.split(";")[0] for name in site.resolved(described).get("content", {})}, path


@abstract_test("features-1/conf/oas30/security")
def oas30_security(site):
    """What is public asks for no credentials, and none are described for it."""
    for path, operations in site.api["paths"].items():
        if path.startswith("/collections"):
            assert not operations["get"].get("security") and not site.api.get("security")
