#include "tileserver/service/conditional.hpp"

#include <fmt/format.h>

#include "geo/core/hash.hpp"
#include "tileserver/service/reply.hpp"

namespace geoprio::service {

std::string content_etag(std::string_view bytes) { return fmt::format("\"{:016x}\"", Fnv1a().add(bytes).value()); }

std::string tag_in(std::string etag, cache::Encoding encoding) {
  if (encoding != cache::Encoding::identity && etag.ends_with('"'))
    etag.insert(etag.size() - 1, "-" + std::string(cache::name_of(encoding)));
  return etag;
}

namespace {

/// The first tag of If-None-Match, quotes included, that is wanted.
template <class Wanted>
std::optional<std::string_view> tag_among(std::string_view rest, const Wanted& wanted) {
  // Tags are quoted and may hold commas: read from quote to quote instead of splitting.
  while (true) {
    const std::size_t open = rest.find('"');
    if (open == std::string_view::npos) return std::nullopt;
    const std::size_t close = rest.find('"', open + 1);
    if (close == std::string_view::npos) return std::nullopt;
    if (const auto tag = rest.substr(open, close - open + 1); wanted(tag)) return tag;
    rest.remove_prefix(close + 1);
  }
}

}  // namespace

bool client_has(const Headers& request_headers, std::string_view etag) {
  const auto header = request_headers.find("If-None-Match");
  if (!header) return false;
  if (etag.starts_with("W/")) etag.remove_prefix(2);
  const auto first = header->find_first_not_of(" \t");
  if (first != std::string_view::npos && (*header)[first] == '*') return true;
  return tag_among(*header, [&](std::string_view tag) { return tag == etag; }).has_value();
}

std::optional<std::string> held_tag(const Headers& request_headers, std::string_view beginning) {
  const auto header = request_headers.find("If-None-Match");
  if (!header) return std::nullopt;
  const auto tag = tag_among(*header, [&](std::string_view one) { return one.starts_with(beginning); });
  return tag ? std::optional<std::string>(*tag) : std::nullopt;
}

Response not_modified(const Response& full) {
  Response response = public_response(304, "");
  for (const std::string_view name : {"ETag", "Cache-Control", "Vary"})
    if (const auto value = full.headers.find(name)) response.headers.set(name, std::string(*value));
  response.route = full.route;
  response.cache = full.cache;
  return response;
}

}  // namespace geoprio::service
