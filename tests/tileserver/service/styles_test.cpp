#include "tileserver/service/styles.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/tileserver/service/ranked_atlas.hpp"
#include "tileserver/service/commune_names.hpp"
#include "tileserver/service/style_files.hpp"
#include "tileserver/service/tier_symbol.hpp"

namespace geoprio::service {
namespace {

using nlohmann::json;

json style() { return json::parse(style_document(testing::ranked_atlas(), "2014.tiers", "http://map.test").value()); }

json layer_named(const json& document, const std::string& id) {
  for (const auto& layer : document.at("layers"))
    if (layer.at("id") == id) return layer;
  return nullptr;
}

/// Every text in the document, keys left out.
void collect_texts(const json& node, std::set<std::string>& texts) {
  if (node.is_string()) texts.insert(node.get<std::string>());
  if (node.is_structured())
    for (const auto& child : node) collect_texts(child, texts);
}

TEST_CASE("each edition has a style, ranked or not, and the kiosk has its own", "[styles]") {
  CHECK(style_ids(testing::ranked_atlas()) == std::vector<std::string>{"2007.tiers", "2014.tiers", "kiosk"});
  CHECK_FALSE(style_document(testing::ranked_atlas(), "2014", "http://map.test"));
  CHECK_FALSE(style_document(testing::ranked_atlas(), "", "http://map.test"));
}

TEST_CASE("the style of an unranked edition draws its quarters, all alike, and asks for no picture", "[styles]") {
  auto atlas = testing::ranked_atlas();
  auto quarters = atlas.layers[1];
  quarters.id = "2007.quarters";
  atlas.layers.push_back(quarters);
  const auto unranked = json::parse(style_document(atlas, "2007.tiers", "http://map.test").value());
  const auto paint = layer_named(unranked, "quarters").at("paint");
  CHECK(paint.at("fill-color").is_string());
  CHECK(paint.at("fill-opacity") >= 0.2);
  CHECK(layer_named(unranked, "quarters-border").at("paint").at("line-opacity") == 1);
  CHECK(layer_named(unranked, "tiers").is_null());
  CHECK_FALSE(unranked.contains("sprite"));
  CHECK(unranked.at("metadata").at("geoprio:legend").empty());
  CHECK(unranked.at("sources").at("atlas").at("url") == "http://map.test/xyz/communes,2007.quarters.json");
}

TEST_CASE("the kiosk's style draws the default edition with names half as large again or more", "[styles]") {
  const auto kiosk = json::parse(style_document(testing::ranked_atlas(), "kiosk", "http://map.test").value());
  CHECK(kiosk.at("metadata").at("geoprio:edition") == "2014");
  CHECK(kiosk.at("sources") == style().at("sources"));
  REQUIRE(kiosk.at("layers").size() == style().at("layers").size());
  for (const auto& layer : kiosk.at("layers")) {
    if (layer.at("type") != "symbol") continue;
    const auto planner = layer_named(style(), layer.at("id"));
    // ["interpolate", ["linear"], ["zoom"], zoom, size, …]
    const auto size = [](const json& of) { return of.at("layout").at("text-size").at(4).get<double>(); };
    CHECK(size(layer) >= 1.5 * size(planner));
  }
  auto unranked = testing::ranked_atlas();
  unranked.default_edition = "2007";
  CHECK(json::parse(style_document(unranked, "kiosk", "").value()).at("metadata").at("geoprio:edition") == "2007");
}

TEST_CASE("the kiosk changes only layers that there are", "[styles]") {
  std::set<std::string> ids;
  const auto document = json::parse(style_files::tiers);
  for (const auto& layer : document.at("layers")) CHECK(ids.insert(layer.at("id")).second);
  const auto changes = json::parse(style_files::kiosk);
  CHECK(changes.at("layers").size() >= 5);
  for (const auto& change : changes.at("layers").items()) CHECK(ids.contains(change.key()));
}

TEST_CASE("nothing that the server puts in is left as a word, ranked or not", "[styles]") {
  for (const auto* id : {"2007.tiers", "2014.tiers", "kiosk"}) {
    std::set<std::string> texts;
    const auto document = json::parse(style_document(testing::ranked_atlas(), id, "").value());
    collect_texts(document.at("layers"), texts);
    for (const auto& text : texts) CHECK_FALSE(text.starts_with("geoprio:"));
    for (const auto& layer : document.at("layers")) CHECK_FALSE(layer.contains("metadata"));
  }
}

TEST_CASE("QGIS and SLD draw the widths and colours of the MapLibre document", "[styles]") {
  const auto document = json::parse(style_files::tiers);
  const auto paint = [&](const char* id) { return layer_named(document, id).at("paint"); };
  CHECK(paint("tiers-outline").at("line-width") == drawn::outline_width);
  CHECK(paint("quarter-names").at("text-color") == drawn::label_text);
  CHECK(paint("quarter-names").at("text-halo-color") == drawn::label_halo);
  const auto unranked = layer_named(document, "quarters").at("metadata").at("geoprio:unranked").at("paint");
  CHECK(unranked.at("fill-color") == drawn::unranked_fill);
  CHECK(unranked.at("fill-opacity") == drawn::unranked_opacity);
}

TEST_CASE("every URL of a style is on the server that handed it out", "[styles]") {
  std::set<std::string> texts;
  collect_texts(style(), texts);
  std::size_t urls = 0;
  for (const auto& text : texts)
    if (text.find("://") != std::string::npos) {
      ++urls;
      CHECK(text.rfind("http://map.test/", 0) == 0);
    }
  CHECK(urls == 2);  // the TileJSON and the sprite
}

TEST_CASE("a style asks for the layers the atlas has, the backdrop first", "[styles]") {
  const auto document = style();
  CHECK(document.at("sources").at("atlas").at("url") ==
        "http://map.test/xyz/communes,2014.tiers,2014.quarters,2014.labels.json");
  CHECK(document.at("sprite") == "http://map.test/sprites/tiers");
  CHECK_FALSE(document.contains("glyphs"));
}

TEST_CASE("tiers are told by colour and by pattern, both from the legend", "[styles]") {
  const auto document = style();
  CHECK(layer_named(document, "tiers").at("paint").at("fill-color") ==
        json::parse(R"json(["match",["get","tier"],"priority_1","#5E1A3A","social_development","#D55E00",
                        "watch","#56B4E9","rgba(0,0,0,0)"])json"));
  CHECK(layer_named(document, "tiers-pattern").at("filter") ==
        json::parse(R"(["in",["get","tier"],["literal",["social_development","watch"]]])"));
  CHECK(layer_named(document, "tiers-pattern").at("paint").at("fill-pattern").at(3) == "2014.social_development");
}

TEST_CASE("a dash of the legend is in pixels, one of the style in widths of the line", "[styles]") {
  const auto document = style();
  // Dashes in order: none (priority_1, social_development), then 6 and 3 pixels (watch) at a width of 1.5.
  const auto dashed = layer_named(document, "tiers-outline-1");
  CHECK(dashed.at("filter") == json::parse(R"(["in",["get","tier"],["literal",["watch"]]])"));
  CHECK(dashed.at("paint").at("line-dasharray") == json::parse("[4.0,2.0]"));
  CHECK_FALSE(layer_named(document, "tiers-outline-0").at("paint").contains("line-dasharray"));
}

TEST_CASE("a border is drawn once, with the outline of the higher tier beside it", "[styles]") {
  auto atlas = testing::ranked_atlas();
  atlas.layers.push_back(testing::layer_of("2014.borders", domain::LayerKind::borders, {}, {}));
  const auto document = json::parse(style_document(atlas, "2014.tiers", "").value());
  const auto solid = layer_named(document, "tiers-outline-0");
  CHECK(solid.at("source-layer") == "2014.borders");
  // By rank: a line between watch and priority_1 is priority_1's.
  const auto tier = json::parse(R"json(["case",
      ["any",["==",["get","left"],"priority_1"],["==",["get","right"],"priority_1"]],"priority_1",
      ["any",["==",["get","left"],"social_development"],["==",["get","right"],"social_development"]],"social_development",
      ["any",["==",["get","left"],"watch"],["==",["get","right"],"watch"]],"watch",
      ["any",["==",["get","left"],"outside"],["==",["get","right"],"outside"]],"outside",""])json");
  CHECK(solid.at("filter").at(1) == tier);
  CHECK(solid.at("filter").at(2) == json::parse(R"(["literal",["priority_1","social_development"]])"));
  CHECK(layer_named(document, "tiers-outline-1").at("filter").at(2) == json::parse(R"(["literal",["watch"]])"));
  CHECK(document.at("sources").at("atlas").at("url") ==
        "/xyz/communes,2014.tiers,2014.borders,2014.quarters,2014.labels.json");
}

TEST_CASE("a commune's name lies below the tiers, a quarter's above them", "[styles]") {
  std::vector<std::string> ids;
  const auto document = style();
  for (const auto& layer : document.at("layers")) ids.push_back(layer.at("id"));
  const auto place = [&](const char* id) { return std::find(ids.begin(), ids.end(), id) - ids.begin(); };
  CHECK(place("communes") < place("commune-names"));
  CHECK(place("commune-names") < place("tiers"));
  CHECK(place("tiers-pattern") < place("quarter-names"));
  CHECK(ids.back() == "quarter-names");
}

TEST_CASE("a style without communes draws no backdrop of them", "[styles]") {
  auto atlas = testing::ranked_atlas();
  atlas.layers.erase(atlas.layers.begin());
  const auto document = json::parse(style_document(atlas, "2014.tiers", "").value());
  CHECK(layer_named(document, "communes").is_null());
  CHECK_FALSE(document.at("sources").contains("commune-names"));
  CHECK(document.at("sources").at("atlas").at("url") == "/xyz/2014.tiers,2014.quarters,2014.labels.json");
}

TEST_CASE("the legend travels with the style", "[styles]") {
  const auto legend = style().at("metadata").at("geoprio:legend");
  REQUIRE(legend.size() == 4);
  CHECK(legend.at(0).at("short") == "P1");
  CHECK(legend.at(2).at("image") == "2014.watch");
  CHECK(legend.at(3).at("rank").is_null());
  CHECK(style().at("metadata").at("geoprio:communes") == json{{"42218", "Saint-Étienne"}});
  // The one quarter's box.
  CHECK(style().at("metadata").at("geoprio:bounds") == json::parse("[4.3,45.4,4.31,45.41]"));
}

TEST_CASE("a commune that holds a quarter is named at a point inside it, another is not", "[styles]") {
  const auto names = commune_name_points(testing::ranked_atlas(), "2014");
  REQUIRE(names.at("features").size() == 1);
  // The square from 4.30 E 45.40 N, 0.04 degree wide: its middle.
  CHECK(names.at("features").at(0).at("properties").at("name") == "Saint-Étienne");
  CHECK(names.at("features").at(0).at("geometry").at("coordinates") == json::parse("[4.32,45.42]"));
}

TEST_CASE("a name stands in the commune and not in a hole of it", "[styles]") {
  auto atlas = testing::ranked_atlas();
  auto saint_etienne = atlas.layers.front().features[0];
  auto& shape = std::get<DegreeShape>(saint_etienne.geometry);
  // A hole from 0.01 to 0.03 degree east of the west side: the stretches left at mid-height are 0.01 wide each.
  shape.polygons.front().holes = {
      {{{43100000, 454100000}, {43100000, 454300000}, {43300000, 454300000}, {43300000, 454100000}}}};
  atlas.layers.front().features = {saint_etienne};
  const auto names = commune_name_points(atlas, "2014");
  CHECK(names.at("features").at(0).at("geometry").at("coordinates").at(0).get<double>() == Approx(4.305));
}

}  // namespace
}  // namespace geoprio::service
