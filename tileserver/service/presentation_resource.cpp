#include <algorithm>
#include <vector>

#include "tileserver/service/conditional.hpp"
#include "tileserver/service/document.hpp"
#include "tileserver/service/nearest.hpp"
#include "tileserver/service/negotiation.hpp"
#include "tileserver/service/percent.hpp"
#include "tileserver/service/reply.hpp"
#include "tileserver/service/resources.hpp"
#include "tileserver/service/styles.hpp"
#include "tileserver/service/stylesheets.hpp"

namespace geoprio::service {
namespace {

constexpr std::string_view style_type = "application/json";
/// OGC 20-009 clause 13 has a name of its own for what MapLibre reads; maps ask for neither.
constexpr std::string_view mapbox_type = "application/vnd.mapbox.style+json";

Problem unknown_file(std::string_view kind, const std::string& asked, Text detail, std::vector<std::string> names) {
  auto suggestion = nearest(asked, names);
  return {.status = 404,
          .kind = kind,
          .detail = std::move(detail),
          .parameter = "path",
          .value = asked,
          .suggestion = std::move(suggestion)};
}

std::string_view sprite_type(std::string_view file) {
  return file.ends_with(".png") ? "image/png" : "application/json";
}

std::optional<EmbeddedFile> embedded_file(const Exchange& exchange, std::string_view path) {
  const auto& files = exchange.snapshot.files;
  return files ? files(path) : std::nullopt;
}

/// The file in that encoding; empty when it is not held in it.
std::string_view bytes_in(const EmbeddedFile& file, cache::Encoding encoding) {
  switch (encoding) {
    case cache::Encoding::identity:
      return file.body;
    case cache::Encoding::gzip:
      return file.gzip;
    case cache::Encoding::br:
      return file.br;
    case cache::Encoding::zstd:
      break;
  }
  return {};
}

Response file_response(const Exchange& exchange, const EmbeddedFile& file) {
  Response response = public_response(200, file.content_type);
  response.headers.set("Cache-Control", "no-cache");
  response.headers.set("Vary", "Accept-Encoding");
  AcceptedEncodings held;
  for (const auto encoding : accepted_encodings(exchange.request.headers))
    if (encoding == cache::Encoding::identity || !bytes_in(file, encoding).empty()) held.add(encoding);
  for (const auto encoding : held) {
    const auto tag = tag_in(std::string(file.etag), encoding);
    if (!client_has(exchange.request.headers, tag)) continue;
    response.headers.set("ETag", tag);
    return not_modified(response);
  }
  response.headers.set("ETag", tag_in(std::string(file.etag), held.first()));
  if (held.first() != cache::Encoding::identity)
    response.headers.set("Content-Encoding", std::string(cache::name_of(held.first())));
  response.body = Body::embedded(bytes_in(file, held.first()));
  return response;
}

Problem unknown_style(const Exchange& exchange, const std::string& asked) {
  return unknown_file("unknown-style", asked,
                      {"Le style « " + asked + " » n'existe pas ; /styles les liste.",
                       "There is no style “" + asked + "”; /styles lists them."},
                      style_ids(exchange.atlas));
}

/// By `f` or Accept, whose parameters (`;version=1.0`) are not compared.
std::vector<Format> style_formats() {
  std::vector<Format> formats = {{"json", style_type}, {"mapbox", mapbox_type}};
  for (const auto& format : stylesheet_formats())
    formats.push_back({format.suffix, format.type.substr(0, format.type.find(';'))});
  formats.push_back({"html", "text/html"});
  return formats;
}

/// One style's documents, MapLibre's first (OGC 20-009 §7.4: one link a stylesheet).
Document stylesheet_links(const Exchange& exchange, const std::string& id) {
  const std::string address = exchange.base_url + "/styles/" + percent_encoded(id);
  const auto language = language_of(exchange);
  const auto title = in(language, {"Le style pour MapLibre", "The style for MapLibre"});
  Document links = Document::array(
      {link("stylesheet", style_type, address, title), link("stylesheet", mapbox_type, address + "?f=mapbox", title)});
  for (const auto& format : stylesheet_formats())
    links.push_back(
        link("stylesheet", format.type, address + "." + std::string(format.suffix), in(language, format.title)));
  return links;
}

}  // namespace

Answer styles(const Exchange& exchange) {
  if (auto fault = fault_of_document(exchange, Strict::no)) return Unexpected{std::move(*fault)};
  Document list = Document::array();
  for (const auto& id : style_ids(exchange.atlas)) {
    auto links = stylesheet_links(exchange, id);
    links.push_back(link("alternate", "text/html", links[0].at("href").get<std::string>() + "?f=html"));
    list.push_back({{"id", id}, {"title", title_of_style(exchange.atlas, id)}, {"links", std::move(links)}});
  }
  return document_response(
      exchange, {{"styles", list},
                 {"links", Document::array({link("self", "application/json", exchange.base_url + "/styles")})}});
}

Answer style(const Exchange& exchange, const StyleRoute& route) {
  auto document = style_document(exchange.atlas, route.style, exchange.base_url);
  if (!document) return Unexpected{unknown_style(exchange, route.style)};
  const auto format = negotiated(exchange, style_formats());
  if (!format) return Unexpected{format.error()};
  if (auto fault = fault_of_language(exchange)) return Unexpected{std::move(*fault)};
  if (format->word == "json" || format->word == "mapbox")
    return text_response(exchange, std::move(*document), format->type);
  if (format->word != "html") return desktop_style(exchange, {route.style, std::string(format->word)});
  const std::string self = exchange.base_url + "/styles/" + percent_encoded(route.style);
  auto links = stylesheet_links(exchange, route.style);
  links.push_back(link("self", style_type, self));
  return document_response(
      exchange,
      {{"id", route.style}, {"title", title_of_style(exchange.atlas, route.style)}, {"links", std::move(links)}},
      style_type, {.style = self + "?f=json"});
}

Answer desktop_style(const Exchange& exchange, const StylesheetRoute& route) {
  auto text = stylesheet(exchange.atlas, route.style, route.format);
  if (!text) return Unexpected{unknown_style(exchange, route.style)};
  const auto formats = stylesheet_formats();
  const auto format =
      std::find_if(formats.begin(), formats.end(), [&](const auto& one) { return one.suffix == route.format; });
  Response response = text_response(exchange, *std::move(text), format->type);
  response.headers.set("Content-Disposition",
                       R"(attachment; filename=")" + percent_encoded(route.style) + "." + route.format + '"');
  return response;
}

Answer sprite(const Exchange& exchange, const SpriteRoute& route) {
  const auto& sprites = exchange.snapshot.sprites;
  const auto found = sprites.find(route.file);
  if (found == sprites.end()) {
    std::vector<std::string> names;
    for (const auto& [name, bytes] : sprites) names.push_back(name);
    return Unexpected{
        unknown_file("unknown-sprite", route.file,
                     {"L'image « " + route.file + " » n'existe pas.", "There is no sprite file “" + route.file + "”."},
                     std::move(names))};
  }
  return text_response(exchange, found->second, sprite_type(route.file));
}

Answer asset(const Exchange& exchange, const AssetRoute& route) {
  constexpr std::string_view kiosk_worker = "kiosk_worker.js";
  const auto file = embedded_file(exchange, route.path);
  if (!file)
    return Unexpected{unknown_file(
        "unknown-file", route.path,
        {"Le fichier « " + route.path + " » n'existe pas.", "There is no file “" + route.path + "”."}, {})};
  Response response = file_response(exchange, *file);
  // A worker may serve the pages of its own folder only, unless its file says more (Service Workers §7.2); the scope is
  // relative to the file, so that a server behind a prefix works.
  if (route.path == kiosk_worker) response.headers.set("Service-Worker-Allowed", "../kiosk");
  return response;
}

Answer page(const Exchange& exchange, std::string_view path, Embedding embedding) {
  const auto file = embedded_file(exchange, path);
  if (!file)
    return Unexpected{Problem{.status = 404,
                              .kind = "no-pages",
                              .detail = {"Ce serveur a été construit sans ses pages ; ajoutez ?f=json.",
                                         "This server was built without its pages; add ?f=json."}}};
  Response response = file_response(exchange, *file);
  response.headers.set("Vary", "Accept, Accept-Encoding");
  confine_page(response, exchange.atlas, embedding);
  return response;
}

Answer own_page(const Exchange& exchange, std::string_view path) {
  const std::vector<Format> formats = {{"html", "text/html"}};
  if (const auto format = negotiated(exchange, formats); !format) return Unexpected{format.error()};
  return page(exchange, path, Embedding::by_nobody);
}

}  // namespace geoprio::service
