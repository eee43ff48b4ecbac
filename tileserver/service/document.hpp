// JSON documents on their way out: links, formats, caching.
#pragma once

#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "geo/core/attribute.hpp"
#include "tileserver/service/exchange.hpp"
#include "tileserver/service/text.hpp"

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

/// `lang=fr` or `lang=en`, or else what Accept-Language prefers.
[[nodiscard]] Language language_of(const Exchange& exchange);

/// The problem of a `lang` that is neither.
[[nodiscard]] std::optional<Problem> fault_of_language(const Exchange& exchange);

/// Whether a parameter that a route does not read is a problem.
enum class Strict { no, yes };

/// The problem of a route whose document is `type` or a page for people, and which reads `f`, `lang` and `parameters`.
[[nodiscard]] std::optional<Problem> fault_of_document(const Exchange& exchange, Strict strict,
                                                       std::string_view type = "application/json",
                                                       std::initializer_list<std::string_view> parameters = {});

/// Whether a page for people is asked for rather than `type`.
[[nodiscard]] bool asks_for_a_page(const Exchange& exchange, std::string_view type);

[[nodiscard]] Document link(std::string_view relation, std::string_view type, std::string href,
                            std::string_view title = {});

/// The links as Link headers too (RFC 8288; OGC 17-069r4 /rec/core/link-header), without their titles
/// and without templates.
void add_link_headers(Response& response, const Document& links);

/// Text, or null when it is empty: empty stands for unknown in the atlas.
[[nodiscard]] Document text_or_null(const std::string& text);

[[nodiscard]] Document value_document(const AttributeValue& value);

/// What the landing page says of the basemap: its address under `style`, `pmtiles` or `raster`, and `attribution`.
/// Null without one.
[[nodiscard]] Document basemap_document(const Exchange& exchange);

/// What the map of a document's page draws: addresses, of which one at most is not empty.
struct Preview {
  std::string tilejson{}, style{}, features{};

  [[nodiscard]] bool empty() const { return tilejson.empty() && style.empty() && features.empty(); }
};

/// A document, or its page when that is asked for, with an entity tag of its bytes; a 304 when the client has it.
/// Its links, to which the other form is added, are headers too.
[[nodiscard]] Response document_response(const Exchange& exchange, Document document,
                                         std::string_view type = "application/json", const Preview& preview = {});

/// The same for a text that is written already.
[[nodiscard]] Response text_response(const Exchange& exchange, std::string text, std::string_view type);

/// The same under a tag that is given: a weak one for what is written a little differently each time it is asked.
[[nodiscard]] Response tagged_response(const Exchange& exchange, std::string text, std::string_view type,
                                       std::string etag);

}  // namespace geoprio::service
