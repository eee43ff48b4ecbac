// The parts of the OpenAPI document (api.cpp) that routes refer to by name.
#pragma once

#include "tileserver/service/document.hpp"
#include "tileserver/service/text.hpp"

namespace geoprio::service {

/// `components/parameters`: every parameter of every route, by the name that `api.cpp` refers to.
[[nodiscard]] Document api_parameters(const Exchange& exchange, Language language);

/// `components/schemas`: what the documents hold.
[[nodiscard]] Document api_schemas();

}  // namespace geoprio::service
