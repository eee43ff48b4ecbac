#include "tileserver/service/styles.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "tileserver/service/commune_names.hpp"
#include "tileserver/service/sprites.hpp"
#include "tileserver/service/style_files.hpp"

namespace geoprio::service {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view suffix = ".tiers";
constexpr std::string_view kiosk_style = "kiosk";
constexpr std::string_view communes = "communes", borders = "borders";
constexpr std::string_view commune_source = "commune-names";
constexpr std::string_view with_dash = "geoprio:with-dash";
constexpr std::string_view transparent = "rgba(0,0,0,0)";

/// The layers of styles/tiers.json.
const ordered_json& planner_layers() {
  static const auto layers = ordered_json::parse(style_files::tiers).at("layers");
  return layers;
}

/// The same layers with what styles/kiosk.json changes in them: a merge patch (RFC 7396) for each layer's id.
const ordered_json& kiosk_layers() {
  static const auto layers = [] {
    auto changed = planner_layers();
    const auto changes = ordered_json::parse(style_files::kiosk).at("layers");
    for (auto& layer : changed)
      if (const auto change = changes.find(layer.at("id")); change != changes.end()) layer.merge_patch(*change);
    return changed;
  }();
  return layers;
}

/// What the words of styles/README.md stand for; null for what is left out.
using Words = std::map<std::string, ordered_json, std::less<>>;

/// Puts the words' values into a document; a member whose word is null goes.
void fill_in(ordered_json& node, const Words& words) {
  if (node.is_string()) {
    if (const auto word = words.find(node.get_ref<const std::string&>()); word != words.end()) node = word->second;
    return;
  }
  if (!node.is_structured()) return;
  for (auto& child : node) fill_in(child, words);
  if (!node.is_object()) return;
  for (auto member = node.begin(); member != node.end();)
    member = member->is_null() ? node.erase(member) : std::next(member);
}

/// ["match", ["get", "tier"], code, value, …, otherwise] over the tiers for which `value_of` gives something.
template <class ValueOf>
ordered_json by_tier(const atlas::EditionRecord& edition, const ValueOf& value_of, std::string_view otherwise,
                     const ordered_json& tier_of = {"get", "tier"}) {
  ordered_json expression = {"match", tier_of};
  for (const auto& tier : edition.tiers)
    if (std::string value = value_of(tier); !value.empty()) {
      expression.push_back(tier.code);
      expression.push_back(std::move(value));
    }
  // A match without a branch is not allowed.
  if (expression.size() == 2) return otherwise;
  expression.push_back(otherwise);
  return expression;
}

/// A filter of the tiers that are wanted; null when there is none.
template <class Wanted>
ordered_json tier_is(const atlas::EditionRecord& edition, const Wanted& wanted,
                     const ordered_json& tier_of = {"get", "tier"}) {
  auto codes = ordered_json::array();
  for (const auto& tier : edition.tiers)
    if (wanted(tier)) codes.push_back(tier.code);
  if (codes.empty()) return nullptr;
  return {"in", tier_of, {"literal", std::move(codes)}};
}

/// The tier whose outline a border has: the higher one of its two sides, as where quarters overlap.
ordered_json tier_of_border(const atlas::EditionRecord& edition) {
  std::vector<const atlas::TierLegend*> order;
  for (const auto& tier : edition.tiers) order.push_back(&tier);
  std::stable_sort(order.begin(), order.end(), [](const auto* one, const auto* other) {
    constexpr auto last = std::numeric_limits<int>::max();
    return one->rank.value_or(last) < other->rank.value_or(last);
  });
  ordered_json expression = {"case"};
  for (const auto* tier : order) {
    expression.push_back({"any", {"==", {"get", "left"}, tier->code}, {"==", {"get", "right"}, tier->code}});
    expression.push_back(tier->code);
  }
  expression.push_back("");
  return expression;
}

/// Builds the document of one edition from the layers of a style document.
class Style {
 public:
  Style(const atlas::Atlas& atlas, const atlas::EditionRecord& edition, std::string_view base_url)
      : atlas_(atlas), edition_(edition), base_url_(base_url), fill_words_(fill_words()) {}

  ordered_json document(const ordered_json& layers) {
    for (const auto& layer : layers) add(layer);
    ordered_json style = {{"version", 8}, {"name", edition_.title}, {"metadata", metadata()}};
    add_view(style);
    style["sources"] = sources();
    if (!edition_.tiers.empty()) style["sprite"] = base_url_ + "/sprites/tiers";
    style["layers"] = std::move(layers_);
    return style;
  }

