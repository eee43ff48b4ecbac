#include "geo/domain/stage.hpp"

#include "geo/domain/date.hpp"
#include "geo/domain/decision.hpp"
#include "geo/domain/tier.hpp"
#include "tests/support/catch.hpp"

using namespace geoprio::domain;

TEST_CASE("every stage is read back from its code", "[stage]") {
  for (const auto stage : all_stages) CHECK(parse_stage(code_of(stage)) == stage);
  CHECK(parse_stage("signed") == Stage::signed_off);
  CHECK_FALSE(parse_stage("Draft"));
  CHECK_FALSE(parse_stage(""));
}

TEST_CASE("drafts and prefigurations are not public", "[stage]") {
  CHECK_FALSE(is_public(Stage::draft));
  CHECK_FALSE(is_public(Stage::prefiguration));
  for (const auto* code : {"consultation", "validated", "signed", "in_force", "superseded"})
    CHECK(is_public(*parse_stage(code)));
}

TEST_CASE("an edition is a working document until it is validated", "[stage]") {
  CHECK(is_working_document(Stage::draft));
  CHECK(is_working_document(Stage::prefiguration));
  CHECK(is_working_document(Stage::consultation));
  CHECK_FALSE(is_working_document(Stage::validated));
  CHECK_FALSE(is_working_document(Stage::superseded));
}

TEST_CASE("a date is a day that exists", "[date]") {
  CHECK(Date::parse("2014-10-15")->text() == "2014-10-15");
  CHECK(Date::parse("2016-02-29"));
  CHECK_FALSE(Date::parse("2015-02-29"));
  CHECK_FALSE(Date::parse("1900-02-29"));
  CHECK_FALSE(Date::parse("2014-13-01"));
  CHECK_FALSE(Date::parse("2014-00-10"));
  CHECK_FALSE(Date::parse("0000-01-01"));
  for (const auto* text : {"", "15/10/2014", "2014-1-5", "2014-10-15T00:00", "2014-1o-15", "-014-10-15"}) {
    INFO(text);
    CHECK_FALSE(Date::parse(text));
  }
}

TEST_CASE("an earlier date is less", "[date]") {
  CHECK(*Date::make(2014, 10, 15) < *Date::make(2014, 11, 1));
  CHECK(*Date::make(2013, 12, 31) < *Date::make(2014, 1, 1));
}

TEST_CASE("every outcome is read back from its code", "[decision]") {
  for (const auto outcome : all_outcomes) CHECK(parse_outcome(code_of(outcome)) == outcome);
  CHECK_FALSE(parse_outcome("accepted"));
}

TEST_CASE("where quarters overlap the highest priority has the land", "[tier]") {
  CHECK(prevails("priority_1", 1, "watch", 3));
  CHECK_FALSE(prevails("watch", 3, "priority_1", 1));
  CHECK(prevails("watch", 3, "undetermined", std::nullopt));
  CHECK(prevails("undetermined", std::nullopt, "outside", std::nullopt));
  CHECK(prevails("local", std::nullopt, "undetermined", std::nullopt));
  CHECK_FALSE(prevails("watch", 3, "watch", 3));
}
