#include "tileserver/pyramid/archive.hpp"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "geo/core/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/scratch_folder.hpp"

using namespace geoprio;
using pyramid::Archive;

namespace {

std::uint64_t number_at(const std::string& bytes, std::size_t place) {
  std::uint64_t number = 0;
  for (std::size_t byte = 0; byte < 8; ++byte)
    number |= std::uint64_t{static_cast<unsigned char>(bytes[place + byte])} << (8 * byte);
  return number;
}

}  // namespace

TEST_CASE("equal tiles are kept once, and runs of them are one entry", "[pyramid]") {
  const tests::ScratchFolder folder("archive");
  Archive archive(folder.path() / "a.pmtiles");
  archive.add(0, "first");
  archive.add(5, "sea");
  archive.add(6, "sea");
  archive.add(7, "sea");
  archive.add(9, "sea");
  archive.add(10, "first");
  const auto summary = archive.finish({"{}", 2, {{-10, -20}, {30, 40}}});
  CHECK(summary.addressed_tiles == 6);
  CHECK(summary.contents == 2);
  CHECK(summary.entries == 4);  // 0; 5 to 7; 9; 10
  std::ifstream in(folder.path() / "a.pmtiles", std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  // Offsets of the header as PMTiles v3 lists them.
  CHECK(bytes.substr(0, 8) == std::string("PMTiles\3"));
  CHECK(number_at(bytes, 8) == 127);
  CHECK(number_at(bytes, 64) == 8);  // "first" and "sea"
  CHECK(bytes.substr(number_at(bytes, 56), number_at(bytes, 64)) == "firstsea");
  // What go-pmtiles takes for whole: 16 kB of header and root directory, then the other sections.
  CHECK(bytes.size() == 16'384 + number_at(bytes, 64) + number_at(bytes, 32) + number_at(bytes, 48));
  CHECK(number_at(bytes, 72) == 6);
  CHECK(number_at(bytes, 80) == 4);
  CHECK(number_at(bytes, 88) == 2);
  CHECK(summary.bytes == bytes.size());
  CHECK(folder.file_count() == 1);
}

TEST_CASE("a full disk makes no archive, whenever it is noticed", "[pyramid]") {
  const tests::ScratchFolder folder("archive");
  const auto at_once = GENERATE(true, false);  // what fits a buffer is written at the end
  std::filesystem::create_symlink("/dev/full", folder.path() / "a.pmtiles.part");
  {
    Archive archive(folder.path() / "a.pmtiles");
    if (at_once) {
      CHECK_THROWS_AS(archive.add(0, std::string(100'000, 't')), Error);
    } else {
      archive.add(0, "tile");
      CHECK_THROWS_AS(archive.finish({"{}", 2, {{-10, -20}, {30, 40}}}), Error);
    }
  }
  CHECK(folder.file_count() == 0);
}

TEST_CASE("an archive that is not finished leaves nothing, and the old file stays", "[pyramid]") {
  const tests::ScratchFolder folder("archive");
  std::ofstream(folder.path() / "a.pmtiles") << "the old one";
  {
    Archive archive(folder.path() / "a.pmtiles");
    archive.add(0, "tile");
  }
  CHECK(folder.file_count() == 1);
  std::string text;
  std::ifstream in(folder.path() / "a.pmtiles");
  std::getline(in, text);
  CHECK(text == "the old one");
}

TEST_CASE("a folder that is not there is an error that names it", "[pyramid]") {
  std::string said;  // Catch2's matchers have other names in v2 and in v3
  try {
    const Archive archive("/nowhere/at/all.pmtiles");
  } catch (const Error& error) {
    said = error.what();
  }
  CHECK(said.find("/nowhere/at/all.pmtiles") != std::string::npos);
}
