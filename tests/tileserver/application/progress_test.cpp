#include "tileserver/progress.hpp"

#include "tests/support/catch.hpp"

using namespace geoprio;

TEST_CASE("a progress line tells what, how far and how much", "[progress]") {
  CHECK(progress_line("communes", 0, 200) == "communes [..............................] 0 %");
  CHECK(progress_line("communes", 100, 200) == "communes [###############...............] 50 %");
  CHECK(progress_line("communes", 200, 200) == "communes [##############################] 100 %");
  // A source may hold more than it announced, or announce nothing.
  CHECK(progress_line("communes", 300, 200) == "communes [##############################] 100 %");
  CHECK(progress_line("communes", 3, 0) == "communes…");
}
