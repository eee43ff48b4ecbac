// An atlas that cannot be used at all: unlike a refused feature, it ends the load.
#pragma once

#include "geo/core/error.hpp"

namespace geoprio::loading {

/// The message names the file, the line or feature, what was expected and what to do.
class LoadError : public Error {
 public:
  using Error::Error;
};

}  // namespace geoprio::loading
