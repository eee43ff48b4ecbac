// The tiers of an edition in one order: which one wins where quarters overlap, and how each is drawn.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tileserver/atlas/atlas.hpp"

namespace geoprio::atlas {

/// The tiers that hold a quarter of one edition, best first: lowest rank, then tiers without a rank, then
/// `undetermined`, then `outside` (DESIGN §8).
class TierOrder {
 public:
  /// `legend` in the order of the rules (empty without rules); `quarter_tiers` the tier of each quarter.
  TierOrder(const std::vector<TierLegend>& legend, const std::vector<std::string>& quarter_tiers);

  /// The tiers, best first.
  [[nodiscard]] const std::vector<TierLegend>& tiers() const { return tiers_; }
  /// The place of a quarter's tier in `tiers()`.
  [[nodiscard]] std::uint32_t place_of_quarter(std::uint32_t quarter) const { return place_of_quarter_[quarter]; }
  /// The place of the tier that wins among overlapping quarters. `quarters` is not empty.
  [[nodiscard]] std::uint32_t winner(const std::vector<std::uint32_t>& quarters) const;

 private:
  std::vector<TierLegend> tiers_;
  std::vector<std::uint32_t> place_of_quarter_;
};

}  // namespace geoprio::atlas
