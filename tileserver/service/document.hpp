// JSON documents on their way out: links, formats, caching.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "tileserver/service/exchange.hpp"

namespace geoprio::service {

/// Members stay in the order they were written in: people read these documents.
using Document = nlohmann::ordered_json;

/// A format that a route offers: its word for `f=` and its media type.
struct Format {
  std::string_view word;
  std::string_view type;
};

/// The format asked for, by `f` or else by Accept; the 406 that lists what there is when none of them is accepted.
[[nodiscard]] Result<Format, Problem> negotiated(const Exchange& exchange, std::span<const Format> offered);

/// The problem of a route that offers JSON alone and takes `f` alone.
[[nodiscard]] std::optional<Problem> fault_of_plain_document(const Exchange& exchange, bool strict_query);

[[nodiscard]] Document link(std::string_view relation, std::string_view type, std::string href,
                            std::string_view title = {});

/// The links as Link headers too (RFC 8288; OGC 17-069r4 /rec/core/link-header), without their titles.
void add_link_headers(Response& response, const Document& links);

/// Text, or null when it is empty: empty stands for unknown in the atlas.
[[nodiscard]] Document text_or_null(const std::string& text);

/// A document with an entity tag of its bytes; a 304 when the client has it.
/// Its links are headers too.
[[nodiscard]] Response document_response(const Exchange& exchange, const Document& document,
                                         std::string_view type = "application/json");

/// The same for a text that is written already.
[[nodiscard]] Response text_response(const Exchange& exchange, std::string text, std::string_view type);

/// The same under a tag that is given: a weak one for what is written a little differently each time it is asked.
[[nodiscard]] Response tagged_response(const Exchange& exchange, std::string text, std::string_view type,
                                       std::string etag);

}  // namespace geoprio::service
