// The root of every exception: the job at hand (load, reload, bind) is over.
#pragma once

#include <stdexcept>
#include <string>

namespace geoprio {

/// Caught in main, the reloader and the session, nowhere else. The message says what was tried, on which file and
/// feature, what was expected and what to do.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace geoprio
