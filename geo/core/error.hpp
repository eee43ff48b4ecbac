// The root of every exception: the job at hand (load, reload, bind) is over.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

#include "geo/core/bilingual.hpp"

namespace geoprio {

/// Caught in main, the reloader and the session, nowhere else. The message says what was tried, on which file and
/// feature, what was expected and what to do.
class Error : public std::runtime_error {
 public:
  /// `what()` is the French one.
  explicit Error(BilingualText text) : std::runtime_error(text.french), text_(std::move(text)) {}
  /// A message that is the same in both languages: a library's words, a path.
  explicit Error(const std::string& message) : Error(BilingualText{message, message}) {}

  [[nodiscard]] const BilingualText& text() const noexcept { return text_; }

 private:
  BilingualText text_;
};

}  // namespace geoprio
