// What a layer's properties hold: for those who filter and for those who read (OGC 19-079r2 §6, OGC 23-058r1).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "geo/domain/layer.hpp"
#include "geo/expression/expression.hpp"
#include "tileserver/service/document.hpp"

namespace geoprio::service {

/// The name of a feature's geometry in filters and schemas.
inline constexpr std::string_view geometry_property = "geometry";

/// What filters may name, with the types that are compared.
[[nodiscard]] expression::VariableTypes filter_variables(const domain::Layer& layer);

/// The names of the layer's fields, in their order.
[[nodiscard]] std::vector<std::string> field_names(const domain::Layer& layer);

/// The place of the field, or the problem (400) of a `parameter` that names none, with the near one.
[[nodiscard]] Result<std::size_t, Problem> field_named(const domain::Layer& layer, std::string_view name,
                                                       std::string_view parameter);

}  // namespace geoprio::service
