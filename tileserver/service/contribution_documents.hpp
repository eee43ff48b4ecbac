// Contributions as GeoJSON and CSV.
#pragma once

#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "tileserver/service/document.hpp"
#include "tileserver/store/contribution.hpp"

namespace geoprio::service {

/// What staff see beside what everyone does: the changes of each contribution, by its id, in their order.
using History = std::unordered_map<std::string, std::vector<store::Change>>;
[[nodiscard]] History history_of(std::vector<store::Change> changes);

/// The Feature: at the cell's centre, or at the label of its quarter. `history` is null for everyone.
[[nodiscard]] Document contribution_feature(const atlas::Atlas& atlas, const store::Contribution& contribution,
                                            const History* history);

/// RFC 4180, a header line first. What a spreadsheet would take for a formula begins with an apostrophe.
[[nodiscard]] std::string contributions_csv(const atlas::Atlas& atlas,
                                            std::span<const store::Contribution> contributions, const History* history);

}  // namespace geoprio::service
