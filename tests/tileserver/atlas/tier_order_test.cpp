#include "tileserver/atlas/tier_order.hpp"

#include "tests/support/catch.hpp"

using namespace geoprio::atlas;

namespace {

TierLegend tier(const char* code, std::optional<int> rank) {
  TierLegend legend;
  legend.code = code;
  legend.rank = rank;
  return legend;
}

}  // namespace

TEST_CASE("where quarters overlap the lowest rank wins, then undetermined, then outside", "[tiers]") {
  // DESIGN §8, "Where quarters overlap".
  const std::vector<TierLegend> rules{tier("undetermined", {}), tier("priority_1", 1), tier("watch", 3),
                                      tier("outside", {})};
  const TierOrder order(rules, {"outside", "watch", "undetermined", "priority_1"});
  const auto winner = [&](const std::vector<std::uint32_t>& quarters) {
    return order.tiers()[order.winner(quarters)].code;
  };
  CHECK(winner({0, 1}) == "watch");
  CHECK(winner({1, 3}) == "priority_1");
  CHECK(winner({1, 2}) == "watch");
  CHECK(winner({0, 2}) == "undetermined");
}
