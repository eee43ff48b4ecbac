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
  std::uint32_t retention_days = 365;

  static auto members(auto& self) { return std::tie(self.store, self.themes, self.retention_days); }
};

/// Of a contribution, in code points.
inline constexpr std::size_t longest_contribution = 1000;

}  // namespace geoprio::domain
