#include "tileserver/report.hpp"

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "geo/loading/load.hpp"
#include "tests/support/catch.hpp"

using namespace geoprio;

namespace {

std::string rectangle(const std::string& properties, double west, double east) {
  const auto w = std::to_string(west), e = std::to_string(east);
  return R"({"type":"Feature","properties":{)" + properties + R"(},"geometry":{"type":"Polygon","coordinates":[[[)" +
         w + ",45.4],[" + e + ",45.4],[" + e + ",45.41],[" + w + ",45.41],[" + w + ",45.4]]]}}";
}

std::string collection(const std::string& features) {
  return R"({"type":"FeatureCollection","features":[)" + features + "]}";
}

/// Perimeters on one parallel strip, 45.40 to 45.41 degrees north, so that shares of land are shares of width. From
/// 4.00 to 4.04 degrees east, a letter for each 0.01 degree:
///
///     cells, people      |100 |  40|   8|   1|
///     communes           |aaaa|aaaa|aaaa|    |
///     quarters of 2007   |AAAA|    |    |    |
///     quarters of 2014     |AAAA|        |      (4.005 to 4.015)
///                            |BBBB|             (4.01 to 4.02: shares half of A's land)
class Strip {
 public:
  explicit Strip(const std::string& name) : folder_(std::filesystem::temp_directory_path() / name) {
    std::filesystem::create_directories(folder_);
    write("communes.geojson", collection(rectangle(R"("insee":"42218")", 4.00, 4.03)));
    write("2007.geojson", collection(rectangle(R"("code":"A")", 4.00, 4.01)));
    write("2014.geojson",
          collection(rectangle(R"("code":"A")", 4.005, 4.015) + "," + rectangle(R"("code":"B")", 4.01, 4.02)));
    write("cells.geojson",
          collection(rectangle(R"("ind":100)", 4.00, 4.01) + "," + rectangle(R"("ind":40)", 4.01, 4.02) + "," +
                     rectangle(R"("ind":8)", 4.02, 4.03) + "," + rectangle(R"("ind":1)", 4.03, 4.04)));
  }
  ~Strip() { std::filesystem::remove_all(folder_); }
  Strip(const Strip&) = delete;
  Strip& operator=(const Strip&) = delete;

  [[nodiscard]] atlas::BuildReport report(bool with_population) const {
    write("atlas.toml", std::string("title = \"Essai\"\nmetric_crs = \"EPSG:2154\"\n"
                                    "[[perimeters]]\nid = \"communes\"\ndata = \"communes.geojson\"\ncode = \"insee\"\n"
                                    "[[editions]]\nid = \"2007\"\nstage = \"superseded\"\n"
                                    "quarters = { data = \"2007.geojson\", code = \"code\" }\n"
                                    "[[editions]]\nid = \"2014\"\nstage = \"consultation\"\n"
                                    "quarters = { data = \"2014.geojson\", code = \"code\" }\n") +
                            (with_population ? "[population]\ndata = \"cells.geojson\"\ncount = \"ind\"\n" : ""));
    const auto loaded = loading::load(folder_);
    return atlas::report_of(atlas::cut_atlas(loaded, atlas::Audience::staff, Language::english));
  }

 private:
  void write(const std::string& file, const std::string& content) const {
    std::ofstream(folder_ / file, std::ios::binary) << content;
  }
  std::filesystem::path folder_;
};

}  // namespace

TEST_CASE("the report tells how many people lie in the communes and in each edition's quarters", "[report]") {
  const auto document = nlohmann::json::parse(report_json(Strip("geoprio-report-people").report(true)));
  const auto& population = document.at("population");
  CHECK(population.at("read") == 149);
  CHECK(population.at("unplaced") == 0);
  const auto& sets = population.at("sets");
  REQUIRE(sets.size() == 3);
  // By hand: the communes hold three cells of four. 2007's quarter is the first cell. 2014's two cover half of the
  // first cell and the whole second one, where the land that they share counts once: 50 + 40.
  CHECK(sets[0].at("set") == "communes");
  CHECK(sets[0].at("people").get<double>() == Approx(148).epsilon(1e-9));
  CHECK(sets[0].at("share").get<double>() == Approx(148.0 / 149).epsilon(1e-9));
  CHECK(sets[1].at("set") == "2007");
  CHECK(sets[1].at("people").get<double>() == Approx(100).epsilon(1e-9));
  CHECK(sets[2].at("set") == "2014");
  CHECK(sets[2].at("people").get<double>() == Approx(90).epsilon(1e-9));
}

TEST_CASE("the report's table of people is in French and in English", "[report]") {
  const auto report = Strip("geoprio-report-words").report(true);
  CHECK(report_text(report, Language::french)
            .find("Population rattachée\n"
                  "dans          habitants  part\n"
                  "carreaux lus        149  100.0 %\n"
                  "communes            148  99.3 %\n"
                  "2007                100  67.1 %\n"
                  "2014                 90  60.4 %\n") != std::string::npos);
  CHECK(report_text(report, Language::english)
            .find("Population matched\n"
                  "in          people  share\n"
                  "cells read     149  100.0 %\n") != std::string::npos);
}

TEST_CASE("without a population the report has none", "[report]") {
  const auto report = Strip("geoprio-report-nobody").report(false);
  CHECK(nlohmann::json::parse(report_json(report)).at("population").is_null());
  CHECK(report_text(report, Language::english).find("Population") == std::string::npos);
}
