// Makes a search index, name after name.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "geo/core/lon_lat.hpp"
#include "tileserver/search/search_index.hpp"

namespace geoprio::search {

struct HouseNumber {
  std::uint32_t number = 0;
  std::string suffix;  ///< `bis`, `a`; may be empty
  std::string code;
  LonLat place;
};

/// Confined to one thread.
class IndexBuilder {
 public:
  /// @throws SqliteError when there is no memory; so do all of these.
  IndexBuilder();
  ~IndexBuilder();
  IndexBuilder(const IndexBuilder&) = delete;
  IndexBuilder& operator=(const IndexBuilder&) = delete;

  /// `context` tells two of one name apart: a quarter's communes; may be empty.
  void add_place(Kind kind, std::string_view code, std::string_view name, std::string_view context, LonLat place);
  /// `context` is the street's postal code and commune.
  void add_street(std::string_view name, std::string_view context, std::span<const HouseNumber> numbers);

  /// The same names in the same order give the same bytes.
  [[nodiscard]] SearchIndex finished() &&;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace geoprio::search
