// What the network side itself says to a client, in place of an answer of the service.
#pragma once

#include <cstddef>
#include <string_view>

#include "tileserver/service/problem.hpp"

namespace geoprio::http {

[[nodiscard]] service::Problem malformed();                                  // 400
[[nodiscard]] service::Problem plain_http_over_tls();                        // 400
[[nodiscard]] service::Problem header_too_long(std::size_t limit);           // 431
[[nodiscard]] service::Problem address_too_long(std::size_t limit);          // 414
[[nodiscard]] service::Problem body_too_long(std::size_t limit);             // 413
[[nodiscard]] service::Problem unknown_expectation(std::string_view asked);  // 417
[[nodiscard]] service::Problem too_slow();                                   // 408
[[nodiscard]] service::Problem too_many_connections();                       // 503
[[nodiscard]] service::Problem our_fault();                                  // 500

}  // namespace geoprio::http
