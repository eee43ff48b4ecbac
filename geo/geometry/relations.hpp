// How one geometry lies to many others, by GEOS' prepared predicates.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "geo/core/any_geometry.hpp"
#include "geo/core/box.hpp"
#include "geo/core/lon_lat.hpp"
#include "geo/core/result.hpp"
#include "geo/core/shape.hpp"

namespace geoprio::geometry {

/// The relations of OGC 06-103r4 §6.1.15, as `a … b`.
enum class Relation { intersects, equals, disjoint, touches, within, overlaps, crosses, contains };

/// The relation seen from the other side.
[[nodiscard]] constexpr Relation turned(Relation relation) {
  if (relation == Relation::within) return Relation::contains;
  if (relation == Relation::contains) return Relation::within;
  return relation;
}

/// Land, lines or a point on the grid of 1e-7 degree; monostate: nothing at all.
using GridGeometry = std::variant<std::monostate, DegreeShape, DegreePoint, DegreeLines>;

/// One geometry that many are compared with. Grid points are exact; what a client wrote is not rounded to the grid.
/// Thread safety: confined to one thread; it owns its GEOS context.
class ComparedGeometry {
 public:
  /// GEOS' reason when it is not valid (OGC 06-103r4 §6.1.11): a predicate on such a geometry has no meaning.
  static Result<ComparedGeometry, std::string> make(const AnyGeometry<LonLat>& geometry);
  ComparedGeometry(ComparedGeometry&&) noexcept;
  ComparedGeometry& operator=(ComparedGeometry&&) noexcept;
  ~ComparedGeometry();

  /// The box around it, rounded outwards; nothing when it is empty.
  [[nodiscard]] const std::optional<DegreeBox>& bounds() const noexcept;
  /// Whether `other` is in that relation to it: for `within`, whether `other` is within this. Nothing is in any
  /// relation but `disjoint` to an empty geometry.
  /// @throws GeometryError when GEOS fails.
  [[nodiscard]] bool holds(const GridGeometry& other, Relation relation) const;
  [[nodiscard]] bool holds(const ComparedGeometry& other, Relation relation) const;

 private:
  struct State;
  explicit ComparedGeometry(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace geoprio::geometry
