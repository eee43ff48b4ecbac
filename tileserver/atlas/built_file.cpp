#include "tileserver/atlas/built_file.hpp"

#include <array>
#include <cstddef>
#include <cstring>
#include <fstream>
#include <span>
#include <string>
#include <utility>

#include "geo/core/archive.hpp"
#include "geo/core/error.hpp"
#include "tileserver/atlas/mapped_file.hpp"
#include "tileserver/atlas/network_tiles.hpp"

namespace geoprio::atlas {
namespace {

/// To be raised whenever something that is written changes: a file of another version is refused.
constexpr std::uint32_t format_version = 6;
constexpr std::array<char, 8> magic{'G', 'e', 'o', 'p', 'r', 'i', 'o', '\n'};

/// Followed by the archive of the members.
struct Header {
  std::array<char, 8> name = magic;
  std::uint32_t version = format_version;
  std::uint32_t byte_order = 0x01020304;  ///< reads otherwise on a machine of the other kind
  std::uint64_t size = 0;                 ///< of what follows
  std::uint64_t sum = 0;                  ///< of what follows
};
static_assert(std::has_unique_object_representations_v<Header> && sizeof(Header) % 8 == 0);

[[noreturn]] void refuse(const std::filesystem::path& file, const BilingualText& why) {
  throw Error({file.string() + " : " + why.french, file.string() + ": " + why.english});
}

/// The archive behind a header that says the truth.
std::span<const std::byte> checked_body(const std::filesystem::path& file, std::span<const std::byte> bytes) {
  Header header;
  if (bytes.size() < sizeof header)
    refuse(file, {"n'est pas un atlas construit entier. Refaites-le par geoprio build.",
                  "is not a whole built atlas. Make it again with geoprio build."});
  std::memcpy(&header, bytes.data(), sizeof header);
  if (header.name != magic)
    refuse(file, {"n'est pas un atlas construit (geoprio build).", "is not a built atlas (geoprio build)."});
  if (header.version != format_version || header.byte_order != Header().byte_order)
    refuse(file, {"a été construit par une autre version de geoprio ou sur une autre machine. Refaites-le par geoprio "
                  "build.",
                  "was built by another version of geoprio or on another kind of machine. Make it again with geoprio "
                  "build."});
  const auto body = bytes.subspan(sizeof header);
  WordSum sum;
  sum.add({reinterpret_cast<const std::uint64_t*>(body.data()), body.size() / 8});
  if (header.size != body.size() || header.sum != sum.value())
    refuse(file, {"est tronqué ou abîmé. Copiez-le de nouveau, ou refaites-le par geoprio build.",
                  "is cut short or damaged. Copy it again, or make it again with geoprio build."});
  return body;
}

void write(ArchiveWriter& writer, const Atlas& atlas) {
  writer.add(atlas);
  writer.add(dynamic_cast<const NetworkTiles&>(*atlas.tiles));
}

std::shared_ptr<const Atlas> read_atlas(ArchiveReader& reader) {
  auto atlas = std::make_shared<Atlas>();
  auto tiles = std::make_shared<NetworkTiles>();
  reader.read(*atlas);
  reader.read(*tiles);
  atlas->tiles = std::move(tiles);
  return atlas;
}

}  // namespace

bool is_built_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::array<char, magic.size()> start{};
  in.read(start.data(), start.size());
  return in && start == magic;
}

void write_built_file(const std::filesystem::path& file, const BuiltAtlas& built) {
  auto part = file;
  part += ".part";
  std::ofstream out(part, std::ios::binary | std::ios::trunc);
  if (!out)
    refuse(file, {"rien ne peut être écrit là. Vérifiez que le dossier existe et ses droits.",
                  "nothing can be written there. Check that the folder exists, and its rights."});
  Header header;
  const auto write_header = [&] { out.write(reinterpret_cast<const char*>(&header), sizeof header); };
  write_header();
  ArchiveWriter writer(out);
  write(writer, *built.atlases.everyone);
  writer.add(built.atlases.staff != nullptr);
  if (built.atlases.staff) write(writer, *built.atlases.staff);
  writer.add(built.report);
  writer.add(built.cache_mb);
  header.size = writer.size();
  header.sum = writer.sum();
  out.seekp(0);
  write_header();
  out.close();
  std::error_code failure;
  if (out) std::filesystem::rename(part, file, failure);
  if (out && !failure) return;
  std::error_code ignored;  // what is not there need not be removed
  std::filesystem::remove(part, ignored);
  refuse(file, {"l'écriture a échoué. Le disque est-il plein ?", "writing failed. Is the disk full?"});
}

BuiltAtlas read_built_file(const std::filesystem::path& file) {
  const auto mapping = MappedFile::open(file);
  BuiltAtlas built;
  ArchiveReader reader(checked_body(file, mapping->bytes()), mapping);
  built.atlases.everyone = read_atlas(reader);
  bool for_staff = false;
  reader.read(for_staff);
  if (for_staff) built.atlases.staff = read_atlas(reader);
  reader.read(built.report);
  reader.read(built.cache_mb);
  if (!reader.finished())
    refuse(file, {"a été construit par une autre version de geoprio. Refaites-le par geoprio build.",
                  "was built by another version of geoprio. Make it again with geoprio build."});
  mapping->forget();
  return built;
}

}  // namespace geoprio::atlas
