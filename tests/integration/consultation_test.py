"""Contributions through the real executable: what was acknowledged is there, once, whatever happens to the server."""

import http.client
import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import unittest
import uuid

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from database import PASSWORD, Database  # noqa: E402
from server import Server  # noqa: E402

EXECUTABLE, DATASETS = sys.argv[1], sys.argv[2]
KILLS = int(os.environ.get("GEOPRIO_KILLS", "50"))
JSON = {"Content-Type": "application/json"}


def remark(text, **more):
    return {"edition": "2014", "theme": "santé", "text": text, "quarter": "beaubrun", "language": "fr", **more}


class Consulted(unittest.TestCase):
    """An atlas in a folder of its own, whose store is the subclass's."""

    location = "consultation.gpkg"

    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.folder = os.path.join(place.name, "atlas")
        shutil.copytree(os.path.join(DATASETS, "saint-etienne"), self.folder)
        self.store = self.use_store(self.location)
        self.built = None
        self.servers = []
        self.addCleanup(self.stop_all)

    def use_store(self, location):
        path = os.path.join(self.folder, "atlas.toml")
        with open(path, encoding="utf-8") as file:
            lines = [line for line in file if not line.startswith("store =")]
        with open(path, "w", encoding="utf-8") as file:
            file.write(f'store = "{location}"\n' + "".join(lines))
        return os.path.join(self.folder, location)

    def stop_all(self):
        for server in self.servers:
            if server.process.poll() is None:
                self.assertEqual(server.stop(), 0)

    def serve(self, *options):
        self.servers.append(Server(EXECUTABLE, self.atlas(), *options))
        return self.servers[-1]

    def atlas(self):
        return self.built or self.folder

    def post(self, server, body, key=None, **headers):
        status, fields, answer = server.request(
            "/contributions", method="POST", body=json.dumps(body),
            headers={**JSON, "Idempotency-Key": key or str(uuid.uuid4()), **headers})
        return status, fields, json.loads(answer)

    def token(self, *options):
        result = subprocess.run([EXECUTABLE, "token", "create", self.atlas(), *options], capture_output=True, text=True,
                                timeout=120, check=True)
        return result.stdout.strip()

    def moderator(self):
        return {"Authorization": "Bearer " + self.token("--role", "moderator", "--label", "Mairie")}

    def patch(self, server, identifier, headers, **body):
        return server.request("/contributions/" + identifier, "PATCH", {**JSON, **headers}, json.dumps(body))[0]

    def quarter(self, server):
        return server.json("/collections/2014.quarters/items?limit=1")["features"][0]["id"]


