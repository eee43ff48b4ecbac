"""OGC API – Tiles, Part 1 (OGC 20-057), annex A, and the tile matrix sets of OGC 17-083r4."""

import math

from abstract_tests import CRS84, REL, abstract_test, link, links

SCHEME = REL + "tiling-scheme"
MVT = "application/vnd.mapbox-vector-tile"
QUAD = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"
OPERATIONS = {"/tiles": ".dataset.vector.getTileSetsList", "/tiles/WebMercatorQuad": ".dataset.vector.getTileSet",
              "/tiles/WebMercatorQuad/{z}/{y}/{x}": ".dataset.vector.getTile",
              "/collections/{layer}/tiles": ".collection.vector.getTileSetsList",
              "/collections/{layer}/tiles/WebMercatorQuad": ".collection.vector.getTileSet",
              "/collections/{layer}/tiles/WebMercatorQuad/{z}/{y}/{x}": ".collection.vector.getTile",
              "/tileMatrixSets": "getTileMatrixSetsList", "/tileMatrixSets/WebMercatorQuad": "getTileMatrixSet"}


def tilesets_lists(site):
    """The dataset's list of tilesets, and each collection's."""
    return [link(one, REL + "tilesets-vector", "application/json")["href"] for one in (site.landing, *site.collections)]


def tilesets(site):
    for address in tilesets_lists(site):
        for one in site.document(address)["tilesets"]:
            yield site.document(link(one, "self", "application/json")["href"])


def tile_address(tileset, matrix, row, column):
    template = link(tileset, "item", MVT)
    return template["href"].format(tileMatrix=matrix, tileRow=row, tileCol=column)


def limits_of(tileset, matrix):
    return next(one for one in tileset["tileMatrixSetLimits"] if one["tileMatrix"] == str(matrix))


def deepest(tileset):
    return tileset["tileMatrixSetLimits"][-1]["tileMatrix"]


def layer_names(tile):
    """The names of a vector tile's layers (MVT 2.1: field 3 of a tile, field 1 of a layer)."""
    def varint(place):
        value = shift = 0
        while True:
            byte = tile[place]
            value |= (byte & 0x7F) << shift
            place, shift = place + 1, shift + 7
            if byte < 0x80:
                return value, place

    names, place = [], 0
    while place < len(tile):
        key, place = varint(place)
        length, place = varint(place)
        assert key == 3 << 3 | 2, "a tile holds layers alone"
        end, inside = place + length, place
        while inside < end:
            field, inside = varint(inside)
            if field & 7 == 2:
                size, inside = varint(inside)
                if field >> 3 == 1:
                    names.append(tile[inside:inside + size].decode())
                inside += size
            else:
                _, inside = varint(inside)
        place = end
    return names


@abstract_test("tiles-1/conf/core/tc-op")
def tc_op(site):
    for tileset in tilesets(site):
        low = limits_of(tileset, 8)
        answer = site.get(tile_address(tileset, 8, low["minTileRow"], low["minTileCol"]))
        assert answer.status in (200, 204), answer.status


@abstract_test("tiles-1/conf/core/tc-variables")
def tc_variables(site):
    """tilematrix-, tilerow- and tilecol-definition: the variables are the matrix's id, then row, then column."""
    for path in ("/tiles/WebMercatorQuad/{z}/{y}/{x}", "/collections/{layer}/tiles/WebMercatorQuad/{z}/{y}/{x}"):
        parameters = site.operation(path)[1]
        for name in "zyx":
            assert parameters[name]["in"] == "path" and parameters[name]["required"]
            assert parameters[name]["schema"]["type"] == "integer" and parameters[name]["schema"]["minimum"] == 0
    tileset = next(iter(tilesets(site)))
    low = limits_of(tileset, 12)
    assert low["minTileRow"] != low["minTileCol"]
    row, column = low["minTileRow"], low["minTileCol"]
    assert site.get(tile_address(tileset, 12, row, column)).status == 200
    assert site.get(tile_address(tileset, 12, column, row)).status == 204


@abstract_test("tiles-1/conf/core/tc-success")
def tc_success(site):
    for tileset in tilesets(site):
        found = 0
        for matrix in (0, 8, 10):
            limits = limits_of(tileset, matrix)
            for row in range(limits["minTileRow"], limits["maxTileRow"] + 1):
                for column in range(limits["minTileCol"], limits["maxTileCol"] + 1):
                    answer = site.get(tile_address(tileset, matrix, row, column))
                    assert answer.status in (200, 204)
                    assert bool(answer.body) == (answer.status == 200)
                    found += answer.status == 200
        assert found


