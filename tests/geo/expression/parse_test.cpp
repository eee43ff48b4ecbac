#include <string>
#include <vector>

#include "geo/expression/expression.hpp"
#include "tests/support/catch.hpp"

using namespace geoprio::expression;

namespace {

// Where parsing stops, after checking that the reason is given in both languages; npos when the text is sound.
std::size_t fault_position(std::string_view text) {
  const auto expression = Expression::parse(text);
  if (expression) return std::string::npos;
  CHECK_FALSE(expression.error().message.french.empty());
  CHECK_FALSE(expression.error().message.english.empty());
  CHECK(expression.error().position <= text.size());
  return expression.error().position;
}

constexpr auto sound = std::string::npos;

std::string repeated(std::string_view part, std::size_t times) {
  std::string text;
  for (std::size_t count = 0; count < times; ++count) text += part;
  return text;
}

}  // namespace

TEST_CASE("the conditions of the design are read", "[cql2]") {
  for (const auto* text : {
           "TRUE",
           "score_social >= high AND score_urban >= high",
           "score_urban >= high OR listed_in_previous_edition = TRUE OR delta_social >= deterioration",
           "not (a = 1 or b <> 2) And c Is Not Null",
           "a BETWEEN 1 AND 2 AND b NOT BETWEEN -1 AND 3 - 2",
       }) {
    INFO(text);
    CHECK(fault_position(text) == sound);
  }
}

TEST_CASE("the examples of the standard's text encoding are read", "[cql2]") {
  // After the examples of OGC 21-065r2, clauses 6 to 8 and annex B; names are ours.
  for (const auto* text : {
           "vehicle_height > (bridge_clearance - 1)",
           "owner NOT LIKE '%Mike%'",
           "value IN (1.0, 2.0, 3.0)",
           "CASEI(road_class) IN (CASEI('Οδος'), CASEI('Straße'))",
           "ACCENTI(etat_vol) = ACCENTI('débárquér')",
           "geophys:SURVEY_NAME IS NOT NULL",
           "updated >= DATE('2012-08-10')",
           "updated < TIMESTAMP('2012-08-10T05:30:00.25Z')",
           "\"ville d'origine\" = 'Saint-Étienne'",
           "depth BETWEEN 100.0 and 150.0",
           "a % 2 = 0 AND a DIV 3 = 1 AND a ^ 2 < .5e3",
           "NOT (a LIKE 'x')",
           "category NOT IN (1, 2)",
           "active = TRUE",
           "name = 'l''arbre' OR name = 'l\\'arbre'",
       }) {
    INFO(text);
    CHECK(fault_position(text) == sound);
  }
}

TEST_CASE("a failure points to the byte where it went wrong", "[cql2]") {
  CHECK(fault_position("") == 0);
  CHECK(fault_position("   ") == 0);
  CHECK(fault_position("a >") == 3);
  CHECK(fault_position("a = 1 b") == 6);
  CHECK(fault_position("a = 1 AND") == 9);
  CHECK(fault_position("AND a") == 0);
  CHECK(fault_position("(a = 1") == 6);
  CHECK(fault_position("a = 1)") == 5);
  CHECK(fault_position("a = 'x") == 4);
  CHECK(fault_position("\"a = 1") == 0);
  CHECK(fault_position("\"\" = 1") == 0);
  CHECK(fault_position("a IN ()") == 6);
  CHECK(fault_position("a IN (1,)") == 8);
  CHECK(fault_position("a NOT = 1") == 6);
  CHECK(fault_position("a BETWEEN 1 OR 2") == 12);
  CHECK(fault_position("a = 1 ; b = 2") == 6);
  CHECK(fault_position("a < b < c") == 6);
  CHECK(fault_position("a ^ 2 ^ 2 = 1") == 6);
  CHECK(fault_position("a = 1e999") == 4);
  CHECK(fault_position("a = \xFF") == 0);
}

TEST_CASE("what other languages write is answered by how CQL2 writes it", "[cql2]") {
  const auto english = [](std::string_view text) { return Expression::parse(text).error().message.english; };
  CHECK(english("a != 1") == "\"not equal\" is written <>");
  CHECK(english("a == 1") == "\"equal\" is written =");
  CHECK(english("a = 1 && b = 2") == "\"and\" is written AND");
  CHECK(english("a = 1 || b = 2") == "\"or\" is written OR");
  CHECK(english("a = NULL") == "a missing value is tested by IS NULL");
  CHECK(Expression::parse("f(a) = 1").error().message.french == "la fonction « f » n'existe pas ici");
}