 private:
  [[nodiscard]] bool has(std::string_view layer) const { return atlas_.layer_number(layer).has_value(); }
  [[nodiscard]] std::string layer_id(std::string_view kind) const { return edition_.id + "." + std::string(kind); }

  /// A layer of the document, left out when the atlas has nothing for it to draw.
  void add(ordered_json layer) {
    if (edition_.tiers.empty() && layer.contains("metadata"))
      layer.merge_patch(layer["metadata"].value("geoprio:unranked", ordered_json::object()));
    layer.erase("metadata");
    if (layer.value("source", "") == commune_source && !has_commune_names()) return;
    if (layer.contains("source-layer")) {
      const auto drawn = drawn_layer(layer["source-layer"]);
      if (!has(drawn)) return;
      layer["source-layer"] = drawn;
    }
    if (layer.contains("filter") && layer["filter"] == std::string(with_dash)) return add_by_dash(layer);
    add_filled_in(std::move(layer), fill_words_);
  }

  /// Borders are drawn along the land of the tiers where the atlas has none.
  [[nodiscard]] std::string drawn_layer(const std::string& kind) const {
    if (kind == communes) return kind;
    const bool no_borders = kind == borders && !has(layer_id(borders));
    return layer_id(no_borders ? "tiers" : kind);
  }

  /// A layer whose filter lets no tier through draws nothing.
  void add_filled_in(ordered_json layer, const Words& words) {
    const bool filtered = layer.contains("filter");
    fill_in(layer, words);
    if (filtered && !layer.contains("filter")) return;
    layers_.push_back(std::move(layer));
  }

  [[nodiscard]] Words fill_words() const {
    const auto fill = [](const atlas::TierLegend& tier) { return tier.fill; };
    const auto filled = [](const atlas::TierLegend& tier) { return !tier.fill.empty(); };
    const auto patterned = [&](const atlas::TierLegend& tier) { return filled(tier) && tier.pattern != "solid"; };
    const auto image = [&](const atlas::TierLegend& tier) {
      return patterned(tier) ? sprite_name(edition_.id, tier.code) : std::string();
    };
    return {{"geoprio:with-fill", tier_is(edition_, filled)},
            {"geoprio:fill", by_tier(edition_, fill, transparent)},
            {"geoprio:with-pattern", tier_is(edition_, patterned)},
            {"geoprio:pattern", by_tier(edition_, image, "")}};
  }

  /// One layer for each dash of the legend: MapLibre before 5.8 reads no dash from a feature. Along the borders, each
  /// of which is drawn once, a line has the tier of one of its sides.
  void add_by_dash(const ordered_json& layer) {
    const bool along_borders = layer.at("source-layer") == layer_id(borders);
    const ordered_json tier_of = along_borders ? tier_of_border(edition_) : ordered_json{"get", "tier"};
    const auto colour = [](const atlas::TierLegend& tier) { return tier.outline; };
    std::map<std::vector<double>, std::size_t> dashes;
    for (const auto& tier : edition_.tiers)
      if (!tier.outline.empty()) dashes.emplace(tier.dash, dashes.size());
    for (const auto& entry : dashes) {
      // Not a structured binding: clang 14, which builds the fuzzers, lets no lambda capture one.
      const auto& dash = entry.first;
      const auto same = [&](const atlas::TierLegend& tier) { return !tier.outline.empty() && tier.dash == dash; };
      auto numbered = layer;
      numbered["id"] = layer.at("id").get<std::string>() + "-" + std::to_string(entry.second);
      add_filled_in(std::move(numbered), {{std::string(with_dash), tier_is(edition_, same, tier_of)},
                                          {"geoprio:outline", by_tier(edition_, colour, transparent, tier_of)},
                                          {"geoprio:dash", in_widths(dash, layer.at("paint").at("line-width"))}});
    }
  }

  /// Dashes of the legend are pixels, those of MapLibre widths of the line; null for an unbroken line.
  static ordered_json in_widths(const std::vector<double>& dash, double width) {
    if (dash.empty()) return nullptr;
    auto lengths = ordered_json::array();
    for (const double pixels : dash) lengths.push_back(pixels / width);
    return lengths;
  }

