// Why a request was not served, as RFC 9457 problem details.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tileserver/service/response.hpp"
#include "tileserver/service/text.hpp"

namespace geoprio::service {

struct Problem {
  unsigned status = 500;
  std::string_view kind{};                  ///< the end of its `type`: `unknown-layer`
  Text detail{};                            ///< what was wrong and what to do
  std::optional<std::string> parameter{};   ///< the query parameter, path part or header at fault
  std::optional<std::string> value{};       ///< what it was
  std::vector<std::string> allowed{};       ///< what it may be
  std::optional<std::string> suggestion{};  ///< the nearest thing that would have worked
  std::string allow_methods{};              ///< the Allow header of a 405
  unsigned retry_after_s = 0;               ///< Retry-After, in seconds; 0: none
};

/// The `application/problem+json` document, with the headers that every public answer has.
[[nodiscard]] Response problem_response(const Problem& problem, Language language);

}  // namespace geoprio::service
