#include "geo/loading/indicator_table.hpp"

#include "geo/loading/report_table.hpp"
#include "geo/loading/rules_file.hpp"
#include "tests/geo/loading/scratch_atlas.hpp"
#include "tests/support/catch.hpp"

using namespace geoprio;
using tests::says;
using tests::ScratchAtlas;

namespace {

const std::string rules = R"(label = "Essai"
span = 2.0
min_coverage = 0.6
[levels]
high = 50
[[axes.social]]
id = "poverty"
weight = 1
direction = "higher_is_worse"
reference = 14
[[axes.social]]
id = "income"
weight = 2
direction = "lower_is_worse"
reference = 19000
[[tiers]]
code = "priority_1"
rank = 1
when = "score_social >= high"
flags = [{ code = "f", label = "F", when = "income < 10000" }]
[[tiers]]
code = "outside"
when = "TRUE"
)";

const std::string with_indicators = "indicators = { data = \"i.csv\", key = \"code_qp\" }\nrules = \"rules.toml\"\n";

void replace(std::string& text, const std::string& from, const std::string& to) {
  text.replace(text.find(from), from.size(), to);
}

}  // namespace

TEST_CASE("numbers are read as French offices write them", "[loading]") {
  CHECK(loading::french_number("4 713") == 4713);
  CHECK(loading::french_number("4\u00a0713") == 4713);
  CHECK(loading::french_number("4\u202f713,5") == 4713.5);
  CHECK(loading::french_number("47,57") == 47.57);
  CHECK(loading::french_number(" -1.5 ") == -1.5);
  CHECK(loading::french_number("12,5 %") == 12.5);
  for (const char* none : {"", "abc", "1,234,5", "inf", "nan", "0x10", "12 m"})
    CHECK_FALSE(loading::french_number(none));
}

TEST_CASE("empty cells have many spellings", "[loading]") {
  for (const char* missing : {"", " ", "NA", "nd", "s", "N/A", "ns", "\u00a0"}) CHECK(loading::means_missing(missing));
  CHECK_FALSE(loading::means_missing("0"));
}

TEST_CASE("a table with a byte order mark and semicolons gives each quarter its values", "[loading]") {
  const ScratchAtlas scratch("table");
  scratch.write("rules.toml", rules);
  scratch.write("i.csv",
                "\xEF\xBB\xBF"
                "CODE_QP;Poverty;INCOME;households\nA1;47,57;4 713;120\nA2;NA;s;\nZ9;1;2;3\n");
  scratch.write("atlas.toml", ScratchAtlas::settings(with_indicators));
  const auto atlas = scratch.loaded();
  const auto& quarters = atlas.editions.at(0).quarters;
  CHECK(quarters.at(0).indicators.at("poverty") == 47.57);
  CHECK(quarters.at(0).indicators.at("income") == 4713);
  CHECK(quarters.at(0).households == 120);
  CHECK(quarters.at(1).indicators.empty());
  CHECK_FALSE(quarters.at(1).households);
  REQUIRE(atlas.report.warnings.size() == 1);
  CHECK(says(atlas.report.warnings.at(0), "1 code(s) without a quarter in edition 2014: Z9"));
}

TEST_CASE("what is no number counts as missing and is told with row and column", "[loading]") {
  const ScratchAtlas scratch("no-number");
  scratch.write("rules.toml", rules);
  scratch.write("i.csv", "code_qp;poverty;income\nA1;beaucoup;15000\n");
  scratch.write("atlas.toml", ScratchAtlas::settings(with_indicators));
  const auto atlas = scratch.loaded();
  CHECK(atlas.editions.at(0).quarters.at(0).indicators.count("poverty") == 0);
  REQUIRE(atlas.report.warnings.size() == 2);
  CHECK(says(atlas.report.warnings.at(0), "row 1, column “poverty”: “beaucoup” is no number"));
  CHECK(says(atlas.report.warnings.at(1), "1 quarter(s) without indicators in edition 2014: A2"));
}

