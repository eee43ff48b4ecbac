#include "tileserver/pyramid/archive.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <system_error>
#include <utility>

#include "geo/core/error.hpp"
#include "tileserver/cache/compression.hpp"

namespace geoprio::pyramid {
namespace {

constexpr std::size_t header_size = 127;
/// The header and the root directory are read by one request of this size (PMTiles v3, "Root directory"); what they
/// do not take of it stays empty, so that tiles can be written behind it before the directory is known.
constexpr std::size_t first_request = 16384;

std::string gzipped(std::string_view bytes) {
  constexpr int level = 9;  // once a file, read by every client
  return cache::compressed(bytes, cache::Encoding::gzip, level);
}

/// Little-endian, as everything in the format.
template <class Number>
void put(std::string& bytes, Number number) {
  for (std::size_t byte = 0; byte < sizeof number; ++byte)
    bytes.push_back(static_cast<char>(static_cast<std::uint64_t>(number) >> (8 * byte) & 0xFFU));
}

void put_varint(std::string& bytes, std::uint64_t number) {
  for (; number >= 0x80; number >>= 7U) bytes.push_back(static_cast<char>((number & 0x7FU) | 0x80U));
  bytes.push_back(static_cast<char>(number));
}

/// Two independent hashes: 40 million tiles share a 128-bit one with a chance of 10^-24. By words: byte by byte they
/// took as long as writing the tiles.
std::string digest_of(std::string_view tile) {
  std::uint64_t one = tile.size();
  std::uint64_t other = tile.size() * 0x9e3779b97f4a7c15U;
  for (std::size_t place = 0; place < tile.size(); place += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, tile.data() + place, std::min<std::size_t>(8, tile.size() - place));
    one = std::rotl(one ^ word, 27) * 0x9fb21c651e98df25U;
    other = (other ^ word) * 0xbf58476d1ce4e5b9U;
    other ^= other >> 29U;
  }
  std::string digest;
  put(digest, one);
  put(digest, other);
  return digest;
}

}  // namespace

Archive::Archive(std::filesystem::path file) : file_(std::move(file)) {
  out_.open(part(), std::ios::binary | std::ios::trunc);
  if (!out_)
    throw Error({file_.string() + " : rien ne peut être écrit là. Vérifiez que le dossier existe et ses droits.",
                 file_.string() + ": nothing can be written there. Check that the folder exists, and its rights."});
  out_.seekp(first_request);
}

Archive::~Archive() {
  out_.close();
  std::error_code ignored;  // what is not there need not be removed
  std::filesystem::remove(part(), ignored);
}

std::filesystem::path Archive::part() const {
  auto path = file_;
  path += ".part";
  return path;
}

void Archive::write(std::string_view bytes) {
  out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  check_written();
}

void Archive::check_written() const {
  if (!out_)
    throw Error({part().string() + " : l'écriture s'est arrêtée ; le disque est-il plein ?",
                 part().string() + ": writing stopped; is the disk full?"});
}

void Archive::add(std::uint64_t number, std::string_view tile) {
  ++summary_.addressed_tiles;
  const auto [found, is_new] =
      places_.try_emplace(digest_of(tile), Place{tile_bytes_, static_cast<std::uint32_t>(tile.size())});
  if (is_new) {
    write(tile);
    tile_bytes_ += tile.size();
    ++summary_.contents;
  }
  const auto& place = found->second;
  if (!entries_.empty()) {
    auto& last = entries_.back();
    if (last.offset == place.offset && last.number + last.run == number) {
      ++last.run;
      return;
    }
  }
  entries_.push_back({number, place.offset, place.length, 1});
}

std::string Archive::directory(const std::vector<Entry>& entries, std::size_t first, std::size_t end) {
  std::string bytes;
  put_varint(bytes, end - first);
  std::uint64_t before = 0;
  for (auto i = first; i < end; before = entries[i++].number) put_varint(bytes, entries[i].number - before);
  for (auto i = first; i < end; ++i) put_varint(bytes, entries[i].run);
  for (auto i = first; i < end; ++i) put_varint(bytes, entries[i].length);
  for (auto i = first; i < end; ++i) {
    const bool follows = i > first && entries[i].offset == entries[i - 1].offset + entries[i - 1].length;
    put_varint(bytes, follows ? 0 : entries[i].offset + 1);
  }
  return gzipped(bytes);
}

std::string Archive::header_of(const SectionSizes& sizes, const Description& description) const {
  std::string header = "PMTiles";
  put(header, std::uint8_t{3});
  const std::uint64_t tiles_at = first_request;
  const std::uint64_t metadata_at = tiles_at + tile_bytes_;
  const std::uint64_t leaves_at = metadata_at + sizes.metadata;
  for (const std::uint64_t number :
       {std::uint64_t{header_size}, sizes.root, metadata_at, sizes.metadata, leaves_at, sizes.leaves, tiles_at,
        tile_bytes_, summary_.addressed_tiles, summary_.entries, summary_.contents})
    put(header, number);
  constexpr std::uint8_t clustered = 1;
  constexpr std::uint8_t gzip = 2;
  constexpr std::uint8_t vector_tiles = 1;
  for (const std::uint8_t byte :
       {clustered, gzip, gzip, vector_tiles, std::uint8_t{0}, static_cast<std::uint8_t>(description.max_zoom)})
    put(header, byte);
  const auto& [low, high] = description.bounds;
  for (const std::int32_t degrees : {low.x, low.y, high.x, high.y}) put(header, static_cast<std::uint32_t>(degrees));
  put(header, std::uint8_t{0});  // the zoom to open at is the viewer's to choose
  const auto middle = [](std::int32_t a, std::int32_t b) {
    return static_cast<std::uint32_t>((std::int64_t{a} + b) / 2);
  };
  put(header, middle(low.x, high.x));
  put(header, middle(low.y, high.y));
  return header;
}

ArchiveSummary Archive::finish(const Description& description) {
  summary_.entries = entries_.size();

  auto root = directory(entries_, 0, entries_.size());
  std::string leaves;
  for (std::size_t leaf_size = 4096; root.size() > first_request - header_size; leaf_size *= 2) {
    leaves.clear();
    std::vector<Entry> roots;
    for (std::size_t first = 0; first < entries_.size(); first += leaf_size) {
      const auto leaf = directory(entries_, first, std::min(first + leaf_size, entries_.size()));
      roots.push_back({entries_[first].number, leaves.size(), static_cast<std::uint32_t>(leaf.size()), 0});
      leaves += leaf;
    }
    root = directory(roots, 0, roots.size());
  }
  const auto metadata = gzipped(description.metadata);

  const auto header = header_of({root.size(), metadata.size(), leaves.size()}, description);
  summary_.bytes = first_request + tile_bytes_ + metadata.size() + leaves.size();
  for (const auto& bytes : {metadata, leaves}) write(bytes);
  out_.seekp(0);
  for (const auto& bytes : {header, root}) write(bytes);
  out_.close();
  check_written();
  std::filesystem::rename(part(), file_);
  return summary_;
}

}  // namespace geoprio::pyramid
