// Cuts a list of tiles of one layer on one thread, without any cache, and prints what it cost as JSON:
//     cold_tiles ATLAS LAYER LIST [--rounds N] [--write FOLDER]
// LIST has one "zoom column row" a line. A tile's time is the median over the rounds; `sums_ms` has each round's total.
// `cpu_ms` is the thread's time on the processor, which other work on the machine does not lengthen.
// --write leaves every tile as FOLDER/zoom-column-row.mvt, for whoever checks them.
#include <chrono>
#include <ctime>
#include <fstream>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "geo/core/error.hpp"
#include "geo/core/heap.hpp"
#include "geo/loading/load.hpp"
#include "tests/bench/process_memory.hpp"
#include "tileserver/atlas/atlas_builder.hpp"
#include "tileserver/atlas/built_file.hpp"

using namespace geoprio;

namespace {

using Clock = std::chrono::steady_clock;

struct Options {
  std::string atlas, layer, list, folder;
  int rounds = 5;
};

double milliseconds_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

/// Of this thread.
double processor_milliseconds() {
  timespec spent{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
  return double(spent.tv_sec) * 1e3 + double(spent.tv_nsec) * 1e-6;
}

Options options_of(int count, char** words) {
  if (count < 4) throw Error("cold_tiles ATLAS LAYER LIST [--rounds N] [--write FOLDER]");
  Options options{words[1], words[2], words[3], {}};
  for (int place = 4; place + 1 < count; place += 2) {
    const std::string option = words[place];
    if (option == "--rounds")
      options.rounds = std::stoi(words[place + 1]);
    else if (option == "--write")
      options.folder = words[place + 1];
    else
      throw Error("cold_tiles does not know " + option);
  }
  return options;
}

std::vector<tiling::TileCoordinate> tiles_in(const std::string& path) {
  std::ifstream file(path);
  std::vector<tiling::TileCoordinate> tiles;
  unsigned zoom = 0;
  std::uint32_t column = 0;
  std::uint32_t row = 0;
  while (file >> zoom >> column >> row) {
    const auto tile = tiling::TileCoordinate::make(zoom, column, row);
    if (!tile) throw Error("no such tile: " + std::to_string(zoom) + " in " + path);
    tiles.push_back(*tile);
  }
  if (tiles.empty()) throw Error("no tiles in " + path);
  return tiles;
}

/// As `geoprio serve` does, so that nothing of the load is left but the atlas.
std::shared_ptr<const atlas::Atlas> public_atlas(const std::string& path) {
  if (atlas::is_built_file(path)) return atlas::read_built_file(path).atlases.everyone;
  const auto loaded = loading::load(path);
  if (!loaded.report.refusals.empty())
    std::cerr << loaded.report.refusals.size() << " features are refused: what is measured is not what was meant\n";
  return atlas::published_atlas(atlas::cut_atlas(loaded, atlas::Audience::everyone, Language::english));
}

std::string file_name(tiling::TileCoordinate tile) {
  return std::to_string(tile.zoom()) + '-' + std::to_string(tile.column()) + '-' + std::to_string(tile.row()) + ".mvt";
}

nlohmann::json measured(const Options& options) {
  const auto tiles = tiles_in(options.list);
  const auto start = Clock::now();
  const auto atlas = public_atlas(options.atlas);
  nlohmann::json result{{"load_ms", milliseconds_since(start)},
                        {"resident_kb", bench::kilobytes("VmRSS")},
                        {"peak_kb", bench::kilobytes("VmHWM")}};
  const auto layer = atlas->layer_number(options.layer);
  if (!layer) throw Error("no layer " + options.layer + " in " + options.atlas);

  auto& rows = result["tiles"] = nlohmann::json::array();
  for (const auto tile : tiles)
    rows.push_back({{"zoom", tile.zoom()}, {"column", tile.column()}, {"row", tile.row()}, {"ms", {}}, {"cpu_ms", {}}});
  for (int round = 0; round < options.rounds; ++round) {
    double sum = 0;
    double processor_sum = 0;
    for (std::size_t number = 0; number < tiles.size(); ++number) {
      const auto before = Clock::now();
      const double processor_before = processor_milliseconds();
      const std::string bytes = atlas->tiles->cut(*layer, tiles[number]);
      const double processor_spent = processor_milliseconds() - processor_before;
      const double spent = milliseconds_since(before);
      rows[number]["ms"].push_back(spent);
      rows[number]["cpu_ms"].push_back(processor_spent);
      rows[number]["bytes"] = bytes.size();
      sum += spent;
      processor_sum += processor_spent;
      if (round == 0 && !options.folder.empty())
        std::ofstream(options.folder + '/' + file_name(tiles[number]), std::ios::binary) << bytes;
    }
    result["sums_ms"].push_back(sum);
    result["cpu_sums_ms"].push_back(processor_sum);
  }
  result["peak_after_tiles_kb"] = bench::kilobytes("VmHWM");
  return result;
}

}  // namespace

int main(int count, char** words) {
  try {
    settle_heap();  // as in geoprio itself
    std::cout << measured(options_of(count, words)) << '\n';
    return 0;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 2;
  }
}
