// Contributions as GeoJSON and CSV.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "tileserver/service/document.hpp"
#include "tileserver/store/contribution.hpp"

namespace geoprio::service {

/// What staff see beside what everyone does: null for everyone.
using History = std::vector<store::Change>;

/// The Feature: at the cell's centre, or at the label of its quarter. `history` (its own changes are picked out) may be
/// null.
[[nodiscard]] Document contribution_feature(const atlas::Atlas& atlas, const store::Contribution& contribution,
                                            const History* history);

/// RFC 4180, a header line first. What a spreadsheet would take for a formula begins with an apostrophe.
[[nodiscard]] std::string contributions_csv(const atlas::Atlas& atlas,
                                            std::span<const store::Contribution> contributions, const History* history);

}  // namespace geoprio::service
