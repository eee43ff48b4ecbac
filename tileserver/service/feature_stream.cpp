#include "tileserver/service/feature_stream.hpp"

#include <algorithm>
#include <utility>

#include "geo/core/error.hpp"

namespace geoprio::service {
namespace {

// So that a worker is soon free for others, and a client that left is soon known.
constexpr std::size_t piece_bytes = 128 * 1024;
constexpr std::size_t most_examined = 16'384;  // where a filter selects few

}  // namespace

FeatureStream::FeatureStream(std::shared_ptr<const atlas::Atlas> atlas, std::size_t layer, ItemSelection selection,
                             GeoJsonForm form)
    : atlas_(std::move(atlas)),
      layer_(atlas_->layers[layer]),
      crs_(*selection.crs),
      selection_(std::move(selection)),
      form_(form) {
  selection_.crs = &crs_;
  // An edition of another time has nothing to send.
  if (!is_of_time(*atlas_, layer_, selection_)) ordered_.emplace();
}

std::optional<projection::ReprojectionFailure> FeatureStream::begin() {
  if (!ordered_ && !selection_.order.empty()) {
    auto& places = ordered_.emplace();
    for (std::size_t place = 0; place < layer_.features.size(); ++place)
      if (selects(selection_, layer_, place)) places.push_back(place);
    sort_places(places, layer_, selection_.order);
  }
  if (form_ == GeoJsonForm::collection) first_piece_ = R"({"type":"FeatureCollection","features":[)";
  return append_features(first_piece_);
}

bool FeatureStream::append_piece(std::string& piece) {
  if (!std::exchange(begun_, true)) {
    piece.swap(first_piece_);
  } else if (const auto failure = append_features(piece)) {
    throw Error("a download ends early: a position has no image in " + crs_.address());
  }
  const bool more = next_ < (ordered_ ? ordered_->size() : layer_.features.size());
  if (!more && form_ == GeoJsonForm::collection) piece += "\n]}\n";
  return more;
}

std::optional<std::size_t> FeatureStream::next_place() {
  const auto place = next_++;
  if (ordered_) return (*ordered_)[place];
  return selects(selection_, layer_, place) ? std::optional(place) : std::nullopt;
}

std::optional<projection::ReprojectionFailure> FeatureStream::append_features(std::string& text) {
  // Another thread may have made the piece before: a writer borrows its thread's reprojector.
  const FeatureForm form{.geometry = GeometryWriter(crs_), .fields = selection_.fields};
  const auto end = ordered_ ? ordered_->size() : layer_.features.size();
  const auto until = std::min(end, next_ + most_examined);
  while (next_ < until && text.size() < piece_bytes) {
    const auto place = next_place();
    if (!place) continue;
    if (form_ == GeoJsonForm::collection) text += std::exchange(written_, true) ? ",\n" : "\n";
    if (auto failure = append_feature(text, layer_, layer_.features[*place], form)) return failure;
    if (form_ == GeoJsonForm::lines) text.push_back('\n');
  }
  return std::nullopt;
}

}  // namespace geoprio::service
