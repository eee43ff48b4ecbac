// What one server serves: immutable once published; requests read it and nothing else.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "geo/analysis/population.hpp"
#include "geo/domain/basemap.hpp"
#include "geo/domain/consultation.hpp"
#include "geo/domain/kiosk.hpp"
#include "geo/domain/layer.hpp"
#include "geo/tiling/tile_coordinate.hpp"
#include "tileserver/atlas/places.hpp"
#include "tileserver/search/search_index.hpp"

namespace geoprio::atlas {

struct DecisionRecord {
  std::string body, date, outcome, why;  ///< date as YYYY-MM-DD; why may be empty
  std::string quarter, tier;             ///< empty when the decision is on the whole edition

  static auto members(auto& self) {
    return std::tie(self.body, self.date, self.outcome, self.why, self.quarter, self.tier);
  }
};

struct IndicatorExplanation {
  std::string id, label, unit, direction, source, vintage;
  double weight = 0;
  std::optional<double> value, reference, score;

  static auto members(auto& self) {
    return std::tie(self.id, self.label, self.unit, self.direction, self.source, self.vintage, self.weight, self.value,
                    self.reference, self.score);
  }
};

struct AxisExplanation {
  std::string id;
  std::optional<double> score;
  double coverage = 0;
  std::vector<IndicatorExplanation> indicators;

  static auto members(auto& self) { return std::tie(self.id, self.score, self.coverage, self.indicators); }
};

/// Why a quarter has its tier: the rule (tier code) that matched, its condition, the flags raised, the indicators.
struct Explanation {
  std::string rule, condition;
  std::vector<std::string> flags;
  std::vector<AxisExplanation> axes;

  static auto members(auto& self) { return std::tie(self.rule, self.condition, self.flags, self.axes); }
};

/// Another quarter of the edition that shares a part of the border.
struct NeighbourRecord {
  std::string code;
  std::optional<Metres> border;  ///< nothing where the metric system is not made for it

  static auto members(auto& self) { return std::tie(self.code, self.border); }
};

struct PopulationRangeRecord {
  analysis::People low, high;

  static auto members(auto& self) { return std::tie(self.low, self.high); }
};

/// What would change the computed tier.
struct AlternativeRecord {
  std::string tier, kind, id;  ///< kind: `score` (id: an axis) or `indicator`
  double from = 0, to = 0;

  static auto members(auto& self) { return std::tie(self.tier, self.kind, self.id, self.from, self.to); }
};

struct QuarterRecord {
  std::string code;
  std::optional<Explanation> explanation = {};                 ///< nothing for an unranked edition
  std::vector<DecisionRecord> decisions = {};                  ///< those that name this quarter
  std::vector<NeighbourRecord> neighbours = {};                ///< the longest border first
  std::optional<PopulationRangeRecord> population_range = {};  ///< nothing without a population
  std::vector<AlternativeRecord> alternatives = {};

  static auto members(auto& self) {
    return std::tie(self.code, self.explanation, self.decisions, self.neighbours, self.population_range,
                    self.alternatives);
  }
};

/// How a tier is drawn and named, from the rules file.
struct TierLegend {
  std::string code, short_name, label, fill, pattern, outline;
  std::optional<int> rank;                     ///< none for outside and undetermined
  std::vector<double> dash;                    ///< empty: a continuous outline
  std::string label_en = {}, label_falc = {};  ///< in English and in simple French; empty: as `label`

  static auto members(auto& self) {
    return std::tie(self.code, self.short_name, self.label, self.fill, self.pattern, self.outline, self.rank, self.dash,
                    self.label_en, self.label_falc);
  }
};

struct EditionRecord {
  std::string id, title, stage;           ///< stage as its code: `consultation`
  std::string valid_from, valid_to;       ///< YYYY-MM-DD or empty
  std::string previous;                   ///< an edition id or empty
  std::string rules_label;                ///< empty for an unranked edition
  std::string rules_text;                 ///< the rules file as it was read
  std::vector<TierLegend> tiers;          ///< in the order of the rules; empty for an unranked edition
  std::vector<DecisionRecord> decisions;  ///< all of this edition, by date
  std::vector<QuarterRecord> quarters;    ///< in the order of the layer `{id}.quarters`
  bool working_document = false;          ///< "Document de travail": every stage before validated

  static auto members(auto& self) {
    return std::tie(self.id, self.title, self.stage, self.valid_from, self.valid_to, self.previous, self.rules_label,
                    self.rules_text, self.tiers, self.decisions, self.quarters, self.working_document);
  }
};

/// Makes tiles. Implementations are immutable: any thread may call them at any time.
class TileSource {
 public:
  virtual ~TileSource() = default;
  /// The tile of these layers, by their numbers, each once: MVT `Layer` messages with their keys and lengths, one after
  /// another in that order. Nothing of a layer that has nothing in the tile.
  [[nodiscard]] virtual std::string cut(std::span<const std::size_t> layers, tiling::TileCoordinate tile) const = 0;
  [[nodiscard]] std::string cut(std::size_t layer, tiling::TileCoordinate tile) const {
    return cut(std::span(&layer, 1), tile);
  }
};

/// What everyone sees: no edition, layer or figure in it comes from a draft or a prefiguration. Or what staff see, with
/// them.
struct Atlas {
  std::string title;
  std::string fingerprint;      ///< 16 hex digits: the public one, or the whole one
  std::string default_edition;  ///< always one of `editions`, and public
  std::string current_edition;  ///< likewise
  std::size_t refusals = 0;
  unsigned max_zoom = 16;
  std::vector<std::string> crs;          ///< offered beside those of every atlas, as `EPSG:27572`
  std::string metric_crs = "EPSG:2154";  ///< where distances are measured
  domain::Kiosk kiosk;
  domain::Consultation consultation;
  std::optional<domain::Basemap> basemap;
  bool has_addresses = false;
  std::vector<EditionRecord> editions;
  std::vector<domain::Layer> layers;        ///< collections in the order of publication
  search::SearchIndex names;                ///< what `/search` asks
  Places places;                            ///< what `/locate` asks
  std::shared_ptr<const TileSource> tiles;  ///< layer numbers are indexes of `layers`

  /// The number of the layer with that id.
  [[nodiscard]] std::optional<std::size_t> layer_number(std::string_view id) const {
    for (std::size_t number = 0; number < layers.size(); ++number)
      if (layers[number].id == id) return number;
    return std::nullopt;
  }
  /// The box around these layers; nothing when none of them has a feature with land.
  [[nodiscard]] std::optional<DegreeBox> bounds(std::span<const std::size_t> numbers) const {
    std::optional<DegreeBox> all;
    for (const auto number : numbers)
      if (const auto& box = layers[number].bounds) {
        if (!all) all = box;
        all->extend(box->low);
        all->extend(box->high);
      }
    return all;
  }
  /// The edition with that id, or null.
  [[nodiscard]] const EditionRecord* edition(std::string_view id) const {
    for (const auto& candidate : editions)
      if (candidate.id == id) return &candidate;
    return nullptr;
  }

  static auto members(auto& self) {
    return std::tie(self.title, self.fingerprint, self.default_edition, self.current_edition, self.refusals,
                    self.max_zoom, self.crs, self.metric_crs, self.kiosk, self.consultation, self.basemap,
                    self.has_addresses, self.editions, self.layers, self.names, self.places);
  }
};

}  // namespace geoprio::atlas
