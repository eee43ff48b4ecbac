#include <utility>

#include "geo/ogr/location.hpp"
#include "geo/ogr/source.hpp"

namespace geoprio::ogr {

namespace {

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "« " : ", « ") + name + " »";
  return text;
}

BilingualText wording(SourceProblem problem, const std::string& location, const std::string& said,
                      const std::vector<std::string>& layers) {
  const std::string because = said.empty() ? "" : " : " + said;
  const std::string reason = said.empty() ? "" : ": " + said;
  switch (problem) {
    case SourceProblem::missing:
      return {location + " : ce fichier n'existe pas ou n'est pas accessible" + because,
              location + ": this file does not exist or cannot be reached" + reason};
    case SourceProblem::unreadable:
      return {location + " : impossible d'ouvrir cette source" + because,
              location + ": this source cannot be opened" + reason};
    case SourceProblem::no_connection:
      return {location + " : impossible de se connecter à la base de données" + because +
                  ". Vérifiez que le serveur tourne et que host, port, dbname et user sont justes ; le mot de passe "
                  "peut aussi venir de PGPASSWORD ou de ~/.pgpass.",
              location + ": cannot connect to the database" + reason +
                  ". Check that the server runs and that host, port, dbname and user are right; the password may also "
                  "come from PGPASSWORD or ~/.pgpass."};
    case SourceProblem::no_layer:
      return {location + " : aucune couche de données dans cette source" + because,
              location + ": no layer in this source" + reason};
    case SourceProblem::several_layers:
      return {location + " : plusieurs couches (" + joined(layers) + ") ; en choisir une avec `layer`",
              location + ": several layers (" + joined(layers) + "); choose one with `layer`"};
    case SourceProblem::unknown_layer:
      return {location + " : pas de couche « " + said + " » ; les couches sont " + joined(layers),
              location + ": no layer « " + said + " »; the layers are " + joined(layers)};
    case SourceProblem::unknown_encoding:
      return {location + " : encodage inconnu « " + said + " » ; écrire par exemple `encoding = \"CP1252\"`",
              location + ": unknown encoding « " + said + " »; write `encoding = \"CP1252\"`, say"};
    case SourceProblem::broken_off:
      return {location + " : la lecture s'est interrompue" + because, location + ": reading broke off" + reason};
  }
  return {location + because, location + reason};
}

}  // namespace

SourceError::SourceError(SourceProblem problem, const std::string& location, const std::string& said,
                         std::vector<std::string> layers)
    : Error(wording(problem, without_passwords(location), without_passwords(said), layers)),
      problem_(problem),
      location_(without_passwords(location)),
      said_(without_passwords(said)),
      layers_(std::move(layers)) {}

}  // namespace geoprio::ogr
