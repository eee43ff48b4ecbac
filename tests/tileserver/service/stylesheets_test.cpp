// Styles for the desktop; QGIS itself reads them in tests/clients.
#include "tileserver/service/stylesheets.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "tests/support/catch.hpp"
#include "tests/tileserver/service/ranked_atlas.hpp"
#include "tests/tileserver/service/small_atlas.hpp"
#include "tileserver/service/service.hpp"
#include "tileserver/service/xml_writer.hpp"

namespace geoprio::service {
namespace {

std::string sheet(std::string_view suffix) { return stylesheet(testing::ranked_atlas(), "2014.tiers", suffix).value(); }

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (auto place = text.find(part); place != std::string_view::npos; place = text.find(part, place + 1)) ++found;
  return found;
}

Response asked(std::string target, Headers headers = {}) {
  static const auto snapshot = testing::small_snapshot(std::make_shared<atlas::Atlas>(testing::ranked_atlas()));
  return answer(testing::get(std::move(target), std::move(headers)), *snapshot);
}

}  // namespace

TEST_CASE("a style for QGIS has a category for every tier of the legend, in its words", "[styles]") {
  const auto qml = sheet("qml");
  CHECK(count(qml, "<category ") == 4);
  CHECK(qml.find(R"(value="social_development" label="Développement social")") != std::string::npos);
  CHECK(qml.find(R"(attr="tier")") != std::string::npos);
  // #D55E00 by hand: 213, 94, 0.
  CHECK(qml.find(R"(<prop k="color" v="213,94,0,255"/>)") != std::string::npos);
  CHECK(count(qml, "LinePatternFill") == 1);
  CHECK(count(qml, "PointPatternFill") == 1);
  // 6 and 3 pixels of 25.4/96 mm.
  CHECK(qml.find(R"(<prop k="customdash" v="1.5875;0.79375"/>)") != std::string::npos);
}

TEST_CASE("an SLD has one rule for every tier that is drawn", "[styles]") {
  const auto sld = sheet("sld");
  CHECK(count(sld, "<Rule>") == 3);
  CHECK(count(sld, "<ogc:Literal>") == 3);
  CHECK(sld.find(R"(<CssParameter name="fill">#56B4E9</CssParameter>)") != std::string::npos);
  CHECK(sld.find(R"(<CssParameter name="stroke-dasharray">6 3</CssParameter>)") != std::string::npos);
  CHECK(sld.find("shape://slash") != std::string::npos);
  CHECK(sld.find("<ogc:Literal>outside<") == std::string::npos);
}

TEST_CASE("the stylesheet of an unranked edition draws every quarter alike", "[styles]") {
  const auto qml = stylesheet(testing::ranked_atlas(), "2007.tiers", "qml").value();
  CHECK(qml.find(R"(type="singleSymbol")") != std::string::npos);
  CHECK(count(qml, "<category ") == 0);
  CHECK(count(qml, R"(type="fill")") == 1);
  const auto sld = stylesheet(testing::ranked_atlas(), "2007.tiers", "sld").value();
  CHECK(count(sld, "<Rule>") == 1);
  CHECK(count(sld, "<ogc:Filter>") == 0);
  // A quarter of #6B7480 over white, by hand: 255 - 0.25 · (255 - 107, 116, 128).
  CHECK(sld.find(R"(<CssParameter name="fill">#DADCDF</CssParameter>)") != std::string::npos);
  CHECK_FALSE(stylesheet(testing::ranked_atlas(), "2014", "sld"));
}

TEST_CASE("quarters, and layers that have tiers, are drawn by their edition's style, others by none", "[styles]") {
  using domain::LayerKind;
  const auto atlas = testing::ranked_atlas();
  const auto style_of = [&](std::string edition, LayerKind kind) {
    domain::Layer layer;
    layer.edition = std::move(edition);
    layer.kind = kind;
    return style_of_layer(atlas, layer).value_or("(none)");
  };
  for (const auto kind : {LayerKind::quarters, LayerKind::tiers, LayerKind::tiers_by_commune})
    CHECK(style_of("2014", kind) == "2014.tiers");
  for (const auto kind : {LayerKind::band, LayerKind::borders, LayerKind::labels})
    CHECK(style_of("2014", kind) == "(none)");
  CHECK(style_of("2007", LayerKind::quarters) == "2007.tiers");
  CHECK(style_of("", LayerKind::context) == "(none)");
}

TEST_CASE("a stylesheet is asked for by its suffix, by f or by its type", "[styles]") {
  const auto by_suffix = asked("/styles/2014.tiers.sld");
  REQUIRE(by_suffix.status == 200);
  CHECK(by_suffix.headers.find("Content-Type") == "application/vnd.ogc.sld+xml;version=1.0");
  CHECK(by_suffix.headers.find("Content-Disposition") == R"(attachment; filename="2014.tiers.sld")");
  CHECK(asked("/styles/2014.tiers?f=sld").body.bytes() == by_suffix.body.bytes());
  Headers accepting;
  accepting.set("Accept", "application/vnd.ogc.sld+xml;version=1.0");
  CHECK(asked("/styles/2014.tiers", accepting).body.bytes() == by_suffix.body.bytes());
  CHECK(asked("/styles/2014.tiers.qml").headers.find("Content-Type") == "application/vnd.qgis.qml");
  CHECK(asked("/styles/2014.tiers").headers.find("Content-Type") == "application/json");
  CHECK(asked("/styles/2013.tiers.qml").status == 404);
  CHECK(asked("/styles/2014.tiers?f=lyr").status == 406);
}

TEST_CASE("what is given to an XML document is escaped, and what XML cannot hold is left out", "[styles]") {
  XmlWriter xml("");
  xml.open("a", {{"b", "\"<&>\""}});
  xml.text("c", "1 < 2\x01 & é");
  xml.close();
  CHECK(std::move(xml).written() == "<a b=\"&quot;&lt;&amp;&gt;&quot;\">\n  <c>1 &lt; 2 &amp; é</c>\n</a>\n");
}

}  // namespace geoprio::service
