"""The abstract tests of the OGC's standards: each a function under the identifier that its standard gives it, run
against a server and counted by conformance class."""

import http.client
import json
import traceback
import urllib.parse

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
REL = "http://www.opengis.net/def/rel/ogc/1.0/"

TESTS = []


class Skipped(Exception):
    """A test that cannot be done here, and why."""


def abstract_test(identifier):
    """Registers a test that takes a Site. `identifier`: the standard and its test, like `features-1/conf/core/http`."""
    def register(function):
        TESTS.append((identifier, function))
        return function
    return register


class Answer:
    def __init__(self, response):
        self.version = response.version
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.body = response.read()

    @property
    def type(self):
        return self.headers.get("content-type", "").split(";")[0].strip()

    def json(self):
        return json.loads(self.body)


class Site:
    """A server by its address, as a client sees it that knows nothing but the standards."""

    def __init__(self, port):
        self.address = f"http://127.0.0.1:{port}"
        self.landing = self.document("/")
        self.api = self.document(link(self.landing, "service-desc")["href"],
                                 accept="application/vnd.oai.openapi+json;version=3.0")
        self.collections = self.document(link(self.landing, "data")["href"])["collections"]

    def get(self, target, accept=None, method="GET", **query):
        parts = urllib.parse.urlsplit(target)
        path = (parts.path or "/") + ("?" + parts.query if parts.query else "")
        if query:
            named = urllib.parse.urlencode({name.replace("_", "-"): value for name, value in query.items()})
            path += ("&" if parts.query else "?") + named
        host = urllib.parse.urlsplit(self.address).netloc
        assert parts.netloc in ("", host), f"{target} leads away from the server"
        connection = http.client.HTTPConnection(host, timeout=60)
        try:
            connection.request(method, path, headers={"Accept": accept} if accept else {})
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def document(self, target, accept=None, **query):
        answer = self.get(target, accept, **query)
        assert answer.status == 200, f"{target} {query}: {answer.status} {answer.body[:200]!r}"
        return answer.json()

    def items(self, collection, **query):
        """A page of a collection; by a standard's client, so by its link."""
        return self.document(link(collection, "items", "application/geo+json")["href"], **query)

    def operation(self, path):
        """A GET of the API definition; its parameters by name."""
        get = self.api["paths"][path]["get"]
        return get, {one["name"]: one for one in map(self.resolved, get.get("parameters", []))}

    def resolved(self, part):
        while "$ref" in part:
            steps = part["$ref"].removeprefix("#/").split("/")
            part = self.api
            for step in steps:
                part = part[step.replace("~1", "/").replace("~0", "~")]
        return part


def links(document, relation, media_type=None):
    return [one for one in document["links"]
            if one["rel"] == relation and media_type in (None, one.get("type"))]


def link(document, relation, media_type=None):
    found = links(document, relation, media_type)
    assert found, f"no link {relation} {media_type or ''} among {[one['rel'] for one in document['links']]}"
    return found[0]


def positions(geometry):
    """Every position of a geometry."""
    if geometry is None:
        return
    if geometry["type"] == "GeometryCollection":
        for member in geometry["geometries"]:
            yield from positions(member)
        return
    stack = [geometry["coordinates"]]
    while stack:
        part = stack.pop()
        if part and isinstance(part[0], (int, float)):
            yield part
        else:
            stack.extend(reversed(part))


def box_of(geometry):
    """[west, south, east, north]."""
    eastings, northings = zip(*((place[0], place[1]) for place in positions(geometry)))
    return [min(eastings), min(northings), max(eastings), max(northings)]


def boxes_meet(one, other):
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def box_within(inner, outer):
    return outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def run(site, wanted=""):
    """Runs every test whose identifier holds `wanted`; whether all passed."""
    counts = {}
    failures = []
    for identifier, function in TESTS:
        if wanted not in identifier:
            continue
        count = counts.setdefault(identifier.rsplit("/", 1)[0], {"passed": 0, "failed": 0, "skipped": 0})
        try:
            function(site)
            count["passed"] += 1
        except Skipped as reason:
            count["skipped"] += 1
            print(f"skipped {identifier}: {reason}")
        except Exception as failure:  # a test that breaks has failed
            count["failed"] += 1
            failures.append(identifier)
            where = traceback.extract_tb(failure.__traceback__)[-1]
            print(f"FAILED {identifier}: {type(failure).__name__}: {failure} ({where.name}, line {where.lineno})")
    for name, count in counts.items():
        print(f"{name}: " + ", ".join(f"{number} {word}" for word, number in count.items() if number))
    total = {word: sum(count[word] for count in counts.values()) for word in ("passed", "failed", "skipped")}
    print(f"abstract tests: {total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped")
    return bool(total["passed"]) and not failures
