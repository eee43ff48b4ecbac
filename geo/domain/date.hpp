// A day of the calendar, written YYYY-MM-DD.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace geoprio::domain {

class Date {
 public:
  /// A day of the proleptic Gregorian calendar, years 1 to 9999; nothing for a day that does not exist (2015-02-29).
  static std::optional<Date> make(int year, unsigned month, unsigned day) noexcept;
  /// Exactly `YYYY-MM-DD` (ISO 8601, extended); nothing for any other text.
  static std::optional<Date> parse(std::string_view text) noexcept;

  [[nodiscard]] int year() const noexcept { return year_; }
  [[nodiscard]] unsigned month() const noexcept { return month_; }
  [[nodiscard]] unsigned day() const noexcept { return day_; }
  /// `YYYY-MM-DD`.
  [[nodiscard]] std::string text() const;
  /// Earlier is less.
  constexpr auto operator<=>(const Date&) const = default;

 private:
  constexpr Date(int year, unsigned month, unsigned day) : year_(year), month_(month), day_(day) {}
  int year_;
  unsigned month_;
  unsigned day_;
};

}  // namespace geoprio::domain
