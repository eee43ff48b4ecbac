#include "tileserver/cache/reading_marks.hpp"

#include <optional>
#include <vector>

#include "tests/support/catch.hpp"

using Marks = geoprio::cache::ReadingMarks<int>;

TEST_CASE("what is read is known to be read until the reading ends", "[cache]") {
  Marks marks;
  const int object = 1;
  const std::atomic<const int*> place{&object};
  {
    const auto reading = marks.reading(place);
    CHECK(reading.object() == &object);
    CHECK(marks.is_read(&object));
  }
  CHECK_FALSE(marks.is_read(&object));
}

TEST_CASE("nothing is read in an empty place", "[cache]") {
  Marks marks;
  const std::atomic<const int*> place{nullptr};
  CHECK(marks.reading(place).object() == nullptr);
}

TEST_CASE("when all marks are taken nothing is read, and the next reading after one ends succeeds", "[cache]") {
  Marks marks;
  const int object = 1;
  const std::atomic<const int*> place{&object};
  std::vector<Marks::Reading> readings;
  readings.reserve(1000);
  while (true) {
    readings.push_back(marks.reading(place));
    if (readings.back().object() == nullptr) break;
    REQUIRE(readings.size() < 1000);
  }
  readings.clear();
  CHECK(marks.reading(place).object() == &object);
}
