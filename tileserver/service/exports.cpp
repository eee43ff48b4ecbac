// Downloads of whole layers: `/exports/{layer}.{format}`.
#include <array>
#include <memory>
#include <utility>

#include "tileserver/service/conditional.hpp"
#include "tileserver/service/crs_parameter.hpp"
#include "tileserver/service/document.hpp"
#include "tileserver/service/feature_stream.hpp"
#include "tileserver/service/item_selection.hpp"
#include "tileserver/service/percent.hpp"
#include "tileserver/service/reply.hpp"
#include "tileserver/service/resources.hpp"

namespace geoprio::service {
namespace {

/// The atlas and what is asked of it, and nothing else, make a download's bytes.
std::string download_etag(const Exchange& exchange, const ExportRoute& route) {
  std::string asked = route.format;
  for (const auto& [name, value] : exchange.query.parameters())
    asked += "&" + percent_encoded(name) + "=" + percent_encoded(value);
  const auto tag = content_etag(asked);
  return "\"" + exchange.atlas.fingerprint + "-" + tag.substr(1);
}

Response streamed(const Exchange& exchange, const ExportRoute& route, std::shared_ptr<FeatureStream> stream,
                  const projection::OfferedCrs& crs) {
  const bool collection = route.format == "geojson";
  Response response = public_response(200, collection ? "application/geo+json" : "application/x-ndjson");
  response.headers.set("ETag", download_etag(exchange, route));
  response.headers.set("Cache-Control", "no-cache");
  response.headers.set("Content-Crs", "<" + crs.address() + ">");
  response.headers.set("Content-Disposition",
                       R"(attachment; filename=")" + percent_encoded(route.layer) + "." + route.format + '"');
  response.headers.set("Link", "<" + exchange.base_url + "/collections/" + percent_encoded(route.layer) +
                                   R"(>; rel="describedby"; type="application/json")");
  response.stream = std::move(stream);
  return response;
}

}  // namespace

Answer exported(const Exchange& exchange, const ExportRoute& route) {
  const auto number = layer_named(exchange.atlas, route.layer);
  if (!number) return Unexpected{number.error()};
  auto selection = item_selection(exchange, exchange.atlas.layers[*number], Extent::whole);
  if (!selection) return Unexpected{selection.error()};
  const auto& crs = *selection->crs;
  if (const auto etag = download_etag(exchange, route); client_has(exchange.request.headers, etag)) {
    Response response = public_response(200, {});
    response.headers.set("ETag", etag);
    response.headers.set("Cache-Control", "no-cache");
    return not_modified(response);
  }
  auto stream =
      std::make_shared<FeatureStream>(exchange.snapshot.atlas, *number, *std::move(selection),
                                      route.format == "geojson" ? GeoJsonForm::collection : GeoJsonForm::lines);
  if (const auto failure = stream->begin()) return Unexpected{outside_crs("crs", crs, *failure)};
  return streamed(exchange, route, std::move(stream), crs);
}

}  // namespace geoprio::service
