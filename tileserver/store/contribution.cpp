#include "tileserver/store/contribution.hpp"

namespace geoprio::store {

std::string_view code_of(State state) noexcept {
  switch (state) {
    case State::published:
      return "published";
    case State::rejected:
      return "rejected";
    case State::pending:
      break;
  }
  return "pending";
}

std::optional<State> parse_state(std::string_view code) noexcept {
  for (const auto state : {State::pending, State::published, State::rejected})
    if (code_of(state) == code) return state;
  return std::nullopt;
}

}  // namespace geoprio::store
