// Which methods a route answers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tileserver/service/problem.hpp"
#include "tileserver/service/router.hpp"

namespace geoprio::service {

/// GET, HEAD and OPTIONS, which all routes have, and those of this one.
[[nodiscard]] std::vector<std::string> methods_of(const Route& route);

[[nodiscard]] bool takes(const Route& route, std::string_view method);

/// The 405.
[[nodiscard]] Problem method_refused(const Route& route, std::string_view method);

/// `GET, HEAD, OPTIONS`.
[[nodiscard]] std::string method_list(const Route& route);

}  // namespace geoprio::service
