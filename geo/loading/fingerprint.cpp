#include "geo/loading/fingerprint.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <vector>

#include "geo/core/hash.hpp"
#include "geo/loading/load_error.hpp"

namespace geoprio::loading {
namespace {

// Raised whenever the same sources would give other tiles or documents.
constexpr const char* format_version = "geoprio-1";

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

/// The files that a file or folder stands for, in an order that every server has.
std::vector<std::filesystem::path> files_of(const std::filesystem::path& place) {
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

class FileHashes {
 public:
  FileHashes(const AtlasFile& file, Language language) : file_(file), language_(language) {}

  void add(Fnv1a& hash, const std::string& data) {
    if (data.empty()) return;
    for (const auto& path : files_of(file_of(file_.location_of(data)))) hash.add(hash_of(path));
  }

 private:
  /// Read once, however many editions use it.
  const std::string& hash_of(const std::filesystem::path& path) {
    const auto [entry, added] = hashes_.try_emplace(path.string());
    if (!added) return entry->second;
    std::ifstream stream(path, std::ios::binary);
    Fnv1a hash;
    std::array<char, 65536> block{};
    while (stream.read(block.data(), block.size()) || stream.gcount() > 0)
      hash.add({block.data(), static_cast<std::size_t>(stream.gcount())});
    if (stream.bad() || !stream.eof())
      throw LoadError(path.string() + ": " + in(language_, {"fichier illisible.", "cannot be read."}));
    entry->second = std::to_string(hash.value());
    return entry->second;
  }

  const AtlasFile& file_;
  Language language_;
  std::map<std::string, std::string> hashes_;
};

std::string hexadecimal(const Fnv1a& hash) {
  std::array<char, 17> text{};
  std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(hash.value()));
  return text.data();
}

}  // namespace

Fingerprints fingerprints_of(const AtlasFile& file, Language language) {
  FileHashes files(file, language);
  const auto fingerprint = [&](bool whole) {
    Fnv1a hash;
    hash.add(format_version).add(whole ? file.settings_whole : file.settings_public);
    for (const auto& perimeters : file.perimeters) files.add(hash, perimeters.source.data);
    if (file.population) files.add(hash, file.population->source.data);
    for (const auto& edition : file.editions) {
      if (!whole && !domain::is_public(edition.stage)) continue;
      files.add(hash, edition.quarters.source.data);
      if (edition.indicators) files.add(hash, edition.indicators->source.data);
      files.add(hash, edition.rules);
    }
    return hexadecimal(hash);
  };
  return {fingerprint(false), fingerprint(true)};
}

}  // namespace geoprio::loading
