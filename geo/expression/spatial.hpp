// What conditions say of geometries. Nothing here knows how one geometry lies to another: that comes in by Variables.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "geo/core/any_geometry.hpp"
#include "geo/core/coordinate.hpp"

namespace geoprio::expression {

/// The relations of 21-065r2 clause 7.3, `a … b`.
enum class SpatialRelation { intersects, equals, disjoint, touches, within, overlaps, crosses, contains };

struct SpatialName {
  std::string_view name;
  SpatialRelation relation;
};
inline constexpr std::array<SpatialName, 8> spatial_names = {{{"S_INTERSECTS", SpatialRelation::intersects},
                                                              {"S_EQUALS", SpatialRelation::equals},
                                                              {"S_DISJOINT", SpatialRelation::disjoint},
                                                              {"S_TOUCHES", SpatialRelation::touches},
                                                              {"S_WITHIN", SpatialRelation::within},
                                                              {"S_OVERLAPS", SpatialRelation::overlaps},
                                                              {"S_CROSSES", SpatialRelation::crosses},
                                                              {"S_CONTAINS", SpatialRelation::contains}}};

/// A geometry as a condition writes it, in whatever system its author meant: `easting` holds the first number of each
/// position and `northing` the second, even where latitude comes first. Heights are dropped.
struct SpatialLiteral {
  std::size_t position = 0;  ///< the byte of the text where it begins
  bool box = false;          ///< BBOX: one part, one line, of the lower and the upper corner
  AnyGeometry<SourceCoordinate> geometry{};
};

/// One side of a relation: a literal by its number among Expression::geometries, else a variable by its name.
struct SpatialOperand {
  std::optional<std::size_t> literal{};
  std::string_view variable{};
};

}  // namespace geoprio::expression
