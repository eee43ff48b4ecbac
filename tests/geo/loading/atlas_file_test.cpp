#include "geo/loading/atlas_file.hpp"

#include "tests/geo/loading/scratch_atlas.hpp"
#include "tests/support/catch.hpp"

using namespace geoprio;
using tests::says;
using tests::ScratchAtlas;

TEST_CASE("an atlas file needs a title, a metric system and one edition with quarters and their code", "[loading]") {
  const ScratchAtlas atlas("required");
  CHECK(atlas.failure().empty());
  CHECK(says(atlas.failure_of("metric_crs = \"EPSG:2154\"\n"), "“title” is missing"));
  CHECK(says(atlas.failure_of("title = \"x\"\n"), "“metric_crs” is missing"));
  CHECK(says(atlas.failure_of("title = \"x\"\nmetric_crs = \"EPSG:2154\"\n"), "at least one edition"));
  CHECK(says(atlas.failure_of(ScratchAtlas::settings("", "", "code = \"code\"")), "“data” is missing"));
  CHECK(says(atlas.failure_of(ScratchAtlas::settings("", "", "data = \"quarters.geojson\"")), "“code” is missing"));
}

TEST_CASE("an unknown key is an error that names file, line and the near key", "[loading]") {
  const ScratchAtlas atlas("unknown-key");
  const auto said = atlas.failure_of(ScratchAtlas::settings("", "[tiles]\nmax_zom = 14\n"));
  CHECK(says(said, "atlas.toml:10: unknown key “max_zom” in [tiles]"));
  CHECK(says(said, "Did you mean “max_zoom”?"));
}

TEST_CASE("messages are French unless English is asked for", "[loading]") {
  const ScratchAtlas atlas("french");
  CHECK(says(atlas.failure_of("titel = 1\n", Language::french), "il manque « title »"));
}

TEST_CASE("what is no TOML is told with its line", "[loading]") {
  const ScratchAtlas atlas("no-toml");
  CHECK(says(atlas.failure_of("title = \"x\"\nmetric_crs = \n"), "atlas.toml:2:"));
}

TEST_CASE("a folder without an atlas file says what to give", "[loading]") {
  const ScratchAtlas atlas("no-file");
  std::filesystem::remove(atlas.folder() / "atlas.toml");
  CHECK(says(atlas.failure(), "give an atlas.toml or the folder that holds one"));
}

TEST_CASE("identifiers are legal and unique over editions and sets", "[loading]") {
  const ScratchAtlas atlas("identifiers");
  const std::string set = "data = \"quarters.geojson\"\n";
  CHECK(says(atlas.failure_of(ScratchAtlas::settings("", "[[perimeters]]\nid = \"2014\"\n" + set)), "“2014” is taken"));
  for (const char* wrong : {"changes", "scenario", "été", "a.b", "-a", ""})
    CHECK_FALSE(
        atlas.failure_of(ScratchAtlas::settings("", "[[perimeters]]\nid = \"" + std::string(wrong) + "\"\n" + set))
            .empty());
}

TEST_CASE("a stage that does not exist is refused with the near one", "[loading]") {
  const ScratchAtlas atlas("stage");
  auto text = ScratchAtlas::settings();
  text.replace(text.find("consultation"), 12, "consultatoin");
  CHECK(says(atlas.failure_of(text), "Did you mean “consultation”?"));
}

namespace {

std::string two_editions(const std::string& stage, const std::string& previous_of_2014,
                         const std::string& previous_of_2007) {
  return ScratchAtlas::settings("previous = \"" + previous_of_2014 + "\"",
                                "[[editions]]\nid = \"2007\"\nstage = \"" + stage +
                                    "\"\nquarters = { data = \"quarters.geojson\", code = \"code\" }\n" +
                                    (previous_of_2007.empty() ? "" : "previous = \"" + previous_of_2007 + "\"\n"));
}

}  // namespace

