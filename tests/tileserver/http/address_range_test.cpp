#include "tileserver/http/address_range.hpp"

#include <arpa/inet.h>

#include <array>
#include <random>
#include <string>
#include <vector>

#include "tests/support/catch.hpp"

using geoprio::http::AddressRange;

namespace {

std::vector<std::uint8_t> bytes_of(const std::string& address) {
  std::array<std::uint8_t, 16> bytes{};
  if (::inet_pton(AF_INET, address.c_str(), bytes.data()) == 1) return {bytes.begin(), bytes.begin() + 4};
  REQUIRE(::inet_pton(AF_INET6, address.c_str(), bytes.data()) == 1);
  return {bytes.begin(), bytes.end()};
}

bool holds(const std::string& range, const std::string& address) {
  const auto parsed = AddressRange::parse(range);
  REQUIRE(parsed);
  return parsed->contains(bytes_of(address));
}

std::string refusal(const std::string& range) {
  const auto parsed = AddressRange::parse(range);
  return parsed ? "(none)" : parsed.error().english;
}

}  // namespace

TEST_CASE("a range holds the addresses that share its first bits, and no others", "[proxy]") {
  CHECK(holds("10.0.0.0/8", "10.255.0.1"));
  CHECK_FALSE(holds("10.0.0.0/8", "11.0.0.1"));
  CHECK(holds("192.168.4.0/22", "192.168.7.255"));
  CHECK_FALSE(holds("192.168.4.0/22", "192.168.8.0"));
  CHECK(holds("127.0.0.1", "127.0.0.1"));
  CHECK_FALSE(holds("127.0.0.1", "127.0.0.2"));
  CHECK(holds("0.0.0.0/0", "203.0.113.7"));
  CHECK(holds("2001:db8::/33", "2001:db8:7fff::1"));
  CHECK_FALSE(holds("2001:db8::/33", "2001:db8:8000::1"));
  CHECK(holds("::1", "::1"));
}

TEST_CASE("an IPv4 client of an IPv6 socket is in IPv4 ranges, and in no IPv6 range", "[proxy]") {
  CHECK(holds("10.0.0.0/8", "::ffff:10.1.2.3"));
  CHECK(holds("::ffff:10.0.0.0/104", "10.1.2.3"));
  CHECK_FALSE(holds("::/0", "10.1.2.3"));
  CHECK_FALSE(holds("0.0.0.0/0", "2001:db8::1"));
}

TEST_CASE("what is no range is refused with what to write", "[proxy]") {
  for (const std::string wrong : {"", "/", "localhost", "10.0.0/8", "10.0.0.0.0", "1::2::3", "10.0.0.1:80", " 10.0.0.1",
                                  "10.0.0.1 ", "[::1]", "fe80::1%eth0"}) {
    INFO(wrong);
    CHECK(refusal(wrong).find("expected an IP address or a range") != std::string::npos);
  }
  for (const std::string wrong :
       {"10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/08", "10.0.0.0/8/8", "10.0.0.0/255.0.0.0"}) {
    INFO(wrong);
    CHECK(refusal(wrong).find("from 0 to 32") != std::string::npos);
  }
  CHECK(refusal("::/129").find("from 0 to 128") != std::string::npos);
  CHECK(refusal("10.1.2.3/8").find("write 10.0.0.0/8") != std::string::npos);
  CHECK(refusal("2001:db8::1/32").find("write 2001:db8::/32") != std::string::npos);
}

TEST_CASE("a range that a random address and length give holds that address, and not one whose last kept bit differs",
          "[proxy]") {
  std::mt19937 random(20260101);
  std::uniform_int_distribution<unsigned> byte(0, 255), length(1, 32);
  for (int turn = 0; turn < 2000; ++turn) {
    std::array<std::uint8_t, 4> address{};
    for (auto& one : address) one = static_cast<std::uint8_t>(byte(random));
    const unsigned bits = length(random);
    auto first = address;
    for (unsigned bit = bits; bit < 32; ++bit)
      first[bit / 8] = static_cast<std::uint8_t>(first[bit / 8] & ~(128U >> (bit % 8)));
    std::array<char, INET_ADDRSTRLEN> text{};
    REQUIRE(::inet_ntop(AF_INET, first.data(), text.data(), text.size()) != nullptr);
    const auto range = AddressRange::parse(std::string(text.data()) + "/" + std::to_string(bits));
    REQUIRE(range);
    CHECK(range->contains(address));
    address[(bits - 1) / 8] = static_cast<std::uint8_t>(address[(bits - 1) / 8] ^ (128U >> ((bits - 1) % 8)));
    CHECK_FALSE(range->contains(address));
  }
}
