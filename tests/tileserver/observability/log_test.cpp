#include "tileserver/observability/log.hpp"

#include "tests/support/catch.hpp"

using namespace geoprio::observability;
using namespace std::chrono_literals;

namespace {

// 2014-10-15T07:00:00Z, by `date -u -d 2014-10-15T07:00:00Z +%s`.
const std::chrono::system_clock::time_point when{1413356400s + 7ms};

}  // namespace

TEST_CASE("a request is one line of known keys", "[log]") {
  RequestLine line;
  line.time = when;
  line.method = "GET";
  line.route = "/xyz/{layers}/{z}/{x}/{y}.mvt";
  line.status = 200;
  line.bytes = 512;
  line.duration = 1250us;
  line.cache = "hit";
  line.request = 7;
  CHECK(line_of(line) ==
        "time=2014-10-15T07:00:00.007Z method=GET route=/xyz/{layers}/{z}/{x}/{y}.mvt status=200 bytes=512 "
        "duration_ms=1.250 cache=hit request=7");
}

TEST_CASE("a method that nobody knows is not repeated", "[log]") {
  RequestLine line;
  line.method = "evil\nmethod";
  CHECK(line_of(line).find(" method=OTHER ") != std::string::npos);
  CHECK(line_of(line).find('\n') == std::string::npos);
  line.method = "";
  CHECK(line_of(line).find(" method=- ") != std::string::npos);
}

TEST_CASE("a value cannot end its line or its quotes", "[log]") {
  CHECK(line_of(when, "fault", {{"reason", "no \"file\"\nlevel=x"}, {"port", "80"}}) ==
        "time=2014-10-15T07:00:00.007Z event=fault reason=\"no \\\"file\\\" level=x\" port=80");
}
