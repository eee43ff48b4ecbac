// The map behind the map, where an operator names one: off unless the atlas file says otherwise.
#pragma once

#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace geoprio::domain {

enum class BasemapKind { style, pmtiles, raster };

/// The word of the atlas file and of clients.
[[nodiscard]] constexpr std::string_view code_of(BasemapKind kind) noexcept {
  switch (kind) {
    case BasemapKind::style:
      return "style";
    case BasemapKind::pmtiles:
      return "pmtiles";
    case BasemapKind::raster:
      return "raster";
  }
  return {};
}

struct Basemap {
  BasemapKind kind = BasemapKind::style;
  std::string location{};              ///< an address (`https://…`), or a file, relative to the atlas's folder
  std::string attribution{};           ///< may be empty
  std::vector<std::string> origins{};  ///< where pages may fetch it from: `https://tiles.example:8443`, each once

  [[nodiscard]] bool is_file() const { return location.find("://") == std::string::npos; }
  static auto members(auto& self) { return std::tie(self.kind, self.location, self.attribution, self.origins); }
  bool operator==(const Basemap&) const = default;
};

}  // namespace geoprio::domain
