// Where a named column stands in a source. Private to geo/loading.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "geo/core/attribute.hpp"
#include "geo/core/language.hpp"

namespace geoprio::loading {

/// The place of the field with that name, whatever its case and the spaces around it.
std::optional<std::size_t> field_place(std::span<const Field> fields, std::string_view name);

/// The same for a field that must be there.
/// @throws LoadError that names the file, the fields that there are and the near one.
std::size_t required_field_place(std::span<const Field> fields, const std::string& name, const std::string& file,
                                 Language language);

}  // namespace geoprio::loading
