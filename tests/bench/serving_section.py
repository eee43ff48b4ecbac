"""Hot tiles and the mixed load: what serving.py prints, kept as it stands."""

import os
import sys

from peers import NotHere, run
from peers.geoprio import EXECUTABLE

PROGRAM = os.path.join(os.path.dirname(os.path.abspath(__file__)), "serving.py")


def measured(rounds, say):
    if not os.path.exists(PROGRAM):
        raise NotHere("serving is not measured yet")
    pages = {}
    for scenario in ("hot", "mixed"):
        say(scenario)
        try:
            pages[scenario] = run([sys.executable, PROGRAM, EXECUTABLE, scenario, "--runs", str(rounds)])
        except RuntimeError as error:
            pages[scenario] = f"Failed: {error}"
    return {"pages": pages}
