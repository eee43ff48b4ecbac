"""QGIS without its window: Debian's python3-qgis, drawing on no screen."""

import os
import sys
import tempfile

import tools

tools.needs_module("qgis", "python3-qgis")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# A profile of its own: what the person at this machine has set is not under test, nor changed.
_profile = tempfile.TemporaryDirectory()
os.environ["QGIS_CUSTOM_CONFIG_PATH"] = _profile.name
os.environ["XDG_RUNTIME_DIR"] = _profile.name

from qgis.core import QgsApplication  # noqa: E402


def started():
    """The application; keep it as long as QGIS is used."""
    application = QgsApplication([], False)
    application.initQgis()
    return application


def end(result):
    """With what the tests came to. QGIS falls over its own libraries when Python takes itself down: it is not let to."""
    sys.stdout.flush()
    sys.stderr.flush()
    _profile.cleanup()
    os._exit(0 if result.wasSuccessful() else 1)
