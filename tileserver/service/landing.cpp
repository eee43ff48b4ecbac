#include "tileserver/service/document.hpp"
#include "tileserver/service/resources.hpp"

namespace geoprio::service {

namespace {

Document kiosk_of(const domain::Kiosk& kiosk) {
  return {{"idle_s", kiosk.idle_s}, {"warning_s", kiosk.warning_s}, {"near_limit_m", kiosk.near_limit.value()}};
}

Document consultation_of(const Exchange& exchange) {
  if (!exchange.snapshot.desk) return nullptr;
  const auto& consultation = exchange.atlas.consultation;
  return {{"themes", consultation.themes},
          {"themes_en", consultation.themes_en},
          {"themes_falc", consultation.themes_falc},
          {"retention_days", consultation.retention_days},
          {"text_limit", domain::longest_contribution}};
}

}  // namespace

Answer landing(const Exchange& exchange) {
  constexpr std::string_view json = "application/json";
  // The map keeps its state in parameters of its own; the document is the standard's, and knows what it reads.
  if (asks_for_a_page(exchange, json)) return page(exchange, "index.html", Embedding::by_anyone);
  if (auto fault = fault_of_document(exchange, Strict::yes)) return Unexpected{std::move(*fault)};

  const auto& base = exchange.base_url;
  const auto& atlas = exchange.atlas;
  const auto language = language_of(exchange);
  const std::string ogc = "http://www.opengis.net/def/rel/ogc/1.0/";
  Document links = Document::array();
  const auto add = [&](std::string_view relation, std::string_view type, std::string_view path, const Text& title) {
    links.push_back(link(relation, type, base + std::string(path), in(language, title)));
  };
  add("self", json, "/?f=json", {"Ce document", "This document"});
  add("alternate", "text/html", "/?f=html", {"La carte", "The map"});
  add("service-desc", "application/vnd.oai.openapi+json;version=3.0", "/api",
      {"La description de l'interface (OpenAPI 3.0)", "The description of the interface (OpenAPI 3.0)"});
  add("service-doc", "text/html", "/api?f=html",
      {"La description de l'interface, à lire", "The description of the interface, to be read"});
  add("conformance", json, "/conformance", {"Les classes de conformité", "The conformance classes"});
  add("data", json, "/collections", {"Les couches", "The layers"});
  add(ogc + "tilesets-vector", json, "/tiles", {"Les tuiles vectorielles", "The vector tiles"});
  add(ogc + "tiling-schemes", json, "/tileMatrixSets", {"Comment les tuiles sont découpées", "How the tiles are cut"});
  add(ogc + "styles", json, "/styles", {"Les styles de carte", "The map styles"});
  add("related", json, "/editions", {"Les éditions", "The editions"});
  const Document document{
      {"title", atlas.title},
      {"description", in(language, {"Géographie prioritaire : quartiers, niveaux de priorité et décisions, en "
                                    "GeoJSON et en tuiles vectorielles.",
                                    "Priority geography: quarters, tiers and decisions, as GeoJSON and as vector "
                                    "tiles."})},
      {"fingerprint", atlas.fingerprint},
      {"default_edition", atlas.default_edition},
      {"kiosk", kiosk_of(atlas.kiosk)},
      {"addresses", atlas.has_addresses},
      {"basemap", basemap_document(exchange)},
      {"consultation", consultation_of(exchange)},
      {"links", links}};
  return document_response(exchange, document);
}

}  // namespace geoprio::service
