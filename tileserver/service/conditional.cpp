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

bool client_has(const Headers& request_headers, std::string_view etag) {
  const auto header = request_headers.find("If-None-Match");
  if (!header) return false;
  if (etag.starts_with("W/")) etag.remove_prefix(2);
  std::string_view rest = *header;
  // Tags are quoted and may hold commas: read from quote to quote instead of splitting.
  if (rest.find_first_not_of(" \t") != std::string_view::npos && rest[rest.find_first_not_of(" \t")] == '*')
    return true;
  while (true) {
    const std::size_t open = rest.find('"');
    if (open == std::string_view::npos) return false;
    const std::size_t close = rest.find('"', open + 1);
    if (close == std::string_view::npos) return false;
    if (rest.substr(open, close - open + 1) == etag) return true;
    rest.remove_prefix(close + 1);
  }
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