TEST_CASE("a previous edition exists, is public for a public one, and leads to no circle", "[loading]") {
  const ScratchAtlas atlas("previous");
  CHECK(atlas.failure_of(two_editions("superseded", "2007", "")).empty());
  const auto unknown = atlas.failure_of(two_editions("superseded", "2006", ""));
  CHECK(says(unknown, "atlas.toml:8: "));
  CHECK(says(unknown, "no edition is called “2006”"));
  CHECK(says(atlas.failure_of(two_editions("draft", "2007", "")), "its previous edition “2007” is not"));
  CHECK(says(atlas.failure_of(two_editions("superseded", "2007", "2014")), "circle"));
  CHECK(says(atlas.failure_of(two_editions("superseded", "2014", "")), "circle"));
}

TEST_CASE("the default edition exists and is public", "[loading]") {
  const ScratchAtlas atlas("default");
  CHECK(atlas.failure_of("default_edition = \"2014\"\n" + ScratchAtlas::settings()).empty());
  CHECK(says(atlas.failure_of("default_edition = \"2015\"\n" + ScratchAtlas::settings()),
             "atlas.toml:1: default_edition"));
  CHECK(says(atlas.failure_of("default_edition = \"2007\"\n" +
                              two_editions("prefiguration", "2014", "")
                                  .replace(two_editions("prefiguration", "2014", "").find("previous"), 18, "")),
             "is not public (stage prefiguration)"));
}

TEST_CASE("numbers stay in their range", "[loading]") {
  const ScratchAtlas atlas("ranges");
  const auto bands = [](const std::string& metres) {
    return ScratchAtlas::settings("bands = [{ tier = \"priority_1\", metres = " + metres + " }]");
  };
  for (const char* metres : {"0", "-300", "nan", "inf", "1e9", "\"300\""})
    CHECK_FALSE(atlas.failure_of(bands(metres)).empty());
  CHECK_FALSE(atlas.failure_of(ScratchAtlas::settings("", "[tiles]\nmax_zoom = 21\n")).empty());
  CHECK_FALSE(atlas.failure_of(ScratchAtlas::settings("", "[tiles]\nmax_zoom = -1\n")).empty());
  CHECK_FALSE(atlas.failure_of(ScratchAtlas::settings("", "[partition]\nsliver_width_m = nan\n")).empty());
  CHECK_FALSE(atlas.failure_of(ScratchAtlas::settings("", "[kiosk]\nnear_limit_m = -15\n")).empty());
  CHECK(atlas.failure_of(ScratchAtlas::settings("", "[tiles]\nmax_zoom = 20\n")).empty());
}

TEST_CASE("a metric system in degrees or unknown is refused", "[loading]") {
  const ScratchAtlas atlas("metric");
  auto text = ScratchAtlas::settings();
  text.replace(text.find("2154"), 4, "4326");
  CHECK(says(atlas.failure_of(text), "atlas.toml:2: metric_crs"));
  text.replace(text.find("4326"), 4, "99999");
  CHECK(says(atlas.failure_of(text), "metric_crs"));
}

TEST_CASE("every section is read", "[loading]") {
  const ScratchAtlas atlas("sections");
  atlas.write("atlas.toml",
              "store = \"consultation.gpkg\"\ncrs = [\"EPSG:27572\"]\n" +
                  ScratchAtlas::settings(
                      "valid_from = 2015-01-01\nvalid_to = 2020-12-31\ntitle = \"T\"\n"
                      "[[editions.decisions]]\nbody = \"copil\"\ndate = 2014-10-15\noutcome = \"noted\"\n"
                      "[[editions.decisions]]\nbody = \"sem\"\ndate = 2014-11-01\noutcome = \"validated\"\n"
                      "quarter = \"A1\"\ntier = \"watch\"\nwhy = \"w\"\n",
                      "[tiles]\nmax_zoom = 14\ncache_mb = 8\n[partition]\nsliver_width_m = 2\n"
                      "[addresses]\ndata = \"a.csv\"\n[kiosk]\nidle_s = 30\nwarning_s = 25\nnear_limit_m = 20\n"
                      "[consultation]\nthemes = [\"Habitat\", \"Emploi\"]\nretention_days = 100\n"
                      "[basemap]\nstyle = \"fond.json\"\n"));
  const auto file = loading::read_atlas_file(atlas.folder(), Language::french);
  CHECK(file.consultation.store == "consultation.gpkg");
  CHECK(file.crs == std::vector<std::string>{"EPSG:27572"});
  CHECK(file.max_zoom == 14);
  CHECK(file.cache_mb == 8);
  CHECK(file.sliver_width == Metres(2));
  CHECK(file.addresses->data == "a.csv");
  CHECK(file.kiosk.near_limit == Metres(20));
  CHECK(file.consultation.themes == std::vector<std::string>{"Habitat", "Emploi"});
  CHECK(file.basemap == domain::Basemap{.location = "fond.json"});
  const auto& edition = file.editions.at(0);
  CHECK(edition.valid_from->text() == "2015-01-01");
  CHECK(edition.decisions.size() == 2);
  CHECK(edition.decisions.at(1).tier == "watch");
  CHECK(edition.decisions.at(1).quarter->text() == "A1");
}

