// The parts of the OpenAPI document (api.cpp) that routes refer to by name.
#pragma once

#include <string_view>
#include <vector>

#include "tileserver/service/document.hpp"
#include "tileserver/service/text.hpp"

namespace geoprio::service {

/// `components/parameters`: every parameter of every route, by the name that `api.cpp` refers to.
[[nodiscard]] Document api_parameters(const Exchange& exchange, Language language);

/// The paths of the consultation, by all their methods, and the parameters that they refer to (api_consultation.cpp).
[[nodiscard]] Document consultation_paths(Language language);
[[nodiscard]] Document consultation_parameters(Language language);
[[nodiscard]] Document consultation_schemas();
/// For the table of routes: path, summary, methods.
struct DescribedRoute {
  std::string_view path;
  Text summary;
  std::string_view parameters;
};
[[nodiscard]] std::vector<DescribedRoute> consultation_routes();

/// `components/schemas`: what the documents hold.
[[nodiscard]] Document api_schemas();

}  // namespace geoprio::service
