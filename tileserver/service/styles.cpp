#include "tileserver/service/styles.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "tileserver/service/commune_names.hpp"
#include "tileserver/service/sprites.hpp"
#include "tileserver/service/tier_symbol.hpp"

namespace geoprio::service {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view suffix = ".tiers";
constexpr std::string_view kiosk_style = "kiosk";
constexpr std::string_view communes = "communes";

// The backdrop is pale and without hue, so that the tiers alone carry colour.
constexpr auto land_outside = "#E6E8EB";
constexpr auto commune_ground = "#F7F6F3";
constexpr auto text = drawn::label_text;
constexpr auto halo = drawn::label_halo;
constexpr auto selection = "#0A0A0A";

/// How large names and how strong lines and colours are.
struct Look {
  double scale;  ///< of names and of the tiers' outlines
  std::string_view commune_border, commune_text;
  double tier_opacity;
};
constexpr Look planner_look{1, "#9AA1AB", "#4A5361", 0.88};
// Read standing, an arm's length away, by anyone: names from 17 pixels on, and 7:1 between them and the ground.
constexpr Look kiosk_look{1.7, "#5A6270", "#2B323C", 1};

/// Families that the three desktops and Android have; the weight is read from the first name.
ordered_json fonts(std::string_view weighted) {
  return ordered_json::array({weighted, "Noto Sans", "Segoe UI", "Roboto", "Arial"});
}

/// `stops`: zoom, value, zoom, value…
ordered_json by_zoom(std::initializer_list<double> stops) {
  ordered_json expression = {"interpolate", {"linear"}, {"zoom"}};
  for (const double stop : stops) expression.push_back(stop);
  return expression;
}

ordered_json when_state(std::string_view state, const ordered_json& value, const ordered_json& otherwise) {
  return {"case", {"boolean", {"feature-state", state}, false}, value, otherwise};
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

template <class Wanted>
ordered_json tier_is(const atlas::EditionRecord& edition, const Wanted& wanted,
                     const ordered_json& tier_of = {"get", "tier"}) {
  auto codes = ordered_json::array();
  for (const auto& tier : edition.tiers)
    if (wanted(tier)) codes.push_back(tier.code);
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

/// Builds the document of one edition, layer by layer from the bottom.
class Style {
 public:
  Style(const atlas::Atlas& atlas, const atlas::EditionRecord& edition, const Look& look, std::string_view base_url)
      : atlas_(atlas), edition_(edition), look_(look), base_url_(base_url) {}

  ordered_json document() {
    add_backdrop();
    add_commune_names();
    add_tiers();
    add_outlines();
    add_quarters();
    add_quarter_names();
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

  /// A style layer over one layer of the tiles; left out when the atlas has no such layer.
  void add(std::string_view id, std::string_view type, const std::string& layer, const ordered_json& parts) {
    if (!has(layer)) return;
    ordered_json style_layer = {{"id", id}, {"type", type}, {"source", "atlas"}, {"source-layer", layer}};
    style_layer.update(parts);
    layers_.push_back(std::move(style_layer));
  }

  void add_backdrop() {
    layers_.push_back({{"id", "ground"}, {"type", "background"}, {"paint", {{"background-color", land_outside}}}});
    const std::string layer(communes);
    add("communes", "fill", layer, {{"paint", {{"fill-color", commune_ground}, {"fill-antialias", false}}}});
    add("communes-border", "line", layer,
        {{"paint", {{"line-color", look_.commune_border}, {"line-width", by_zoom({8, 0.5, 12, 1.2, 16, 2})}}}});
  }

  /// Below the tiers: a name may run under a quarter, never over it.
  void add_commune_names() {
    if (!commune_names().at("features").empty())
      layers_.push_back(
          {{"id", "commune-names"},
           {"type", "symbol"},
           {"source", "commune-names"},
           {"layout",
            {{"text-field", {"upcase", {"get", "name"}}},
             {"text-font", fonts("Noto Sans Regular")},
             {"text-size", by_zoom({9, 10 * look_.scale, 14, 14 * look_.scale})},
             {"text-letter-spacing", 0.12},
             {"text-max-width", 9},
             {"text-padding", 6}}},
           {"paint", {{"text-color", look_.commune_text}, {"text-halo-color", halo}, {"text-halo-width", 1.4}}}});
  }

  void add_tiers() {
    const auto layer = layer_id("tiers");
    // The colour lies under the pattern: it is there before the pictures are, and without them.
    const auto fill = [](const atlas::TierLegend& tier) { return tier.fill; };
    const auto filled = [](const atlas::TierLegend& tier) { return !tier.fill.empty(); };
    add("tiers", "fill", layer,
        {{"filter", tier_is(edition_, filled)},
         {"paint", {{"fill-color", by_tier(edition_, fill, "rgba(0,0,0,0)")}, {"fill-opacity", look_.tier_opacity}}}});
    const auto patterned = [&](const atlas::TierLegend& tier) { return filled(tier) && tier.pattern != "solid"; };
    const auto image = [&](const atlas::TierLegend& tier) {
      return patterned(tier) ? sprite_name(edition_.id, tier.code) : std::string();
    };
    if (std::any_of(edition_.tiers.begin(), edition_.tiers.end(), patterned))
      add("tiers-pattern", "fill", layer,
          {{"filter", tier_is(edition_, patterned)}, {"paint", {{"fill-pattern", by_tier(edition_, image, "")}}}});
  }

  /// Along the borders, each of which is drawn once; along the land of the tiers where the atlas has no borders.
  /// One layer for each dash: MapLibre before 5.8 reads no dash from a feature.
  void add_outlines() {
    const bool borders = has(layer_id("borders"));
    const ordered_json tier_of = borders ? tier_of_border(edition_) : ordered_json{"get", "tier"};
    std::map<std::vector<double>, std::size_t> dashes;
    for (const auto& tier : edition_.tiers)
      if (!tier.outline.empty()) dashes.emplace(tier.dash, dashes.size());
    const auto colour = [](const atlas::TierLegend& tier) { return tier.outline; };
    for (const auto& entry : dashes) {
      // Not a structured binding: clang 14, which builds the fuzzers, lets no lambda capture one.
      const auto& dash = entry.first;
      const auto number = entry.second;
      const auto same = [&](const atlas::TierLegend& tier) { return !tier.outline.empty() && tier.dash == dash; };
      ordered_json paint = {{"line-color", by_tier(edition_, colour, "rgba(0,0,0,0)", tier_of)},
                            {"line-width", drawn::outline_width * look_.scale}};
      if (!dash.empty()) {
        auto lengths = ordered_json::array();
        for (const double pixels : dash) lengths.push_back(pixels / (drawn::outline_width * look_.scale));
        paint["line-dasharray"] = std::move(lengths);
      }
      add("tiers-outline-" + std::to_string(number), "line", layer_id(borders ? "borders" : "tiers"),
          {{"filter", tier_is(edition_, same, tier_of)},
           {"layout", {{"line-join", "round"}}},
           {"paint", std::move(paint)}});
    }
  }

  /// Hairlines between quarters of one tier, which are all that is drawn where there are no tiers; and what the page
  /// raises: `selected` and `hover` are feature states.
  void add_quarters() {
    const auto layer = layer_id("quarters");
    const bool ranked = !edition_.tiers.empty();
    add("quarters", "fill", layer,
        {{"paint",
          {{"fill-color", ranked ? "#FFFFFF" : drawn::unranked_fill},
           {"fill-opacity", ranked ? 0.01 : drawn::unranked_opacity}}}});
    add("quarters-border", "line", layer,
        {{"paint",
          {{"line-color", text},
           {"line-opacity", ranked ? 0.55 : 1},
           {"line-width", ranked ? 0.6 : drawn::outline_width * look_.scale}}}});
    add("quarters-raised-casing", "line", layer,
        {{"layout", {{"line-join", "round"}}},
         {"paint", {{"line-color", halo}, {"line-width", when_state("selected", 7, when_state("hover", 5, 0))}}}});
    add("quarters-raised", "line", layer,
        {{"layout", {{"line-join", "round"}}},
         {"paint",
          {{"line-color", selection}, {"line-width", when_state("selected", 3.5, when_state("hover", 2, 0))}}}});
  }

  void add_quarter_names() {
    // Far away a name stands beside its quarter, which it would hide; near, in its middle.
    constexpr double near_zoom = 12.5;
    const ordered_json paint = {{"text-color", text}, {"text-halo-color", halo}, {"text-halo-width", 1.8}};
    auto beside = quarter_name(by_zoom({10.5, 10 * look_.scale, near_zoom, 12 * look_.scale}));
    beside["text-variable-anchor"] = {"bottom", "top", "left", "right"};
    beside["text-radial-offset"] = by_zoom({10.5, 1, near_zoom, 2.4});
    add("quarter-names-beside", "symbol", layer_id("labels"),
        {{"minzoom", 10.5}, {"maxzoom", near_zoom}, {"layout", std::move(beside)}, {"paint", paint}});
    add("quarter-names", "symbol", layer_id("labels"),
        {{"minzoom", near_zoom},
         {"layout", quarter_name(by_zoom({near_zoom, 12 * look_.scale, 16, 15 * look_.scale}))},
         {"paint", paint}});
  }

  static ordered_json quarter_name(const ordered_json& size) {
    return {{"text-field", {"get", "name"}},
            {"text-font", fonts("Noto Sans Bold")},
            {"text-size", size},
            {"text-max-width", 9},
            {"text-padding", 3}};
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
    if (!commune_names().at("features").empty())
      sources["commune-names"] = {{"type", "geojson"}, {"data", commune_names()}};
    return sources;
  }

  /// Made once: a point per commune, which the tiles do not have.
  const ordered_json& commune_names() {
    if (names_.is_null()) names_ = commune_name_points(atlas_, edition_.id);
    return names_;
  }

  const atlas::Atlas& atlas_;
  const atlas::EditionRecord& edition_;
  const Look& look_;
  std::string base_url_;
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
  return Style(atlas, *edition, id == kiosk_style ? kiosk_look : planner_look, base_url).document().dump();
}

}  // namespace geoprio::service
