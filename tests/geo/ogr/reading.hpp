// What the tests of geo/ogr share: all rows of a fixture.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "geo/ogr/source.hpp"
#include "tests/support/scratch_folder.hpp"

namespace geoprio::tests {

inline std::string fixture(const std::string& name) {
  return std::string(GEOPRIO_SOURCE_FOLDER) + "/tests/geo/ogr/fixtures/" + name;
}

inline ogr::Source opened(const std::string& location, const std::string& layer = "",
                          const std::string& encoding = "") {
  return ogr::Source::open({.location = location, .layer = layer, .encoding = encoding});
}

inline std::vector<ogr::SourceFeature> all_rows(ogr::Source& source) {
  std::vector<ogr::SourceFeature> rows;
  source.for_each([&rows](ogr::SourceFeature&& row) { rows.push_back(std::move(row)); });
  return rows;
}

}  // namespace geoprio::tests
