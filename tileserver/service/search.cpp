// `/search`: quarters, communes and addresses by name.
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "tileserver/service/count_parameter.hpp"
#include "tileserver/service/document.hpp"
#include "tileserver/service/reply.hpp"
#include "tileserver/service/resources.hpp"

namespace geoprio::service {
namespace {

constexpr std::string_view json = "application/json";

Problem question_refused(std::optional<std::string_view> text) {
  return {.status = 400,
          .kind = text ? "question-too-long" : "missing-parameter",
          .detail = {"q est ce que l'on cherche, 200 octets au plus : /search?q=montreynaud.",
                     "q is what is looked for, 200 bytes at most: /search?q=montreynaud."},
          .parameter = "q",
          .value = std::string()};
}

}  // namespace

Answer search(const Exchange& exchange) {
  if (auto fault = exchange.query.fault({"q", "limit", "f", "lang"})) return Unexpected{std::move(*fault)};
  constexpr Format only_json{"json", json};
  if (const auto format = negotiated(exchange, {&only_json, 1}); !format) return Unexpected{format.error()};
  if (auto fault = fault_of_language(exchange)) return Unexpected{std::move(*fault)};
  constexpr std::size_t longest_question = 200;
  const auto text = exchange.query.find("q");
  if (!text || text->size() > longest_question) return Unexpected{question_refused(text)};
  const auto asked = count_of(exchange.query, "limit", 1, usual_search_limit);
  if (!asked) return Unexpected{asked.error()};
  const auto limit = std::min<std::size_t>(*asked, highest_search_limit);

  Document results = Document::array();
  for (const auto& found : exchange.atlas.names.search(*text, limit))
    results.push_back({{"kind", search::code_of(found.kind)},
                       {"code", text_or_null(found.code)},
                       {"label", found.label},
                       {"lon", found.place.lon.degrees()},
                       {"lat", found.place.lat.degrees()},
                       {"confidence", std::round(found.confidence * 100) / 100}});
  const Document document{{"results", std::move(results)}};
  Response response =
      public_response(200, json, Body::of(document.dump(-1, ' ', false, Document::error_handler_t::replace)));
  // What somebody looks for, an address maybe, is kept by nobody on the way.
  response.headers.set("Cache-Control", "no-store");
  return response;
}

}  // namespace geoprio::service
