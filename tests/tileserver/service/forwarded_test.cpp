#include "tileserver/service/forwarded.hpp"

#include <random>
#include <string>

#include "tests/support/catch.hpp"
#include "tests/tileserver/service/asked.hpp"

using namespace geoprio;
using namespace geoprio::service;

namespace {

ForwardedOrigin origin(const Headers& headers) {
  const auto read = forwarded_origin(headers);
  REQUIRE(read);
  return *read;
}

std::string fault(const Headers& headers) {
  const auto read = forwarded_origin(headers);
  return read ? "(none)" : std::string(read.error().kind) + " " + read.error().parameter.value_or("");
}

/// The first link of a collection, asked for from a proxy or from a client.
std::string link_asked_for(bool from_trusted_proxy, Headers headers) {
  auto request = testing::get("/collections/communes", std::move(headers));
  request.from_trusted_proxy = from_trusted_proxy;
  return testing::linked(testing::document(answer(request, testing::the_snapshot())), "self");
}

}  // namespace

// The examples are those of RFC 7239 §4 and §7.1.
TEST_CASE("Forwarded is read as its standard writes it", "[proxy]") {
  CHECK(origin({{"Forwarded", R"(for="_gazonk")"}}) == ForwardedOrigin{});
  CHECK(origin({{"Forwarded", R"(For="[2001:db8:cafe::17]:4711")"}}) == ForwardedOrigin{});
  CHECK(origin({{"Forwarded", "for=192.0.2.60;proto=http;by=203.0.113.43"}}).scheme == "http");
  CHECK(origin({{"Forwarded", "for=192.0.2.43, for=198.51.100.17"}}) == ForwardedOrigin{});
  CHECK(origin({{"Forwarded", R"(PROTO=HTTPS;host="carto.example.fr:8443")"}}) ==
        ForwardedOrigin{"https", "carto.example.fr:8443", ""});
  CHECK(origin({{"Forwarded", R"(host="a\.b";;secret="x;y,z\"")"}}).host == "a.b");
}

TEST_CASE("only the element that the nearest proxy added counts", "[proxy]") {
  CHECK(origin({{"Forwarded", "host=evil.example;proto=http, host=carto.example.fr"}}) ==
        ForwardedOrigin{std::nullopt, "carto.example.fr", ""});
  CHECK(origin({{"X-Forwarded-Host", "evil.example, carto.example.fr"}}).host == "carto.example.fr");
}

TEST_CASE("the other way to say it has a prefix too", "[proxy]") {
  CHECK(origin({{"X-Forwarded-Proto", "https"}, {"X-Forwarded-Host", "[::1]:80"}, {"X-Forwarded-Prefix", "/a/b/"}}) ==
        ForwardedOrigin{"https", "[::1]:80", "/a/b"});
  CHECK(origin({{"X-Forwarded-Prefix", "/"}}).prefix.empty());
}

TEST_CASE("what a proxy says wrongly is a problem that names the header", "[proxy]") {
  for (const std::string wrong :
       {"proto", "proto=", "proto=ftp", "host=\"a", "host=a/b", "host=\"a b\"", "proto =http", "proto=http;proto=https",
        "for=a b", "=http", "host=\"a\\", "proto=http]", "host=é"}) {
    INFO(wrong);
    CHECK(fault({{"Forwarded", wrong}}) == "broken-forwarded Forwarded");
  }
  CHECK(fault({{"X-Forwarded-Proto", "gopher"}}) == "broken-forwarded X-Forwarded-Proto");
  CHECK(fault({{"X-Forwarded-Host", "a\r\nb"}}) == "broken-forwarded X-Forwarded-Host");
  for (const std::string wrong :
       {"", "geoprio", "//evil.example", "/a//b", "/../a", "/a/./b", "/%2e%2E", "/%z", "/a?b", "/a\"b", "/a b"}) {
    INFO(wrong);
    CHECK(fault({{"X-Forwarded-Prefix", wrong}}) == "broken-forwarded X-Forwarded-Prefix");
  }
}

TEST_CASE("a proxy that lets the client's own header through beside its own is found out", "[proxy]") {
  CHECK(fault({{"Forwarded", "host=evil.example"}, {"X-Forwarded-Host", "carto.example.fr"}}) ==
        "contradictory-forwarded X-Forwarded-Host");
  CHECK(fault({{"Forwarded", "proto=https"}, {"X-Forwarded-Proto", "https"}}) == "(none)");
}

TEST_CASE("links follow a trusted proxy, and nobody else", "[proxy]") {
  const Headers said = {{"Forwarded", "proto=https;host=carto.example.fr"}, {"X-Forwarded-Prefix", "/geoprio"}};
  CHECK(link_asked_for(true, said) == "https://carto.example.fr/geoprio/collections/communes");
  CHECK(link_asked_for(false, said) == "http://atlas.example/collections/communes");
  CHECK(link_asked_for(true, {}) == "http://atlas.example/collections/communes");
}

TEST_CASE("whatever stands in Forwarded, what is read of it may stand in a link", "[proxy]") {
  std::mt19937 random(20260102);
  constexpr std::string_view alphabet = "host=proto;,\"\\ \t/:.[]a<>\r\n%é";
  std::uniform_int_distribution<std::size_t> letter(0, alphabet.size() - 1), length(0, 24);
  for (int turn = 0; turn < 20'000; ++turn) {
    std::string text = turn % 2 == 0 ? "host=" : "proto=http;host=\"";
    for (auto left = length(random); left > 0; --left) text.push_back(alphabet[letter(random)]);
    const auto read = forwarded_origin({{"Forwarded", text}, {"X-Forwarded-Prefix", "/" + text}});
    if (!read) continue;
    INFO(text);
    CHECK((!read->host || is_host(*read->host)));
    CHECK(read->prefix.find_first_of("\"<>\\ \r\n") == std::string::npos);
  }
}
