// Who decided what, when and why, on an edition or on one of its quarters.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "geo/domain/codes.hpp"
#include "geo/domain/date.hpp"

namespace geoprio::domain {

enum class Outcome { validated, refused, amended, noted };

inline constexpr std::array<Outcome, 4> all_outcomes = {Outcome::validated, Outcome::refused, Outcome::amended,
                                                        Outcome::noted};

/// The code that atlas files and clients read.
[[nodiscard]] constexpr std::string_view code_of(Outcome outcome) noexcept {
  switch (outcome) {
    case Outcome::validated:
      return "validated";
    case Outcome::refused:
      return "refused";
    case Outcome::amended:
      return "amended";
    case Outcome::noted:
      return "noted";
  }
  return {};
}

/// The outcome of a code; nothing for any other text.
[[nodiscard]] constexpr std::optional<Outcome> parse_outcome(std::string_view code) noexcept {
  for (const auto outcome : all_outcomes)
    if (code_of(outcome) == code) return outcome;
  return std::nullopt;
}

struct Decision {
  std::string body{};  ///< sem, commune, copil, conseil citoyen…
  Date date;
  Outcome outcome = Outcome::noted;
  std::string why{};                     ///< may be empty
  std::optional<QuarterCode> quarter{};  ///< nothing: on the whole edition
  std::optional<std::string> tier{};     ///< with `quarter`: sets that quarter's adopted tier
  bool operator==(const Decision&) const = default;
};

}  // namespace geoprio::domain
