#include "geo/loading/source_files.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace geoprio::loading {
namespace {

/// The file or folder of files behind a location; empty for a database.
std::filesystem::path file_of(const std::string& location) {
  constexpr std::string_view archive = "/vsizip/";
  auto path = location.rfind(archive, 0) == 0 ? location.substr(archive.size()) : location;
  // `/vsizip/a.zip/inside.shp`: the archive is the longest part that is a file.
  for (std::filesystem::path part = path; part.has_relative_path(); part = part.parent_path())
    if (std::filesystem::is_regular_file(part)) return part;
  return std::filesystem::is_directory(path) ? std::filesystem::path(path) : std::filesystem::path();
}

std::string folded_extension(const std::filesystem::path& file) {
  auto extension = file.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return extension;
}

/// What a file of that kind is read together with, when it lies beside it under the same stem. Only these: another
/// file of that stem may be a draft's.
std::vector<std::string> companions_of(const std::string& extension) {
  if (extension == ".shp") return {".shx", ".dbf", ".prj", ".cpg"};
  if (extension == ".tab") return {".dat", ".map", ".id", ".ind"};
  if (extension == ".mif") return {".mid"};
  if (extension == ".csv") return {".csvt", ".prj"};
  return {};
}

}  // namespace

std::vector<std::filesystem::path> files_behind(const std::string& location) {
  const auto place = file_of(location);
  if (place.empty()) return {};
  std::vector<std::filesystem::path> files;
  const bool folder = std::filesystem::is_directory(place);
  const auto companions = companions_of(folder ? "" : folded_extension(place));
  if (!folder && companions.empty()) return {place};
  for (const auto& entry : std::filesystem::directory_iterator(folder ? place : place.parent_path())) {
    const bool companion =
        entry.path().stem() == place.stem() &&
        std::find(companions.begin(), companions.end(), folded_extension(entry.path())) != companions.end();
    if (entry.is_regular_file() && (folder || companion || entry.path().filename() == place.filename()))
      files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace geoprio::loading
