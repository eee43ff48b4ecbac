// Writes a shapefile of one text field, byte by byte (ESRI white paper of July 1998; dBASE III): what old offices
// publish, with the sidecar files missing that a modern writer always adds.
#pragma once

#include <bit>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

namespace geoprio::tests {

class Bytes {
 public:
  Bytes& little(std::uint32_t value) { return number(value, 4, false); }
  Bytes& big(std::uint32_t value) { return number(value, 4, true); }
  Bytes& small(std::uint16_t value) { return number(value, 2, false); }
  Bytes& real(double value) { return number(std::bit_cast<std::uint64_t>(value), 8, false); }
  Bytes& text(std::string bytes, std::size_t width, char filling) {
    bytes.resize(width, filling);
    content_ += bytes;
    return *this;
  }
  Bytes& append(const Bytes& other) {
    content_ += other.content_;
    return *this;
  }
  [[nodiscard]] const std::string& content() const { return content_; }
  [[nodiscard]] std::uint32_t words() const { return static_cast<std::uint32_t>(content_.size() / 2); }
  void write(const std::filesystem::path& file) const { std::ofstream(file, std::ios::binary) << content_; }

 private:
  Bytes& number(std::uint64_t value, int size, bool big_first) {
    for (int index = 0; index < size; ++index) {
      const int shift = 8 * (big_first ? size - 1 - index : index);
      content_ += static_cast<char>(static_cast<unsigned char>(value >> shift));
    }
    return *this;
  }
  std::string content_;
};

/// One row: its name as raw bytes, and a clockwise ring as shapefiles want it; no ring: a null shape.
struct SmallRow {
  std::string name;
  std::vector<std::pair<double, double>> ring;
};

inline Bytes shape_record(const SmallRow& row) {
  Bytes shape;
  if (row.ring.empty()) return shape.little(0);
  shape.little(5).real(0).real(0).real(1e7).real(1e7).little(1).little(static_cast<std::uint32_t>(row.ring.size()));
  shape.little(0);
  for (const auto& [x, y] : row.ring) shape.real(x).real(y);
  return shape;
}

inline Bytes main_header(std::uint32_t words) {
  Bytes header;
  header.big(9994).big(0).big(0).big(0).big(0).big(0).big(words).little(1000).little(5);
  for (const double bound : {0.0, 0.0, 1e7, 1e7, 0.0, 0.0, 0.0, 0.0}) header.real(bound);
  return header;
}

/// `language`: the dBASE language driver byte; 0 says nothing, 0x57 is "ANSI". Writes .shp, .shx and .dbf, and no more.
inline void write_small_shapefile(const std::filesystem::path& stem, const std::vector<SmallRow>& rows,
                                  unsigned char language) {
  Bytes records;
  Bytes index;
  std::uint32_t number = 0;
  for (const auto& row : rows) {
    const auto shape = shape_record(row);
    index.big(50 + records.words()).big(shape.words());
    records.big(++number).big(shape.words()).append(shape);
  }
  main_header(50 + records.words()).append(records).write(std::filesystem::path(stem).replace_extension(".shp"));
  main_header(50 + index.words()).append(index).write(std::filesystem::path(stem).replace_extension(".shx"));

  Bytes table;
  table.text("\x03\x72\x0A\x0F", 4, '\0').little(number).small(32 + 32 + 1).small(1 + 40);
  table.text("", 17, '\0').text(std::string(1, static_cast<char>(language)), 1, '\0').text("", 2, '\0');
  table.text("NOM_QP", 11, '\0').text("C", 1, '\0').text("", 4, '\0').text("\x28", 1, '\0').text("", 15, '\0');
  table.text("\r", 1, '\0');
  for (const auto& row : rows) table.text(" ", 1, ' ').text(row.name, 40, ' ');
  table.text("\x1A", 1, '\0').write(std::filesystem::path(stem).replace_extension(".dbf"));
}

}  // namespace geoprio::tests
