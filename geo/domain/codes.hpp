// Identifiers and codes: what an edition, a set, a commune and a quarter are called by machines.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "geo/core/result.hpp"

namespace geoprio::domain {

/// True for `[A-Za-z0-9][A-Za-z0-9_-]{0,62}` but `changes` and `scenario`, which layers are named after.
[[nodiscard]] bool is_layer_identifier(std::string_view text) noexcept;

/// An identifier that stands in layer names and addresses without escaping. Editions and sets are unique together.
template <class Kind>
class LayerIdentifier {
 public:
  /// Nothing when `text` breaks the rule of is_layer_identifier.
  static std::optional<LayerIdentifier> make(std::string_view text) {
    if (!is_layer_identifier(text)) return std::nullopt;
    return LayerIdentifier(std::string(text));
  }
  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  auto operator<=>(const LayerIdentifier&) const = default;

 private:
  explicit LayerIdentifier(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

using EditionId = LayerIdentifier<struct EditionKind>;
using SetId = LayerIdentifier<struct SetKind>;

/// The code of a French commune: two digits (or 2A, 2B) and three digits, five characters always.
class InseeCode {
 public:
  /// Spaces around are dropped, `2a`/`2b` are raised, and the zero that a spreadsheet took is restored: "2571" is
  /// 02571. Nothing for any other text.
  static std::optional<InseeCode> parse(std::string_view text);
  /// The code of a column stored as integers: 2571 is 02571. Nothing below 1001 or above 99999.
  static std::optional<InseeCode> parse(std::int64_t number);
  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  auto operator<=>(const InseeCode&) const = default;

 private:
  explicit InseeCode(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

/// The code of a quarter: free UTF-8, with no space around it, not empty, without control characters.
class QuarterCode {
 public:
  /// Spaces (also no-break ones) around are dropped. Nothing when none is left or the bytes are not UTF-8.
  static std::optional<QuarterCode> parse(std::string_view text);
  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  auto operator<=>(const QuarterCode&) const = default;

 private:
  explicit QuarterCode(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

/// `text` without the spaces, tabs, line ends, no-break spaces and byte order marks around it.
[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;

/// True when every byte belongs to a well-formed UTF-8 sequence (RFC 3629: no surrogates, no overlong forms).
[[nodiscard]] bool is_utf8(std::string_view text) noexcept;

/// The items of a list as published files write them, separated by `;` or `,` with any spaces; empty ones are dropped,
/// repeated ones kept once, the order kept: "Lille, Loos,  Lezennes" has three.
[[nodiscard]] std::vector<std::string> list_items(std::string_view list);

/// The communes of a list like "02571; 02691"; the reason is the first item that is no code. An empty list has none.
[[nodiscard]] Result<std::vector<InseeCode>, std::string> commune_codes(std::string_view list);

}  // namespace geoprio::domain
