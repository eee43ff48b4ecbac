// What a download says of itself to who opens it years later.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "geo/core/attribute.hpp"
#include "geo/projection/offered_crs.hpp"
#include "tileserver/atlas/atlas.hpp"

namespace geoprio::service {

struct MetadataRow {
  std::string key, value;
};

/// Title, edition with its stage, validity and decisions, source, licence, system and fingerprint: what is known of
/// them, in French as the files' readers are.
[[nodiscard]] std::vector<MetadataRow> metadata_rows(const atlas::Atlas& atlas, const domain::Layer& layer,
                                                     const projection::OfferedCrs& crs);

/// The same as a text, and beneath it what fields are called in the file and in the atlas.
[[nodiscard]] std::string metadata_text(const std::vector<MetadataRow>& rows, const std::vector<MetadataRow>& renamed,
                                        std::string_view line_end = "\r\n");

/// Makes every name one that a Shapefile can hold: ten bytes of ASCII letters, digits and `_`, none twice in any case.
void short_names(std::vector<Field>& fields);

}  // namespace geoprio::service
