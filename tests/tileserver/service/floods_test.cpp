#include "tileserver/service/floods.hpp"

#include "tests/support/catch.hpp"

using namespace geoprio::service;
using namespace std::chrono_literals;

namespace {

/// Gates with a clock that is set by hand.
struct Gates {
  FloodGates::Clock::time_point now{};
  FloodGates gates;
  explicit Gates(const FloodLimits& limits) : gates(limits, [this] { return now; }) {}
};

FloodLimits roomy() {
  FloodLimits limits;
  limits.of_connection = limits.of_kiosk = limits.of_all = {1000, 1000};
  return limits;
}

}  // namespace

TEST_CASE("a bucket lets its burst through, then as much as flows in", "[floods]") {
  auto limits = roomy();
  limits.of_connection = {2, 0.5};
  Gates one(limits);
  CHECK_FALSE(one.gates.wait_to_contribute(1, ""));
  CHECK_FALSE(one.gates.wait_to_contribute(1, ""));
  CHECK(one.gates.wait_to_contribute(1, "") == 2U);
  CHECK_FALSE(one.gates.wait_to_contribute(2, ""));
  one.now += 2s;
  CHECK_FALSE(one.gates.wait_to_contribute(1, ""));
  CHECK(one.gates.wait_to_contribute(1, "") == 2U);
}

TEST_CASE("a kiosk is one sender on however many connections", "[floods]") {
  auto limits = roomy();
  limits.of_kiosk = {3, 0.1};
  Gates one(limits);
  for (std::uint64_t connection = 1; connection <= 3; ++connection)
    CHECK_FALSE(one.gates.wait_to_contribute(connection, "a"));
  CHECK(one.gates.wait_to_contribute(4, "a") == 10U);
  CHECK_FALSE(one.gates.wait_to_contribute(4, "b"));
}

TEST_CASE("a refusal costs the others nothing", "[floods]") {
  auto limits = roomy();
  limits.of_connection = {1, 0.001};
  limits.of_all = {2, 0.001};
  Gates one(limits);
  CHECK_FALSE(one.gates.wait_to_contribute(1, ""));
  for (int number = 0; number < 100; ++number) CHECK(one.gates.wait_to_contribute(1, ""));
  CHECK_FALSE(one.gates.wait_to_contribute(2, ""));
  CHECK(one.gates.wait_to_contribute(3, "") == 1000U);
}

TEST_CASE("wrong tokens are counted by connection, and they fade", "[floods]") {
  FloodLimits limits;
  limits.attempts_of_connection = {1, 0.1};
  Gates one(limits);
  CHECK_FALSE(one.gates.wait_after_failure(1));
  CHECK(one.gates.wait_after_failure(1) == 10U);
  CHECK_FALSE(one.gates.wait_after_failure(2));
  one.now += 10s;
  CHECK_FALSE(one.gates.wait_after_failure(1));
}
