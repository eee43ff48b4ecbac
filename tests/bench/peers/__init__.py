"""What Géoprio is measured beside, one module each.

A peer's module has `measured(site, tiles, rounds)`, where `site` is a `Site`; it gives a `Measurement`, or raises `NotHere`
with what cannot be had and why.
"""

import os
import subprocess
from dataclasses import dataclass, field


class NotHere(Exception):
    """The peer cannot be measured on this machine; the table says so in these words."""


@dataclass
class Site:
    """What is measured on: the folder of an atlas made by coverage.py, and a folder to work in."""

    place: str
    atlas: str
    work: str

    @property
    def package(self):
        return os.path.join(self.atlas, "coverage.gpkg")


@dataclass
class Measurement:
    """`milliseconds` per tile and `cpu_ms` of all tiles, one for each round; `tiles` the bytes, to be decoded.

    Time on the processor is what ratios are made of: other work on the machine lengthens the clock's time alone.
    """

    milliseconds: dict
    cpu_ms: list
    tiles: dict
    about: dict = field(default_factory=dict)  # versions, settings, what it cost to prepare


def cpu_ms_of(*pids):
    """What all threads of these processes have spent on the processor, since they began."""
    total = 0
    for pid in pids:
        for thread in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{thread}/schedstat", encoding="ascii") as file:
                total += int(file.read().split()[0])
    return total / 1e6


def run(command, **options):
    """The standard output of a command; what it complained of when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, command[:6]))}: {done.stderr.strip()[-2000:]}")
    return done.stdout
