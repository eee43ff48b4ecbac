#include "geo/ogr/location.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <regex>
#include <vector>

#include "geo/ogr/gdal.hpp"
#include "geo/ogr/source.hpp"

namespace geoprio::ogr {

namespace {

std::string lower_case(std::string text) {
  std::ranges::transform(text, text.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  return text;
}

std::string extension_of(const std::string& path) {
  return lower_case(std::filesystem::path(path).extension().string());
}

bool is_dataset(const std::string& path) {
  static constexpr std::array extensions{".shp", ".gpkg", ".geojson", ".json", ".geojsonl", ".topojson", ".fgb",
                                         ".csv", ".kml",  ".gml",     ".tab",  ".mif",      ".ods",      ".xlsx"};
  return std::ranges::find(extensions, extension_of(path)) != extensions.end();
}

/// A plain path of the file system: no connection string, no virtual file, no inline document.
bool is_local_path(const std::string& location) {
  if (location.starts_with("/vsi") || location.starts_with("<") || location.starts_with("{")) return false;
  return !std::regex_search(location, std::regex("^[A-Za-z][A-Za-z0-9+]+:"));
}

std::vector<std::string> datasets_inside(const std::string& archive) {
  const StringListHandle names(VSIReadDirRecursive(archive.c_str()));
  std::vector<std::string> found;
  for (int index = 0; index < CSLCount(names.get()); ++index) {
    std::string name = names.get()[index];
    if (is_dataset(name) && !name.starts_with("__MACOSX")) found.push_back(std::move(name));
  }
  return found;
}

std::string stem_of(const std::string& path) { return lower_case(std::filesystem::path(path).stem().string()); }

}  // namespace

std::string openable_name(const std::string& location, const std::string& layer) {
  if (!is_local_path(location)) return location;
  std::error_code error;
  if (!std::filesystem::exists(location, error))
    throw SourceError(SourceProblem::missing, location, error ? error.message() : "");
  if (extension_of(location) != ".zip") return location;

  const std::string archive = "/vsizip/{" + location + "}";
  const auto found = datasets_inside(archive);
  if (found.empty()) throw SourceError(SourceProblem::no_layer, location, "");
  if (found.size() == 1) return archive + "/" + found.front();
  const auto chosen =
      std::ranges::find_if(found, [&](const std::string& name) { return stem_of(name) == lower_case(layer); });
  if (chosen != found.end()) return archive + "/" + *chosen;

  std::vector<std::string> stems;
  for (const auto& name : found) stems.push_back(std::filesystem::path(name).stem().string());
  throw SourceError(layer.empty() ? SourceProblem::several_layers : SourceProblem::unknown_layer, location, layer,
                    stems);
}

std::string without_passwords(std::string_view text) {
  static const std::regex assignment(R"((password\s*=\s*)('(?:[^'\\]|\\.)*'|[^\s,;'"]+))", std::regex::icase);
  static const std::regex in_url(R"((://[^/\s:@]*:)[^/\s@]*@)");
  const std::string hidden = std::regex_replace(std::string(text), assignment, "$1***");
  return std::regex_replace(hidden, in_url, "$1***@");
}

}  // namespace geoprio::ogr
