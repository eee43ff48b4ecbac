#!/usr/bin/env python3
"""The committed atlases are what their scripts make, byte for byte; a script's own checks (tiers, places) run with it."""

import filecmp
import os
import subprocess
import sys
import tempfile
import unittest

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class CommittedFiles(unittest.TestCase):
    def differing(self, folder):
        """The files that folder's make.py makes otherwise than they are committed, and how many it makes."""
        with tempfile.TemporaryDirectory() as made:
            subprocess.run([sys.executable, os.path.join(TOP, folder, "make.py"), made], check=True)
            names = sorted(os.listdir(made))
            same, _, _ = filecmp.cmpfiles(made, os.path.join(TOP, folder), names, shallow=False)
            return [name for name in names if name not in same], len(names)

    def test_the_default_atlas_is_what_its_script_makes(self):
        # Communes, cells, and for each of two editions quarters and indicators.
        self.assertEqual(self.differing("datasets/saint-etienne"), ([], 6))

    def test_the_draft_atlas_is_the_default_one_and_a_draft(self):
        # The atlas file with the draft and without, and the draft's quarters and indicators.
        self.assertEqual(self.differing("tests/fixtures/draft-atlas"), ([], 4))


if __name__ == "__main__":
    unittest.main()