class EveryStore:
    """What a GeoPackage and a database both do."""

    def test_a_contribution_survives_a_restart_and_is_published_by_a_moderator(self):
        server = self.serve()
        code = self.quarter(server)
        status, fields, taken = self.post(server, remark("Un banc à l'ombre", quarter=code))
        self.assertEqual((status, taken["state"]), (201, "pending"))
        self.assertTrue(fields["location"].endswith("/contributions/" + taken["id"]))
        self.assertEqual(server.stop(), 0)
        server = self.serve()
        self.assertEqual(server.json("/contributions")["numberMatched"], 0)
        self.assertEqual(self.patch(server, taken["id"], self.moderator(), state="published"), 200)
        published = server.json("/contributions")["features"][0]
        self.assertEqual(published["properties"]["text"], "Un banc à l'ombre")
        # At the label of its quarter.
        labels = server.json("/collections/2014.labels/items/" + code)
        self.assertEqual(published["geometry"], labels["geometry"])

    def test_two_servers_on_one_store_do_not_both_write(self):
        first, second = self.serve(), self.serve()
        second.wait_for_line("event=store_held_elsewhere")
        code = self.quarter(first)
        self.assertEqual(self.post(first, remark("a", quarter=code))[0], 201)
        status, fields, problem = self.post(second, remark("b", quarter=code))
        self.assertEqual((status, problem["type"]), (503, "urn:geoprio:problem:store-held-elsewhere"))
        self.assertIn("retry-after", fields)
        self.assertEqual(second.request("/contributions")[0], 200)
        self.assertEqual(first.stop(), 0)
        self.assertEqual(self.post(second, remark("b", quarter=code))[0], 201)

    def test_retries_at_the_same_time_are_one_contribution(self):
        server = self.serve()
        code, key = self.quarter(server), str(uuid.uuid4())
        answers = []
        threads = [threading.Thread(target=lambda: answers.append(self.post(server, remark("a", quarter=code), key)))
                   for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual({status for status, _, _ in answers}, {201})
        self.assertEqual(len({taken["id"] for _, _, taken in answers}), 1)
        listing = server.json("/contributions?state=pending", headers=self.moderator())
        self.assertEqual(listing["numberMatched"], 1)

    def test_another_body_under_a_key_is_refused_and_filters_find_what_is_there(self):
        server = self.serve()
        code, key = self.quarter(server), str(uuid.uuid4())
        self.assertEqual(self.post(server, remark("a", quarter=code), key)[0], 201)
        self.assertEqual(self.post(server, remark("b", quarter=code), key)[0], 422)
        bounds = server.json("/collections/communes")["extent"]["spatial"]["bbox"][0]
        place = {"lon": (bounds[0] + bounds[2]) / 2, "lat": (bounds[1] + bounds[3]) / 2}
        body = {name: value for name, value in remark("l'été \\' -- \"").items() if name != "quarter"}
        taken = self.post(server, {**body, **place})[2]
        moderator = self.moderator()
        self.assertEqual(self.patch(server, taken["id"], moderator, state="published", reason="d'accord"), 200)
        published = server.json("/contributions?theme=sant%C3%A9")["features"]
        self.assertEqual([feature["properties"]["text"] for feature in published], ["l'été \\' -- \""])
        lon, lat = published[0]["geometry"]["coordinates"]
        # Within half the diagonal of a cell of 200 m: 141 m, a degree being 78 and 111 km here.
        self.assertLess(((lon - place["lon"]) * 78e3) ** 2 + ((lat - place["lat"]) * 111.2e3) ** 2, 142 ** 2)
        self.assertEqual(server.json(f"/contributions?quarter={code}")["numberMatched"], 0)
        listing = server.json(f"/contributions?state=pending&quarter={code}", headers=moderator)
        self.assertEqual(listing["numberMatched"], 1)
        status, _, csv = server.request("/contributions?state=published&f=csv", headers=moderator)
        self.assertEqual(status, 200)
        self.assertIn("published (Mairie): d'accord", csv.decode())

    def test_a_token_works_at_once_until_it_is_revoked(self):
        server = self.serve()
        moderator = self.moderator()
        self.assertEqual(server.json("/session", headers=moderator), {"role": "moderator"})
        listing = subprocess.run([EXECUTABLE, "token", "list", self.atlas()], capture_output=True, text=True, check=True)
        self.assertNotIn(moderator["Authorization"].split()[1], listing.stdout)
        identifier = listing.stdout.splitlines()[1].split("\t")[0]
        subprocess.run([EXECUTABLE, "token", "revoke", self.atlas(), identifier], check=True, capture_output=True)
        self.assertEqual(server.request("/contributions", headers=moderator)[0], 401)
        self.assertEqual(server.json("/session", headers=moderator), {"role": None})
        unknown = subprocess.run([EXECUTABLE, "token", "revoke", self.atlas(), "00000000"], capture_output=True)
        self.assertEqual(unknown.returncode, 2)


class InGeoPackage(EveryStore, Consulted):
    def stored(self):
        """Ids and texts, as SQLite alone reads them."""
        with sqlite3.connect(f"file:{self.store}?mode=ro", uri=True) as database:
            self.assertEqual(database.execute("PRAGMA integrity_check").fetchone(), ("ok",))
            return dict(database.execute("SELECT id, text FROM contributions"))

    def test_nothing_that_tells_who_wrote_is_in_the_store_or_the_log(self):
        server = self.serve()
        code, kiosk, key = self.quarter(server), str(uuid.uuid4()), str(uuid.uuid4())
        telltales = {"User-Agent": "Telltale/1.0", "Kiosk-Id": kiosk, "Forwarded": "for=203.0.113.9",
                     "X-Forwarded-For": "203.0.113.9"}
        text = "Une remarque reconnaissable"
        self.assertEqual(self.post(server, remark(text, quarter=code), key, **telltales)[0], 201)
        self.assertEqual(self.post(server, remark("\x07" + text, quarter=code), **telltales)[0], 400)
        files = b""
        for name in os.listdir(self.folder):
            if name.startswith("consultation"):
                with open(os.path.join(self.folder, name), "rb") as file:
                    files += file.read()
        self.assertIn(text.encode(), files)
        self.assertEqual(server.stop(), 0)
        log = "".join(server.lines)
        self.assertIn("route=/contributions", log)
        for telltale in ("Telltale", kiosk, key, "203.0.113.9"):
            self.assertNotIn(telltale.encode(), files)
            self.assertNotIn(telltale, log)
        self.assertNotIn(b"127.0.0.1", files)
        self.assertNotIn(text, log)
        self.assertNotIn(code, log)

    def test_a_full_disk_is_a_507_that_loses_nothing_and_ends_with_the_shortage(self):
        server = self.serve()
        code = self.quarter(server)
        acknowledged = {}

        def fill(count):
            statuses = []
            for place in range(count):
                text = f"{len(acknowledged)}-{place} " + "x" * 900
                status, _, taken = self.post(server, remark(text, quarter=code))
                statuses.append(status)
                if status == 201:
                    acknowledged[taken["id"]] = text
            return statuses

        self.assertEqual(set(fill(5)), {201})
        largest = max(os.path.getsize(self.store + ending) for ending in ("", "-wal"))
        unlimited = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (largest, unlimited[1]))
        self.assertIn(507, fill(3))
        self.assertEqual(server.json("/contributions")["numberMatched"], 0)
        self.assertEqual(server.request("/xyz/2014.quarters/9/262/183.mvt")[0], 200)
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, unlimited)
        self.assertEqual(set(fill(3)), {201})
        self.assertEqual(server.stop(), 0)
        self.assertEqual(self.stored(), acknowledged)

    def test_what_is_past_its_retention_is_in_no_file_after_the_next_start(self):
        server = self.serve()
        code = self.quarter(server)
        old = self.post(server, remark("Une remarque à oublier", quarter=code))[2]["id"]
        new = self.post(server, remark("Une remarque à garder", quarter=code))[2]["id"]
        self.assertEqual(server.stop(), 0)
        with sqlite3.connect(self.store) as database:
            # SQLite looks for the functions of the spatial index's triggers, although none of them is called here.
            for name in ("ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):
                database.create_function(name, 1, lambda geometry: 1)
            database.execute("UPDATE contributions SET received = '2020-01-01' WHERE id = ?", (old,))
        server = self.serve()
        server.wait_for_line("event=store_purged")
        self.assertEqual(list(self.stored()), [new])
        for name in os.listdir(self.folder):
            with open(os.path.join(self.folder, name), "rb") as file:
                self.assertNotIn("à oublier".encode(), file.read(), name)

    def test_kill_9_under_load_loses_nothing_acknowledged_and_doubles_nothing(self):
        # A built atlas starts in the blink of an eye; the store lies beside it all the same.
        self.built = os.path.join(self.folder, "atlas.geoprio")
        subprocess.run([EXECUTABLE, "build", self.folder, "-o", self.built], check=True, capture_output=True)
        acknowledged = {}
        code = None
        for run in range(KILLS):
            server = self.serve("--access-log", "off")
            code = code or self.quarter(server)
            unsure, enough = [], threading.Event()

            def client(number):
                for place in range(200):
                    key, text = str(uuid.uuid4()), f"{run}-{number}-{place}"
                    try:
                        status, _, taken = self.post(server, remark(text, quarter=code), key)
                    except (OSError, ValueError, http.client.HTTPException):
                        unsure.append((key, text))
                        return
                    if status != 201:
                        unsure.append((key, text))
                        return
                    acknowledged[taken["id"]] = text
                    if place == 3 + run % 5:
                        enough.set()

            clients = [threading.Thread(target=client, args=(number,)) for number in range(4)]
            for thread in clients:
                thread.start()
            self.assertTrue(enough.wait(60), "no load")
            server.process.send_signal(signal.SIGKILL)
            server.process.wait()
            for thread in clients:
                thread.join()
            server.process.stderr.close()
            stored = self.stored()
            for identifier, text in acknowledged.items():
                self.assertEqual(stored.get(identifier), text, f"lost after {run + 1} kills")
            # Who had no answer says it again.
            server = self.serve("--access-log", "off") if unsure and run % 10 == 9 else None
            if server:
                for key, text in unsure:
                    status, _, taken = self.post(server, remark(text, quarter=code), key)
                    self.assertEqual(status, 201)
                    acknowledged[taken["id"]] = text
                self.assertEqual(server.stop(), 0)
        stored = self.stored()
        texts = list(stored.values())
        self.assertEqual(len(texts), len(set(texts)))
        print(f"{KILLS} kills, {len(acknowledged)} acknowledged, {len(stored)} stored")


class InDatabase(EveryStore, Consulted):
    @classmethod
    def setUpClass(cls):
        cls.database = Database()
        cls.addClassCleanup(cls.database.stop)
        cls.location = f"postgresql://reader:{PASSWORD}@127.0.0.1:{cls.database.port}/quarters"

    def setUp(self):
        self.database.execute("DROP TABLE IF EXISTS contributions, contribution_changes, staff_tokens")
        super().setUp()

    def tearDown(self):
        for server in self.servers:
            self.assertNotIn(PASSWORD, "".join(server.lines))

    def test_kill_9_loses_nothing_acknowledged_and_the_next_server_takes_over(self):
        acknowledged = set()
        for _ in range(3):
            server = self.serve()
            code = self.quarter(server)
            for place in range(5):
                status, _, taken = self.post(server, remark(str(place), quarter=code))
                # PostgreSQL may need a moment to see that the one before is gone.
                while status == 503:
                    status, _, taken = self.post(server, remark(str(place), quarter=code))
                self.assertEqual(status, 201)
                acknowledged.add(taken["id"])
            server.process.kill()
            server.process.wait()
            server.process.stderr.close()
        server = self.serve()
        listing = server.json("/contributions?state=pending&limit=100", headers=self.moderator())
        self.assertEqual({feature["id"] for feature in listing["features"]}, acknowledged)

    def test_a_lost_connection_is_a_503_and_then_made_anew(self):
        server = self.serve()
        code = self.quarter(server)
        self.assertEqual(self.post(server, remark("a", quarter=code))[0], 201)
        self.database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
                              "AND datname = 'quarters'")
        key, statuses = str(uuid.uuid4()), []
        while 201 not in statuses and len(statuses) < 20:
            statuses.append(self.post(server, remark("b", quarter=code), key)[0])
        self.assertIn(201, statuses)
        self.assertLessEqual(set(statuses), {503, 201})


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
