"""Times a list of URLs one after another over one kept connection, by curl: a client whose own cost is small and equal."""

import os
import shutil
import socket

from peers import NotHere, cpu_ms_of, run


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def timed_requests(urls, work, rounds, pids):
    """(milliseconds per place and CPU milliseconds of the processes, one for each round; bytes per place) for {place: URL}."""
    if shutil.which("curl") is None:
        raise NotHere("curl is not installed")
    folder = os.path.join(work, "answers")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    wanted = os.path.join(work, "requests")
    with open(wanted, "w", encoding="utf-8") as file:
        for number, url in enumerate(urls.values()):
            file.write(f'url = "{url}"\noutput = "{folder}/{number}"\n')
    milliseconds = {place: [] for place in urls}
    cpu_ms = []
    for _ in range(rounds):
        before = cpu_ms_of(*pids)
        # The request itself: from sending it, on a connection that is there already, to the answer's last byte.
        lines = run(["curl", "--silent", "--globoff", "-K", wanted, "-w", "%{http_code} %{time_total} %{num_connects}\n"]).splitlines()
        cpu_ms.append(cpu_ms_of(*pids) - before)
        for place, line in zip(urls, lines, strict=True):
            status, seconds, _ = line.split()
            if status != "200":
                raise RuntimeError(f"{urls[place]}: {status}")
            milliseconds[place].append(float(seconds) * 1000)
    bytes_of = {}
    for number, place in enumerate(urls):
        with open(os.path.join(folder, str(number)), "rb") as file:
            bytes_of[place] = file.read()
    return milliseconds, cpu_ms, bytes_of
