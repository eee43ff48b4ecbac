// The documents of the folder styles/, as they were when the program was built.
#pragma once

#include <string_view>

namespace geoprio::service::style_files {

extern const std::string_view tiers;  ///< styles/tiers.json
extern const std::string_view kiosk;  ///< styles/kiosk.json

}  // namespace geoprio::service::style_files
