// What a client accepts: formats, encodings and languages (RFC 9110 §12).
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tileserver/cache/compression.hpp"
#include "tileserver/service/headers.hpp"
#include "tileserver/service/text.hpp"

namespace geoprio::service {

/// One element of an Accept-… header: a word and its weight, 0 to 1 (a broken weight counts as 1).
struct Preference {
  std::string_view word;
  double weight = 1;
};

/// The encodings to try, in that order; of fixed size, because every tile's request makes one.
class AcceptedEncodings {
 public:
  void add(cache::Encoding encoding) noexcept { encodings_[count_++] = encoding; }
  [[nodiscard]] const cache::Encoding* begin() const noexcept { return encodings_.data(); }
  [[nodiscard]] const cache::Encoding* end() const noexcept { return encodings_.data() + count_; }
  [[nodiscard]] cache::Encoding first() const noexcept { return encodings_.front(); }

 private:
  std::array<cache::Encoding, cache::all_encodings.size()> encodings_{cache::Encoding::identity};
  std::size_t count_ = 0;
};

/// The elements of an Accept-… header in their order; parameters other than `q` are dropped.
[[nodiscard]] std::vector<Preference> preferences(std::string_view header);

/// English when Accept-Language prefers it to French, else French.
[[nodiscard]] Language preferred_language(const Headers& headers);

/// The encodings that Accept-Encoding allows, the one liked most first; among equals the order of `all_encodings`.
/// Identity is always one of them, the last unless the header names it: RFC 9110 §12.5.3 would let a client refuse it,
/// and an answer that it can most likely read serves it better than a 406.
[[nodiscard]] AcceptedEncodings accepted_encodings(const Headers& headers);

/// The media type of `offered` that Accept likes most: the first among equals; without the header or with `*/*` the
/// first one. Nothing when none is acceptable. `offered` must not be empty.
[[nodiscard]] std::optional<std::string_view> preferred_type(const Headers& headers,
                                                             std::span<const std::string_view> offered);

}  // namespace geoprio::service
