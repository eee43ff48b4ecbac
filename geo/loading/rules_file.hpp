// rules.toml: axes of weighted indicators, levels, ordered tiers with their conditions.
#pragma once

#include <filesystem>
#include <string>

#include "geo/core/language.hpp"
#include "geo/expression/tier_conditions.hpp"

namespace geoprio::loading {

struct RulesFile {
  expression::TierConditions conditions;  ///< with the rules that they come from
  std::string text;                       ///< the file as it is
};

/// @throws LoadError naming the file, the line, what was expected; an unknown variable comes with the near one.
RulesFile read_rules_file(const std::filesystem::path& path, Language language);

}  // namespace geoprio::loading
