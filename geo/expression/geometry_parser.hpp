// Geometries in the text of a condition (21-065r2, annex B, spatialInstance). Private to geo/expression.
#pragma once

#include <optional>

#include "geo/expression/spatial.hpp"
#include "geo/expression/token_reader.hpp"

namespace geoprio::expression {

/// Whether the name begins a geometry: POINT, LINESTRING… BBOX; to be followed by a parenthesis or Z.
[[nodiscard]] bool begins_geometry(const Token& token);

/// The geometry whose name is the token at hand; afterwards the token behind it is at hand. Nothing when it is none:
/// the reader's failure says why. Collections nest at most `most_nested_collections` deep.
[[nodiscard]] std::optional<SpatialLiteral> parsed_geometry(TokenReader& reader);

inline constexpr std::size_t most_nested_collections = 8;

}  // namespace geoprio::expression
