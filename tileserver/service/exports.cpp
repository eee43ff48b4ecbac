// Downloads of whole layers: `/exports/{layer}.{format}`.
#include <memory>
#include <optional>
#include <utility>

#include "tileserver/service/byte_range.hpp"
#include "tileserver/service/conditional.hpp"
#include "tileserver/service/crs_parameter.hpp"
#include "tileserver/service/document.hpp"
#include "tileserver/service/encoded_stream.hpp"
#include "tileserver/service/feature_stream.hpp"
#include "tileserver/service/item_selection.hpp"
#include "tileserver/service/negotiation.hpp"
#include "tileserver/service/packaged_export.hpp"
#include "tileserver/service/percent.hpp"
#include "tileserver/service/reply.hpp"
#include "tileserver/service/resources.hpp"

namespace geoprio::service {
namespace {

/// With the atlas all that makes a download's bytes.
std::string question_of(const Exchange& exchange, const ExportRoute& route) {
  std::string asked = route.format;
  for (const auto& [name, value] : exchange.query.parameters())
    asked += "&" + percent_encoded(name) + "=" + percent_encoded(value);
  return asked;
}

std::string download_etag(const Exchange& exchange, const ExportRoute& route) {
  const auto tag = content_etag(question_of(exchange, route));
  return "\"" + exchange.atlas.fingerprint + "-" + tag.substr(1);
}

/// What tells of a layer for whoever gets bytes alone: a CSV has no place for it.
void add_descriptions(Response& response, const Exchange& exchange, const domain::Layer& layer) {
  const auto add = [&](const std::string& path) {
    response.headers.append("Link",
                            "<" + exchange.base_url + path + R"(>; rel="describedby"; type="application/json")");
  };
  add("/collections/" + percent_encoded(layer.id));
  if (!layer.edition.empty()) add("/editions/" + percent_encoded(layer.edition));
}

/// All but the bytes.
Response download(const Exchange& exchange, const ExportRoute& route, const domain::Layer& layer,
                  const projection::OfferedCrs& crs) {
  Response response = public_response(200, export_type(route.format));
  response.headers.set("ETag", download_etag(exchange, route));
  response.headers.set("Cache-Control", "no-cache");
  response.headers.set("Content-Crs", "<" + crs.address() + ">");
  response.headers.set("Content-Disposition",
                       R"(attachment; filename=")" + percent_encoded(route.layer) + "." + route.format + '"');
  add_descriptions(response, exchange, layer);
  return response;
}

/// A stream is compressed on its way where that is wanted; a file of GDAL's, which has ranges, never.
AcceptedEncodings encodings_of(const Exchange& exchange) {
  AcceptedEncodings offered;
  for (const auto encoding : accepted_encodings(exchange.request.headers))
    if (encoding != cache::Encoding::br) offered.add(encoding);
  return offered;
}

/// The 304 if the client has the download in one of the encodings.
std::optional<Response> unchanged(const Exchange& exchange, const ExportRoute& route,
                                  const AcceptedEncodings& encodings) {
  for (const auto encoding : encodings) {
    auto etag = tag_in(download_etag(exchange, route), encoding);
    if (!client_has(exchange.request.headers, etag)) continue;
    Response response = public_response(200, {});
    response.headers.set("ETag", std::move(etag));
    response.headers.set("Cache-Control", "no-cache");
    response.headers.set("Vary", "Accept-Encoding");
    return not_modified(response);
  }
  return std::nullopt;
}

void encode(Response& response, cache::Encoding encoding) {
  response.headers.set("Vary", "Accept-Encoding");
  if (encoding == cache::Encoding::identity) return;
  response.headers.set("ETag", tag_in(std::string(response.headers.find("ETag").value_or("")), encoding));
  response.headers.set("Content-Encoding", std::string(cache::name_of(encoding)));
  response.stream = std::make_shared<EncodedStream>(std::move(response.stream), cache::StreamCompressor::of(encoding));
}

Problem kml_is_in_degrees(const projection::OfferedCrs& crs) {
  return {.status = 400,
          .kind = "fixed-crs",
          .detail = {"Un fichier KML est toujours en degrés WGS84, la longitude d'abord.",
                     "A KML file is always in degrees of WGS84, longitude first."},
          .parameter = "crs",
          .value = crs.address(),
          .allowed = {"http://www.opengis.net/def/crs/OGC/1.3/CRS84"}};
}

/// The 304 for a client that has a file of the same atlas and question: whatever its bytes, they tell the same.
Response not_sent_again(std::string etag) {
  Response response = public_response(200, {});
  response.headers.set("ETag", std::move(etag));
  response.headers.set("Cache-Control", "no-cache");
  return not_modified(response);
}

/// A file that is made once for an atlas and a query. Its bytes have a part in its tag: GDAL writes the time into some
/// files, so that two servers' differ, and no client may join a half of one to a half of the other (If-Range).
Answer packaged_answer(const Exchange& exchange, const ExportRoute& route, const domain::Layer& layer,
                       const ItemSelection& selection) {
  if (route.format == "kml" && !selection.crs->is_wgs84_degrees()) return Unexpected{kml_is_in_degrees(*selection.crs)};
  Response response = download(exchange, route, layer, *selection.crs);
  const std::string tag(*response.headers.find("ETag"));
  const auto beginning = tag.substr(0, tag.size() - 1) + "-";
  if (auto held = held_tag(exchange.request.headers, beginning)) return not_sent_again(*std::move(held));
  // Not the tag, whose hash is none against malice: two questions with one hash are a second's work, and who asks the
  // first would choose what everyone is sent who asks the second.
  const auto key = route.layer + "/" + question_of(exchange, route);
  auto kept = exchange.snapshot.exports->find(key);
  if (!kept) {
    auto made = packaged(exchange.atlas, layer, selection, route.format, exchange.request.left);
    if (!made) return Unexpected{made.error()};
    kept = KeptExport{*made, beginning + content_etag(made->bytes()).substr(1)};
    exchange.snapshot.exports->keep(key, *kept);
  }
  if (client_has(exchange.request.headers, kept->etag)) return not_sent_again(kept->etag);
  response.headers.set("ETag", kept->etag);
  response.body = kept->body;
  return with_range(exchange.request, std::move(response));
}

}  // namespace

std::string_view export_type(std::string_view format) {
  if (is_packaged(format)) return packaged_type(format);
  return format == "geojson" ? "application/geo+json" : "application/x-ndjson";
}

Answer exported(const Exchange& exchange, const ExportRoute& route) {
  const auto number = layer_named(exchange.atlas, route.layer);
  if (!number) return Unexpected{number.error()};
  auto selection = item_selection(exchange, exchange.atlas.layers[*number], Extent::whole);
  if (!selection) return Unexpected{selection.error()};
  const auto& crs = *selection->crs;
  if (is_packaged(route.format)) return packaged_answer(exchange, route, exchange.atlas.layers[*number], *selection);
  const auto encodings = encodings_of(exchange);
  if (auto response = unchanged(exchange, route, encodings)) return *std::move(response);

  Response response = download(exchange, route, exchange.atlas.layers[*number], crs);
  auto stream =
      std::make_shared<FeatureStream>(exchange.snapshot.atlas, *number, *std::move(selection),
                                      route.format == "geojson" ? GeoJsonForm::collection : GeoJsonForm::lines);
  if (const auto failure = stream->begin()) return Unexpected{outside_crs("crs", crs, *failure)};
  response.stream = std::move(stream);
  encode(response, encodings.first());
  return response;
}

}  // namespace geoprio::service