@abstract_test("tiles-1/conf/core/tc-error")
def tc_error(site):
    for tileset in tilesets(site):
        for matrix, row, column in ((0, 1, 0), (0, 0, 1), (3, 8, 0), (3, 0, 8), (99, 0, 0), ("none", 0, 0),
                                    (3, -1, 0), (8, 2**31 - 1, 2**31 - 1), (int(deepest(tileset)) + 1, 0, 0)):
            answer = site.get(tile_address(tileset, matrix, row, column))
            assert answer.status == 404 and answer.type == "application/problem+json", (matrix, row, column)


@abstract_test("tiles-1/conf/core/conformance-success")
def tiles_conformance_success(site):
    classes = site.document("/conformance")["conformsTo"]
    for name in ("core", "tileset", "tilesets-list", "dataset-tilesets", "geodata-tilesets", "collections-selection",
                 "mvt", "oas30"):
        assert f"http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/{name}" in classes


@abstract_test("tiles-1/conf/tileset/description")
def tileset_description(site):
    for tileset in tilesets(site):
        assert tileset["dataType"] == "vector" and tileset["tileMatrixSetURI"] == QUAD
        assert tileset["crs"] == "http://www.opengis.net/def/crs/EPSG/0/3857"
        scheme = site.document(link(tileset, SCHEME, "application/json")["href"])
        assert scheme["id"] == "WebMercatorQuad" and scheme["crs"] == tileset["crs"]
        item = link(tileset, "item", MVT)
        assert item["templated"] is True
        for variable in ("{tileMatrix}", "{tileRow}", "{tileCol}"):
            assert variable in item["href"]
        for layer in tileset["layers"]:
            assert site.document(link(layer, REL + "geodata")["href"])["id"] == layer["id"]


@abstract_test("tiles-1/conf/tileset/limits")
def tileset_limits(site):
    """What lies outside the limits is empty, and each limit is touched by the bounding box."""
    for tileset in tilesets(site):
        box = tileset["boundingBox"]
        assert box["crs"] == CRS84
        matrix = 9
        limits = limits_of(tileset, matrix)

        def column(longitude):
            return math.floor((longitude + 180) / 360 * 2**matrix)

        def row(latitude):
            return math.floor((1 - math.asinh(math.tan(math.radians(latitude))) / math.pi) / 2 * 2**matrix)

        (west, south), (east, north) = box["lowerLeft"], box["upperRight"]
        assert (limits["minTileCol"], limits["maxTileCol"]) == (column(west), column(east))
        assert (limits["minTileRow"], limits["maxTileRow"]) == (row(north), row(south))
        for beside in ((limits["minTileRow"] - 1, limits["minTileCol"]),
                       (limits["maxTileRow"], limits["maxTileCol"] + 1)):
            assert site.get(tile_address(tileset, matrix, *beside)).status in (200, 204)
        assert site.get(tile_address(tileset, matrix, limits["minTileRow"] - 2, limits["minTileCol"])).status == 204


@abstract_test("tiles-1/conf/tilesets-list/tileset-links")
def tileset_links(site):
    for address in tilesets_lists(site):
        assert address.endswith("/tiles")
        document = site.document(address)
        assert document["tilesets"]
        for one in document["tilesets"]:
            assert one["dataType"] == "vector" and one["crs"] and one["tileMatrixSetURI"] == QUAD
            assert link(one, "self", "application/json")["href"] == address + "/WebMercatorQuad"
            assert site.get(link(one, SCHEME)["href"]).status == 200


@abstract_test("tiles-1/conf/dataset-tilesets/landingpage")
def dataset_tilesets_landing_page(site):
    found = link(site.landing, REL + "tilesets-vector")
    assert found["type"] == "application/json" and site.get(found["href"]).status == 200


@abstract_test("tiles-1/conf/dataset-tilesets/operation")
def dataset_tilesets_operation(site):
    address = link(site.landing, REL + "tilesets-vector")["href"]
    assert {"tilesets", "links"} <= set(site.document(address, accept="application/json"))
    assert site.get(address, accept="text/html").type == "text/html"


@abstract_test("tiles-1/conf/geodata-tilesets/desc-links")
def geodata_desc_links(site):
    for collection in site.collections:
        found = links(collection, REL + "tilesets-vector", "application/json")
        assert len(found) == 1
        assert found[0]["href"] == link(collection, "self")["href"] + "/tiles"


