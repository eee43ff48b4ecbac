"""`geoprio build`: one file in place of the sources, the same answers, and no answer from a damaged one."""

import json
import os
import random
import resource
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from server import Server  # noqa: E402

EXECUTABLE, DATASETS = sys.argv[1], sys.argv[2]
ATLAS = os.path.join(DATASETS, "saint-etienne")
# What the file begins with: name, version, byte order, size and sum of what follows (tileserver/atlas/built_file.cpp).
HEADER = struct.Struct("<8sIIQQ")


def run(*arguments, code=0, largest_file=None):
    def limit():
        if largest_file:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
    done = subprocess.run([EXECUTABLE, *arguments], capture_output=True, text=True, timeout=300,
                          env=dict(os.environ, LC_MESSAGES="en_GB.UTF-8"), preexec_fn=limit)
    assert done.returncode == code, f"{arguments}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done


def without_moment(document):
    document.pop("timeStamp", None)
    return document


class BuiltFile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.file = os.path.join(cls.folder.name, "atlas.geoprio")
        run("build", ATLAS, "-o", cls.file)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def in_folder(self, name):
        return os.path.join(self.folder.name, name)

    def test_it_answers_every_question_as_its_sources_do(self):
        loaded, built = Server(EXECUTABLE, ATLAS), Server(EXECUTABLE, self.file)
        try:
            here = {"Host": "atlas.example"}
            layers = [c["id"] for c in loaded.json("/collections")["collections"]]
            self.assertGreater(len(layers), 8)
            documents = ["/health/ready", "/collections", "/editions", "/styles", "/sprites/tiers.json"]
            documents += [f"/collections/{layer}" for layer in layers]
            documents += [f"/search?q={text}" for text in ("montreino", "st%20etienne", "s")]
            documents += [f"/locate?lon={lon}&lat={lat}" for lon, lat in ((4.39, 45.43), (4.41, 45.45), (2, 48))]
            documents += [f"/collections/{layer}/items?limit=10000" for layer in layers]
            documents += [f"/xyz/{layer}.json" for layer in layers]
            for edition in loaded.json("/editions")["editions"]:
                documents.append(f"/editions/{edition['id']}")
                quarters = loaded.json(f"/collections/{edition['id']}.quarters/items?limit=1000")["features"]
                documents += [f"/editions/{edition['id']}/quarters/{q['id']}" for q in quarters]
                documents += [f"/collections/{edition['id']}.quarters/items/{q['id']}" for q in quarters]
            for document in documents:
                with self.subTest(document):
                    self.assertEqual(without_moment(built.json(document, headers=here)),
                                     without_moment(loaded.json(document, headers=here)))
            tiles = 0
            for layer in layers:
                for zoom, column, row in [(0, 0, 0), (8, 131, 91), (10, 524, 366), (12, 2098, 1466), (14, 8394, 5864),
                                          (16, 33578, 23457), (5, 0, 0)]:
                    target = f"/xyz/{layer}/{zoom}/{column}/{row}.mvt"
                    from_sources, from_file = loaded.request(target), built.request(target)
                    self.assertEqual(from_file[0], from_sources[0], target)
                    self.assertEqual(from_file[1].get("etag"), from_sources[1].get("etag"), target)
                    self.assertEqual(from_file[2], from_sources[2], target)
                    tiles += from_sources[0] == 200
            self.assertGreater(tiles, 30)
        finally:
            self.assertEqual(loaded.stop(), 0)
            self.assertEqual(built.stop(), 0)

    def test_check_prints_the_report_of_the_build(self):
        self.assertEqual(run("check", self.file).stdout, run("check", ATLAS).stdout)
        self.assertEqual(json.loads(run("check", self.file, "--json").stdout),
                         json.loads(run("check", ATLAS, "--json").stdout))
        refused = run("check", self.file, "--verify", code=2).stderr
        self.assertIn("--verify computes from the sources", refused)

    def test_the_same_sources_give_the_same_bytes(self):
        run("build", ATLAS, "-o", self.in_folder("again.geoprio"))
        with open(self.file, "rb") as first, open(self.in_folder("again.geoprio"), "rb") as second:
            self.assertEqual(first.read(), second.read())

    def test_a_store_with_a_password_is_not_built_in(self):
        folder = self.in_folder("with_store")
        shutil.copytree(ATLAS, folder)
        file = os.path.join(folder, "atlas.toml")
        with open(file, encoding="utf-8") as original:
            settings = original.read()

        def store_at(place):
            with open(file, "w", encoding="utf-8") as written:
                written.write(f'store = "{place}"\n{settings}')

        output = self.in_folder("with_store.geoprio")
        for place in ("postgresql://geoprio:swordfish@db.example/consultation",
                      "PG:host=db.example user=geoprio password=swordfish"):
            with self.subTest(place):
                store_at(place)
                refused = run("build", folder, "-o", output, code=2).stderr
                for part in (file, "db.example", "PGPASSWORD"):
                    self.assertIn(part, refused)
                self.assertNotIn("swordfish", refused)
                self.assertFalse(os.path.exists(output))
        store_at("postgresql://geoprio@db.example/consultation")
        run("build", folder, "-o", output)

    def test_a_machine_with_one_core_gives_the_same_bytes(self):
        def one_core():
            os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])
        subprocess.run([EXECUTABLE, "build", ATLAS, "-o", self.in_folder("one-core.geoprio")], check=True, timeout=300,
                       capture_output=True, preexec_fn=one_core)
        with open(self.file, "rb") as first, open(self.in_folder("one-core.geoprio"), "rb") as second:
            self.assertEqual(first.read(), second.read())

    def test_a_pyramid_that_is_interrupted_leaves_no_file_under_its_name(self):
        for number, name in ((signal.SIGINT, "interrupted"), (signal.SIGTERM, "ended"), (signal.SIGKILL, "killed")):
            folder = self.in_folder(name)
            os.mkdir(folder)
            target = os.path.join(folder, "a.pmtiles")
            with open(target, "wb") as file:
                file.write(b"the pyramid of yesterday")
            making = subprocess.Popen([EXECUTABLE, "tiles", self.file, "-o", target], stdout=subprocess.DEVNULL,
                                      stderr=subprocess.DEVNULL)
            # Some file beside the old one: it is being written.
            while len(os.listdir(folder)) < 2 and making.poll() is None:
                time.sleep(0.001)
            making.send_signal(number)
            self.assertNotEqual(making.wait(timeout=60), 0, name)
            with open(target, "rb") as file:
                self.assertEqual(file.read(), b"the pyramid of yesterday", name)

    def test_a_pyramid_of_it_is_that_of_its_sources(self):
        # All zooms of an atlas that ends at 11: from its sources, --max-zoom makes ready no more than it asks for, and a
        # built file has its zooms already.
        shallow = shutil.copytree(ATLAS, self.in_folder("shallow"))
        with open(os.path.join(shallow, "atlas.toml"), "a", encoding="utf-8") as file:
            file.write("\n[tiles]\nmax_zoom = 11\n")
        run("build", shallow, "-o", self.in_folder("shallow.geoprio"))
        run("tiles", shallow, "-o", self.in_folder("a.pmtiles"))
        run("tiles", self.in_folder("shallow.geoprio"), "-o", self.in_folder("b.pmtiles"))
        with open(self.in_folder("a.pmtiles"), "rb") as first, open(self.in_folder("b.pmtiles"), "rb") as second:
            self.assertEqual(first.read(), second.read())

    def test_a_damaged_file_is_refused_wherever_the_damage_is(self):
        with open(self.file, "rb") as file:
            whole = file.read()
        chance = random.Random(20141015)
        places = list(range(8, HEADER.size)) + [chance.randrange(HEADER.size, len(whole)) for _ in range(40)]
        damaged = self.in_folder("damaged.geoprio")
        for place in places:
            with open(damaged, "wb") as file:
                file.write(whole[:place] + bytes([whole[place] ^ (1 << chance.randrange(8))]) + whole[place + 1:])
            said = run("check", damaged, code=2).stderr
            self.assertRegex(said, "geoprio build", f"byte {place}")
        for size in [9, HEADER.size, len(whole) // 2, len(whole) - 8, len(whole) - 1]:
            with open(damaged, "wb") as file:
                file.write(whole[:size])
            self.assertIn("geoprio build", run("check", damaged, code=2).stderr, f"cut to {size}")

    def test_a_file_of_another_version_says_so(self):
        with open(self.file, "rb") as file:
            whole = bytearray(file.read())
        name, version, order, size, total = HEADER.unpack_from(whole)
        self.assertEqual((name, size), (b"Geoprio\n", len(whole) - HEADER.size))
        HEADER.pack_into(whole, 0, name, version + 1, order, size, total)
        with open(self.in_folder("later.geoprio"), "wb") as file:
            file.write(whole)
        self.assertIn("another version", run("check", self.in_folder("later.geoprio"), code=2).stderr)

    def test_a_build_that_fails_leaves_nothing(self):
        self.assertIn("nothing can be written there",
                      run("build", ATLAS, "-o", self.in_folder("no/atlas.geoprio"), code=2).stderr)
        self.assertIn("built already", run("build", self.file, "-o", self.in_folder("twice.geoprio"), code=2).stderr)
        self.assertFalse(os.path.exists(self.in_folder("twice.geoprio")))
        before = sorted(os.listdir(self.folder.name))
        said = run("build", ATLAS, "-o", self.in_folder("large.geoprio"), code=2, largest_file=100_000).stderr
        self.assertIn("Is the disk full?", said)
        self.assertEqual(sorted(os.listdir(self.folder.name)), before)

    def test_a_file_that_is_replaced_is_served_when_watched(self):
        served = self.in_folder("served.geoprio")
        shutil.copy(self.file, served)
        server = Server(EXECUTABLE, served, "--watch")
        try:
            before = server.json("/health/ready")["fingerprint"]
            changed = self.in_folder("changed")
            shutil.copytree(ATLAS, changed)
            with open(os.path.join(changed, "atlas.toml"), encoding="utf-8") as file:
                settings = file.read()
            with open(os.path.join(changed, "atlas.toml"), "w", encoding="utf-8") as file:
                file.write(settings + "\n[tiles]\nmax_zoom = 15\n")
            run("build", changed, "-o", served)
            server.wait_for_line("event=reloaded")
            self.assertNotEqual(server.json("/health/ready")["fingerprint"], before)
            self.assertEqual(server.json("/xyz/2014.tiers.json")["maxzoom"], 15)
        finally:
            self.assertEqual(server.stop(), 0)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
