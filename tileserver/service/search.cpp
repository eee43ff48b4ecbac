// `/search`: quarters, communes and addresses by name.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>
#include <utility>

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

Problem limit_refused(std::string_view text) {
  return {.status = 400,
          .kind = "broken-limit",
          .detail = {"limit est un entier, 1 au moins ; au-delà de 20, 20 résultats.",
                     "limit is a whole number, at least 1; more than 20 gives 20 results."},
          .parameter = "limit",
          .value = std::string(text)};
}

Result<std::size_t, Problem> limit_of_search(const Query& query) {
  const auto text = query.find("limit");
  if (!text) return usual_search_limit;
  std::uint64_t number = 0;
  const auto [end, fault] = std::from_chars(text->data(), text->data() + text->size(), number);
  const bool whole = end == text->data() + text->size() && !text->empty();
  const bool too_large = fault == std::errc::result_out_of_range && whole;
  if ((fault != std::errc() && !too_large) || !whole || (!too_large && number == 0))
    return Unexpected{limit_refused(*text)};
  return too_large ? highest_search_limit : std::min<std::size_t>(number, highest_search_limit);
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
  const auto limit = limit_of_search(exchange.query);
  if (!limit) return Unexpected{limit.error()};

  Document results = Document::array();
  for (const auto& found : exchange.atlas.names.search(*text, *limit))
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
