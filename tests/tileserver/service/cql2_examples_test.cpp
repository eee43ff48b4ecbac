// The OGC's own example expressions, each as text and as JSON (tests/conformance/cql2_examples.json names the source).
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "geo/expression/expression.hpp"
#include "tests/support/catch.hpp"
#include "tests/tileserver/service/asked.hpp"
#include "tileserver/service/json_filter.hpp"
#include "tileserver/service/percent.hpp"

using namespace geoprio;
using namespace geoprio::testing;
using expression::Expression;
using expression::Operation;

namespace {

const nlohmann::json& examples() {
  static const auto list = [] {
    std::ifstream file(GEOPRIO_SOURCE_FOLDER "/tests/conformance/cql2_examples.json");
    return nlohmann::json::parse(file).at("examples");
  }();
  return list;
}

const nlohmann::json& example(const std::string& name) {
  for (const auto& one : examples())
    if (one.at("name") == name) return one;
  throw std::out_of_range(name);
}

bool is_outside(const nlohmann::json& one) { return one.contains("outside"); }

/// Whether two trees mean the same from these nodes down; where they stand in a text is no meaning.
bool same(const Expression& left, std::size_t one, const Expression& right, std::size_t other) {
  const auto& a = left.nodes()[one];
  const auto& b = right.nodes()[other];
  if (a.operation != b.operation || a.literal != b.literal || a.operands.size() != b.operands.size()) return false;
  if (a.operation == Operation::variable && left.variables()[a.variable].name != right.variables()[b.variable].name)
    return false;
  if (a.operation == Operation::spatial && a.relation != b.relation) return false;
  if (a.operation == Operation::geometry) {
    const auto& drawn = left.geometries()[a.geometry];
    const auto& written = right.geometries()[b.geometry];
    if (drawn.box != written.box || drawn.geometry != written.geometry) return false;
  }
  for (std::size_t place = 0; place < a.operands.size(); ++place)
    if (!same(left, a.operands[place], right, b.operands[place])) return false;
  return true;
}

bool same(const Expression& left, const Expression& right) {
  return same(left, left.nodes().size() - 1, right, right.nodes().size() - 1);
}

std::string why(const Result<Expression, expression::ParseFailure>& result) {
  return result ? std::string() : result.error().message.english;
}

}  // namespace

TEST_CASE("the standard's examples are all there, in both forms", "[cql2]") {
  // 120 texts and 109 JSON documents under cql2/standard/schema/examples at tag cql2-1.0.0.
  CHECK(examples().size() == 120);
  CHECK(std::count_if(examples().begin(), examples().end(), [](const auto& one) { return one.contains("json"); }) ==
        109);
}

TEST_CASE("an example's text and its JSON are one expression", "[cql2]") {
  std::size_t compared = 0;
  for (const auto& one : examples()) {
    if (is_outside(one) || !one.contains("json")) continue;
    INFO(one.at("name") << ": " << one.at("text"));
    const auto text = Expression::parse(one.at("text").get<std::string>());
    const auto tree = service::json_filter(one.at("json").dump());
    INFO(why(text) << "; " << why(tree));
    REQUIRE(text);
    REQUIRE(tree);
    CHECK(same(*text, *tree));
    ++compared;
  }
  CHECK(compared == 78);
}

TEST_CASE("an example written in another way means the same", "[cql2]") {
  for (const auto& one : examples()) {
    const auto name = one.at("name").get<std::string>();
    const auto end = name.find("-alt");
    // 85 writes -1 * foo where its other way writes - foo: the same value, another tree.
    if (end == std::string::npos || is_outside(one) || name == "example85-alt01") continue;
    INFO(name << ": " << one.at("text"));
    const auto alternative = Expression::parse(one.at("text").get<std::string>());
    const auto main = Expression::parse(example(name.substr(0, end)).at("text").get<std::string>());
    REQUIRE(alternative);
    REQUIRE(main);
    CHECK(same(*alternative, *main));
  }
  CHECK(Expression::parse(example("example85-alt01").at("text").get<std::string>()));
}

TEST_CASE("an example of a class that is not claimed is refused by the name of what is missing", "[cql2]") {
  const auto classes = asked_document("/conformance").at("conformsTo");
  const std::string all = "/collections/2014.quarters/items?filter=";
  std::size_t refused = 0;
  for (const auto& one : examples()) {
    if (!is_outside(one)) continue;
    const auto text = one.at("text").get<std::string>();
    INFO(one.at("name") << ": " << text);
    const auto claimed = "http://www.opengis.net/spec/cql2/1.0/conf/" + one.at("outside").get<std::string>();
    CHECK(std::count(classes.begin(), classes.end(), claimed) == 0);
    const auto response = asked(all + service::percent_encoded(text));
    CHECK(response.status == 400);
    // The first function of each of them that is not read.
    constexpr std::string_view named[] = {"avg", "Buffer", "Foo", "Bar", "T_", "A_"};
    const auto detail = document(response).at("detail").get<std::string>();
    CHECK(std::any_of(std::begin(named), std::end(named),
                      [&](auto name) { return detail.find("« " + std::string(name)) != std::string::npos; }));
    if (one.contains("json")) {
      const auto tree = asked(all + service::percent_encoded(one.at("json").dump()) + "&filter-lang=cql2-json");
      CHECK(tree.status == 400);
    }
    ++refused;
  }
  CHECK(refused == 33);
}
