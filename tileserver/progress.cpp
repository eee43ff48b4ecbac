#include "tileserver/progress.hpp"

#include <unistd.h>

#include <algorithm>
#include <iostream>

namespace geoprio {

ProgressBar::ProgressBar() : terminal_(::isatty(STDERR_FILENO) == 1), begun_(Clock::now()), last_drawn_(begun_) {}

ProgressBar::~ProgressBar() {
  if (drawn_) std::cerr << "\r\033[K" << std::flush;
}

void ProgressBar::show(const std::string& what, std::size_t done, std::size_t total) {
  using namespace std::chrono_literals;
  if (!terminal_) return;
  const auto now = Clock::now();
  if (now - begun_ < 1s || now - last_drawn_ < 100ms) return;
  last_drawn_ = now;
  drawn_ = true;
  std::cerr << "\r\033[K" << progress_line(what, done, total) << std::flush;
}

std::string progress_line(const std::string& what, std::size_t done, std::size_t total) {
  if (total == 0) return what + "…";
  constexpr std::size_t width = 30;
  const std::size_t filled = std::min(width, done * width / total);
  return what + " [" + std::string(filled, '#') + std::string(width - filled, '.') + "] " +
         std::to_string(std::min<std::size_t>(100, done * 100 / total)) + " %";
}

loading::LoadOptions shown_on(ProgressBar& bar, Language language) {
  loading::LoadOptions options;
  options.language = language;
  options.progress = [&bar](const loading::LoadProgress& progress) {
    bar.show(progress.what, progress.done, progress.total);
  };
  return options;
}

}  // namespace geoprio
