#include "geo/domain/date.hpp"

#include <chrono>
#include <cstddef>

namespace geoprio::domain {
namespace {

// The number that `text` writes in digits only, else nothing; short enough never to overflow.
std::optional<unsigned> digits(std::string_view text) {
  unsigned number = 0;
  for (const char letter : text) {
    if (letter < '0' || letter > '9') return std::nullopt;
    number = number * 10 + static_cast<unsigned>(letter - '0');
  }
  return number;
}

std::string padded(unsigned number, std::size_t width) {
  auto text = std::to_string(number);
  text.insert(0, width > text.size() ? width - text.size() : 0, '0');
  return text;
}

}  // namespace

std::optional<Date> Date::make(int year, unsigned month, unsigned day) noexcept {
  if (year < 1 || year > 9999) return std::nullopt;
  const std::chrono::year_month_day candidate{std::chrono::year(year), std::chrono::month(month),
                                              std::chrono::day(day)};
  if (month > 12 || day > 31 || !candidate.ok()) return std::nullopt;
  return Date(year, month, day);
}

std::optional<Date> Date::parse(std::string_view text) noexcept {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4));
  const auto month = digits(text.substr(5, 2));
  const auto day = digits(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  return make(static_cast<int>(*year), *month, *day);
}

std::string Date::text() const {
  return padded(static_cast<unsigned>(year_), 4) + "-" + padded(month_, 2) + "-" + padded(day_, 2);
}

}  // namespace geoprio::domain
