#include "tileserver/service/document.hpp"

#include <algorithm>
#include <array>
#include <type_traits>
#include <utility>
#include <variant>

#include "tileserver/cache/compression.hpp"
#include "tileserver/service/conditional.hpp"
#include "tileserver/service/html_page.hpp"
#include "tileserver/service/nearest.hpp"
#include "tileserver/service/negotiation.hpp"
#include "tileserver/service/page_policy.hpp"
#include "tileserver/service/reply.hpp"

namespace geoprio::service {

Result<Format, Problem> negotiated(const Exchange& exchange, std::span<const Format> offered) {
  std::vector<std::string> words;
  std::vector<std::string> types;
  for (const auto& format : offered) {
    if (std::find(words.begin(), words.end(), format.word) == words.end()) words.emplace_back(format.word);
    types.emplace_back(format.type);
  }
  if (const auto asked = exchange.query.find("f")) {
    for (const auto& format : offered)
      if (format.word == *asked) return format;
    return Unexpected{Problem{.status = 406,
                              .kind = "unknown-format",
                              .detail = {"Ce format n'est pas proposé ici.", "This format is not offered here."},
                              .parameter = "f",
                              .value = std::string(*asked),
                              .allowed = words,
                              .suggestion = nearest(*asked, words)}};
  }
  const std::vector<std::string_view> views(types.begin(), types.end());
  if (const auto type = preferred_type(exchange.request.headers, views))
    for (const auto& format : offered)
      if (format.type == *type) return format;
  return Unexpected{Problem{
      .status = 406,
      .kind = "not-acceptable",
      .detail = {"Aucun des formats acceptés n'est proposé ici.", "None of the accepted formats is offered here."},
      .parameter = "Accept",
      .value = std::string(exchange.request.headers.find("Accept").value_or("")),
      .allowed = types}};
}

Language language_of(const Exchange& exchange) {
  const auto asked = exchange.query.find("lang");
  if (asked == "en") return Language::english;
  if (asked == "fr") return Language::french;
  return preferred_language(exchange.request.headers);
}

std::optional<Problem> fault_of_language(const Exchange& exchange) {
  const auto asked = exchange.query.find("lang");
  if (!asked || asked == "fr" || asked == "en") return std::nullopt;
  return Problem{.status = 400,
                 .kind = "unknown-language",
                 .detail = {"lang attend fr ou en.", "lang takes fr or en."},
                 .parameter = "lang",
                 .value = std::string(*asked),
                 .allowed = {"fr", "en"}};
}

namespace {

/// The type comes first, so that it is what a client gets that has no preference.
std::vector<Format> formats_with_page(std::string_view type) {
  constexpr std::string_view plain = "application/json";
  std::vector<Format> formats = {{"json", type}};
  if (type != plain) formats.push_back({"json", plain});
  formats.push_back({"html", "text/html"});
  return formats;
}

/// The document's own address with a parameter more.
void add_alternate(Document& links, std::string_view word, std::string_view type) {
  for (const auto& one : links)
    if (one.at("rel") == "alternate" && one.at("type") == type) return;
  for (const auto& one : links) {
    if (one.at("rel") != "self") continue;
    auto address = one.at("href").get<std::string>();
    address += (address.find('?') == std::string::npos ? "?f=" : "&f=") + std::string(word);
    links.push_back(link("alternate", type, std::move(address)));
    return;
  }
}

}  // namespace

bool asks_for_a_page(const Exchange& exchange, std::string_view type) {
  const auto format = negotiated(exchange, formats_with_page(type));
  return format && format->word == "html";
}

std::optional<Problem> fault_of_document(const Exchange& exchange, Strict strict, std::string_view type,
                                         std::initializer_list<std::string_view> parameters) {
  if (strict == Strict::yes) {
    std::vector<std::string_view> known(parameters);
    known.insert(known.end(), {"f", "lang"});
    if (auto fault = exchange.query.fault(known)) return fault;
  }
  const auto format = negotiated(exchange, formats_with_page(type));
  if (!format) return format.error();
  return fault_of_language(exchange);
}

Document link(std::string_view relation, std::string_view type, std::string href, std::string_view title) {
  Document document{{"rel", relation}, {"type", type}};
  if (!title.empty()) document["title"] = title;
  document["href"] = std::move(href);
  return document;
}

Document text_or_null(const std::string& text) { return text.empty() ? Document(nullptr) : Document(text); }

void add_link_headers(Response& response, const Document& links) {
  for (const auto& link : links) {
    // RFC 8288 §3.1: an address; a template is none.
    if (link.contains("templated")) continue;
    response.headers.append("Link", "<" + link.at("href").get<std::string>() + R"(>; rel=")" +
                                        link.at("rel").get<std::string>() + R"("; type=")" +
                                        link.at("type").get<std::string>() + '"');
  }
}

