// The whole of the HTTP contract as functions: a request and a snapshot in, an answer out.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
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
/// when it takes a worker.
[[nodiscard]] std::optional<Response> answer_at_once(const Request& request, const Snapshot& snapshot);

/// What a worker has to do so that `reply` gets the answer; empty when no work is left, because another request's will
/// bring it: those who ask for a tile that is being cut wait for it without holding a thread. Costs next to nothing
/// itself. `request` must live until `reply` is called.
[[nodiscard]] std::function<void()> answer_later(const Request& request,
                                                 const std::shared_ptr<const Snapshot>& snapshot, Reply reply);

/// The refusal that no body would change; nothing when it takes a worker, the store or the body to tell.
[[nodiscard]] std::optional<Response> refused_by_header(const Request& request, const Snapshot& snapshot);

/// How many bytes of body a request may bring: 0 where a body means nothing.
[[nodiscard]] std::size_t body_limit(std::string_view method, std::string_view target);

}  // namespace geoprio::service
