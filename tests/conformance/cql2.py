"""CQL2 (OGC 21-065r2), annex A, for the classes that the server claims. Its tests are numbered through; here they stand
under their class and number. What they do to test data is in cql2_test_data.py."""

import json
import os
import random

from abstract_tests import abstract_test
from features_filter import fields, items_address, selected

HERE = os.path.dirname(os.path.abspath(__file__))
NUMBERS = ("number", "integer")
VALUES = {"string": "'foo'", "boolean": "true", "number": "3.14", "integer": "1"}
WORLD = "POLYGON((-180 -90,180 -90,180 90,-180 90,-180 -90))"
WORLD_BOX = "BBOX(-180,-90,180,90)"
RELATIONS = ("S_INTERSECTS", "S_DISJOINT", "S_EQUALS", "S_TOUCHES", "S_CROSSES", "S_WITHIN", "S_CONTAINS", "S_OVERLAPS")


def ids(site, collection, text):
    return set(selected(site, collection, filter=text))


def refused(site, collection, text):
    answer = site.get(items_address(collection), filter=text)
    return answer.status == 400 and answer.json()["parameter"] == "filter"


def each(site, *types):
    """(collection, a queryable of one of these types, its type)."""
    for collection in site.collections:
        for name, one in fields(site, collection, *types).items():
            yield collection, f'"{name}"', one["type"]


def combined(site, collection, predicates):
    """The combination that annex A asks for of at least ten random fours of predicates."""
    dice = random.Random(collection["id"])
    for _ in range(10):
        p1, p2, p3, p4 = (f"({dice.choice(predicates)})" for _ in range(4))
        text = f"((NOT {p1} AND {p2}) OR ({p3} and NOT {p4}) or not ({p1} AND {p4}))"
        a, b, c, d = (ids(site, collection, one) for one in (p1, p2, p3, p4))
        known = [ids(site, collection, f"{one} OR NOT {one}") for one in (p1, p2, p3, p4)]
        everything = set(selected(site, collection))
        if all(one == everything for one in known):  # no unknowns: sets say what the answer is
            assert ids(site, collection, text) == ((everything - a) & b) | (c - d) | (everything - (a & d)), text
        else:
            assert ids(site, collection, text) <= everything


@abstract_test("cql2/conf/cql2-text/1 the language is read")
def cql2_text(site):
    for one in examples():
        assert site.get(items_address(site.collections[0]), filter=one["text"]).status in (200, 400)
    assert selected(site, site.collections[0], filter="id IS NOT NULL", filter_lang="cql2-text")


@abstract_test("cql2/conf/cql2-text/2 quotes and control characters in text")
def cql2_escaping(site):
    collection = site.collections[0]
    everything = ids(site, collection, "id IS NOT NULL")
    for literal in ("'l''îlot'", "'l\\'îlot'", "'a\tb'", "'a\nb'", "'a\x07\x08\x0b\x0c\rb'"):
        assert ids(site, collection, f"{literal} = {literal}") == everything
    assert ids(site, collection, "'l''îlot' = 'l\\'îlot'") == everything


def examples():
    with open(os.path.join(HERE, "cql2_examples.json"), encoding="utf-8") as file:
        return json.load(file)["examples"]


@abstract_test("cql2/conf/cql2-json/3 the language is read")
def cql2_json(site):
    collection = site.collections[0]
    tree = {"op": "like", "args": [{"op": "casei", "args": [{"property": "name"}]}, {"op": "casei", "args": ["M%"]}]}
    assert (set(selected(site, collection, filter=json.dumps(tree), filter_lang="cql2-json")) ==
            ids(site, collection, "CASEI(name) LIKE CASEI('m%')"))


@abstract_test("cql2/conf/basic-cql2/4 basic-test: queryables and their types")
def basic_test(site):
    for collection in site.collections:
        assert fields(site, collection, *VALUES), collection["id"]


@abstract_test("cql2/conf/basic-cql2/5 comparisons")
def comparisons(site):
    for collection, name, kind in each(site, *VALUES):
        value = VALUES[kind]
        assert not ids(site, collection, f"{name} = {value}") & ids(site, collection, f"{name} <> {value}")
        if kind == "boolean":
            continue  # no server has to say which of true and false is greater; this one says so in its refusal
        assert not ids(site, collection, f"{name} > {value}") & ids(site, collection, f"{name} <= {value}")
        assert not ids(site, collection, f"{name} < {value}") & ids(site, collection, f"{name} >= {value}")


@abstract_test("cql2/conf/basic-cql2/6 IS NULL")
def is_null(site):
    for collection, name, _ in each(site, *VALUES):
        without, those_with = ids(site, collection, f"{name} IS NULL"), ids(site, collection, f"{name} is not null")
        assert not without & those_with and without | those_with == set(selected(site, collection))


