"""`geoprio serve --tls-certificate --tls-key` as operators use it: tls_test.py EXECUTABLE DATASETS."""

import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from certificate import connection_to, write_pair  # noqa: E402
from server import Server  # noqa: E402

EXECUTABLE, ATLAS = sys.argv[1], os.path.join(sys.argv[2], "saint-etienne")


def serves(*options):
    """What a server that refuses to start says, and its exit code."""
    run = subprocess.run([EXECUTABLE, "serve", ATLAS, "--listen", "127.0.0.1:0", *options],
                         capture_output=True, text=True, timeout=60, env=dict(os.environ, LC_MESSAGES="en"))
    return run.returncode, run.stderr


class Tls(unittest.TestCase):
    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.folder = place.name
        self.certificate, self.key = write_pair(self.folder)

    def started(self):
        server = Server(EXECUTABLE, ATLAS, "--tls-certificate", self.certificate, "--tls-key", self.key)
        self.addCleanup(lambda: server.process.poll() is None and server.stop())
        return server

    def asked(self, server, target, trusting=None, method="GET"):
        connection = connection_to(server.port, trusting or self.certificate)
        try:
            connection.request(method, target)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def test_the_server_is_reached_by_https_alone_and_its_links_say_so(self):
        server = self.started()
        self.assertTrue(any(f"url=https://127.0.0.1:{server.port}/" in line for line in server.lines), server.lines)
        links = json.loads(self.asked(server, "/?f=json")[2])["links"]
        for link in links:
            self.assertTrue(link["href"].startswith(f"https://127.0.0.1:{server.port}/"), link)
        status, _, tile = self.asked(server, "/xyz/2014.tiers/12/2097/1466.mvt")
        self.assertIn((status, bool(tile)), {(200, True), (204, False)})
        self.assertEqual(server.request("/")[0], 400)  # without TLS

    def test_a_long_answer_and_many_on_one_connection_come_whole(self):
        server = self.started()
        connection = connection_to(server.port, self.certificate)
        self.addCleanup(connection.close)
        lengths = set()
        for _ in range(20):
            connection.request("GET", "/exports/communes.geojson")
            answer = connection.getresponse()
            body = answer.read()
            json.loads(body)
            lengths.add(len(body))
            connection.request("HEAD", "/collections")
            head = connection.getresponse()
            self.assertEqual((head.status, head.read()), (200, b""))
        self.assertEqual(len(lengths), 1)

    def test_a_new_pair_is_taken_at_sighup_and_a_bad_one_leaves_the_old_one(self):
        server = self.started()
        old = os.path.join(self.folder, "old.pem")
        shutil.copy(self.certificate, old)
        write_pair(self.folder, "renewed")
        server.process.send_signal(signal.SIGHUP)
        server.wait_for_line("event=certificate_loaded")
        self.assertEqual(self.asked(server, "/health/live")[0], 200)
        with self.assertRaises(ssl.SSLCertVerificationError):
            self.asked(server, "/health/live", trusting=old)
        with open(self.key, "w", encoding="ascii") as file:
            file.write("no key")
        server.process.send_signal(signal.SIGHUP)
        server.wait_for_line("event=certificate_kept")
        self.assertEqual(self.asked(server, "/health/live")[0], 200)

    def test_what_cannot_serve_ends_with_2_and_says_what_to_do(self):
        code, said = serves("--tls-certificate", self.certificate, "--tls-key", os.path.join(self.folder, "no.pem"))
        self.assertEqual(code, 2)
        self.assertIn("no.pem: cannot be read", said)
        code, said = serves("--tls-certificate", self.certificate)
        self.assertEqual(code, 2)
        self.assertIn("go together", said)
        with tempfile.TemporaryDirectory() as other:
            _, other_key = write_pair(other)
            code, said = serves("--tls-certificate", self.certificate, "--tls-key", other_key)
        self.assertEqual(code, 2)
        self.assertIn("is not the key of", said)

    def test_it_stops_cleanly_with_connections_open_and_handshakes_begun(self):
        server = self.started()
        idle = connection_to(server.port, self.certificate)
        self.addCleanup(idle.close)
        idle.request("GET", "/health/live")
        self.assertEqual(idle.getresponse().read(), b'{"live":true}')
        begun = socket.create_connection(("127.0.0.1", server.port))
        self.addCleanup(begun.close)
        begun.sendall(b"\x16\x03\x01")
        self.assertEqual(self.asked(server, "/health/live")[0], 200)  # both are known to the server by now
        self.assertEqual(server.stop(), 0)
        self.assertIn("ending=clean", "".join(server.lines))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
