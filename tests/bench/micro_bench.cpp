// Microbenchmarks of what a cold tile, a dissolve and a page of features are made of (Google Benchmark).

#include <benchmark/benchmark.h>

#include <string>
#include <utility>

#include "geo/loading/load.hpp"
#include "geo/partition/dissolve.hpp"
#include "geo/partition/point_location.hpp"
#include "geo/tiling/network.hpp"
#include "geo/tiling/tile_cutter.hpp"
#include "geo/tiling/tile_matrix_set.hpp"
#include "tests/geo/tiling/made_up_coverage.hpp"
#include "tests/tileserver/atlas/default_atlas.hpp"
#include "tileserver/cache/encoded_tile.hpp"

using namespace geoprio;

namespace {

/// Some 600 polygons with rough borders, enclaves, islands and slivers around the point where tiles meet.
struct Scene {
  tests::MadeUpCoverage coverage{7, 24};
  partition::Partition partition = partition::Partition::make(coverage.inputs());
  partition::Grouping grouping = tests::by_last_perimeter(partition);
  tiling::Network network = tiling::Network::make(partition, grouping, {.max_zoom = 16});
  tiling::FeatureGroups features = [this] {
    std::vector<std::vector<std::uint32_t>> lists;
    for (std::uint32_t group = 0; group < grouping.group_count; ++group) lists.push_back({group});
    return tiling::FeatureGroups(lists);
  }();
};

const Scene& scene() {
  static const Scene made;
  return made;
}

/// The tile south-east of the point where tiles meet.
tiling::TileCoordinate tile_at(unsigned zoom) {
  const auto middle = zoom == 0 ? 0U : 1U << (zoom - 1);
  return *tiling::TileCoordinate::make(zoom, middle, middle);
}

void tile_borders(benchmark::State& state) {
  const auto tile = tile_at(static_cast<unsigned>(state.range(0)));
  std::size_t points = 0;
  for (auto _ : state) {
    const auto borders = scene().network.borders_in(tile);
    points = borders.runs().size();
    benchmark::DoNotOptimize(borders);
  }
  state.counters["runs"] = static_cast<double>(points);
  state.SetLabel(tile.zoom() < scene().network.snapped_zooms() ? "kept" : "snapped on demand");
}
BENCHMARK(tile_borders)->Arg(7)->Arg(10)->Arg(12)->Arg(14)->Arg(16);

void tile_polygons(benchmark::State& state) {
  const auto borders = scene().network.borders_in(tile_at(static_cast<unsigned>(state.range(0))));
  for (auto _ : state)
    tiling::cut_polygons(borders, scene().features, [](const auto& feature) { benchmark::DoNotOptimize(feature); });
}
BENCHMARK(tile_polygons)->Arg(7)->Arg(10)->Arg(12)->Arg(14);

void partition_of_the_scene(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(partition::Partition::make(scene().coverage.inputs()));
  state.counters["edges"] = static_cast<double>(scene().partition.edges().size());
}
BENCHMARK(partition_of_the_scene)->Unit(benchmark::kMillisecond);

void dissolve_as_chains(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(partition::dissolved(scene().partition.chains(), scene().grouping));
  state.counters["chains"] = static_cast<double>(scene().partition.chains().size());
}
BENCHMARK(dissolve_as_chains);

void point_location(benchmark::State& state) {
  std::int32_t step = 0;
  const auto& [vertices, edges] = std::pair(scene().partition.vertices(), scene().partition.edges());
  const partition::PointLocation location(vertices, edges);
  for (auto _ : state) {
    step = (step * 5 + 7) % 9973;
    benchmark::DoNotOptimize(location.face_at(vertices, edges, {(step - 4986) * 2000, (4986 - step) * 1999}));
  }
}
BENCHMARK(point_location);

std::string tile_of_the_default_atlas() {
  const auto atlas = tests::default_atlas();
  const auto bounds = *atlas->layers.front().bounds;
  const auto tiles = tiling::tiles_meeting(bounds, 11);
  return atlas->tiles->cut(std::vector<std::size_t>{0, 1, 2},
                           *tiling::TileCoordinate::make(11, tiles.first_column, tiles.first_row));
}

void compressed_tile(benchmark::State& state) {
  const auto tile = tile_of_the_default_atlas();
  const auto encoding = cache::all_encodings[static_cast<std::size_t>(state.range(0))];
  if (tile.empty()) state.SkipWithError("the tile is empty");
  const auto whole = cache::EncodedTile::of(tile);
  for (auto _ : state) benchmark::DoNotOptimize(whole.with(encoding));
  state.SetLabel(std::string(cache::name_of(encoding)));
  state.counters["bytes"] = static_cast<double>(tile.size());
}
BENCHMARK(compressed_tile)->DenseRange(0, static_cast<int>(cache::all_encodings.size()) - 1);

void feature_from_flat_arrays(benchmark::State& state) {
  const auto atlas = tests::default_atlas();
  const auto& features = atlas->layers.front().features;
  std::size_t place = 0;
  for (auto _ : state) {
    place = (place + 1) % features.size();
    benchmark::DoNotOptimize(features[place]);
  }
}
BENCHMARK(feature_from_flat_arrays);

}  // namespace

BENCHMARK_MAIN();
