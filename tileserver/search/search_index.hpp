// Quarters, communes and addresses by name, as somebody types it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "geo/core/flat_array.hpp"
#include "geo/core/lon_lat.hpp"

namespace geoprio::search {

enum class Kind { quarter, commune, address };

/// The code that clients read.
[[nodiscard]] constexpr std::string_view code_of(Kind kind) noexcept {
  switch (kind) {
    case Kind::quarter:
      return "quarter";
    case Kind::commune:
      return "commune";
    case Kind::address:
      return "address";
  }
  return {};
}

struct Found {
  Kind kind = Kind::address;
  std::string code, label;
  LonLat place;
  double confidence = 0;  ///< over 0, at most 1
};

/// A database of SQLite as bytes, which nobody changes: in memory, or in a built file. Each question opens its own
/// connection over them (a tenth of a millisecond), so that nothing is shared. Thread safety: immutable.
class SearchIndex {
 public:
  /// Finds nothing.
  SearchIndex() = default;
  explicit SearchIndex(FlatArray<char> bytes) : bytes_(std::move(bytes)) {}

  /// The best first; of those of one confidence quarters, then communes. Of a street without a number
  /// its addresses come by number; of one that lacks the number asked, the two nearest numbers with less confidence.
  /// Never the middle of a street: a street may be on both sides of a limit.
  /// @throws SqliteError when the bytes are none of ours.
  [[nodiscard]] std::vector<Found> search(std::string_view text, std::size_t limit) const;

  [[nodiscard]] std::size_t size_in_bytes() const { return bytes_.size(); }
  static auto members(auto& self) { return std::tie(self.bytes_); }

 private:
  FlatArray<char> bytes_;
};

}  // namespace geoprio::search
