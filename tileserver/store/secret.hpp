// Random words and hashes, by libsodium.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace geoprio::store {

/// That many random bytes as hex digits.
[[nodiscard]] std::string random_hex(std::size_t bytes);

/// BLAKE2b with 256 bits (crypto_generichash) as 64 hex digits. `purpose` keeps hashes of different things apart.
[[nodiscard]] std::string hash_of(std::string_view purpose, std::string_view secret);

/// Whether two hashes are equal, in a time that does not depend on where they differ.
[[nodiscard]] bool equal_in_constant_time(std::string_view left, std::string_view right);

}  // namespace geoprio::store
