"""An atlas whose quarters and indicators lie in a PostGIS database, through the real executable."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from database import PASSWORD, Database, free_port  # noqa: E402
from server import Server  # noqa: E402

EXECUTABLE = sys.argv[1]
# A square of 0.01 degree: its area is 870,300 m² to the square hectometre, by 78,290 m and 111,160 m a degree at 45.405°.
SQUARE = "POLYGON(({w} 45.4,{w} 45.41,{e} 45.41,{e} 45.4,{w} 45.4))"
QUARTERS = [("QP042001", "Montreynaud", 4.00), ("QP042002", "Cité d'été", 4.10), ("QP042003", "Solaure", 4.20)]

def square(west):
    return SQUARE.format(w=west, e=round(west + 0.01, 2))


def insert(table, rows, srid=4326):
    values = ", ".join("('{}', '{}', ST_GeomFromText('{}', {}))".format(code, name.replace("'", "''"), square(west), srid)
                       for code, name, west in rows)
    return f"INSERT INTO {table} (code, nom, geom) VALUES {values}"


class FromDatabase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.database = Database()
        cls.addClassCleanup(cls.database.stop)
        cls.database.execute("CREATE TABLE quarters (code text, nom text, geom geometry(Polygon, 4326))")
        cls.database.execute("CREATE TABLE unplaced (code text, nom text, geom geometry(Polygon))")
        cls.database.execute("CREATE TABLE figures (code text, households integer)")
        cls.database.execute(insert("unplaced", QUARTERS, srid=0))
        cls.database.execute("INSERT INTO figures VALUES ('QP042001', 1200), ('QP042002', 800), ('QP999999', 1)")

    def setUp(self):
        self.database.execute("TRUNCATE quarters; " + insert("quarters", QUARTERS))
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.folder = place.name

    def write_atlas(self, connection, layer="quarters", indicators="", rest=""):
        with open(os.path.join(self.folder, "atlas.toml"), "w", encoding="utf-8") as file:
            file.write(f'title = "Essai"\nmetric_crs = "EPSG:2154"\n[[editions]]\nid = "2014"\n'
                       f'stage = "consultation"\nquarters = {{ data = "{connection}", layer = "{layer}", '
                       f'code = "code", name = "nom" }}\n{indicators}\n{rest}')

    def check(self, *options, language="en"):
        result = subprocess.run([EXECUTABLE, "check", self.folder, *options], capture_output=True, text=True,
                                timeout=120, env=dict(os.environ, LC_ALL=f"{language}_FR.UTF-8"))
        self.assertNotIn(PASSWORD, result.stdout + result.stderr)
        return result

    def fingerprint(self):
        result = self.check("--json")
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        return json.loads(result.stdout)["fingerprint"]

    def test_check_reads_a_table_and_names_it_without_its_password(self):
        self.write_atlas(self.database.connection())
        result = self.check("--json")
        self.assertEqual(result.returncode, 0, result.stderr)
        source = json.loads(result.stdout)["sources"][0]
        self.assertEqual((source["layer"], source["read"], source["refused"]), ("quarters", 3, 0))
        self.assertIn("password=***", source["file"])

    def test_the_server_serves_a_table(self):
        self.write_atlas(self.database.connection())
        server = Server(EXECUTABLE, self.folder)
        try:
            items = server.json("/collections/2014.quarters/items")["features"]
            self.assertEqual({f["id"]: f["properties"]["name"] for f in items}, {c: n for c, n, _ in QUARTERS})
            for feature in items:
                self.assertAlmostEqual(feature["properties"]["area_m2"] / 870_300, 1, places=3)
            # Tile 9/261/183: 3.515625 to 4.21875 degrees east, around 45.4 north.
            self.assertEqual(server.request("/xyz/2014.quarters/9/261/183.mvt")[0], 200)
        finally:
            self.assertEqual(server.stop(), 0)
        self.assertNotIn(PASSWORD, "".join(server.lines))

    def test_a_table_without_a_system_is_refused_with_what_to_write(self):
        self.write_atlas(self.database.connection(), layer="unplaced")
        result = self.check()
        self.assertEqual(result.returncode, 2)
        self.assertIn("declares no coordinate reference system", result.stderr)
        self.assertIn('crs = "EPSG:2154"', result.stderr)
        self.write_atlas(self.database.connection() + '", crs = "EPSG:4326', layer="unplaced")
        self.assertEqual(self.check().returncode, 0)

    def test_a_server_that_cannot_be_reached_is_named_with_what_to_do(self):
        port = free_port()
        self.write_atlas(self.database.connection(port))
        for language, words in (("en", ("cannot connect to the database", "Check that the server runs", "~/.pgpass")),
                                ("fr", ("impossible de se connecter à la base", "Vérifiez que le serveur tourne"))):
            result = self.check(language=language)
            self.assertEqual(result.returncode, 2)
            for said in (*words, "host=127.0.0.1", f"port={port}", "dbname=quarters"):
                self.assertIn(said, result.stderr)

    def test_a_server_that_says_nothing_is_given_up(self):
        with socket.socket() as silent:
            silent.bind(("127.0.0.1", 0))
            silent.listen()
            self.write_atlas(self.database.connection(silent.getsockname()[1]))
            # It takes the connection and never answers: without a bound the check would never end.
            result = self.check()
        self.assertEqual(result.returncode, 2)
        self.assertIn("cannot connect to the database", result.stderr)

    def test_a_wrong_password_and_an_unknown_table_are_named_without_the_password(self):
        self.write_atlas(self.database.connection(password="faux"))
        result = self.check()
        self.assertEqual(result.returncode, 2)
        self.assertIn('password authentication failed for user "reader"', result.stderr)
        self.assertNotIn("faux", result.stderr)
        self.write_atlas(self.database.connection(), layer="quartiers")
        result = self.check()
        self.assertEqual(result.returncode, 2)
        self.assertIn("quartiers", result.stderr)

    def test_indicators_from_a_table_are_joined_and_warned_of_without_the_password(self):
        connection = self.database.connection()
        figures = f'indicators = {{ data = "{connection}", layer = "figures", key = "code" }}'
        self.write_atlas(connection, indicators=figures)
        result = self.check()
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("QP999999", result.stdout)  # without a quarter
        self.assertIn("QP042003", result.stdout)  # without indicators
        self.write_atlas(connection, indicators=figures.replace('key = "code"', 'key = "cod"'))
        result = self.check()
        self.assertEqual(result.returncode, 2)
        self.assertIn("no field “cod”", result.stderr)

    def test_the_fingerprint_is_of_the_rows_in_whatever_order_and_of_no_connection(self):
        self.write_atlas(self.database.connection())
        first = self.fingerprint()
        self.database.execute("TRUNCATE quarters; " + insert("quarters", reversed(QUARTERS)))
        self.assertEqual(self.fingerprint(), first)
        self.write_atlas(self.database.connection().replace("127.0.0.1", "localhost") + " application_name=geoprio")
        self.assertEqual(self.fingerprint(), first)

    def test_rows_in_another_order_are_served_as_the_same_bytes(self):
        self.write_atlas(self.database.connection())
        answers = []
        for rows in (QUARTERS, QUARTERS[::-1]):
            self.database.execute("TRUNCATE quarters; " + insert("quarters", rows))
            server = Server(EXECUTABLE, self.folder)
            try:
                answers.append([server.request(target)[2] for target in
                                ("/collections/2014.quarters/items", "/xyz/2014.quarters/9/261/183.mvt")])
            finally:
                server.stop()
        self.assertEqual(answers[0][1], answers[1][1])
        self.assertEqual(*([f["id"] for f in json.loads(items)["features"]] for items, _ in answers))

    def test_a_changed_attribute_perimeter_or_figure_changes_the_fingerprint(self):
        connection = self.database.connection()
        self.write_atlas(connection,
                         indicators=f'indicators = {{ data = "{connection}", layer = "figures", key = "code" }}')
        seen = [self.fingerprint()]
        for change in ("UPDATE quarters SET nom = 'Solaure-Centre' WHERE code = 'QP042003'",
                       "UPDATE quarters SET geom = ST_Translate(geom, 0.0001, 0) WHERE code = 'QP042001'",
                       "DELETE FROM quarters WHERE code = 'QP042002'",
                       "UPDATE figures SET households = 801 WHERE code = 'QP042002'"):
            self.database.execute(change)
            seen.append(self.fingerprint())
        self.assertEqual(len(set(seen)), len(seen))

    def test_addresses_in_a_table_are_in_the_fingerprint(self):
        self.database.execute("DROP TABLE IF EXISTS addresses; CREATE TABLE addresses (id text, numero int, "
                              "nom_voie text, code_postal text, code_insee text, nom_commune text, lon text, lat text)")
        self.database.execute("INSERT INTO addresses VALUES ('a', 1, 'Rue Neuve', '42000', '42218', 'X', '4', '45'), "
                              "('b', 2, 'Rue Neuve', '42000', '42218', 'X', '4', '45')")
        self.write_atlas(self.database.connection(),
                         rest=f'[addresses]\ndata = "{self.database.connection()}"\nlayer = "addresses"\n')
        first = self.fingerprint()
        self.database.execute("TRUNCATE addresses; INSERT INTO addresses VALUES "
                              "('b', 2, 'Rue Neuve', '42000', '42218', 'X', '4', '45'), "
                              "('a', 1, 'Rue Neuve', '42000', '42218', 'X', '4', '45')")
        self.assertEqual(self.fingerprint(), first)
        self.database.execute("UPDATE addresses SET numero = 3 WHERE numero = 2")
        self.assertNotEqual(self.fingerprint(), first)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
