// Who reads, and what there is for them: staff see the whole atlas, everyone else the public one.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "geo/core/result.hpp"
#include "tileserver/service/problem.hpp"
#include "tileserver/service/reply.hpp"
#include "tileserver/service/request.hpp"
#include "tileserver/service/router.hpp"
#include "tileserver/service/snapshot.hpp"

namespace geoprio::service {

/// Whether the request brings a token or a session, and its answer may depend on whose. Not so for what is the same for
/// everyone (pages and their files, the backdrop, health).
[[nodiscard]] bool is_by_name(const Request& request, const AtlasRoute& route);

/// What such a request is answered from.
struct Reading {
  std::shared_ptr<const Snapshot> view;   ///< staff's or everyone's; never null
  std::optional<std::string> set_cookie;  ///< ends a session that is no longer good
};

/// Asks the store who reads and calls `told`, once, on the store's thread or at once; it must not take its time. Each
/// request asks anew, so that a revoked token is good for nothing at once. A bearer's bad token is a problem (401, 429
/// after too many, 503 when the store does not answer); a cookie that is no longer good, or cannot be looked up, is
/// everyone's. `request` must live until then.
void recognise(const Request& request, const std::shared_ptr<const Snapshot>& snapshot,
               std::function<void(Result<Reading, Problem>)> told);

/// The reply to who was asked for by name: what it passes on is for this client alone.
[[nodiscard]] Reply private_reply(Reply reply, std::optional<std::string> set_cookie = {});

}  // namespace geoprio::service
