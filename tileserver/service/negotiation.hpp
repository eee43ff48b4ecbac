// What a client accepts: formats, encodings and languages (RFC 9110 §12).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tileserver/service/headers.hpp"
#include "tileserver/service/text.hpp"

namespace geoprio::service {

/// One element of an Accept-… header: a word and its weight, 0 to 1 (a broken weight counts as 1).
struct Preference {
  std::string_view word;
  double weight = 1;
};

/// The elements of an Accept-… header in their order; parameters other than `q` are dropped.
[[nodiscard]] std::vector<Preference> preferences(std::string_view header);

/// English when Accept-Language prefers it to French, else French.
[[nodiscard]] Language preferred_language(const Headers& headers);

/// Whether gzip is acceptable and not liked less than no encoding at all.
[[nodiscard]] bool accepts_gzip(const Headers& headers);

/// The media type of `offered` that Accept likes most: the first among equals; without the header or with `*/*` the
/// first one. Nothing when none is acceptable. `offered` must not be empty.
[[nodiscard]] std::optional<std::string_view> preferred_type(const Headers& headers,
                                                             std::span<const std::string_view> offered);

}  // namespace geoprio::service