Document value_document(const AttributeValue& value) {
  return std::visit(
      [](const auto& known) -> Document {
        if constexpr (std::is_same_v<std::decay_t<decltype(known)>, std::monostate>)
          return nullptr;
        else
          return known;
      },
      value);
}

Response document_response(const Exchange& exchange, Document document, std::string_view type, const Preview& preview) {
  const bool page = asks_for_a_page(exchange, type);
  const auto language = language_of(exchange);
  if (document.contains("links")) add_alternate(document["links"], page ? "json" : "html", page ? type : "text/html");
  Response response = text_response(
      exchange,
      page ? html_page(exchange, document, preview) : document.dump(-1, ' ', false, Document::error_handler_t::replace),
      page ? "text/html; charset=utf-8" : type);
  response.headers.set("Content-Language", language == Language::english ? "en" : "fr");
  response.headers.append("Vary", "Accept-Language");
  if (page) confine_page(response, exchange.atlas, Embedding::by_this_server);
  if (response.status == 200 && document.contains("links")) add_link_headers(response, document["links"]);
  return response;
}

Response text_response(const Exchange& exchange, std::string text, std::string_view type) {
  auto etag = content_etag(text);
  return tagged_response(exchange, std::move(text), type, std::move(etag));
}

namespace {

/// Coordinates in text are not tiles: on 3 MB of GeoJSON, br 4 gives a quarter at 55 MB/s, br 5 only 0.30 at 24 MB/s;
/// zstd 6 gives 0.30 at 61 MB/s and gzip 5 0.34 at 65 MB/s.
int document_level(cache::Encoding encoding) noexcept {
  static constexpr std::array<int, cache::all_encodings.size()> levels = {4, 6, 5, 0};
  return levels[cache::place_of(encoding)];
}

/// Under a packet, compressing saves nothing.
AcceptedEncodings encodings_for(const Headers& headers, std::size_t size) {
  constexpr std::size_t smallest_worth_compressing = 1024;
  if (size >= smallest_worth_compressing) return accepted_encodings(headers);
  AcceptedEncodings plain;
  plain.add(cache::Encoding::identity);
  return plain;
}

}  // namespace

Response tagged_response(const Exchange& exchange, std::string text, std::string_view type, std::string etag) {
  const auto& headers = exchange.request.headers;
  const auto accepted = encodings_for(headers, text.size());
  Response response = public_response(200, type);
  response.headers.set("Cache-Control", "no-cache");
  response.headers.set("Vary", "Accept, Accept-Encoding");
  for (const auto encoding : accepted) {
    const auto tag = tag_in(etag, encoding);
    if (!client_has(headers, tag)) continue;
    response.headers.set("ETag", tag);
    return not_modified(response);
  }
  const auto encoding = accepted.first();
  response.headers.set("ETag", tag_in(std::move(etag), encoding));
  if (encoding == cache::Encoding::identity) {
    response.body = Body::of(std::move(text));
    return response;
  }
  response.headers.set("Content-Encoding", std::string(cache::name_of(encoding)));
  response.body = Body::of(cache::compressed(text, encoding, document_level(encoding)));
  return response;
}

}  // namespace geoprio::service
