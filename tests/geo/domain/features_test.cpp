// Features in flat arrays give back what was put in.
#include "geo/domain/features.hpp"

#include <memory>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include "geo/core/archive.hpp"
#include "tests/support/catch.hpp"

using namespace geoprio;
using domain::Feature;
using domain::Features;

namespace {

Ring<DegreePoint> square(std::int32_t low, std::int32_t side) {
  return {{{low, low}, {low + side, low}, {low + side, low + side}, {low, low + side}}};
}

/// One feature of each kind of geometry, with a value of each type.
std::vector<Feature> one_of_each() {
  const DegreeShape shape{{{square(0, 100), {square(10, 20), square(50, 20)}}, {square(200, 10), {}}}};
  const DegreeLines lines{{{{0, 0}, {5, 5}}, {{9, 9}, {9, 8}, {7, 7}}}};
  return {{"42218", {std::string("Saint-Étienne"), true, std::int64_t{-3}, 2.5}, shape, DegreeBox{{0, 0}, {210, 210}}},
          {"a", {std::string(), false, {}, 0.1}, lines, DegreeBox{{0, 0}, {9, 9}}},
          {"10", {std::string("Saint-Étienne")}, DegreePoint{-4, 12}, DegreeBox::around({-4, 12})},
          {"é/…", {}, {}, {}}};
}

void check_equal(const Features& features, const std::vector<Feature>& expected) {
  REQUIRE(features.size() == expected.size());
  for (std::size_t place = 0; place < expected.size(); ++place) {
    const auto feature = features[place];
    CHECK(feature.id == expected[place].id);
    CHECK(feature.values == expected[place].values);
    CHECK(feature.geometry == expected[place].geometry);
    CHECK(feature.bounds == expected[place].bounds);
  }
}

std::string written(const Features& features) {
  std::ostringstream bytes;
  ArchiveWriter(bytes).add(features);
  return bytes.str();
}

}  // namespace

TEST_CASE("features come out as they went in", "[features]") { check_equal(one_of_each(), one_of_each()); }

TEST_CASE("a feature is found by its id, and no other", "[features]") {
  const Features features = one_of_each();
  for (std::size_t place = 0; place < features.size(); ++place) CHECK(features.find(features.id(place)) == place);
  for (const auto* unknown : {"", "1", "100", "b", "42219", "é"}) CHECK_FALSE(features.find(unknown));
  CHECK_FALSE(Features().find(""));
}

TEST_CASE("a value that a feature does not have is unknown", "[features]") {
  const Features features = one_of_each();
  CHECK(features.value(2, 0) == AttributeValue(std::string("Saint-Étienne")));
  CHECK(features.value(2, 1) == AttributeValue());
  CHECK(features.value(3, 0) == AttributeValue());
}

TEST_CASE("features read from bytes lie in those bytes", "[features]") {
  const auto bytes = std::make_shared<const std::string>(written(one_of_each()));
  ArchiveReader reader(std::as_bytes(std::span(*bytes)), bytes);
  Features features;
  reader.read(features);
  CHECK(reader.finished());
  check_equal(features, one_of_each());
  CHECK(features.id(0).data() >= bytes->data());
  CHECK(features.id(0).data() < bytes->data() + bytes->size());
}

TEST_CASE("bytes cut short anywhere are not read as features", "[features]") {
  const auto whole = written(one_of_each());
  for (std::size_t size = 0; size < whole.size(); size += 8) {
    const auto bytes = std::make_shared<const std::string>(whole.substr(0, size));
    ArchiveReader reader(std::as_bytes(std::span(*bytes)), bytes);
    Features features;
    reader.read(features);
    CHECK_FALSE(reader.finished());
  }
}