TEST_CASE("columns of other names are mapped, and a mapped column must be there", "[loading]") {
  const ScratchAtlas scratch("columns");
  scratch.write("rules.toml", rules);
  scratch.write("i.csv", "code_qp,TP60,DISP_Q2\nA1,40.2,13724\nA2,51,12000\n");
  const auto settings = [](const std::string& income) {
    return ScratchAtlas::settings(
        "indicators = { data = \"i.csv\", key = \"code_qp\", columns = { poverty = \"tp60\", income = \"" + income +
        "\" } }\nrules = \"rules.toml\"\n");
  };
  scratch.write("atlas.toml", settings("disp_q2"));
  const auto atlas = scratch.loaded();
  CHECK(atlas.editions.at(0).quarters.at(0).indicators.at("poverty") == 40.2);
  CHECK(atlas.editions.at(0).quarters.at(1).indicators.at("income") == 12000);
  CHECK(says(scratch.failure_of(settings("disp_q3")), "Did you mean “DISP_Q2”?"));
}

TEST_CASE("a key column that is not there is an error", "[loading]") {
  const ScratchAtlas scratch("key");
  scratch.write("rules.toml", rules);
  scratch.write("i.csv", "code,poverty\nA1,1\n");
  CHECK(says(scratch.failure_of(ScratchAtlas::settings(with_indicators)), "no field “code_qp”"));
}

TEST_CASE("a rule that names an unknown variable is an error with file, line, tier and suggestion", "[loading]") {
  const ScratchAtlas scratch("variable");
  auto wrong = rules;
  replace(wrong, "score_social >= high", "score_socail >= high");
  scratch.write("rules.toml", wrong);
  const auto said = scratch.failure_of(ScratchAtlas::settings("rules = \"rules.toml\"\n"));
  CHECK(says(said, "rules.toml:19: "));
  CHECK(says(said, "priority_1"));
  CHECK(says(said, "score_socail >= high"));
  CHECK(says(said, "score_social"));
}

TEST_CASE("rules that cannot be are errors of the load", "[loading]") {
  const ScratchAtlas scratch("rules");
  scratch.write("atlas.toml", ScratchAtlas::settings("rules = \"rules.toml\"\n"));
  const auto failure_with = [&](const std::string& from, const std::string& to) {
    auto wrong = rules;
    replace(wrong, from, to);
    scratch.write("rules.toml", wrong);
    return scratch.failure();
  };
  CHECK_FALSE(failure_with("reference = 14", "reference = 0").empty());
  CHECK_FALSE(failure_with("span = 2.0", "span = 1.0").empty());
  CHECK_FALSE(failure_with("reference = 14", "reference = nan").empty());
  CHECK_FALSE(failure_with("higher_is_worse", "higher_is_better").empty());
  CHECK(says(failure_with("weight = 1", "wieght = 1"), "“weight” is missing"));
  CHECK(says(failure_with("when = \"TRUE\"", "when = \"TRUE\"\nfil = \"#000000\""), "Did you mean “fill”?"));
  CHECK_FALSE(failure_with("score_social >= high", "score_social >=").empty());
  CHECK(failure_with("label = \"Essai\"", "label = \"Autre\"").empty());
}

TEST_CASE("a band around a tier that the rules lack is an error with the near one", "[loading]") {
  const ScratchAtlas scratch("band");
  scratch.write("rules.toml", rules);
  const auto said = scratch.failure_of(
      ScratchAtlas::settings("rules = \"rules.toml\"\nbands = [{ tier = \"priority_2\", metres = 300 }]\n"));
  CHECK(says(said, "atlas.toml: "));
  CHECK(says(said, "Did you mean “priority_1”?"));
}

TEST_CASE("the report's columns line up, whatever the accents", "[loading]") {
  CHECK(loading::aligned_table({{"couche", "lus"}, {"été", "5"}, {"communes", "105"}}) ==
        "couche    lus\nété         5\ncommunes  105\n");
}

TEST_CASE("the report names each repair, refusal and remedy", "[loading]") {
  loading::LoadReport report;
  report.sources.push_back({"2014", "q.geojson", "q", 105, 1, 1});
  report.repairs.push_back({"q.geojson", "3 (QP1)", "QP1", 12.34, 0.00015});
  report.refusals.push_back({"q.geojson", "4 (QP2)", "vide", "corrigez"});
  report.warnings.push_back("attention");
  const auto text = loading::report_table(report, Language::french);
  for (const char* words : {"105", "3 (QP1)", "12.3", "0.0150 %", "4 (QP2): vide", "corrigez", "attention"})
    CHECK(says(text, words));
}