  [[nodiscard]] ordered_json metadata() {
    auto legend = ordered_json::array();
    for (const auto& tier : edition_.tiers) {
      ordered_json entry = {{"code", tier.code}, {"short", tier.short_name}, {"label", tier.label},
                            {"fill", tier.fill}, {"pattern", tier.pattern},  {"outline", tier.outline},
                            {"rank", nullptr}};
      if (tier.rank) entry["rank"] = *tier.rank;
      if (!tier.fill.empty()) entry["image"] = sprite_name(edition_.id, tier.code);
      legend.push_back(std::move(entry));
    }
    auto names = ordered_json::object();
    for (const auto& commune : commune_names().at("features")) {
      const auto& properties = commune.at("properties");
      names[properties.at("code").get<std::string>()] = properties.at("name");
    }
    return {{"geoprio:atlas", atlas_.title},        {"geoprio:edition", edition_.id},
            {"geoprio:stage", edition_.stage},      {"geoprio:legend", std::move(legend)},
            {"geoprio:communes", std::move(names)}, {"geoprio:bounds", bounds()}};
  }

  /// West, south, east and north of the quarters; null without land.
  [[nodiscard]] ordered_json bounds() const {
    const auto number = atlas_.layer_number(layer_id("quarters"));
    if (!number || !atlas_.layers[*number].bounds) return nullptr;
    const auto& box = *atlas_.layers[*number].bounds;
    return {longitude_of(box.low), latitude_of(box.low), longitude_of(box.high), latitude_of(box.high)};
  }

  /// Where a client without a view of its own begins: the middle of the edition, about as wide as an agglomeration.
  void add_view(ordered_json& style) const {
    const auto number = atlas_.layer_number(layer_id("quarters"));
    if (!number || !atlas_.layers[*number].bounds) return;
    const auto& box = *atlas_.layers[*number].bounds;
    style["center"] = {(longitude_of(box.low) + longitude_of(box.high)) / 2,
                       (latitude_of(box.low) + latitude_of(box.high)) / 2};
    style["zoom"] = 11;
  }

  [[nodiscard]] ordered_json sources() {
    std::string ids;
    for (const auto& layer : style_layers(atlas_, edition_.id)) ids += (ids.empty() ? "" : ",") + layer;
    ordered_json sources = {{"atlas",
                             {{"type", "vector"},
                              {"url", base_url_ + "/xyz/" + ids + ".json"},
                              {"promoteId", {{layer_id("quarters"), "id"}, {layer_id("tiers"), "id"}}}}}};
    if (has_commune_names()) sources[std::string(commune_source)] = {{"type", "geojson"}, {"data", commune_names()}};
    return sources;
  }

  /// Made once: a point per commune, which the tiles do not have.
  const ordered_json& commune_names() {
    if (names_.is_null()) names_ = commune_name_points(atlas_, edition_.id);
    return names_;
  }

  bool has_commune_names() { return !commune_names().at("features").empty(); }

  const atlas::Atlas& atlas_;
  const atlas::EditionRecord& edition_;
  std::string base_url_;
  Words fill_words_;
  ordered_json layers_ = ordered_json::array();
  ordered_json names_;
};

}  // namespace

std::string style_id(std::string_view edition) { return std::string(edition).append(suffix); }

std::vector<std::string> style_ids(const atlas::Atlas& atlas) {
  std::vector<std::string> ids;
  for (const auto& edition : atlas.editions) ids.push_back(style_id(edition.id));
  if (edition_of_style(atlas, kiosk_style) != nullptr) ids.emplace_back(kiosk_style);
  return ids;
}

const atlas::EditionRecord* edition_of_style(const atlas::Atlas& atlas, std::string_view id) {
  if (id == kiosk_style) return atlas.edition(atlas.default_edition);
  if (!id.ends_with(suffix)) return nullptr;
  return atlas.edition(id.substr(0, id.size() - suffix.size()));
}

std::string title_of_style(const atlas::Atlas& atlas, std::string_view id) {
  const auto* edition = edition_of_style(atlas, id);
  return edition == nullptr || edition->title.empty() ? std::string(id) : edition->title;
}

std::vector<std::string> style_layers(const atlas::Atlas& atlas, const std::string& edition) {
  std::vector<std::string> ids;
  for (const auto& id :
       {std::string(communes), edition + ".tiers", edition + ".borders", edition + ".quarters", edition + ".labels"})
    if (atlas.layer_number(id)) ids.push_back(id);
  return ids;
}

std::optional<std::string> style_document(const atlas::Atlas& atlas, std::string_view id, std::string_view base_url) {
  const auto* edition = edition_of_style(atlas, id);
  if (edition == nullptr) return std::nullopt;
  return Style(atlas, *edition, base_url).document(id == kiosk_style ? kiosk_layers() : planner_layers()).dump();
}

}  // namespace geoprio::service
