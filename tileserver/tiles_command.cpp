// `geoprio tiles`: the whole pyramid in one file.

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include "geo/core/error.hpp"
#include "geo/core/near_name.hpp"
#include "geo/loading/load.hpp"
#include "tileserver/application.hpp"
#include "tileserver/atlas/atlas_builder.hpp"
#include "tileserver/atlas/built_file.hpp"
#include "tileserver/progress.hpp"
#include "tileserver/pyramid/pyramid.hpp"
#include "tileserver/service/tileset_description.hpp"

namespace geoprio {
namespace {

std::vector<std::size_t> layers_named(const atlas::Atlas& atlas, const std::vector<std::string>& names) {
  std::vector<std::size_t> numbers(atlas.layers.size());
  std::iota(numbers.begin(), numbers.end(), std::size_t{0});
  if (names.empty()) return numbers;
  std::vector<std::string> ids;
  for (const auto& layer : atlas.layers) ids.push_back(layer.id);
  numbers.clear();
  for (const auto& name : names) {
    const auto number = atlas.layer_number(name);
    if (!number) {
      const auto near = did_you_mean(name, ids);
      throw Error({fmt::format("--layers : il n'y a pas de couche « {} ».{}", name, near.french),
                   fmt::format("--layers: there is no layer “{}”.{}", name, near.english)});
    }
    if (std::find(numbers.begin(), numbers.end(), *number) != numbers.end())
      throw Error({fmt::format("--layers : la couche « {} » est nommée deux fois.", name),
                   fmt::format("--layers: the layer “{}” is named twice.", name)});
    numbers.push_back(*number);
  }
  return numbers;
}

unsigned deepest_zoom(const TilesOptions& options, unsigned of_atlas) {
  const auto asked = options.max_zoom.value_or(of_atlas);
  if (asked > of_atlas)
    throw Error({fmt::format("--max-zoom {} : les tuiles de cet atlas s'arrêtent au zoom {}.", asked, of_atlas),
                 fmt::format("--max-zoom {}: this atlas's tiles end at zoom {}.", asked, of_atlas)});
  return asked;
}

/// An archive that ends at a zoom is that of an atlas that ends there: its last tiles show what a client needs that
/// enlarges them, and no zoom is made ready that nobody asks for, nor a layer. A built file has them already.
std::shared_ptr<const atlas::Atlas> atlas_to_cut(const TilesOptions& options, Language language, ProgressBar& bar) {
  if (atlas::is_built_file(options.atlas)) return atlas::read_built_file(options.atlas).atlases.everyone;
  auto loaded = loading::load(options.atlas, shown_on(bar, language));
  loaded.file.max_zoom = deepest_zoom(options, loaded.file.max_zoom);
  return atlas::published_tiles(atlas::cut_atlas(loaded, atlas::Audience::everyone, language), options.layers);
}

}  // namespace

int tiles(const TilesOptions& options, Language language) {
  ProgressBar bar;
  const auto atlas = atlas_to_cut(options, language, bar);
  pyramid::PyramidOptions plan;
  plan.layers = layers_named(*atlas, options.layers);
  plan.max_zoom = deepest_zoom(options, atlas->max_zoom);
  auto metadata = service::tileset_description(*atlas, plan.layers, plan.max_zoom);
  metadata["type"] = "overlay";
  metadata["version"] = atlas->fingerprint;
  plan.metadata = metadata.dump();
  const std::string what = language == Language::english ? "Tiles" : "Tuiles";
  plan.progress = [&](std::size_t done, std::size_t total) { bar.show(what, done, total); };
  const auto written = pyramid::write_pyramid(*atlas, plan, options.output);
  const auto* const sentence = language == Language::english
                                   ? "{}: {} tiles to zoom {}, {} different, {} bytes, atlas {}.\n"
                                   : "{} : {} tuiles jusqu'au zoom {}, {} différentes, {} octets, atlas {}.\n";
  std::cout << fmt::format(fmt::runtime(sentence), options.output.string(), written.addressed_tiles, plan.max_zoom,
                           written.contents, written.bytes, atlas->fingerprint);
  return exit_clean;
}

}  // namespace geoprio
