// Documents as pages for people.
#include <deque>
#include <regex>
#include <set>

#include "tests/support/catch.hpp"
#include "tests/tileserver/service/asked.hpp"

using namespace geoprio;
using namespace geoprio::testing;

namespace {

std::string unescaped(std::string text) {
  for (auto place = text.find("&amp;"); place != std::string::npos; place = text.find("&amp;", place + 1))
    text.replace(place, 5, "&");
  return text;
}

std::vector<std::string> addresses_in(const std::string& page) {
  static const std::regex reference("href=\"([^\"]*)\"");
  std::vector<std::string> found;
  for (std::sregex_iterator match(page.begin(), page.end(), reference), end; match != end; ++match)
    found.push_back(unescaped((*match)[1]));
  return found;
}

std::string page_at(const std::string& address) {
  const auto response = asked(address, {{"Accept", "text/html"}});
  INFO(address);
  CHECK(response.status == 200);
  CHECK(header(response, "Content-Type").starts_with("text/html"));
  return std::string(response.body.bytes());
}

}  // namespace

TEST_CASE("an unknown parameter is refused by a page as by its document, or passed over by both", "[pages]") {
  const auto status_of = [](const std::string& address, const std::string& format) {
    return asked(address + (address.find('?') == std::string::npos ? "?" : "&") + "f=" + format + "&collour=red")
        .status;
  };
  // OGC 17-069r4 §7.7, /req/core/query-param-unknown, for what that standard has; and what is asked questions.
  for (const std::string address : {"/conformance", "/api", "/collections", "/collections/2014.quarters",
                                    "/collections/2014.quarters/queryables", "/collections/2014.quarters/schema",
                                    "/collections/2014.quarters/items", "/collections/2014.quarters/items/q1"}) {
    INFO(address);
    CHECK(status_of(address, "html") == 400);
    CHECK(status_of(address, "json") == 400);
  }
  CHECK(asked("/exports/2014.quarters.csv?collour=red").status == 400);
  CHECK(asked("/locate?lon=4.3&lat=45.4&collour=red").status == 400);
  CHECK(asked("/search?q=a&collour=red").status == 400);
  CHECK(status_of("/", "json") == 400);
  // The map keeps its state there.
  CHECK(status_of("/", "html") == 200);
  for (const std::string address : {"/styles", "/tiles", "/tiles/WebMercatorQuad", "/tileMatrixSets", "/editions",
                                    "/collections/2014.quarters/tiles", "/xyz/2014.quarters.json"}) {
    INFO(address);
    CHECK(status_of(address, "html") == 200);
    CHECK(status_of(address, "json") == 200);
  }
}

TEST_CASE("from the layers, every link of every page leads to something", "[pages]") {
  const std::string home = "http://atlas.example/";
  std::deque<std::string> unread = {home + "collections"};
  std::set<std::string> seen(unread.begin(), unread.end());
  std::size_t pages = 0;
  while (!unread.empty()) {
    const auto address = unread.front();
    unread.pop_front();
    const auto response = asked(address, {{"Accept", "text/html"}});
    INFO(address);
    CHECK((response.status == 200 || response.status == 204));
    if (!header(response, "Content-Type").starts_with("text/html")) continue;
    ++pages;
    for (auto& next : addresses_in(std::string(response.body.bytes())))
      // The files of the pages are not in the small atlas.
      if (next.starts_with(home) && !next.starts_with(home + "assets/") && seen.insert(next).second)
        unread.push_back(std::move(next));
  }
  CHECK(pages > 40);
  CHECK(seen.contains(home + "collections/2014.quarters/items/q%2F3?f=html"));
  CHECK(seen.contains(home + "collections/2014.quarters/tiles/WebMercatorQuad?f=html"));
}

