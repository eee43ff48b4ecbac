"""OGC API – Styles, Part 1 (draft OGC 20-009): its requirements for reading; OGC API – Common's for documents."""

import xml.etree.ElementTree

from abstract_tests import REL, abstract_test, link, links

MAPBOX = "application/vnd.mapbox.style+json"


def styles(site):
    return site.document(link(site.landing, REL + "styles")["href"])["styles"]


@abstract_test("styles-1/conf/core/base-resource-link")
def base_resource_link(site):
    assert link(site.landing, REL + "styles")["href"] == site.address + "/styles"


@abstract_test("styles-1/conf/core/styles-op")
def styles_op(site):
    assert site.get("/styles", accept="application/json").type == "application/json"


@abstract_test("styles-1/conf/core/styles-success")
def styles_success(site):
    found = styles(site)
    assert found and len({one["id"] for one in found}) == len(found)
    for one in found:
        assert one["title"]
        for stylesheet in links(one, "stylesheet"):
            assert site.get(stylesheet["href"], accept=stylesheet["type"]).type == stylesheet["type"].split(";")[0]
    document = site.document("/styles")
    assert "default" not in document or document["default"] in {one["id"] for one in found}


@abstract_test("styles-1/conf/core/style-op")
def style_op(site):
    for one in styles(site):
        for stylesheet in links(one, "stylesheet"):
            assert site.get(stylesheet["href"]).status == 200
    assert site.get("/styles/none").status == 404


@abstract_test("styles-1/conf/core/style-success")
def style_success(site):
    for one in styles(site):
        for stylesheet in links(one, "stylesheet"):
            answer = site.get(stylesheet["href"])
            assert answer.type == stylesheet["type"].split(";")[0]
            if answer.type.endswith("json"):
                assert answer.json()["version"] == 8
            else:
                xml.etree.ElementTree.fromstring(answer.body)


@abstract_test("styles-1/conf/core/style-feature-type")
def style_feature_type(site):
    """The layers that a style names are layers of its sources' tiles."""
    for one in styles(site):
        style = site.document(link(one, "stylesheet", MAPBOX)["href"])
        named = {layer["source-layer"] for layer in style["layers"] if "source-layer" in layer}
        served = set()
        for source in style["sources"].values():
            tilejson = site.document(source["url"]) if "url" in source else source
            served |= {layer["id"] for layer in tilejson.get("vector_layers", [])}
        assert named and named <= served, (named, served)


@abstract_test("styles-1/conf/mapbox-styles/content")
def mapbox_content(site):
    for one in styles(site):
        stylesheet = link(one, "stylesheet", MAPBOX)
        answer = site.get(stylesheet["href"], accept=MAPBOX)
        assert answer.type == MAPBOX
        style = answer.json()
        assert style["version"] == 8 and style["layers"] and style["sources"]
        for layer in style["layers"]:
            assert layer["type"] == "background" or layer["source"] in style["sources"]


@abstract_test("styles-1/conf/html/content")
def styles_html(site):
    assert site.get("/styles", accept="text/html").type == "text/html"
    for one in styles(site):
        assert site.get(link(one, "alternate", "text/html")["href"]).type == "text/html"


@abstract_test("common-1/conf/core/http")
def common_http(site):
    """HEAD wherever GET; what is not served is 404, what is not offered 406, what cannot be written to 405."""
    for target in ("/", "/conformance", "/collections", "/tiles", "/styles"):
        get, head = site.get(target), site.get(target, method="HEAD")
        assert head.status == get.status == 200 and not head.body
        assert head.headers.get("content-length") == str(len(get.body))
        assert site.get(target, accept="image/tiff").status == 406
        refused = site.get(target, method="DELETE")
        assert refused.status == 405 and "GET" in refused.headers["allow"]
    assert site.get("/nothing/here").status == 404


@abstract_test("common-1/conf/landing-page/root-success")
def common_landing_page(site):
    for relation in ("service-desc", "service-doc", "conformance", "data", "self"):
        assert link(site.landing, relation)
    assert site.landing["title"] and site.landing["description"]
