"""Runs the abstract tests against the default atlas: run.py EXECUTABLE DATASETS [PART OF AN IDENTIFIER]."""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "integration")]

import abstract_tests  # noqa: E402
import cql2  # noqa: E402, F401
import features_core  # noqa: E402, F401
import features_crs  # noqa: E402, F401
import features_formats  # noqa: E402, F401
import features_filter  # noqa: E402, F401
import styles  # noqa: E402, F401
import tiles  # noqa: E402, F401
from server import Server  # noqa: E402


def main(executable, datasets, wanted=""):
    server = Server(executable, os.path.join(datasets, "saint-etienne"))
    try:
        return 0 if abstract_tests.run(abstract_tests.Site(server.port), wanted) else 1
    finally:
        server.stop()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
