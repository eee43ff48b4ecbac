// `/locate` of whole atlases, against every source perimeter tried one by one and GEOS' union of the priority quarters.
#include <algorithm>
#include <fstream>
#include <random>

#include "geo/domain/tier.hpp"
#include "geo/geometry/overlay.hpp"
#include "geo/loading/load.hpp"
#include "geo/projection/reprojector.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/real_files.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tileserver/atlas/atlas_builder.hpp"
#include "tileserver/atlas/layers.hpp"

using namespace geoprio;

namespace {

/// Whether an odd number of edges is crossed by a ray to the east.
bool holds(const DegreeShape& shape, DegreePoint place) {
  bool odd = false;
  const auto ring = [&](const Ring<DegreePoint>& points) {
    for (std::size_t i = 0; i < points.points.size(); ++i) {
      const auto a = points.points[i];
      const auto b = points.points[(i + 1) % points.points.size()];
      if ((a.y > place.y) == (b.y > place.y)) continue;
      const auto cross = (static_cast<long double>(b.x) - a.x) * (static_cast<long double>(place.y) - a.y) -
                         (static_cast<long double>(place.x) - a.x) * (static_cast<long double>(b.y) - a.y);
      if ((b.y > a.y) == (cross > 0)) odd = !odd;
    }
  };
  for (const auto& polygon : shape.polygons) {
    ring(polygon.shell);
    for (const auto& hole : polygon.holes) ring(hole);
  }
  return odd;
}

double distance_to_border(const MetricShape& shape, MetricCoordinate place) {
  double least = std::numeric_limits<double>::infinity();
  const auto ring = [&](const Ring<MetricCoordinate>& points) {
    for (std::size_t i = 0; i < points.points.size(); ++i) {
      const auto a = points.points[i];
      const auto b = points.points[(i + 1) % points.points.size()];
      const double x = b.easting - a.easting;
      const double y = b.northing - a.northing;
      const double length = x * x + y * y;
      const double dot = (place.easting - a.easting) * x + (place.northing - a.northing) * y;
      const double share = length > 0 ? std::clamp(dot / length, 0.0, 1.0) : 0.0;
      least =
          std::min(least, std::hypot(place.easting - a.easting - share * x, place.northing - a.northing - share * y));
    }
  };
  for (const auto& polygon : shape.polygons) {
    ring(polygon.shell);
    for (const auto& hole : polygon.holes) ring(hole);
  }
  return least;
}

/// What the sources say of places, without a partition.
class Oracle {
 public:
  Oracle(const loading::LoadedAtlas& loaded, const atlas::RankedEdition& edition)
      : loaded_(loaded), edition_(edition), to_metric_(projection::Reprojector::make("OGC:CRS84", "EPSG:2154")) {
    std::vector<MetricShape> priority;
    for (std::size_t quarter = 0; quarter < edition.loaded->quarters.size(); ++quarter) {
      const auto tier = edition.assignments[quarter].tier();
      if (tier != domain::outside_tier && tier != domain::undetermined_tier)
        priority.push_back(to_metric_.to_metric(edition.loaded->quarters[quarter].perimeter.shape).value());
    }
    priority_ = geometry::union_of(priority);
  }

  [[nodiscard]] double distance(LonLat place) const {
    return distance_to_border(priority_, to_metric_.to_metric(place).value());
  }
  [[nodiscard]] std::vector<std::string> members(LonLat place) const {
    std::vector<std::string> codes;
    for (const auto& quarter : edition_.loaded->quarters)
      if (holds(quarter.perimeter.shape, on_grid(place))) codes.push_back(edition_.id() + " " + quarter.perimeter.code);
    for (const auto& set : loaded_.sets)
      for (const auto& perimeter : set.perimeters)
        if (holds(perimeter.shape, on_grid(place))) codes.push_back(set.settings.id + " " + perimeter.code);
    return codes;
  }
  /// Of the best tier there; the near limit left out.
  [[nodiscard]] analysis::LocationAnswer answer(LonLat place) const {
    using Answer = analysis::LocationAnswer;
    bool commune = false;
    for (const auto& set : loaded_.sets)
      if (set.settings.id == "communes")
        for (const auto& perimeter : set.perimeters) commune = commune || holds(perimeter.shape, on_grid(place));
    if (!commune) return Answer::unavailable;
    bool undetermined = false;
    for (std::size_t quarter = 0; quarter < edition_.loaded->quarters.size(); ++quarter) {
      if (!holds(edition_.loaded->quarters[quarter].perimeter.shape, on_grid(place))) continue;
      const auto tier = edition_.assignments[quarter].tier();
      if (tier == domain::undetermined_tier) undetermined = true;
      if (tier != domain::outside_tier && tier != domain::undetermined_tier) return Answer::inside;
    }
    return undetermined ? Answer::unavailable : Answer::outside;
  }

