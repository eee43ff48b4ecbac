// The datetime parameter (OGC 17-069r4 §7.15.4), and the time that a layer speaks of.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "geo/core/result.hpp"
#include "tileserver/atlas/atlas.hpp"
#include "tileserver/service/document.hpp"
#include "tileserver/service/problem.hpp"

namespace geoprio::service {

/// From one second to another, both included; an end that is nothing is open.
struct TimeInterval {
  std::optional<std::chrono::sys_seconds> begin, end;

  /// An instant (`2015-01-01T00:00:00Z`, any offset), a day (`2015-01-01`, all of it in UTC), or two of them with a
  /// slash between, of which one may be `..` or empty. A problem (400) for anything else, and for an end before its
  /// beginning.
  static Result<TimeInterval, Problem> parse(std::string_view text);

  /// The days on which an edition is valid, as its record has them; open where it has none.
  static TimeInterval of(const atlas::EditionRecord& edition);

  [[nodiscard]] bool intersects(const TimeInterval& other) const {
    return (!begin || !other.end || *begin <= *other.end) && (!end || !other.begin || *other.begin <= *end);
  }
};

/// `["2015-01-01T00:00:00Z", null]`.
[[nodiscard]] Document interval_document(const TimeInterval& interval);

/// `2015-01-01T00:00:00Z`.
[[nodiscard]] std::string instant_text(std::chrono::sys_seconds instant);

}  // namespace geoprio::service
