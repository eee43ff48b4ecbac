// Editions as clients see them: stage, legend, decisions, and why each quarter has its tier.
#pragma once

#include <string>
#include <vector>

#include "tileserver/atlas/atlas.hpp"
#include "tileserver/atlas/layers.hpp"

namespace geoprio::atlas {

/// The legend of a rules file, in its order; empty without rules.
std::vector<TierLegend> legend_of(const loading::LoadedEdition& edition);

EditionRecord edition_record(const RankedEdition& edition);

/// The edition in force today by its stage, else the latest public one (by `valid_from`, then by place). `editions` is
/// not empty.
std::string current_edition(const std::vector<EditionRecord>& editions);

}  // namespace geoprio::atlas