TEST_CASE("every resource that a person may land on is a page", "[pages]") {
  for (const auto* path :
       {"/conformance", "/api", "/collections", "/collections/2014.quarters", "/collections/2014.quarters/queryables",
        "/collections/2014.quarters/schema", "/collections/2014.quarters/items", "/collections/2014.quarters/items/q1",
        "/collections/2014.quarters/tiles", "/collections/2014.quarters/tiles/WebMercatorQuad", "/tiles",
        "/tiles/WebMercatorQuad", "/tileMatrixSets", "/tileMatrixSets/WebMercatorQuad", "/styles", "/styles/2014.tiers",
        "/editions", "/editions/2014", "/editions/2014/quarters/q1"}) {
    const auto page = page_at(path);
    CHECK(page.starts_with("<!doctype html>"));
    CHECK(page.find("<h1>") != std::string::npos);
  }
}

TEST_CASE("a page names its files relative to itself: whatever stands in front of its address, they are found",
          "[pages]") {
  CHECK(page_at("/api").find("href=\"assets/map.css\"") != std::string::npos);
  CHECK(page_at("/collections/2014.quarters/items/q%2F3").find("src=\"../../../assets/document.js\"") !=
        std::string::npos);
}

TEST_CASE("a page is confined to the server and is found under its own tag", "[pages]") {
  const auto page = asked("/collections?f=html");
  CHECK(header(page, "Content-Security-Policy").starts_with("default-src 'none'"));
  CHECK(header(page, "ETag") != header(asked("/collections?f=json"), "ETag"));
  CHECK(asked("/collections?f=html", {{"If-None-Match", header(page, "ETag")}}).status == 304);
}

TEST_CASE("what a source says is text on a page, never markup", "[pages]") {
  auto made = small_atlas();
  made->title = "<script>alert(1)</script>";
  made->layers[0].title = "\"><img src=x>";
  const auto snapshot = small_snapshot(made);
  for (const auto* path : {"/collections?f=html", "/collections/2014.quarters?f=html",
                           "/collections/2014.quarters/items?f=html&name=%3Cb%3E", "/editions/2014?f=html"}) {
    const std::string page(answer(get(path), *snapshot).body.bytes());
    INFO(path);
    CHECK(page.find("<script>alert") == std::string::npos);
    CHECK(page.find("<img") == std::string::npos);
    CHECK(page.find("<b>") == std::string::npos);
    CHECK(page.find("&lt;script&gt;alert(1)") != std::string::npos);
  }
}

TEST_CASE("a page is in the language that is asked for, French unless English is preferred", "[pages]") {
  CHECK(page_at("/collections").find("<html lang=\"fr\">") != std::string::npos);
  const auto english = asked("/collections?f=html", {{"Accept-Language", "en"}});
  CHECK(english.body.bytes().find("Layers") != std::string::npos);
  CHECK(header(english, "Content-Language") == "en");
  const auto asked_for = asked("/collections?f=html&lang=fr", {{"Accept-Language", "en"}});
  CHECK(asked_for.body.bytes().find("Couches") != std::string::npos);
}

TEST_CASE("the page of a layer shows its map and the addresses to copy for a client", "[pages]") {
  const auto page = page_at("/collections/2014.quarters");
  CHECK(page.find("data-tilejson=\"http://atlas.example/xyz/2014.quarters.json\"") != std::string::npos);
  CHECK(page.find("value=\"http://atlas.example/xyz/2014.quarters/{z}/{x}/{y}.mvt\"") != std::string::npos);
  CHECK(page.find("value=\"http://atlas.example/\"") != std::string::npos);
}

TEST_CASE("the page of a layer's items is a table that leads to each of them and to the next page", "[pages]") {
  const auto page = page_at("/collections/2014.quarters/items?limit=2");
  CHECK(page.find("Crêt de Roc") != std::string::npos);
  CHECK(page.find("href=\"http://atlas.example/collections/2014.quarters/items/q1?f=html\"") != std::string::npos);
  CHECK(page.find("offset=2") != std::string::npos);
  CHECK(page.find("Montreynaud") == std::string::npos);
}
