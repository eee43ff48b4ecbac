// Writes a .zip whose members are stored, not compressed (PKWARE APPNOTE 4.3.7, 4.3.12, 4.3.16).
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "tests/geo/ogr/small_shapefile.hpp"

namespace geoprio::tests {

inline std::uint32_t crc32_of(const std::string& content) {
  std::uint32_t crc = 0xFFFFFFFFU;
  for (const char byte : content) {
    crc ^= static_cast<unsigned char>(byte);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
  }
  return ~crc;
}

inline std::string content_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// Members as name and content, in this order.
inline void write_stored_zip(const std::filesystem::path& file,
                             const std::vector<std::pair<std::string, std::string>>& members) {
  Bytes archive;
  Bytes directory;
  for (const auto& [name, content] : members) {
    const auto size = static_cast<std::uint32_t>(content.size());
    const auto offset = static_cast<std::uint32_t>(archive.content().size());
    Bytes common;
    common.small(20).small(0x800).small(0).small(0).small(0x21).little(crc32_of(content)).little(size).little(size);
    common.small(static_cast<std::uint16_t>(name.size())).small(0);
    archive.little(0x04034b50).append(common).text(name, name.size(), '\0').text(content, content.size(), '\0');
    directory.little(0x02014b50).small(20).append(common);
    directory.small(0).small(0).small(0).little(0).little(offset).text(name, name.size(), '\0');
  }
  const auto count = static_cast<std::uint16_t>(members.size());
  const auto start = static_cast<std::uint32_t>(archive.content().size());
  const auto length = static_cast<std::uint32_t>(directory.content().size());
  archive.append(directory).little(0x06054b50).small(0).small(0).small(count).small(count);
  archive.little(length).little(start).small(0).write(file);
}

}  // namespace geoprio::tests
