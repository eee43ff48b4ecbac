// What the tests of geo/ogr share: all rows of a fixture.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "geo/ogr/source.hpp"

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

/// A folder of its own under the system's temporary one, gone with the object.
class ScratchFolder {
 public:
  explicit ScratchFolder(const std::string& name)
      : path_(std::filesystem::temp_directory_path() / ("geoprio-ogr-" + name)) {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~ScratchFolder() { std::filesystem::remove_all(path_); }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace geoprio::tests
