#include "tileserver/service/warm_up.hpp"

#include "tests/support/catch.hpp"
#include "tests/tileserver/service/asked.hpp"

using namespace geoprio;
using namespace geoprio::testing;
using geoprio::service::WarmUp;

namespace {

void run(WarmUp warming) {
  while (warming.step()) {
  }
}

}  // namespace

TEST_CASE("after the warm-up a map of the default edition finds its low zooms, and no other tile is cut", "[warm-up]") {
  auto tiles = std::make_shared<WordTiles>();
  const auto snapshot = small_snapshot(small_atlas(tiles));
  run(WarmUp(snapshot));
  // The quarters lie about 4.3 E 45.4 N: by hand (4.3 + 180) / 360 * 2^8 = 131.06, and row 91 of zoom 8 ends at 45.1 N.
  for (const std::string target :
       {"/xyz/communes,2014.quarters/0/0/0.mvt", "/xyz/2014.quarters/8/131/91.mvt", "/xyz/2014.quarters/3/4/2.mvt"})
    CHECK(answer_at_once(get(target), *snapshot));
  CHECK_FALSE(answer_at_once(get("/xyz/2014.quarters/8/132/91.mvt"), *snapshot));
  CHECK_FALSE(answer_at_once(get("/xyz/2014.quarters/9/262/182.mvt"), *snapshot));
  // Nine zooms, one tile each: two layers together, and the quarters alone. The communes have no bounds here.
  CHECK(tiles->cuts == 9 * 3);
}

TEST_CASE("a second warm-up has nothing left to cut", "[warm-up]") {
  auto tiles = std::make_shared<WordTiles>();
  const auto snapshot = small_snapshot(small_atlas(tiles));
  run(WarmUp(snapshot));
  const int cuts = tiles->cuts;
  run(WarmUp(snapshot));
  CHECK(tiles->cuts == cuts);
}

TEST_CASE("a warm-up ends with the snapshot that it is for, and does not keep it", "[warm-up]") {
  auto tiles = std::make_shared<WordTiles>();
  auto snapshot = small_snapshot(small_atlas(tiles));
  WarmUp warming(snapshot);
  CHECK(warming.step());
  const std::weak_ptr<const service::Snapshot> watched = snapshot;
  snapshot.reset();
  CHECK(watched.expired());
  const int cuts = tiles->cuts;
  CHECK_FALSE(warming.step());
  CHECK(tiles->cuts == cuts);
}
