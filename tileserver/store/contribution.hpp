// A resident's remark, and what moderators made of it. Nothing in it says who wrote it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/core/lon_lat.hpp"
#include "geo/domain/date.hpp"

namespace geoprio::store {

enum class State { pending, published, rejected };

[[nodiscard]] std::string_view code_of(State state) noexcept;
[[nodiscard]] std::optional<State> parse_state(std::string_view code) noexcept;

/// What is said, checked: the service makes it of a request.
struct Remark {
  std::string edition, theme, text, language;
  std::string quarter;         ///< empty: it is about a cell
  std::optional<LonLat> cell;  ///< the cell's centre; nothing: it is about a quarter
};

struct Contribution {
  std::string id;  ///< 16 hex digits, at random
  Remark remark;
  State state = State::pending;
  domain::Date received;
};

/// One line of the audit trail.
struct Change {
  std::string contribution;
  domain::Date date;
  State state;
  std::string reason;  ///< may be empty
  std::string label;   ///< of the token that made it
};

/// Which contributions are wanted. Members that are not set leave all.
struct Selection {
  std::optional<State> state{};
  std::optional<std::vector<std::string>> editions{};
  std::optional<std::string> id{}, quarter{}, theme{};
  std::size_t offset = 0;
  std::optional<std::size_t> limit{};
};

}  // namespace geoprio::store
