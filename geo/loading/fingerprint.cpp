#include "geo/loading/fingerprint.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>

#include "geo/core/hash.hpp"
#include "geo/loading/load_error.hpp"
#include "geo/loading/source_files.hpp"

namespace geoprio::loading {
namespace {

// Raised whenever the same sources would give other tiles or documents.
constexpr const char* format_version = "geoprio-1";

class SourceHashes {
 public:
  SourceHashes(const AtlasFile& file, std::span<const SourceRecord> read, Language language)
      : file_(file), read_(read), language_(language) {}

  /// The bytes of the files behind `data`, or the snapshot that the load took of it for that set.
  void add(Fnv1a& hash, const std::string& data, const std::string& set) {
    if (data.empty()) return;
    const auto record = std::find_if(read_.begin(), read_.end(), [&](const auto& source) { return source.set == set; });
    if (record != read_.end() && record->snapshot) hash.add(std::to_string(*record->snapshot));
    for (const auto& path : files_behind(file_.location_of(data))) hash.add(hash_of(path));
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
  std::span<const SourceRecord> read_;
  Language language_;
  std::map<std::string, std::string> hashes_;
};

std::string hexadecimal(const Fnv1a& hash) {
  std::array<char, 17> text{};
  std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(hash.value()));
  return text.data();
}

}  // namespace

Fingerprints fingerprints_of(const AtlasFile& file, std::span<const SourceRecord> read, Language language) {
  SourceHashes sources(file, read, language);
  const auto fingerprint = [&](bool whole) {
    Fnv1a hash;
    hash.add(format_version).add(whole ? file.settings_whole : file.settings_public);
    for (const auto& perimeters : file.perimeters) sources.add(hash, perimeters.source.data, perimeters.id);
    if (file.population) sources.add(hash, file.population->source.data, population_set_id);
    if (file.addresses) sources.add(hash, file.addresses->data, addresses_id);
    for (const auto& edition : file.editions) {
      if (!whole && !domain::is_public(edition.stage)) continue;
      sources.add(hash, edition.quarters.source.data, edition.id);
      if (edition.indicators) sources.add(hash, edition.indicators->source.data, indicators_of(edition.id));
      sources.add(hash, edition.rules, "");
    }
    return hexadecimal(hash);
  };
  return {fingerprint(false), fingerprint(true)};
}

}  // namespace geoprio::loading
