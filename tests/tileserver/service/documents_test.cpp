#include "tests/support/catch.hpp"
#include "tests/tileserver/service/asked.hpp"

using namespace geoprio;
using namespace geoprio::testing;

TEST_CASE("the landing page is a map for browsers and a document for all else", "[landing]") {
  const std::string browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";
  const auto page = asked("/", {{"Accept", browser}});
  CHECK(header(page, "Content-Type") == "text/html; charset=utf-8");
  CHECK(header(page, "Vary").find("Accept") != std::string::npos);
  for (const auto& response : {asked("/"), asked("/", {{"Accept", "*/*"}}), asked("/?f=json", {{"Accept", browser}})}) {
    CHECK(header(response, "Content-Type") == "application/json");
    CHECK(header(response, "Vary").find("Accept") != std::string::npos);
    CHECK(document(response).at("title") == "Atlas d'essai");
    CHECK(linked(document(response), "data") == "http://atlas.example/collections");
  }
  CHECK(header(asked("/?f=html"), "Content-Type") == "text/html; charset=utf-8");
  CHECK(asked("/", {{"Accept", "image/png"}}).status == 406);
  CHECK(asked("/", {{"Accept", "application/json;q=0"}}).status == 406);
  CHECK(asked("/?f=xml").status == 406);
}

TEST_CASE("a page may load nothing from another host", "[landing]") {
  const auto page = asked("/?f=html");
  const auto policy = header(page, "Content-Security-Policy");
  CHECK(policy.find("default-src 'none'") == 0);
  CHECK(policy.find("http") == std::string::npos);
  CHECK(policy.find("worker-src 'self' blob:") != std::string::npos);
  CHECK(header(page, "X-Content-Type-Options") == "nosniff");
  CHECK(header(page, "Referrer-Policy") == "same-origin");
}

TEST_CASE("the kiosk is a page for whoever asks, and no other page may frame it", "[kiosk]") {
  for (const auto* accept : {"*/*", "text/html,application/xhtml+xml;q=0.9"})
    CHECK(asked("/kiosk", {{"Accept", accept}}).body.bytes() == "<!doctype html>");
  const auto page = asked("/kiosk");
  CHECK(page.status == 200);
  CHECK(header(page, "Content-Security-Policy").find("frame-ancestors 'none'") != std::string::npos);
  CHECK(header(asked("/?f=html"), "Content-Security-Policy").find("frame-ancestors *") != std::string::npos);
  CHECK(asked("/kiosk?f=json").status == 406);
  CHECK(asked("/kiosk", {{"Accept", "application/json"}}).status == 406);
}

TEST_CASE("the kiosk's worker may serve the kiosk's page, and nothing else may serve pages", "[kiosk]") {
  // Relative to the worker's own address, /assets/kiosk_worker.js.
  CHECK(header(asked("/assets/kiosk_worker.js"), "Service-Worker-Allowed") == "../kiosk");
  CHECK(asked("/assets/map.js").headers.find("Service-Worker-Allowed") == std::nullopt);
}

TEST_CASE("a page's files come compressed to those who accept it, and once", "[assets]") {
  const auto plain = asked("/assets/map.js");
  CHECK(plain.body.bytes() == "draw();");
  const auto compressed = asked("/assets/map.js", {{"Accept-Encoding", "zstd, gzip;q=0.5"}});
  CHECK(compressed.body.bytes() == "(gz)");
  CHECK(header(compressed, "Content-Encoding") == "gzip");
  CHECK(header(compressed, "ETag") == "\"script-gzip\"");
  const auto smaller = asked("/assets/map.js", {{"Accept-Encoding", "gzip, deflate, br, zstd"}});
  CHECK(smaller.body.bytes() == "(br)");
  CHECK(header(smaller, "Content-Encoding") == "br");
  CHECK(header(smaller, "ETag") == "\"script-br\"");
  CHECK(asked("/kiosk", {{"Accept-Encoding", "br"}}).headers.find("Content-Encoding") == std::nullopt);
  CHECK(asked("/assets/map.js", {{"If-None-Match", "\"script\""}}).status == 304);
  CHECK(asked("/assets/other.js").status == 404);
  CHECK(asked("/assets/..%2Fmap.js").status == 404);
}

TEST_CASE("links follow the public URL if there is one, else the Host", "[links]") {
  const auto snapshot = small_snapshot(small_atlas(), "https://carte.example/");
  CHECK(linked(document(answer(get("/collections"), *snapshot)), "self") == "https://carte.example/collections");
  auto request = get("/collections");
  request.secure = true;
  request.headers.set("host", "[::1]:8443");
  CHECK(linked(document(answer(request, the_snapshot())), "self") == "https://[::1]:8443/collections");
}

