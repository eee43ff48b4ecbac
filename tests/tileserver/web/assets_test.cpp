#include "tileserver/web/assets.hpp"

#include "tests/support/catch.hpp"

namespace geoprio::web {
namespace {

TEST_CASE("the page is in the program, as HTML in UTF-8", "[web]") {
  const auto* page = asset("index.html");
  REQUIRE(page != nullptr);
  CHECK(page->content_type == "text/html; charset=utf-8");
  CHECK(page->body.find("<!doctype html>") == 0);
  CHECK(page->body.find("</html>") != std::string_view::npos);
}

TEST_CASE("an entity tag comes in quotes, as the header has it", "[web]") {
  const auto etag = asset("index.html")->etag;
  REQUIRE(etag.size() > 2);
  CHECK(etag.front() == '"');
  CHECK(etag.back() == '"');
}

TEST_CASE("what is not a page's file is absent, also beside one in the order of names", "[web]") {
  CHECK(asset("") == nullptr);
  CHECK(asset("index") == nullptr);
  CHECK(asset("index.html.gz") == nullptr);
  CHECK(asset("zzz") == nullptr);
  CHECK(asset("../index.html") == nullptr);
}

TEST_CASE("every file that the page names is in the program, and compressed when that is smaller", "[web]") {
  const auto body = asset("index.html")->body;
  const std::string_view prefix = "\"assets/";
  for (auto place = body.find(prefix); place != std::string_view::npos; place = body.find(prefix, place + 1)) {
    const auto begin = place + prefix.size();
    const auto* named = asset(body.substr(begin, body.find('"', begin) - begin));
    REQUIRE(named != nullptr);
    CHECK(named->gzip.size() < named->body.size());
    CHECK(named->br.size() < named->body.size());
    CHECK(named->br.empty() == named->gzip.empty());
    // RFC 1952 §2.3.1: a gzip member begins with 1F 8B.
    if (!named->gzip.empty()) CHECK(named->gzip.substr(0, 2) == "\x1F\x8B");
  }
}

TEST_CASE("the map's library is smaller in br than in gzip", "[web]") {
  const auto* library = asset("maplibre-gl.mjs");
  if (library == nullptr) return;  // a build without the pages
  CHECK_FALSE(library->br.empty());
  CHECK(library->br.size() < library->gzip.size());
}

}  // namespace
}  // namespace geoprio::web
