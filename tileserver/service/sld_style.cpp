#include "tileserver/service/sld_style.hpp"

#include <fmt/format.h>

#include "tileserver/service/tier_symbol.hpp"
#include "tileserver/service/xml_writer.hpp"

namespace geoprio::service {
namespace {

/// GeoServer's marks, which meet from one square to the next; QGIS passes over them. No name gives stripes in both: the
/// standard's `x` is a cross by itself in GeoServer, and QGIS's `slash` nothing there, an error even where it draws
/// vectors. A second mark to fall back on does not help: QGIS reads the first one alone.
std::string_view mark_of(Motif motif) {
  switch (motif) {
    case Motif::diagonal:
      return "shape://slash";
    case Motif::cross:
      return "shape://times";
    case Motif::dots:
      return "shape://dot";
    case Motif::none:
      break;
  }
  return {};
}

std::string number(double value) { return fmt::format("{:g}", value); }

class SldStyle {
 public:
  explicit SldStyle(const atlas::EditionRecord& edition) : edition_(edition) {}

  std::string written() && {
    xml_.open("StyledLayerDescriptor",
              {{"version", "1.0.0"},
               {"xmlns", "http://www.opengis.net/sld"},
               {"xmlns:ogc", "http://www.opengis.net/ogc"},
               {"xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"},
               {"xsi:schemaLocation",
                "http://www.opengis.net/sld http://schemas.opengis.net/sld/1.0.0/StyledLayerDescriptor.xsd"}});
    xml_.open("NamedLayer");
    xml_.text("Name", edition_.id + ".tiers");
    xml_.open("UserStyle");
    xml_.text("Name", edition_.id + ".tiers");
    if (!edition_.title.empty()) xml_.text("Title", edition_.title);
    xml_.open("FeatureTypeStyle");
    if (edition_.tiers.empty()) add_rule_for_all();
    for (const auto& tier : edition_.tiers)
      if (const auto symbol = symbol_of(tier); symbol.fill || symbol.outline) add_rule(tier, symbol);
    for (int level = 0; level < 4; ++level) xml_.close();
    return std::move(xml_).written();
  }

 private:
  void add_rule_for_all() {
    const auto symbol = unranked_symbol();
    xml_.open("Rule");
    xml_.text("Name", "quarters");
    add_fill(symbol);
    add_outline(*symbol.outline, symbol.dash);
    xml_.close();
  }

  void add_rule(const atlas::TierLegend& tier, const TierSymbol& symbol) {
    xml_.open("Rule");
    xml_.text("Name", tier.code);
    xml_.text("Title", tier.label.empty() ? tier.code : tier.label);
    xml_.open("ogc:Filter");
    xml_.open("ogc:PropertyIsEqualTo");
    xml_.text("ogc:PropertyName", "tier");
    xml_.text("ogc:Literal", tier.code);
    xml_.close();
    xml_.close();
    if (symbol.fill) add_fill(symbol);
    if (symbol.outline) add_outline(*symbol.outline, symbol.dash);
    xml_.close();
  }

  void parameter(const std::string& name, std::string_view value) {
    xml_.text("CssParameter", value, {{"name", name}});
  }

  /// The colour first, and the motif as a polygon of its own over it.
  void add_fill(const TierSymbol& symbol) {
    xml_.open("PolygonSymbolizer");
    xml_.open("Fill");
    parameter("fill", hexadecimal(*symbol.fill));
    xml_.close();
    xml_.close();
    const auto mark = mark_of(symbol.motif);
    if (mark.empty()) return;
    xml_.open("PolygonSymbolizer");
    xml_.open("Fill");
    xml_.open("GraphicFill");
    xml_.open("Graphic");
    xml_.open("Mark");
    xml_.text("WellKnownName", mark);
    xml_.open("Stroke");
    parameter("stroke", hexadecimal(symbol.motif_colour));
    parameter("stroke-width", number(drawn::diagonal_stripe / 2));
    xml_.close();
    xml_.close();
    xml_.text("Size", number(drawn::square));
    for (int level = 0; level < 4; ++level) xml_.close();
  }

  void add_outline(Colour colour, const std::vector<double>& dash) {
    xml_.open("LineSymbolizer");
    xml_.open("Stroke");
    parameter("stroke", hexadecimal(colour));
    parameter("stroke-width", number(drawn::outline_width));
    parameter("stroke-linejoin", "round");
    if (!dash.empty()) {
      std::string lengths;
      for (const double pixels : dash) lengths += (lengths.empty() ? "" : " ") + number(pixels);
      parameter("stroke-dasharray", lengths);
    }
    xml_.close();
    xml_.close();
  }

  const atlas::EditionRecord& edition_;
  XmlWriter xml_{"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"};
};

}  // namespace

std::string sld_style(const atlas::EditionRecord& edition) { return SldStyle(edition).written(); }

}  // namespace geoprio::service
