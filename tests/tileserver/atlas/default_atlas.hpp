// The default atlas as everyone sees it, made once for all tests of a program.
#pragma once

#include <memory>
#include <string>

#include "geo/loading/load.hpp"
#include "tileserver/atlas/atlas_builder.hpp"

namespace geoprio::tests {

inline std::shared_ptr<const atlas::Atlas> default_atlas() {
  static const auto made = atlas::published_atlas(
      atlas::cut_atlas(loading::load(std::string(GEOPRIO_SOURCE_FOLDER) + "/datasets/saint-etienne"),
                       atlas::Audience::everyone, Language::english));
  return made;
}

}  // namespace geoprio::tests