@abstract_test("tiles-1/conf/geodata-tilesets/operation")
def geodata_operation(site):
    for collection in site.collections:
        tileset = site.document(link(collection, "self")["href"] + "/tiles/WebMercatorQuad")
        low = limits_of(tileset, 0)
        answer = site.get(tile_address(tileset, 0, low["minTileRow"], low["minTileCol"]))
        assert answer.status in (200, 204)
        if answer.status == 200:
            assert layer_names(answer.body) == [collection["id"]]


@abstract_test("tiles-1/conf/collections-selection/collections-parameter")
def collections_parameter(site):
    for path in ("/tiles", "/tiles/WebMercatorQuad", "/tiles/WebMercatorQuad/{z}/{y}/{x}"):
        parameter = site.operation(path)[1]["collections"]
        assert parameter["in"] == "query" and not parameter["required"]
        assert parameter["style"] == "form" and parameter["explode"] is False
        assert parameter["schema"]["type"] == "array"
        assert set(parameter["schema"]["items"]["enum"]) == {one["id"] for one in site.collections}


@abstract_test("tiles-1/conf/collections-selection/collections-response")
def collections_response(site):
    chosen = [one["id"] for one in site.collections if one["id"].endswith((".quarters", ".labels"))][:2]
    tileset = site.document("/tiles/WebMercatorQuad", collections=",".join(chosen))
    assert [layer["id"] for layer in tileset["layers"]] == chosen
    low = limits_of(tileset, 0)
    tile = site.get(tile_address(tileset, 0, low["minTileRow"], low["minTileCol"])).body
    assert set(layer_names(tile)) <= set(chosen)
    assert site.get("/tiles/WebMercatorQuad", collections="none").status in (400, 404)


@abstract_test("tiles-1/conf/mvt/content")
def mvt_content(site):
    for tileset in tilesets(site):
        names = {layer["id"] for layer in tileset["layers"]}
        limits = limits_of(tileset, 11)
        for row in range(limits["minTileRow"], limits["maxTileRow"] + 1):
            for column in range(limits["minTileCol"], limits["maxTileCol"] + 1):
                answer = site.get(tile_address(tileset, 11, row, column), accept=MVT)
                if answer.status == 204:
                    continue
                assert answer.type == MVT
                found = layer_names(answer.body)
                assert found and len(set(found)) == len(found) and set(found) <= names


@abstract_test("tiles-1/conf/oas30/completeness")
def tiles_completeness(site):
    """All that the tilesets' links lead to is described."""
    paths = set(site.api["paths"])
    assert set(OPERATIONS) <= paths
    for path in OPERATIONS:
        get, _ = site.operation(path)
        assert {"200"} <= set(get["responses"])


@abstract_test("tiles-1/conf/oas30/operation-id")
def tiles_operation_id(site):
    for path, identifier in OPERATIONS.items():
        assert site.operation(path)[0]["operationId"].endswith(identifier), path


@abstract_test("tms-2/conf/tilematrixset/json")
def tile_matrix_set(site):
    """OGC 17-083r4, annex D.1: WebMercatorQuad, its numbers worked out from the radius of WGS 84."""
    listed = site.document(link(site.landing, REL + "tiling-schemes")["href"])["tileMatrixSets"]
    for one in listed:
        scheme = site.document(link(one, "self")["href"])
        assert (scheme["id"], scheme["uri"], scheme["crs"]) == (one["id"], QUAD, one["crs"])
        side = 2 * math.pi * 6378137
        for zoom, matrix in enumerate(scheme["tileMatrices"]):
            assert matrix["id"] == str(zoom) and matrix["matrixWidth"] == matrix["matrixHeight"] == 2**zoom
            cell = side / 2**zoom / matrix["tileWidth"]
            assert math.isclose(matrix["cellSize"], cell, rel_tol=1e-12)
            # 17-083r4 §6.1.1: a pixel is 0.28 mm; the scale of WebMercatorQuad's level 0.
            assert math.isclose(matrix["scaleDenominator"], cell / 0.00028, rel_tol=1e-12)
            assert [round(abs(c), 6) for c in matrix["pointOfOrigin"]] == [round(side / 2, 6)] * 2
        assert math.isclose(scheme["tileMatrices"][0]["scaleDenominator"], 559082264.028717, rel_tol=1e-12)
