"""Times a list of URLs one after another over one kept connection, by curl: a client whose own cost is small and equal."""

import os
import shutil
import socket

from peers import NotHere, cpu_ms_of, run


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def curl(urls, outputs, work):
    """Seconds of each, from sending the request, on a connection that is there already, to the last byte."""
    wanted = os.path.join(work, "requests")
    with open(wanted, "w", encoding="utf-8") as file:
        for url, output in zip(urls, outputs, strict=True):
            file.write(f'url = "{url}"\noutput = "{output}"\n')
    lines = run(["curl", "--silent", "--globoff", "-K", wanted, "-w", "%{http_code} %{time_total}\n"]).splitlines()
    taken = []
    for url, line in zip(urls, lines, strict=True):
        status, seconds = line.split()
        if status != "200":
            raise RuntimeError(f"{url}: {status}")
        taken.append(float(seconds))
    return taken


def timed_requests(urls, work, rounds, pids):
    """(milliseconds per place and CPU milliseconds of the processes, one for each round; bytes per place) for {place: URL}.

    The answers are kept in a round before those that are timed: writing them to files takes the client several times as
    long as asking for them.
    """
    if shutil.which("curl") is None:
        raise NotHere("curl is not installed")
    folder = os.path.join(work, "answers")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    files = [os.path.join(folder, str(number)) for number in range(len(urls))]
    curl(urls.values(), files, work)
    bytes_of = {}
    for place, path in zip(urls, files, strict=True):
        with open(path, "rb") as file:
            bytes_of[place] = file.read()
    milliseconds = {place: [] for place in urls}
    cpu_ms = []
    for _ in range(rounds):
        before = cpu_ms_of(*pids)
        taken = curl(urls.values(), [os.devnull] * len(urls), work)
        cpu_ms.append(cpu_ms_of(*pids) - before)
        for place, seconds in zip(urls, taken, strict=True):
            milliseconds[place].append(seconds * 1000)
    return milliseconds, cpu_ms, bytes_of
