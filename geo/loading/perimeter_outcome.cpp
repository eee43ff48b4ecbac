#include "geo/loading/perimeter_outcome.hpp"

#include <array>
#include <utility>

#include "geo/core/hash.hpp"
#include "geo/geometry/repair.hpp"

namespace geoprio::loading {
namespace {

const BilingualText write_valid_geometry{
    "Corrigez la géométrie dans la source (dans QGIS : « Réparer les géométries ») et rechargez.",
    "Mend the geometry in the source (in QGIS: “Fix geometries”) and load again."};

// RFC 7946 §3.1.9; ogr2ogr -wrapdateline cuts.
const BilingualText cut_at_antimeridian{
    "Coupez le périmètre en deux le long de la longitude 180, par exemple par ogr2ogr -wrapdateline -t_srs EPSG:4326.",
    "Cut the perimeter in two along longitude 180, for example by ogr2ogr -wrapdateline -t_srs EPSG:4326."};
const BilingualText write_other_crs{
    "Les coordonnées ne vont pas avec le système déclaré : écrivez le bon à côté de data dans atlas.toml, par exemple "
    "crs = \"EPSG:2154\" si elles sont en mètres (Lambert-93).",
    "The coordinates do not fit the declared system: write the right one beside data in atlas.toml, for example "
    "crs = \"EPSG:2154\" when they are metres (Lambert-93)."};

std::uint64_t sum_over(const DegreeShape& shape) {
  WordSum sum;
  const auto add = [&sum](const Ring<DegreePoint>& ring) {
    sum.add(std::array<std::uint64_t, 1>{ring.points.size()});
    for (const auto& [x, y] : ring.points)
      sum.add(std::array{std::uint64_t{static_cast<std::uint32_t>(x)} << 32U | static_cast<std::uint32_t>(y)});
  };
  for (const auto& polygon : shape.polygons) {
    sum.add(std::array<std::uint64_t, 1>{polygon.holes.size()});
    add(polygon.shell);
    for (const auto& hole : polygon.holes) add(hole);
  }
  return sum.value();
}

Unexpected<PerimeterRefusal> refused(BilingualText reason, BilingualText remedy) {
  return Unexpected{PerimeterRefusal{std::move(reason), std::move(remedy)}};
}

Unexpected<PerimeterRefusal> no_polygon(const std::string& geometry_name) {
  const auto what = geometry_name.empty() ? std::string("NULL") : geometry_name;
  return refused({"la géométrie n'est pas un polygone (" + what + ")", "the geometry is no polygon (" + what + ")"},
                 {"Donnez un polygone ou un multipolygone, ou retirez l'objet de la source.",
                  "Give a polygon or a multipolygon, or take the feature out of the source."});
}

PerimeterRepair repair_of(const geometry::Repaired<SourceShape>& repaired, bool geographic) {
  if (geographic)
    if (const auto latitude = Latitude::make(repaired.mean_northing))
      return {geometry::area_on_ground(repaired.area_changed, *latitude).value(), repaired.share};
  return {repaired.area_changed, repaired.share};
}

}  // namespace

PerimeterOutcome perimeter_of(const ogr::SourceFeature& feature, const projection::Reprojector& to_degrees,
                              bool geographic) {
  if (!feature.geometry) return no_polygon(feature.geometry_name);
  const auto repaired = geometry::repair(*feature.geometry);
  if (!repaired) return refused(repaired.error().text(), write_valid_geometry);
  const auto on_grid = to_degrees.to_degrees(repaired->shape);
  if (!on_grid) {
    const bool across = on_grid.error().reason == projection::ReprojectionFailure::Reason::across_antimeridian;
    return refused(on_grid.error().text(), across ? cut_at_antimeridian : write_other_crs);
  }
  // Rounding to the grid may break what was valid; what this changes is under a centimetre and is not a repair of the
  // source.
  auto valid = geometry::repair(*on_grid);
  if (!valid) return refused(valid.error().text(), write_valid_geometry);
  SoundPerimeter perimeter{.shape = std::move(valid->shape), .sum = 0, .repair = std::nullopt};
  perimeter.sum = sum_over(perimeter.shape);
  if (repaired->changed) perimeter.repair = repair_of(*repaired, geographic);
  return perimeter;
}

}  // namespace geoprio::loading
