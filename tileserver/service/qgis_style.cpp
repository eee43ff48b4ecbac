#include "tileserver/service/qgis_style.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "tileserver/service/tier_symbol.hpp"
#include "tileserver/service/xml_writer.hpp"

namespace geoprio::service {
namespace {

constexpr double millimetres_a_pixel = 25.4 / 96;

std::string millimetres(double pixels) { return fmt::format("{:.6g}", pixels * millimetres_a_pixel); }

/// QGIS writes a colour as four bytes, the last of which is its opacity.
std::string bytes_of(Colour colour) {
  const auto byte = [](double part) { return std::lround(part * 255); };
  return fmt::format("{},{},{},255", byte(colour.red), byte(colour.green), byte(colour.blue));
}

/// The symbols of one style; `<prop>` is how QGIS 2 wrote a property, and what every QGIS since reads.
class QgisStyle {
 public:
  explicit QgisStyle(const atlas::EditionRecord& edition) : edition_(edition) {}

  std::string written() && {
    xml_.open("qgis", {{"version", "3.22"}, {"styleCategories", "Symbology|Labeling"}, {"labelsEnabled", "1"}});
    if (edition_.tiers.empty())
      add_one_symbol();
    else
      add_symbols_by_tier();
    add_labels();
    xml_.close();
    return std::move(xml_).written();
  }

 private:
  void add_one_symbol() {
    xml_.open("renderer-v2",
              {{"type", "singleSymbol"}, {"forceraster", "0"}, {"symbollevels", "0"}, {"enableorderby", "0"}});
    xml_.open("symbols");
    add_symbol("0", unranked_symbol());
    xml_.close();
    xml_.close();
  }

  void add_symbols_by_tier() {
    xml_.open("renderer-v2", {{"type", "categorizedSymbol"},
                              {"attr", "tier"},
                              {"forceraster", "0"},
                              {"symbollevels", "0"},
                              {"enableorderby", "0"}});
    add_categories();
    xml_.open("symbols");
    std::size_t number = 0;
    for (const auto& tier : edition_.tiers) add_symbol(std::to_string(number++), symbol_of(tier));
    xml_.close();
    xml_.close();
  }

  void add_categories() {
    xml_.open("categories");
    std::size_t number = 0;
    for (const auto& tier : edition_.tiers)
      xml_.empty("category", {{"value", tier.code},
                              {"label", tier.label.empty() ? tier.code : tier.label},
                              {"symbol", std::to_string(number++)},
                              {"render", "true"}});
    xml_.close();
  }

  void property(std::string_view name, std::string value) {
    xml_.empty("prop", {{"k", std::string(name)}, {"v", std::move(value)}});
  }

  void open_symbol(const std::string& name, const char* type) {
    xml_.open("symbol", {{"name", name}, {"type", type}, {"alpha", "1"}, {"clip_to_extent", "1"}});
  }

  void open_layer(const char* kind) {
    xml_.open("layer", {{"class", kind}, {"enabled", "1"}, {"locked", "0"}, {"pass", "0"}});
  }

  /// QGIS draws a symbol's layers from the first to the last: the colour, the motif, the outline.
  void add_symbol(const std::string& name, const TierSymbol& symbol) {
    open_symbol(name, "fill");
    open_layer("SimpleFill");
    property("color", bytes_of(symbol.fill.value_or(Colour{1, 1, 1})));
    property("style", symbol.fill ? "solid" : "no");
    property("outline_style", "no");
    xml_.close();
    if (symbol.fill) add_motif(symbol);
    if (symbol.outline) add_outline(*symbol.outline, symbol.dash);
    xml_.close();
  }

  void add_motif(const TierSymbol& symbol) {
    switch (symbol.motif) {
      case Motif::diagonal:
        return add_stripes(symbol.motif_colour, 45, drawn::diagonal_stripe);
      case Motif::cross:
        add_stripes(symbol.motif_colour, 45, drawn::cross_stripe);
        return add_stripes(symbol.motif_colour, 135, drawn::cross_stripe);
      case Motif::dots:
        return add_dots(symbol.motif_colour);
      case Motif::none:
        break;
    }
  }

  /// `angle`: of the stripes, counterclockwise from the east.
  void add_stripes(Colour colour, int angle, double width) {
    open_layer("LinePatternFill");
    property("angle", std::to_string(angle));
    property("distance", millimetres(drawn::square / std::numbers::sqrt2));
    property("distance_unit", "MM");
    open_symbol("@motif", "line");
    open_layer("SimpleLine");
    property("line_color", bytes_of(colour));
    property("line_width", millimetres(width / std::numbers::sqrt2));
    property("line_width_unit", "MM");
    xml_.close();
    xml_.close();
    xml_.close();
  }

  /// Two dots a square: rows half a square apart, every second one moved by half a square.
  void add_dots(Colour colour) {
    open_layer("PointPatternFill");
    property("distance_x", millimetres(drawn::square));
    property("distance_y", millimetres(drawn::square / 2));
    property("displacement_x", millimetres(drawn::square / 2));
    for (const auto* name : {"distance_x_unit", "distance_y_unit", "displacement_x_unit"}) property(name, "MM");
    open_symbol("@motif", "marker");
    open_layer("SimpleMarker");
    property("name", "circle");
    property("color", bytes_of(colour));
    property("outline_style", "no");
    property("size", millimetres(2 * drawn::dot_radius));
    property("size_unit", "MM");
    xml_.close();
    xml_.close();
    xml_.close();
  }

  void add_outline(Colour colour, const std::vector<double>& dash) {
    open_layer("SimpleLine");
    property("line_color", bytes_of(colour));
    property("line_width", millimetres(drawn::outline_width));
    property("line_width_unit", "MM");
    property("joinstyle", "round");
    if (!dash.empty()) {
      std::string lengths;
      for (const double pixels : dash) lengths += (lengths.empty() ? "" : ";") + millimetres(pixels);
      property("use_custom_dash", "1");
      property("customdash", lengths);
      property("customdash_unit", "MM");
    }
    xml_.close();
  }

  /// The name of a quarter, or of a part's commune; a layer that has neither has no labels.
  void add_labels() {
    xml_.open("labeling", {{"type", "simple"}});
    xml_.open("settings");
    xml_.open("text-style",
              {{"fieldName", "coalesce(attribute($currentfeature,'name'),attribute($currentfeature,'commune_name'))"},
               {"isExpression", "1"},
               {"fontSize", "9"},
               {"fontSizeUnit", "Point"},
               {"fontWeight", "75"},
               {"textColor", bytes_of(*colour_of(drawn::label_text))}});
    xml_.empty("text-buffer", {{"bufferDraw", "1"},
                               {"bufferSize", "0.6"},
                               {"bufferSizeUnits", "MM"},
                               {"bufferColor", bytes_of(*colour_of(drawn::label_halo))}});
    xml_.close();
    xml_.empty("text-format", {{"wrapChar", ""}, {"autoWrapLength", "18"}, {"multilineAlign", "1"}});
    // Around the middle of what is in sight.
    xml_.empty("placement", {{"placement", "0"}, {"centroidWhole", "0"}});
    xml_.close();
    xml_.close();
  }

  const atlas::EditionRecord& edition_;
  XmlWriter xml_{"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"};
};

}  // namespace

std::string qgis_style(const atlas::EditionRecord& edition) { return QgisStyle(edition).written(); }

}  // namespace geoprio::service
