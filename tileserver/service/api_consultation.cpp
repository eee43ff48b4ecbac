// The routes of the consultation in the OpenAPI document: what is handed in, moderated, and by whom.
#include <initializer_list>

#include "geo/domain/consultation.hpp"
#include "tileserver/service/api_description.hpp"
#include "tileserver/service/page_size.hpp"

namespace geoprio::service {
namespace {

Document reference(std::string_view kind, std::string_view name) {
  return {{"$ref", "#/components/" + std::string(kind) + "/" + std::string(name)}};
}

Document text_schema() { return {{"type", "string"}}; }

struct Answered {
  std::string_view status;
  Text what;
  std::string_view type{}, schema{};  ///< empty: no body
};

struct Operation {
  std::string_view id;
  Text summary;
  std::vector<std::string_view> parameters;
  std::string_view body;  ///< a schema's name; empty: none
  Answered answer;
  std::vector<std::string_view> refusals;
};

Document written(const Operation& operation, Language language) {
  Document document{{"operationId", operation.id},
                    {"tags", Document::array({"consultation"})},
                    {"summary", in(language, operation.summary)}};
  Document parameters = Document::array();
  for (const auto name : operation.parameters) parameters.push_back(reference("parameters", name));
  if (!parameters.empty()) document["parameters"] = std::move(parameters);
  if (!operation.body.empty())
    document["requestBody"] = {{"required", true},
                               {"content", {{"application/json", {{"schema", reference("schemas", operation.body)}}}}}};
  const auto& [status, what, type, schema] = operation.answer;
  Document answer{{"description", in(language, what)}};
  if (!type.empty()) answer["content"] = {{std::string(type), {{"schema", reference("schemas", schema)}}}};
  if (type == "application/geo+json" && schema == "features")
    answer["content"]["text/csv"] = {{"schema", text_schema()}};
  Document responses;
  responses[std::string(status)] = std::move(answer);
  for (const auto refusal : operation.refusals) responses[std::string(refusal)] = reference("responses", "problem");
  document["responses"] = std::move(responses);
  return document;
}

constexpr std::string_view geojson = "application/geo+json";
constexpr std::string_view json = "application/json";

Operation listing() {
  return {"contributions",
          {"Les contributions publiées ; avec un jeton de modération, celles d'un état, avec leur historique",
           "The published contributions; with a moderator's token, those of a state, with their history"},
          {"contribution-edition", "contribution-quarter", "theme", "state", "contributions-limit",
           "contributions-offset", "contributions-format"},
          "",
          {"200", {"Des contributions", "Contributions"}, geojson, "features"},
          {"400", "401", "404", "406", "503"}};
}

Operation posting() {
  return {"contribute",
          {"Déposer une contribution : elle est enregistrée durablement quand la réponse est 201, une fois par clé",
           "Hand in a contribution: it is stored durably when the answer is 201, once for a key"},
          {"Idempotency-Key", "Kiosk-Id"},
          "newContribution",
          {"201", {"Enregistrée, en attente", "Stored, pending"}, json, "takenContribution"},
          {"400", "404", "413", "415", "422", "429", "503", "507"}};
}

Operation showing() {
  return {"contribution",
          {"Une contribution", "A contribution"},
          {"contribution"},
          "",
          {"200", {"La contribution", "The contribution"}, geojson, "feature"},
          {"400", "401", "404", "503"}};
}

Operation judging() {
  return {"moderate",
          {"Publier, rejeter ou remettre en attente (rôle moderator)", "Publish, reject or undo (role moderator)"},
          {"contribution"},
          "verdict",
          {"200", {"La contribution et son historique", "The contribution and its history"}, geojson, "feature"},
          {"400", "401", "403", "404", "415", "429", "503", "507"}};
}

Operation asking_for_role() {
  return {"session",
          {"Le rôle de qui demande, ou null", "The role of who asks, or null"},
          {},
          "",
          {"200", {"Le rôle", "The role"}, json, "session"},
          {}};
}

Operation beginning() {
  return {"beginSession",
          {"Échanger un jeton contre un cookie", "Exchange a token for a cookie"},
          {},
          "sessionToken",
          {"204", {"Le cookie est posé", "The cookie is set"}},
          {"400", "401", "403", "404", "415", "429", "503"}};
}

Operation ending() {
  return {"endSession", {"Ôter le cookie", "Take the cookie away"}, {}, "", {"204", {"Fait", "Done"}}, {"403"}};
}

Document parameter(std::string_view name, std::string_view place, bool required, Document schema, std::string text) {
  return {{"name", name},
          {"in", place},
          {"required", required},
          {"description", std::move(text)},
          {"schema", std::move(schema)}};
}

Document object(std::initializer_list<std::string_view> required, Document properties) {
  return {{"type", "object"},
          {"required", Document(std::vector<std::string>(required.begin(), required.end()))},
          {"properties", std::move(properties)}};
}

Document states() { return {{"type", "string"}, {"enum", {"pending", "published", "rejected"}}}; }

}  // namespace

Document consultation_paths(Language language) {
  return {{"/contributions", {{"get", written(listing(), language)}, {"post", written(posting(), language)}}},
          {"/contributions/{id}", {{"get", written(showing(), language)}, {"patch", written(judging(), language)}}},
          {"/session",
           {{"get", written(asking_for_role(), language)},
            {"post", written(beginning(), language)},
            {"delete", written(ending(), language)}}}};
}

std::vector<DescribedRoute> consultation_routes() {
  return {{"/contributions", listing().summary, "GET, POST"},
          {"/contributions/{id}", showing().summary, "GET, PATCH"},
          {"/session", asking_for_role().summary, "GET, POST, DELETE"}};
}

Document consultation_parameters(Language language) {
  const auto words = [&](const char* french, const char* english) { return in(language, Text{french, english}); };
  const Document uuid{{"type", "string"}, {"format", "uuid"}};
  const Document count{{"type", "integer"}, {"minimum", 0}};
  return {
      {"contribution", parameter("id", "path", true, text_schema(), words("Une contribution", "A contribution"))},
      {"contribution-edition", parameter("edition", "query", false, text_schema(), words("Une édition", "An edition"))},
      {"contribution-quarter",
       parameter("quarter", "query", false, text_schema(), words("Le code d'un quartier", "A quarter's code"))},
      {"theme", parameter("theme", "query", false, text_schema(), words("Un thème", "A theme"))},
      {"state", parameter("state", "query", false, states(),
                          words("Pour la modération ; published sinon", "For moderators; published otherwise"))},
      {"contributions-limit",
       parameter("limit", "query", false,
                 {{"type", "integer"}, {"minimum", 1}, {"maximum", highest_limit}, {"default", usual_limit}},
                 words("Combien par page", "How many on a page"))},
      {"contributions-offset",
       parameter("offset", "query", false, count, words("Combien en passer", "How many to skip"))},
      {"contributions-format",
       parameter("f", "query", false, {{"type", "string"}, {"enum", {"json", "geojson", "csv"}}},
                 words("Le format. Dans un CSV, ce qu'un tableur prendrait pour une formule "
                       "commence par une apostrophe.",
                       "The format. In a CSV, what a spreadsheet would take for a formula "
                       "begins with an apostrophe."))},
      {"Idempotency-Key", parameter("Idempotency-Key", "header", true, uuid,
                                    words("Un UUID nouveau pour chaque contribution, le même pour la redire",
                                          "A new UUID for each contribution, the same to say it again"))},
      {"Kiosk-Id", parameter("Kiosk-Id", "header", false, uuid,
                             words("Un UUID au hasard, contre les envois en masse ; il n'est pas enregistré",
                                   "A random UUID, against floods; it is not stored"))}};
}

Document consultation_schemas() {
  const Document number{{"type", "number"}};
  return {{"newContribution",
           object({"edition", "theme", "text"},
                  {{"edition", text_schema()},
                   {"theme", text_schema()},
                   {"text", {{"type", "string"}, {"minLength", 1}, {"maxLength", domain::longest_contribution}}},
                   {"quarter", text_schema()},
                   {"lon", number},
                   {"lat", number},
                   {"language", {{"type", "string"}, {"default", "fr"}}}})},
          {"takenContribution", object({"id", "state"}, {{"id", text_schema()}, {"state", states()}})},
          {"verdict", object({"state"}, {{"state", states()}, {"reason", text_schema()}})},
          {"session",
           object({"role"},
                  {{"role",
                    {{"type", "string"}, {"nullable", true}, {"enum", {"viewer", "moderator", "editor", nullptr}}}}})},
          {"sessionToken", object({"token"}, {{"token", text_schema()}})}};
}

}  // namespace geoprio::service
