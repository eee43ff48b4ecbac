// Downloads that GDAL writes: a file made once, then read where it lies.
#pragma once

#include <stop_token>
#include <string>
#include <string_view>

#include "tileserver/service/item_selection.hpp"
#include "tileserver/service/response.hpp"

namespace geoprio::service {

/// Whether a format of `export_formats` is GDAL's.
[[nodiscard]] bool is_packaged(std::string_view format);

/// Its media type.
[[nodiscard]] std::string_view packaged_type(std::string_view format);

/// Writes what is selected in that format, its metadata with it where the format is a package, and maps it; the file is
/// gone from its folder by then and from the disk with the last who reads it. The problem (400) of land without an
/// image in the selection's system, or the one (503) that nobody reads when the client has left meanwhile.
/// @throws ogr::WriteError when GDAL cannot write, Error without a place for files.
[[nodiscard]] Result<Body, Problem> packaged(const atlas::Atlas& atlas, const domain::Layer& layer,
                                             const ItemSelection& selection, const std::string& format,
                                             const std::stop_token& left);

}  // namespace geoprio::service
