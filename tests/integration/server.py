"""A running geoprio for a test: started on a port that the system chooses, ended by SIGTERM."""

import http.client
import json
import os
import re
import signal
import subprocess
import threading
import time


class Server:
    """Starts `geoprio serve ATLAS`; `lines` collects what it says on standard error."""

    def __init__(self, executable, atlas, *options, ready_s=600):
        self.lines = []
        self._listening = threading.Event()
        self.port = None
        environment = dict(os.environ, LC_MESSAGES="C")
        self.process = subprocess.Popen(
            [executable, "serve", atlas, "--listen", "127.0.0.1:0", *options],
            stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=environment)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        if not self._listening.wait(ready_s) or self.port is None:
            self.process.kill()
            raise AssertionError("the server did not listen:\n" + "".join(self.lines))

    def _read(self):
        for line in self.process.stderr:
            self.lines.append(line)
            found = re.search(r"event=listening .*port=(\d+)", line)
            if found:
                self.port = int(found.group(1))
                self._listening.set()
        self._listening.set()

    def request(self, target, method="GET", headers=None, body=None):
        """(status, headers by lower-case name, body) of one request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, target, body=body, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def json(self, target, **options):
        status, _, body = self.request(target, **options)
        assert status == 200, f"{target}: {status} {body[:300]!r}"
        return json.loads(body)

    def wait_for_line(self, text, count=1, within_s=60):
        """Until so many lines on standard error hold the text."""
        until = time.monotonic() + within_s
        while sum(text in line for line in list(self.lines)) < count:
            if time.monotonic() > until:
                raise AssertionError(f"no line with {text}:\n" + "".join(self.lines))
            time.sleep(0.02)

    def stop(self):
        """SIGTERM; the exit code."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=30)
        self._reader.join()
        self.process.stderr.close()
        return code
