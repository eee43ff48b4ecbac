// What pages are told of their place, and what they may load.
#include <filesystem>
#include <fstream>

#include "geo/core/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/tileserver/service/asked.hpp"

using namespace geoprio;
using namespace geoprio::testing;

namespace {

std::shared_ptr<const service::Snapshot> snapshot_with(std::optional<domain::Basemap> basemap,
                                                       std::shared_ptr<const service::BasemapFile> file = nullptr) {
  auto made = small_atlas();
  made->basemap = std::move(basemap);
  made->kiosk = {.idle_s = 90, .warning_s = 30, .near_limit = Metres(12.5)};
  made->has_addresses = true;
  service::SnapshotParts parts;
  parts.atlas = std::move(made);
  parts.basemap_file = std::move(file);
  parts.files = [](std::string_view) {
    return service::EmbeddedFile{"<!doctype html>", "", "text/html; charset=utf-8", "\"page\""};
  };
  return make_snapshot(std::move(parts));
}

domain::Basemap raster_service() {
  return {.kind = domain::BasemapKind::raster,
          .location = "https://ign.example/{z}/{x}/{y}.png",
          .attribution = "IGN",
          .origins = {"https://ign.example"}};
}

std::string policy(const service::Response& response) { return header(response, "Content-Security-Policy"); }

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("the landing document tells pages how the kiosk behaves and what lies behind the map", "[landing]") {
  const auto bare = asked_document("/?f=json");
  CHECK(bare.at("kiosk") == nlohmann::json::parse(R"({"idle_s": 60, "warning_s": 20, "near_limit_m": 15.0})"));
  CHECK(bare.at("addresses") == false);
  CHECK(bare.at("basemap") == nullptr);
  const auto told = document(answer(get("/?f=json"), *snapshot_with(raster_service())));
  CHECK(told.at("kiosk") == nlohmann::json::parse(R"({"idle_s": 90, "warning_s": 30, "near_limit_m": 12.5})"));
  CHECK(told.at("addresses") == true);
  CHECK(told.at("basemap") == nlohmann::json::parse(R"({
    "raster": "https://ign.example/{z}/{x}/{y}.png", "attribution": "IGN"})"));
}

TEST_CASE("pages may load from the hosts that the basemap names, and from no other", "[pages]") {
  const auto without = policy(answer(get("/?f=html"), *snapshot_with(std::nullopt)));
  CHECK_FALSE(holds(without, "http"));
  CHECK_FALSE(holds(without, "unsafe"));
  const auto snapshot = snapshot_with(raster_service());
  for (const auto* path : {"/?f=html", "/collections?f=html"}) {
    const auto with = policy(answer(get(path), *snapshot));
    INFO(path);
    CHECK(holds(with, "connect-src 'self' https://ign.example;"));
    CHECK(holds(with, "img-src 'self' data: blob: https://ign.example;"));
    CHECK(holds(with, "script-src 'self';"));
    CHECK(holds(with, "style-src 'self';"));
  }
}

TEST_CASE("the map may stand in anybody's page, a document's page only in this server's", "[pages]") {
  const auto snapshot = snapshot_with(std::nullopt);
  CHECK(policy(answer(get("/?f=html"), *snapshot)).ends_with("frame-ancestors *"));
  CHECK(policy(answer(get("/collections?f=html"), *snapshot)).ends_with("frame-ancestors 'self'"));
}

TEST_CASE("a basemap's file is served whole, by parts, and under a tag", "[basemap]") {
  const tests::ScratchFolder folder("basemap");
  std::string bytes;
  while (bytes.size() < 3'000'000) bytes += std::to_string(bytes.size()) + " ";
  std::ofstream(folder.path() / "le fond.pmtiles", std::ios::binary) << bytes;
  const auto snapshot = snapshot_with(domain::Basemap{.kind = domain::BasemapKind::pmtiles, .location = "x"},
                                      service::BasemapFile::open(folder.path() / "le fond.pmtiles"));
  CHECK(document(answer(get("/?f=json"), *snapshot)).at("basemap").at("pmtiles") ==
        "http://atlas.example/basemap/le%20fond.pmtiles");
  const std::string path = "/basemap/le%20fond.pmtiles";

  const auto part = answer(get(path, {{"Range", "bytes=1000000-1000099"}}), *snapshot);
  CHECK(part.status == 206);
  CHECK(header(part, "Content-Range") == "bytes 1000000-1000099/" + std::to_string(bytes.size()));
  CHECK(header(part, "Content-Type") == "application/vnd.pmtiles");
  CHECK(part.body.bytes() == bytes.substr(1000000, 100));
  const auto behind = answer(get(path, {{"Range", "bytes=9000000-"}}), *snapshot);
  CHECK(behind.status == 416);
  CHECK(header(behind, "Content-Range") == "bytes */" + std::to_string(bytes.size()));
  CHECK(document(behind).at("type") == "urn:geoprio:problem:range-not-satisfiable");

  const auto whole = answer(get(path), *snapshot);
  CHECK(whole.status == 200);
  CHECK(header(whole, "Accept-Ranges") == "bytes");
  REQUIRE(whole.stream != nullptr);
  std::string streamed;
  while (whole.stream->append_piece(streamed)) {
  }
  CHECK(streamed == bytes);
  CHECK(answer(get(path, {{"If-None-Match", header(whole, "ETag")}}), *snapshot).status == 304);
}

TEST_CASE("a basemap that is cut short while it is sent breaks off, and ends like no whole one", "[basemap]") {
  const tests::ScratchFolder folder("basemap-short");
  const auto path = folder.path() / "map.pmtiles";
  std::ofstream(path, std::ios::binary) << std::string(3'000'000, 'x');
  const auto snapshot = snapshot_with(domain::Basemap{.kind = domain::BasemapKind::pmtiles, .location = "x"},
                                      service::BasemapFile::open(path));
  const auto whole = answer(get("/basemap/map.pmtiles"), *snapshot);
  REQUIRE(whole.stream != nullptr);
  std::string streamed;
  REQUIRE(whole.stream->append_piece(streamed));
  std::filesystem::resize_file(path, 100'000);
  CHECK_THROWS_AS(
      [&] {
        while (whole.stream->append_piece(streamed)) continue;
      }(),
      Error);
}

TEST_CASE("no other file of the atlas's folder is served", "[basemap]") {
  const tests::ScratchFolder folder("basemap-other");
  std::ofstream(folder.path() / "style.json") << "{}";
  std::ofstream(folder.path() / "draft.geojson") << "secret";
  const auto snapshot = snapshot_with(domain::Basemap{.location = "style.json"},
                                      service::BasemapFile::open(folder.path() / "style.json"));
  CHECK(answer(get("/basemap/style.json"), *snapshot).body.bytes() == "{}");
  for (const auto* path : {"/basemap/draft.geojson", "/basemap/..%2Fdraft.geojson", "/basemap"})
    CHECK(answer(get(path), *snapshot).status == 404);
  CHECK(asked("/basemap/style.json").status == 404);
  CHECK_THROWS_AS(service::BasemapFile::open(folder.path() / "missing.json"), Error);
  CHECK_THROWS_AS(service::BasemapFile::open(folder.path()), Error);
}
