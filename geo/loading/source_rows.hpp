// The rows of a source in an order that every load of them has. Private to geo/loading.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "geo/ogr/source.hpp"

namespace geoprio::loading {

/// Gives every row to `take`; `location` is what the source was opened by. A file's rows come as they lie in it. A
/// source without a file on this machine (a database, an address of the network) promises no order: PostgreSQL moves
/// each row that it updates. Its rows are gathered, sorted by their attributes and then their geometry, and numbered
/// so. Returns the hash of such a snapshot: the layer, its fields and every row's attributes and geometry. Nothing for
/// files: their bytes name them.
/// @throws ogr::SourceError when the source breaks off.
std::optional<std::uint64_t> read_rows(ogr::Source& source, const std::string& location,
                                       const std::function<void(ogr::SourceFeature&&)>& take);

/// How reports call the source: `data` as atlas.toml writes it, without a password when it is a connection string.
std::string printed_source(const std::string& data, const std::string& location, const ogr::Source& source);

}  // namespace geoprio::loading
