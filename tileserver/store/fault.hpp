// Why the store did not do what it was asked.
#pragma once

#include <exception>
#include <optional>

#include "geo/core/error.hpp"

namespace geoprio::store {

enum class Fault {
  full,            ///< the disk takes no more; nothing was written
  held_elsewhere,  ///< another server holds the store
  unavailable      ///< no connection, a damaged file, no right to write
};

class StoreError : public Error {
 public:
  StoreError(Fault fault, const BilingualText& text) : Error(text), fault_(fault) {}
  [[nodiscard]] Fault fault() const noexcept { return fault_; }

 private:
  Fault fault_;
};

/// What kind of fault was thrown; nothing when it is none of the store's.
[[nodiscard]] std::optional<Fault> fault_of(const std::exception_ptr& thrown);

}  // namespace geoprio::store
