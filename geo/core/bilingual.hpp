// One message in the two languages of the product; whoever shows it chooses by locale or Accept-Language.
#pragma once

#include <string>

namespace geoprio {

/// The same sentence twice. Neither is empty, or both are.
struct BilingualText {
  std::string french;
  std::string english;
  bool operator==(const BilingualText&) const = default;
};

}  // namespace geoprio
