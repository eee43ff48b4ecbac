#include "tileserver/http/refusals.hpp"

#include <string>

namespace geoprio::http {

service::Problem malformed() {
  return {.status = 400,
          .kind = "malformed-request",
          .detail = {"La requête n'est pas du HTTP/1.1 correct.", "The request is not correct HTTP/1.1."}};
}

service::Problem plain_http_over_tls() {
  return {.status = 400,
          .kind = "tls-required",
          .detail = {"Ce port ne parle que TLS : écrivez https:// au lieu de http://.",
                     "This port speaks TLS alone: write https:// in place of http://."}};
}

service::Problem header_too_long(std::size_t limit) {
  const std::string bytes = std::to_string(limit);
  return {.status = 431,
          .kind = "header-too-long",
          .detail = {"La ligne de requête et les en-têtes dépassent ensemble " + bytes +
                         " octets : envoyez moins d'en-têtes et de cookies, ou une adresse plus courte.",
                     "The request line and header fields exceed " + bytes +
                         " bytes together: send fewer header fields and cookies, or a shorter address."}};
}

service::Problem address_too_long(std::size_t limit) {
  const std::string bytes = std::to_string(limit);
  return {
      .status = 414,
      .kind = "address-too-long",
      .detail = {"L'adresse demandée dépasse à elle seule " + bytes +
                     " octets, ses échappements (%C3%A9) compris. Raccourcissez le filtre, ou demandez par parties : "
                     "plusieurs filtres plus courts, une bbox, ou toute la couche par /exports.",
                 "The address asked for exceeds " + bytes +
                     " bytes by itself, its escapes (%C3%A9) included. Shorten the filter, or ask by parts: several "
                     "shorter filters, a bbox, or the whole layer by /exports."}};
}

service::Problem unknown_expectation(std::string_view asked) {
  return {.status = 417,
          .kind = "unknown-expectation",
          .detail = {"Ce serveur ne connaît qu'une attente, 100-continue : envoyez-la, ou aucune.",
                     "This server knows one expectation, 100-continue: send that, or none."},
          .parameter = "Expect",
          .value = std::string(asked),
          .allowed = {"100-continue"}};
}

service::Problem body_too_long(std::size_t limit) {
  const std::string bytes = std::to_string(limit);
  return {.status = 413,
          .kind = "body-too-long",
          .detail = {"Le corps de la requête dépasse les " + bytes + " octets permis ici.",
                     "The request's body exceeds the " + bytes + " bytes allowed here."}};
}

service::Problem too_slow() {
  return {.status = 408,
          .kind = "request-too-slow",
          .detail = {"La requête n'est pas arrivée entière à temps.", "The request was not whole in time."}};
}

service::Problem too_many_connections() {
  return {.status = 503,
          .kind = "too-many-connections",
          .detail = {"Trop de connexions sont ouvertes ; réessayez dans un instant.",
                     "Too many connections are open; try again in a moment."}};
}

service::Problem our_fault() {
  return {.status = 500,
          .kind = "internal",
          .detail = {"Le serveur a rencontré une erreur ; elle est dans son journal.",
                     "The server met an error; it is in its log."}};
}

}  // namespace geoprio::http
