// An atlas that fits on a page, for tests of what is served: two editions, a context set, tiles made of words.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "tileserver/atlas/atlas.hpp"
#include "tileserver/service/service.hpp"

namespace geoprio::testing {

/// Tiles that say what was cut: `[layer z/x/y]`, long enough to be worth compressing; nothing of layer 1 anywhere.
class WordTiles : public atlas::TileSource {
 public:
  using TileSource::cut;
  [[nodiscard]] std::string cut(std::span<const std::size_t> layers, tiling::TileCoordinate tile) const override {
    std::string bytes;
    for (const auto layer : layers) bytes += cut_one(layer, tile);
    return bytes;
  }
  mutable std::atomic<int> cuts{0};
  std::function<void()> while_cutting;

 private:
  [[nodiscard]] std::string cut_one(std::size_t layer, tiling::TileCoordinate tile) const {
    ++cuts;
    if (while_cutting) while_cutting();
    if (layer == 1) return {};
    std::string word = "[" + std::to_string(layer) + " " + std::to_string(tile.zoom()) + "/" +
                       std::to_string(tile.column()) + "/" + std::to_string(tile.row()) + "]";
    std::string bytes;
    while (bytes.size() < 2000) bytes += word;
    return bytes;
  }
};

/// A square ring, anticlockwise, in units of 1e-7 degree.
inline Ring<DegreePoint> square_ring(std::int32_t west, std::int32_t south, std::int32_t side) {
  return {{{west, south}, {west + side, south}, {west + side, south + side}, {west, south + side}}};
}

inline domain::Feature square_feature(std::string id, std::vector<AttributeValue> values, std::int32_t west,
                                      std::int32_t south, std::int32_t side) {
  return {std::move(id), std::move(values), DegreeShape{{{square_ring(west, south, side), {}}}},
          DegreeBox{{west, south}, {west + side, south + side}}};
}

/// Three quarters side by side from 4.3 E 45.4 N, each 0.01 degree wide, 0.02 apart; one without a geometry.
inline domain::Layer small_quarters() {
  domain::Layer layer;
  layer.id = "2014.quarters";
  layer.kind = domain::LayerKind::quarters;
  layer.title = "Quartiers 2014";
  layer.edition = "2014";
  layer.attribution = "Exemple";
  layer.fields = {{"id", FieldType::text},        {"code", FieldType::text},         {"name", FieldType::text},
                  {"tier", FieldType::text},      {"tier_rank", FieldType::integer}, {"score_social", FieldType::real},
                  {"renewal", FieldType::boolean}};
  const auto text = [](const char* words) { return AttributeValue(std::string(words)); };
  const auto integer = [](std::int64_t number) { return AttributeValue(number); };
  std::vector<domain::Feature> features = {
      square_feature(
          "q1", {text("q1"), text("q1"), text("Beaubrun \"Tarentaize\""), text("priority_1"), integer(1), 71.25, true},
          43000000, 454000000, 100000),
      square_feature("q2", {text("q2"), text("q2"), text("Crêt de Roc"), text("watch"), integer(3), 40.0, false},
                     43200000, 454000000, 100000),
      square_feature("q/3", {text("q/3"), text("q/3"), text("Montreynaud"), text("undetermined"), {}, {}, {}}, 43400000,
                     454000000, 100000)};
  features.push_back({"q4", {text("q4"), text("q4"), text("Sans forme"), {}, {}, {}, {}}, {}, {}});
  layer.features = features;
  layer.bounds = DegreeBox{{43000000, 454000000}, {43500000, 454100000}};
  return layer;
}

inline domain::Layer empty_layer(std::string id, std::string edition) {
  domain::Layer layer;
  layer.id = std::move(id);
  layer.edition = std::move(edition);
  layer.title = layer.id;
  return layer;
}

inline atlas::EditionRecord small_edition() {
  atlas::EditionRecord edition;
  edition.id = "2014";
  edition.title = "Préparation 2014";
  edition.stage = "consultation";
  edition.valid_from = "2015-01-01";
  edition.previous = "2007";
  edition.rules_label = "Règles d'essai";
  edition.rules_text = "[[tiers]]\n";
  edition.tiers = {{"priority_1", "P1", "Priorité 1", "#5E1A3A", "solid", "#1A1A1A", 1, {}, "Priority 1", ""}};
  edition.working_document = true;
  const atlas::DecisionRecord decision{"copil", "2014-10-15", "noted", "", "q1", "watch"};
  edition.decisions = {decision};
  atlas::IndicatorExplanation vacancy{"vacancy", "Vacance", "%",  "higher_is_worse", "INSEE", "2011", 2,
                                      12.5,      8.0,       56.25};
  atlas::AxisExplanation axis{"social", 71.25, 0.8, {vacancy}};
  edition.quarters = {{"q1", atlas::Explanation{"priority_1", "score_social >= 60", {"decided"}, {axis}}, {decision}},
                      {"q2", std::nullopt, {}},
                      {"q/3", std::nullopt, {}},
                      {"q4", std::nullopt, {}}};
  return edition;
}

/// Layers: 0 `2014.quarters`, 1 `communes` (empty everywhere), 2 to 9 `c2`…`c9`. Zooms 0 to 14.
inline std::shared_ptr<atlas::Atlas> small_atlas(std::shared_ptr<WordTiles> tiles = std::make_shared<WordTiles>()) {
  auto made = std::make_shared<atlas::Atlas>();
  made->title = "Atlas d'essai";
  made->fingerprint = "0123456789abcdef";
  made->default_edition = made->current_edition = "2014";
  made->refusals = 2;
  made->max_zoom = 14;
  atlas::EditionRecord before;
  before.id = "2007";
  before.stage = "superseded";
  made->editions = {before, small_edition()};
  made->layers = {small_quarters(), empty_layer("communes", "")};
  for (int number = 2; number < 10; ++number) made->layers.push_back(empty_layer("c" + std::to_string(number), ""));
  made->tiles = std::move(tiles);
  return made;
}

/// Its snapshot, with one page and one script.
inline std::shared_ptr<const service::Snapshot> small_snapshot(std::shared_ptr<const atlas::Atlas> atlas,
                                                               std::string public_url = {}) {
  service::SnapshotParts parts;
  parts.atlas = std::move(atlas);
  parts.public_url = std::move(public_url);
  parts.files = [](std::string_view path) -> std::optional<service::EmbeddedFile> {
    if (path == "index.html")
      return service::EmbeddedFile{"<!doctype html>", "", "text/html; charset=utf-8", "\"page\""};
    if (path == "kiosk.html") return service::EmbeddedFile{"<!doctype html>", "", "text/html", "\"kiosk\""};
    if (path == "kiosk_worker.js") return service::EmbeddedFile{"keep();", "", "text/javascript", "\"worker\""};
    if (path == "map.js") return service::EmbeddedFile{"draw();", "(gz)", "text/javascript", "\"script\"", "(br)"};
    return std::nullopt;
  };
  return make_snapshot(std::move(parts));
}

inline service::Request get(std::string target, service::Headers headers = {}) {
  service::Request request;
  request.target = std::move(target);
  request.headers = std::move(headers);
  request.headers.set("Host", "atlas.example");
  return request;
}

}  // namespace geoprio::testing
