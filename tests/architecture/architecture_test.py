#!/usr/bin/env python3
"""The check of the architecture can fail: small trees with one fault each, and their twins without it."""

import os
import re
import tempfile
import unittest

import architecture


class Architecture(unittest.TestCase):
    def faults_of(self, files):
        """The faults of a tree of files given as {path: text}."""
        with tempfile.TemporaryDirectory() as top:
            for path, text in files.items():
                os.makedirs(os.path.dirname(os.path.join(top, path)), exist_ok=True)
                with open(os.path.join(top, path), "w", encoding="utf-8") as file:
                    file.write(text)
            return architecture.faults(top)

    def assert_one_fault(self, files, where, *words):
        found = self.faults_of(files)
        self.assertEqual(len(found), 1, found)
        self.assertTrue(found[0].startswith(where + ": "), found)
        for word in words:
            self.assertIn(word, found[0])

    def assert_no_fault(self, files):
        self.assertEqual(self.faults_of(files), [])

    def test_an_include_against_an_arrow_is_a_fault(self):
        self.assert_one_fault({"geo/core/box.cpp": '#include "geo/partition/noding.hpp"\n'}, "geo/core/box.cpp:1",
                              "geo/core", "geo/partition")

    def test_geography_knows_no_server(self):
        self.assert_one_fault({"geo/mvt/encoder.cpp": '#include <string>\n#include "tileserver/service/router.hpp"\n'},
                              "geo/mvt/encoder.cpp:2", "tileserver/service")

    def test_two_folders_side_by_side_do_not_see_each_other(self):
        self.assert_one_fault({"geo/geometry/repair.cpp": '#include "geo/projection/reprojector.hpp"\n'},
                              "geo/geometry/repair.cpp:1", "geo/projection")

    def test_all_that_lies_below_is_reached(self):
        self.assert_no_fault({"tileserver/http/server.cpp": '#include "geo/core/box.hpp"\n'})

    def test_tiling_draws_with_web_mercator_and_with_nothing_else_of_projection(self):
        self.assert_no_fault({"geo/tiling/chains.cpp": '#include "geo/projection/web_mercator.hpp"\n'})
        self.assert_one_fault({"geo/tiling/chains.cpp": '#include "geo/projection/reprojector.hpp"\n'},
                              "geo/tiling/chains.cpp:1", "geo/projection")

    def test_web_mercator_itself_needs_no_proj(self):
        self.assert_one_fault({"geo/projection/web_mercator.cpp": "#include <proj.h>\n"},
                              "geo/projection/web_mercator.cpp:1", "only geo/projection")

    def test_a_folder_without_arrows_is_a_fault(self):
        self.assert_one_fault({"geo/weather/rain.cpp": "#include <vector>\n"}, "geo/weather/rain.cpp:1", "no arrow")

    def test_a_third_party_header_stays_in_its_folder(self):
        for header, place in [("gdal.h", "geo/ogr"), ("cpl_conv.h", "geo/ogr"), ("geos_c.h", "geo/geometry"),
                              ("proj.h", "geo/projection"), ("toml++/toml.h", "geo/loading"),
                              ("google/protobuf/arena.h", "geo/mvt"), ("boost/beast.hpp", "tileserver/http"),
                              ("nlohmann/json.hpp", "tileserver/service"), ("spdlog/logger.h", "tileserver/observability")]:
            with self.subTest(header):
                self.assert_no_fault({f"{place}/owner.cpp": f"#include <{header}>\n"})
                self.assert_one_fault({"geo/domain/quarter.cpp": f"#include <{header}>\n"}, "geo/domain/quarter.cpp:1",
                                      header, place)

    def test_quotes_hide_no_third_party_header(self):
        self.assert_one_fault({"geo/domain/quarter.cpp": '#include "gdal.h"\n'}, "geo/domain/quarter.cpp:1", "geo/ogr")

    def test_a_header_that_nobody_owns_is_a_fault(self):
        self.assert_one_fault({"geo/core/box.cpp": "#include <curl/curl.h>\n"}, "geo/core/box.cpp:1", "nobody owns")

    def test_tests_may_ask_another_library_but_take_catch_from_its_wrapper(self):
        self.assert_no_fault({"tests/geo/partition/dissolve_test.cpp": "#include <geos_c.h>\n"})
        self.assert_one_fault({"tests/geo/partition/dissolve_test.cpp": "#include <catch2/catch.hpp>\n"},
                              "tests/geo/partition/dissolve_test.cpp:1", "tests/support")

    def test_the_product_includes_nothing_of_the_tests(self):
        self.assert_one_fault({"geo/core/box.cpp": '#include "tests/support/catch.hpp"\n'}, "geo/core/box.cpp:1", "tests")

    def test_geography_needs_no_operating_system(self):
        self.assert_one_fault({"geo/core/box.cpp": "#include <sys/mman.h>\n"}, "geo/core/box.cpp:1", "operating system")
        self.assert_no_fault({"tileserver/http/server.cpp": "#include <sys/socket.h>\n"})

    def test_an_include_is_written_from_the_top(self):
        self.assert_one_fault({"geo/core/box.cpp": '#include "lon_lat.hpp"\n'}, "geo/core/box.cpp:1", "from the top")

    def test_a_source_file_includes_its_own_header_first(self):
        header = {"geo/core/box.hpp": "#pragma once\n"}
        self.assert_no_fault({**header, "geo/core/box.cpp": '#include "geo/core/box.hpp"\n#include <vector>\n'})
        self.assert_one_fault({**header, "geo/core/box.cpp": '#include <vector>\n#include "geo/core/box.hpp"\n'},
                              "geo/core/box.cpp:1", "comes first")

    def test_a_header_without_pragma_once_is_a_fault(self):
        self.assert_one_fault({"geo/core/box.hpp": "// #pragma once\n"}, "geo/core/box.hpp:1", "#pragma once")

    def test_the_401st_line_is_one_too_many(self):
        for path in ("geo/core/box.cpp", "tileserver/web/map.ts", "tests/geo/core/box_test.cpp"):
            with self.subTest(path):
                self.assert_no_fault({path: "\n" * 400})
                self.assert_one_fault({path: "\n" * 401}, f"{path}:401", "401 lines")

    def test_every_tidy_check_that_is_left_out_has_its_reason(self):
        with open(os.path.join(architecture.TOP, ".clang-tidy"), encoding="utf-8") as file:
            reasons, checks = file.read().split("\nChecks:")
        left_out = re.findall(r"^ +-([a-z]+-[A-Za-z.-]+)", checks, re.MULTILINE)
        explained = set(re.findall(r"[a-z]+-[A-Za-z.-]+(?=[,:])", reasons))
        self.assertEqual(sorted(left_out), sorted(explained))

    def test_this_repository_has_no_fault(self):
        self.assertEqual(architecture.faults(architecture.TOP), [])


if __name__ == "__main__":
    unittest.main()
