// One request while it is being answered: with its snapshot, its query read, and what its links begin with.
#pragma once

#include <string>
#include <string_view>

#include "geo/core/result.hpp"
#include "tileserver/service/problem.hpp"
#include "tileserver/service/query.hpp"
#include "tileserver/service/request.hpp"
#include "tileserver/service/snapshot.hpp"

namespace geoprio::service {

/// Lives while `answer` runs: the references are loans.
struct Exchange {
  const Request& request;
  const Snapshot& snapshot;
  const atlas::Atlas& atlas;
  Query query;
  std::string base_url;  ///< `https://host/prefix`, without a slash at the end; no host where the client names none
};

using Answer = Result<Response, Problem>;

/// What links begin with: the public URL if one is set, else what a trusted proxy says, else the request's Host; a
/// problem (400) when that is no host, so that nobody plants a link in a document.
[[nodiscard]] Result<std::string, Problem> base_url_of(const Request& request, const Snapshot& snapshot);

/// The exchange; a problem while nothing is loaded, and for a broken query or Host.
[[nodiscard]] Result<Exchange, Problem> exchange_of(const Request& request, const Snapshot& snapshot,
                                                    std::string_view query_text);

/// The layer's number, or the 404 that names it and the near one.
[[nodiscard]] Result<std::size_t, Problem> layer_named(const atlas::Atlas& atlas, std::string_view id);

/// The edition, or the 404 that names it and the near one. Never null.
[[nodiscard]] Result<const atlas::EditionRecord*, Problem> edition_named(const atlas::Atlas& atlas,
                                                                         std::string_view id);

}  // namespace geoprio::service
