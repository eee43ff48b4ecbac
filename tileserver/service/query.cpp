#include "tileserver/service/query.hpp"

#include <algorithm>

#include "tileserver/service/nearest.hpp"
#include "tileserver/service/percent.hpp"

namespace geoprio::service {
namespace {

Problem broken_escape(std::string_view part) {
  return {.status = 400,
          .kind = "broken-escape",
          .detail = {"La requête contient une séquence d'échappement incorrecte : écrivez % suivi de deux chiffres "
                     "hexadécimaux, en UTF-8.",
                     "The query holds a broken escape: write % and two hexadecimal digits, in UTF-8."},
          .value = std::string(part)};
}

}  // namespace

Result<Query, Problem> Query::parse(std::string_view encoded) {
  Query query;
  while (!encoded.empty()) {
    const std::size_t end = std::min(encoded.find('&'), encoded.size());
    const std::string_view part = encoded.substr(0, end);
    encoded.remove_prefix(std::min(end + 1, encoded.size()));
    const std::size_t equals = std::min(part.find('='), part.size());
    auto name = decoded_query_part(part.substr(0, equals));
    auto value = decoded_query_part(part.substr(std::min(equals + 1, part.size())));
    if (!name || !value) return Unexpected{broken_escape(part)};
    if (!name->empty()) query.parameters_.push_back({std::move(*name), std::move(*value)});
  }
  return query;
}

std::optional<std::string_view> Query::find(std::string_view name) const {
  for (const auto& parameter : parameters_)
    if (parameter.name == name) return parameter.value;
  return std::nullopt;
}

std::optional<Problem> Query::fault(std::span<const std::string_view> known) const {
  std::vector<std::string_view> seen;
  for (const auto& [name, value] : parameters_) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      const std::vector<std::string> allowed(known.begin(), known.end());
      return Problem{
          .status = 400,
          .kind = "unknown-parameter",
          .detail = {"Le paramètre « " + name + " » n'existe pas ici.", "There is no parameter “" + name + "” here."},
          .parameter = name,
          .value = value,
          .allowed = allowed,
          .suggestion = nearest(name, allowed)};
    }
    if (std::find(seen.begin(), seen.end(), name) != seen.end())
      return Problem{.status = 400,
                     .kind = "repeated-parameter",
                     .detail = {"Le paramètre « " + name + " » est donné deux fois.",
                                "The parameter “" + name + "” is given twice."},
                     .parameter = name,
                     .value = value};
    seen.push_back(name);
  }
  return std::nullopt;
}

std::vector<std::string> names_listed(std::string_view list) {
  std::vector<std::string> names;
  while (!list.empty()) {
    const auto end = std::min(list.find(','), list.size());
    names.emplace_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return names;
}

}  // namespace geoprio::service
