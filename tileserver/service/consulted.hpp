// The answers that need the store: prepared on a worker, finished on the store's own thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "tileserver/service/exchange.hpp"
#include "tileserver/service/reply.hpp"
#include "tileserver/service/response.hpp"
#include "tileserver/service/router.hpp"
#include "tileserver/store/fault.hpp"
#include "tileserver/store/ledger.hpp"

namespace geoprio::service {

/// What is left to do once a request was read and found right. May run twice; the answer is sent when what it wrote is
/// durable. What it borrows of the exchange lives as long as it.
using StoreWork = std::function<Answer(store::Ledger&)>;
using Planned = Result<StoreWork, Problem>;

/// Why the store does nothing, in words for who asked.
[[nodiscard]] Problem problem_of(store::Fault fault);

/// What a worker has to do so that `reply` gets the answer, which the store's thread sends: no worker waits for a disk
/// or a database. `request` must live until then.
[[nodiscard]] std::function<void()> consulted_later(const Request& request,
                                                    const std::shared_ptr<const Snapshot>& snapshot,
                                                    const StoreRoute& route, std::string_view query, Reply reply);

/// The problem of a request with a body that its header tells already: there is no store, staff's credentials or the
/// key of a contribution are missing, or another site's page asks.
[[nodiscard]] std::optional<Problem> fault_of_header(const Exchange& exchange, const StoreRoute& route);

// contributions.cpp
[[nodiscard]] Planned contributions(const Exchange& exchange);
[[nodiscard]] Planned contribution(const Exchange& exchange, const ContributionRoute& route);

// session_resource.cpp
[[nodiscard]] Planned session(const Exchange& exchange);
/// The answer to who asks for a session where there is no store, or none that answers.
[[nodiscard]] Response no_session();

}  // namespace geoprio::service
