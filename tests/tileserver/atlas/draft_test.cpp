#include <filesystem>

#include "geo/loading/load.hpp"
#include "tests/support/catch.hpp"
#include "tileserver/atlas/atlas_builder.hpp"

using namespace geoprio;

namespace {

const std::filesystem::path fixtures = std::filesystem::path(GEOPRIO_SOURCE_FOLDER) / "tests/fixtures/draft-atlas";

std::shared_ptr<const atlas::Atlas> public_atlas(const char* file) {
  const auto loaded = loading::load(fixtures / file);
  return atlas::published_atlas(atlas::cut_atlas(loaded, atlas::Audience::everyone, Language::french));
}

}  // namespace

TEST_CASE("public layers are bit-identical whether or not a draft is in the atlas", "[draft]") {
  const auto with = public_atlas("atlas.toml");
  const auto without = public_atlas("public.toml");
  CHECK(with->fingerprint == without->fingerprint);
  REQUIRE(with->layers.size() == without->layers.size());
  for (std::size_t number = 0; number < with->layers.size(); ++number) {
    const auto& a = with->layers[number];
    const auto& b = without->layers[number];
    REQUIRE(a.id == b.id);
    REQUIRE(a.features.size() == b.features.size());
    for (std::size_t feature = 0; feature < a.features.size(); ++feature) {
      CHECK(a.features[feature].values == b.features[feature].values);
      CHECK(a.features[feature].geometry == b.features[feature].geometry);
    }
    for (unsigned zoom : {9U, 12U, 14U}) {
      const std::uint32_t column = 8391U >> (14U - zoom);
      const std::uint32_t row = 5865U >> (14U - zoom);
      const auto tile = *tiling::TileCoordinate::make(zoom, column, row);
      CHECK(with->tiles->cut(number, tile) == without->tiles->cut(number, tile));
    }
  }
}

TEST_CASE("an atlas is published a second time for staff only where there is a draft, and a store to sign in with",
          "[draft]") {
  auto loaded = loading::load(fixtures / "atlas.toml");
  CHECK(atlas::published_atlases(loaded, Language::french).staff == nullptr);
  loaded.file.consultation.store = "consultation.gpkg";
  const auto both = atlas::published_atlases(loaded, Language::french);
  REQUIRE(both.staff != nullptr);
  // What is shown first, and called current, is public for staff too (DESIGN §6 and §8).
  CHECK(both.staff->default_edition == both.everyone->default_edition);
  CHECK(both.staff->current_edition == both.everyone->current_edition);
  auto all_public = loading::load(fixtures / "public.toml");
  all_public.file.consultation.store = "consultation.gpkg";
  CHECK(atlas::published_atlases(all_public, Language::french).staff == nullptr);
}

TEST_CASE("a draft's refusals are counted for staff alone", "[draft]") {
  auto loaded = loading::load(fixtures / "atlas.toml");
  REQUIRE(loaded.report.refusals.empty());
  for (const auto* feature : {"1", "2", "3"}) loaded.report.refusals.push_back({"quarters.geojson", feature, "", ""});
  loaded.editions.back().refusals = 2;
  const auto refusals = [&](atlas::Audience audience) {
    return atlas::published_atlas(atlas::cut_atlas(loaded, audience, Language::french))->refusals;
  };
  CHECK(refusals(atlas::Audience::everyone) == 1);
  CHECK(refusals(atlas::Audience::staff) == 3);
}

TEST_CASE("a draft is nowhere in the public atlas, and is there for staff", "[draft]") {
  const auto loaded = loading::load(fixtures / "atlas.toml");
  CHECK(loaded.fingerprint_public != loaded.fingerprint_whole);
  const auto everyone = atlas::cut_atlas(loaded, atlas::Audience::everyone, Language::french);
  const auto staff = atlas::cut_atlas(loaded, atlas::Audience::staff, Language::french);
  CHECK(everyone.editions.size() == 2);
  CHECK(staff.editions.size() == 3);
  CHECK(atlas::published_atlas(everyone)->edition("2024-draft") == nullptr);
  const auto whole = atlas::published_atlas(staff);
  CHECK(whole->edition("2024-draft") != nullptr);
  CHECK(whole->layer_number("2024-draft.tiers"));
  CHECK(whole->fingerprint == loaded.fingerprint_whole);
}
