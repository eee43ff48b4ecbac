// What residents are asked, where their answers are kept, and for how long.
#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

namespace geoprio::domain {

struct Consultation {
  std::string store{};  ///< as the atlas file writes it: a file beside it, or a connection; empty: no contributions
  std::vector<std::string> themes = {"habitat", "cadre de vie", "emploi",   "éducation",
                                     "santé",   "transports",   "sécurité", "autre"};
  /// What each theme is called in English and in simple French, in the order of `themes`; empty: not said.
  std::vector<std::string> themes_en{}, themes_falc{};
  std::uint32_t retention_days = 365;

  static auto members(auto& self) {
    return std::tie(self.store, self.themes, self.themes_en, self.themes_falc, self.retention_days);
  }
};

/// Of a contribution, in code points.
inline constexpr std::size_t longest_contribution = 1000;

}  // namespace geoprio::domain
