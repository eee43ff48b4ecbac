"""What a test of a client needs on the machine; where it is missing the test says so and is skipped."""

import importlib.util
import os
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "integration"))

SKIPPED = 77  # what CMakeLists.txt tells CTest


def _missing(what, package):
    print(f"NOT RUN: {what} is not on this machine. ./dev clients installs it (package {package}).",
          file=sys.stderr, flush=True)
    # After an installation nothing may be missing: `./dev clients` sets this.
    sys.exit(1 if os.environ.get("GEOPRIO_CLIENTS") == "required" else SKIPPED)


def needs_program(name, package):
    """Its path."""
    path = shutil.which(name)
    if path is None:
        _missing(name, package)
    return path


def needs_module(name, package):
    """A module of Debian's Python."""
    if importlib.util.find_spec(name) is None:
        _missing(f"Python's {name}", package)


def needs_r_package(name, package):
    rscript = needs_program("Rscript", package)
    found = subprocess.run([rscript, "-e", f'quit(status = !requireNamespace("{name}", quietly = TRUE))'],
                           capture_output=True)
    if found.returncode != 0:
        _missing(f"R's {name}", package)


def needs_node_modules():
    """What the build of the pages installed from npm."""
    folder = os.environ.get("GEOPRIO_WEB_WORK", "")
    if not os.path.isdir(os.path.join(folder, "node_modules")):
        _missing("the pages' node_modules", "npm, and a build with GEOPRIO_WEB")
