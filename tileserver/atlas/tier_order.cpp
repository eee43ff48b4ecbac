#include "tileserver/atlas/tier_order.hpp"

#include <algorithm>
#include <limits>

#include "geo/domain/tier.hpp"

namespace geoprio::atlas {
namespace {

TierLegend legend_of(const std::vector<TierLegend>& legend, const std::string& code) {
  const auto found = std::find_if(legend.begin(), legend.end(), [&](const auto& tier) { return tier.code == code; });
  if (found != legend.end()) return *found;
  TierLegend unnamed;  // a tier that only the source's tier field knows
  unnamed.code = code;
  unnamed.label = code;
  return unnamed;
}

}  // namespace

TierOrder::TierOrder(const std::vector<TierLegend>& legend, const std::vector<std::string>& quarter_tiers) {
  std::vector<std::string> codes = quarter_tiers;
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  for (const auto& code : codes) tiers_.push_back(legend_of(legend, code));
  std::sort(tiers_.begin(), tiers_.end(),
            [](const auto& a, const auto& b) { return domain::prevails(a.code, a.rank, b.code, b.rank); });
  for (const auto& code : quarter_tiers) {
    const auto place = std::find_if(tiers_.begin(), tiers_.end(), [&](const auto& tier) { return tier.code == code; });
    place_of_quarter_.push_back(static_cast<std::uint32_t>(place - tiers_.begin()));
  }
}

std::uint32_t TierOrder::winner(const std::vector<std::uint32_t>& quarters) const {
  std::uint32_t best = std::numeric_limits<std::uint32_t>::max();
  for (const auto quarter : quarters) best = std::min(best, place_of_quarter_[quarter]);
  return best;
}

}  // namespace geoprio::atlas
