#include "tileserver/service/time_interval.hpp"

#include <fmt/format.h>

#include <charconv>

#include "geo/domain/date.hpp"

namespace geoprio::service {
namespace {

using Instant = std::chrono::sys_seconds;

constexpr std::size_t day_length = 10;
constexpr std::chrono::seconds last_second_of_a_day{24 * 60 * 60 - 1};

std::optional<std::chrono::sys_days> day_of(std::string_view text) {
  const auto date = domain::Date::parse(text);
  if (!date) return std::nullopt;
  return std::chrono::year(date->year()) / std::chrono::month(date->month()) / std::chrono::day(date->day());
}

/// The number that exactly two digits write, at most `greatest`.
std::optional<int> two_digits(std::string_view text, int greatest) {
  int number = 0;
  if (text.size() != 2 || text[0] < '0' || text[0] > '9') return std::nullopt;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + 2, number);
  if (fault != std::errc() || end != text.data() + 2 || number > greatest) return std::nullopt;
  return number;
}

/// `hh:mm` as minutes.
std::optional<std::chrono::minutes> minutes_of(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hours = two_digits(text.substr(0, 2), 23);
  const auto minutes = two_digits(text.substr(3, 2), 59);
  if (!hours || !minutes) return std::nullopt;
  return std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
}

/// How far local time is ahead of UTC: `Z`, `+02:00`, `-05:00`.
std::optional<std::chrono::minutes> offset_of(std::string_view text) {
  if (text == "Z" || text == "z") return std::chrono::minutes(0);
  if (text.empty() || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const auto ahead = minutes_of(text.substr(1));
  if (!ahead) return std::nullopt;
  return text[0] == '+' ? *ahead : -*ahead;
}

/// RFC 3339 §5.6. A fraction of a second is read and left out: editions begin and end with days.
std::optional<Instant> instant_of(std::string_view text) {
  constexpr std::size_t shortest = std::string_view("2015-01-01T00:00:00Z").size();
  const auto day = day_of(text.substr(0, day_length));
  if (!day || text.size() < shortest || (text[day_length] != 'T' && text[day_length] != 't')) return std::nullopt;
  const auto minutes = minutes_of(text.substr(11, 5));
  const auto seconds = two_digits(text.substr(17, 2), 60);
  if (!minutes || text[16] != ':' || !seconds) return std::nullopt;
  std::string_view rest = text.substr(19);
  if (rest.front() == '.') {
    const auto after = rest.find_first_not_of("0123456789", 1);
    if (after == std::string_view::npos || after == 1) return std::nullopt;
    rest.remove_prefix(after);
  }
  const auto offset = offset_of(rest);
  if (!offset) return std::nullopt;
  return Instant(*day) + *minutes + std::chrono::seconds(*seconds) - *offset;
}

/// An instant, or a whole day.
std::optional<TimeInterval> moment_of(std::string_view text) {
  if (const auto day = day_of(text)) return TimeInterval{Instant(*day), Instant(*day) + last_second_of_a_day};
  if (const auto instant = instant_of(text)) return TimeInterval{*instant, *instant};
  return std::nullopt;
}

bool is_open(std::string_view text) { return text.empty() || text == ".."; }

std::optional<TimeInterval> interval_of(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return moment_of(text);
  const auto first = text.substr(0, slash);
  const auto second = text.substr(slash + 1);
  const auto begin = moment_of(first);
  const auto end = moment_of(second);
  if ((!begin && !is_open(first)) || (!end && !is_open(second)) || (!begin && !end)) return std::nullopt;
  TimeInterval interval;
  if (begin) interval.begin = begin->begin;
  if (end) interval.end = end->end;
  if (begin && end && *interval.end < *interval.begin) return std::nullopt;
  return interval;
}

}  // namespace

Result<TimeInterval, Problem> TimeInterval::parse(std::string_view text) {
  if (const auto interval = interval_of(text)) return *interval;
  return Unexpected{
      Problem{.status = 400,
              .kind = "broken-datetime",
              .detail = {"datetime attend un jour (2015-01-31), un instant (2015-01-31T12:00:00Z) ou un intervalle "
                         "(2015-01-01/2015-12-31, 2015-01-01/.., ../2015-12-31) dont la fin ne précède pas le début.",
                         "datetime takes a day (2015-01-31), an instant (2015-01-31T12:00:00Z) or an interval "
                         "(2015-01-01/2015-12-31, 2015-01-01/.., ../2015-12-31) that does not end before it begins."},
              .parameter = "datetime",
              .value = std::string(text)}};
}

TimeInterval TimeInterval::of(const atlas::EditionRecord& edition) {
  TimeInterval interval;
  if (const auto day = day_of(edition.valid_from)) interval.begin = Instant(*day);
  if (const auto day = day_of(edition.valid_to)) interval.end = Instant(*day) + last_second_of_a_day;
  return interval;
}

std::string instant_text(Instant instant) {
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(instant - day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), time.hours().count(),
                     time.minutes().count(), time.seconds().count());
}

Document interval_document(const TimeInterval& interval) {
  const auto end_document = [](const std::optional<Instant>& end) {
    return end ? Document(instant_text(*end)) : Document(nullptr);
  };
  return Document::array({end_document(interval.begin), end_document(interval.end)});
}

}  // namespace geoprio::service