@abstract_test("cql2/conf/basic-cql2/7 true and false")
def booleans(site):
    for collection in site.collections:
        assert ids(site, collection, "true") == set(selected(site, collection))
        assert ids(site, collection, "false") == set()


@abstract_test("cql2/conf/basic-cql2/9 AND, OR and NOT")
def basic_logic(site):
    for collection in site.collections:
        predicates = [f'"{name}" {sign} {VALUES[one["type"]]}' for sign in ("=", "<>")
                      for name, one in fields(site, collection, *VALUES).items()]
        combined(site, collection, predicates + ["true", "false"])


@abstract_test("cql2/conf/advanced-comparison-operators/10 LIKE")
def like(site):
    for collection, name, _ in each(site, "string"):
        assert not ids(site, collection, f"{name} like '_%'") & ids(site, collection, f"{name} like ''")
        assert ids(site, collection, f"{name} LIKE '%'") == ids(site, collection, f"{name} like '%%'")
        assert ids(site, collection, f"{name} like '\\%\\_'") == ids(site, collection, f"{name} = '%_'")


@abstract_test("cql2/conf/advanced-comparison-operators/11 BETWEEN")
def between(site):
    for collection, name, _ in each(site, *NUMBERS):
        assert (ids(site, collection, f"{name} BETWEEN 0 AND 100") ==
                ids(site, collection, f"{name} >= 0 AND {name} <= 100"))
        assert ids(site, collection, f"{name} between 100.0 and 1.0") == set()


@abstract_test("cql2/conf/advanced-comparison-operators/12 IN")
def in_list(site):
    lists = {"string": "('foo', 'bar')", "boolean": "(true)", "number": "(1, 2, 3)", "integer": "(1, 2, 3)"}
    for collection, name, kind in each(site, *VALUES):
        several = " OR ".join(f"{name} = {one}" for one in lists[kind].strip("()").split(", "))
        assert ids(site, collection, f"{name} in {lists[kind]}") == ids(site, collection, several)


@abstract_test("cql2/conf/advanced-comparison-operators/14 AND, OR and NOT")
def advanced_logic(site):
    for collection in site.collections:
        names = list(fields(site, collection, "string"))
        combined(site, collection, [f"\"{name}\" LIKE '%{letter}%'" for name in names for letter in "aeo"])


@abstract_test("cql2/conf/case-insensitive-comparison/15 CASEI in comparisons")
def casei(site):
    for collection, name, _ in each(site, "string"):
        assert not (ids(site, collection, f"CASEI({name}) = casei('foo')") &
                    ids(site, collection, f"CASEI({name}) <> casei('FOO')"))


@abstract_test("cql2/conf/case-insensitive-comparison/16 CASEI in LIKE")
def casei_like(site):
    for collection, name, _ in each(site, "string"):
        one, other = (ids(site, collection, f"CASEI({name}) LIKE casei('{text}')") for text in ("p%", "P%"))
        assert one == other >= ids(site, collection, f"{name} LIKE 'p%'")


@abstract_test("cql2/conf/accent-insensitive-comparison/19 ACCENTI in comparisons")
def accenti(site):
    for collection, name, _ in each(site, "string"):
        assert not (ids(site, collection, f"ACCENTI({name}) = accenti('äöüéáí')") &
                    ids(site, collection, f"ACCENTI({name}) <> accenti('aoueai')"))


@abstract_test("cql2/conf/accent-insensitive-comparison/20 ACCENTI in LIKE")
def accenti_like(site):
    for collection, name, _ in each(site, "string"):
        for one, other in (("Ä%", "A%"), ("%é%", "%e%")):
            assert (ids(site, collection, f"ACCENTI({name}) LIKE accenti('{one}')") ==
                    ids(site, collection, f"ACCENTI({name}) LIKE accenti('{other}')"))


@abstract_test("cql2/conf/accent-insensitive-comparison/21, 22 ACCENTI with CASEI")
def accenti_casei(site):
    for collection, name, _ in each(site, "string"):
        for sign, one, other in (("=", "ÄÉ", "ae"), ("LIKE", "Ä%", "a%"), ("LIKE", "%É%", "%e%")):
            assert (ids(site, collection, f"ACCENTI(CASEI({name})) {sign} accenti(casei('{one}'))") ==
                    ids(site, collection, f"ACCENTI(CASEI({name})) {sign} accenti(casei('{other}'))"))