TEST_CASE("a decision with a tier names its quarter, and its outcome exists", "[loading]") {
  const ScratchAtlas atlas("decisions");
  const std::string head = "[[editions.decisions]]\nbody = \"sem\"\ndate = 2014-10-15\noutcome = ";
  CHECK(
      says(atlas.failure_of(ScratchAtlas::settings(head + "\"noted\"\ntier = \"watch\"\n")), "names its quarter too"));
  CHECK(says(atlas.failure_of(ScratchAtlas::settings(head + "\"maybe\"\n")), "“maybe” is no outcome"));
}

TEST_CASE("paths follow the atlas file, connection strings do not", "[loading]") {
  loading::AtlasFile file;
  file.path = "/srv/atlas/atlas.toml";
  CHECK(file.location_of("a/../b.geojson") == "/srv/atlas/b.geojson");
  CHECK(file.location_of("/data/b.geojson") == "/data/b.geojson");
  CHECK(file.location_of("/vsizip/b.zip") == "/vsizip//srv/atlas/b.zip");
  CHECK(file.location_of("/vsizip//data/b.zip/c.shp") == "/vsizip//data/b.zip/c.shp");
  CHECK(file.location_of("PG:dbname=sem") == "PG:dbname=sem");
}

TEST_CASE("an atlas file cut at any byte is an error or an atlas, never a crash", "[loading]") {
  const ScratchAtlas atlas("truncated");
  const auto text = "crs = [\"EPSG:27572\"]\n" +
                    ScratchAtlas::settings(
                        "valid_from = 2015-01-01\nbands = [{ tier = \"é\", metres = 300.5 }]\n"
                        "indicators = { data = \"i.csv\", key = \"k\", columns = { a = \"A\" } }\n"
                        "[[editions.decisions]]\nbody = \"copil\"\ndate = 2014-10-15\noutcome = \"noted\"\n",
                        "[tiles]\nmax_zoom = 14\n[kiosk]\nidle_s = 30\n");
  std::size_t read = 0;
  for (std::size_t length = 0; length <= text.size(); ++length) {
    atlas.write("atlas.toml", text.substr(0, length));
    try {
      loading::read_atlas_file(atlas.folder(), Language::french);
      ++read;
    } catch (const loading::LoadError& error) {
      REQUIRE(std::string(error.what()).size() > 10);
    }
  }
  CHECK(read > 0);
}

TEST_CASE("the kiosk warns for at least 20 s, and its numbers are in their ranges", "[loading]") {
  const ScratchAtlas atlas("kiosk");
  const auto said = [&](const std::string& kiosk) {
    return atlas.failure_of(ScratchAtlas::settings("", "[kiosk]\n" + kiosk + "\n"));
  };
  CHECK(says(said("warning_s = 19"), "“warning_s” must be a whole number in 20–3600"));
  CHECK(says(said("idle_s = 0"), "“idle_s” must be a whole number"));
  CHECK(says(said("near_limit_m = 1000.5"), "between 0 and 1,000 metres"));
  CHECK(says(said("near_limit_m = nan"), "near_limit_m"));
  CHECK(says(said("warnings_s = 20"), "Did you mean “warning_s”?"));
  CHECK(said("idle_s = 1\nwarning_s = 20\nnear_limit_m = 0").empty());
}

