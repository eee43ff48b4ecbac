// Days: nothing that is stored tells the hour.
#pragma once

#include <chrono>

#include "geo/domain/date.hpp"

namespace geoprio::store {

/// The day that many days later (earlier where it is negative); the calendar's first or last day beyond its ends.
[[nodiscard]] inline domain::Date days_after(const domain::Date& date, int days) {
  using namespace std::chrono;
  const auto day =
      sys_days(year(date.year()) / month(date.month()) / std::chrono::day(date.day())) + std::chrono::days(days);
  const year_month_day moved(day);
  const auto made = domain::Date::make(static_cast<int>(moved.year()), static_cast<unsigned>(moved.month()),
                                       static_cast<unsigned>(moved.day()));
  return made ? *made : *domain::Date::make(days < 0 ? 1 : 9999, days < 0 ? 1 : 12, days < 0 ? 1 : 31);
}

/// Today, in universal time.
[[nodiscard]] inline domain::Date today() {
  const std::chrono::year_month_day now(std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
  return *domain::Date::make(static_cast<int>(now.year()), static_cast<unsigned>(now.month()),
                             static_cast<unsigned>(now.day()));
}

}  // namespace geoprio::store
