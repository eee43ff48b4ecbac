#include <atomic>
#include <thread>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/tileserver/service/small_atlas.hpp"

using namespace geoprio;
using namespace geoprio::testing;

namespace {

std::shared_ptr<const service::Snapshot> numbered(std::uint64_t generation) {
  service::SnapshotParts parts;
  parts.generation = generation;
  return make_snapshot(std::move(parts));
}

}  // namespace

TEST_CASE("a request keeps the snapshot that it took when another is published", "[snapshot]") {
  service::Published published(numbered(1));
  const auto mine = published.current();
  published.publish(numbered(2));
  CHECK(mine->generation == 1);
  CHECK(published.current()->generation == 2);
}

TEST_CASE("a snapshot that nobody reads any more is gone", "[snapshot]") {
  service::Published published(numbered(1));
  const std::weak_ptr<const service::Snapshot> former = published.current();
  published.publish(numbered(2));
  CHECK(former.expired());
}

TEST_CASE("readers see whole snapshots, each no older than the last, while others are published", "[snapshot]") {
  constexpr std::uint64_t last = 2000;
  service::Published published(numbered(0));
  std::atomic<int> steps_back{0};
  std::vector<std::thread> readers;
  for (int reader = 0; reader < 3; ++reader)
    readers.emplace_back([&] {
      for (std::uint64_t seen = 0; seen < last;) {
        const auto now = published.current()->generation;
        if (now < seen) ++steps_back;
        seen = now;
      }
    });
  for (std::uint64_t generation = 1; generation <= last; ++generation) published.publish(numbered(generation));
  for (auto& reader : readers) reader.join();
  CHECK(steps_back == 0);
}
