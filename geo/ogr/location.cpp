#include "geo/ogr/location.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <filesystem>
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

bool is_letter(char letter) { return (letter | 0x20) >= 'a' && (letter | 0x20) <= 'z'; }
bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

/// A plain path of the file system: no connection string, no virtual file, no inline document.
bool is_local_path(const std::string& location) {
  if (location.starts_with("/vsi") || location.starts_with("<") || location.starts_with("{")) return false;
  const std::size_t colon = location.find(':');
  const bool has_scheme =
      colon != std::string::npos && colon >= 2 &&
      std::all_of(location.begin(), location.begin() + static_cast<std::ptrdiff_t>(colon),
                  [](char letter) { return is_letter(letter) || is_digit(letter) || letter == '+'; });
  return !has_scheme;
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

// By hand: GCC 12's std::regex does not compile without warnings under the address sanitizer.

/// `password = secret` and `password='se\'cret'`, as libpq reads them.
void hide_assigned_passwords(std::string& text) {
  static constexpr std::string_view key = "password";
  std::size_t at = 0;
  while ((at = lower_case(text).find(key, at)) != std::string::npos) {
    at += key.size();
    const std::size_t equals = text.find_first_not_of(" \t", at);
    if (equals == std::string::npos || text[equals] != '=') continue;
    const std::size_t start = text.find_first_not_of(" \t", equals + 1);
    if (start == std::string::npos) return;
    std::size_t end = start;
    if (text[start] == '\'') {
      for (++end; end < text.size() && text[end] != '\''; ++end)
        if (text[end] == '\\') ++end;
      end = std::min(end + 1, text.size());
    } else {
      end = std::min(text.find_first_of(" \t\n,;'\"", start), text.size());
    }
    text.replace(start, end - start, "***");
    at = start;
  }
}

/// `scheme://user:secret@host`.
void hide_passwords_in_urls(std::string& text) {
  static constexpr std::string_view mark = "://";
  std::size_t at = 0;
  while ((at = text.find(mark, at)) != std::string::npos) {
    at += mark.size();
    const std::size_t end = std::min(text.find_first_of("/ \t\n", at), text.size());
    const std::size_t sign = text.substr(0, end).rfind('@');
    const std::size_t colon = text.find(':', at);
    if (sign == std::string::npos || sign < at || colon == std::string::npos || colon > sign) continue;
    text.replace(colon + 1, sign - colon - 1, "***");
  }
}

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

bool is_postgresql(const std::string& location) {
  return lower_case(location).starts_with("pg:") || location.starts_with("postgresql://");
}

std::string without_passwords(std::string_view text) {
  std::string hidden(text);
  hide_assigned_passwords(hidden);
  hide_passwords_in_urls(hidden);
  return hidden;
}

}  // namespace geoprio::ogr
