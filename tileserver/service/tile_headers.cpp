#include "tileserver/service/tile_headers.hpp"

#include <utility>
#include <vector>

#include "tileserver/service/reply.hpp"

namespace geoprio::service {
namespace {

constexpr std::size_t place_of(Dated dated) noexcept { return dated == Dated::yes ? 1 : 0; }

std::vector<Header> common_fields(std::string_view content_type, Dated dated) {
  const auto common = public_response(200, content_type);
  std::vector<Header> fields(common.headers.begin(), common.headers.end());
  fields.push_back({"Cache-Control", dated == Dated::yes ? "public, max-age=31536000, immutable" : "no-cache"});
  fields.push_back({"Vary", "Accept-Encoding"});
  return fields;
}

std::shared_ptr<const FixedHeaders> fixed(std::vector<Header> fields) {
  return std::make_shared<const FixedHeaders>(std::move(fields));
}

}  // namespace

TileHeaders::TileHeaders(std::string_view fingerprint) {
  for (const auto encoding : cache::all_encodings) {
    auto& made = encodings_[cache::place_of(encoding)];
    const bool identity = encoding == cache::Encoding::identity;
    made.etag = "\"" + std::string(fingerprint);
    if (!identity) made.etag.append("-").append(cache::name_of(encoding));
    made.etag += '"';
    for (const auto dated : {Dated::no, Dated::yes}) {
      auto full = common_fields("application/vnd.mapbox-vector-tile", dated);
      full.push_back({"ETag", made.etag});
      if (!identity) full.push_back({"Content-Encoding", std::string(cache::name_of(encoding))});
      made.full[place_of(dated)] = fixed(std::move(full));
      auto unchanged = common_fields("", dated);
      unchanged.push_back({"ETag", made.etag});
      made.unchanged[place_of(dated)] = fixed(std::move(unchanged));
    }
  }
  for (const auto dated : {Dated::no, Dated::yes}) empty_[place_of(dated)] = fixed(common_fields("", dated));
}

const std::string& TileHeaders::etag(cache::Encoding encoding) const noexcept {
  return encodings_[cache::place_of(encoding)].etag;
}

const std::shared_ptr<const FixedHeaders>& TileHeaders::full(cache::Encoding encoding, Dated dated) const noexcept {
  return encodings_[cache::place_of(encoding)].full[place_of(dated)];
}

const std::shared_ptr<const FixedHeaders>& TileHeaders::unchanged(cache::Encoding encoding,
                                                                  Dated dated) const noexcept {
  return encodings_[cache::place_of(encoding)].unchanged[place_of(dated)];
}

const std::shared_ptr<const FixedHeaders>& TileHeaders::empty(Dated dated) const noexcept {
  return empty_[place_of(dated)];
}

}  // namespace geoprio::service
