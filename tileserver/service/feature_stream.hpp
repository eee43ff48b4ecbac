// A whole layer as GeoJSON, made while it is sent.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tileserver/service/geojson.hpp"
#include "tileserver/service/item_selection.hpp"
#include "tileserver/service/response.hpp"

namespace geoprio::service {

/// One FeatureCollection (RFC 7946), or a Feature on every line.
enum class GeoJsonForm { collection, lines };

/// Holds the atlas for as long as it lasts, and beside it a piece of text and, where an order is asked for, the places.
class FeatureStream final : public BodyStream {
 public:
  /// `layer`: a number in the atlas.
  FeatureStream(std::shared_ptr<const atlas::Atlas> atlas, std::size_t layer, ItemSelection selection,
                GeoJsonForm form);

  /// Makes the first piece before anything is sent: what cannot be moved to the system that was asked for is mostly
  /// known by then, and can still be said.
  [[nodiscard]] std::optional<projection::ReprojectionFailure> begin();

  bool append_piece(std::string& piece) override;

 private:
  [[nodiscard]] std::optional<projection::ReprojectionFailure> append_features(std::string& text);
  [[nodiscard]] std::optional<std::size_t> next_place();

  std::shared_ptr<const atlas::Atlas> atlas_;
  const domain::Layer& layer_;
  projection::OfferedCrs crs_;
  ItemSelection selection_;
  GeoJsonForm form_;
  std::optional<std::vector<std::size_t>> ordered_;  ///< all that is selected, where an order is asked for
  std::size_t next_ = 0;                             ///< in `ordered_`, or in the layer
  bool begun_ = false;                               ///< the first piece is sent
  bool written_ = false;                             ///< a feature is, so that the next one needs a comma
  std::string first_piece_;
};

}  // namespace geoprio::service
