#include "tileserver/cache/kept_bytes.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/support/catch.hpp"

using namespace geoprio::cache;

namespace {

/// Bytes that tell one from another and where they begin.
std::string numbered(std::size_t size, unsigned seed) {
  std::string bytes(size, '\0');
  for (std::size_t place = 0; place < size; ++place) bytes[place] = static_cast<char>((place * 31 + seed) % 251);
  return bytes;
}

std::string read_back(FilePart part, std::size_t size) {
  std::string bytes(size, '\0');
  const auto read = ::pread(part.descriptor, bytes.data(), size, static_cast<off_t>(part.offset));
  bytes.resize(read < 0 ? 0 : static_cast<std::size_t>(read));
  return bytes;
}

long long blocks_of(int descriptor) {
  struct stat status {};
  REQUIRE(::fstat(descriptor, &status) == 0);
  return status.st_blocks;
}

}  // namespace

TEST_CASE("short bytes lie in a string, long ones in the file that they are sent from", "[cache][kept]") {
  const KeptBytes brief(numbered(KeptBytes::long_from - 1, 1));
  CHECK_FALSE(brief.file());
  CHECK(brief.view() == numbered(KeptBytes::long_from - 1, 1));
  std::vector<std::unique_ptr<KeptBytes>> all;
  for (const std::size_t size :
       {KeptBytes::long_from, KeptBytes::long_from + 1, std::size_t{52320}, std::size_t{3000001}})
    all.push_back(std::make_unique<KeptBytes>(numbered(size, static_cast<unsigned>(size))));
  for (const auto& kept : all) {
    const auto wanted = numbered(kept->view().size(), static_cast<unsigned>(kept->view().size()));
    REQUIRE(kept->file());
    CHECK(kept->view() == wanted);
    CHECK(read_back(*kept->file(), wanted.size()) == wanted);
    CHECK(kept->cost() >= wanted.size());
  }
}

TEST_CASE("what is kept no more takes no memory, and leaves what lies beside it", "[cache][kept]") {
  const KeptBytes before(numbered(20000, 2));
  REQUIRE(before.file());
  const int descriptor = before.file()->descriptor;
  const auto blocks = blocks_of(descriptor);
  for (unsigned time = 0; time < 3; ++time) {
    auto between = std::make_unique<KeptBytes>(numbered(50001, 3));
    const KeptBytes after(numbered(20001, 4));
    CHECK(blocks_of(descriptor) > blocks);
    between.reset();
    CHECK(after.view() == numbered(20001, 4));
  }
  CHECK(before.view() == numbered(20000, 2));
  CHECK(blocks_of(descriptor) == blocks);
}

TEST_CASE("a process keeps some mappings for what else it does", "[cache][kept]") {
  std::vector<std::unique_ptr<KeptBytes>> all;
  const auto bytes = numbered(KeptBytes::long_from, 5);
  std::size_t in_file = 0;
  for (int number = 0; number < 20'000; ++number) {
    all.push_back(std::make_unique<KeptBytes>(bytes));
    if (all.back()->file()) ++in_file;
  }
  // A quarter of what Linux gives a process by default (vm.max_map_count).
  CHECK(in_file == 16'384);
  CHECK(all.back()->view() == bytes);
  all.clear();
  CHECK(KeptBytes(bytes).file());
}
