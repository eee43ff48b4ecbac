#include "tileserver/store/secret.hpp"

#include <sodium.h>

#include <array>
#include <vector>

#include "geo/core/error.hpp"

namespace geoprio::store {
namespace {

void begin() {
  // Safe from any thread and more than once.
  if (sodium_init() < 0) throw Error("libsodium: no source of random numbers");
}

std::string hexadecimal(const unsigned char* bytes, std::size_t count) {
  std::string text(count * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes, count);
  text.pop_back();
  return text;
}

}  // namespace

std::string random_hex(std::size_t bytes) {
  begin();
  std::vector<unsigned char> random(bytes);
  randombytes_buf(random.data(), random.size());
  return hexadecimal(random.data(), random.size());
}

std::string hash_of(std::string_view purpose, std::string_view secret) {
  begin();
  std::string text(purpose);
  text.push_back('\n');
  text.append(secret);
  std::array<unsigned char, crypto_generichash_BYTES> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                     nullptr, 0);
  sodium_memzero(text.data(), text.size());
  return hexadecimal(hash.data(), hash.size());
}

bool equal_in_constant_time(std::string_view left, std::string_view right) {
  return left.size() == right.size() && sodium_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace geoprio::store
