// What confines a page: to this server, and to the hosts that `[basemap]` names.
#pragma once

#include "tileserver/atlas/atlas.hpp"
#include "tileserver/service/response.hpp"

namespace geoprio::service {

/// Who may show a page inside one of theirs. A page where somebody who is logged in can do something is shown by
/// nobody, lest clicks be stolen.
enum class Embedding { by_anyone, by_this_server, by_nobody };

/// Sets the headers that keep a page from loading anything else, from running a script that is not ours, and from
/// telling other hosts where it was.
void confine_page(Response& response, const atlas::Atlas& atlas, Embedding embedding);

}  // namespace geoprio::service