TEST_CASE("a Host that is no host plants no link", "[links]") {
  for (const auto* host : {"evil\"/><script>", "", "a b", "a/b"}) {
    auto request = get("/collections");
    request.headers.set("Host", host);
    CHECK(answer(request, the_snapshot()).status == 400);
  }
}

TEST_CASE("collections tell their extent, their items and their tiles", "[collections]") {
  const auto list = asked_document("/collections");
  CHECK(list.at("collections").size() == 10);
  const auto one = asked_document("/collections/2014.quarters");
  CHECK(one == list.at("collections").at(0));
  CHECK(one.at("title") == "Quartiers 2014");
  CHECK(one.at("itemType") == "feature");
  CHECK(one.at("extent").at("spatial").at("bbox").at(0) == nlohmann::json::array({4.3, 45.4, 4.35, 45.41}));
  CHECK(linked(one, "items") == "http://atlas.example/collections/2014.quarters/items");
  CHECK(asked("/collections/2014.quartiers").status == 404);
}

TEST_CASE("a document that has not changed is a 304", "[collections]") {
  const auto first = asked("/collections");
  CHECK(asked("/collections", {{"If-None-Match", header(first, "ETag")}}).status == 304);
  const auto compressed = asked("/collections", {{"Accept-Encoding", "gzip"}});
  CHECK(header(compressed, "Content-Encoding") == "gzip");
  CHECK(header(compressed, "ETag") != header(first, "ETag"));
}

TEST_CASE("health is told whether or not an atlas is there", "[health]") {
  CHECK(asked("/health/live").status == 200);
  const auto ready = asked("/health/ready");
  CHECK(ready.status == 200);
  CHECK(document(ready) == nlohmann::json({{"ready", true}, {"fingerprint", "0123456789abcdef"}, {"refusals", 2}}));
  CHECK(header(ready, "Cache-Control") == "no-store");
  const auto nothing = small_snapshot(nullptr);
  CHECK(answer(get("/health/live"), *nothing).status == 200);
  CHECK(answer(get("/health/ready"), *nothing).status == 503);
  CHECK(document(answer(get("/health/ready"), *nothing)).at("ready") == false);
  CHECK(answer(get("/collections"), *nothing).status == 503);
}

TEST_CASE("editions tell their stage and which one is current", "[editions]") {
  const auto list = asked_document("/editions");
  CHECK(list.at("current") == "2014");
  const auto& edition = list.at("editions").at(1);
  CHECK(edition.at("id") == "2014");
  CHECK(edition.at("stage") == "consultation");
  CHECK(edition.at("valid_from") == "2015-01-01");
  CHECK(edition.at("valid_to").is_null());
  CHECK(linked(edition, "self") == "http://atlas.example/editions/2014");
}

TEST_CASE("an edition tells its rules, its legend and its decisions", "[editions]") {
  const auto edition = asked_document("/editions/2014");
  CHECK(edition.at("previous") == "2007");
  CHECK(edition.at("working_document") == true);
  CHECK(edition.at("rules") == nlohmann::json({{"label", "Règles d'essai"}, {"text", "[[tiers]]\n"}}));
  CHECK(edition.at("tiers").at(0).at("fill") == "#5E1A3A");
  CHECK(edition.at("tiers").at(0).at("label_en") == "Priority 1");
  CHECK(edition.at("tiers").at(0).at("label_falc").is_null());
  CHECK(edition.at("decisions").at(0).at("body") == "copil");
  CHECK(asked_document("/editions/2007").at("rules").is_null());
  const auto unknown = asked("/editions/2015");
  CHECK(unknown.status == 404);
  CHECK(document(unknown).at("suggestion") == "2014");
}

TEST_CASE("a quarter tells why it has its tier", "[editions]") {
  const auto quarter = asked_document("/editions/2014/quarters/q1");
  CHECK(quarter.at("code") == "q1");
  CHECK(quarter.at("tier") == "priority_1");
  CHECK(quarter.at("score_social") == 71.25);
  const auto& explanation = quarter.at("explanation");
  CHECK(explanation.at("rule") == "priority_1");
  CHECK(explanation.at("condition") == "score_social >= 60");
  CHECK(explanation.at("flags") == nlohmann::json::array({"decided"}));
  const auto& axis = explanation.at("axes").at(0);
  CHECK(axis.at("id") == "social");
  CHECK(axis.at("score") == 71.25);
  CHECK(axis.at("coverage") == 0.8);
  const auto& indicator = axis.at("indicators").at(0);
  CHECK(indicator.at("id") == "vacancy");
  CHECK(indicator.at("value") == 12.5);
  CHECK(indicator.at("reference") == 8.0);
  CHECK(indicator.at("weight") == 2);
  CHECK(indicator.at("direction") == "higher_is_worse");
  CHECK(quarter.at("decisions").at(0).at("tier") == "watch");
}

