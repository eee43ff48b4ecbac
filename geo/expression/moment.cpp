#include "geo/expression/moment.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

#include "geo/domain/date.hpp"

namespace geoprio::expression {
namespace {

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// `hh:mm:ss`, then nothing or a fraction; 60 is a leap second.
bool is_time(std::string_view text) {
  if (text.size() < 8 || text[2] != ':' || text[5] != ':') return false;
  const auto hours = text.substr(0, 2), minutes = text.substr(3, 2), seconds = text.substr(6, 2);
  if (!all_digits(hours) || !all_digits(minutes) || !all_digits(seconds)) return false;
  if (hours > "23" || minutes > "59" || seconds > "60") return false;
  return text.size() == 8 || (text[8] == '.' && all_digits(text.substr(9)));
}

}  // namespace

std::optional<Moment> parse_moment(std::string_view text) {
  constexpr std::size_t day_length = 10;
  if (!domain::Date::parse(text.substr(0, day_length))) return std::nullopt;
  if (text.size() == day_length) return Moment{std::string(text)};
  if (text[day_length] != 'T' || text.back() != 'Z') return std::nullopt;
  if (!is_time(text.substr(day_length + 1, text.size() - day_length - 2))) return std::nullopt;
  // Without its Z, and without zeros at the fraction's end, an instant compares as text.
  std::string instant(text.substr(0, text.size() - 1));
  if (instant.find('.') != std::string::npos) {
    instant.erase(instant.find_last_not_of('0') + 1);
    if (instant.back() == '.') instant.pop_back();
  }
  return Moment{instant};
}

int order_of(const Moment& a, const Moment& b) {
  if (is_day(a) == is_day(b)) return a.text.compare(b.text);
  return a.text.substr(0, 10).compare(b.text.substr(0, 10));
}

}  // namespace geoprio::expression