@abstract_test("cql2/conf/basic-spatial-functions/25 points and boxes")
def points_and_boxes(site):
    for collection in site.collections:
        everything = set(selected(site, collection))
        assert ids(site, collection, f"S_INTERSECTS(geometry,{WORLD_BOX})") == everything
        assert ids(site, collection, "S_INTERSECTS(geometry,POINT(7.02 49.92))") == set()
        assert refused(site, collection, "S_INTERSECTS(geometry,POINT(90 180))")
        both = "S_INTERSECTS(geometry,BBOX(-180,-90,-90,90)) AND S_INTERSECTS(geometry,BBOX(90,-90,180,90))"
        assert ids(site, collection, both) == set()


@abstract_test("cql2/conf/basic-spatial-functions-plus/28 all geometries")
def all_geometries(site):
    hole = "(-120 -50, -100 -50, -100 -40, -120 -40, -120 -50)"
    part = f"((-180 -90, -90 -90, -90 90, -180 90, -180 -90), {hole})"
    for collection in site.collections:
        everything = set(selected(site, collection))
        assert refused(site, collection, "S_INTERSECTS(geometry,MULTIPOINT(7.02 49.92, 90 180))")
        for text in ("LINESTRING(-180 -45, 0 -45)", "MULTILINESTRING((-180 -45, 0 -45), (0 50, 180 50))",
                     f"POLYGON{part}", f"MULTIPOLYGON({part},((0 0, 10 0, 10 10, 0 10, 0 0)))",
                     "GEOMETRYCOLLECTION(POINT(7.02 49.92), POLYGON((0 0, 10 0, 10 10, 0 10, 0 0)))"):
            assert ids(site, collection, f"S_INTERSECTS(geometry,{text})") == set(), text
        around = "((0 40, 10 40, 10 50, 0 50, 0 40))"
        for text in (f"POLYGON{around}", f"MULTIPOLYGON({around})", f"GEOMETRYCOLLECTION(POLYGON{around})"):
            assert ids(site, collection, f"S_INTERSECTS(geometry,{text})") == everything, text


@abstract_test("cql2/conf/spatial-functions/30 to 37 the eight relations")
def relations(site):
    for collection in site.collections:
        everything = set(selected(site, collection))
        for relation in RELATIONS:
            world, box = (ids(site, collection, f"{relation}(geometry,{text})") for text in (WORLD, WORLD_BOX))
            assert world == box == (everything if relation in ("S_INTERSECTS", "S_WITHIN") else set()), relation
            for text in ("LINESTRING(7 50,10 51)", "POINT(7.02 49.92)", "MULTIPOINT(7 50,10 51)",
                         "MULTIPOINT((7 50),(10 51))"):
                far = ids(site, collection, f"{relation}(geometry,{text})")
                assert far == (everything if relation == "S_DISJOINT" else set()), (relation, text)
            assert refused(site, collection, f"{relation}(geometry,POINT(90 180))")


@abstract_test("cql2/conf/spatial-functions/39 AND, OR and NOT")
def spatial_logic(site):
    for collection in site.collections:
        west, south, east, north = collection["extent"]["spatial"]["bbox"][0]
        middle = (west + east) / 2
        boxes = (f"BBOX({west},{south},{middle},{north})", f"BBOX({middle},{south},{east},{north})")
        combined(site, collection, [f"{one}(geometry,{box})" for one in RELATIONS for box in boxes])


@abstract_test("cql2/conf/property-property/46 to 48 a property with another")
def property_property(site):
    for collection in site.collections:
        for types in (NUMBERS, ("string",), ("boolean",)):
            names = [f'"{name}"' for name in fields(site, collection, *types)]
            for one, other in zip(names, names[1:] + names[:1]):
                equal, unequal = (ids(site, collection, f"{one} {sign} {other}") for sign in ("=", "<>"))
                assert not equal & unequal
                if types == ("boolean",):
                    continue
                for below, above in (("<", ">="), (">", "<=")):
                    assert not (ids(site, collection, f"{one} {below} {other}") &
                                ids(site, collection, f"{one} {above} {other}"))


@abstract_test("cql2/conf/arithmetic/52 arithmetic")
def arithmetic(site):
    for collection, name, _ in each(site, *NUMBERS):
        known = ids(site, collection, f"{name} IS NOT NULL")
        for text in (f"2 * {name} = {name} + {name}", f"({name} + 1) * 2 > 2 * {name}",
                     f"{name} ^ 1 = {name}", f"{name} % 7 < 7", f"{name} BETWEEN {name} - 1 AND {name} + 1",
                     f"- {name} <= 0 OR {name} < 0"):
            assert ids(site, collection, text) == known, text
        assert ids(site, collection, f"{name} / 0 = 1") == set()
        assert ids(site, collection, f"{name} div 1 <= {name} + 1") == known
