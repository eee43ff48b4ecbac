"""Hot tiles, beside nginx and tileserver-gl-light, and the mixed load: what serving.py prints, kept as it stands."""

import os
import shutil
import sys

from peers import NotHere, run
from peers.geoprio import EXECUTABLE

PROGRAM = os.path.join(os.path.dirname(os.path.abspath(__file__)), "serving.py")


def tileserver_gl(work):
    """The script of tileserver-gl-light, installed from npm."""
    if shutil.which("npm") is None:
        raise NotHere("npm is not installed")
    place = os.path.join(work, "tsgl")
    script = os.path.join(place, "node_modules", ".bin", "tileserver-gl")
    if not os.path.exists(script):
        os.makedirs(place, exist_ok=True)
        try:
            run(["npm", "install", "--no-audit", "--no-fund", "--silent", "--prefix", place, "tileserver-gl-light@5.6.0"])
        except RuntimeError as error:
            raise NotHere(f"npm did not install it ({str(error)[-200:]})") from error
    return os.path.realpath(script)


def measured(work, rounds, say):
    if not os.path.exists(PROGRAM):
        raise NotHere("serving is not measured yet")
    pages = {}
    for scenario in ("hot", "mixed"):
        say(scenario)
        try:
            pages[scenario] = run([sys.executable, PROGRAM, EXECUTABLE, scenario, "--runs", str(rounds)])
        except RuntimeError as error:
            pages[scenario] = f"Failed: {error}"
    missing = {}
    say("tileserver-gl")
    try:
        pages["tileserver-gl"] = run([sys.executable, PROGRAM, EXECUTABLE, "tileserver-gl", "--tileserver-gl", tileserver_gl(work), "--runs", str(rounds)])
    except (NotHere, RuntimeError) as reason:
        missing["tileserver-gl-light"] = str(reason)
    return {"pages": pages, "missing": missing}
