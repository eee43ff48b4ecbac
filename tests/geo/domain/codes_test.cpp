#include "geo/domain/codes.hpp"

#include "tests/support/catch.hpp"

using namespace geoprio::domain;

namespace {
std::string commune(std::string_view text) {
  const auto code = InseeCode::parse(text);
  return code ? code->text() : "refused";
}
std::vector<std::string> texts(const std::vector<InseeCode>& codes) {
  std::vector<std::string> result;
  for (const auto& code : codes) result.push_back(code.text());
  return result;
}
}  // namespace

TEST_CASE("an edition's id stands in an address without escaping", "[codes]") {
  CHECK(EditionId::make("2014"));
  CHECK(EditionId::make("a_B-9"));
  CHECK(EditionId::make(std::string(63, 'x')));
  CHECK_FALSE(EditionId::make(std::string(64, 'x')));
  CHECK_FALSE(EditionId::make(""));
  CHECK_FALSE(EditionId::make("-2014"));
  CHECK_FALSE(EditionId::make("_2014"));
  CHECK_FALSE(EditionId::make("2014.tiers"));
  CHECK_FALSE(EditionId::make("été"));
}

TEST_CASE("changes and scenario are taken by the layers of that name", "[codes]") {
  CHECK_FALSE(SetId::make("changes"));
  CHECK_FALSE(SetId::make("scenario"));
  CHECK(SetId::make("Changes"));
}

TEST_CASE("a commune code gets its lost zero back", "[codes]") {
  CHECK(commune("2571") == "02571");
  CHECK(commune(" 42218 ") == "42218");
  CHECK(InseeCode::parse(std::int64_t{2571})->text() == "02571");
  CHECK(InseeCode::parse(std::int64_t{97411})->text() == "97411");
}

TEST_CASE("a Corsican commune code keeps its letter", "[codes]") {
  CHECK(commune("2A004") == "2A004");
  CHECK(commune("2b033") == "2B033");
  CHECK(commune("2C004") == "refused");
}

TEST_CASE("what is no commune code is refused", "[codes]") {
  for (const auto* text : {"", "422", "422180", "4221x", "Lille", "00123", "A2004", "0123"}) {
    INFO(text);
    CHECK(commune(text) == "refused");
  }
  CHECK_FALSE(InseeCode::parse(std::int64_t{1000}));
  CHECK_FALSE(InseeCode::parse(std::int64_t{100000}));
  CHECK_FALSE(InseeCode::parse(std::int64_t{-2571}));
}

TEST_CASE("a list of communes is read as published files write it", "[codes]") {
  CHECK(texts(*commune_codes("02571; 02691")) == std::vector<std::string>{"02571", "02691"});
  CHECK(texts(*commune_codes("42218,42207 ;, 42218")) == std::vector<std::string>{"42218", "42207"});
  CHECK(commune_codes("  ")->empty());
  CHECK(list_items("Lille, Faches-Thumesnil, Loos,  Lezennes") ==
        std::vector<std::string>{"Lille", "Faches-Thumesnil", "Loos", "Lezennes"});
}

TEST_CASE("a list with something else in it says what", "[codes]") {
  const auto codes = commune_codes("42218; Firminy");
  REQUIRE_FALSE(codes);
  CHECK(codes.error() == "Firminy");
}

TEST_CASE("a quarter's code is any UTF-8 without spaces around", "[codes]") {
  CHECK(QuarterCode::parse(" QP042001\n")->text() == "QP042001");
  CHECK(QuarterCode::parse("\xC2\xA0"
                           "Crêt de Roc - Soleil\xC2\xA0")
            ->text() == "Crêt de Roc - Soleil");
  CHECK_FALSE(QuarterCode::parse(" \t"));
  CHECK_FALSE(QuarterCode::parse("Cr\xEAt de Roc"));  // Latin-1
  CHECK_FALSE(QuarterCode::parse("a\nb"));
}

TEST_CASE("only well-formed UTF-8 counts", "[codes]") {
  // Unicode 15, table 3-7: the last good and first bad sequences of each row.
  CHECK(is_utf8("é€😀"));
  CHECK(is_utf8("\xF4\x8F\xBF\xBF"));
  CHECK_FALSE(is_utf8("\xF4\x90\x80\x80"));
  CHECK_FALSE(is_utf8("\xC0\xAF"));
  CHECK_FALSE(is_utf8("\xED\xA0\x80"));
  CHECK_FALSE(is_utf8("\xE2\x82"));
  CHECK_FALSE(is_utf8("\xE0\x9F\x80"));
}
