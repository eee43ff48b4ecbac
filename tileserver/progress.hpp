// A progress bar on a terminal when work takes longer than a second; silence in a pipe.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "geo/core/language.hpp"
#include "geo/loading/load.hpp"

namespace geoprio {

/// Thread safety: confined to one thread.
class ProgressBar {
 public:
  ProgressBar();
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  /// `done` of `total` parts of `what`; total 0: the length is not known.
  void show(const std::string& what, std::size_t done, std::size_t total);

 private:
  using Clock = std::chrono::steady_clock;
  bool terminal_;
  bool drawn_ = false;
  Clock::time_point begun_;
  Clock::time_point last_drawn_;
};

/// How a load reports to `bar`, which outlives it.
loading::LoadOptions shown_on(ProgressBar& bar, Language language);

/// The line that is drawn, without the terminal's control codes: `Communes [#####.....] 50 %`.
std::string progress_line(const std::string& what, std::size_t done, std::size_t total);

}  // namespace geoprio
