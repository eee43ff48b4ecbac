// How far an edition has come on its way from a draft to the law in force.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace geoprio::domain {

enum class Stage { draft, prefiguration, consultation, validated, signed_off, in_force, superseded };

inline constexpr std::array<Stage, 7> all_stages = {Stage::draft,     Stage::prefiguration, Stage::consultation,
                                                    Stage::validated, Stage::signed_off,    Stage::in_force,
                                                    Stage::superseded};

/// The code that atlas files and clients read: `signed` for signed_off (a C++ keyword), else the enumerator's name.
[[nodiscard]] constexpr std::string_view code_of(Stage stage) noexcept {
  switch (stage) {
    case Stage::draft:
      return "draft";
    case Stage::prefiguration:
      return "prefiguration";
    case Stage::consultation:
      return "consultation";
    case Stage::validated:
      return "validated";
    case Stage::signed_off:
      return "signed";
    case Stage::in_force:
      return "in_force";
    case Stage::superseded:
      return "superseded";
  }
  return {};
}

/// The stage of a code; exact, as every other code. Nothing for any other text.
[[nodiscard]] constexpr std::optional<Stage> parse_stage(std::string_view code) noexcept {
  for (const auto stage : all_stages)
    if (code_of(stage) == code) return stage;
  return std::nullopt;
}

/// Draft and prefiguration editions, and all that derives from them, exist only for staff.
[[nodiscard]] constexpr bool is_public(Stage stage) noexcept {
  return stage != Stage::draft && stage != Stage::prefiguration;
}

/// Every stage before validated is shown as "Document de travail".
[[nodiscard]] constexpr bool is_working_document(Stage stage) noexcept {
  return stage == Stage::draft || stage == Stage::prefiguration || stage == Stage::consultation;
}

}  // namespace geoprio::domain
