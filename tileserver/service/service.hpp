// The whole of the HTTP contract as functions: a request and a snapshot in, an answer out.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "tileserver/service/request.hpp"
#include "tileserver/service/response.hpp"
#include "tileserver/service/snapshot.hpp"

namespace geoprio::service {

/// The answer, whatever it costs: tiles are cut and documents written here. Every fault of the request is a problem
/// document; what throws is a fault of ours.
/// Thread safety: any thread at any time.
[[nodiscard]] Response answer(const Request& request, const Snapshot& snapshot);

/// The same answer when it costs next to nothing (a kept tile, a page, a refusal), so that it needs no worker; nothing
/// when `answer` must be called, on a thread that may take its time.
[[nodiscard]] std::optional<Response> answer_at_once(const Request& request, const Snapshot& snapshot);

/// How many bytes of body a request may bring: 0 where a body means nothing.
[[nodiscard]] std::size_t body_limit(std::string_view method, std::string_view target);

}  // namespace geoprio::service
