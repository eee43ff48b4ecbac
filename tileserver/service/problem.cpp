#include "tileserver/service/problem.hpp"

#include <nlohmann/json.hpp>

#include "tileserver/service/reply.hpp"

namespace geoprio::service {
namespace {

Text title_of(unsigned status) {
  switch (status) {
    case 400:
      return {"Requête incorrecte", "Bad request"};
    case 401:
      return {"Jeton nécessaire", "Unauthorized"};
    case 403:
      return {"Interdit", "Forbidden"};
    case 404:
      return {"Introuvable", "Not found"};
    case 405:
      return {"Méthode refusée", "Method not allowed"};
    case 406:
      return {"Format non disponible", "Not acceptable"};
    case 408:
      return {"Requête trop lente", "Request timeout"};
    case 413:
      return {"Corps trop grand", "Content too large"};
    case 414:
      return {"Adresse trop longue", "URI too long"};
    case 415:
      return {"Type de corps refusé", "Unsupported media type"};
    case 416:
      return {"Partie hors du fichier", "Range not satisfiable"};
    case 417:
      return {"Attente inconnue", "Expectation failed"};
    case 422:
      return {"Demande contradictoire", "Unprocessable content"};
    case 429:
      return {"Trop de demandes", "Too many requests"};
    case 431:
      return {"En-têtes trop longs", "Request header fields too large"};
    case 503:
      return {"Service indisponible", "Service unavailable"};
    case 507:
      return {"Plus de place", "Insufficient storage"};
    default:
      return {"Erreur interne", "Internal error"};
  }
}

}  // namespace

Response problem_response(const Problem& problem, Language language) {
  nlohmann::ordered_json document;
  document["type"] = "urn:geoprio:problem:" + std::string(problem.kind);
  document["title"] = in(language, title_of(problem.status));
  document["status"] = problem.status;
  document["detail"] = in(language, problem.detail);
  if (problem.parameter) document["parameter"] = *problem.parameter;
  if (problem.value) document["value"] = *problem.value;
  if (!problem.allowed.empty()) document["allowed"] = problem.allowed;
  if (problem.suggestion) document["suggestion"] = *problem.suggestion;

  // What a client sends may not be UTF-8; the problem that quotes it must be.
  Response response =
      public_response(problem.status, "application/problem+json",
                      Body::of(document.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace)));
  response.headers.set("Content-Language", language == Language::english ? "en" : "fr");
  response.headers.set("Vary", "Accept-Language");
  response.headers.set("Cache-Control", "no-cache");
  if (!problem.allow_methods.empty()) response.headers.set("Allow", problem.allow_methods);
  if (problem.status == 503) response.headers.set("Retry-After", "2");
  if (problem.retry_after_s > 0) response.headers.set("Retry-After", std::to_string(problem.retry_after_s));
  if (problem.status == 401) response.headers.set("WWW-Authenticate", "Bearer realm=\"geoprio\"");
  return response;
}

}  // namespace geoprio::service