TEST_CASE("types that cannot go together are refused before anything is evaluated", "[cql2]") {
  CHECK(fault_position("'a' < 3") == 4);
  CHECK(fault_position("1 + 1") == 2);
  CHECK(fault_position("'a'") == 0);
  CHECK(fault_position("a AND 1") == 6);
  CHECK(fault_position("NOT 'x'") == 4);
  CHECK(fault_position("a + 'x' = 1") == 4);
  CHECK(fault_position("a LIKE 1") == 7);
  CHECK(fault_position("a IN (1, 'x')") == sound);  // each may be equal to `a`, whose type is not known
  CHECK(fault_position("1 IN (1, 'x')") == 2);
  CHECK(fault_position("TRUE < FALSE") == 0);
  CHECK(fault_position("CASEI(1) = 'x'") == 6);
  CHECK(fault_position("(a = 1) = TRUE") == sound);
  CHECK(fault_position("a = DATE('2014-02-30')") == 9);
  CHECK(fault_position("a = DATE('2014-02-20T00:00:00Z')") == 9);
  CHECK(fault_position("a = TIMESTAMP('2014-02-20')") == 14);
  CHECK(fault_position("DATE('2014-02-20') > 3") == 19);
  CHECK(fault_position("date > 3") == sound);
}

TEST_CASE("a type problem is seen once the variables' types are known", "[cql2]") {
  const auto expression = Expression::parse("score = 'high' OR listed");
  REQUIRE(expression);
  CHECK_FALSE(expression->type_problem({}));
  const auto problem = expression->type_problem({{"score", ValueType::number}});
  REQUIRE(problem);
  CHECK(problem->position == 6);
  CHECK(problem->message.english == "a number cannot be compared with a text");
  CHECK(expression->type_problem({{"listed", ValueType::number}})->position == 18);
}

TEST_CASE("a hundred thousand parentheses are a failure, not a crash", "[cql2]") {
  CHECK(fault_position(repeated("(", 100'000)) != sound);
  // Short enough to be read, still far too deep.
  for (const auto* opening : {"(", "NOT ", "-", "CASEI("}) {
    INFO(opening);
    const auto failure = Expression::parse(repeated(opening, 2'000));
    REQUIRE_FALSE(failure);
    CHECK(failure.error().message.english == "the condition is nested more than 64 levels deep");
  }
}

TEST_CASE("64 levels of parentheses are read and 65 refused", "[cql2]") {
  CHECK(fault_position(repeated("(", 64) + "TRUE" + repeated(")", 64)) == sound);
  CHECK(fault_position(repeated("(", 65) + "TRUE" + repeated(")", 65)) == 64);
}

TEST_CASE("a long flat condition is read and evaluated without depth", "[cql2]") {
  const auto sum = Expression::parse("1" + repeated(" + 1", 4'000) + " = 4001");
  REQUIRE(sum);
  CHECK(sum->evaluate(VariableTable()) == Truth::yes);
  const auto chain = Expression::parse("TRUE" + repeated(" AND TRUE", 1'500));
  REQUIRE(chain);
  CHECK(chain->evaluate(VariableTable()) == Truth::yes);
}

TEST_CASE("a condition of more than 16,384 bytes is refused", "[cql2]") {
  const auto condition = [](std::size_t length) { return "a = '" + std::string(length - 6, 'x') + "'"; };
  CHECK(fault_position(condition(16'384)) == sound);
  CHECK(fault_position(condition(16'385)) == 16'384);
}

TEST_CASE("variables are told once each, in order, with their place", "[cql2]") {
  const auto expression = Expression::parse("b > 1 AND \"a \"\"b\"\" c\" = b OR taux_chômage IS NULL");
  REQUIRE(expression);
  std::vector<std::string> names;
  for (const auto& variable : expression->variables()) names.push_back(variable.name);
  CHECK(names == std::vector<std::string>{"b", "a \"b\" c", "taux_chômage"});
  CHECK(expression->variables()[1].position == 10);
}

TEST_CASE("a list of more than 1,000 values is refused", "[cql2]") {
  CHECK(fault_position("a IN (1" + repeated(",1", 999) + ")") == sound);
  CHECK(fault_position("a IN (1" + repeated(",1", 1'000) + ")") == 2);
}

TEST_CASE("equalities are a condition without a text", "[cql2]") {
  const std::vector<std::pair<std::string, Value>> wanted = {{"a \"b\"", 1.0}, {"c", std::string("it's \\")}};
  const auto both = Expression::of_equalities(wanted);
  VariableTable values;
  values.set("a \"b\"", std::int64_t{1});
  CHECK(both.evaluate(values) == Truth::unknown);
  values.set("c", std::string("it's \\"));
  CHECK(both.evaluate(values) == Truth::yes);
  CHECK(Expression::of_equalities(std::span(wanted).first(1)).evaluate(values) == Truth::yes);
}
