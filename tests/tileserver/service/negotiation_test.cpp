#include "tileserver/service/negotiation.hpp"

#include "tests/support/catch.hpp"

using namespace geoprio::service;

namespace {

/// The accepted encodings in their order, by name.
std::string order(const Headers& headers) {
  std::string names;
  for (const auto encoding : accepted_encodings(headers))
    names += (names.empty() ? "" : " ") + std::string(geoprio::cache::name_of(encoding));
  return names;
}
std::string order(const char* header) { return order({{"Accept-Encoding", header}}); }

}  // namespace

TEST_CASE("encodings come by the client's weights, then by ours, and identity is never refused", "[negotiation]") {
  CHECK(order(Headers{}) == "identity");
  CHECK(order("") == "identity");
  CHECK(order("gzip, deflate, br, zstd") == "br zstd gzip identity");
  CHECK(order("gzip;q=1.0, br;q=0.5") == "gzip br identity");
  CHECK(order("*") == "br zstd gzip identity");
  CHECK(order("*;q=0.1, gzip") == "gzip br zstd identity");
  CHECK(order("br;q=0, *") == "zstd gzip identity");
  CHECK(order("identity, br;q=0.5") == "identity br");
  CHECK(order("gzip; q=0.000, *") == "br zstd identity");
  CHECK(order("identity;q=0.5, br, gzip;q=0.2") == "br identity gzip");
  CHECK(order("GZIP ; Q=0.8 , compress") == "gzip identity");
  CHECK(order("br;q=nan, gzip;q=0.5") == "br gzip identity");  // what is no weight counts as 1
  // RFC 9110 would allow a 406 for these three.
  CHECK(order("identity;q=0") == "identity");
  CHECK(order("*;q=0") == "identity");
  CHECK(order("zstd, identity;q=0") == "zstd identity");
}

TEST_CASE("the most exact range of Accept decides on a type", "[negotiation]") {
  constexpr std::string_view offered[] = {"application/json", "text/html"};
  const auto preferred = [&](const char* header) { return preferred_type({{"Accept", header}}, offered); };
  CHECK(preferred("text/html") == "text/html");
  CHECK(preferred("text/*") == "text/html");
  CHECK(preferred("*/*") == "application/json");
  CHECK(preferred("text/html, application/json") == "application/json");
  CHECK(preferred("application/*;q=0.5, text/html;q=0.6") == "text/html");
  CHECK(preferred("*/*, application/json;q=0") == "text/html");
  CHECK(preferred("image/png") == std::nullopt);
  CHECK(preferred("text/html;level=1;q=0.4, */*;q=0.1") == "text/html");
}

TEST_CASE("a type is accepted by its name, with its parameters or without them", "[negotiation]") {
  constexpr std::string_view offered[] = {"application/vnd.oai.openapi+json;version=3.0", "text/html"};
  const auto preferred = [&](const char* header) { return preferred_type({{"Accept", header}}, offered); };
  // What the landing page's own link says, and what GDAL sends.
  CHECK(preferred("application/vnd.oai.openapi+json;version=3.0") == offered[0]);
  CHECK(preferred("application/vnd.oai.openapi+json") == offered[0]);
  CHECK(preferred("text/html;q=0.9, application/vnd.oai.openapi+json; version=3.0") == offered[0]);
  CHECK(preferred("application/*") == offered[0]);
  CHECK(preferred("image/png") == std::nullopt);
}