namespace {

domain::Basemap basemap_of(const ScratchAtlas& atlas, const std::string& section) {
  atlas.write("atlas.toml", ScratchAtlas::settings("", "[basemap]\n" + section + "\n"));
  return loading::read_atlas_file(atlas.folder(), Language::english).basemap.value();
}

}  // namespace

TEST_CASE("a basemap is a style, an archive or a raster service, and names the origins that it is fetched from",
          "[loading]") {
  const ScratchAtlas atlas("basemap");
  const auto style = basemap_of(atlas, "style = \"https://tiles.example:8443/style.json?key=a;b\"");
  CHECK(style.kind == domain::BasemapKind::style);
  CHECK(style.origins == std::vector<std::string>{"https://tiles.example:8443"});
  const auto raster =
      basemap_of(atlas, "style = { raster = \"https://ign.example/{z}/{x}/{y}.png\", attribution = \"IGN\" }");
  CHECK(raster == domain::Basemap{.kind = domain::BasemapKind::raster,
                                  .location = "https://ign.example/{z}/{x}/{y}.png",
                                  .attribution = "IGN",
                                  .origins = {"https://ign.example"}});
  const auto archive = basemap_of(atlas, "style = { pmtiles = \"fond.pmtiles\" }");
  CHECK(archive == domain::Basemap{.kind = domain::BasemapKind::pmtiles, .location = "fond.pmtiles"});
  const auto more = basemap_of(atlas,
                               "style = \"https://a.example/s.json\"\n"
                               "hosts = [\"https://fonts.example\", \"https://a.example\"]");
  CHECK(more.origins == std::vector<std::string>{"https://a.example", "https://fonts.example"});
}

TEST_CASE("an address that could end a directive of the pages' policy is refused, and so is half a basemap",
          "[loading]") {
  const ScratchAtlas atlas("basemap-refused");
  const auto said = [&](const std::string& section) {
    return atlas.failure_of(ScratchAtlas::settings("", "[basemap]\n" + section + "\n"));
  };
  for (const char* address : {"https://a.example; script-src *", "https://a example/", "https:///s.json", "ftp://a/s",
                              "https://*/s.json", "https://user@a.example/s", "https://a.example:80a/s", "https://a:/"})
    CHECK(says(said("style = \"" + std::string(address) + "\""), "is no address"));
  CHECK(says(said("style = { raster = \"https://a.example/{z}/{x}.png\" }"), "must hold {z}, {x} and {y}"));
  CHECK(says(said("style = { raster = \"tiles/{z}/{x}/{y}.png\" }"), "is no address"));
  CHECK(says(said("style = { attribution = \"IGN\" }"), "give either pmtiles"));
  CHECK(says(said("style = { pmtiles = \"a\", raster = \"https://a/{z}/{x}/{y}\" }"), "give either pmtiles"));
  CHECK(says(said("stile = \"s.json\""), "“style” is missing"));
  CHECK(says(said("style = \"s.json\"\nhost = []"), "Did you mean “hosts”?"));
}

TEST_CASE("themes of the consultation are different words, eight unless told otherwise", "[loading]") {
  const ScratchAtlas atlas("themes");
  CHECK(says(atlas.failure_of(ScratchAtlas::settings("[consultation]\nthemes = [\"eau\", \"eau\"]\n")),
             "themes are different words"));
  CHECK(domain::Consultation().themes.size() == 8);
}

TEST_CASE("themes may be named in English and in simple French, each in its place", "[loading]") {
  const ScratchAtlas atlas("theme-names");
  const std::string themes = "[consultation]\nthemes = [\"eau\", \"parcs\"]\n";
  atlas.write("atlas.toml", ScratchAtlas::settings("", themes + "themes_en = [\"water\", \"parks\"]\n"));
  const auto file = loading::read_atlas_file(atlas.folder(), Language::french);
  CHECK(file.consultation.themes_en == std::vector<std::string>{"water", "parks"});
  CHECK(file.consultation.themes_falc.empty());
  CHECK(says(atlas.failure_of(ScratchAtlas::settings("", themes + "themes_falc = [\"l'eau\"]\n")),
             "“themes_falc” names the 2 themes in their order: there are 1."));
}