TEST_CASE("a quarter without rules has no explanation, and an unknown one is a 404", "[editions]") {
  CHECK(asked_document("/editions/2014/quarters/q%2F3").at("explanation").is_null());
  CHECK(asked_document("/editions/2014/quarters/q%2F3").at("score_social").is_null());
  CHECK(asked_document("/editions/2014/quarters/q9").at("suggestion") == "q1");
  CHECK(asked("/editions/2014/quarters/q9").status == 404);
}

TEST_CASE("styles are there for every edition, ranked or not, and sprites for their tiers", "[styles]") {
  std::vector<std::string> ids;
  const auto document = asked_document("/styles");
  for (const auto& style : document.at("styles")) ids.push_back(style.at("id"));
  CHECK(ids == std::vector<std::string>{"2007.tiers", "2014.tiers", "kiosk"});
  CHECK(asked_document("/styles/2014.tiers").at("version") == 8);
  CHECK(asked_document("/styles/2014.tier").at("suggestion") == "2014.tiers");
  CHECK(header(asked("/sprites/tiers.png"), "Content-Type") == "image/png");
  CHECK(asked("/sprites/tiers%402x.png").body.bytes().substr(1, 3) == "PNG");
  CHECK(header(asked("/sprites/tiers@2x.json"), "Content-Type") == "application/json");
  CHECK(asked("/sprites/other.png").status == 404);
}

TEST_CASE("a problem speaks French unless English is preferred", "[problem]") {
  CHECK(document(asked("/nothing")).at("title") == "Introuvable");
  const auto english = asked("/nothing", {{"Accept-Language", "fr;q=0.5, en-GB;q=0.9"}});
  CHECK(document(english).at("title") == "Not found");
  CHECK(header(english, "Content-Language") == "en");
  CHECK(document(asked("/nothing", {{"Accept-Language", "de, *"}})).at("title") == "Introuvable");
  CHECK(header(english, "Content-Type") == "application/problem+json");
  CHECK(header(english, "Access-Control-Allow-Origin") == "*");
}

TEST_CASE("a language that is not spoken here is refused with those that are", "[documents]") {
  for (const auto* target : {"/", "/conformance", "/collections", "/collections/2014.quarters/items",
                             "/collections/2014.quarters/items/q1", "/tiles", "/styles", "/editions"}) {
    INFO(target);
    const auto response = asked(std::string(target) + "?lang=de");
    CHECK(response.status == 400);
    CHECK(document(response).at("parameter") == "lang");
    CHECK(document(response).at("allowed") == nlohmann::json{"fr", "en"});
  }
  CHECK(asked("/?lang=de", {{"Accept", "text/html"}}).status == 200);
}

TEST_CASE("the landing page's document knows its parameters, and the map keeps its own", "[landing]") {
  CHECK(asked("/?place=here").status == 400);
  CHECK(asked("/?place=here", {{"Accept", "text/html"}}).status == 200);
}

TEST_CASE("a format that is not offered is refused with each that is, once", "[documents]") {
  CHECK(asked_document("/collections/2014.quarters/queryables?f=xml").at("allowed") == nlohmann::json{"json", "html"});
}

TEST_CASE("a template is a link of the document, and no Link header", "[links]") {
  const auto response = asked("/tiles/WebMercatorQuad");
  CHECK(linked(document(response), "item").find("{tileMatrix}") != std::string::npos);
  CHECK(header(response, "Link").find('{') == std::string::npos);
}

TEST_CASE("a style has the media type that OGC API Styles gives it, for those who ask for it", "[styles]") {
  constexpr auto mapbox = "application/vnd.mapbox.style+json";
  CHECK(header(asked("/styles/2014.tiers"), "Content-Type") == "application/json");
  CHECK(header(asked("/styles/2014.tiers", {{"Accept", mapbox}}), "Content-Type") == mapbox);
  CHECK(header(asked("/styles/2014.tiers?f=mapbox"), "Content-Type") == mapbox);
}
