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

std::string wording(SourceProblem problem, const std::string& location, const std::string& said,
                    const std::vector<std::string>& layers) {
  const std::string because = said.empty() ? "" : " : " + said;
  switch (problem) {
    case SourceProblem::missing:
      return location + " : ce fichier n'existe pas ou n'est pas accessible" + because;
    case SourceProblem::unreadable:
      return location + " : impossible d'ouvrir cette source" + because;
    case SourceProblem::no_layer:
      return location + " : aucune couche de données dans cette source" + because;
    case SourceProblem::several_layers:
      return location + " : plusieurs couches (" + joined(layers) + ") ; en choisir une avec `layer`";
    case SourceProblem::unknown_layer:
      return location + " : pas de couche « " + said + " » ; les couches sont " + joined(layers);
    case SourceProblem::unknown_encoding:
      return location + " : encodage inconnu « " + said + " » ; écrire par exemple `encoding = \"CP1252\"`";
    case SourceProblem::broken_off:
      return location + " : la lecture s'est interrompue" + because;
  }
  return location + because;
}

}  // namespace

SourceError::SourceError(SourceProblem problem, std::string location, std::string said, std::vector<std::string> layers)
    : Error(wording(problem, without_passwords(location), without_passwords(said), layers)),
      problem_(problem),
      location_(without_passwords(location)),
      said_(without_passwords(said)),
      layers_(std::move(layers)) {}

}  // namespace geoprio::ogr
