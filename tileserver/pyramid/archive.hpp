// A PMTiles v3 archive, written from first to last tile.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "geo/core/box.hpp"

namespace geoprio::pyramid {

struct ArchiveSummary {
  std::uint64_t addressed_tiles = 0;
  std::uint64_t entries = 0;   ///< runs of equal tiles
  std::uint64_t contents = 0;  ///< different tiles
  std::uint64_t bytes = 0;     ///< of the whole file
};

/// Clustered: tiles lie in the order of their numbers. Equal tiles are kept once. The file is written beside its final
/// name (`FILE.part`), and is there, whole, when `finish` returns: an archive that is destroyed
/// before leaves nothing behind. Thread safety: used by one thread at a time.
class Archive {
 public:
  /// @throws Error when nothing can be written there.
  explicit Archive(std::filesystem::path file);
  ~Archive();
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  /// `number` (see hilbert.hpp) is larger than the one before; `tile` is a gzipped vector tile, not empty.
  /// @throws Error when the disk is full.
  void add(std::uint64_t number, std::string_view tile);

  struct Description {
    std::string metadata;  ///< JSON
    unsigned max_zoom = 0;
    DegreeBox bounds;
  };
  ArchiveSummary finish(const Description& description);

 private:
  struct Entry {
    std::uint64_t number = 0;
    std::uint64_t offset = 0;
    std::uint32_t length = 0;
    std::uint32_t run = 0;  ///< 0 in a directory of directories
  };
  struct Place {
    std::uint64_t offset = 0;
    std::uint32_t length = 0;
  };
  /// In bytes.
  struct SectionSizes {
    std::uint64_t root = 0, metadata = 0, leaves = 0;
  };
  [[nodiscard]] std::string header_of(const SectionSizes& sizes, const Description& description) const;
  static std::string directory(const std::vector<Entry>& entries, std::size_t first, std::size_t end);

  [[nodiscard]] std::filesystem::path part() const;
  void write(std::string_view bytes);
  void check_written() const;

  std::filesystem::path file_;
  std::ofstream out_;
  std::uint64_t tile_bytes_ = 0;
  std::vector<Entry> entries_;
  std::unordered_map<std::string, Place> places_;  ///< by a 128-bit digest of the tile
  ArchiveSummary summary_;
};

}  // namespace geoprio::pyramid