 private:
  const loading::LoadedAtlas& loaded_;
  const atlas::RankedEdition& edition_;
  projection::Reprojector to_metric_;
  MetricShape priority_;
};

std::vector<std::string> named_members(const atlas::Atlas& atlas, const std::string& edition,
                                       std::span<const std::uint32_t> members) {
  std::vector<std::string> codes;
  for (const auto number : members)
    for (const auto& set : atlas.places.sets) {
      if (!set.numbers.holds(number)) continue;
      const auto& layer = atlas.layers[set.layer];
      const auto id = std::string(layer.features.id(number - set.numbers.first));
      if (layer.kind == domain::LayerKind::quarters && layer.edition == edition) codes.push_back(edition + " " + id);
      if (layer.kind == domain::LayerKind::context) codes.push_back(layer.id + " " + id);
    }
  return codes;
}

void check_places(const loading::LoadedAtlas& loaded, std::size_t place_of_edition, std::size_t questions) {
  const auto cut = atlas::cut_atlas(loaded, atlas::Audience::everyone, Language::english);
  const auto published = atlas::published_atlas(cut);
  const auto& edition = cut.editions[place_of_edition];
  const Oracle oracle(loaded, edition);
  const auto quarters = published->layers[*published->layer_number(edition.id() + ".quarters")].bounds.value();
  std::mt19937 random(3);
  std::uniform_int_distribution<std::int32_t> x(quarters.low.x - 200000, quarters.high.x + 200000);
  std::uniform_int_distribution<std::int32_t> y(quarters.low.y - 200000, quarters.high.y + 200000);
  std::map<analysis::LocationAnswer, int> seen;
  for (std::size_t i = 0; i < questions; ++i) {
    auto place = *LonLat::make(x(random) / degree_units, y(random) / degree_units);
    if (i % 2 == 0) {  // near a vertex of a quarter, where the answer changes
      const auto& shape = edition.loaded->quarters[i % edition.loaded->quarters.size()].perimeter.shape;
      const auto& ring = shape.polygons.front().shell.points;
      const auto vertex = ring[i % ring.size()];
      std::uniform_int_distribution<std::int32_t> near(-4000, 4000);
      place = *LonLat::make((vertex.x + near(random)) / degree_units, (vertex.y + near(random)) / degree_units);
    }
    INFO(place.lon.degrees() << " " << place.lat.degrees());
    const auto found = published->places.locator.locate(place, place_of_edition);
    const auto distance = oracle.distance(place);
    // Perimeters are snapped by some 0.7 cm when they are cut: nearer than that to a border, either side is right.
    if (distance < 0.03 || std::abs(distance - 15) < 0.03) continue;
    auto expected = oracle.answer(place);
    if (expected != analysis::LocationAnswer::unavailable) {
      REQUIRE(found.distance);
      CHECK(found.distance->value() == Approx(distance).margin(0.03));
      if (distance <= 15) expected = analysis::LocationAnswer::near_limit;
    }
    CHECK(found.answer == expected);
    CHECK(named_members(*published, edition.id(), found.members) == oracle.members(place));
    ++seen[found.answer];
  }
  CHECK(seen[analysis::LocationAnswer::inside] > 20);
  CHECK(seen[analysis::LocationAnswer::outside] > 20);
  CHECK(seen[analysis::LocationAnswer::near_limit] > 20);
}

}  // namespace

TEST_CASE("places of the default atlas are where its sources say, and as far from the limit as GEOS says", "[locate]") {
  const auto loaded = loading::load(std::string(GEOPRIO_SOURCE_FOLDER) + "/datasets/saint-etienne");
  for (std::size_t edition = 0; edition < loaded.editions.size(); ++edition) check_places(loaded, edition, 3000);
}

TEST_CASE("places of Lille are where its sources say, and as far from the limit as GEOS says", "[real]") {
  GEOPRIO_REAL_FILES_OR_RETURN(data);
  const tests::ScratchFolder folder("places-lille");
  const std::string gpkg = "data = \"" + (data / "lille.gpkg").string() + "\"\n";
  std::ofstream(folder.path() / "atlas.toml")
      << "title = \"Lille\"\nmetric_crs = \"EPSG:2154\"\n[[perimeters]]\nid = \"communes\"\n"
      << gpkg << "layer = \"cities\"\ncode = \"INSEE_COM\"\n[population]\n"
      << gpkg
      << "layer = \"enriched_grid\"\ncount = \"num_people\"\n[[editions]]\nid = \"2015\"\nstage = \"in_force\"\n"
      << "rules = \"rules.toml\"\n[editions.quarters]\n"
      << gpkg << "layer = \"qpvs\"\ncode = \"code_qp\"\n";
  std::ofstream(folder.path() / "rules.toml")
      << "label = \"QPV\"\n[[tiers]]\ncode = \"qpv\"\nrank = 1\nlabel = \"QPV\"\nwhen = \"TRUE\"\n";
  check_places(loading::load(folder.path()), 0, 2000);
}
