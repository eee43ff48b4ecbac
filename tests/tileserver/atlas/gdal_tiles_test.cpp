// Every tile of the default atlas, read by GDAL's own MVT driver: an independent decoding that refuses what JavaScript
// readers accept.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "geo/geometry/overlay.hpp"
#include "geo/ogr/source.hpp"
#include "geo/tiling/tile_matrix_set.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/real_files.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/tileserver/atlas/default_atlas.hpp"
#include "tests/tileserver/atlas/tile_reading.hpp"

using namespace geoprio;
using tiling::TileCoordinate;

namespace {

/// A place in EPSG:3857, as GDAL gives it, in the units of the tile.
DegreePoint tile_units(const SourceCoordinate& place, TileCoordinate tile) {
  constexpr double half_side = 20037508.342789244;  // of the square, metres: pi times the sphere's radius
  const double units = std::ldexp(4096, static_cast<int>(tile.zoom())) / (2 * half_side);
  return {static_cast<std::int32_t>(std::lround((place.easting + half_side) * units - 4096.0 * tile.column())),
          static_cast<std::int32_t>(std::lround((half_side - place.northing) * units - 4096.0 * tile.row()))};
}

Ring<DegreePoint> ring_of(const Ring<SourceCoordinate>& ring, TileCoordinate tile) {
  Ring<DegreePoint> same;
  for (const auto& point : ring.points) same.points.push_back(tile_units(point, tile));
  return same;
}

DegreeShape shape_of(const SourceShape& shape, TileCoordinate tile) {
  DegreeShape same;
  for (const auto& polygon : shape.polygons) {
    auto& added = same.polygons.emplace_back(Polygon<DegreePoint>{ring_of(polygon.shell, tile), {}});
    for (const auto& hole : polygon.holes) added.holes.push_back(ring_of(hole, tile));
  }
  return same;
}

/// Wholly; and there is some.
bool within_extent(const DegreeShape& shape) {
  for (const auto& polygon : shape.polygons)
    for (const auto point : polygon.shell.points)
      if (std::min(point.x, point.y) < 0 || std::max(point.x, point.y) > 4096) return false;
  return !shape.polygons.empty();
}

struct Tally {
  std::size_t tiles = 0;
  std::size_t compared = 0;  ///< features whose land was compared
  std::size_t polygons = 0;
  std::size_t fields = 0;  ///< whose types were compared
};

/// What GDAL makes of the values' types is what the layer declares; the first field is GDAL's own, the feature's id.
void check_types(const ogr::Source& source, const std::vector<Field>& declared, Tally& tally) {
  for (std::size_t place = 1; place < source.fields().size(); ++place) {
    const auto& field = source.fields()[place];
    INFO(field.name);
    const auto found = std::find_if(declared.begin(), declared.end(),
                                    [&](const Field& candidate) { return candidate.name == field.name; });
    REQUIRE(found != declared.end());
    CHECK(field.type == found->type);
    ++tally.fields;
  }
}

/// One tile of one layer: GDAL sees the features that Protobuf's classes see, with the same ids and the same land.
void check_tile(const std::string& bytes, const domain::Layer& layer, TileCoordinate tile,
                const tests::ScratchFolder& folder, Tally& tally) {
  // GDAL takes the tile's place from its path.
  const auto path = folder.path() / std::to_string(tile.zoom()) / std::to_string(tile.column()) /
                    (std::to_string(tile.row()) + ".mvt");
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
  auto source = ogr::Source::open({.location = path.string(), .layer = {}, .encoding = {}});
  CHECK(source.driver() == "MVT");
  CHECK(source.layer() == layer.id);
  check_types(source, layer.fields, tally);
  const auto decoded = tests::tile_of(bytes);
  REQUIRE(decoded.layers_size() == 1);
  REQUIRE(source.feature_count() == decoded.layers(0).features_size());
  std::map<std::int64_t, const vector_tile::Tile_Feature*> by_id;
  for (const auto& feature : decoded.layers(0).features()) by_id[static_cast<std::int64_t>(feature.id())] = &feature;
  source.for_each([&](ogr::SourceFeature&& row) {
    const auto found = by_id.find(std::get<std::int64_t>(row.values.front()));
    REQUIRE(found != by_id.end());
    const auto& feature = *found->second;
    by_id.erase(found);
    if (feature.type() != vector_tile::Tile_GeomType_POLYGON) return;
    REQUIRE(row.geometry);
    const auto shape = shape_of(*row.geometry, tile);
    const auto defect = geometry::defect_of(shape);
    if (!defect.empty()) FAIL_CHECK(defect);
    // GDAL cuts the buffer off: only what lies inside the tile is the same land.
    const auto ours = tests::polygons_of(feature);
    if (within_extent(ours)) {
      CHECK(geometry::area_of(shape) == geometry::area_of(ours));
      ++tally.compared;
    }
    tally.polygons += shape.polygons.size();
  });
  // What GDAL leaves out lies in the buffer alone.
  for (const auto& [id, feature] : by_id) CHECK_FALSE(within_extent(tests::polygons_of(*feature)));
  ++tally.tiles;
  std::filesystem::remove(path);
}

/// Reads every tile of every layer, z0 to z14. Down to zoom 9 a tile may be empty because its land has collapsed.
Tally read_all(const atlas::Atlas& atlas, const tests::ScratchFolder& folder) {
  Tally tally;
  for (std::size_t number = 0; number < atlas.layers.size(); ++number) {
    const auto& layer = atlas.layers[number];
    if (!layer.bounds) continue;
    for (unsigned zoom = 0; zoom <= 14; ++zoom) {
      const auto range = tiling::tiles_meeting(*layer.bounds, zoom);
      for (auto row = range.first_row; row <= range.last_row; ++row)
        for (auto column = range.first_column; column <= range.last_column; ++column) {
          const auto tile = *TileCoordinate::make(zoom, column, row);
          const auto bytes = atlas.tiles->cut(number, tile);
          if (bytes.empty()) continue;
          INFO(layer.id << " " << zoom << "/" << column << "/" << row);
          check_tile(bytes, layer, tile, folder, tally);
        }
    }
  }
  return tally;
}

}  // namespace

TEST_CASE("GDAL reads every tile of the default atlas, z0 to z14, and finds every polygon valid", "[tiles]") {
  const tests::ScratchFolder folder("gdal-tiles");
  const auto tally = read_all(*tests::default_atlas(), folder);
  CHECK(tally.tiles > 1000);
  CHECK(tally.polygons > 1000);
  CHECK(tally.compared > 300);
  CHECK(tally.fields > 1000);
}

TEST_CASE("GDAL reads every tile of Occitanie, z0 to z14, and finds every polygon valid", "[tiles][real]") {
  GEOPRIO_REAL_FILES_OR_RETURN(data);
  const tests::ScratchFolder folder("gdal-occitanie");
  std::ofstream(folder.path() / "atlas.toml")
      << "title = \"Occitanie\"\nmetric_crs = \"EPSG:2154\"\n[[perimeters]]\nid = \"communes\"\ndata = \""
      << (data / "occitanie/communes.geojson").string()
      << "\"\n[[editions]]\nid = \"2015\"\nstage = \"in_force\"\nquarters = { data = \""
      << (data / "occitanie/qp.geojson").string() << "\", code = \"code_qp\" }\n";
  const auto atlas = atlas::published_atlas(
      atlas::cut_atlas(loading::load(folder.path()), atlas::Audience::everyone, Language::english));
  const auto tally = read_all(*atlas, folder);
  CHECK(tally.tiles > 1000);
  CHECK(tally.polygons > 2000);
  CHECK(tally.compared > 500);
}
